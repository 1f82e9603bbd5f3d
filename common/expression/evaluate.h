// The value of an expression.
#ifndef THIDUA_COMMON_EXPRESSION_EVALUATE_H_
#define THIDUA_COMMON_EXPRESSION_EVALUATE_H_

#include "common/expression/expression.h"
#include "common/expression/reference.h"
#include "common/expression/value.h"

namespace common::expression {

// The value of `expression` where `resolver` gives what it refers to: a Number or a bool, as its
// type says, Missing or an EvaluationError. The same operands give the same value on every machine.
// Safe to call from several threads at once if the resolver is.
//
// Errors and missing values go from operands to results: an operation of which an operand is an
// error is that error (the leftmost), and otherwise missing if an operand is missing. But
// - `missing(x)` is true or false (or the error of x);
// - `coalesce(a, b, ...)` is the first argument that is not missing, also if that is an error, and
//   missing if all are; what follows it is not evaluated;
// - `a and b` is false if either is false, else missing if either is missing; `a or b` is true if
//   either is true, else missing if either is missing (Kleene's logic). `b` is not evaluated where
//   `a` decides, so `B != 0 and A / B > 2` has no error;
// - `if(c, a, b)` is missing if c is, and evaluates only the result it chooses.
//
// Arithmetic is exact (`sqrt(4/9)` is 2/3, `8^(1/3)` is 2) wherever the result is a rational
// number of at most kBitsMax bits above and below the line; a larger one is kTooLarge. `0^0` is 1.
// Any other root, `ln` and `exp` are correct to kDigits digits for the operand they are given.
Value Evaluate(const Expression& expression, const Resolver& resolver);

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_EVALUATE_H_
