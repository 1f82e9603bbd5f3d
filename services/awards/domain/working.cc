#include "services/awards/domain/working.h"

#include "absl/strings/str_join.h"

namespace awards {
namespace {

constexpr int kShownPlaces = 4;

}  // namespace

std::string InParentheses(const std::vector<std::string>& terms) {
  const std::string sum = absl::StrJoin(terms, " + ");
  return terms.size() <= 1 ? sum : Text("(", sum, ")");
}

std::string Brief(const common::Rational& value) {
  return value.ToTrimmed(kShownPlaces, common::RoundingMode::kHalfUp);
}

std::string Shown(const common::Rational& value) {
  const bool is_exact = value.Rounded(kShownPlaces, common::RoundingMode::kHalfUp) == value;
  return Text(is_exact ? "= " : "≈ ", Brief(value));
}

common::Rational Quotient(const common::Rational& dividend, const common::Rational& divisor) {
  return dividend.DividedBy(divisor).value_or(common::Rational());
}

}  // namespace awards
