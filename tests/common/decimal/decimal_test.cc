#include "common/decimal/decimal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::Field;
using ::testing::StartsWith;

Decimal Parsed(std::string_view text) { return Decimal::Parse(text).value(); }

struct AcceptedCase {
  std::string name{};
  std::string text{};
  std::string written{};
  int64_t coefficient = 0;
  int scale = 0;
};

class DecimalAccepted : public ::testing::TestWithParam<AcceptedCase> {};

TEST_P(DecimalAccepted, IsKeptExactlyAndWrittenShortest) {
  const AcceptedCase& row = GetParam();
  const auto decimal = Decimal::Parse(row.text);
  ASSERT_TRUE(decimal.ok()) << decimal.status();
  EXPECT_EQ(decimal->ToString(), row.written);
  EXPECT_EQ(decimal->coefficient(), row.coefficient);
  EXPECT_EQ(decimal->scale(), row.scale);
}

INSTANTIATE_TEST_SUITE_P(Grammar, DecimalAccepted,
                         ::testing::ValuesIn<AcceptedCase>({
                             {"Zero", "0", "0", 0, 0},
                             {"ZeroWithPlaces", "0.000000", "0", 0, 0},
                             {"Integer", "7002", "7002", 7002, 0},
                             {"IntegerKeepsItsZeros", "1200", "1200", 1200, 0},
                             {"Negative", "-3", "-3", -3, 0},
                             {"Fraction", "0.75", "0.75", 75, 2},
                             {"NegativeFraction", "-0.05", "-0.05", -5, 2},
                             {"TrailingZerosAreCut", "4.20", "4.2", 42, 1},
                             {"WholeWithPlacesIsAnInteger", "15.00", "15", 15, 0},
                             {"ZerosInsideStay", "100.010", "100.01", 10001, 2},
                             {"SmallestStep", "0.000001", "0.000001", 1, 6},
                             {"EighteenDigits", "999999999999999999", "999999999999999999",
                              999999999999999999, 0},
                             {"EighteenDigitsBelowZero", "-999999999999999999",
                              "-999999999999999999", -999999999999999999, 0},
                             {"EighteenDigitsAndSixPlaces", "999999999999.999999",
                              "999999999999.999999", 999999999999999999, 6},
                         }),
                         [](const auto& row) { return row.param.name; });

struct RefusedCase {
  std::string name{};
  std::string text{};
  std::string problem{};
};

class DecimalRefused : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(DecimalRefused, WithASentenceThatSaysWhatIsWrongAndWhatIsRight) {
  const absl::Status status = Decimal::Parse(GetParam().text).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  const ErrorDetail detail = DetailOf(status);
  EXPECT_EQ(detail.reason, kInvalidDecimal);
  EXPECT_THAT(detail.violations,
              ElementsAre(AllOf(Field(&FieldViolation::field, ""),
                                Field(&FieldViolation::description,
                                      AllOf(StartsWith(GetParam().problem + ";"),
                                            EndsWith("is written like 1250, -3 or 0.75"))))));
}

constexpr char kNoDigit[] = "there is a character that is no digit";

INSTANTIATE_TEST_SUITE_P(
    Grammar, DecimalRefused,
    ::testing::ValuesIn<RefusedCase>({
        {"Empty", "", "the number is empty"},
        {"OnlyASign", "-", "there is no digit before the decimal point"},
        {"OnlyAPoint", ".", "there is no digit before the decimal point"},
        {"NothingBeforeThePoint", ".5", "there is no digit before the decimal point"},
        {"NothingBetweenSignAndPoint", "-.5", "there is no digit before the decimal point"},
        {"NothingAfterThePoint", "1.", "there is no digit after the decimal point"},
        {"TwoPoints", "1.2.3", kNoDigit},
        {"NegativeZero", "-0", "zero has no sign"},
        {"NegativeZeroWithPlaces", "-0.00", "zero has no sign"},
        {"LeadingZero", "01", "there are leading zeros"},
        {"LeadingZeros", "00", "there are leading zeros"},
        {"LeadingZeroBeforeAPoint", "00.5", "there are leading zeros"},
        {"Plus", "+1", kNoDigit},
        {"TwoSigns", "--1", kNoDigit},
        {"SignBehind", "1-", kNoDigit},
        {"Exponent", "1e3", kNoDigit},
        {"Hexadecimal", "0x1F", kNoDigit},
        {"NotANumber", "NaN", kNoDigit},
        {"Infinity", "-inf", kNoDigit},
        {"SpaceBefore", " 1", kNoDigit},
        {"SpaceBehind", "1 ", kNoDigit},
        {"SpaceInside", "1 250", kNoDigit},
        {"NoBreakSpaceInside", "1\u00a0250", kNoDigit},
        {"LineFeed", "1\n", kNoDigit},
        {"NulBehind", std::string("1\0", 2), kNoDigit},
        {"FullWidthDigits", "\uff11\uff12", kNoDigit},
        {"ArabicDigits", "\u0661\u0662", kNoDigit},
        {"MinusSignOfUnicode", "\u22121", kNoDigit},
        {"DecimalComma", "0,75", "a comma is not part of a number; the decimal mark is a point"},
        {"GroupedByCommas", "1,250",
         "a comma is not part of a number; the decimal mark is a point"},
        {"GroupedByPoints", "1.250.000", kNoDigit},
        {"SevenPlaces", "0.0000001", "there are more than 6 decimal places"},
        {"SevenPlacesThatAreZero", "1.0000000", "there are more than 6 decimal places"},
        {"NineteenDigits", "1000000000000000000", "there are more than 18 digits"},
        {"NineteenDigitsWithPlaces", "1234567890123.456789", "there are more than 18 digits"},
        {"BeyondSixtyFourBits", "99999999999999999999999999", "there are more than 18 digits"},
    }),
    [](const auto& row) { return row.param.name; });

TEST(DecimalTest, EqualValuesAreEqualHoweverWritten) {
  EXPECT_EQ(Parsed("1.50"), Parsed("1.5"));
  EXPECT_EQ(Parsed("15.000"), Decimal::FromInteger(15));
  EXPECT_EQ(Parsed("0.0"), Decimal());
  EXPECT_NE(Parsed("1.5"), Parsed("15"));
  EXPECT_NE(Parsed("1.5"), Parsed("-1.5"));
}

TEST(DecimalTest, OrdersByValueNotByDigitsOrScale) {
  const std::vector<std::string> ascending = {"-999999999999999999",
                                              "-10",
                                              "-9.999999",
                                              "-0.1",
                                              "-0.000001",
                                              "0",
                                              "0.000001",
                                              "0.09",
                                              "0.1",
                                              "9.999999",
                                              "10",
                                              "999999999999.999999",
                                              "999999999999999999"};
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(Parsed(ascending[i]) <=> Parsed(ascending[j]), i <=> j)
          << ascending[i] << " and " << ascending[j];
    }
  }
}

TEST(DecimalTest, FromIntegerTakesTheWholeRange) {
  EXPECT_EQ(Decimal::FromInteger(0).ToString(), "0");
  EXPECT_EQ(Decimal::FromInteger(3057365).ToString(), "3057365");
  EXPECT_EQ(Decimal::FromInteger(-999999999999999999).ToString(), "-999999999999999999");
  EXPECT_EQ(Decimal::FromInteger(100).scale(), 0);
}

TEST(DecimalTest, TellsIntegersFromFractions) {
  EXPECT_TRUE(Parsed("0").is_integer());
  EXPECT_TRUE(Parsed("12.00").is_integer());
  EXPECT_FALSE(Parsed("12.01").is_integer());
}

TEST(DecimalTest, KnowsItsSign) {
  EXPECT_TRUE(Parsed("-0.000001").is_negative());
  EXPECT_FALSE(Parsed("0").is_negative());
  EXPECT_FALSE(Parsed("0.000001").is_negative());
  EXPECT_TRUE(Parsed("0.00").is_zero());
  EXPECT_FALSE(Parsed("-0.01").is_zero());
}

TEST(DecimalTest, ARefusalTakesTheFieldOfItsCaller) {
  const absl::Status status = UnderField("figures[3].number", Decimal::Parse("1e3").status());
  EXPECT_THAT(DetailOf(status).violations,
              ElementsAre(Field(&FieldViolation::field, "figures[3].number")));
  EXPECT_THAT(std::string(status.message()),
              StartsWith("figures[3].number: there is a character that is no digit"));
}

}  // namespace
}  // namespace common
