// What the tests of expressions share.
#ifndef THIDUA_TESTS_COMMON_EXPRESSION_FIXTURE_H_
#define THIDUA_TESTS_COMMON_EXPRESSION_FIXTURE_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/expression/evaluate.h"
#include "common/expression/expression.h"
#include "common/expression/reference.h"
#include "common/expression/value.h"

namespace common::expression {

inline Rational Fraction(int64_t top, int64_t bottom) {
  return Rational::FromFraction(top, bottom).value();
}

inline Operand Known(const Rational& value) {
  Number number;
  number.value = value;
  return number;
}

// Operands by the text of their references; all others are missing. Remembers what it was asked.
class MapResolver : public Resolver {
 public:
  explicit MapResolver(std::map<std::string, Operand> operands = {})
      : operands_(std::move(operands)) {}

  Operand Resolve(const Reference& reference) const override {
    asked_.push_back(ToText(reference));
    const auto found = operands_.find(asked_.back());
    return found == operands_.end() ? Operand(Missing{}) : found->second;
  }

  const std::vector<std::string>& asked() const { return asked_; }

 private:
  std::map<std::string, Operand> operands_;
  mutable std::vector<std::string> asked_;
};

// A value on one line: `-2/3`, `~1.5` for an approximation, `true`, `missing`, `domain@5` for an
// error and its column.
inline std::string Shown(const Value& value) {
  if (std::holds_alternative<Missing>(value)) return "missing";
  if (const auto* boolean = std::get_if<bool>(&value)) return *boolean ? "true" : "false";
  if (const auto* number = std::get_if<Number>(&value)) {
    return absl::StrCat(number->is_exact ? "" : "~", number->value.ToFraction());
  }
  const auto& error = std::get<EvaluationError>(value);
  const std::map<ErrorKind, std::string> names = {{ErrorKind::kDivisionByZero, "division-by-zero"},
                                                  {ErrorKind::kDomain, "domain"},
                                                  {ErrorKind::kTooLarge, "too-large"}};
  return absl::StrCat(names.at(error.kind), "@", error.column);
}

// The value of a text that must be an expression.
inline std::string Evaluated(std::string_view text, const Resolver& resolver) {
  const auto expression = Expression::Parse(text);
  if (!expression.ok()) return expression.status().ToString();
  return Shown(Evaluate(*expression, resolver));
}

inline std::string Evaluated(std::string_view text) { return Evaluated(text, MapResolver()); }

}  // namespace common::expression

#endif  // THIDUA_TESTS_COMMON_EXPRESSION_FIXTURE_H_
