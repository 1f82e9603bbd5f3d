#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

#include "common/status/status_macros.h"
#include "services/thiduactl/assignments.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/rejection.h"
#include "services/thiduactl/submission_text.h"
#include "services/thiduactl/writing.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Submissions = reporting::SubmissionService::Stub;

struct RestateArguments {
  std::string name{};
  std::vector<std::string> figures{};
  // The figures are all there are, not changes.
  bool complete = false;
  std::string reason{};
  std::string approver{};
  WriteOptions write{};
};

// The figures as they are to be. Those that stay are read from the newest version, whose etag the
// request then has: nobody's change in between is undone.
absl::Status FillFigures(Session& session, const RestateArguments& arguments,
                         reporting::RestateSubmissionRequest& request) {
  google::protobuf::RepeatedPtrField<thidua::type::v1::Figure> before;
  if (!arguments.complete) {
    reporting::GetSubmissionRequest get;
    get.set_name(request.name());
    ASSIGN_OR_RETURN(auto response, session.connection.Call(session.connection.submissions(),
                                                            &Submissions::GetSubmission, get));
    request.set_etag(response.submission().etag());
    before.Swap(response.mutable_submission()->mutable_figures());
  }
  ASSIGN_OR_RETURN(const auto figures, ChangeFigures(before, arguments.figures));
  request.mutable_figures()->Assign(figures.begin(), figures.end());
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunRestate(Session& session, const RestateArguments& arguments) {
  reporting::RestateSubmissionRequest request;
  request.set_name(SubmissionName(arguments.name));
  request.set_reason(arguments.reason);
  request.set_approver(arguments.approver);
  RETURN_IF_ERROR(FillFigures(session, arguments, request));
  const auto response = Write(session, arguments.write, session.connection.submissions(),
                              &Submissions::RestateSubmission, request);
  if (!response.ok()) {
    reporting::Report report;
    *report.mutable_figures() = request.figures();
    return WithColumns(response.status(), report);
  }
  return PrintAnswer(session, arguments.write, *response, SubmissionLine(response->submission()));
}

constexpr char kHelp[] = R"(
Changes figures that were accepted or locked. The figures given are put on top of those of the newest
revision, which is read first; `CODE=` takes a figure away. With --complete they are all there are.
JSON is thidua.reporting.v1.RestateSubmissionResponse.

Examples:
  thiduactl restate bac-ninh/alliance-annual.2020.final COOP_NEW=47 \
      --reason "Đếm trùng một hợp tác xã" --approver "Nguyễn Văn A, Chủ tịch"
  thiduactl restate bac-ninh/alliance-annual.2020.final --complete COOP_TOTAL=661 COOP_NEW=47 \
      --reason "Kiểm tra lại" --approver "Nguyễn Văn A, Chủ tịch"
)";

}  // namespace

void AddRestate(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("restate", "Change figures that were accepted");
  command->footer(kHelp);
  const auto arguments = std::make_shared<RestateArguments>();
  command
      ->add_option("SUBMISSION", arguments->name, "Such as bac-ninh/alliance-annual.2020.final")
      ->required();
  command
      ->add_option("FIGURE", arguments->figures,
                   "CODE=NUMBER, CODE=n/a, or CODE= for a figure that is missing")
      ->required();
  command->add_flag("--complete", arguments->complete, "The figures given are all there are");
  command->add_option("--reason", arguments->reason, "Why they change")->required();
  command->add_option("--approver", arguments->approver, "Who approved it, name and office")
      ->required();
  AddVersionedWriteOptions(*command, arguments->write);
  Choose(*command, chosen, arguments, RunRestate);
}

}  // namespace thiduactl
