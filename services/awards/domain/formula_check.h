// What is wrong with the formula of one criterion. Part of ValidateRubric.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_FORMULA_CHECK_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_FORMULA_CHECK_H_

#include <string>

#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"

namespace awards {

// Adds what is wrong with the formula of the criterion of `rubric` at `placed` to `violations`.
void CheckFormula(const Rubric& rubric, const PlacedCriterion& placed, Violations& violations);

// Adds what is wrong with `rounding`, which rounds to at most `scale_max` places.
void CheckRounding(const Rounding& rounding, int scale_max, const std::string& path,
                   Violations& violations);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_FORMULA_CHECK_H_
