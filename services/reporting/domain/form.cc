#include "services/reporting/domain/form.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

// Names the fields of `form` whose indicators are not among `indicators`; OK if all are.
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

void CheckFields(const std::vector<FormField>& fields, Violations& violations) {
  constexpr std::string_view kPath = "form.fields";
  if (fields.empty()) {
    violations.Add(kPath, common::kRequiredFieldMissing, "give at least one field");
  }
  if (fields.size() > kFormFieldsMax) {
    violations.Add(kPath, common::kInvalidField,
                   absl::StrCat("must be at most ", kFormFieldsMax, " fields"));
    return;
  }
  std::set<IndicatorId> seen;
  for (size_t i = 0; i < fields.size(); ++i) {
    const IndicatorId& id = fields[i].indicator;
    if (id.empty() || seen.insert(id).second) continue;
    violations.Add(Join(Item(kPath, i), "indicator"), kDuplicateIndicator,
                   absl::StrCat(id.value(), " stands twice in the form"));
  }
}

// Checks one figure of a report, of which `field` is what the form says.
void CheckFigure(const FormDefinition::Field& field, std::string_view path, Figure& figure,
                 Violations& violations) {
  CheckText(figure.note, Join(path, "note"), kNoteCharactersMax, violations);
  if (figure.number.has_value()) {
    CheckNumber(field.indicator, *figure.number, Join(path, "number"), violations);
    if (figure.not_applicable) {
      violations.Add(Join(path, "not_applicable"), common::kInvalidField,
                     "a figure with a number applies");
    }
  } else if (!figure.not_applicable && !violations.Has(Join(path, "number")) &&
             !violations.Has(Join(path, "not_applicable"))) {
    violations.Add(Join(path, "number"), common::kRequiredFieldMissing,
                   "give a number, or say that it does not apply");
  }
}

void CheckNoneMissing(const FormDefinition& form, const std::vector<bool>& given,
                      std::string_view path, Violations& violations) {
  std::string missing;
  for (const auto& field : form.fields()) {
    if (!field.required || given[field.position]) continue;
    absl::StrAppend(&missing, missing.empty() ? "" : ", ", field.indicator.id.value());
  }
  if (missing.empty()) return;
  violations.Add(path, kRequiredFigureMissing,
                 absl::StrCat("the form requires ", missing,
                              ": give a number, or say that it does not apply"));
}

}  // namespace

absl::StatusOr<Form> MakeForm(Form draft, const Indicators& indicators, Violations violations) {
  CheckLocalizedText(draft.title, "form.title", violations);
  if (draft.unit_kind == UnitKind::kUnspecified) {
    violations.Add("form.unit_kind", common::kRequiredFieldMissing, "say who fills it in");
  }
  if (draft.period_level == PeriodLevel::kUnspecified) {
    violations.Add("form.period_level", common::kRequiredFieldMissing,
                   "say for which length of period it is");
  }
  CheckFields(draft.fields, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckIndicatorsExist(draft, indicators));
  return draft;
}

absl::StatusOr<FormDefinition> FormDefinition::Make(Form form, const Indicators& indicators) {
  RETURN_IF_ERROR(CheckIndicatorsExist(form, indicators));
  FormDefinition definition;
  for (const FormField& field : form.fields) {
    const size_t position = definition.fields_.size();
    definition.fields_.push_back({.indicator = indicators.at(field.indicator),
                                  .required = field.required,
                                  .position = position});
    definition.positions_.emplace(field.indicator.value(), position);
  }
  definition.form_ = std::move(form);
  return definition;
}

const FormDefinition::Field* FormDefinition::Find(const IndicatorId& indicator) const {
  const auto it = positions_.find(indicator.value());
  return it == positions_.end() ? nullptr : &fields_[it->second];
}

void CheckFigures(const FormDefinition& form, std::string_view path, std::vector<Figure>& figures,
                  Violations& violations, Completeness completeness) {
  std::vector<bool> given(form.fields().size(), false);
  for (size_t i = 0; i < figures.size(); ++i) {
    const std::string item = Item(path, i);
    const std::string name = Join(item, "indicator");
    if (violations.Has(name)) continue;
    const IndicatorId& id = figures[i].indicator;
    const FormDefinition::Field* field = form.Find(id);
    if (field == nullptr) {
      violations.Add(name, kIndicatorNotInForm,
                     absl::StrCat(form.form().id.ToName(), " does not have ", id.value()));
      continue;
    }
    if (given[field->position]) {
      violations.Add(name, kDuplicateIndicator, absl::StrCat(id.value(), " stands twice"));
    }
    given[field->position] = true;
    CheckFigure(*field, item, figures[i], violations);
  }
  if (completeness == Completeness::kWhole) CheckNoneMissing(form, given, path, violations);
  if (!violations.empty()) return;
  std::sort(figures.begin(), figures.end(), [&form](const Figure& a, const Figure& b) {
    return form.Find(a.indicator)->position < form.Find(b.indicator)->position;
  });
}

}  // namespace reporting
