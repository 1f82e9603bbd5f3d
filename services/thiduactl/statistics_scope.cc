#include "services/thiduactl/statistics_scope.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/problem.h"
#include "services/thiduactl/times.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;

bool IsYear(const std::string& period) { return period.size() == 4; }

absl::StatusOr<bool> IsForAlliances(Connection& connection, const std::string& form) {
  reporting::GetFormRequest request;
  request.set_name(form);
  ASSIGN_OR_RETURN(const auto response,
                   connection.Call(connection.definitions(),
                                   &reporting::DefinitionService::Stub::GetForm, request));
  return response.form().unit_kind() == reporting::Unit::KIND_ALLIANCE;
}

absl::Status NoSingleReport(const reporting::ClusterYear& year, bool none) {
  std::vector<std::string> calendar;
  for (const reporting::DueReport& due : year.calendar()) {
    calendar.push_back(
        absl::StrCat(ShortName(due.form()), " ", due.period(), " ", EnumWord(due.value_kind())));
  }
  return LocalProblem(absl::StrCat(
      none ? "no report of alliances" : "more than one report", " in the calendar of ", year.name(),
      " is meant; choose with --form, --period and --kind among: ", absl::StrJoin(calendar, ", ")));
}

// The one report of the calendar that the arguments mean. Unless they say otherwise, that is the
// alliances' report on the whole year, of the value kind that is scored.
absl::StatusOr<reporting::DueReport> ChooseReport(Connection& connection,
                                                  const ScopeArguments& arguments,
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
    if (form.empty()) {
      ASSIGN_OR_RETURN(const bool for_alliances, IsForAlliances(connection, due.form()));
      if (!for_alliances) continue;
    }
    found.push_back(due);
  }
  if (found.size() > 1 && kind == reporting::VALUE_KIND_UNSPECIFIED) {
    std::erase_if(found,
                  [&](const auto& due) { return due.value_kind() != year.scored_value_kind(); });
  }
  if (found.size() == 1) return found.front();
  return NoSingleReport(year, found.empty());
}

// Sets form, period and kind of the report in the calendar of the cluster year.
absl::Status FillFromCalendar(Connection& connection, const ScopeArguments& arguments,
                              reporting::ComputeTotalsRequest& request) {
  reporting::GetClusterYearRequest get;
  get.set_name(request.cluster_year());
  ASSIGN_OR_RETURN(const auto year,
                   connection.Call(connection.registry(),
                                   &reporting::RegistryService::Stub::GetClusterYear, get));
  ASSIGN_OR_RETURN(const reporting::DueReport due,
                   ChooseReport(connection, arguments, year.cluster_year()));
  request.set_form(due.form());
  request.set_period(due.period());
  request.set_value_kind(due.value_kind());
  return absl::OkStatus();
}

absl::Status CheckScope(const ScopeArguments& arguments) {
  const int scopes = (arguments.cluster_year.empty() ? 0 : 1) + (arguments.units.empty() ? 0 : 1) +
                     (arguments.nationwide ? 1 : 0);
  if (scopes != 1) return LocalProblem("give one of CLUSTER_YEAR, --units and --nationwide");
  const bool complete =
      !arguments.form.empty() && !arguments.period.empty() && !arguments.kind.empty();
  if (arguments.cluster_year.empty() && !complete) {
    return LocalProblem("without a cluster year, form, period and kind must be given");
  }
  return absl::OkStatus();
}

void SetKnownAt(const std::string& known_at, reporting::ComputeTotalsRequest& request) {
  if (known_at.empty()) return;
  if (const auto time = ParseMoment(known_at); time.has_value()) {
    *request.mutable_known_at_time() = ToTimestamp(*time);
  } else {
    request.set_known_at_token(known_at);
  }
}

}  // namespace

void AddScopeOptions(CLI::App& app, ScopeArguments& arguments) {
  app.add_option("CLUSTER_YEAR", arguments.cluster_year,
                 "Over its members: red-river-delta/2020 or clusters/red-river-delta/years/2020");
  app.add_option("--units", arguments.units, "Over these units, with commas between")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_flag("--nationwide", arguments.nationwide, "Over every unit the form is for");
  app.add_option("--form", arguments.form, "The form, such as alliance-annual");
  AddKindOption(app, arguments.kind);
  AddEnumOption<reporting::Unit::Sector>(app, "--sector", arguments.sector,
                                         "Only cooperatives of this sector");
  app.add_option("--indicator", arguments.indicators,
                 "Only this one, such as COOP_NEW; may be repeated")
      ->allow_extra_args(false);
  app.add_option("--known-at", arguments.known_at,
                 "As known then: 2021-02-15 (at its end), 2021-02-15T09:00:00+07:00, or the commit "
                 "token of a write");
}

absl::StatusOr<reporting::ComputeTotalsRequest> MakeTotalsRequest(Connection& connection,
                                                                  const ScopeArguments& arguments) {
  RETURN_IF_ERROR(CheckScope(arguments));
  reporting::ComputeTotalsRequest request;
  if (!arguments.cluster_year.empty()) {
    request.set_cluster_year(ClusterYearName(arguments.cluster_year));
    RETURN_IF_ERROR(FillFromCalendar(connection, arguments, request));
  } else {
    for (const std::string& unit : arguments.units) {
      request.add_units(InCollection("units", unit));
    }
    request.set_nationwide(arguments.nationwide);
    request.set_form(InCollection("forms", arguments.form));
    request.set_period(arguments.period);
    request.set_value_kind(ParseKind(arguments.kind));
  }
  request.set_sector(ParseEnumWord<reporting::Unit::Sector>(arguments.sector));
  for (const std::string& indicator : arguments.indicators) {
    request.add_indicators(InCollection("indicators", indicator));
  }
  SetKnownAt(arguments.known_at, request);
  return request;
}

}  // namespace thiduactl
