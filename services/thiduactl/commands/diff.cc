#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/findings.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/table.h"
#include "services/thiduactl/titles.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;

struct DiffArguments {
  // One, or the base and the newer one.
  std::vector<std::string> names{};
  int from = 0;
  int to = 0;
  bool since_accepted = false;
  bool with_estimate = false;
};

// The estimate of the report that `name` has final figures of.
absl::StatusOr<std::string> EstimateOf(const std::string& name) {
  std::string stem = name;
  constexpr char kFinal[] = ".final";
  if (stem.size() > sizeof(kFinal) - 1 && stem.ends_with(kFinal)) {
    stem.resize(stem.size() - (sizeof(kFinal) - 1));
    return stem + ".estimate";
  }
  return LocalProblem(absl::StrCat(name, " has no final figures to compare with an estimate"));
}

absl::StatusOr<reporting::CompareSubmissionsRequest> MakeRequest(const DiffArguments& arguments) {
  const bool two = arguments.names.size() == 2;
  const int choices = (two ? 1 : 0) + (!two && arguments.from > 0 ? 1 : 0) +
                      (arguments.since_accepted ? 1 : 0) + (arguments.with_estimate ? 1 : 0);
  if (choices != 1 || arguments.names.size() > 2) {
    return LocalProblem(
        "say what to compare with, in one way: another submission before the one that is newer, "
        "--from REVISION, --since-accepted or --with-estimate");
  }
  reporting::CompareSubmissionsRequest request;
  const std::string name = SubmissionName(arguments.names.back());
  request.mutable_content()->set_submission(name);
  request.mutable_content()->set_revision(arguments.to);
  if (arguments.since_accepted) {
    request.set_last_accepted(true);
    return request;
  }
  reporting::Content& base = *request.mutable_base_content();
  base.set_submission(two ? SubmissionName(arguments.names.front()) : name);
  base.set_revision(arguments.from);
  if (arguments.with_estimate) {
    ASSIGN_OR_RETURN(*base.mutable_submission(), EstimateOf(name));
  }
  return request;
}

std::string SideText(bool present, const thidua::type::v1::Figure& figure) {
  return present ? FigureText(figure) : "missing";
}

absl::Status PrintTable(Session& session, const reporting::CompareSubmissionsRequest& request,
                        const reporting::CompareSubmissionsResponse& response) {
  std::ostream& out = session.console.out;
  const std::string& name = request.content().submission();
  out << (request.has_base_content() ? request.base_content().submission() : name) << " revision "
      << response.base_revision() << " -> " << name << " revision " << response.revision() << "\n";
  if (response.changes().empty()) {
    out << "no differences\n";
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const auto indicators, ReadIndicators(session.connection));
  Table table({Text("INDICATOR"), Text("TITLE"), Number("BEFORE"), Number("AFTER"),
               Number("DIFFERENCE"), Number("%")});
  for (const reporting::FigureChange& change : response.changes()) {
    const auto found = indicators.find(change.indicator());
    table.AddRow({ShortName(change.indicator()),
                  found == indicators.end()
                      ? ""
                      : InLanguage(found->second.title(), session.language()),
                  SideText(change.has_before(), change.before()),
                  SideText(change.has_after(), change.after()),
                  WithSeparators(change.difference()), WithSeparators(change.percent())});
  }
  out << "\n";
  table.Print(out);
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunDiff(Session& session, const DiffArguments& arguments) {
  ASSIGN_OR_RETURN(const auto request, MakeRequest(arguments));
  ASSIGN_OR_RETURN(const auto response,
                   session.connection.Call(session.connection.submissions(),
                                           &reporting::SubmissionService::Stub::CompareSubmissions,
                                           request));
  if (session.json()) {
    PrintJson(session.console.out, response);
  } else {
    RETURN_IF_ERROR(PrintTable(session, request, response));
  }
  return response.changes().empty() ? ExitCode::kOk : ExitCode::kNegative;
}

constexpr char kHelp[] = R"(
Compares a submission with one of its revisions, with the revision that was accepted last, with the
estimate of the same report, or with another submission of the same form. Ends with code 1 if they
differ. JSON is thidua.reporting.v1.CompareSubmissionsResponse.

Examples:
  thiduactl diff bac-ninh/alliance-annual.2020.final --since-accepted
  thiduactl diff bac-ninh/alliance-annual.2020.final --from 1 --to 2
  thiduactl diff bac-ninh/alliance-annual.2020.final --with-estimate
  thiduactl diff bac-ninh/alliance-annual.2019.final bac-ninh/alliance-annual.2020.final
)";

}  // namespace

void AddDiff(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("diff", "What changed between two contents");
  command->footer(kHelp);
  const auto arguments = std::make_shared<DiffArguments>();
  command
      ->add_option("SUBMISSION", arguments->names,
                   "Such as bac-ninh/alliance-annual.2020.final; of two, the newer one last")
      ->required();
  command->add_option("--from", arguments->from, "The revision to compare with")
      ->check(CLI::PositiveNumber);
  command->add_option("--to", arguments->to, "The newer revision; without it the newest")
      ->check(CLI::PositiveNumber);
  command->add_flag("--since-accepted", arguments->since_accepted,
                    "Compare with the revision that was accepted last");
  command->add_flag("--with-estimate", arguments->with_estimate,
                    "Compare final figures with the estimate of the same report");
  Choose(*command, chosen, arguments, RunDiff);
}

}  // namespace thiduactl
