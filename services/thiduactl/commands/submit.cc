#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/findings.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/rejection.h"
#include "services/thiduactl/report_options.h"
#include "services/thiduactl/submission_text.h"
#include "services/thiduactl/writing.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Submissions = reporting::SubmissionService::Stub;

struct SubmitArguments {
  ReportArguments report{};
  WriteOptions write{};
};

absl::StatusOr<ExitCode> RunSubmit(Session& session, const SubmitArguments& arguments) {
  reporting::SubmitRequest request;
  ASSIGN_OR_RETURN(*request.mutable_report(), ReadReport(arguments.report));
  const auto response = Write(session, arguments.write, session.connection.submissions(),
                              &Submissions::Submit, request);
  if (!response.ok()) return WithColumns(response.status(), request.report());
  const reporting::Submission& submission = response->submission();
  PrintAnswer(session, arguments.write, *response,
              absl::StrCat(SubmissionLine(submission), "  ", EnumWord(response->outcome())));
  if (!session.json()) {
    PrintDerivedFigures(session, submission.derived_figures());
    PrintFindings(session, submission.findings());
  }
  return ExitCode::kOk;
}

// How the findings of a report stand in the way of it.
struct Obstacles {
  int broken = 0;
  // Rules that warn, without an explanation.
  std::vector<std::string> to_explain{};

  bool any() const { return broken > 0 || !to_explain.empty(); }
};

Obstacles FindObstacles(const reporting::Report& report,
                        const reporting::CheckReportResponse& response) {
  std::set<std::string> explained;
  for (const reporting::Explanation& explanation : report.explanations()) {
    explained.insert(explanation.finding());
  }
  Obstacles obstacles;
  for (const reporting::Finding& finding : response.findings()) {
    if (finding.severity() == reporting::SEVERITY_ERROR) {
      ++obstacles.broken;
    } else if (!explained.contains(finding.finding())) {
      obstacles.to_explain.push_back(finding.finding());
    }
  }
  return obstacles;
}

void PrintCheck(Session& session, const reporting::Report& report,
                const reporting::CheckReportResponse& response, const Obstacles& obstacles) {
  std::ostream& out = session.console.out;
  out << ReportTitle(report);
  if (obstacles.any()) {
    out << ": would be refused, " << obstacles.broken << " rules broken, "
        << obstacles.to_explain.size() << " to explain\n";
  } else {
    out << ": would be " << EnumWord(response.outcome()) << "\n";
  }
  PrintFindings(session, response.findings());
  PrintDerivedFigures(session, response.derived_figures());
  if (obstacles.to_explain.empty()) return;
  out << "\nif the figures are right, say why:\n";
  for (const std::string& finding : obstacles.to_explain) {
    out << "  --explain '" << finding << "=...'\n";
  }
}

absl::StatusOr<ExitCode> RunCheck(Session& session, const ReportArguments& arguments) {
  reporting::CheckReportRequest request;
  ASSIGN_OR_RETURN(*request.mutable_report(), ReadReport(arguments));
  const auto response = session.connection.Call(session.connection.submissions(),
                                                &Submissions::CheckReport, request);
  if (!response.ok()) return WithColumns(response.status(), request.report());
  const Obstacles obstacles = FindObstacles(request.report(), *response);
  if (session.json()) {
    PrintJson(session.console.out, *response);
  } else {
    PrintCheck(session, request.report(), *response, obstacles);
  }
  return obstacles.any() ? ExitCode::kNegative : ExitCode::kOk;
}

constexpr char kSubmitHelp[] = R"(
The same report again is UNCHANGED; other figures make a new revision, and what they leave out is
missing in it. JSON is thidua.reporting.v1.SubmitResponse.

Examples:
  thiduactl submit --unit bac-ninh --form alliance-annual --period 2020 --kind final \
      COOP_TOTAL=662 COOP_NEW=48 PCF=n/a --author "Nguyễn Văn A, Chủ tịch"
  thiduactl submit --file report.txtpb --explain year-on-year/COOP_NEW="Nghị quyết mới của tỉnh"
  thiduactl submit --file report.txtpb COOP_NEW=49 --validate-only
)";

constexpr char kCheckHelp[] = R"(
What `submit` would say of the report: every rule it breaks, and its derived figures. Writes
nothing. Ends with code 1 if a rule that refuses is broken, or one that warns is not explained; with
code 4 if the report would be refused for another reason. JSON is
thidua.reporting.v1.CheckReportResponse.

Examples:
  thiduactl check --unit bac-ninh --form alliance-annual --period 2020 --kind final \
      COOP_TOTAL=662 COOP_NEW=48
  thiduactl check --file report.txtpb && thiduactl submit --file report.txtpb
)";

}  // namespace

void AddSubmit(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("submit", "Hand one report in");
  command->footer(absl::StrCat(kReportHelp, kSubmitHelp));
  const auto arguments = std::make_shared<SubmitArguments>();
  AddReportOptions(*command, arguments->report);
  AddWriteOptions(*command, arguments->write);
  Choose(*command, chosen, arguments, RunSubmit);
}

void AddCheck(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("check", "What would be said of a report; stores nothing");
  command->footer(absl::StrCat(kReportHelp, kCheckHelp));
  const auto arguments = std::make_shared<ReportArguments>();
  AddReportOptions(*command, *arguments);
  Choose(*command, chosen, arguments, RunCheck);
}

}  // namespace thiduactl
