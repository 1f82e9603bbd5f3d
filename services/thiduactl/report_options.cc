#include "services/thiduactl/report_options.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/assignments.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/problem.h"
#include "services/thiduactl/text_file.h"
#include "services/thiduactl/times.h"

namespace thiduactl {
namespace {

using ::thidua::reporting::v1::Report;

absl::Status CheckKey(const Report& report) {
  std::vector<std::string> missing;
  if (report.unit().empty()) missing.emplace_back("--unit");
  if (report.form().empty()) missing.emplace_back("--form");
  if (report.period().empty()) missing.emplace_back("--period");
  if (report.value_kind() == thidua::reporting::v1::VALUE_KIND_UNSPECIFIED) {
    missing.emplace_back("--kind");
  }
  if (missing.empty()) return absl::OkStatus();
  return LocalProblem(
      absl::StrCat("the report needs ", absl::StrJoin(missing, ", "), ", or a --file that has it"));
}

}  // namespace

void AddReportOptions(CLI::App& app, ReportArguments& arguments) {
  app.add_option("--unit", arguments.unit, "The unit that reports, such as bac-ninh");
  app.add_option("--form", arguments.form, "The form, such as alliance-annual");
  app.add_option("--period", arguments.period, "Such as 2020, 2020-H1, 2020-Q3 or 2020-07");
  AddKindOption(app, arguments.kind);
  app.add_option("FIGURE", arguments.figures, "CODE=NUMBER, or CODE=n/a where it does not apply");
  app.add_option("--source", arguments.source, "Where the figures come from");
  app.add_option("--author", arguments.author, "Who answers for them, name and office");
  app.add_option("--received", arguments.received,
                 "The day the paper came, YYYY-MM-DD; for transcribed years");
  app.add_option("--explain", arguments.explanations,
                 "FINDING=TEXT: why a rule that warns is broken; may be repeated")
      ->allow_extra_args(false);
  app.add_option("--file", arguments.file, "A report in text format, instead or beside");
}

absl::StatusOr<Report> ReadReport(const ReportArguments& arguments) {
  Report report;
  if (!arguments.file.empty()) RETURN_IF_ERROR(ReadTextFile(arguments.file, report));
  if (!arguments.unit.empty()) report.set_unit(InCollection("units", arguments.unit));
  if (!arguments.form.empty()) report.set_form(InCollection("forms", arguments.form));
  if (!arguments.period.empty()) report.set_period(arguments.period);
  if (!arguments.kind.empty()) report.set_value_kind(ParseKind(arguments.kind));
  if (!arguments.source.empty()) report.set_source(arguments.source);
  if (!arguments.author.empty()) report.set_author(arguments.author);
  RETURN_IF_ERROR(CheckKey(report));
  if (!arguments.received.empty()) {
    const auto day = ParseDay(arguments.received);
    if (!day.has_value()) {
      return LocalProblem(
          absl::StrCat("--received is not a day YYYY-MM-DD: ", arguments.received));
    }
    *report.mutable_receive_time() = ToTimestamp(*day);
  }
  ASSIGN_OR_RETURN(const auto figures, ChangeFigures(report.figures(), arguments.figures));
  report.mutable_figures()->Assign(figures.begin(), figures.end());
  ASSIGN_OR_RETURN(const auto explanations, ParseExplanations(arguments.explanations));
  report.mutable_explanations()->Add(explanations.begin(), explanations.end());
  return report;
}

std::string ReportTitle(const Report& report) {
  return absl::StrCat(ShortName(report.unit()), " ", ShortName(report.form()), " ",
                      report.period(), " ", EnumWord(report.value_kind()));
}

const char kReportHelp[] = R"(
A figure that is not given is missing; `CODE=n/a` says that it does not apply. Decimals have a
point, and there is nothing between thousands. A --file holds a thidua.reporting.v1.Report:

  unit: "units/bac-ninh" form: "forms/alliance-annual" period: "2020"
  value_kind: VALUE_KIND_FINAL
  figures { indicator: "indicators/COOP_NEW" number: "48" }
  figures { indicator: "indicators/PCF" not_applicable: true }
  explanations { finding: "year-on-year/COOP_NEW" text: "Nghị quyết mới của tỉnh" }
)";

}  // namespace thiduactl
