#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/pages.h"
#include "services/thiduactl/titles.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Pacts = reporting::PactService::Stub;

struct ShowArguments {
  // Of the cluster year.
  std::string name{};
  bool targets = false;
};

using Signatures = google::protobuf::RepeatedPtrField<reporting::Signature>;

// Who of the members has signed.
void PrintSignatures(Session& session, const Signatures& signatures,
                     const reporting::ClusterYear& year) {
  UnitTitles titles(session.connection);
  Table table({Text("UNIT"), Text("NAME"), Text("SIGNED"), Text("SIGNER")});
  for (const std::string& member : year.members()) {
    const auto signature =
        std::find_if(signatures.begin(), signatures.end(),
                     [&](const reporting::Signature& s) { return s.unit() == member; });
    const bool is_signed = signature != signatures.end();
    table.AddRow({ShortName(member), titles.Of(member), is_signed ? signature->date() : "-",
                  is_signed ? signature->signer() : ""});
  }
  session.console.out << "\n";
  table.Print(session.console.out);
}

std::string KeyOf(const reporting::Target& target) {
  return absl::StrCat(target.unit(), "/", target.indicator(), "/", target.period());
}

// The targets in force, beside those proposed; behind them those that only the proposal has.
void PrintTargets(Session& session, const reporting::Pact& pact) {
  Table table({Text("UNIT"), Text("INDICATOR"), Text("PERIOD").Optional(), Number("TARGET"),
               Number("PROPOSED").Optional()});
  std::map<std::string, std::string> proposed;
  for (const reporting::Target& target : pact.proposal().targets()) {
    proposed[KeyOf(target)] = WithSeparators(target.number());
  }
  std::set<std::string> in_force;
  for (const reporting::Target& target : pact.targets()) {
    in_force.insert(KeyOf(target));
    const auto found = proposed.find(KeyOf(target));
    const bool dropped = pact.has_proposal() && found == proposed.end();
    table.AddRow({ShortName(target.unit()), ShortName(target.indicator()), target.period(),
                  WithSeparators(target.number()),
                  dropped ? "none" : (pact.has_proposal() ? found->second : "")});
  }
  for (const reporting::Target& target : pact.proposal().targets()) {
    if (in_force.contains(KeyOf(target))) continue;
    table.AddRow({ShortName(target.unit()), ShortName(target.indicator()), target.period(), "none",
                  WithSeparators(target.number())});
  }
  session.console.out << "\n";
  table.Print(session.console.out);
}

void PrintPact(Session& session, const reporting::Pact& pact, const reporting::ClusterYear& year) {
  std::ostream& out = session.console.out;
  out << pact.name() << "  " << EnumWord(pact.state());
  if (pact.revision() > 1) out << "  revision " << pact.revision();
  out << "\n";
  if (!pact.revision_reason().empty()) out << "revised: " << pact.revision_reason() << "\n";
  out << "targets: " << WithSeparators(absl::StrCat(pact.targets_size()))
      << ", signed: " << pact.signatures_size() << " of " << year.members_size() << "\n";
  if (pact.has_proposal()) {
    const reporting::PactProposal& proposal = pact.proposal();
    out << "proposed: " << WithSeparators(absl::StrCat(proposal.targets_size()))
        << " targets, signed: " << proposal.signatures_size() << " of " << year.members_size()
        << ": " << proposal.reason() << "\n";
  }
  PrintSignatures(session, pact.has_proposal() ? pact.proposal().signatures() : pact.signatures(),
                  year);
}

absl::StatusOr<ExitCode> RunShow(Session& session, const ShowArguments& arguments) {
  Connection& connection = session.connection;
  reporting::GetPactRequest get_pact;
  get_pact.set_name(PactName(arguments.name));
  reporting::GetClusterYearRequest get_year;
  get_year.set_name(get_pact.name().substr(0, get_pact.name().rfind('/')));
  ASSIGN_OR_RETURN(const auto pact,
                   connection.Call(connection.pacts(), &Pacts::GetPact, get_pact));
  if (session.json()) {
    PrintJson(session.console.out, pact.pact());
    return ExitCode::kOk;
  }
  ASSIGN_OR_RETURN(const auto year,
                   connection.Call(connection.registry(),
                                   &reporting::RegistryService::Stub::GetClusterYear, get_year));
  PrintPact(session, pact.pact(), year.cluster_year());
  if (arguments.targets) PrintTargets(session, pact.pact());
  return ExitCode::kOk;
}

struct AchievementArguments {
  std::string name{};
  std::string unit{};
  std::string indicator{};
  std::string period{};
  std::string kind{};
};

absl::StatusOr<ExitCode> RunAchievements(Session& session, const AchievementArguments& arguments) {
  reporting::ListAchievementsRequest request;
  request.set_parent(PactName(arguments.name));
  if (!arguments.unit.empty()) request.set_unit(InCollection("units", arguments.unit));
  if (!arguments.indicator.empty()) {
    request.set_indicator(InCollection("indicators", arguments.indicator));
  }
  request.set_period(arguments.period);
  request.set_value_kind(ParseKind(arguments.kind));
  ASSIGN_OR_RETURN(const auto achievements,
                   ReadAll(session.connection, session.connection.pacts(),
                           &Pacts::ListAchievements, request,
                           &reporting::ListAchievementsResponse::achievements));
  PrintList(session, achievements, "no targets",
            {Text("UNIT"), Text("INDICATOR"), Text("PERIOD").Optional(), Number("TARGET"),
             Number("REACHED"), Number("%"), Text("STATUS")},
            [](const reporting::Achievement& a) -> std::vector<std::string> {
              return {ShortName(a.target().unit()), ShortName(a.target().indicator()),
                      a.target().period(),          WithSeparators(a.target().number()),
                      WithSeparators(a.number()),   WithSeparators(a.percent()),
                      EnumWord(a.status())};
            });
  return achievements.empty() ? ExitCode::kNegative : ExitCode::kOk;
}

constexpr char kHelp[] = R"(
How many targets it has and who has signed; with --targets all targets. Where a revision waits for
signatures, they are those under the revision. JSON is thidua.reporting.v1.Pact, with all targets.

Examples:
  thiduactl pact red-river-delta/2021
  thiduactl pact show red-river-delta/2021 --targets
  thiduactl pact red-river-delta/2021 --output json
)";

constexpr char kAchievementsHelp[] = R"(
What was reached of each target, of the value kind that the year scores unless --kind says otherwise.
Ends with code 1 if there are no such targets. JSON is an array of thidua.reporting.v1.Achievement.

Examples:
  thiduactl pact achievements red-river-delta/2020
  thiduactl pact achievements red-river-delta/2020 --unit bac-ninh --period 2020-Q2 --kind final
)";

void AddAchievements(CLI::App& group, Action& chosen) {
  auto* command = group.add_subcommand("achievements", "What was reached of each target");
  command->footer(kAchievementsHelp);
  const auto arguments = std::make_shared<AchievementArguments>();
  command->add_option("CLUSTER_YEAR", arguments->name, "Such as red-river-delta/2021")->required();
  command->add_option("--unit", arguments->unit, "Only of this unit");
  command->add_option("--indicator", arguments->indicator, "Only of this one, such as COOP_NEW");
  command->add_option("--period", arguments->period, "Only for this period, such as 2020-Q2");
  AddKindOption(*command, arguments->kind);
  Choose(*command, chosen, arguments, RunAchievements);
}

}  // namespace

void AddPact(CLI::App& app, Action& chosen) {
  auto* group = app.add_subcommand("pact", "The pact of a cluster year: targets, signatures, results");
  group->footer(kHelp);
  const auto configure = [](CLI::App& command, ShowArguments& arguments) {
    command.add_flag("--targets", arguments.targets, "Show all targets");
    return command.add_option("CLUSTER_YEAR", arguments.name, "Such as red-river-delta/2021");
  };
  AddShow<ShowArguments>(*group, chosen, "Targets and signatures", configure, RunShow);
  AddPactWrites(*group, chosen);
  AddAchievements(*group, chosen);
}

}  // namespace thiduactl
