#include <algorithm>
#include <set>
#include <utility>

#include "common/status/status_macros.h"
#include "services/reporting/domain/derived.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/form_rules.h"

namespace reporting {
namespace {

using common::expression::ReferenceKind;

const Indicator* FindDerived(const IndicatorId& id, const Indicators& indicators) {
  const auto found = indicators.find(id);
  return found != indicators.end() && found->second.is_derived() ? &found->second : nullptr;
}

// Whether one of the two is for years and the other for parts of them.
bool IsWithinYear(const Form& a, const Form& b) {
  return a.unit_kind == b.unit_kind && a.period_level != b.period_level &&
         (a.period_level == PeriodLevel::kYear || b.period_level == PeriodLevel::kYear);
}

}  // namespace

absl::StatusOr<FormDefinition> FormDefinition::Make(Form form, const Indicators& indicators,
                                                    const std::vector<Form>& others) {
  RETURN_IF_ERROR(CheckIndicatorsExist(form, indicators));
  FormDefinition definition;
  definition.form_ = std::move(form);
  definition.AddFields(indicators);
  definition.AddDerivations(indicators);
  definition.AddBreakdowns(indicators);
  definition.AddRules(indicators);
  definition.AddNeeds(others);
  return definition;
}

void FormDefinition::AddFields(const Indicators& indicators) {
  fields_.reserve(form_.fields.size());
  for (const FormField& field : form_.fields) {
    const size_t position = fields_.size();
    fields_.push_back({.indicator = indicators.at(field.indicator),
                       .required = field.required,
                       .position = position});
    slots_.emplace(field.indicator.value(), position);
  }
}

// Depth first, without recursion: an indicator is added once all it needs is.
void FormDefinition::AddDerivations(const Indicators& indicators) {
  std::set<IndicatorId> begun;
  // What is under way, each with the inputs still to be looked at.
  std::vector<std::pair<const Indicator*, std::vector<IndicatorId>>> path;
  const auto begin = [&](const IndicatorId& id) {
    const Indicator* derived = FindDerived(id, indicators);
    if (derived == nullptr || !begun.insert(id).second) return;
    path.emplace_back(derived, InputsOf(*derived, indicators));
  };
  for (const FormField& field : form_.fields) {
    begin(field.indicator);
    while (!path.empty()) {
      auto& [derived, inputs] = path.back();
      if (!inputs.empty()) {
        const IndicatorId input = std::move(inputs.back());
        inputs.pop_back();
        begin(input);
        continue;
      }
      const auto slot = slots_.emplace(derived->id.value(), slots_.size()).first;
      derivations_.push_back({.indicator = *derived, .slot = slot->second});
      path.pop_back();
    }
  }
  for (const Derivation& derivation : derivations_) {
    AddSums(*derivation.indicator.expression, indicators);
  }
}

void FormDefinition::AddBreakdowns(const Indicators& indicators) {
  for (const Field& field : fields_) {
    for (size_t i = 0; i < field.indicator.breakdowns.size(); ++i) {
      Breakdown breakdown{.whole = field.position, .group = i};
      for (const IndicatorId& part : field.indicator.breakdowns[i].parts) {
        const Field* known = Find(part);
        if (known == nullptr) {
          breakdown.has_unknown_parts = true;
          continue;
        }
        breakdown.parts.push_back(known->position);
        if (MinimumOf(indicators.at(part)).is_negative()) breakdown.has_negative_parts = true;
      }
      if (!breakdown.parts.empty()) breakdowns_.push_back(std::move(breakdown));
    }
  }
}

void FormDefinition::AddRules(const Indicators& indicators) {
  for (const Rule& rule : form_.rules) {
    comparisons_.push_back(common::expression::ComparisonOf(*rule.condition));
    AddSums(*rule.condition, indicators);
    for (const auto& mention : rule.condition->References()) {
      needs_.previous |= mention.reference.kind == ReferenceKind::kPrevious;
      needs_.last_year |= mention.reference.kind == ReferenceKind::kLastYear;
      needs_.targets |= mention.reference.kind == ReferenceKind::kTarget;
    }
  }
}

void FormDefinition::AddSums(const common::expression::Expression& expression,
                             const Indicators& indicators) {
  for (const auto& mention : expression.References()) {
    if (mention.reference.kind != ReferenceKind::kSum) continue;
    const auto whole = indicators.find(IndicatorId::FromId(mention.reference.variable).value());
    if (whole == indicators.end()) continue;
    const BreakdownGroup* group = FindBreakdown(whole->second, mention.reference.group);
    if (group == nullptr) continue;
    Sum sum{.is_complete = true};
    for (const IndicatorId& part : group->parts) {
      const std::optional<size_t> slot = SlotOf(part.value());
      if (slot.has_value()) sum.parts.push_back(*slot);
      if (!slot.has_value()) sum.is_complete = false;
    }
    sums_.insert_or_assign(mention.reference, std::move(sum));
  }
}

void FormDefinition::AddNeeds(const std::vector<Form>& others) {
  for (const Field& field : fields_) {
    needs_.previous |= field.indicator.stock_identity.has_value();
    needs_.last_year |= field.indicator.year_on_year_threshold.has_value();
  }
  const auto is_shared = [this](const FormField& field) {
    const Field* own = Find(field.indicator);
    return own != nullptr && GrowsOverTheYear(own->indicator);
  };
  for (const Form& other : others) {
    if (other.id == form_.id || !IsWithinYear(form_, other)) continue;
    if (std::any_of(other.fields.begin(), other.fields.end(), is_shared)) {
      needs_.within_year.push_back({.form = other.id, .period_level = other.period_level});
    }
  }
}

const FormDefinition::Field* FormDefinition::Find(const IndicatorId& indicator) const {
  const std::optional<size_t> slot = SlotOf(indicator.value());
  return slot.has_value() && *slot < fields_.size() ? &fields_[*slot] : nullptr;
}

std::optional<size_t> FormDefinition::SlotOf(const std::string& code) const {
  const auto found = slots_.find(code);
  if (found == slots_.end()) return std::nullopt;
  return found->second;
}

const FormDefinition::Sum* FormDefinition::FindSum(
    const common::expression::Reference& reference) const {
  const auto found = sums_.find(reference);
  return found == sums_.end() ? nullptr : &found->second;
}

}  // namespace reporting
