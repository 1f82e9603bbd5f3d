#include "services/reporting/codec/totals.h"

#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"

namespace reporting {

namespace v1 = ::thidua::reporting::v1;

namespace {

v1::BreakdownTotal BreakdownToProto(const BreakdownTotal& breakdown) {
  v1::BreakdownTotal message;
  message.set_group(breakdown.group);
  for (const PartTotal& part : breakdown.parts) {
    v1::PartTotal& added = *message.add_parts();
    added.set_indicator(part.indicator.ToName());
    added.set_number(part.number);
    added.set_percent(part.percent);
  }
  return message;
}

}  // namespace

v1::ComputeTotalsResponse ToProto(const Totals& totals) {
  v1::ComputeTotalsResponse response;
  for (const Total& total : totals.totals) {
    v1::Total& added = *response.add_totals();
    added.set_indicator(total.indicator.ToName());
    added.set_number(total.number);
    added.set_unit_count(total.unit_count);
    added.set_missing_count(total.missing_count);
    added.set_not_applicable_count(total.not_applicable_count);
    added.set_target(total.target);
    added.set_percent_of_target(total.percent_of_target);
    added.set_merged(total.merged);
    for (const BreakdownTotal& breakdown : total.breakdowns) {
      *added.add_breakdowns() = BreakdownToProto(breakdown);
    }
  }
  response.set_expected_count(totals.expected_count);
  response.set_reported_count(totals.reported_count);
  for (const UnitId& unit : totals.missing_units) response.add_missing_units(unit.ToName());
  response.set_on_time_count(totals.on_time_count);
  response.set_value_kind(ToProto(totals.value_kind));
  for (const UnitId& unit : totals.merged_units) response.add_merged_units(unit.ToName());
  return response;
}

TotalsQuery ParseTotalsQuery(const v1::ComputeTotalsRequest& request, Violations& violations) {
  TotalsQuery query;
  if (!request.cluster_year().empty()) {
    query.cluster_year =
        violations.Take("cluster_year", ClusterYearId::Parse(request.cluster_year()));
  }
  query.form = violations.Take("form", FormId::Parse(request.form()));
  query.period = violations.Take("period", Period::Parse(request.period()));
  query.value_kind = ParseEnum<ValueKind>("value_kind", request.value_kind(), violations);
  for (const std::string& name : request.indicators()) {
    query.indicators.push_back(
        violations.Take(Item("indicators", query.indicators.size()), IndicatorId::Parse(name)));
  }
  query.units = ParseUnitNames("units", request.units(), violations);
  query.nationwide = request.nationwide();
  query.sector = ParseEnum<Sector>("sector", request.sector(), violations);
  return query;
}

}  // namespace reporting
