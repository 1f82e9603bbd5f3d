// What an expression gives.
#ifndef THIDUA_COMMON_EXPRESSION_VALUE_H_
#define THIDUA_COMMON_EXPRESSION_VALUE_H_

#include <string_view>
#include <variant>

#include "common/decimal/rational.h"

namespace common::expression {

enum class ValueType { kNumber, kBoolean };

// A number, and whether it is the true one.
struct Number {
  Rational value{};
  // False for the result of `ln`, `exp`, a root or a power that is no rational number, and for all
  // that is computed from one. Such a value is rounded to kDigits significant decimal digits after
  // every step, the half away from zero, and so is the same on every machine.
  bool is_exact = true;

  bool operator==(const Number&) const = default;
};

// No value is known, or none applies.
struct Missing {
  bool operator==(const Missing&) const = default;
};

// Why there can be no value.
enum class ErrorKind {
  // `1 / 0`.
  kDivisionByZero,
  // `ln` of zero or less, `sqrt` of less than zero, zero to a negative power, a negative number to
  // a power that is not whole.
  kDomain,
  // Beyond the limits of limits.h.
  kTooLarge,
};

// The kind as part of a sentence: `division by zero`.
std::string_view ToText(ErrorKind kind);

struct EvaluationError {
  ErrorKind kind = ErrorKind::kDomain;
  // Where in the text of the expression it arose, in characters from 1.
  int column = 0;

  bool operator==(const EvaluationError&) const = default;
};

using Value = std::variant<Missing, Number, bool, EvaluationError>;

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_VALUE_H_
