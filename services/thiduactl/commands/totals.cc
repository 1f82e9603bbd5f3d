#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/statistics_scope.h"
#include "services/thiduactl/table.h"
#include "services/thiduactl/titles.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Indicators = std::map<std::string, reporting::Indicator>;

// Totals as a table: a row for each indicator, and below it one for each part of its breakdowns.
class TotalsTable {
 public:
  TotalsTable(const Session& session, const Indicators& indicators)
      : session_(session), indicators_(indicators) {}

  void Add(const reporting::Total& total) {
    const reporting::Indicator indicator = Find(total.indicator());
    table_.AddRow(
        {ShortName(total.indicator()), InLanguage(indicator.title(), session_.language()),
         WithSeparators(total.number()),
         InLanguage(indicator.unit_of_measure(), session_.language()),
         WithSeparators(total.target()), WithSeparators(total.percent_of_target()), "",
         absl::StrCat(total.unit_count()), absl::StrCat(total.missing_count()),
         absl::StrCat(total.not_applicable_count()), total.merged() ? "merged" : ""});
    for (const reporting::BreakdownTotal& breakdown : total.breakdowns()) {
      Add(indicator, breakdown);
    }
  }

  void Print(std::ostream& out) const { table_.Print(out); }

 private:
  reporting::Indicator Find(const std::string& name) const {
    const auto found = indicators_.find(name);
    return found == indicators_.end() ? reporting::Indicator() : found->second;
  }

  void Add(const reporting::Indicator& whole, const reporting::BreakdownTotal& breakdown) {
    std::string title = breakdown.group();
    for (const reporting::BreakdownGroup& group : whole.breakdowns()) {
      if (group.group() == breakdown.group()) {
        title = InLanguage(group.title(), session_.language());
      }
    }
    table_.AddRow({absl::StrCat("  ", breakdown.group()), title});
    for (const reporting::PartTotal& part : breakdown.parts()) {
      const reporting::Indicator indicator = Find(part.indicator());
      table_.AddRow({absl::StrCat("    ", ShortName(part.indicator())),
                     InLanguage(indicator.title(), session_.language()),
                     WithSeparators(part.number()),
                     InLanguage(indicator.unit_of_measure(), session_.language()), "", "",
                     WithSeparators(part.percent())});
    }
  }

  const Session& session_;
  const Indicators& indicators_;
  Table table_{{Text("INDICATOR"), Text("TITLE"), Number("TOTAL"), Text("MEASURE"),
                Number("TARGET").Optional(), Number("% OF TARGET").Optional(),
                Number("% OF WHOLE").Optional(), Number("FIGURES"), Number("MISSING"),
                Number("N/A"), Text("MARK").Optional()}};
};

absl::Status PrintTable(Session& session, const reporting::ComputeTotalsRequest& request,
                        const reporting::ComputeTotalsResponse& totals) {
  ASSIGN_OR_RETURN(const auto indicators, ReadIndicators(session.connection));
  std::ostream& out = session.console.out;
  out << ShortName(request.form()) << " " << request.period() << " "
      << EnumWord(totals.value_kind()) << "\n\n";
  TotalsTable table(session, indicators);
  for (const reporting::Total& total : totals.totals()) table.Add(total);
  table.Print(out);
  out << "\nreported: " << totals.reported_count() << " of " << totals.expected_count()
      << ", on time: " << totals.on_time_count() << "\n";
  UnitTitles titles(session.connection);
  for (const std::string& unit : totals.missing_units()) {
    out << "missing: " << ShortName(unit) << " (" << titles.Of(unit) << ")\n";
  }
  for (const std::string& unit : totals.merged_units()) {
    out << "merged: " << ShortName(unit) << " (" << titles.Of(unit)
        << "), by the figures of its predecessors\n";
  }
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunTotals(Session& session, const ScopeArguments& arguments) {
  Connection& connection = session.connection;
  ASSIGN_OR_RETURN(const auto request, MakeTotalsRequest(connection, arguments));
  ASSIGN_OR_RETURN(const auto totals,
                   connection.Call(connection.statistics(),
                                   &reporting::StatisticsService::Stub::ComputeTotals, request));
  if (session.json()) {
    PrintJson(session.console.out, totals);
  } else {
    RETURN_IF_ERROR(PrintTable(session, request, totals));
  }
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Over the members of a cluster year, over units, or over the nation. Of a cluster year, without
options: the alliances' report on the whole year, of the value kind that is scored. MARK says
`merged` where figures of units that were merged since are put together. JSON is
thidua.reporting.v1.ComputeTotalsResponse.

Examples:
  thiduactl totals red-river-delta/2020
  thiduactl totals red-river-delta/2020 --indicator COOP_TOTAL --indicator MEMBERS
  thiduactl totals red-river-delta/2020 --form alliance-quarter --period 2020-Q3 --output json
  thiduactl totals red-river-delta/2020 --known-at 2021-02-15
  thiduactl totals --units bac-ninh,ha-nam --form alliance-annual --period 2020 --kind final
  thiduactl totals --nationwide --sector agriculture --form coop-annual --period 2020 --kind final
)";

}  // namespace

void AddTotals(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("totals", "Figures of many units put together");
  command->footer(kHelp);
  const auto arguments = std::make_shared<ScopeArguments>();
  AddScopeOptions(*command, *arguments);
  command->add_option("--period", arguments->period, "Such as 2020 or 2020-Q3");
  Choose(*command, chosen, arguments, RunTotals);
}

}  // namespace thiduactl
