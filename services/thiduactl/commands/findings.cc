#include "services/thiduactl/findings.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/submission_filter.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;

void PrintTable(Session& session, const std::vector<reporting::Submission>& submissions) {
  std::vector<Column> columns = FindingColumns();
  columns.insert(columns.begin(), {Text("SUBMISSION"), Text("STATE")});
  Table table(columns);
  for (const reporting::Submission& submission : submissions) {
    for (const reporting::Finding& finding : submission.findings()) {
      std::vector<std::string> row = FindingRow(session, finding);
      row.insert(row.begin(),
                 {ShortSubmission(submission.name()), EnumWord(submission.state())});
      table.AddRow(row);
    }
  }
  if (submissions.empty()) session.console.out << "no findings\n";
  table.Print(session.console.out);
}

absl::StatusOr<ExitCode> RunFindings(Session& session, const SubmissionFilter& filter) {
  reporting::ListSubmissionsRequest request = ToRequest(filter);
  request.set_with_findings(true);
  ASSIGN_OR_RETURN(const auto submissions, ReadSubmissions(session.connection, request));
  if (session.json()) {
    JsonArray json(session.console.out);
    for (const reporting::Submission& submission : submissions) json.Add(submission);
    json.End();
  } else {
    PrintTable(session, submissions);
  }
  return submissions.empty() ? ExitCode::kOk : ExitCode::kNegative;
}

constexpr char kHelp[] = R"(
Every rule that the reports of a cluster year or of a unit break, with its explanation. Ends with code
1 if there are any. JSON is an array of thidua.reporting.v1.Submission: those with findings.

Examples:
  thiduactl findings red-river-delta/2020
  thiduactl findings bac-ninh --form alliance-annual --language vi
)";

}  // namespace

void AddFindings(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("findings", "Rules that reports break, and explanations");
  command->footer(kHelp);
  const auto filter = std::make_shared<SubmissionFilter>();
  AddScopeArgument(*command, *filter)->required();
  AddFilterOptions(*command, *filter);
  Choose(*command, chosen, filter, RunFindings);
}

}  // namespace thiduactl
