// Random values against the definitions, in integers of 128 bits that know nothing of Boost.
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"

namespace common {
namespace {

__extension__ using Wide = __int128;

constexpr int kRounds = 20'000;
constexpr std::array<int64_t, 7> kPowersOfTen = {1, 10, 100, 1000, 10000, 100000, 1000000};

class Random {
 public:
  int64_t Between(int64_t least, int64_t greatest) {
    return std::uniform_int_distribution<int64_t>(least, greatest)(engine_);
  }
  // Up to 18 digits; short numbers are as likely as long ones.
  int64_t Coefficient() {
    int64_t limit = 1;
    for (int64_t digits = Between(1, 18); digits > 0; --digits) limit *= 10;
    return Between(-(limit - 1), limit - 1);
  }
  // Divisors of powers of ten are frequent, so that many roundings meet an exact half.
  int64_t Denominator() {
    constexpr std::array<int64_t, 6> kMeetsHalves = {2, 8, 20, 40, 200, 8000};
    return Between(0, 1) == 0 ? kMeetsHalves[static_cast<size_t>(Between(0, 5))]
                              : Between(1, 1'000'000);
  }

 private:
  std::mt19937_64 engine_{20200101};  // Fixed, so that a failure comes again.
};

// A fraction that is not reduced.
struct Fraction {
  int64_t top = 0;
  int64_t bottom = 1;

  Rational ToRational() const { return Rational(top).DividedBy(bottom).value(); }
};

Fraction SomeFraction(Random& random) {
  return {.top = random.Between(-1'000'000, 1'000'000), .bottom = random.Denominator()};
}

// coefficient / 10^scale by cutting the digits apart.
std::string Written(int64_t coefficient, int scale) {
  const int64_t power = kPowersOfTen[static_cast<size_t>(scale)];
  const int64_t size = coefficient < 0 ? -coefficient : coefficient;
  const std::string fraction = std::to_string(power + size % power).substr(1);
  return absl::StrCat(coefficient < 0 ? "-" : "", size / power, scale > 0 ? "." : "", fraction);
}

std::string Digits(Wide value) {
  std::string text;
  for (Wide rest = value < 0 ? -value : value; rest > 0 || text.empty(); rest /= 10) {
    text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  return absl::StrCat(value < 0 ? "-" : "", text);
}

Wide InMillionths(int64_t coefficient, int scale) {
  return Wide{coefficient} * kPowersOfTen[static_cast<size_t>(6 - scale)];
}

std::string Reduced(int64_t top, int64_t bottom) {
  const int64_t divisor = std::gcd(top, bottom);
  if (bottom == divisor) return absl::StrCat(top / divisor);
  return absl::StrCat(top / divisor, "/", bottom / divisor);
}

// value x 10^places, which rounding has made an integer.
int64_t AsInteger(const Rational& value, int places) {
  return (value * Rational(kPowersOfTen[static_cast<size_t>(places)])).ToInteger().value();
}

Wide Size(Wide value) { return value < 0 ? -value : value; }

// A decimal whose written form has at most 18 digits.
struct Sample {
  int64_t coefficient = 0;
  int scale = 0;
  Decimal decimal{};
};

Sample SomeDecimal(Random& random) {
  Sample sample{.coefficient = random.Coefficient(),
                .scale = static_cast<int>(random.Between(0, 6))};
  sample.decimal = Decimal::Parse(Written(sample.coefficient, sample.scale)).value();
  return sample;
}

TEST(DecimalProperty, ReadsTheValueThatIsWritten) {
  Random random;
  for (int i = 0; i < kRounds; ++i) {
    const Sample sample = SomeDecimal(random);
    SCOPED_TRACE(Written(sample.coefficient, sample.scale));
    ASSERT_TRUE(InMillionths(sample.decimal.coefficient(), sample.decimal.scale()) ==
                InMillionths(sample.coefficient, sample.scale));
    ASSERT_TRUE(sample.decimal.scale() == 0 || sample.decimal.coefficient() % 10 != 0);
    ASSERT_EQ(Decimal::Parse(sample.decimal.ToString()).value(), sample.decimal);
  }
}

TEST(DecimalProperty, OrdersLikeMillionths) {
  Random random;
  for (int i = 0; i < kRounds; ++i) {
    const Sample a = SomeDecimal(random);
    const Sample b = SomeDecimal(random);
    const Wide left = InMillionths(a.coefficient, a.scale);
    const Wide right = InMillionths(b.coefficient, b.scale);
    ASSERT_EQ(a.decimal < b.decimal, left < right);
    ASSERT_EQ(a.decimal == b.decimal, left == right);
    ASSERT_EQ(Rational(a.decimal) < Rational(b.decimal), left < right);
  }
}

TEST(RationalProperty, ComputesDecimalsLikeIntegersWithThePointMoved) {
  Random random;
  for (int i = 0; i < kRounds; ++i) {
    const Sample a = SomeDecimal(random);
    const Sample b = SomeDecimal(random);
    SCOPED_TRACE(a.decimal.ToString() + " and " + b.decimal.ToString());
    const Wide left = InMillionths(a.coefficient, a.scale);
    const Wide right = InMillionths(b.coefficient, b.scale);
    const Rational million(1'000'000);
    const Rational x = a.decimal;
    const Rational y = b.decimal;
    ASSERT_EQ(((x + y) * million).ToFraction(), Digits(left + right));
    ASSERT_EQ(((x - y) * million).ToFraction(), Digits(left - right));
    const Rational moved(kPowersOfTen[static_cast<size_t>(a.scale)] *
                         kPowersOfTen[static_cast<size_t>(b.scale)]);
    ASSERT_EQ((x * y * moved).ToFraction(), Digits(Wide{a.coefficient} * b.coefficient));
  }
}

TEST(RationalProperty, ComputesFractionsLikeCrossMultiplication) {
  Random random;
  for (int i = 0; i < kRounds; ++i) {
    const Fraction a = SomeFraction(random);
    const Fraction b = SomeFraction(random);
    SCOPED_TRACE(Reduced(a.top, a.bottom) + " and " + Reduced(b.top, b.bottom));
    const int64_t bottom = a.bottom * b.bottom;
    const int64_t left = a.top * b.bottom;
    const int64_t right = b.top * a.bottom;
    ASSERT_EQ((a.ToRational() + b.ToRational()).ToFraction(), Reduced(left + right, bottom));
    ASSERT_EQ((a.ToRational() - b.ToRational()).ToFraction(), Reduced(left - right, bottom));
    ASSERT_EQ((a.ToRational() * b.ToRational()).ToFraction(), Reduced(a.top * b.top, bottom));
    ASSERT_EQ(a.ToRational() < b.ToRational(), left < right);
    ASSERT_EQ(a.ToRational() == b.ToRational(), left == right);
  }
}

TEST(RationalProperty, DividesAsTheInverseOfMultiplication) {
  Random random;
  for (int i = 0; i < kRounds; ++i) {
    const Fraction a = SomeFraction(random);
    Fraction b = SomeFraction(random);
    if (b.top == 0) b.top = 1;
    const int64_t sign = b.top < 0 ? -1 : 1;
    ASSERT_EQ(a.ToRational().DividedBy(b.ToRational()).value().ToFraction(),
              Reduced(a.top * b.bottom * sign, a.bottom * b.top * sign));
  }
}

TEST(RationalProperty, FloorIsTheIntegerBelow) {
  Random random;
  for (int i = 0; i < kRounds; ++i) {
    const Fraction value = SomeFraction(random);
    const int64_t floor = value.ToRational().Floor().ToInteger().value();
    ASSERT_LE(floor * value.bottom, value.top);
    ASSERT_GT((floor + 1) * value.bottom, value.top);
  }
}

// What was lost by rounding `value` to `rounded` / 10^places, in units of
// 1 / (bottom x 10^places); positive if the result is too large.
Wide Excess(const Fraction& value, int64_t rounded, int places) {
  return Wide{rounded} * value.bottom - Wide{value.top} * kPowersOfTen[static_cast<size_t>(places)];
}

TEST(RationalProperty, HalfUpIsNearestAndAwayFromZeroAtTies) {
  Random random;
  int ties = 0;
  for (int i = 0; i < kRounds; ++i) {
    const Fraction value = SomeFraction(random);
    const int places = static_cast<int>(random.Between(0, 6));
    const int64_t rounded =
        AsInteger(value.ToRational().Rounded(places, RoundingMode::kHalfUp), places);
    const Wide excess = Excess(value, rounded, places);
    ASSERT_TRUE(2 * Size(excess) <= value.bottom) << Reduced(value.top, value.bottom);
    if (2 * Size(excess) != value.bottom) continue;
    ++ties;
    ASSERT_EQ(excess > 0, value.top > 0) << Reduced(value.top, value.bottom);
  }
  EXPECT_GT(ties, kRounds / 50);
}

TEST(RationalProperty, HalfEvenIsNearestAndEvenAtTies) {
  Random random;
  int ties = 0;
  for (int i = 0; i < kRounds; ++i) {
    const Fraction value = SomeFraction(random);
    const int places = static_cast<int>(random.Between(0, 6));
    const int64_t rounded =
        AsInteger(value.ToRational().Rounded(places, RoundingMode::kHalfEven), places);
    const Wide excess = Excess(value, rounded, places);
    ASSERT_TRUE(2 * Size(excess) <= value.bottom) << Reduced(value.top, value.bottom);
    if (2 * Size(excess) != value.bottom) continue;
    ++ties;
    ASSERT_EQ(rounded % 2, 0) << Reduced(value.top, value.bottom);
  }
  EXPECT_GT(ties, kRounds / 50);
}

TEST(RationalProperty, DownIsNearestTowardsZero) {
  Random random;
  for (int i = 0; i < kRounds; ++i) {
    const Fraction value = SomeFraction(random);
    const int places = static_cast<int>(random.Between(0, 6));
    const int64_t rounded =
        AsInteger(value.ToRational().Rounded(places, RoundingMode::kDown), places);
    const Wide excess = Excess(value, rounded, places);
    ASSERT_TRUE(Size(excess) < value.bottom) << Reduced(value.top, value.bottom);
    ASSERT_TRUE(value.top > 0 ? excess <= 0 : excess >= 0) << Reduced(value.top, value.bottom);
  }
}

TEST(RationalProperty, FixedTextIsTheRoundedValue) {
  Random random;
  for (int i = 0; i < kRounds; ++i) {
    const Rational value = SomeFraction(random).ToRational();
    const int places = static_cast<int>(random.Between(0, 6));
    const Rational rounded = value.Rounded(places, RoundingMode::kHalfUp);
    ASSERT_EQ(value.ToFixed(places, RoundingMode::kHalfUp),
              Written(AsInteger(rounded, places), places));
  }
}

}  // namespace
}  // namespace common
