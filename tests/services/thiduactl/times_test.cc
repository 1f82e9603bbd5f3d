#include "services/thiduactl/times.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/testkit/case_name.h"

namespace thiduactl {
namespace {

struct TimeCase {
  std::string name{};
  std::string text{};
  // In UTC; empty for none.
  std::string time{};
};

std::string Utc(const std::optional<absl::Time>& time) {
  return time.has_value() ? absl::FormatTime(absl::RFC3339_full, *time, absl::UTCTimeZone()) : "";
}

class DayParsed : public ::testing::TestWithParam<TimeCase> {};

TEST_P(DayParsed, IsItsBeginningInVietNam) {
  EXPECT_EQ(Utc(ParseDay(GetParam().text)), GetParam().time);
}

INSTANTIATE_TEST_SUITE_P(Texts, DayParsed,
                         ::testing::ValuesIn<TimeCase>({
                             {"Day", "2020-12-01", "2020-11-30T17:00:00+00:00"},
                             {"LeapDay", "2020-02-29", "2020-02-28T17:00:00+00:00"},
                             {"NoLeapDay", "2021-02-29", ""},
                             {"OneDigit", "2020-2-9", ""},
                             {"WithTime", "2020-12-01T00:00:00Z", ""},
                             {"Blank", " 2020-12-01", ""},
                             {"Nothing", "", ""},
                         }),
                         testkit::CaseName<TimeCase>);

class MomentParsed : public ::testing::TestWithParam<TimeCase> {};

TEST_P(MomentParsed, IsATimeOrTheEndOfADay) {
  EXPECT_EQ(Utc(ParseMoment(GetParam().text)), GetParam().time);
}

INSTANTIATE_TEST_SUITE_P(Texts, MomentParsed,
                         ::testing::ValuesIn<TimeCase>({
                             {"EndOfDay", "2020-12-31", "2020-12-31T16:59:59.999999+00:00"},
                             {"InVietNam", "2020-06-30T17:00:00+07:00",
                              "2020-06-30T10:00:00+00:00"},
                             {"InUtc", "2020-06-30T10:00:00.5Z", "2020-06-30T10:00:00.5+00:00"},
                             {"NoZone", "2020-06-30T10:00:00", ""},
                             {"Token", "EgQIARAB", ""},
                         }),
                         testkit::CaseName<TimeCase>);

TEST(TimePrinted, IsThatOfVietNam) {
  const auto time = ToTimestamp(*ParseMoment("2020-12-31T16:59:59.9994Z"));
  EXPECT_EQ(time.seconds(), 1609433999);
  EXPECT_EQ(time.nanos(), 999400000);
  EXPECT_EQ(TimeText(time), "2020-12-31T23:59:59.999+07:00");
  EXPECT_EQ(DayText(time), "2020-12-31");
  EXPECT_EQ(DayText(ToTimestamp(*ParseMoment("2020-12-31T17:00:00Z"))), "2021-01-01");
  EXPECT_EQ(DayText({}), "");
}

TEST(TimePrinted, IsReadBack) {
  const auto time = ToTimestamp(*ParseMoment("2020-12-15T06:00:00.25Z"));
  EXPECT_EQ(ToTimestamp(*ParseMoment(TimeText(time))).SerializeAsString(),
            time.SerializeAsString());
}

}  // namespace
}  // namespace thiduactl
