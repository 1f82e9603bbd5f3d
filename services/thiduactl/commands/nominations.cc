#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;

void PrintTable(Session& session, const std::vector<awards::Nomination>& nominations) {
  if (nominations.empty()) session.console.out << "no nominations\n";
  Table table({Text("AWARD"), Text("UNIT"), Text("NAME"), Text("PROVINCE"), Number("RANK"),
               Number("TOTAL"), Text("STATE"), Text("GROUNDS")});
  for (const awards::Nomination& nomination : nominations) {
    table.AddRow(
        {InLanguage(nomination.award_title(), session.language()), ShortName(nomination.unit()),
         InLanguage(nomination.unit_title(), session.language()),
         ShortName(nomination.province_unit()), absl::StrCat(nomination.rank()),
         WithSeparators(nomination.total()), EnumWord(nomination.state()), nomination.grounds()});
  }
  table.Print(session.console.out);
}

absl::StatusOr<ExitCode> RunNominations(Session& session, const std::string& round) {
  Connection& connection = session.connection;
  awards::ListNominationsRequest request;
  request.set_parent(InCollection("rounds", round));
  request.set_page_size(1000);
  std::vector<awards::Nomination> nominations;
  do {
    ASSIGN_OR_RETURN(const auto page,
                     connection.Call(connection.rounds(),
                                     &awards::RoundService::Stub::ListNominations, request));
    nominations.insert(nominations.end(), page.nominations().begin(), page.nominations().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  std::stable_sort(nominations.begin(), nominations.end(), [](const auto& a, const auto& b) {
    return std::forward_as_tuple(a.award(), a.rank()) < std::forward_as_tuple(b.award(), b.rank());
  });
  if (session.json()) {
    JsonArray json(session.console.out);
    for (const awards::Nomination& nomination : nominations) json.Add(nomination);
    json.End();
  } else {
    PrintTable(session, nominations);
  }
  return nominations.empty() ? ExitCode::kNegative : ExitCode::kOk;
}

constexpr char kHelp[] = R"(
By award, then by rank. Ends with code 1 if nobody is nominated, for instance because nominations have not been issued.
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
