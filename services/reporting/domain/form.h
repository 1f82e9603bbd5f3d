// Forms: which indicators a kind of unit reports for which length of period.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_FORM_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_FORM_H_

#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/period.h"
#include "services/reporting/domain/text.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

inline constexpr size_t kFormFieldsMax = 5000;

struct FormField {
  IndicatorId indicator{};
  // A report without this figure, a number or "not applicable", is refused.
  bool required = false;

  bool operator==(const FormField&) const = default;
};

struct Form {
  FormId id{};
  LocalizedText title{};
  // Who fills it in.
  UnitKind unit_kind = UnitKind::kUnspecified;
  // The length of the periods it is for.
  PeriodLevel period_level = PeriodLevel::kUnspecified;
  // In the order of the paper form; each indicator once.
  std::vector<FormField> fields{};

  bool operator==(const Form&) const = default;
};

using Forms = std::map<FormId, Form>;

// The form a create call makes of `draft`. `indicators` has the stored ones among those it names.
// - INVALID_ARGUMENT: all fields at fault, below `form`; DUPLICATE_INDICATOR.
// - FAILED_PRECONDITION, INDICATOR_UNKNOWN: a field's indicator does not exist.
absl::StatusOr<Form> MakeForm(Form draft, const Indicators& indicators, Violations violations);

// A form together with the definitions of its indicators: what figures are checked against.
// Immutable; may be shared between threads and kept, because neither part ever changes.
class FormDefinition {
 public:
  // One indicator of the form.
  struct Field {
    Indicator indicator{};
    bool required = false;
    // Place in the form, from 0.
    size_t position = 0;
  };

  // FAILED_PRECONDITION, INDICATOR_UNKNOWN: `indicators` lacks one of the form's.
  static absl::StatusOr<FormDefinition> Make(Form form, const Indicators& indicators);

  const Form& form() const { return form_; }
  // In the order of the form.
  const std::vector<Field>& fields() const { return fields_; }
  // Null if the form does not have it. Valid as long as this object.
  const Field* Find(const IndicatorId& indicator) const;

 private:
  FormDefinition() = default;

  Form form_;
  std::vector<Field> fields_;
  std::unordered_map<std::string, size_t> positions_;
};

// Whether figures are all that a form requires, or a part of it.
enum class Completeness { kWhole, kPartial };

// Checks `figures` against the form, normalises their notes and puts them into the order of the
// form. Adds below `path`, the path of the list: INDICATOR_NOT_IN_FORM, DUPLICATE_INDICATOR,
// FIGURE_OUT_OF_BOUNDS, FIGURE_SCALE_EXCEEDED, REQUIRED_FIELD_MISSING (neither number nor "not
// applicable"), INVALID_TEXT; and, unless they are partial, at `path` itself
// REQUIRED_FIGURE_MISSING with all that are missing.
void CheckFigures(const FormDefinition& form, std::string_view path, std::vector<Figure>& figures,
                  Violations& violations, Completeness completeness = Completeness::kWhole);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_FORM_H_
