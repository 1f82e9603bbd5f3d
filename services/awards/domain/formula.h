// How the points of one line come about: one function for each kind of formula of the contract.
//
// All are pure and exact. A line is missing if a figure or the target it needs is missing;
// otherwise it is not applicable if a figure it needs is said not to apply; otherwise it has
// points, between 0 and the criterion's maximum. So nobody can drop a line by stating that one of
// its figures does not apply while keeping another back.
//
// `working` shows the arithmetic in signs that need no translation:
//   10 × min(1, 18 / 20)               the points are the value
//   82 / 115 × 100 ≈ 71.3043 ≥ 60 → 3  the points are what the arrow leads to
// Sums over several indicators stand in parentheses, `–` is missing, `n/a` does not apply, `[3.3]`
// is the line of another criterion, `∧` joins conditions. A share is shown to four places, after
// `=` if that is all of it and after `≈` if not; it is always compared exactly. `max(0, …)` is
// shown only where it can matter.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_FORMULA_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_FORMULA_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "services/awards/domain/inputs.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/score.h"

namespace awards {

// What a formula makes of a unit's inputs.
struct LineValue {
  LineBasis basis = LineBasis::kFormula;
  // Exact; 0 unless `basis` is kFormula.
  common::Rational points{};
  // In the order of the formula; also if the line has no points.
  std::vector<Input> inputs{};
  // Empty unless `basis` is kFormula.
  std::string working{};
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

LineValue RatioLine(const Ratio& ratio, const Criterion& criterion, const UnitInputs& inputs);
LineValue InverseRatioLine(const InverseRatio& ratio, const Criterion& criterion,
                           const UnitInputs& inputs);
LineValue BandsLine(const Bands& bands, const UnitInputs& inputs);
LineValue PerItemLine(const PerItem& per_item, const Criterion& criterion,
                      const UnitInputs& inputs);
LineValue ManualLine(const Criterion& criterion, const UnitInputs& inputs);
LineValue OnTimeShareLine(const Criterion& criterion, const UnitInputs& inputs);
LineValue DeltaEventsLine(const DeltaEvents& delta, const Criterion& criterion,
                          const UnitInputs& inputs);
LineValue ReportDelaysLine(const ReportDelays& delays, const Criterion& criterion,
                           const UnitInputs& inputs);
// Always has points: a condition that cannot be decided does not hold. A target of 0 is reached by
// nothing. `marks` holds every criterion that a condition refers to.
LineValue AllOfLine(const AllOf& all_of, const Criterion& criterion, const UnitInputs& inputs,
                    const LineMarks& marks);
LineValue ReportedPointsLine(const ReportedPoints& reported, const Criterion& criterion,
                             const UnitInputs& inputs);

// The line of `criterion` by whatever formula it has.
LineValue EvaluateFormula(const Criterion& criterion, const UnitInputs& inputs,
                          const LineMarks& marks);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_FORMULA_H_
