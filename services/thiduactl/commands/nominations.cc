#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;

absl::StatusOr<ExitCode> RunNominations(Session& session, const std::string& round) {
  Connection& connection = session.connection;
  awards::ListNominationsRequest request;
  request.set_parent(InCollection("rounds", round));
  request.set_page_size(1000);
  JsonArray json(session.console.out);
  Table table({Text("AWARD"), Text("UNIT"), Text("NAME"), Text("PROVINCE"), Number("RANK"),
               Number("TOTAL"), Text("STATE"), Text("GROUNDS")});
  int count = 0;
  do {
    ASSIGN_OR_RETURN(const auto page,
                     connection.Call(connection.rounds(),
                                     &awards::RoundService::Stub::ListNominations, request));
    for (const awards::Nomination& nomination : page.nominations()) {
      ++count;
      if (session.json()) json.Add(nomination);
      table.AddRow(
          {InLanguage(nomination.award_title(), session.language()), ShortName(nomination.unit()),
           InLanguage(nomination.unit_title(), session.language()),
           ShortName(nomination.province_unit()), absl::StrCat(nomination.rank()),
           WithSeparators(nomination.total()), EnumWord(nomination.state()), nomination.grounds()});
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  if (session.json()) {
    json.End();
  } else {
    table.Print(session.console.out);
    if (count == 0) session.console.out << "no nominations\n";
  }
  return count > 0 ? ExitCode::kOk : ExitCode::kNegative;
}

constexpr char kHelp[] = R"(
Ends with code 1 if nobody is nominated, for instance because nominations have not been issued.
JSON is an array of thidua.awards.v1.Nomination.

Examples:
  thiduactl nominations red-river-delta-2020
  thiduactl nominations red-river-delta-2020 --language vi
)";

}  // namespace

void AddNominations(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("nominations", "Who is nominated for which award, and why");
  command->footer(kHelp);
  const auto round = std::make_shared<std::string>();
  command->add_option("ROUND", *round, "Such as red-river-delta-2020")->required();
  command->callback([round, &chosen] {
    chosen = [round](Session& session) { return RunNominations(session, *round); };
  });
}

}  // namespace thiduactl
