#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
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

constexpr char kHelp[] = R"(
The same totals for every period from one to another, a line each; of a cluster year, its members are
followed through all periods. MARK says where a unit was formed by a merger since the period before,
and where figures of its predecessors stand for it. JSON is
thidua.reporting.v1.ComputeSeriesResponse.

Examples:
  thiduactl series red-river-delta/2020 --form alliance-quarter --from 2019-Q1 --to 2020-Q4 \
      --indicator COOP_TOTAL --indicator COOP_NEW
  thiduactl series --units bac-ninh --form alliance-annual --kind final --from 2020 --to 2026
)";

}  // namespace

void AddSeries(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("series", "Totals of one period after the other");
  command->footer(kHelp);
  const auto arguments = std::make_shared<SeriesArguments>();
  AddScopeOptions(*command, arguments->scope);
  command->add_option("--from", arguments->scope.period, "The first period, such as 2019-Q1")
      ->required();
  command->add_option("--to", arguments->last_period, "The last period, such as 2020-Q4")
      ->required();
  Choose(*command, chosen, arguments, RunSeries);
}

}  // namespace thiduactl
