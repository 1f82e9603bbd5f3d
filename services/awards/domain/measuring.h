// The value of a measure for one unit.
//
// `text` shows how it came about, `brief` is its value for further arithmetic, with four places:
//   18                                   18
//   (3 + 2) = 5                          5
//   82 / 115 × 100 ≈ 71.3043             71.3043
//   82 / 115 × 100 ≈ 71.3043 ↦ 71        71      rounded by the measure's precision
//   (66 - 60) / |60| × 100 = 10          10
//   A / B * 2 = 1.5                      1.5     an expression
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_MEASURING_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_MEASURING_H_

#include <string>
#include <vector>

#include "common/decimal/rational.h"
#include "common/expression/value.h"
#include "services/awards/domain/columns.h"
#include "services/awards/domain/measure.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/score.h"

namespace awards {

// Texts and inputs are there only with Detail::kExplained, `problem` always.
struct Measured {
  LineBasis basis = LineBasis::kFormula;
  // 0 unless `basis` is kFormula.
  common::Rational value{};
  // False if a logarithm or root in it was rounded to 36 digits.
  bool is_exact = true;
  // Empty unless `basis` is kFormula.
  std::string text{};
  std::string brief{};
  // Why there is no value, if `basis` is kUndefined: `division by zero at column 12`.
  std::string problem{};
  // In the order of the measure; also if there is no value.
  std::vector<Input> inputs{};
};

// `criterion` is the one that the measure stands in.
Measured TakeMeasure(const Measure& measure, const Criterion& criterion, const UnitColumns& unit,
                     Detail detail);

// What an expression of `criterion` gives: its value, which is a number or a boolean as its type
// says, unless `basis` is another than kFormula.
struct Evaluated {
  LineBasis basis = LineBasis::kFormula;
  common::expression::Value value{};
  std::string problem{};
  // In the order of the text, each once, also those on which the value did not depend.
  std::vector<Input> inputs{};
};

// `expression` must have been parsed.
Evaluated EvaluateExpression(const WrittenExpression& expression, const Criterion& criterion,
                             const UnitColumns& unit, Detail detail);

// Whether `variable` stands for something other than an indicator: MAX_POINTS, RESTATEMENTS,
// REPORTS_REQUIRED, REPORTS_ON_TIME.
bool IsReservedVariable(std::string_view variable);

// `points` of a formula with their working, kept between 0 and the criterion's maximum; the working
// says so if it makes a difference.
struct KeptPoints {
  common::Rational points{};
  std::string working{};
};
KeptPoints Keep(common::Rational points, const Criterion& criterion, std::string working,
                Detail detail);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_MEASURING_H_
