#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/pages.h"
#include "services/thiduactl/titles.h"
#include "services/thiduactl/writing.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Calendar = reporting::CalendarService::Stub;
using reporting::ReportStatus;

struct MissingArguments {
  std::string cluster_year{};
  std::string unit{};
  std::string form{};
  std::string period{};
  std::string kind{};
  std::vector<std::string> statuses{};
  bool all = false;
};

// What a cluster head runs after.
constexpr ReportStatus::Status kOutstanding[] = {
    ReportStatus::STATUS_AWAITED, ReportStatus::STATUS_OVERDUE, ReportStatus::STATUS_MISSED,
    ReportStatus::STATUS_DRAFT, ReportStatus::STATUS_RETURNED};

bool IsOutstanding(const ReportStatus& report) {
  return std::find(std::begin(kOutstanding), std::end(kOutstanding), report.status()) !=
         std::end(kOutstanding);
}

reporting::ListDueReportsRequest ToRequest(const MissingArguments& arguments) {
  reporting::ListDueReportsRequest request;
  request.set_cluster_year(ClusterYearName(arguments.cluster_year));
  if (!arguments.unit.empty()) request.set_unit(InCollection("units", arguments.unit));
  if (!arguments.form.empty()) request.set_form(InCollection("forms", arguments.form));
  request.set_period(arguments.period);
  request.set_value_kind(ParseKind(arguments.kind));
  for (const std::string& status : arguments.statuses) {
    request.add_statuses(ParseEnumWord<ReportStatus::Status>(status));
  }
  if (arguments.statuses.empty() && !arguments.all) {
    request.mutable_statuses()->Add(std::begin(kOutstanding), std::end(kOutstanding));
  }
  return request;
}

absl::StatusOr<ExitCode> RunMissing(Session& session, const MissingArguments& arguments) {
  ASSIGN_OR_RETURN(
      const auto reports,
      ReadAll(session.connection, session.connection.calendar(), &Calendar::ListDueReports,
              ToRequest(arguments), &reporting::ListDueReportsResponse::reports));
  UnitTitles titles(session.connection);
  PrintList(session, reports, "no such reports",
            {Text("FORM"), Text("PERIOD"), Text("KIND"), Text("UNIT"), Text("NAME"), Text("STATUS"),
             Text("DUE"), Text("GRACE END"), Text("CLOSES")},
            [&titles](const ReportStatus& report) -> std::vector<std::string> {
              const reporting::DueReport& due = report.report();
              return {ShortName(due.form()),    due.period(),
                      EnumWord(due.value_kind()), ShortName(report.unit()),
                      titles.Of(report.unit()), EnumWord(report.status()),
                      due.due(),                due.grace_end(),
                      due.closes()};
            });
  const bool outstanding = std::any_of(reports.begin(), reports.end(), IsOutstanding);
  return outstanding ? ExitCode::kNegative : ExitCode::kOk;
}

struct ExtendArguments {
  std::string cluster_year{};
  std::string unit{};
  std::string form{};
  std::string period{};
  std::string kind{};
  std::string due{};
  std::string grace_end{};
  std::string closes{};
  std::string reason{};
  std::string approver{};
  WriteOptions write{};
};

// Days that are not given stay as the calendar has them, but for what the new days push back. Days
// `YYYY-MM-DD` compare as text.
void FillDays(const reporting::ClusterYear& year, reporting::Extension& extension) {
  reporting::DueReport due;
  for (const reporting::DueReport& report : year.calendar()) {
    if (report.form() == extension.form() && report.period() == extension.period() &&
        report.value_kind() == extension.value_kind()) {
      due = report;
    }
  }
  if (extension.grace_end().empty()) {
    extension.set_grace_end(std::max(extension.due(), due.grace_end()));
  }
  if (extension.closes().empty()) {
    extension.set_closes(std::max(extension.grace_end(), due.closes()));
  }
}

absl::StatusOr<ExitCode> RunExtend(Session& session, const ExtendArguments& arguments) {
  Connection& connection = session.connection;
  reporting::ExtendReportRequest request;
  request.set_name(ClusterYearName(arguments.cluster_year));
  reporting::Extension& extension = *request.mutable_extension();
  if (!arguments.unit.empty()) extension.set_unit(InCollection("units", arguments.unit));
  extension.set_form(InCollection("forms", arguments.form));
  extension.set_period(arguments.period);
  extension.set_value_kind(ParseKind(arguments.kind));
  extension.set_due(arguments.due);
  extension.set_grace_end(arguments.grace_end);
  extension.set_closes(arguments.closes);
  extension.set_reason(arguments.reason);
  extension.set_approver(arguments.approver);
  if (arguments.grace_end.empty() || arguments.closes.empty()) {
    reporting::GetClusterYearRequest get;
    get.set_name(request.name());
    ASSIGN_OR_RETURN(const auto year,
                     connection.Call(connection.registry(),
                                     &reporting::RegistryService::Stub::GetClusterYear, get));
    FillDays(year.cluster_year(), extension);
  }
  ASSIGN_OR_RETURN(const auto response, Write(session, arguments.write, connection.calendar(),
                                              &Calendar::ExtendReport, request));
  return PrintAnswer(
      session, arguments.write, response,
      absl::StrCat(ShortName(extension.form()), " ", extension.period(), " ",
                   EnumWord(extension.value_kind()), " of ",
                   extension.unit().empty() ? "all units" : ShortName(extension.unit()), ": due ",
                   extension.due(), ", grace until ", extension.grace_end(), ", closes ",
                   extension.closes()));
}

struct ReopenArguments {
  std::string cluster_year{};
  std::string reason{};
  std::string approver{};
  WriteOptions write{};
};

absl::StatusOr<ExitCode> RunReopen(Session& session, const ReopenArguments& arguments) {
  reporting::ReopenClusterYearRequest request;
  request.set_name(ClusterYearName(arguments.cluster_year));
  request.set_reason(arguments.reason);
  request.set_approver(arguments.approver);
  ASSIGN_OR_RETURN(const auto response,
                   Write(session, arguments.write, session.connection.calendar(),
                         &Calendar::ReopenClusterYear, request));
  return PrintAnswer(session, arguments.write, response,
                     absl::StrCat(response.cluster_year().name(), "  ",
                                  EnumWord(response.cluster_year().state())));
}

constexpr char kMissingHelp[] = R"(
The reports of a cluster year that are not there: awaited, overdue, missed, begun as a draft, or sent
back. Ends with code 1 if there are any. JSON is an array of thidua.reporting.v1.ReportStatus.

Examples:
  thiduactl missing red-river-delta/2020
  thiduactl missing red-river-delta/2020 --status overdue,missed --form alliance-annual
  thiduactl missing red-river-delta/2020 --all --unit bac-ninh
)";

constexpr char kExtendHelp[] = R"(
Grants later days for one report, to one unit or, without --unit, to all. Days that are not given
stay as the calendar has them, unless the new ones push them back. JSON is
thidua.reporting.v1.ExtendReportResponse.

Example:
  thiduactl extend red-river-delta/2020 --form alliance-annual --period 2020 --kind estimate \
      --unit bac-ninh --due 2020-12-20 --reason "Lũ lụt" --approver "Nguyễn Văn A, Cụm trưởng"
)";

constexpr char kReopenHelp[] = R"(
Opens the figures of a year again that is in SCORING or REVIEW; it is COLLECTING afterwards. Reports
whose last day has passed still need `thiduactl extend`. JSON is
thidua.reporting.v1.ReopenClusterYearResponse.

Example:
  thiduactl reopen red-river-delta/2020 --reason "Thiếu báo cáo của Hà Nam" \
      --approver "Nguyễn Văn A, Cụm trưởng"
)";

// The argument and the options that say by whom and why, which both writes have.
template <typename Arguments>
void AddDecision(CLI::App& command, Arguments& arguments) {
  command.add_option("CLUSTER_YEAR", arguments.cluster_year, "Such as red-river-delta/2020")
      ->required();
  command.add_option("--reason", arguments.reason, "Why")->required();
  command.add_option("--approver", arguments.approver, "Who approved it, name and office")
      ->required();
  AddVersionedWriteOptions(command, arguments.write);
}

}  // namespace

void AddMissing(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("missing", "Reports that are due or overdue");
  command->footer(kMissingHelp);
  const auto arguments = std::make_shared<MissingArguments>();
  command->add_option("CLUSTER_YEAR", arguments->cluster_year, "Such as red-river-delta/2020")
      ->required();
  command->add_option("--unit", arguments->unit, "Only of this unit");
  command->add_option("--form", arguments->form, "Only of this form");
  command->add_option("--period", arguments->period, "Only of this period");
  AddKindOption(*command, arguments->kind);
  command
      ->add_option("--status", arguments->statuses, "Only with one of these, with commas between")
      ->check(CLI::IsMember(EnumChoices<ReportStatus::Status>()))
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_flag("--all", arguments->all, "Every report that is owed, wherever it stands");
  Choose(*command, chosen, arguments, RunMissing);
}

void AddExtend(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("extend", "Grant later days for a report");
  command->footer(kExtendHelp);
  const auto arguments = std::make_shared<ExtendArguments>();
  AddDecision(*command, *arguments);
  command->add_option("--unit", arguments->unit, "For this unit; without it for all");
  command->add_option("--form", arguments->form, "The form")->required();
  command->add_option("--period", arguments->period, "The period, such as 2020-Q3")->required();
  AddKindOption(*command, arguments->kind)->required();
  command->add_option("--due", arguments->due, "Last day on time, YYYY-MM-DD")->required();
  command->add_option("--grace-end", arguments->grace_end, "Last day of grace");
  command->add_option("--closes", arguments->closes, "Last day it is taken at all");
  Choose(*command, chosen, arguments, RunExtend);
}

void AddReopen(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("reopen", "Open the figures of a closed year again");
  command->footer(kReopenHelp);
  const auto arguments = std::make_shared<ReopenArguments>();
  AddDecision(*command, *arguments);
  Choose(*command, chosen, arguments, RunReopen);
}

}  // namespace thiduactl
