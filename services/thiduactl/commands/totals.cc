#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/table.h"
#include "services/thiduactl/titles.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;

struct TotalsArguments {
  std::string cluster_year{};
  std::string form{};
  std::string period{};
  std::string kind{};
  std::vector<std::string> indicators{};
};

bool IsYear(const std::string& period) { return period.size() == 4; }

absl::StatusOr<bool> IsForAlliances(Connection& connection, const std::string& form) {
  reporting::GetFormRequest request;
  request.set_name(form);
  ASSIGN_OR_RETURN(const auto response,
                   connection.Call(connection.definitions(),
                                   &reporting::DefinitionService::Stub::GetForm, request));
  return response.form().unit_kind() == reporting::Unit::KIND_ALLIANCE;
}

// The one report of the calendar that the arguments mean. Unless they say otherwise, that is the
// alliances' report on the whole year, of the value kind that is scored.
absl::StatusOr<reporting::DueReport> ChooseReport(Connection& connection,
                                                  const TotalsArguments& arguments,
                                                  const reporting::ClusterYear& year) {
  const std::string form = arguments.form.empty() ? "" : InCollection("forms", arguments.form);
  const reporting::ValueKind kind = ParseKind(arguments.kind);
  std::vector<reporting::DueReport> found;
  for (const reporting::DueReport& due : year.calendar()) {
    if (!form.empty() && due.form() != form) continue;
    if (arguments.period.empty() ? !IsYear(due.period()) : due.period() != arguments.period) {
      continue;
    }
    if (kind != reporting::VALUE_KIND_UNSPECIFIED && due.value_kind() != kind) continue;
    ASSIGN_OR_RETURN(const bool for_alliances, IsForAlliances(connection, due.form()));
    if (for_alliances) found.push_back(due);
  }
  if (found.size() > 1 && kind == reporting::VALUE_KIND_UNSPECIFIED) {
    std::erase_if(found,
                  [&](const auto& due) { return due.value_kind() != year.scored_value_kind(); });
  }
  if (found.size() == 1) return found.front();
  std::vector<std::string> calendar;
  for (const reporting::DueReport& due : year.calendar()) {
    calendar.push_back(
        absl::StrCat(ShortName(due.form()), " ", due.period(), " ", EnumWord(due.value_kind())));
  }
  return LocalProblem(absl::StrCat(
      found.empty() ? "no report of alliances" : "more than one report", " in the calendar of ",
      year.name(),
      " is meant; choose with --form, --period and --kind among: ", absl::StrJoin(calendar, ", ")));
}

absl::Status PrintTable(Session& session, const reporting::DueReport& due,
                        const reporting::ComputeTotalsResponse& totals) {
  ASSIGN_OR_RETURN(const auto indicators, ReadIndicators(session.connection));
  std::ostream& out = session.console.out;
  out << ShortName(due.form()) << " " << due.period() << " " << EnumWord(totals.value_kind())
      << "\n\n";
  Table table({Text("INDICATOR"), Text("TITLE"), Number("TOTAL"), Text("MEASURE"),
               Number("FIGURES"), Number("MISSING"), Number("N/A")});
  for (const reporting::Total& total : totals.totals()) {
    const auto found = indicators.find(total.indicator());
    const reporting::Indicator indicator =
        found == indicators.end() ? reporting::Indicator() : found->second;
    table.AddRow({ShortName(total.indicator()), InLanguage(indicator.title(), session.language()),
                  WithSeparators(total.number()),
                  InLanguage(indicator.unit_of_measure(), session.language()),
                  absl::StrCat(total.unit_count()), absl::StrCat(total.missing_count()),
                  absl::StrCat(total.not_applicable_count())});
  }
  table.Print(out);
  out << "\nreported: " << totals.reported_count() << " of " << totals.expected_count()
      << ", on time: " << totals.on_time_count() << "\n";
  UnitTitles titles(session.connection);
  for (const std::string& unit : totals.missing_units()) {
    out << "missing: " << ShortName(unit) << " (" << titles.Of(unit) << ")\n";
  }
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunTotals(Session& session, const TotalsArguments& arguments) {
  Connection& connection = session.connection;
  reporting::GetClusterYearRequest get;
  get.set_name(ClusterYearName(arguments.cluster_year));
  ASSIGN_OR_RETURN(const auto year,
                   connection.Call(connection.registry(),
                                   &reporting::RegistryService::Stub::GetClusterYear, get));
  ASSIGN_OR_RETURN(const reporting::DueReport due,
                   ChooseReport(connection, arguments, year.cluster_year()));
  reporting::ComputeTotalsRequest request;
  request.set_cluster_year(get.name());
  request.set_form(due.form());
  request.set_period(due.period());
  request.set_value_kind(due.value_kind());
  for (const std::string& indicator : arguments.indicators) {
    request.add_indicators(InCollection("indicators", indicator));
  }
  ASSIGN_OR_RETURN(const auto totals,
                   connection.Call(connection.statistics(),
                                   &reporting::StatisticsService::Stub::ComputeTotals, request));
  if (session.json()) {
    PrintJson(session.console.out, totals);
  } else {
    RETURN_IF_ERROR(PrintTable(session, due, totals));
  }
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Without options: the alliances' report on the whole year, of the value kind that is scored.

Examples:
  thiduactl totals red-river-delta/2020
  thiduactl totals red-river-delta/2020 --indicator COOP_TOTAL --indicator MEMBERS
  thiduactl totals red-river-delta/2020 --form alliance-quarter --period 2020-Q3 --output json
)";

}  // namespace

void AddTotals(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("totals", "Figures of a cluster's members put together");
  command->footer(kHelp);
  const auto arguments = std::make_shared<TotalsArguments>();
  command
      ->add_option("CLUSTER_YEAR", arguments->cluster_year,
                   "Such as red-river-delta/2020 or clusters/red-river-delta/years/2020")
      ->required();
  command->add_option("--form", arguments->form, "The form, such as alliance-annual");
  command->add_option("--period", arguments->period, "Such as 2020 or 2020-Q3");
  AddKindOption(*command, arguments->kind);
  command
      ->add_option("--indicator", arguments->indicators,
                   "Only this one, such as COOP_NEW; may be repeated")
      ->allow_extra_args(false);
  command->callback([arguments, &chosen] {
    chosen = [arguments](Session& session) { return RunTotals(session, *arguments); };
  });
}

}  // namespace thiduactl
