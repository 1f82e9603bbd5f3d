// Forms: which indicators a kind of unit reports for which length of period.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_FORM_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_FORM_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "common/expression/comparison.h"
#include "common/expression/expression.h"
#include "common/expression/reference.h"
#include "services/reporting/domain/finding.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/period.h"
#include "services/reporting/domain/text.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

inline constexpr size_t kFormFieldsMax = 5000;
inline constexpr size_t kRulesMax = 500;
// Most bytes of the conditions of a form and the expressions of its derived indicators together,
// and most parts in the breakdowns of its indicators: what bounds the time that a report takes to
// check.
inline constexpr size_t kFormTextBytesMax = 100000;
inline constexpr size_t kFormPartsMax = 100000;

struct FormField {
  IndicatorId indicator{};
  // A report without this figure, a number or "not applicable", is refused.
  bool required = false;

  bool operator==(const FormField&) const = default;
};

// What becomes of a rule where a figure it needs is missing; unspecified is skip.
enum class RuleMissing { kUnspecified, kSkip, kBroken };

// One condition on the figures of a report.
struct Rule {
  // Unique within the form.
  std::string rule{};
  // What is wrong when it is broken.
  LocalizedText message{};
  // A boolean over the indicators of the form; absent only where it could not be parsed.
  std::optional<common::expression::Expression> condition{};
  Severity severity = Severity::kUnspecified;
  RuleMissing missing = RuleMissing::kUnspecified;

  bool operator==(const Rule&) const = default;
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
  std::vector<Rule> rules{};
  // 1 for the first definition, one more with each other one.
  int version = 1;

  bool operator==(const Form&) const = default;
};

using Forms = std::map<FormId, Form>;

// The form a create call makes of `draft`. `indicators` has the stored ones among those it names,
// and of derived ones also what they are computed from, at whatever remove.
// - INVALID_ARGUMENT: all fields at fault, below `form`; DUPLICATE_INDICATOR; EXPRESSION_INVALID
// with
//   the column.
// - FAILED_PRECONDITION, INDICATOR_UNKNOWN: a field's indicator does not exist.
absl::StatusOr<Form> MakeForm(Form draft, const Indicators& indicators, Violations violations);

// `stored` with title, fields and rules of `draft` as its next version, or `stored` if they are the
// same. INVALID_FIELD where `draft` says another kind of unit or length of period; otherwise fails
// as MakeForm.
absl::StatusOr<Form> UpdateForm(const Form& stored, Form draft, const Indicators& indicators,
                                Violations violations);

// Another form that reports some of the same for a longer or shorter period.
struct RelatedForm {
  FormId form{};
  PeriodLevel period_level = PeriodLevel::kUnspecified;

  bool operator==(const RelatedForm&) const = default;
};

// What the rules of a form and of its indicators look at beside the report.
struct RuleNeeds {
  // The same form for the period before.
  bool previous = false;
  // The same form for the same period of the year before.
  bool last_year = false;
  // The targets of the pact.
  bool targets = false;
  // Other forms of the same kind of unit: for a form of years those of shorter periods, for any
  // other those of years, that have a flow in common with it.
  std::vector<RelatedForm> within_year{};

  bool operator==(const RuleNeeds&) const = default;
};

// A form together with the definitions of its indicators, in one version each: what figures are
// checked against. Immutable; may be shared between threads and kept.
class FormDefinition {
 public:
  // One indicator of the form.
  struct Field {
    Indicator indicator{};
    bool required = false;
    // Place in the form, from 0.
    size_t position = 0;
  };

  // A derived indicator of the form, or one that such a one is computed from.
  struct Derivation {
    Indicator indicator{};
    // Its slot; that of an indicator of the form is its position.
    size_t slot = 0;
  };

  // A breakdown of an indicator of the form.
  struct Breakdown {
    size_t whole = 0;
    // Index into Indicator::breakdowns.
    size_t group = 0;
    // Positions of its parts that the form has.
    std::vector<size_t> parts{};
    // Whether the form lacks a part, or has one whose figures can be negative.
    bool has_unknown_parts = false;
    bool has_negative_parts = false;
  };

  // What a `sum(X, group)` of a rule or a derived indicator adds up.
  struct Sum {
    // The slots of the parts that have one.
    std::vector<size_t> parts{};
    // Whether that is all of them.
    bool is_complete = false;
  };

  // `indicators` also has what derived ones are computed from, as far as that exists; `others` the
  // other forms, in which those of RuleNeeds::within_year are found.
  // FAILED_PRECONDITION, INDICATOR_UNKNOWN: `indicators` lacks one of the form's.
  static absl::StatusOr<FormDefinition> Make(Form form, const Indicators& indicators,
                                             const std::vector<Form>& others = {});

  const Form& form() const { return form_; }
  // In the order of the form.
  const std::vector<Field>& fields() const { return fields_; }
  // Null if the form does not have it. Valid as long as this object.
  const Field* Find(const IndicatorId& indicator) const;

  // Every slot is that of one indicator: first those of the form, then those in between.
  size_t slot_count() const { return slots_.size(); }
  // The slot of an indicator with this code, if it has one.
  std::optional<size_t> SlotOf(const std::string& code) const;

  // Null if no rule or derived indicator has the sum, or there is no such breakdown any more.
  const Sum* FindSum(const common::expression::Reference& reference) const;

  // Each after those it is computed from.
  const std::vector<Derivation>& derivations() const { return derivations_; }
  const std::vector<Breakdown>& breakdowns() const { return breakdowns_; }
  // Of each rule, what it compares, if a comparison is all it is.
  const std::vector<std::optional<common::expression::Comparison>>& comparisons() const {
    return comparisons_;
  }
  const RuleNeeds& needs() const { return needs_; }

 private:
  FormDefinition() = default;

  void AddFields(const Indicators& indicators);
  void AddDerivations(const Indicators& indicators);
  void AddBreakdowns(const Indicators& indicators);
  void AddRules(const Indicators& indicators);
  void AddSums(const common::expression::Expression& expression, const Indicators& indicators);
  void AddNeeds(const std::vector<Form>& others);

  Form form_;
  std::vector<Field> fields_;
  std::unordered_map<std::string, size_t> slots_;
  std::vector<Derivation> derivations_;
  std::vector<Breakdown> breakdowns_;
  std::map<common::expression::Reference, Sum> sums_;
  std::vector<std::optional<common::expression::Comparison>> comparisons_;
  RuleNeeds needs_;
};

// Where the figures of a report stand in its list.
class FigurePlaces {
 public:
  explicit FigurePlaces(size_t fields) : places_(fields) {}

  bool Has(size_t position) const { return places_[position].has_value(); }
  void Set(size_t position, size_t place) { places_[position] = place; }
  // The place of the figure for the field of the form at `position`, if the report has one.
  std::optional<size_t> Find(size_t position) const { return places_[position]; }

 private:
  std::vector<std::optional<size_t>> places_;
};

// Normalises the notes of `figures`; adds INVALID_TEXT below `path`, the path of the list.
void CheckNotes(std::string_view path, std::vector<Figure>& figures, Violations& violations);

// Whether figures are all that a form requires, or a part of it.
enum class Completeness { kWhole, kPartial };

// Checks `figures` against the form, normalises their notes, puts them into the order of the form
// and notes the definition they are reported under; says where they stood before. Adds below
// `path`, the path of the list: INDICATOR_NOT_IN_FORM, DUPLICATE_INDICATOR, FIGURE_OUT_OF_BOUNDS,
// FIGURE_SCALE_EXCEEDED, REQUIRED_FIELD_MISSING (neither number nor "not applicable"),
// INVALID_FIELD (a figure for a derived indicator), INVALID_TEXT; and, unless they are partial, at
// `path` itself REQUIRED_FIGURE_MISSING with all that are missing.
FigurePlaces CheckFigures(const FormDefinition& form, std::string_view path,
                          std::vector<Figure>& figures, Violations& violations,
                          Completeness completeness = Completeness::kWhole);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_FORM_H_
