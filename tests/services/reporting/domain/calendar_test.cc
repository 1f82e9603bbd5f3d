#include "services/reporting/domain/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

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

Extension ExtensionTo(std::string_view due, std::string_view unit) {
  Extension extension{.form = samples::AnnualDue().form,
                      .period = samples::AnnualDue().period,
                      .value_kind = samples::AnnualDue().value_kind,
                      .due = samples::Day(due),
                      .grace_end = samples::Day("2020-12-28"),
                      .closes = samples::Day("2020-12-30")};
  if (!unit.empty()) extension.unit = samples::AUnitId(unit);
  return extension;
}

TEST(ExtendedTest, WithoutAnExtensionTheDaysAreThoseOfTheCalendar) {
  EXPECT_EQ(Extended(samples::AnnualDue(), {}, samples::AUnitId("ha-nam")), samples::AnnualDue());
}

TEST(ExtendedTest, TheLastThatConcernsTheUnitGivesAllDays) {
  const std::vector<Extension> extensions = {ExtensionTo("2020-12-20", "ha-nam"),
                                             ExtensionTo("2020-12-24", ""),
                                             ExtensionTo("2020-12-22", "bac-ninh")};
  const auto days = [&](size_t count, std::string_view unit) {
    return Extended(samples::AnnualDue(), {extensions.begin(), extensions.begin() + count},
                    samples::AUnitId(unit));
  };
  DueReport expected = samples::AnnualDue();
  expected.due = samples::Day("2020-12-20");
  expected.grace_end = samples::Day("2020-12-28");
  expected.closes = samples::Day("2020-12-30");
  EXPECT_EQ(days(1, "ha-nam"), expected);
  EXPECT_EQ(days(1, "bac-ninh"), samples::AnnualDue());
  EXPECT_EQ(days(2, "ha-nam").due, samples::Day("2020-12-24"));
  EXPECT_EQ(days(3, "ha-nam").due, samples::Day("2020-12-24"));
  // Also where it takes days away again.
  EXPECT_EQ(days(3, "bac-ninh").due, samples::Day("2020-12-22"));
}

TEST(ExtendedTest, AnotherReportIsNotExtended) {
  const UnitId unit = samples::AUnitId("ha-nam");
  const std::vector<Extension> extensions = {ExtensionTo("2020-12-20", "")};
  DueReport due = samples::AnnualDue();
  due.value_kind = ValueKind::kFinal;
  EXPECT_EQ(Extended(due, extensions, unit), due);
  due = samples::AnnualDue();
  due.period = samples::APeriod("2020-H2");
  EXPECT_EQ(Extended(due, extensions, unit), due);
  due = samples::AnnualDue();
  due.form = samples::AFormId("quarterly");
  EXPECT_EQ(Extended(due, extensions, unit), due);
}

TEST(ExtendedTest, ALateReportIsOnTimeByAnExtension) {
  const absl::Time received = samples::Instant("2020-12-20T23:59:59.999+07:00");
  EXPECT_THAT(TimelinessAt(samples::AnnualDue(), received), HasReason(kReportNotOpen));
  const DueReport due = Extended(samples::AnnualDue(), {ExtensionTo("2020-12-20", "ha-nam")},
                                 samples::AUnitId("ha-nam"));
  EXPECT_THAT(TimelinessAt(due, received), IsOkAndHolds(Timeliness::kOnTime));
  EXPECT_THAT(TimelinessAt(due, received + absl::Milliseconds(1)),
              IsOkAndHolds(Timeliness::kInGrace));
}

}  // namespace
}  // namespace reporting
