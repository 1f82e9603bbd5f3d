#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/assignments.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/submission_filter.h"
#include "services/thiduactl/submission_text.h"
#include "services/thiduactl/writing.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Submissions = reporting::SubmissionService::Stub;

// What `accept` and `lock` differ in.
template <typename Request, typename Response>
struct Verdict {
  grpc::Status (Submissions::*method)(grpc::ClientContext*, const Request&, Response*) = nullptr;
  // Where a submission must be to be meant by `--all`.
  reporting::Submission::State from = reporting::Submission::STATE_UNSPECIFIED;
  const char* done = "";
};

constexpr Verdict<reporting::AcceptSubmissionRequest, reporting::AcceptSubmissionResponse> kAccept{
    .method = &Submissions::AcceptSubmission,
    .from = reporting::Submission::STATE_SUBMITTED,
    .done = "accepted"};
constexpr Verdict<reporting::LockSubmissionRequest, reporting::LockSubmissionResponse> kLock{
    .method = &Submissions::LockSubmission,
    .from = reporting::Submission::STATE_ACCEPTED,
    .done = "locked"};

struct VerdictArguments {
  std::vector<std::string> names{};
  // Its scope is that of `--all`.
  SubmissionFilter all{};
  WriteOptions write{};
};

// One submission to pass a verdict on.
struct Reviewed {
  std::string name{};
  // Of the version that is meant; empty for whichever is stored.
  std::string etag{};
};

absl::Status CheckArguments(const VerdictArguments& arguments) {
  const bool all = !arguments.all.scope.empty();
  if (all != arguments.names.empty()) {
    return LocalProblem("name submissions, or a cluster year with --all");
  }
  if (!all && !(arguments.all.form.empty() && arguments.all.period.empty() &&
                arguments.all.kind.empty())) {
    return LocalProblem("--form, --period and --kind say which --all are");
  }
  const bool for_one = !arguments.write.etag.empty() || !arguments.write.request_id.empty();
  if (for_one && arguments.names.size() != 1) {
    return LocalProblem("--etag and --request-id are for one submission");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Reviewed>> ChooseSubmissions(Session& session,
                                                        const VerdictArguments& arguments,
                                                        reporting::Submission::State from) {
  std::vector<Reviewed> chosen;
  for (const std::string& name : arguments.names) {
    chosen.push_back({.name = SubmissionName(name), .etag = arguments.write.etag});
  }
  if (arguments.all.scope.empty()) return chosen;
  reporting::ListSubmissionsRequest request = ToRequest(arguments.all);
  request.set_state(from);
  ASSIGN_OR_RETURN(const auto listed, ReadSubmissions(session.connection, request));
  for (const reporting::Submission& submission : listed) {
    chosen.push_back({.name = submission.name(), .etag = submission.etag()});
  }
  return chosen;
}

// Goes on behind a submission that is refused: each stands for itself.
template <typename Request, typename Response>
absl::StatusOr<ExitCode> RunVerdict(Session& session, const VerdictArguments& arguments,
                                    const Verdict<Request, Response>& verdict) {
  RETURN_IF_ERROR(CheckArguments(arguments));
  ASSIGN_OR_RETURN(const auto chosen, ChooseSubmissions(session, arguments, verdict.from));
  JsonArray json(session.console.out);
  size_t refused = 0;
  absl::Status lost;
  for (const auto& [name, etag] : chosen) {
    Request request;
    request.set_name(name);
    request.set_etag(etag);
    const auto response = Write(session, arguments.write, session.connection.submissions(),
                                verdict.method, request);
    if (!response.ok()) {
      lost = Within(name, response.status());
      if (ExitCodeOf(lost) != ExitCode::kRefused) break;
      lost = absl::OkStatus();
      PrintProblem(session.console.err, Within(name, response.status()));
      ++refused;
    } else if (session.json()) {
      json.Add(*response);
    } else {
      PrintWritten(session, arguments.write, SubmissionLine(response->submission()));
    }
  }
  if (session.json()) json.End();
  RETURN_IF_ERROR(lost);
  if (!session.json() && !arguments.all.scope.empty()) {
    session.console.out << chosen.size() - refused << " of " << chosen.size() << " "
                        << verdict.done << "\n";
  }
  return refused > 0 ? ExitCode::kRefused : ExitCode::kOk;
}

struct ReturnArguments {
  std::string name{};
  std::string reviewer{};
  std::string reason{};
  std::vector<std::string> figures{};
  WriteOptions write{};
};

absl::StatusOr<ExitCode> RunReturn(Session& session, const ReturnArguments& arguments) {
  reporting::ReturnSubmissionRequest request;
  request.set_name(SubmissionName(arguments.name));
  reporting::ReturnReason& reason = *request.mutable_return_reason();
  reason.set_reviewer(arguments.reviewer);
  reason.set_reason(arguments.reason);
  ASSIGN_OR_RETURN(const auto figures, ParseFigureReasons(arguments.figures));
  reason.mutable_figures()->Assign(figures.begin(), figures.end());
  ASSIGN_OR_RETURN(const auto response,
                   Write(session, arguments.write, session.connection.submissions(),
                         &Submissions::ReturnSubmission, request));
  return PrintAnswer(session, arguments.write, response, SubmissionLine(response.submission()));
}

constexpr char kAcceptHelp[] = R"(
With --all, every submission of the cluster year that waits for review is accepted in the version that
was listed; one that is refused does not stop the others, and the command ends with code 4. JSON is an
array of thidua.reporting.v1.AcceptSubmissionResponse.

Examples:
  thiduactl accept bac-ninh/alliance-annual.2020.estimate
  thiduactl accept --all red-river-delta/2020 --form alliance-annual
)";

constexpr char kLockHelp[] = R"(
A locked submission is closed with its year; only a restatement changes its figures. With --all,
every accepted submission of the cluster year is locked. JSON is an array of
thidua.reporting.v1.LockSubmissionResponse.

Examples:
  thiduactl lock bac-ninh/alliance-annual.2020.final
  thiduactl lock --all red-river-delta/2020
)";

constexpr char kReturnHelp[] = R"(
Sends a submission back to its unit, with what is wrong as a whole and with single figures. JSON is
thidua.reporting.v1.ReturnSubmissionResponse.

Example:
  thiduactl return bac-ninh/alliance-annual.2020.final --reviewer "Trần Thị B, Văn phòng" \
      --reason "Số liệu chưa khớp" --figure COOP_NEW="thiếu quý IV" --figure MEMBERS="gõ nhầm"
)";

template <typename Request, typename Response>
void AddVerdict(CLI::App& command, Action& chosen, const Verdict<Request, Response>& verdict) {
  const auto arguments = std::make_shared<VerdictArguments>();
  command.add_option("SUBMISSION", arguments->names,
                     "One or more, such as bac-ninh/alliance-annual.2020.final");
  command.add_option("--all", arguments->all.scope,
                     "All of this cluster year, such as red-river-delta/2020");
  AddFilterOptions(command, arguments->all);
  AddVersionedWriteOptions(command, arguments->write);
  Choose(command, chosen, arguments, [verdict](Session& session, const VerdictArguments& given) {
    return RunVerdict(session, given, verdict);
  });
}

}  // namespace

void AddAccept(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("accept", "Accept submissions that wait for review");
  command->footer(kAcceptHelp);
  AddVerdict(*command, chosen, kAccept);
}

void AddLock(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("lock", "Close accepted submissions with their year");
  command->footer(kLockHelp);
  AddVerdict(*command, chosen, kLock);
}

void AddReturn(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("return", "Send a submission back with reasons");
  command->footer(kReturnHelp);
  const auto arguments = std::make_shared<ReturnArguments>();
  command
      ->add_option("SUBMISSION", arguments->name, "Such as bac-ninh/alliance-annual.2020.final")
      ->required();
  command->add_option("--reviewer", arguments->reviewer, "Who reviewed it, name and office")
      ->required();
  command->add_option("--reason", arguments->reason, "What is wrong as a whole")->required();
  command->add_option("--figure", arguments->figures,
                      "CODE=REASON: what is wrong with one figure; may be repeated")
      ->allow_extra_args(false);
  AddVersionedWriteOptions(*command, arguments->write);
  Choose(*command, chosen, arguments, RunReturn);
}

}  // namespace thiduactl
