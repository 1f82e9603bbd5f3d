#include "common/decimal/rational.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace common {
namespace {

using ::testing::Eq;
using ::testing::Optional;

Rational Exact(std::string_view decimal) { return Decimal::Parse(decimal).value(); }

Rational Quotient(const Rational& dividend, const Rational& divisor) {
  return dividend.DividedBy(divisor).value();
}

struct RoundingCase {
  std::string name{};
  std::string value{};
  int places = 0;
  std::string half_up{};
  std::string half_even{};
  std::string down{};
};

class Rounding : public ::testing::TestWithParam<RoundingCase> {};

TEST_P(Rounding, FollowsTheMode) {
  const RoundingCase& row = GetParam();
  const Rational value = Exact(row.value);
  EXPECT_EQ(value.ToFixed(row.places, RoundingMode::kHalfUp), row.half_up);
  EXPECT_EQ(value.ToFixed(row.places, RoundingMode::kHalfEven), row.half_even);
  EXPECT_EQ(value.ToFixed(row.places, RoundingMode::kDown), row.down);
}

TEST_P(Rounding, GivesTheSameValueAsTheText) {
  const RoundingCase& row = GetParam();
  const Rational value = Exact(row.value);
  EXPECT_EQ(value.Rounded(row.places, RoundingMode::kHalfUp), Exact(row.half_up));
  EXPECT_EQ(value.Rounded(row.places, RoundingMode::kHalfEven), Exact(row.half_even));
  EXPECT_EQ(value.Rounded(row.places, RoundingMode::kDown), Exact(row.down));
}

INSTANTIATE_TEST_SUITE_P(Places, Rounding,
                         ::testing::ValuesIn<RoundingCase>({
                             {"Exact", "4.5", 2, "4.50", "4.50", "4.50"},
                             {"BelowHalf", "0.124999", 2, "0.12", "0.12", "0.12"},
                             {"AboveHalf", "0.125001", 2, "0.13", "0.13", "0.12"},
                             {"HalfAfterEven", "0.125", 2, "0.13", "0.12", "0.12"},
                             {"HalfAfterOdd", "0.135", 2, "0.14", "0.14", "0.13"},
                             {"NegativeHalfAfterEven", "-0.125", 2, "-0.13", "-0.12", "-0.12"},
                             {"NegativeHalfAfterOdd", "-0.135", 2, "-0.14", "-0.14", "-0.13"},
                             {"NegativeBelowHalf", "-0.124999", 2, "-0.12", "-0.12", "-0.12"},
                             {"HalfToAnInteger", "2.5", 0, "3", "2", "2"},
                             {"NegativeHalfToAnInteger", "-2.5", 0, "-3", "-2", "-2"},
                             {"HalfOfTheFirstInteger", "0.5", 0, "1", "0", "0"},
                             {"CarriesThroughNines", "9.999", 2, "10.00", "10.00", "9.99"},
                             {"NegativeToZeroHasNoSign", "-0.004", 2, "0.00", "0.00", "0.00"},
                             {"ZeroHasItsPlaces", "0", 3, "0.000", "0.000", "0.000"},
                             {"SmallHasLeadingZeros", "0.075", 3, "0.075", "0.075", "0.075"},
                         }),
                         [](const auto& row) { return row.param.name; });

struct GoldenCase {
  std::string name{};
  std::string value{};
  std::string target{};
  std::string points_max{};
  std::string points{};
};

class GoldenPoints : public ::testing::TestWithParam<GoldenCase> {};

// The published and worked values of the default rubric, half up to 0.01.
TEST_P(GoldenPoints, AreReachedExactly) {
  const GoldenCase& row = GetParam();
  const Rational points = Quotient(Exact(row.value), Exact(row.target)) * Exact(row.points_max);
  EXPECT_EQ(points.ToFixed(2, RoundingMode::kHalfUp), row.points);
}

INSTANTIATE_TEST_SUITE_P(DefaultRubric, GoldenPoints,
                         ::testing::ValuesIn<GoldenCase>({
                             {"NewCooperatives", "18", "20", "10", "9.00"},
                             {"OnTimeShare", "15", "17", "5", "4.41"},
                             {"FundDisbursed", "4.2", "6.0", "7", "4.90"},
                             {"Trainees", "1130", "1200", "7", "6.59"},
                             {"MemberShareInPercent", "82", "115", "100", "71.30"},
                             {"IdleShareInPercent", "219", "577", "100", "37.95"},
                         }),
                         [](const auto& row) { return row.param.name; });

TEST(RationalTest, SumsTheGoldenLinesWithoutRounding) {
  const Rational sum = Rational(18) * Quotient(10, 20) + Rational(15) * Quotient(5, 17) +
                       Exact("4.2") * Quotient(7, 6) + Rational(1130) * Quotient(7, 1200) +
                       Rational(5) + Rational(3);
  EXPECT_EQ(sum.ToFraction(), "67123/2040");
  EXPECT_EQ(sum.ToFixed(4, RoundingMode::kDown), "32.9034");
  EXPECT_EQ(sum.ToFixed(2, RoundingMode::kHalfUp), "32.90");
}

TEST(RationalTest, SumsTenThousandOfTheLargestDecimals) {
  Rational integers;
  Rational fractions;
  for (int i = 0; i < 10'000; ++i) {
    integers += Exact("999999999999999999");
    fractions += Exact("-999999999999.999999");
  }
  EXPECT_EQ(integers.ToFraction(), "9999999999999999990000");
  EXPECT_EQ(fractions.ToTrimmed(6, RoundingMode::kDown), "-9999999999999999.99");
}

TEST(RationalTest, IsInLowestTerms) {
  EXPECT_EQ(Exact("32.9034").ToFraction(), "164517/5000");
  EXPECT_EQ(Quotient(18, 20).ToFraction(), "9/10");
  EXPECT_EQ(Quotient(-18, 20).ToFraction(), "-9/10");
  EXPECT_EQ(Quotient(18, -20).ToFraction(), "-9/10");
  EXPECT_EQ(Quotient(40, 20).ToFraction(), "2");
  EXPECT_EQ(Rational().ToFraction(), "0");
}

TEST(RationalTest, IsExactWhereBinaryFractionsAreNot) {
  EXPECT_EQ(Exact("0.1") + Exact("0.2"), Exact("0.3"));
  EXPECT_EQ(Quotient(1, 3) * 3, Rational(1));
  EXPECT_EQ(Quotient(1, 3) - Quotient(1, 3), Rational());
  EXPECT_EQ(-Quotient(1, 3) + Quotient(1, 3), Rational());
}

TEST(RationalTest, HasNoQuotientByZero) {
  EXPECT_EQ(Rational(1).DividedBy(0), std::nullopt);
  EXPECT_EQ(Rational().DividedBy(Exact("0.00")), std::nullopt);
  EXPECT_THAT(Rational().DividedBy(3), Optional(Eq(Rational())));
}

TEST(RationalTest, IsMadeOfAFractionAndTakenApart) {
  const Rational::Integer large = Rational::Integer(1) << 200;
  const Rational value = Rational::FromFraction(large * 6, Rational::Integer(-15)).value();
  EXPECT_EQ(value.numerator(), -2 * large);
  EXPECT_EQ(value.denominator(), 5);
  EXPECT_FALSE(value.is_integer());
  EXPECT_TRUE((value * 5).is_integer());
  EXPECT_EQ(Rational::FromFraction(0, -7), Rational());
  EXPECT_EQ(Rational::FromFraction(1, 0), std::nullopt);
}

TEST(RationalTest, OrdersByValue) {
  EXPECT_LT(Quotient(1, 3), Exact("0.333334"));
  EXPECT_GT(Quotient(1, 3), Exact("0.333333"));
  EXPECT_LT(Quotient(-1, 3), Quotient(-1, 4));
  EXPECT_EQ(Quotient(2, 4) <=> Exact("0.5"), std::strong_ordering::equal);
}

TEST(RationalTest, HasALeastAndAGreatest) {
  const Rational third = Quotient(1, 3);
  const Rational half = Quotient(1, 2);
  EXPECT_EQ(std::min(half, third), third);
  EXPECT_EQ(std::max(half, third), half);
}

TEST(RationalTest, KnowsItsSign) {
  EXPECT_TRUE(Quotient(-1, 1'000'000'000).is_negative());
  EXPECT_FALSE(Rational().is_negative());
  EXPECT_FALSE(Quotient(1, 3).is_negative());
  EXPECT_TRUE((Quotient(1, 3) - Quotient(2, 6)).is_zero());
  EXPECT_FALSE(Quotient(1, 1'000'000'000).is_zero());
}

struct FloorCase {
  std::string name{};
  std::string value{};
  int64_t floor = 0;
};

class Floor : public ::testing::TestWithParam<FloorCase> {};

TEST_P(Floor, IsTheGreatestIntegerNotAbove) {
  EXPECT_EQ(Exact(GetParam().value).Floor(), Rational(GetParam().floor));
}

INSTANTIATE_TEST_SUITE_P(Signs, Floor,
                         ::testing::ValuesIn<FloorCase>({
                             // A fifth of eleven units may be nominated: two.
                             {"Quota", "2.2", 2},
                             {"Integer", "3", 3},
                             {"JustBelowAnInteger", "2.999999", 2},
                             {"BelowOne", "0.9", 0},
                             {"Zero", "0", 0},
                             {"JustBelowZero", "-0.000001", -1},
                             {"NegativeInteger", "-3", -3},
                             {"NegativeFraction", "-2.2", -3},
                         }),
                         [](const auto& row) { return row.param.name; });

TEST(RationalTest, TrimmedTextHasNoNeedlessZeros) {
  EXPECT_EQ(Exact("4.5").ToTrimmed(2, RoundingMode::kHalfUp), "4.5");
  EXPECT_EQ(Rational(9).ToTrimmed(2, RoundingMode::kHalfUp), "9");
  EXPECT_EQ(Rational(100).ToTrimmed(0, RoundingMode::kHalfUp), "100");
  EXPECT_EQ(Rational(1200).ToTrimmed(2, RoundingMode::kHalfUp), "1200");
  EXPECT_EQ(Rational().ToTrimmed(2, RoundingMode::kHalfUp), "0");
  EXPECT_EQ(Exact("-0.001").ToTrimmed(2, RoundingMode::kHalfUp), "0");
  EXPECT_EQ(Quotient(-2, 3).ToTrimmed(3, RoundingMode::kHalfUp), "-0.667");
}

TEST(RationalTest, WritesEighteenPlaces) {
  EXPECT_EQ(Quotient(2, 3).ToFixed(18, RoundingMode::kHalfUp), "0.666666666666666667");
}

TEST(RationalTest, IsAnIntegerWhereItFits) {
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  constexpr int64_t kGreatest = std::numeric_limits<int64_t>::max();
  EXPECT_THAT(Quotient(40, 20).ToInteger(), Optional(2));
  EXPECT_THAT(Rational(kGreatest).ToInteger(), Optional(kGreatest));
  EXPECT_THAT(Rational(kLeast).ToInteger(), Optional(kLeast));
}

TEST(RationalTest, IsNoIntegerWhereItIsBrokenOrTooLarge) {
  EXPECT_EQ(Exact("0.5").ToInteger(), std::nullopt);
  EXPECT_EQ((Rational(std::numeric_limits<int64_t>::max()) + 1).ToInteger(), std::nullopt);
  EXPECT_EQ((Rational(std::numeric_limits<int64_t>::min()) - 1).ToInteger(), std::nullopt);
}

}  // namespace
}  // namespace common
