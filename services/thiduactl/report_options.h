// A report as it is written on the command line.
#ifndef THIDUA_SERVICES_THIDUACTL_REPORT_OPTIONS_H_
#define THIDUA_SERVICES_THIDUACTL_REPORT_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace CLI {
class App;
}

namespace thiduactl {

// As they were typed.
struct ReportArguments {
  // A `thidua.reporting.v1.Report` in text format; the others add to it or replace what it says.
  std::string file{};
  std::string unit{};
  std::string form{};
  std::string period{};
  std::string kind{};
  std::vector<std::string> figures{};
  std::string source{};
  std::string author{};
  std::string received{};
  std::vector<std::string> explanations{};
};

// Adds the options that name a report and give its contents, and the figures as arguments.
void AddReportOptions(CLI::App& app, ReportArguments& arguments);

// The report that `arguments` mean. A local problem: the file cannot be read, an argument has not the
// form it should have, or unit, form, period or kind is said nowhere. Whether figures are right is
// for the service to say.
absl::StatusOr<thidua::reporting::v1::Report> ReadReport(const ReportArguments& arguments);

// For a person: `bac-ninh alliance-annual 2020 FINAL`.
std::string ReportTitle(const thidua::reporting::v1::Report& report);

// How to write a report, for the help of commands.
extern const char kReportHelp[];

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_REPORT_OPTIONS_H_
