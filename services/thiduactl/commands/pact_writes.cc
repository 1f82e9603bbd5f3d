#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/assignments.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/figures.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/writing.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Pacts = reporting::PactService::Stub;

struct SignArguments {
  std::string cluster_year{};
  std::string unit{};
  std::string signer{};
  std::string date{};
  WriteOptions write{};
};

absl::StatusOr<ExitCode> RunSign(Session& session, const SignArguments& arguments) {
  reporting::SignPactRequest request;
  request.set_name(PactName(arguments.cluster_year));
  request.set_unit(InCollection("units", arguments.unit));
  request.set_signer(arguments.signer);
  request.set_date(arguments.date);
  ASSIGN_OR_RETURN(const auto response, Write(session, arguments.write, session.connection.pacts(),
                                              &Pacts::SignPact, request));
  const reporting::Pact& pact = response.pact();
  const int signatures =
      pact.has_proposal() ? pact.proposal().signatures_size() : pact.signatures_size();
  return PrintAnswer(session, arguments.write, response,
                     absl::StrCat(pact.name(), "  ", EnumWord(pact.state()), "  ", signatures,
                                  pact.has_proposal() ? " signed the revision" : " signed"));
}

using Targets = google::protobuf::RepeatedPtrField<reporting::Target>;

struct TargetArguments {
  std::string cluster_year{};
  // `UNIT/CODE=NUMBER` each.
  std::vector<std::string> changes{};
  std::string file{};
  std::string reason{};
  WriteOptions write{};
};

// All targets as they are to be.
struct NewTargets {
  std::vector<reporting::Target> targets{};
  // Of the version they were made from.
  std::string etag{};
};

// The targets of `--file`, if there is one.
absl::StatusOr<Targets> ReadTable(const std::string& file) {
  Targets targets;
  if (file.empty()) return targets;
  ASSIGN_OR_RETURN(FigureTable table, FigureTable::Open(file));
  ASSIGN_OR_RETURN(const auto read, ReadTargets(std::move(table)));
  targets.Assign(read.begin(), read.end());
  return targets;
}

absl::Status CheckGiven(const TargetArguments& arguments) {
  if (!arguments.file.empty() || !arguments.changes.empty()) return absl::OkStatus();
  return LocalProblem("give targets as UNIT/CODE=NUMBER, or all of them with --file");
}

// The targets of the table, or those of the pact, with the changes put on top. Where a revision
// waits for signatures, the changes are to what it proposes.
absl::StatusOr<NewTargets> ReadNewTargets(Session& session, const TargetArguments& arguments) {
  RETURN_IF_ERROR(CheckGiven(arguments));
  ASSIGN_OR_RETURN(Targets before, ReadTable(arguments.file));
  reporting::GetPactRequest get;
  get.set_name(PactName(arguments.cluster_year));
  ASSIGN_OR_RETURN(const auto response,
                   session.connection.Call(session.connection.pacts(), &Pacts::GetPact, get));
  const reporting::Pact& pact = response.pact();
  if (arguments.file.empty()) {
    before = pact.has_proposal() ? pact.proposal().targets() : pact.targets();
  }
  ASSIGN_OR_RETURN(auto targets, ChangeTargets(before, arguments.changes));
  return NewTargets{.targets = std::move(targets), .etag = pact.etag()};
}

absl::StatusOr<ExitCode> RunCreate(Session& session, const TargetArguments& arguments) {
  RETURN_IF_ERROR(CheckGiven(arguments));
  ASSIGN_OR_RETURN(const Targets table, ReadTable(arguments.file));
  ASSIGN_OR_RETURN(const auto targets, ChangeTargets(table, arguments.changes));
  reporting::CreatePactRequest request;
  request.set_parent(ClusterYearName(arguments.cluster_year));
  request.mutable_pact()->mutable_targets()->Assign(targets.begin(), targets.end());
  ASSIGN_OR_RETURN(const auto response, Write(session, arguments.write, session.connection.pacts(),
                                              &Pacts::CreatePact, request));
  return PrintAnswer(
      session, arguments.write, response,
      absl::StrCat(response.pact().name(), "  ", response.pact().targets_size(), " targets"));
}

absl::StatusOr<ExitCode> RunUpdate(Session& session, const TargetArguments& arguments) {
  ASSIGN_OR_RETURN(const NewTargets now, ReadNewTargets(session, arguments));
  reporting::UpdatePactRequest request;
  request.mutable_pact()->set_name(PactName(arguments.cluster_year));
  request.mutable_pact()->mutable_targets()->Assign(now.targets.begin(), now.targets.end());
  request.set_etag(now.etag);
  ASSIGN_OR_RETURN(const auto response, Write(session, arguments.write, session.connection.pacts(),
                                              &Pacts::UpdatePact, request));
  return PrintAnswer(
      session, arguments.write, response,
      absl::StrCat(response.pact().name(), "  ", response.pact().targets_size(), " targets"));
}

absl::StatusOr<ExitCode> RunRevise(Session& session, const TargetArguments& arguments) {
  ASSIGN_OR_RETURN(const NewTargets now, ReadNewTargets(session, arguments));
  reporting::RevisePactRequest request;
  request.set_name(PactName(arguments.cluster_year));
  request.mutable_targets()->Assign(now.targets.begin(), now.targets.end());
  request.set_reason(arguments.reason);
  request.set_etag(now.etag);
  ASSIGN_OR_RETURN(const auto response, Write(session, arguments.write, session.connection.pacts(),
                                              &Pacts::RevisePact, request));
  return PrintAnswer(
      session, arguments.write, response,
      absl::StrCat(response.pact().name(), "  ", response.pact().proposal().targets_size(),
                   " targets proposed; in force when all members have signed"));
}

constexpr char kSignHelp[] = R"(
Signs the pact for one member, or the revision of it that waits for signatures. JSON is
thidua.reporting.v1.SignPactResponse.

Example:
  thiduactl pact sign red-river-delta/2021 --unit bac-ninh --date 2021-02-26 \
      --signer "Nguyễn Văn A, Chủ tịch"
)";

constexpr char kTableHelp[] = R"(
A --file holds all targets: CSV with a column `unit`, a column per indicator code and, for milestones,
a column `period`.
)";

constexpr char kChangesHelp[] = R"(
Targets given as arguments are put on top of those there are, which are read first; with nothing
behind `=` a target is taken away.
)";

constexpr char kCreateHelp[] = R"(
Draws the pact of a cluster year up; its members can sign it then. JSON is
thidua.reporting.v1.CreatePactResponse.

Examples:
  thiduactl pact create red-river-delta/2021 --file targets.csv
  thiduactl pact create red-river-delta/2021 bac-ninh/COOP_NEW=45 ha-nam/COOP_NEW=15
)";

constexpr char kUpdateHelp[] = R"(
Changes the targets of a pact that nobody has signed yet. JSON is
thidua.reporting.v1.UpdatePactResponse.

Examples:
  thiduactl pact update red-river-delta/2021 bac-ninh/COOP_NEW=45 bac-ninh/COOP_NEW/2021-Q2=20
  thiduactl pact update red-river-delta/2021 --file targets.csv
)";

constexpr char kReviseHelp[] = R"(
Proposes other targets for a pact that all have signed; they come into force when all members have
signed them. JSON is thidua.reporting.v1.RevisePactResponse.

Examples:
  thiduactl pact revise red-river-delta/2021 bac-ninh/COOP_NEW=30 --reason "Dịch COVID-19"
  thiduactl pact revise red-river-delta/2021 --file targets.csv --reason "Dịch COVID-19"
)";

// All but those of the version that is meant.
std::shared_ptr<TargetArguments> AddTargetOptions(CLI::App& command) {
  const auto arguments = std::make_shared<TargetArguments>();
  command.add_option("CLUSTER_YEAR", arguments->cluster_year, "Such as red-river-delta/2021")
      ->required();
  command.add_option("TARGET", arguments->changes, "UNIT/CODE=NUMBER or UNIT/CODE/PERIOD=NUMBER");
  command.add_option("--file", arguments->file, "A table of all targets");
  return arguments;
}

void AddSign(CLI::App& group, Action& chosen) {
  auto* command = group.add_subcommand("sign", "Sign for one member");
  command->footer(kSignHelp);
  const auto arguments = std::make_shared<SignArguments>();
  command->add_option("CLUSTER_YEAR", arguments->cluster_year, "Such as red-river-delta/2021")
      ->required();
  command->add_option("--unit", arguments->unit, "The member that signs")->required();
  command->add_option("--signer", arguments->signer, "Who signs for it, name and office")
      ->required();
  command->add_option("--date", arguments->date, "The day on the document, YYYY-MM-DD")->required();
  AddVersionedWriteOptions(*command, arguments->write);
  Choose(*command, chosen, arguments, RunSign);
}

}  // namespace

void AddPactWrites(CLI::App& group, Action& chosen) {
  auto* create = group.add_subcommand("create", "Draw it up");
  create->footer(absl::StrCat(kTableHelp, kCreateHelp));
  const auto created = AddTargetOptions(*create);
  AddWriteOptions(*create, created->write);
  Choose(*create, chosen, created, RunCreate);
  AddSign(group, chosen);
  auto* update = group.add_subcommand("update", "Change targets that nobody has signed");
  update->footer(absl::StrCat(kChangesHelp, kTableHelp, kUpdateHelp));
  const auto updated = AddTargetOptions(*update);
  AddVersionedWriteOptions(*update, updated->write);
  Choose(*update, chosen, updated, RunUpdate);
  auto* revise = group.add_subcommand("revise", "Propose other targets than those all have signed");
  revise->footer(absl::StrCat(kChangesHelp, kTableHelp, kReviseHelp));
  const auto revised = AddTargetOptions(*revise);
  AddVersionedWriteOptions(*revise, revised->write);
  revise->add_option("--reason", revised->reason, "Why they change")->required();
  Choose(*revise, chosen, revised, RunRevise);
}

}  // namespace thiduactl
