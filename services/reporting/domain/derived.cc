#include "services/reporting/domain/derived.h"

#include <set>
#include <variant>

#include "common/expression/evaluate.h"

namespace reporting {

using common::expression::EvaluationError;
using common::expression::Number;
using common::expression::ReferenceKind;

std::vector<IndicatorId> InputsOf(const Indicator& derived, const Indicators& known) {
  std::set<IndicatorId> inputs;
  for (const auto& mention : derived.expression->References()) {
    IndicatorId id = IndicatorId::FromId(mention.reference.variable).value();
    if (mention.reference.kind != ReferenceKind::kSum) {
      inputs.insert(std::move(id));
      continue;
    }
    const auto whole = known.find(id);
    const BreakdownGroup* group =
        whole == known.end() ? nullptr : FindBreakdown(whole->second, mention.reference.group);
    if (group != nullptr) inputs.insert(group->parts.begin(), group->parts.end());
  }
  return {inputs.begin(), inputs.end()};
}

common::expression::Operand Derive(const Indicator& derived,
                                   const common::expression::Resolver& resolver) {
  const common::expression::Value value = Evaluate(*derived.expression, resolver);
  if (const auto* number = std::get_if<Number>(&value)) {
    return Number{.value = number->value.Rounded(derived.scale, common::RoundingMode::kHalfUp)};
  }
  if (const auto* error = std::get_if<EvaluationError>(&value)) return error->kind;
  return common::expression::Missing{};
}

}  // namespace reporting
