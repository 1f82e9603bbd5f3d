#include "services/reporting/domain/total_values.h"

#include <utility>
#include <variant>

#include "services/reporting/domain/derived.h"

namespace reporting {

using common::Rational;
using common::expression::ErrorKind;
using common::expression::Missing;
using common::expression::Number;
using common::expression::Operand;
using common::expression::ReferenceKind;

TotalValues::TotalValues(const FormDefinition& form, std::vector<TotalValue> values)
    : form_(form), values_(std::move(values)), errors_(form.slot_count()) {
  values_.resize(form.slot_count());
  for (const auto& derivation : form.derivations()) values_[derivation.slot] = {};
  for (const auto& derivation : form.derivations()) {
    const Operand result = Derive(derivation.indicator, *this);
    if (const auto* number = std::get_if<Number>(&result)) {
      values_[derivation.slot].number = number->value;
    } else if (const auto* error = std::get_if<ErrorKind>(&result)) {
      errors_[derivation.slot] = *error;
    }
  }
}

// A derived indicator refers to nothing but the figures of its report.
Operand TotalValues::Resolve(const common::expression::Reference& reference) const {
  if (reference.kind == ReferenceKind::kSum) {
    const FormDefinition::Sum* sum = form_.FindSum(reference);
    return sum == nullptr ? Operand(Missing{}) : SumOf(*sum);
  }
  if (reference.kind != ReferenceKind::kCurrent) return Missing{};
  const std::optional<size_t> slot = form_.SlotOf(reference.variable);
  return slot.has_value() ? OperandAt(*slot) : Operand(Missing{});
}

Operand TotalValues::OperandAt(size_t slot) const {
  if (errors_[slot].has_value()) return *errors_[slot];
  if (!values_[slot].number.has_value()) return Missing{};
  return Number{.value = *values_[slot].number};
}

Operand TotalValues::SumOf(const FormDefinition::Sum& sum) const {
  if (!sum.is_complete) return Missing{};
  Rational total;
  bool applies = false;
  for (const size_t part : sum.parts) {
    if (values_[part].not_applicable) continue;
    if (!values_[part].number.has_value()) return Missing{};
    total += *values_[part].number;
    applies = true;
  }
  if (!applies) return Missing{};
  return Number{.value = total};
}

}  // namespace reporting
