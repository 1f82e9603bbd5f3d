// Indicators and figures: what is measured, and one measurement.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_INDICATOR_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_INDICATOR_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/decimal/decimal.h"
#include "common/expression/expression.h"
#include "services/reporting/domain/finding.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/text.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

// Most places after the decimal point a figure may have.
inline constexpr int kScaleMax = 6;
// Most breakdowns of an indicator, parts of a breakdown, and flows of a stock identity.
inline constexpr size_t kBreakdownsMax = 20;
inline constexpr size_t kPartsMax = 100;
inline constexpr size_t kFlowsMax = 100;
// Most indicators, at whatever remove, that a derived one is computed from.
inline constexpr size_t kInputsMax = 1000;

// Whether more is better; unspecified is descriptive.
enum class Direction { kUnspecified, kHigherIsBetter, kLowerIsBetter };

// A level at the end of the period, or what happened in it.
enum class Measure { kUnspecified, kStock, kFlow };

// How the figures of several units make one.
enum class Aggregation { kUnspecified, kSum, kWeightedMean, kNone };

// Whether every case is in exactly one part of a breakdown, or in any number of them.
enum class BreakdownKind { kUnspecified, kExhaustive, kOverlapping };

// One way in which an indicator is divided into others.
struct BreakdownGroup {
  // Unique within the indicator.
  std::string group{};
  LocalizedText title{};
  BreakdownKind kind = BreakdownKind::kUnspecified;
  // Reported ones, each once.
  std::vector<IndicatorId> parts{};

  bool operator==(const BreakdownGroup&) const = default;
};

// A stock is that of the period before, and the inflows, less the outflows.
struct StockIdentity {
  std::vector<IndicatorId> inflows{};
  std::vector<IndicatorId> outflows{};
  Severity severity = Severity::kUnspecified;

  bool operator==(const StockIdentity&) const = default;
};

struct Indicator {
  IndicatorId id{};
  LocalizedText title{};
  LocalizedText unit_of_measure{};
  // Places after the decimal point a figure may have.
  int scale = 0;
  Direction direction = Direction::kUnspecified;
  Measure measure = Measure::kUnspecified;
  Aggregation aggregation = Aggregation::kUnspecified;
  // What a weighted mean is weighted by.
  std::optional<IndicatorId> weight{};
  // Least figure allowed; absent means 0.
  std::optional<common::Decimal> minimum{};
  // Greatest figure allowed; absent means no bound.
  std::optional<common::Decimal> maximum{};
  std::vector<BreakdownGroup> breakdowns{};
  // Change within a year, in percent, beyond which a figure needs an explanation.
  std::optional<common::Decimal> year_on_year_threshold{};
  std::optional<StockIdentity> stock_identity{};
  // Of a derived indicator: what it is computed by, from figures of the same report. A number that
  // refers to other indicators and to sums over their breakdowns; never, at whatever remove, to
  // itself.
  std::optional<common::expression::Expression> expression{};
  // 1 for the first definition, one more with each other one.
  int definition_version = 1;

  bool is_derived() const { return expression.has_value(); }

  bool operator==(const Indicator&) const = default;
};

using Indicators = std::map<IndicatorId, Indicator>;

// What one unit says about one indicator: a number, or that the indicator does not apply. An
// indicator without a figure is missing, which is a third thing.
struct Figure {
  IndicatorId indicator{};
  // Absent exactly if `not_applicable`.
  std::optional<common::Decimal> number{};
  bool not_applicable = false;
  std::string note{};
  // The definition it was reported under; 0 before it was checked against one.
  int definition_version = 0;

  bool operator==(const Figure&) const = default;
};

// What `indicator` refers to, each once: weight, parts, flows and what its expression names.
std::vector<IndicatorId> ReferencesOf(const Indicator& indicator);

// Least figure allowed.
common::Decimal MinimumOf(const Indicator& indicator);

// Whether its figure for a part of a year is at most that for the year: a reported flow that is
// added over units and cannot be negative.
bool GrowsOverTheYear(const Indicator& indicator);

// Null if the indicator has no such breakdown.
const BreakdownGroup* FindBreakdown(const Indicator& indicator, std::string_view group);

// The indicator a create call makes of `draft`. `known` has the stored ones among those it refers
// to, and of derived ones also what they are computed from, at whatever remove.
// - INVALID_ARGUMENT: all fields at fault, below `indicator`; EXPRESSION_INVALID with the column.
// - FAILED_PRECONDITION, INDICATOR_UNKNOWN: the weight, a part, a flow or an indicator of the
//   expression does not exist.
absl::StatusOr<Indicator> MakeIndicator(Indicator draft, const Indicators& known,
                                        Violations violations);

// `draft` as the next definition of `stored`, or `stored` if it says the same. What counts in the
// period never becomes a level, nor what is reported derived, or the reverse of either, because
// other definitions rest on it: INVALID_FIELD. Nor can its figures become negative if `known`,
// which should have one of them, has an indicator that is weighted by it. Otherwise fails as
// MakeIndicator.
absl::StatusOr<Indicator> UpdateIndicator(const Indicator& stored, Indicator draft,
                                          const Indicators& known, Violations violations);

// Adds FIGURE_SCALE_EXCEEDED or FIGURE_OUT_OF_BOUNDS at `path` if `number` does not obey the scale
// and bounds of `indicator`.
void CheckNumber(const Indicator& indicator, const common::Decimal& number, std::string_view path,
                 Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_INDICATOR_H_
