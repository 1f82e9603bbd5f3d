#include "services/reporting/domain/form_rules.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/expression/reference.h"
#include "common/status/reasons.h"
#include "services/reporting/domain/derived.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

using common::sv;
using common::expression::Mention;
using common::expression::ReferenceKind;

std::set<IndicatorId> IndicatorsOf(const Form& form) {
  std::set<IndicatorId> ids;
  for (const FormField& field : form.fields) ids.insert(field.indicator);
  return ids;
}

// The parts of the breakdown over which `mention` sums that the form lacks.
std::string LackingParts(const Mention& mention, const Indicator& whole,
                         const std::set<IndicatorId>& in_form) {
  const BreakdownGroup* group = FindBreakdown(whole, mention.reference.group);
  if (group == nullptr) {
    return absl::StrCat(whole.id.value(), " has no breakdown `", mention.reference.group, "`");
  }
  for (const IndicatorId& part : group->parts) {
    if (!in_form.contains(part)) {
      return absl::StrCat("`", ToText(mention.reference), "` needs ", part.value(),
                          ", which the form does not have");
    }
  }
  return "";
}

// What is wrong with one reference of a condition; empty if nothing is.
std::string ProblemOf(const Mention& mention, const Indicators& indicators,
                      const std::set<IndicatorId>& in_form) {
  const IndicatorId id = IndicatorId::FromId(mention.reference.variable).value();
  if (!in_form.contains(id)) return absl::StrCat("the form does not have ", id.value());
  const auto known = indicators.find(id);
  if (known == indicators.end() || mention.reference.kind != ReferenceKind::kSum) return "";
  return LackingParts(mention, known->second, in_form);
}

void CheckCondition(const Rule& rule, std::string_view path, const Indicators& indicators,
                    const std::set<IndicatorId>& in_form, Violations& violations) {
  if (!rule.condition.has_value()) {
    violations.Add(path, common::kRequiredFieldMissing,
                   "write a condition, such as `COOP_ACTIVE + COOP_INACTIVE = COOP_TOTAL`");
    return;
  }
  for (const Mention& mention : rule.condition->References()) {
    const std::string problem = ProblemOf(mention, indicators, in_form);
    if (problem.empty()) continue;
    violations.Add(path, common::kExpressionInvalid,
                   absl::StrCat("column ", mention.column, ": ", problem));
    return;
  }
}

// The first indicator that `derived` is computed from, at whatever remove, that is reported and not
// in the form.
std::optional<IndicatorId> LackingInput(const Indicator& derived, const Indicators& indicators,
                                        const std::set<IndicatorId>& in_form) {
  std::set<IndicatorId> seen;
  std::vector<IndicatorId> waiting = InputsOf(derived, indicators);
  while (!waiting.empty()) {
    const IndicatorId id = std::move(waiting.back());
    waiting.pop_back();
    if (!seen.insert(id).second) continue;
    const auto known = indicators.find(id);
    if (known != indicators.end() && known->second.is_derived()) {
      for (IndicatorId& input : InputsOf(known->second, indicators)) {
        waiting.push_back(std::move(input));
      }
    } else if (!in_form.contains(id)) {
      return id;
    }
  }
  return std::nullopt;
}

void CheckDerivedField(const FormField& field, const Indicator& derived, std::string_view path,
                       const Indicators& indicators, const std::set<IndicatorId>& in_form,
                       Violations& violations) {
  if (field.required) {
    violations.Add(Join(path, "required"), common::kInvalidField,
                   "a derived indicator is computed, so it cannot be required");
  }
  const std::optional<IndicatorId> lacking = LackingInput(derived, indicators, in_form);
  if (!lacking.has_value()) return;
  violations.Add(
      Join(path, "indicator"), common::kInvalidField,
      absl::StrCat("it is computed from ", lacking->value(), ", which the form does not have"));
}

// Bytes of all that is evaluated for a report with this form.
size_t TextBytesOf(const Form& form, const Indicators& indicators) {
  size_t bytes = 0;
  for (const Rule& rule : form.rules) {
    if (rule.condition.has_value()) bytes += rule.condition->ToText().size();
  }
  // Also those between: `indicators` has nothing that the form does not need.
  for (const auto& [id, indicator] : indicators) {
    if (indicator.is_derived()) bytes += indicator.expression->ToText().size();
  }
  return bytes;
}

}  // namespace

void CheckFieldDefinitions(const Form& draft, const Indicators& indicators,
                           Violations& violations) {
  constexpr std::string_view kPath = "form.fields";
  if (draft.fields.size() > kFormFieldsMax) return;
  const std::set<IndicatorId> in_form = IndicatorsOf(draft);
  size_t parts = 0;
  for (size_t i = 0; i < draft.fields.size(); ++i) {
    const auto known = indicators.find(draft.fields[i].indicator);
    if (known == indicators.end()) continue;
    if (known->second.is_derived()) {
      CheckDerivedField(draft.fields[i], known->second, Item(kPath, i), indicators, in_form,
                        violations);
    }
    for (const BreakdownGroup& group : known->second.breakdowns) parts += group.parts.size();
  }
  if (parts > kFormPartsMax) {
    violations.Add(kPath, common::kInvalidField,
                   absl::StrCat("their breakdowns must have at most ", kFormPartsMax,
                                " parts together, not ", parts));
  }
}

void CheckFormRules(Form& draft, const Indicators& indicators, Violations& violations) {
  constexpr std::string_view kPath = "form.rules";
  if (draft.rules.size() > kRulesMax) {
    violations.Add(kPath, common::kInvalidField,
                   absl::StrCat("must be at most ", kRulesMax, " rules"));
    return;
  }
  const std::set<IndicatorId> in_form = IndicatorsOf(draft);
  std::set<std::string> seen;
  for (size_t i = 0; i < draft.rules.size(); ++i) {
    Rule& rule = draft.rules[i];
    const std::string item = Item(kPath, i);
    const std::string name = Join(item, "rule");
    rule.rule = violations.Take(name, CheckId(IdForm::kResourceId, rule.rule));
    if (!rule.rule.empty() && !seen.insert(rule.rule).second) {
      violations.Add(name, common::kInvalidField,
                     absl::StrCat(rule.rule, " stands twice in the form"));
    }
    CheckLocalizedText(rule.message, Join(item, "message"), violations);
    CheckCondition(rule, Join(item, "condition"), indicators, in_form, violations);
    if (rule.severity == Severity::kUnspecified) {
      violations.Add(Join(item, "severity"), common::kRequiredFieldMissing,
                     "say whether it refuses or warns");
    }
  }
  const size_t bytes = TextBytesOf(draft, indicators);
  if (bytes <= kFormTextBytesMax) return;
  violations.Add(kPath, common::kInvalidField,
                 absl::StrCat("conditions and expressions of derived indicators must have at most ",
                              kFormTextBytesMax, " bytes together, not ", bytes));
}

absl::Status CheckIndicatorsExist(const Form& form, const Indicators& indicators) {
  std::vector<UnknownReference> unknown;
  for (size_t i = 0; i < form.fields.size(); ++i) {
    const IndicatorId& id = form.fields[i].indicator;
    if (indicators.contains(id)) continue;
    unknown.push_back({.field = Join(Item("form.fields", i), "indicator"), .name = id.ToName()});
  }
  if (unknown.empty()) return absl::OkStatus();
  return UnknownReferences(kIndicatorUnknown, "indicator", unknown);
}

}  // namespace reporting
