// Values that are no rational numbers against those of another implementation.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <variant>
#include <vector>

#include "common/expression/limits.h"
#include "tests/common/expression/fixture.h"

namespace common::expression {
namespace {

struct GoldenCase {
  std::string text{};
  // kDigits digits, with a sign if it is negative.
  std::string digits{};
  int exponent = 0;
};

const std::vector<GoldenCase>& GoldenCases() {
  static const auto* cases = new std::vector<GoldenCase>{
#include "tests/common/expression/golden.inc"
  };
  return *cases;
}

// digits x 10^exponent.
Rational ValueOf(const GoldenCase& row) {
  const Rational::Integer digits(row.digits);
  const Rational::Integer power =
      boost::multiprecision::pow(Rational::Integer(10), static_cast<unsigned>(abs(row.exponent)));
  return row.exponent < 0 ? Rational::FromFraction(digits, power).value()
                          : Rational::FromFraction(digits * power, 1).value();
}

TEST(GoldenTest, EveryDigitIsThatOfTheTrueValue) {
  ASSERT_GE(GoldenCases().size(), 60U);
  for (const GoldenCase& row : GoldenCases()) {
    const Value value = Evaluate(Expression::Parse(row.text).value(), MapResolver());
    const auto* number = std::get_if<Number>(&value);
    ASSERT_NE(number, nullptr) << row.text;
    EXPECT_FALSE(number->is_exact) << row.text;
    EXPECT_EQ(number->value.ToFraction(), ValueOf(row).ToFraction()) << row.text;
  }
}

// |a - b| is below 10^-places.
bool AreWithin(const std::string& difference, int places) {
  const auto close =
      Expression::Parse(absl::StrCat("abs(", difference, ") * 10 ^ ", places, " < 1"));
  return Shown(Evaluate(close.value(), MapResolver())) == "true";
}

TEST(GoldenTest, FunctionsUndoEachOther) {
  EXPECT_TRUE(AreWithin("exp(ln(7)) - 7", 33));
  EXPECT_TRUE(AreWithin("ln(exp(12.5)) - 12.5", 33));
  EXPECT_TRUE(AreWithin("sqrt(2) * sqrt(2) - 2", 34));
  EXPECT_TRUE(AreWithin("(5 ^ (1 / 7)) ^ 7 - 5", 33));
  EXPECT_TRUE(AreWithin("(-sqrt(2)) ^ 3 + 2 * sqrt(2)", 34));
  EXPECT_TRUE(AreWithin("ln(1 + 2 ^ -3000) * 2 ^ 3000 - 1", 34));
  EXPECT_FALSE(AreWithin("exp(ln(7)) - 7.000000000000000001", 33));
}

TEST(GoldenTest, RootsAreExactWhereTheyCanBe) {
  EXPECT_EQ(Evaluated("(12345678901 ^ 31) ^ (1 / 31)"), "12345678901");
  EXPECT_EQ(Evaluated("(3 ^ 2000 / 2 ^ 2000) ^ (1 / 1000)"), "9/4");
  EXPECT_EQ(Evaluated("sqrt(2 ^ 4094) / 2 ^ 2040"), "128");
  EXPECT_EQ(Evaluated("(7 ^ 3 / 5 ^ 3) ^ (2 / 3)"), "49/25");
  EXPECT_EQ(Evaluated("1 ^ (1 / 999999999999999999)"), "1");
  EXPECT_EQ(Evaluated("floor((12345678901 ^ 31 + 1) ^ (1 / 31))"), "~12345678901");
}

}  // namespace
}  // namespace common::expression
