// How large expressions and their values may be. The limits bound the time and the stack that
// parsing and evaluating take, whoever wrote the text.
#ifndef THIDUA_COMMON_EXPRESSION_LIMITS_H_
#define THIDUA_COMMON_EXPRESSION_LIMITS_H_

#include <cstddef>

namespace common::expression {

// Bytes of an expression, both as it was written and in canonical form.
inline constexpr size_t kTextBytesMax = 4000;

// Parentheses, calls, signs, `not` and exponents around any place of the text. Chains such as
// `A + B + C` do not count.
inline constexpr int kDepthMax = 64;

// Numbers, references, operators and calls.
inline constexpr size_t kNodesMax = 1000;

// Digits of a number in the text: before its point, and after it.
inline constexpr size_t kLiteralDigitsMax = 18;

// The last argument of `round`, `floor`, `ceil` and `trunc`.
inline constexpr int kDecimalsMax = 18;

// Bits of the numerator and of the denominator of an exact value.
inline constexpr unsigned kBitsMax = 4096;

// Significant decimal digits of a value that is not exact.
inline constexpr int kDigits = 36;

// A value that is not exact lies below 10^kExponentMax; where it is nearer to zero than
// 10^-kExponentMax, it is zero.
inline constexpr int kExponentMax = 1100;

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_LIMITS_H_
