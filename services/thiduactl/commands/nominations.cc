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
#include "services/thiduactl/names.h"
#include "services/thiduactl/pages.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;

std::vector<std::string> RowOf(const Session& session, const awards::Nomination& nomination) {
  return {InLanguage(nomination.award_title(), session.language()), ShortName(nomination.unit()),
          InLanguage(nomination.unit_title(), session.language()),
          ShortName(nomination.province_unit()), absl::StrCat(nomination.rank()),
          WithSeparators(nomination.total()), EnumWord(nomination.state()), nomination.grounds()};
}

absl::StatusOr<ExitCode> RunNominations(Session& session, const std::string& round) {
  Connection& connection = session.connection;
  awards::ListNominationsRequest request;
  request.set_parent(InCollection("rounds", round));
  ASSIGN_OR_RETURN(auto nominations,
                   ReadAll(connection, connection.rounds(),
                           &awards::RoundService::Stub::ListNominations, request,
                           &awards::ListNominationsResponse::nominations));
  std::stable_sort(nominations.begin(), nominations.end(), [](const auto& a, const auto& b) {
    return std::forward_as_tuple(a.award(), a.rank()) < std::forward_as_tuple(b.award(), b.rank());
  });
  PrintList(session, nominations, "no nominations",
            {Text("AWARD"), Text("UNIT"), Text("NAME"), Text("PROVINCE"), Number("RANK"),
             Number("TOTAL"), Text("STATE"), Text("GROUNDS")},
            [&session](const auto& nomination) { return RowOf(session, nomination); });
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
