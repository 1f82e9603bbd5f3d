#include "services/reporting/domain/form.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/form_rules.h"
#include "services/reporting/domain/reasons.h"

namespace reporting {
namespace {

using common::sv;

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
  if (field.indicator.is_derived()) {
    violations.Add(
        Join(path, "indicator"), common::kInvalidField,
        absl::StrCat(field.indicator.id.value(), " is derived: it is computed, so leave it out"));
    return;
  }
  figure.definition_version = field.indicator.definition_version;
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

void CheckNoneMissing(const FormDefinition& form, const FigurePlaces& given, std::string_view path,
                      Violations& violations) {
  std::string missing;
  for (const auto& field : form.fields()) {
    if (!field.required || given.Has(field.position)) continue;
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
  CheckFieldDefinitions(draft, indicators, violations);
  CheckFormRules(draft, indicators, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckIndicatorsExist(draft, indicators));
  draft.version = 1;
  return draft;
}

absl::StatusOr<Form> UpdateForm(const Form& stored, Form draft, const Indicators& indicators,
                                Violations violations) {
  draft.id = stored.id;
  if (draft.unit_kind == UnitKind::kUnspecified) draft.unit_kind = stored.unit_kind;
  if (draft.period_level == PeriodLevel::kUnspecified) draft.period_level = stored.period_level;
  if (draft.unit_kind != stored.unit_kind) {
    violations.Add("form.unit_kind", common::kInvalidField,
                   "a form stays with its kind of unit; define another form");
  }
  if (draft.period_level != stored.period_level) {
    violations.Add("form.period_level", common::kInvalidField,
                   absl::StrCat("a form for a ", sv(ToWord(stored.period_level)),
                                " stays one; define another form"));
  }
  ASSIGN_OR_RETURN(Form next, MakeForm(std::move(draft), indicators, std::move(violations)));
  next.version = stored.version;
  if (next == stored) return stored;
  ++next.version;
  return next;
}

void CheckNotes(std::string_view path, std::vector<Figure>& figures, Violations& violations) {
  for (size_t i = 0; i < figures.size(); ++i) {
    if (figures[i].note.empty()) continue;
    CheckText(figures[i].note, Join(Item(path, i), "note"), kNoteCharactersMax, violations);
  }
}

FigurePlaces CheckFigures(const FormDefinition& form, std::string_view path,
                          std::vector<Figure>& figures, Violations& violations,
                          Completeness completeness) {
  FigurePlaces given(form.fields().size());
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
    if (given.Has(field->position)) {
      violations.Add(name, kDuplicateIndicator, absl::StrCat(id.value(), " stands twice"));
    }
    given.Set(field->position, i);
    CheckFigure(*field, item, figures[i], violations);
  }
  if (completeness == Completeness::kWhole) CheckNoneMissing(form, given, path, violations);
  if (!violations.empty()) return given;
  std::sort(figures.begin(), figures.end(), [&form](const Figure& a, const Figure& b) {
    return form.Find(a.indicator)->position < form.Find(b.indicator)->position;
  });
  return given;
}

}  // namespace reporting
