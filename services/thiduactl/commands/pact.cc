#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"
#include "services/thiduactl/titles.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;

void PrintPact(Session& session, const reporting::Pact& pact, const reporting::ClusterYear& year) {
  std::ostream& out = session.console.out;
  out << pact.name() << "  " << EnumWord(pact.state()) << "\n"
      << "targets: " << WithSeparators(absl::StrCat(pact.targets_size()))
      << ", signed: " << pact.signatures_size() << " of " << year.members_size() << "\n\n";
  UnitTitles titles(session.connection);
  Table table({Text("UNIT"), Text("NAME"), Text("SIGNED"), Text("SIGNER")});
  for (const std::string& member : year.members()) {
    const auto signature =
        std::find_if(pact.signatures().begin(), pact.signatures().end(),
                     [&](const reporting::Signature& s) { return s.unit() == member; });
    const bool is_signed = signature != pact.signatures().end();
    table.AddRow({ShortName(member), titles.Of(member), is_signed ? signature->date() : "-",
                  is_signed ? signature->signer() : ""});
  }
  table.Print(out);
}

absl::StatusOr<ExitCode> RunPact(Session& session, const std::string& name) {
  Connection& connection = session.connection;
  reporting::GetClusterYearRequest get_year;
  get_year.set_name(ClusterYearName(name));
  reporting::GetPactRequest get_pact;
  get_pact.set_name(absl::StrCat(get_year.name(), "/pact"));
  ASSIGN_OR_RETURN(
      const auto pact,
      connection.Call(connection.pacts(), &reporting::PactService::Stub::GetPact, get_pact));
  if (session.json()) {
    PrintJson(session.console.out, pact.pact());
    return ExitCode::kOk;
  }
  ASSIGN_OR_RETURN(const auto year,
                   connection.Call(connection.registry(),
                                   &reporting::RegistryService::Stub::GetClusterYear, get_year));
  PrintPact(session, pact.pact(), year.cluster_year());
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
How many targets it has and who has signed. JSON is thidua.reporting.v1.Pact, with all targets.

Examples:
  thiduactl pact red-river-delta/2021
  thiduactl pact red-river-delta/2021 --output json
)";

}  // namespace

void AddPact(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("pact", "The pact of a cluster year and its signatures");
  command->footer(kHelp);
  const auto name = std::make_shared<std::string>();
  command->add_option("CLUSTER_YEAR", *name, "Such as red-river-delta/2021")->required();
  command->callback(
      [name, &chosen] { chosen = [name](Session& session) { return RunPact(session, *name); }; });
}

}  // namespace thiduactl
