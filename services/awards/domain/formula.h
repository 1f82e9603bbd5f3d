// How the points of one line come about: what each kind of formula of the contract makes of a
// unit's inputs. The kinds of scale.h are in scaling.h.
//
// All are pure and exact. A line is missing if a figure or the target it needs is missing;
// otherwise it is not applicable if a figure it needs is said not to apply; otherwise it has
// points, between 0 and the criterion's maximum unless its goalposts do not clip; or it is
// undefined because its expression or logarithm has no value. So nobody can drop a line by stating
// that one of its figures does not apply while keeping another back.
//
// `working` shows the arithmetic in signs that need no translation:
//   10 × min(1, 18 / 20)               the points are the value
//   82 / 115 × 100 ≈ 71.3043 ≥ 60 → 3  the points are what the arrow leads to
// Sums over several indicators stand in parentheses, `–` is missing, `n/a` does not apply, `[3.3]`
// is the line of another criterion, `∧` joins conditions, `↦` rounds a measure. A share is shown to
// four places, after `=` if that is all of it and after `≈` if not; it is always compared exactly.
// `max(0, …)` is shown only where it can matter.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_FORMULA_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_FORMULA_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "services/awards/domain/columns.h"
#include "services/awards/domain/inputs.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/score.h"

namespace awards {

// What a formula makes of a unit's inputs. Inputs and texts are there only with
// Detail::kExplained, `problem` always.
struct LineValue {
  LineBasis basis = LineBasis::kFormula;
  // 0 unless `basis` is kFormula.
  common::Rational points{};
  // In the order of the formula; also if the line has no points.
  std::vector<Input> inputs{};
  // Empty unless `basis` is kFormula.
  std::string working{};
  // False if a logarithm or root in `points` was rounded to 36 digits.
  bool is_exact = true;
  // Why there are no points, if `basis` is kUndefined.
  std::string problem{};
};

// A line as a condition of another line sees it.
struct LineMark {
  // Exact, before redistribution; empty if the line dropped out or blocks the sheet.
  std::optional<common::Rational> points{};
  // The same as a decimal for people; empty with `points`.
  std::string number{};
  common::Decimal max_points{};
};
// By criterion id.
using LineMarks = std::map<std::string, LineMark>;

// What a line is made from.
struct LineContext {
  const UnitColumns& unit;
  // Every criterion that a condition refers to.
  const LineMarks& marks;
  // Of all units of the category.
  const CategoryField& field;
  Detail detail = Detail::kExplained;
};

// The line of `criterion` by whatever formula it has. Conditions always have points: one that
// cannot be decided does not hold, and a target of 0 is reached by nothing.
LineValue EvaluateFormula(const Criterion& criterion, const LineContext& context);

// The same, explained, for a unit that is alone in its category.
LineValue EvaluateFormula(const Criterion& criterion, const UnitInputs& inputs,
                          const LineMarks& marks);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_FORMULA_H_
