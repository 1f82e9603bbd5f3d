// Indicators and figures: what is measured, and one measurement.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_INDICATOR_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_INDICATOR_H_

#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/decimal/decimal.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/text.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

// Most places after the decimal point a figure may have.
inline constexpr int kScaleMax = 6;

// Whether more is better; unspecified is descriptive.
enum class Direction { kUnspecified, kHigherIsBetter, kLowerIsBetter };

// A level at the end of the period, or what happened in it.
enum class Measure { kUnspecified, kStock, kFlow };

// How the figures of several units make one.
enum class Aggregation { kUnspecified, kSum, kWeightedMean, kNone };

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
  int definition_version = 1;

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

  bool operator==(const Figure&) const = default;
};

// The indicator a create call makes of `draft`. `weight` is the stored indicator that
// `draft.weight` names, or null.
// - INVALID_ARGUMENT: all fields at fault, below `indicator`; also a weight that may be negative.
// - FAILED_PRECONDITION, INDICATOR_UNKNOWN: the weight does not exist.
absl::StatusOr<Indicator> MakeIndicator(Indicator draft, const Indicator* weight,
                                        Violations violations);

// Adds FIGURE_SCALE_EXCEEDED or FIGURE_OUT_OF_BOUNDS at `path` if `number` does not obey the scale
// and bounds of `indicator`.
void CheckNumber(const Indicator& indicator, const common::Decimal& number, std::string_view path,
                 Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_INDICATOR_H_
