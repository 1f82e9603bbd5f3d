#include "services/reporting/domain/indicator.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/indicator_relations.h"
#include "services/reporting/domain/reasons.h"

namespace reporting {
namespace {

void CheckWeight(const Indicator& draft, const Indicators& known, Violations& violations) {
  constexpr std::string_view kPath = "indicator.weight";
  const bool needed = draft.aggregation == Aggregation::kWeightedMean;
  if (needed && draft.is_derived()) {
    violations.Add("indicator.aggregation", common::kInvalidField,
                   "a derived indicator is computed from the totals of several units");
  } else if (needed && !draft.weight.has_value()) {
    violations.Add(kPath, common::kRequiredFieldMissing, "a weighted mean needs a weight");
  }
  if (!needed && draft.weight.has_value()) {
    violations.Add(kPath, common::kInvalidField, "only a weighted mean has a weight");
  }
  if (!draft.weight.has_value()) return;
  const auto weight = known.find(*draft.weight);
  if (weight == known.end()) return;
  if (MinimumOf(weight->second).is_negative()) {
    violations.Add(kPath, common::kInvalidField,
                   "its figures can be negative, which no weight can be");
  }
  if (weight->second.is_derived()) {
    violations.Add(kPath, common::kInvalidField, "it is derived, and a weight must be reported");
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

void CheckThreshold(const Indicator& draft, Violations& violations) {
  const auto& threshold = draft.year_on_year_threshold;
  if (!threshold.has_value() || (!threshold->is_negative() && !threshold->is_zero())) return;
  violations.Add("indicator.year_on_year_threshold", common::kInvalidField, "must be above 0");
}

void CheckTexts(Indicator& draft, Violations& violations) {
  CheckLocalizedText(draft.title, "indicator.title", violations);
  CheckLocalizedText(draft.unit_of_measure, "indicator.unit_of_measure", violations);
}

// Everything an indicator must be by itself and among those that exist.
absl::Status CheckDefinition(Indicator& draft, const Indicators& known, Violations violations) {
  CheckTexts(draft, violations);
  CheckBounds(draft, violations);
  if (draft.measure == Measure::kUnspecified) {
    violations.Add("indicator.measure", common::kRequiredFieldMissing,
                   "say whether it is a stock or a flow");
  }
  if (draft.aggregation == Aggregation::kUnspecified) {
    violations.Add("indicator.aggregation", common::kRequiredFieldMissing,
                   "say how figures of several units make one");
  }
  CheckExpression(draft, known, violations);
  CheckWeight(draft, known, violations);
  CheckThreshold(draft, violations);
  CheckBreakdowns(draft, known, violations);
  CheckStockIdentity(draft, known, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return CheckReferencesExist(draft, known);
}

// What other definitions rest on and an update cannot change.
void CheckNature(const Indicator& stored, const Indicator& draft, const Indicators& known,
                 Violations& violations) {
  if (draft.measure != stored.measure && draft.measure != Measure::kUnspecified) {
    violations.Add("indicator.measure", common::kInvalidField,
                   "a stock never becomes a flow, nor a flow a stock; define another indicator");
  }
  if (draft.is_derived() != stored.is_derived()) {
    violations.Add("indicator.expression", common::kInvalidField,
                   stored.is_derived()
                       ? "a derived indicator stays derived; define another indicator"
                       : "a reported indicator stays reported; define another indicator");
  }
  if (!MinimumOf(draft).is_negative()) return;
  for (const auto& [id, indicator] : known) {
    if (indicator.weight != stored.id) continue;
    violations.Add("indicator.minimum", common::kInvalidField,
                   absl::StrCat("must not be negative, because ", id.value(),
                                " is weighted by this indicator"));
  }
}

}  // namespace

std::vector<IndicatorId> ReferencesOf(const Indicator& indicator) {
  std::set<IndicatorId> ids;
  if (indicator.weight.has_value()) ids.insert(*indicator.weight);
  for (const BreakdownGroup& group : indicator.breakdowns) {
    ids.insert(group.parts.begin(), group.parts.end());
  }
  if (indicator.stock_identity.has_value()) {
    const StockIdentity& identity = *indicator.stock_identity;
    ids.insert(identity.inflows.begin(), identity.inflows.end());
    ids.insert(identity.outflows.begin(), identity.outflows.end());
  }
  if (indicator.is_derived()) {
    for (const auto& mention : indicator.expression->References()) {
      ids.insert(IndicatorId::FromId(mention.reference.variable).value());
    }
  }
  ids.erase(IndicatorId());
  return {ids.begin(), ids.end()};
}

common::Decimal MinimumOf(const Indicator& indicator) {
  return indicator.minimum.value_or(common::Decimal());
}

bool GrowsOverTheYear(const Indicator& indicator) {
  return indicator.measure == Measure::kFlow && indicator.aggregation == Aggregation::kSum &&
         !indicator.is_derived() && !MinimumOf(indicator).is_negative();
}

const BreakdownGroup* FindBreakdown(const Indicator& indicator, std::string_view group) {
  for (const BreakdownGroup& one : indicator.breakdowns) {
    if (one.group == group) return &one;
  }
  return nullptr;
}

absl::StatusOr<Indicator> MakeIndicator(Indicator draft, const Indicators& known,
                                        Violations violations) {
  RETURN_IF_ERROR(CheckDefinition(draft, known, std::move(violations)));
  draft.definition_version = 1;
  return draft;
}

absl::StatusOr<Indicator> UpdateIndicator(const Indicator& stored, Indicator draft,
                                          const Indicators& known, Violations violations) {
  draft.id = stored.id;
  CheckNature(stored, draft, known, violations);
  RETURN_IF_ERROR(CheckDefinition(draft, known, std::move(violations)));
  draft.definition_version = stored.definition_version;
  if (draft == stored) return stored;
  ++draft.definition_version;
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
