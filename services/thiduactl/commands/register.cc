#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;

using Flags = awards::RegisterService::Stub;

void PrintAwards(Session& session, const awards::ListAwardsOfUnitResponse& response) {
  if (response.entries().empty()) session.console.out << "no awards\n";
  Table table({Text("YEAR"), Text("AWARD"), Text("UNIT"), Text("DECISION"), Text("DATE"),
               Text("STANDS"), Text("MERGED")});
  for (const awards::InheritedEntry& inherited : response.entries()) {
    const awards::RegisterEntry& entry = inherited.entry();
    table.AddRow({entry.year(), InLanguage(entry.award_title(), session.language()),
                  InLanguage(entry.unit_title(), session.language()), entry.decision_number(),
                  entry.decision_date(),
                  entry.has_revocation() ? "revoked " + entry.revocation().date() : "yes",
                  inherited.merger_date()});
  }
  table.Print(session.console.out);
}

absl::StatusOr<ExitCode> RunUnit(Session& session, const std::string& unit) {
  awards::ListAwardsOfUnitRequest request;
  request.set_unit(InCollection("units", unit));
  ASSIGN_OR_RETURN(const auto response, session.connection.Call(session.connection.flags(),
                                                                &Flags::ListAwardsOfUnit, request));
  if (session.json()) {
    PrintJson(session.console.out, response);
  } else {
    PrintAwards(session, response);
  }
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunCluster(Session& session, const std::string& cluster) {
  awards::ListRotatingFlagHoldersRequest request;
  request.set_cluster(cluster);
  ASSIGN_OR_RETURN(const auto response,
                   session.connection.Call(session.connection.flags(),
                                           &Flags::ListRotatingFlagHolders, request));
  if (session.json()) {
    PrintJson(session.console.out, response);
    return ExitCode::kOk;
  }
  Table table({Text("YEAR"), Text("HOLDER"), Text("FROM"), Text("RECEIVED"), Text("PASSED TO"),
               Text("PASSED")});
  for (const awards::RotatingFlagHolder& holder : response.holders()) {
    table.AddRow({ShortName(holder.cluster_year()), ShortName(holder.holder()),
                  ShortName(holder.received_from()), holder.received_date(),
                  ShortName(holder.passed_to()), holder.passed_date()});
  }
  table.Print(session.console.out);
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
The awards of a unit, with those of units that were merged into it; or, for clusters/..., who has
held the rotating flag of its head. JSON is thidua.awards.v1.ListAwardsOfUnitResponse or
ListRotatingFlagHoldersResponse.

Examples:
  thiduactl register bac-ninh
  thiduactl register clusters/red-river-delta
)";

}  // namespace

void AddRegister(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("register", "The register of flags");
  command->footer(kHelp);
  const auto name = std::make_shared<std::string>();
  command->add_option("UNIT|CLUSTER", *name, "Such as bac-ninh, or clusters/red-river-delta")
      ->required();
  command->callback([name, &chosen] {
    chosen = [name](Session& session) {
      return absl::StartsWith(*name, "clusters/") ? RunCluster(session, *name)
                                                  : RunUnit(session, *name);
    };
  });
}

}  // namespace thiduactl
