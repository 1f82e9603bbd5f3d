#include "services/reporting/domain/report_values.h"

#include <utility>
#include <variant>

#include "services/reporting/domain/derived.h"

namespace reporting {
namespace {

using common::Rational;
using common::RoundingMode;
using common::expression::ErrorKind;
using common::expression::Missing;
using common::expression::Operand;
using common::expression::Reference;
using common::expression::ReferenceKind;

Operand FindNumber(const Numbers& numbers, const Reference& reference) {
  const auto found = numbers.find(IndicatorId::FromId(reference.variable).value());
  if (found == numbers.end()) return Missing{};
  return common::expression::Number{.value = found->second};
}

}  // namespace

Numbers NumbersOf(const std::vector<Figure>& figures, const std::vector<Figure>& derived_figures) {
  Numbers numbers;
  for (const auto* list : {&figures, &derived_figures}) {
    for (const Figure& figure : *list) {
      if (figure.number.has_value()) numbers.emplace(figure.indicator, *figure.number);
    }
  }
  return numbers;
}

Numbers SumOver(const FormDefinition& form, const std::vector<Numbers>& units) {
  Numbers sum = units.front();
  std::erase_if(sum, [&form](const auto& number) {
    const FormDefinition::Field* field = form.Find(number.first);
    return field == nullptr || field->indicator.is_derived() ||
           field->indicator.aggregation != Aggregation::kSum;
  });
  for (size_t i = 1; i < units.size(); ++i) {
    std::erase_if(sum, [&](const auto& number) { return !units[i].contains(number.first); });
    for (auto& [indicator, number] : sum) number += units[i].at(indicator);
  }
  return sum;
}

ReportValues::ReportValues(const FormDefinition& form, const std::vector<Figure>& figures,
                           const RuleContext& context)
    : form_(form), context_(context), slots_(form.slot_count()) {
  for (const Figure& figure : figures) {
    const FormDefinition::Field* field = form.Find(figure.indicator);
    if (field == nullptr || field->indicator.is_derived()) continue;
    slots_[field->position] = {.number = figure.number, .not_applicable = figure.not_applicable};
  }
  Compute();
}

void ReportValues::Compute() {
  for (const FormDefinition::Derivation& derivation : form_.derivations()) {
    Slot& slot = slots_[derivation.slot];
    const Operand result = Derive(derivation.indicator, *this);
    if (const auto* error = std::get_if<ErrorKind>(&result)) slot.error = *error;
    const auto* number = std::get_if<common::expression::Number>(&result);
    if (number == nullptr) continue;
    const auto decimal = common::Decimal::Parse(
        number->value.ToTrimmed(derivation.indicator.scale, RoundingMode::kHalfUp));
    if (decimal.ok()) {
      slot.number = *decimal;
    } else {
      slot.error = ErrorKind::kTooLarge;
    }
  }
}

std::vector<Figure> ReportValues::DerivedFigures() const {
  std::vector<Figure> figures;
  if (form_.derivations().empty()) return figures;
  for (const FormDefinition::Field& field : form_.fields()) {
    const auto& number = slots_[field.position].number;
    if (!field.indicator.is_derived() || !number.has_value()) continue;
    figures.push_back({.indicator = field.indicator.id,
                       .number = number,
                       .definition_version = field.indicator.definition_version});
  }
  return figures;
}

Operand ReportValues::Resolve(const Reference& reference) const {
  switch (reference.kind) {
    case ReferenceKind::kPrevious:
      return FindNumber(context_.previous, reference);
    case ReferenceKind::kLastYear:
      return FindNumber(context_.last_year, reference);
    case ReferenceKind::kTarget:
      return FindNumber(context_.targets, reference);
    case ReferenceKind::kSum: {
      const FormDefinition::Sum* sum = form_.FindSum(reference);
      return sum == nullptr ? Operand(Missing{}) : SumOf(*sum);
    }
    case ReferenceKind::kCurrent:
      break;
  }
  const std::optional<size_t> slot = form_.SlotOf(reference.variable);
  return slot.has_value() ? OperandAt(*slot) : Operand(Missing{});
}

Operand ReportValues::OperandAt(size_t slot) const {
  if (slots_[slot].error.has_value()) return *slots_[slot].error;
  if (!slots_[slot].number.has_value()) return Missing{};
  return common::expression::Number{.value = *slots_[slot].number};
}

Operand ReportValues::SumOf(const FormDefinition::Sum& sum) const {
  if (!sum.is_complete) return Missing{};
  Rational total;
  bool applies = false;
  for (const size_t part : sum.parts) {
    if (slots_[part].not_applicable) continue;
    if (!slots_[part].number.has_value()) return Missing{};
    total += *slots_[part].number;
    applies = true;
  }
  if (!applies) return Missing{};
  return common::expression::Number{.value = total};
}

}  // namespace reporting
