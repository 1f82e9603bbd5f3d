#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/rejection.h"
#include "services/thiduactl/report_options.h"
#include "services/thiduactl/submission_text.h"
#include "services/thiduactl/writing.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Submissions = reporting::SubmissionService::Stub;

struct SaveArguments {
  ReportArguments report{};
  WriteOptions write{};
};

struct DraftArguments {
  std::string name{};
  WriteOptions write{};
};

absl::StatusOr<ExitCode> RunSave(Session& session, const SaveArguments& arguments) {
  reporting::SaveDraftRequest request;
  ASSIGN_OR_RETURN(*request.mutable_report(), ReadReport(arguments.report));
  const auto response = Write(session, arguments.write, session.connection.submissions(),
                              &Submissions::SaveDraft, request);
  if (!response.ok()) return WithColumns(response.status(), request.report());
  return PrintAnswer(session, arguments.write, *response, SubmissionLine(response->submission()));
}

absl::StatusOr<ExitCode> RunSubmitDraft(Session& session, const DraftArguments& arguments) {
  reporting::SubmitDraftRequest request;
  request.set_name(SubmissionName(arguments.name));
  ASSIGN_OR_RETURN(const auto response,
                   Write(session, arguments.write, session.connection.submissions(),
                         &Submissions::SubmitDraft, request));
  return PrintAnswer(session, arguments.write, response, SubmissionLine(response.submission()));
}

absl::StatusOr<ExitCode> RunWithdraw(Session& session, const DraftArguments& arguments) {
  reporting::WithdrawDraftRequest request;
  request.set_name(SubmissionName(arguments.name));
  ASSIGN_OR_RETURN(const auto response,
                   Write(session, arguments.write, session.connection.submissions(),
                         &Submissions::WithdrawDraft, request));
  return PrintAnswer(session, arguments.write, response, SubmissionLine(response.submission()));
}

template <typename Run>
void AddDraftCommand(CLI::App& group, Action& chosen, const std::string& name,
                     const std::string& description, const std::string& help, Run run) {
  auto* command = group.add_subcommand(name, description);
  command->footer(help);
  const auto arguments = std::make_shared<DraftArguments>();
  command
      ->add_option("SUBMISSION", arguments->name, "Such as bac-ninh/alliance-annual.2020.final")
      ->required();
  AddVersionedWriteOptions(*command, arguments->write);
  Choose(*command, chosen, arguments, run);
}

constexpr char kHelp[] = R"(
A draft is a report that is not ready: figures may be missing and rules broken. It counts nowhere.

Examples:
  thiduactl draft save --unit bac-ninh --form alliance-annual --period 2020 --kind final COOP_NEW=48
  thiduactl submission show bac-ninh/alliance-annual.2020.final
  thiduactl draft submit bac-ninh/alliance-annual.2020.final
)";

constexpr char kSaveHelp[] = R"(
Replaces the draft before, if there is one.

Example:
  thiduactl draft save --unit bac-ninh --form alliance-annual --period 2020 --kind final COOP_NEW=48
)";

constexpr char kSubmitHelp[] = R"(
Hands the draft in as it is stored, its explanations included.

Example:
  thiduactl draft submit bac-ninh/alliance-annual.2020.final
)";

constexpr char kWithdrawHelp[] = R"(
Gives the draft up.

Example:
  thiduactl draft withdraw bac-ninh/alliance-annual.2020.final
)";

}  // namespace

void AddDraft(CLI::App& app, Action& chosen) {
  auto* group = app.add_subcommand("draft", "Keep a report that is not ready, then hand it in");
  group->footer(kHelp);
  group->require_subcommand(1);
  auto* save = group->add_subcommand("save", "Keep a report that is not ready");
  save->footer(absl::StrCat(kReportHelp, kSaveHelp));
  const auto arguments = std::make_shared<SaveArguments>();
  AddReportOptions(*save, arguments->report);
  AddVersionedWriteOptions(*save, arguments->write);
  Choose(*save, chosen, arguments, RunSave);
  AddDraftCommand(*group, chosen, "submit", "Hand a draft in", kSubmitHelp, RunSubmitDraft);
  AddDraftCommand(*group, chosen, "withdraw", "Give a draft up", kWithdrawHelp, RunWithdraw);
}

}  // namespace thiduactl
