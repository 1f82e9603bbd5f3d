#include "services/reporting/domain/period.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using ::testkit::HasReason;
using ::testkit::StatusIs;

struct PeriodCase {
  std::string name;
  std::string text;
  PeriodLevel level;
  int year;
  std::string first;
  std::string last;
};

class PeriodRead : public ::testing::TestWithParam<PeriodCase> {};

TEST_P(PeriodRead, HasItsLevelAndDays) {
  const auto& [name, text, level, year, first, last] = GetParam();
  const auto period = Period::Parse(text);
  ASSERT_TRUE(period.ok()) << period.status();
  EXPECT_EQ(period->level(), level);
  EXPECT_EQ(period->year(), year);
  EXPECT_EQ(ToString(period->first_day()), first);
  EXPECT_EQ(ToString(period->last_day()), last);
  EXPECT_EQ(period->ToString(), text);
}

INSTANTIATE_TEST_SUITE_P(
    Periods, PeriodRead,
    ::testing::ValuesIn<PeriodCase>({
        {"Year", "2020", PeriodLevel::kYear, 2020, "2020-01-01", "2020-12-31"},
        {"FirstHalf", "2020-H1", PeriodLevel::kHalf, 2020, "2020-01-01", "2020-06-30"},
        {"SecondHalf", "2020-H2", PeriodLevel::kHalf, 2020, "2020-07-01", "2020-12-31"},
        {"FirstQuarter", "2021-Q1", PeriodLevel::kQuarter, 2021, "2021-01-01", "2021-03-31"},
        {"ThirdQuarter", "2020-Q3", PeriodLevel::kQuarter, 2020, "2020-07-01", "2020-09-30"},
        {"LastQuarter", "2020-Q4", PeriodLevel::kQuarter, 2020, "2020-10-01", "2020-12-31"},
        {"LeapMonth", "2020-02", PeriodLevel::kMonth, 2020, "2020-02-01", "2020-02-29"},
        {"CommonMonth", "2100-02", PeriodLevel::kMonth, 2100, "2100-02-01", "2100-02-28"},
        {"LastMonth", "2020-12", PeriodLevel::kMonth, 2020, "2020-12-01", "2020-12-31"},
        {"FirstYear", "1900", PeriodLevel::kYear, 1900, "1900-01-01", "1900-12-31"},
        {"LastYear", "9999-H2", PeriodLevel::kHalf, 9999, "9999-07-01", "9999-12-31"},
    }),
    testkit::CaseName<PeriodCase>);

struct TextCase {
  std::string name;
  std::string text;
};

class PeriodRefused : public ::testing::TestWithParam<TextCase> {};

TEST_P(PeriodRefused, AsInvalid) {
  EXPECT_THAT(Period::Parse(GetParam().text), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Period::Parse(GetParam().text), HasReason(kPeriodInvalid));
}

INSTANTIATE_TEST_SUITE_P(Texts, PeriodRefused,
                         ::testing::ValuesIn<TextCase>({
                             {"EarlyYear", "1899"},
                             {"LongYear", "10000"},
                             {"ShortYear", "202"},
                             {"SignedYear", "+202"},
                             {"ThirdHalf", "2020-H3"},
                             {"NoHalf", "2020-H0"},
                             {"FifthQuarter", "2020-Q5"},
                             {"LowerCase", "2020-q1"},
                             {"NoMonth", "2020-00"},
                             {"ThirteenthMonth", "2020-13"},
                             {"ShortMonth", "2020-7"},
                             {"Day", "2020-07-01"},
                             {"OtherMark", "2020/07"},
                             {"Space", "2020 "},
                             {"TrailingDash", "2020-"},
                             {"FullWidthDigits", "２０２０"},
                             {"Words", "năm 2020"},
                         }),
                         testkit::CaseName<TextCase>);

TEST(PeriodTest, AnEmptyTextIsARequiredFieldThatIsMissing) {
  EXPECT_THAT(Period::Parse(""), HasReason(common::kRequiredFieldMissing));
}

TEST(PeriodTest, NoPeriodIsEmpty) {
  EXPECT_TRUE(Period().empty());
  EXPECT_EQ(Period().ToString(), "");
  EXPECT_FALSE(Period::Parse("2020")->empty());
}

class DateRead : public ::testing::TestWithParam<TextCase> {};

TEST_P(DateRead, AndWrittenBack) {
  const auto day = ParseDate(GetParam().text);
  ASSERT_TRUE(day.ok()) << day.status();
  EXPECT_EQ(ToString(*day), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Days, DateRead,
                         ::testing::ValuesIn<TextCase>({
                             {"LeapDay", "2020-02-29"},
                             {"LeapDayOfACentury", "2000-02-29"},
                             {"TetOfTheYearOfTheRat", "2020-01-25"},
                             {"FirstOfAll", "1900-01-01"},
                             {"LastOfAll", "9999-12-31"},
                         }),
                         testkit::CaseName<TextCase>);

class DateRefused : public ::testing::TestWithParam<TextCase> {};

TEST_P(DateRefused, AsInvalid) {
  EXPECT_THAT(ParseDate(GetParam().text), HasReason(common::kInvalidDate));
}

INSTANTIATE_TEST_SUITE_P(Texts, DateRefused,
                         ::testing::ValuesIn<TextCase>({
                             {"NoLeapDay", "2021-02-29"},
                             {"NoLeapDayInACentury", "1900-02-29"},
                             {"ThirtyFirstOfApril", "2020-04-31"},
                             {"MonthZero", "2020-00-10"},
                             {"MonthThirteen", "2020-13-01"},
                             {"DayZero", "2020-01-00"},
                             {"DayFirst", "01-12-2020"},
                             {"Slashes", "2020/12/01"},
                             {"Short", "2020-1-1"},
                             {"WithTime", "2020-12-01T00:00:00Z"},
                             {"EarlyYear", "1899-12-31"},
                             {"Letters", "2020-ab-01"},
                         }),
                         testkit::CaseName<TextCase>);

TEST(ParseDateTest, AnEmptyTextIsARequiredFieldThatIsMissing) {
  EXPECT_THAT(ParseDate(""), HasReason(common::kRequiredFieldMissing));
}

TEST(PeriodTest, TheNextBeginsWhenItEnds) {
  for (const auto& [period, next] :
       std::vector<std::pair<std::string, std::string>>{{"2020", "2021"},
                                                        {"2020-H1", "2020-H2"},
                                                        {"2020-H2", "2021-H1"},
                                                        {"2020-Q4", "2021-Q1"},
                                                        {"2020-02", "2020-03"},
                                                        {"2020-12", "2021-01"},
                                                        {"9999", ""},
                                                        {"9999-12", ""}}) {
    EXPECT_EQ(Period::Parse(period)->Next().ToString(), next);
  }
  EXPECT_TRUE(Period().Next().empty());
}

TEST(PeriodTest, KnowsThePeriodsAround) {
  const auto before = [](std::string_view text) {
    return Period::Parse(text)->Before().ToString();
  };
  EXPECT_EQ(before("2020"), "2019");
  EXPECT_EQ(before("2020-H2"), "2020-H1");
  EXPECT_EQ(before("2020-H1"), "2019-H2");
  EXPECT_EQ(before("2020-Q1"), "2019-Q4");
  EXPECT_EQ(before("2020-01"), "2019-12");
  EXPECT_EQ(before("1900-01"), "");
  EXPECT_EQ(Period::Parse("2020-Q3")->YearBefore().ToString(), "2019-Q3");
  EXPECT_TRUE(Period::Parse("1900")->YearBefore().empty());
  EXPECT_EQ(Period::Parse("2020-07")->WholeYear().ToString(), "2020");
  const auto quarters = Period::Parse("2020")->PartsOfYear(PeriodLevel::kQuarter);
  ASSERT_EQ(quarters.size(), 4U);
  EXPECT_EQ(quarters.front().ToString(), "2020-Q1");
  EXPECT_EQ(quarters.back().ToString(), "2020-Q4");
  EXPECT_EQ(Period::Parse("2020")->PartsOfYear(PeriodLevel::kMonth).size(), 12U);
}

}  // namespace
}  // namespace reporting
