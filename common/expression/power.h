// Logarithms, powers and roots of numbers within limits.h, as expressions compute them; also for
// hosts that need one without an expression.
#ifndef THIDUA_COMMON_EXPRESSION_POWER_H_
#define THIDUA_COMMON_EXPRESSION_POWER_H_

#include "common/expression/arithmetic.h"
#include "common/expression/value.h"

namespace common::expression {

// kDomain for zero or less.
Outcome Ln(const Number& number);

Outcome Exp(const Number& number);

// Exact where the root is rational and the number exact. kDomain for less than zero.
Outcome Sqrt(const Number& number);

// Exact where the power is rational and both operands exact; 0^0 is 1. kDomain for zero to a
// negative power and for a negative number to a power that is not whole.
Outcome Power(const Number& base, const Number& exponent);

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_POWER_H_
