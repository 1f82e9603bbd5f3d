#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/statistics_scope.h"
#include "services/thiduactl/table.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;

struct SeriesArguments {
  ScopeArguments scope{};
  std::string last_period{};
};

// The indicators of all points, in the order in which they come up.
std::vector<std::string> IndicatorsOf(const reporting::ComputeSeriesResponse& series) {
  std::vector<std::string> indicators;
  for (const reporting::SeriesPoint& point : series.points()) {
    for (const reporting::Total& total : point.totals().totals()) {
      if (std::find(indicators.begin(), indicators.end(), total.indicator()) == indicators.end()) {
        indicators.push_back(total.indicator());
      }
    }
  }
  return indicators;
}

std::string MarkOf(const reporting::SeriesPoint& point) {
  std::vector<std::string> marks;
  if (point.after_merger()) marks.emplace_back("after a merger");
  if (point.totals().merged_units_size() > 0) marks.emplace_back("merged");
  return absl::StrJoin(marks, ", ");
}

// A row for each period, a column for each indicator.
void PrintTable(Session& session, const reporting::ComputeSeriesResponse& series) {
  const std::vector<std::string> indicators = IndicatorsOf(series);
  std::vector<Column> columns = {Text("PERIOD")};
  for (const std::string& indicator : indicators) columns.push_back(Number(ShortName(indicator)));
  columns.push_back(Number("REPORTED"));
  columns.push_back(Text("MARK").Optional());
  Table table(columns);
  for (const reporting::SeriesPoint& point : series.points()) {
    std::map<std::string, std::string> numbers;
    for (const reporting::Total& total : point.totals().totals()) {
      numbers[total.indicator()] = WithSeparators(total.number());
    }
    std::vector<std::string> row = {point.period()};
    for (const std::string& indicator : indicators) row.push_back(numbers[indicator]);
    row.push_back(
        absl::StrCat(point.totals().reported_count(), "/", point.totals().expected_count()));
    row.push_back(MarkOf(point));
    table.AddRow(row);
  }
  table.Print(session.console.out);
}

absl::StatusOr<ExitCode> RunSeries(Session& session, const SeriesArguments& arguments) {
  Connection& connection = session.connection;
  reporting::ComputeSeriesRequest request;
  // The calendar of a cluster year knows its own periods only, so nothing is left to it here.
  if (!arguments.scope.cluster_year.empty() && arguments.scope.form.empty()) {
    return LocalProblem("a series needs --form");
  }
  ASSIGN_OR_RETURN(*request.mutable_totals(), MakeSeriesRequest(arguments.scope));
  request.set_last_period(arguments.last_period);
  ASSIGN_OR_RETURN(const auto series,
                   connection.Call(connection.statistics(),
                                   &reporting::StatisticsService::Stub::ComputeSeries, request));
  if (session.json()) {
    PrintJson(session.console.out, series);
  } else {
    PrintTable(session, series);
  }
  return ExitCode::kOk;
}

}  // namespace
}  // namespace thiduactl
