#include "services/reporting/domain/series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"

namespace reporting {
namespace {

using samples::APeriod;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Between(std::string_view first, std::string_view last) {
  Violations violations;
  std::vector<std::string> texts;
  for (const Period& period :
       PeriodsBetween(APeriod(first), APeriod(last), "last_period", violations)) {
    texts.push_back(period.ToString());
  }
  EXPECT_TRUE(violations.empty());
  return texts;
}

TEST(PeriodsBetweenTest, GivesThemOldestFirst) {
  EXPECT_THAT(Between("2019", "2021"), ElementsAre("2019", "2020", "2021"));
  EXPECT_THAT(Between("2020-H2", "2021-H1"), ElementsAre("2020-H2", "2021-H1"));
  EXPECT_THAT(Between("2020-Q3", "2021-Q1"), ElementsAre("2020-Q3", "2020-Q4", "2021-Q1"));
  EXPECT_THAT(Between("2020-11", "2021-02"),
              ElementsAre("2020-11", "2020-12", "2021-01", "2021-02"));
  EXPECT_THAT(Between("9999-12", "9999-12"), ElementsAre("9999-12"));
}

TEST(PeriodsBetweenTest, TwoHundredAreTheMost) {
  // 16 years of months and 8 months more.
  EXPECT_EQ(Between("2000-01", "2016-08").size(), 200U);
}

struct RangeCase {
  std::string name;
  std::string first;
  std::string last;
};

class RangeRefused : public ::testing::TestWithParam<RangeCase> {};

TEST_P(RangeRefused, AtTheLastPeriod) {
  Violations violations;
  EXPECT_THAT(PeriodsBetween(APeriod(GetParam().first), APeriod(GetParam().last), "last_period",
                             violations),
              IsEmpty());
  ASSERT_EQ(violations.list().size(), 1U);
  EXPECT_EQ(violations.list()[0].field, "last_period");
  EXPECT_EQ(violations.list()[0].reason, kPeriodInvalid);
}

INSTANTIATE_TEST_SUITE_P(Ranges, RangeRefused,
                         ::testing::ValuesIn<RangeCase>({
                             {"OfAnotherLength", "2020", "2021-Q1"},
                             {"Before", "2020-Q2", "2020-Q1"},
                             {"TooMany", "2000-01", "2016-09"},
                             {"FarTooMany", "1900-01", "9999-12"},
                         }),
                         testkit::CaseName<RangeCase>);

TEST(PeriodsBetweenTest, WhatCouldNotBeParsedIsReportedOnce) {
  Violations violations;
  EXPECT_THAT(PeriodsBetween({}, APeriod("2020"), "last_period", violations), IsEmpty());
  EXPECT_THAT(PeriodsBetween(APeriod("2020"), {}, "last_period", violations), IsEmpty());
  EXPECT_TRUE(violations.empty());
}

TEST(IsAfterMergerTest, AsksForOneThatHasCome) {
  const Reporters none;
  const Reporters one{.passed = {samples::AUnitId("a")}};
  const Reporters two{.passed = {samples::AUnitId("a"), samples::AUnitId("b")}};
  EXPECT_FALSE(IsAfterMerger(none, none));
  EXPECT_TRUE(IsAfterMerger(none, one));
  EXPECT_FALSE(IsAfterMerger(one, one));
  EXPECT_TRUE(IsAfterMerger(one, two));
}

}  // namespace
}  // namespace reporting
