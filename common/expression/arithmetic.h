// Arithmetic on numbers that may be approximations, within limits.h, as expressions compute.
#ifndef THIDUA_COMMON_EXPRESSION_ARITHMETIC_H_
#define THIDUA_COMMON_EXPRESSION_ARITHMETIC_H_

#include <variant>

#include "common/decimal/rational.h"
#include "common/expression/value.h"

namespace common::expression {

// What an operation on numbers gives.
using Outcome = std::variant<Number, ErrorKind>;

// Bits of the absolute value; 0 for zero.
unsigned BitLength(const Rational::Integer& value);

// `value` within the limits: unchanged if it is exact, otherwise rounded to kDigits significant
// digits, and zero if it is too near to it. kTooLarge if it is beyond them.
Outcome Settle(const Rational& value, bool is_exact);

// Every operand must be within the limits.
Outcome Add(const Number& a, const Number& b);
Outcome Subtract(const Number& a, const Number& b);
Outcome Multiply(const Number& a, const Number& b);
// kDivisionByZero.
Outcome Divide(const Number& a, const Number& b);

enum class Direction { kNearest, kDown, kUp, kTowardsZero };

// The multiple of 10^-decimals next to `number` in `direction`; of two that are equally near, the
// one further from zero. `decimals` is 0 to kDecimalsMax.
Outcome Round(const Number& number, Direction direction, int decimals);

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_ARITHMETIC_H_
