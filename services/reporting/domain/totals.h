// Figures of many units put together, exactly.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_TOTALS_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_TOTALS_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/pact.h"
#include "services/reporting/domain/reporters.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/domain/total_values.h"
#include "services/reporting/domain/unit.h"

namespace reporting {

inline constexpr size_t kScopeUnitsMax = 1000;

// What is to be put together.
struct TotalsQuery {
  // Exactly one of the three says over whom.
  ClusterYearId cluster_year{};
  std::vector<UnitId> units{};
  bool nationwide = false;

  FormId form{};
  Period period{};
  // Unspecified: the kind that the cluster year scores.
  ValueKind value_kind = ValueKind::kUnspecified;
  // Only these, in this order; empty for all of the form that can be put together.
  std::vector<IndicatorId> indicators{};
  // Only cooperatives of this sector, unless it is unspecified.
  Sector sector = Sector::kUnspecified;
  // Whether the members of the cluster year are followed to periods of other years.
  bool any_year = false;
};

// Adds what is wrong with `query` as it stands: `cluster_year` (REQUIRED_FIELD_MISSING, nothing
// says over whom), `units` and `nationwide` (INVALID_FIELD: something else says it, too many, one
// twice), `value_kind` (REQUIRED_FIELD_MISSING without cluster year).
void CheckTotalsQuery(const TotalsQuery& query, Violations& violations);

// Whether `query` fits what is stored: `scope` and `units`, in which those of the query are, and
// `form`. INVALID_ARGUMENT: all fields at fault: `violations`, `units` and `sector`
// (FORM_NOT_FOR_UNIT, INVALID_FIELD: the form is for the other kind), `period` (PERIOD_INVALID, not
// of the form's level or not in the year), `indicators` (INDICATOR_NOT_IN_FORM,
// DUPLICATE_INDICATOR, INVALID_FIELD: cannot be put together with this form).
absl::Status CheckTotalsScope(const TotalsQuery& query, const Scope& scope, const Units& units,
                              const FormDefinition& form, Violations violations);

// Which report of each unit `query` means, with the kind that `scope` scores unless it says one.
ReportKind ReportOf(const TotalsQuery& query, const Scope& scope);

// Targets for one period, by unit (TargetsOf).
using Targets = std::map<UnitId, std::map<IndicatorId, common::Decimal>>;

// One part of a breakdown over several units.
struct PartTotal {
  IndicatorId indicator{};
  // The exact sum; empty if no unit has a figure, or figures of the part are not added.
  std::string number{};
  // In percent of the whole, rounded half up to 2 places; empty where either is, or the whole is 0.
  std::string percent{};

  bool operator==(const PartTotal&) const = default;
};

struct BreakdownTotal {
  std::string group{};
  // Those that the form has, in the order of the group.
  std::vector<PartTotal> parts{};

  bool operator==(const BreakdownTotal&) const = default;
};

// One indicator over several units.
struct Total {
  IndicatorId indicator{};
  // The exact sum, or the weighted mean rounded half up (away from zero) to the indicator's scale,
  // at least 2 places; or what a derived indicator comes to over the totals (Derive); trailing
  // zeros cut. A sum may be longer than a Decimal. Empty if no unit has a figure, all weights are
  // 0, or a derived one has no value.
  std::string number{};
  // Units whose number went in.
  int unit_count = 0;
  // Units that reported but left the figure, or the weight of a mean, out.
  int missing_count = 0;
  // Units to which the indicator, or the weight of a mean, does not apply.
  int not_applicable_count = 0;
  // Of a sum: the exact sum of the targets of those who should report. Empty if none has one.
  std::string target{};
  // The sum of the figures of the units that have a target, in percent of `target`, rounded half up
  // to 2 places, such as `153.33`. Empty without target or such a figure, or if the target is 0.
  std::string percent_of_target{};
  // The figure of a unit that stands for another went in.
  bool merged = false;
  std::vector<BreakdownTotal> breakdowns{};

  bool operator==(const Total&) const = default;
};

struct Totals {
  std::vector<Total> totals{};
  // Units that owe the report.
  int expected_count = 0;
  // Those whose report counts.
  int reported_count = 0;
  // The others, in byte order.
  std::vector<UnitId> missing_units{};
  // Units whose report counts and was on time.
  int on_time_count = 0;
  ValueKind value_kind = ValueKind::kUnspecified;
  // Units of the scope for which others stand, in byte order.
  std::vector<UnitId> merged_units{};

  bool operator==(const Totals&) const = default;
};

// Puts reports together one at a time, so that the memory it takes does not grow with their number.
class TotalsBuilder {
 public:
  // `query` is one that CheckTotalsScope lets pass; `report` is ReportOf it. `form`, `reporters`
  // and `targets` must outlive the builder.
  TotalsBuilder(const TotalsQuery& query, const ReportKind& report, const FormDefinition& form,
                const Reporters& reporters, const Targets& targets);

  // Counts `submission` if it is the report in question of a unit that owes it, is SUBMITTED,
  // ACCEPTED or LOCKED, and none of this unit has been counted.
  void Add(const Submission& submission);

  Totals Build() const;

 private:
  // What is known so far of one indicator of the form.
  struct Column {
    size_t position = 0;
    // The place of the weight of a mean.
    std::optional<size_t> weight{};
    Total total{};
    common::Rational sum{};
    common::Rational weights{};
    // Over the units that have a target.
    int target_count = 0;
    common::Rational target{};
    int reached_count = 0;
    common::Rational reached{};
  };
  // The figures of one report, by their place in the form; null if left out.
  using Sheet = std::vector<const Figure*>;
  // What one report says about one indicator.
  enum class Presence { kNumber, kMissing, kNotApplicable };

  const Indicator& IndicatorOf(const Column& column) const;
  // Begins the column at `position` unless there is one, or its figures cannot be put together.
  void AddColumn(size_t position);
  void AddTargets(Column& column) const;
  const common::Decimal* TargetOf(const UnitId& unit, const IndicatorId& indicator) const;

  Sheet ToSheet(const Submission& submission) const;
  static Presence PresenceOf(const Sheet& sheet, const Column& column);
  void AddNumber(const Sheet& sheet, const UnitId& unit, Column& column) const;

  // What each indicator of the form comes to, derived ones included.
  TotalValues Values() const;
  std::optional<common::Rational> ValueOf(const Column& column) const;
  Total Finished(const Column& column, const TotalValues& values) const;
  BreakdownTotal Finished(const FormDefinition::Breakdown& breakdown,
                          const TotalValues& values) const;

  const ReportKind report_;
  const FormDefinition& form_;
  const Reporters& reporters_;
  const Targets& targets_;
  // Places in the form of what is asked for.
  std::vector<size_t> wanted_;
  // By place: what is asked for, and what that is computed from.
  std::map<size_t, Column> columns_;
  // Who owes the report and has not been counted.
  std::set<UnitId> missing_;
  int on_time_count_ = 0;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_TOTALS_H_
