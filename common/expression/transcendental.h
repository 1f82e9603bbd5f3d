// Logarithm and exponential in integer arithmetic alone, so that every machine gives the same bits.
// Internal to the folder.
#ifndef THIDUA_COMMON_EXPRESSION_TRANSCENDENTAL_H_
#define THIDUA_COMMON_EXPRESSION_TRANSCENDENTAL_H_

#include "common/decimal/rational.h"

namespace common::expression {

// The exponents for which ExpApproximation is defined. The values beyond are not within limits.h.
inline constexpr int kExpArgumentMax = 3000;

// ln(value) for a positive value, with a relative error below 2^-240.
Rational LnApproximation(const Rational& value);

// e^value for a value of at most kExpArgumentMax in size, with a relative error below 2^-240.
Rational ExpApproximation(const Rational& value);

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_TRANSCENDENTAL_H_
