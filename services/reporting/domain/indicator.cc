#include "services/reporting/domain/indicator.h"

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

common::Decimal MinimumOf(const Indicator& indicator) {
  return indicator.minimum.value_or(common::Decimal());
}

void CheckWeight(const Indicator& draft, const Indicator* weight, Violations& violations) {
  constexpr std::string_view kPath = "indicator.weight";
  const bool needed = draft.aggregation == Aggregation::kWeightedMean;
  if (needed && !draft.weight.has_value()) {
    violations.Add(kPath, common::kRequiredFieldMissing, "a weighted mean needs a weight");
  }
  if (!needed && draft.weight.has_value()) {
    violations.Add(kPath, common::kInvalidField, "only a weighted mean has a weight");
  }
  if (weight != nullptr && MinimumOf(*weight).is_negative()) {
    violations.Add(kPath, common::kInvalidField,
                   "its figures can be negative, which no weight can be");
  }
}

void CheckBounds(const Indicator& draft, Violations& violations) {
  if (draft.scale < 0 || draft.scale > kScaleMax) {
    violations.Add("indicator.scale", common::kInvalidField, "must be from 0 to 6");
  }
  if (!violations.Has("indicator.minimum") && draft.maximum.has_value() &&
      *draft.maximum < MinimumOf(draft)) {
    violations.Add("indicator.maximum", common::kInvalidField,
                   absl::StrCat("must not be below the minimum, ", MinimumOf(draft).ToString()));
  }
}

}  // namespace

absl::StatusOr<Indicator> MakeIndicator(Indicator draft, const Indicator* weight,
                                        Violations violations) {
  CheckLocalizedText(draft.title, "indicator.title", violations);
  CheckLocalizedText(draft.unit_of_measure, "indicator.unit_of_measure", violations);
  CheckBounds(draft, violations);
  if (draft.measure == Measure::kUnspecified) {
    violations.Add("indicator.measure", common::kRequiredFieldMissing,
                   "say whether it is a stock or a flow");
  }
  if (draft.aggregation == Aggregation::kUnspecified) {
    violations.Add("indicator.aggregation", common::kRequiredFieldMissing,
                   "say how figures of several units make one");
  }
  CheckWeight(draft, weight, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  if (draft.weight.has_value() && weight == nullptr) {
    return UnknownReferences(kIndicatorUnknown, "indicator",
                             {{.field = "indicator.weight", .name = draft.weight->ToName()}});
  }
  draft.definition_version = 1;
  return draft;
}

void CheckNumber(const Indicator& indicator, const common::Decimal& number, std::string_view path,
                 Violations& violations) {
  if (number.scale() > indicator.scale) {
    violations.Add(path, kFigureScaleExceeded,
                   indicator.scale == 0
                       ? "must be a whole number"
                       : absl::StrCat("must have at most ", indicator.scale, " decimal places"));
  }
  if (const common::Decimal least = MinimumOf(indicator); number < least) {
    violations.Add(path, kFigureOutOfBounds, absl::StrCat("must be at least ", least.ToString()));
  }
  if (indicator.maximum.has_value() && number > *indicator.maximum) {
    violations.Add(path, kFigureOutOfBounds,
                   absl::StrCat("must be at most ", indicator.maximum->ToString()));
  }
}

}  // namespace reporting
