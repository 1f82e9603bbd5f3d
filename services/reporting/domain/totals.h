// Figures of many units put together, exactly.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_TOTALS_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_TOTALS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/submission.h"

namespace reporting {

// What is to be put together.
struct TotalsQuery {
  Period period{};
  // Unspecified: the kind that the cluster year scores.
  ValueKind value_kind = ValueKind::kUnspecified;
  // Only these, in this order; empty for all of the form that can be put together.
  std::vector<IndicatorId> indicators{};
};

// One indicator over several units.
struct Total {
  IndicatorId indicator{};
  // The exact sum, or the weighted mean rounded half up (away from zero) to the indicator's scale,
  // at least 2 places; trailing zeros cut. A sum may be longer than a Decimal. Empty if no unit has
  // a figure, or all weights are 0.
  std::string number{};
  // Units whose number went in.
  int unit_count = 0;
  // Units that reported but left the figure, or the weight of a mean, out.
  int missing_count = 0;
  // Units to which the indicator, or the weight of a mean, does not apply.
  int not_applicable_count = 0;

  bool operator==(const Total&) const = default;
};

struct Totals {
  std::vector<Total> totals{};
  // Members of the cluster.
  int expected_count = 0;
  // Members whose report counts.
  int reported_count = 0;
  // The other members, in byte order.
  std::vector<UnitId> missing_units{};
  // Members whose report counts and was on time.
  int on_time_count = 0;
  ValueKind value_kind = ValueKind::kUnspecified;

  bool operator==(const Totals&) const = default;
};

// What `query` asks for: its value kind, or else the one that `year` scores.
ValueKind ValueKindOf(const TotalsQuery& query, const ClusterYear& year);

// Puts the figures of the members of `year` together. `submissions` are those of the cluster year;
// counted are the members' own of this form, period and kind that are SUBMITTED, ACCEPTED or
// LOCKED. INVALID_ARGUMENT: all fields at fault: `form` (FORM_NOT_FOR_UNIT, not one for alliances),
// `period` (PERIOD_INVALID, not of the form's level or not in the year), `indicators`
// (INDICATOR_NOT_IN_FORM, DUPLICATE_INDICATOR, INVALID_FIELD: cannot be put together with this
// form).
absl::StatusOr<Totals> ComputeTotals(const TotalsQuery& query, const ClusterYear& year,
                                     const FormDefinition& form,
                                     const std::vector<Submission>& submissions,
                                     Violations violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_TOTALS_H_
