#include "services/reporting/domain/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using ::testkit::HasReason;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

struct DayCase {
  std::string name;
  std::string instant;
  std::string day;
};

class DayOfInstant : public ::testing::TestWithParam<DayCase> {};

TEST_P(DayOfInstant, IsThatOfVietNam) {
  EXPECT_EQ(DayInVietNam(samples::Instant(GetParam().instant)), samples::Day(GetParam().day));
}

INSTANTIATE_TEST_SUITE_P(Instants, DayOfInstant,
                         ::testing::ValuesIn<DayCase>({
                             {"LastMicrosecondOfTheYear", "2020-12-31T23:59:59.999999+07:00",
                              "2020-12-31"},
                             {"FirstInstantOfTheYear", "2021-01-01T00:00:00+07:00", "2021-01-01"},
                             {"EveningInUtc", "2020-12-31T17:00:00Z", "2021-01-01"},
                             {"JustBeforeInUtc", "2020-12-31T16:59:59.999999999Z", "2020-12-31"},
                             {"LeapDay", "2020-02-29T12:00:00+07:00", "2020-02-29"},
                             {"Tet", "2020-01-24T17:00:00Z", "2020-01-25"},
                             {"SummerHasNoOtherTime", "2020-07-01T16:59:59Z", "2020-07-01"},
                         }),
                         testkit::CaseName<DayCase>);

struct TimelinessCase {
  std::string name;
  std::string received;
  Timeliness timeliness;
};

class ReportTaken : public ::testing::TestWithParam<TimelinessCase> {};

TEST_P(ReportTaken, StandsToItsDueDay) {
  EXPECT_THAT(TimelinessAt(samples::AnnualDue(), samples::Instant(GetParam().received)),
              IsOkAndHolds(GetParam().timeliness));
}

INSTANTIATE_TEST_SUITE_P(
    Boundaries, ReportTaken,
    ::testing::ValuesIn<TimelinessCase>({
        {"FirstInstant", "2020-11-15T00:00:00+07:00", Timeliness::kOnTime},
        {"EndOfTheDueDay", "2020-12-01T23:59:59.999999+07:00", Timeliness::kOnTime},
        {"AfterTheDueDay", "2020-12-02T00:00:00+07:00", Timeliness::kInGrace},
        {"EndOfGrace", "2020-12-08T23:59:59.999999+07:00", Timeliness::kInGrace},
        {"AfterGrace", "2020-12-09T00:00:00+07:00", Timeliness::kLate},
        {"LastInstant", "2020-12-12T23:59:59.999999+07:00", Timeliness::kLate},
    }),
    testkit::CaseName<TimelinessCase>);

class ReportNotTaken : public ::testing::TestWithParam<TimelinessCase> {};

TEST_P(ReportNotTaken, OutsideItsDays) {
  const auto result = TimelinessAt(samples::AnnualDue(), samples::Instant(GetParam().received));
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kReportNotOpen));
}

INSTANTIATE_TEST_SUITE_P(Boundaries, ReportNotTaken,
                         ::testing::ValuesIn<TimelinessCase>({
                             {"BeforeItOpens", "2020-11-14T23:59:59.999999+07:00", {}},
                             {"AfterItCloses", "2020-12-13T00:00:00+07:00", {}},
                             {"LongAfter", "2021-12-01T00:00:00+07:00", {}},
                         }),
                         testkit::CaseName<TimelinessCase>);

TEST(TimelinessTest, WithoutGraceTheDayAfterIsLate) {
  DueReport due = samples::AnnualDue();
  due.grace_end = due.due;
  EXPECT_THAT(TimelinessAt(due, samples::Instant("2020-12-02T00:00:00+07:00")),
              IsOkAndHolds(Timeliness::kLate));
}

}  // namespace
}  // namespace reporting
