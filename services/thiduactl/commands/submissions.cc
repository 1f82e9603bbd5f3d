#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/pages.h"
#include "services/thiduactl/submission_filter.h"
#include "services/thiduactl/submission_text.h"
#include "services/thiduactl/times.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Submissions = reporting::SubmissionService::Stub;

struct ListArguments {
  SubmissionFilter filter{};
  std::string state{};
  bool with_findings = false;
};

struct ShowArguments {
  std::string name{};
  int revision = 0;
};

struct HistoryArguments {
  std::string name{};
};

// What a revision is called: a draft has none.
std::string RevisionText(const reporting::Submission& submission) {
  return submission.revision() == 0 ? "-" : absl::StrCat(submission.revision());
}

std::string TimelinessText(const reporting::Submission& submission) {
  return submission.timeliness() == reporting::TIMELINESS_UNSPECIFIED
             ? ""
             : EnumWord(submission.timeliness());
}

absl::StatusOr<ExitCode> RunSubmissions(Session& session, const ListArguments& arguments) {
  reporting::ListSubmissionsRequest request = ToRequest(arguments.filter);
  request.set_state(ParseEnumWord<reporting::Submission::State>(arguments.state));
  request.set_with_findings(arguments.with_findings);
  ASSIGN_OR_RETURN(const auto submissions, ReadSubmissions(session.connection, request));
  PrintList(session, submissions, "no submissions",
            {Text("UNIT"), Text("FORM"), Text("PERIOD"), Text("KIND"), Text("STATE"),
             Number("REVISION"), Text("RECEIVED"), Text("TIMELINESS"), Number("FINDINGS"),
             Text("AUTHOR").Optional()},
            [](const reporting::Submission& s) -> std::vector<std::string> {
              return {ShortName(s.unit()),     ShortName(s.form()),
                      s.period(),              EnumWord(s.value_kind()),
                      EnumWord(s.state()),     RevisionText(s),
                      DayText(s.receive_time()), TimelinessText(s),
                      absl::StrCat(s.findings_size()), s.author()};
            });
  return submissions.empty() ? ExitCode::kNegative : ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunShow(Session& session, const ShowArguments& arguments) {
  reporting::GetSubmissionRequest request;
  request.set_name(SubmissionName(arguments.name));
  request.set_revision(arguments.revision);
  ASSIGN_OR_RETURN(const auto response, session.connection.Call(session.connection.submissions(),
                                                                &Submissions::GetSubmission,
                                                                request));
  if (session.json()) {
    PrintJson(session.console.out, response.submission());
  } else {
    PrintSubmission(session, response.submission());
  }
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunHistory(Session& session, const HistoryArguments& arguments) {
  reporting::ListSubmissionVersionsRequest request;
  request.set_name(SubmissionName(arguments.name));
  ASSIGN_OR_RETURN(const auto versions,
                   ReadAll(session.connection, session.connection.submissions(),
                           &Submissions::ListSubmissionVersions, request,
                           &reporting::ListSubmissionVersionsResponse::submissions));
  PrintList(session, versions, "no versions",
            {Text("STORED"), Text("STATE"), Number("REVISION"), Text("CONTENT"),
             Text("AUTHOR").Optional(), Text("SOURCE").Optional(), Text("VERDICT").Optional()},
            [](const reporting::Submission& s) -> std::vector<std::string> {
              constexpr size_t kHashDigits = 12;
              return {TimeText(s.update_time()), EnumWord(s.state()),
                      RevisionText(s),           s.content_hash().substr(0, kHashDigits),
                      s.author(),                s.source(),
                      VerdictText(s)};
            });
  return versions.empty() ? ExitCode::kNegative : ExitCode::kOk;
}

constexpr char kListHelp[] = R"(
Of a cluster year, or of a unit over all years; drafts too. Ends with code 1 if there are none. JSON
is an array of thidua.reporting.v1.Submission.

Examples:
  thiduactl submissions red-river-delta/2020 --state submitted
  thiduactl submissions bac-ninh --form alliance-annual
  thiduactl submissions red-river-delta/2020 --findings --output json
)";

constexpr char kShowHelp[] = R"(
Its newest version, or the last one of an earlier revision: figures, derived figures, findings with
their explanations, verdicts. JSON is thidua.reporting.v1.Submission.

Examples:
  thiduactl submission show bac-ninh/alliance-annual.2020.estimate
  thiduactl submission show bac-ninh/alliance-annual.2020.estimate --revision 1
)";

constexpr char kHistoryHelp[] = R"(
Every version that was stored of one submission, oldest first: contents and verdicts. JSON is an array of
thidua.reporting.v1.Submission.

Example:
  thiduactl history bac-ninh/alliance-annual.2020.estimate
)";

}  // namespace

void AddSubmissions(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("submissions", "What units have handed in, and where it stands");
  command->footer(kListHelp);
  const auto arguments = std::make_shared<ListArguments>();
  AddScopeArgument(*command, arguments->filter)->required();
  AddFilterOptions(*command, arguments->filter);
  AddEnumOption<reporting::Submission::State>(*command, "--state", arguments->state,
                                              "Only in this state");
  command->add_flag("--findings", arguments->with_findings, "Only those with findings");
  Choose(*command, chosen, arguments, RunSubmissions);
}

void AddSubmission(CLI::App& app, Action& chosen) {
  auto* group = app.add_subcommand("submission", "One submission with its figures");
  group->footer(kShowHelp);
  const auto configure = [](CLI::App& command, ShowArguments& arguments) {
    command.add_option("--revision", arguments.revision, "An earlier revision")
        ->check(CLI::PositiveNumber);
    return command.add_option("SUBMISSION", arguments.name,
                              "Such as bac-ninh/alliance-annual.2020.final");
  };
  AddShow<ShowArguments>(*group, chosen, "Its figures, findings and verdicts", configure, RunShow);
}

void AddHistory(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("history", "Every version of one submission");
  command->footer(kHistoryHelp);
  const auto arguments = std::make_shared<HistoryArguments>();
  command
      ->add_option("SUBMISSION", arguments->name, "Such as bac-ninh/alliance-annual.2020.final")
      ->required();
  Choose(*command, chosen, arguments, RunHistory);
}

}  // namespace thiduactl
