#include "services/reporting/domain/due_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::AnnualDue;
using samples::AUnitId;
using samples::Day;
using samples::Instant;
using samples::Year2020;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

Unit FoundedOn(Unit unit, std::string_view day) {
  unit.founding_date = Day(day);
  return unit;
}

Unit NamedSince(Unit unit, std::string_view day) {
  unit.titles.front().valid_from = Day(day);
  return unit;
}

Form CooperativeForm() {
  Form form = samples::AnnualForm();
  form.unit_kind = UnitKind::kCooperative;
  return form;
}

struct OwesCase {
  std::string name;
  Unit unit;
  // Who stands for it.
  std::string alliance;
  Form form;
  bool owes = false;
};

class WhoOwes : public ::testing::TestWithParam<OwesCase> {};

TEST_P(WhoOwes, AReportOf2020) {
  const Reporter reporter{.unit = GetParam().unit, .alliance = AUnitId(GetParam().alliance)};
  EXPECT_EQ(Owes(reporter, AnnualDue(), GetParam().form, Year2020()), GetParam().owes);
}

INSTANTIATE_TEST_SUITE_P(
    Units, WhoOwes,
    ::testing::ValuesIn<OwesCase>({
        {"AMember", samples::Alliance("ha-nam"), "ha-nam", samples::AnnualForm(), true},
        {"AnotherKind", samples::Alliance("ha-nam"), "ha-nam", CooperativeForm(), false},
        {"NoMember", samples::Alliance("yen-bai"), "yen-bai", samples::AnnualForm(), false},
        {"MergedTheDayBefore",
         samples::MergedInto(samples::Alliance("ha-nam"), "ninh-binh", "2019-12-31"), "ha-nam",
         samples::AnnualForm(), false},
        {"MergedOnTheFirstDay",
         samples::MergedInto(samples::Alliance("ha-nam"), "ninh-binh", "2020-01-01"), "ha-nam",
         samples::AnnualForm(), false},
        {"MergedOnTheSecondDay",
         samples::MergedInto(samples::Alliance("ha-nam"), "ninh-binh", "2020-01-02"), "ha-nam",
         samples::AnnualForm(), true},
        {"AllianceSinceTheLastDay", NamedSince(samples::Alliance("ha-nam"), "2020-12-31"), "ha-nam",
         samples::AnnualForm(), true},
        {"AllianceSinceTheNextYear", NamedSince(samples::Alliance("ha-nam"), "2021-01-01"),
         "ha-nam", samples::AnnualForm(), false},
        {"ACooperativeOfAMember", samples::Cooperative("htx", "ha-nam"), "ha-nam",
         CooperativeForm(), true},
        {"ACooperativeOfNoMember", samples::Cooperative("htx", "yen-bai"), "yen-bai",
         CooperativeForm(), false},
        {"ACooperativeWhoseAllianceAMemberTookIn", samples::Cooperative("htx", "ha-tay"), "ha-nam",
         CooperativeForm(), true},
        {"ACooperativeThatAMemberLost", samples::Cooperative("htx", "ha-nam"), "yen-bai",
         CooperativeForm(), false},
        {"FoundedOnTheLastDay", FoundedOn(samples::Cooperative("htx", "ha-nam"), "2020-12-31"),
         "ha-nam", CooperativeForm(), true},
        {"FoundedTheDayAfter", FoundedOn(samples::Cooperative("htx", "ha-nam"), "2021-01-01"),
         "ha-nam", CooperativeForm(), false},
    }),
    testkit::CaseName<OwesCase>);

// Ten days more for Bắc Ninh.
Extension SomeExtension() {
  return {.unit = AUnitId("bac-ninh"),
          .form = AnnualDue().form,
          .period = AnnualDue().period,
          .value_kind = ValueKind::kEstimate,
          .due = Day("2020-12-11"),
          .grace_end = Day("2020-12-18"),
          .closes = Day("2020-12-22"),
          .reason = "Lũ lụt ở miền Trung",
          .approver = "Nguyễn Văn A, Cụm trưởng",
          .time = Instant("2020-11-20T09:00:00+07:00")};
}

// `year` with `extension`, which concerns `unit`.
absl::StatusOr<ClusterYear> ExtendFor(const Unit& unit, const ClusterYear& year,
                                      const Extension& extension, Violations violations = {}) {
  const Form form = samples::AnnualForm();
  const Reporter reporter{.unit = unit, .alliance = unit.id};
  return Extend(year, extension,
                {.reporter = extension.unit.has_value() ? &reporter : nullptr, .form = &form},
                std::move(violations));
}

absl::StatusOr<ClusterYear> ExtendFor(const ClusterYear& year, const Extension& extension,
                                      Violations violations = {}) {
  return ExtendFor(samples::Alliance("bac-ninh"), year, extension, std::move(violations));
}

TEST(ExtendTest, KeepsWhatIsGrantedAndTheCalendarAsItWas) {
  ClusterYear expected = Year2020();
  expected.extensions = {SomeExtension()};
  EXPECT_THAT(ExtendFor(Year2020(), SomeExtension()), IsOkAndHolds(expected));
  Extension for_all = SomeExtension();
  for_all.unit.reset();
  const auto twice = ExtendFor(expected, for_all);
  expected.extensions.push_back(for_all);
  EXPECT_THAT(twice, IsOkAndHolds(expected));
}

struct ChangeCase {
  std::string name;
  std::function<void(Extension&)> change;
  std::string field;
  std::string_view reason = common::kInvalidField;
};

class ExtensionTaken : public ::testing::TestWithParam<ChangeCase> {};

TEST_P(ExtensionTaken, AtItsBounds) {
  Extension extension = SomeExtension();
  GetParam().change(extension);
  EXPECT_THAT(ExtendFor(Year2020(), extension), testkit::IsOk());
}

INSTANTIATE_TEST_SUITE_P(Bounds, ExtensionTaken,
                         ::testing::ValuesIn<ChangeCase>({
                             {"TheDaysOfTheCalendar",
                              [](Extension& e) {
                                e.due = AnnualDue().due;
                                e.grace_end = AnnualDue().due;
                                e.closes = AnnualDue().closes;
                              },
                              ""},
                             {"AllOnOneDay", [](Extension& e) { e.due = e.grace_end = e.closes; },
                              ""},
                             {"TheLongestReason",
                              [](Extension& e) {
                                e.reason.clear();
                                for (int i = 0; i < 1000; ++i) e.reason += "ệ";
                              },
                              ""},
                         }),
                         testkit::CaseName<ChangeCase>);

class ExtensionRefused : public ::testing::TestWithParam<ChangeCase> {};

TEST_P(ExtensionRefused, AtTheField) {
  Extension extension = SomeExtension();
  GetParam().change(extension);
  const auto result = ExtendFor(Year2020(), extension);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, ExtensionRefused,
    ::testing::ValuesIn<ChangeCase>({
        {"DueBeforeTheCalendar", [](Extension& e) { e.due = Day("2020-11-30"); }, "extension.due"},
        {"ClosesBeforeTheCalendar",
         [](Extension& e) { e.due = e.grace_end = e.closes = Day("2020-12-11"); },
         "extension.closes"},
        {"GraceBeforeDue", [](Extension& e) { e.grace_end = Day("2020-12-10"); },
         "extension.grace_end"},
        {"ClosesBeforeGrace", [](Extension& e) { e.closes = Day("2020-12-17"); },
         "extension.closes"},
        {"NoValueKind", [](Extension& e) { e.value_kind = ValueKind::kUnspecified; },
         "extension.value_kind", common::kRequiredFieldMissing},
        {"NoReason", [](Extension& e) { e.reason.clear(); }, "extension.reason",
         common::kRequiredFieldMissing},
        {"NoApprover", [](Extension& e) { e.approver.clear(); }, "extension.approver",
         common::kRequiredFieldMissing},
        {"TooLongAnApprover", [](Extension& e) { e.approver = std::string(201, 'a'); },
         "extension.approver", common::kInvalidText},
    }),
    testkit::CaseName<ChangeCase>);

TEST(ExtendTest, AllFieldsAtFaultAreNamed) {
  Extension extension = SomeExtension();
  extension.reason.clear();
  extension.closes = Day("2020-12-01");
  const auto result =
      ExtendFor(Year2020(), extension, samples::ParsedWrong("extension.due", kPeriodInvalid));
  EXPECT_THAT(result, HasViolation("extension.due"));
  EXPECT_THAT(result, HasViolation("extension.closes"));
  EXPECT_THAT(result, HasViolation("extension.reason"));
}

TEST(ExtendTest, AYearTakesAThousand) {
  ClusterYear year = Year2020();
  year.extensions.assign(999, SomeExtension());
  const auto full = ExtendFor(year, SomeExtension());
  ASSERT_THAT(full, testkit::IsOk());
  const auto refused = ExtendFor(*full, SomeExtension());
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasViolation("extension"));
}

class ExtensionNotDue : public ::testing::TestWithParam<ChangeCase> {};

TEST_P(ExtensionNotDue, IsRefused) {
  Extension extension = SomeExtension();
  GetParam().change(extension);
  const auto result = ExtendFor(Year2020(), extension);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kReportNotDue));
}

INSTANTIATE_TEST_SUITE_P(
    Reports, ExtensionNotDue,
    ::testing::ValuesIn<ChangeCase>({
        {"AnotherForm", [](Extension& e) { e.form = samples::AFormId("quarterly"); }, ""},
        {"AnotherPeriod", [](Extension& e) { e.period = samples::APeriod("2020-Q4"); }, ""},
        {"AnotherKind", [](Extension& e) { e.value_kind = ValueKind::kFinal; }, ""},
    }),
    testkit::CaseName<ChangeCase>);

TEST(ExtendTest, AUnitThatDoesNotOweTheReportGetsNone) {
  Extension extension = SomeExtension();
  extension.unit = AUnitId("yen-bai");
  EXPECT_THAT(ExtendFor(samples::Alliance("yen-bai"), Year2020(), extension),
              HasReason(kReportNotDue));
  const Form form = samples::AnnualForm();
  const auto unknown = Extend(Year2020(), extension, {.reporter = nullptr, .form = &form}, {});
  EXPECT_THAT(unknown, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(unknown, HasReason(kUnitUnknown));
  EXPECT_THAT(unknown, HasViolation("extension.unit"));
}

TEST(ExtendTest, AClosedYearTakesNone) {
  ClusterYear year = Year2020();
  year.state = ClusterState::kScoring;
  const auto result = ExtendFor(year, SomeExtension());
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kClusterYearClosed));
  EXPECT_EQ(common::DetailOf(result.status()).metadata.at("state"), "SCORING");
}

struct StateCase {
  std::string name;
  std::string now;
  ReportState state;
  ClusterState year_state = ClusterState::kRunning;
};

class ReportThatIsNotThere : public ::testing::TestWithParam<StateCase> {};

TEST_P(ReportThatIsNotThere, StandsByItsDays) {
  ClusterYear year = Year2020();
  year.state = GetParam().year_state;
  const ReportStatus status =
      StatusOf(AUnitId("bac-ninh"), AnnualDue(), year, nullptr, Instant(GetParam().now));
  EXPECT_EQ(status.id.ToName(), "units/bac-ninh/submissions/alliance-annual.2020.estimate");
  EXPECT_EQ(status.report, AnnualDue());
  EXPECT_EQ(status.state, GetParam().state);
  EXPECT_EQ(status.timeliness, Timeliness::kUnspecified);
}

INSTANTIATE_TEST_SUITE_P(
    Days, ReportThatIsNotThere,
    ::testing::ValuesIn<StateCase>({
        {"BeforeItOpens", "2020-11-14T23:59:59.999+07:00", ReportState::kNotOpen},
        {"FirstInstant", "2020-11-15T00:00:00+07:00", ReportState::kAwaited},
        {"BeforeTheYearTakesReports", "2020-11-20T00:00:00+07:00", ReportState::kNotOpen,
         ClusterState::kPlanned},
        {"InRegistration", "2020-11-20T00:00:00+07:00", ReportState::kAwaited,
         ClusterState::kRegistration},
        {"EndOfTheDueDay", "2020-12-01T23:59:59.999+07:00", ReportState::kAwaited},
        {"InGrace", "2020-12-02T00:00:00+07:00", ReportState::kOverdue},
        {"LastInstant", "2020-12-12T23:59:59.999+07:00", ReportState::kOverdue},
        {"AfterItCloses", "2020-12-13T00:00:00+07:00", ReportState::kMissed},
        {"ClosedWithTheYear", "2020-11-20T00:00:00+07:00", ReportState::kMissed,
         ClusterState::kScoring},
    }),
    testkit::CaseName<StateCase>);

TEST(StatusOfTest, AnExtensionMovesTheDaysOfItsUnit) {
  ClusterYear year = Year2020();
  year.extensions = {SomeExtension()};
  const auto state = [&](std::string_view unit) {
    return StatusOf(AUnitId(unit), AnnualDue(), year, nullptr,
                    Instant("2020-12-11T12:00:00+07:00"));
  };
  EXPECT_EQ(state("bac-ninh").state, ReportState::kAwaited);
  EXPECT_EQ(state("bac-ninh").report.due, Day("2020-12-11"));
  EXPECT_EQ(state("ha-nam").state, ReportState::kOverdue);
  EXPECT_EQ(state("ha-nam").report, AnnualDue());
}

TEST(StatusOfTest, WhatIsTranscribedIsNeverTooLate) {
  ClusterYear year = Year2020();
  year.receipt_basis = ReceiptBasis::kTranscribed;
  EXPECT_EQ(StatusOf(AUnitId("bac-ninh"), AnnualDue(), year, nullptr,
                     Instant("2026-01-05T08:00:00+07:00"))
                .state,
            ReportState::kOverdue);
}

struct SubmissionCase {
  std::string name;
  SubmissionState submission;
  ReportState state;
  Timeliness timeliness = Timeliness::kOnTime;
};

class ReportThatIsThere : public ::testing::TestWithParam<SubmissionCase> {};

TEST_P(ReportThatIsThere, StandsAsItsSubmission) {
  const Submission submission = samples::AnnualSubmission(GetParam().submission);
  const ReportStatus status = StatusOf(AUnitId("bac-ninh"), AnnualDue(), Year2020(), &submission,
                                       Instant("2020-12-05T08:00:00+07:00"));
  EXPECT_EQ(status.state, GetParam().state);
  EXPECT_EQ(status.timeliness, GetParam().timeliness);
}

INSTANTIATE_TEST_SUITE_P(
    States, ReportThatIsThere,
    ::testing::ValuesIn<SubmissionCase>({
        {"Submitted", SubmissionState::kSubmitted, ReportState::kSubmitted},
        {"Returned", SubmissionState::kReturned, ReportState::kReturned},
        {"Accepted", SubmissionState::kAccepted, ReportState::kAccepted},
        {"Locked", SubmissionState::kLocked, ReportState::kAccepted},
        {"Draft", SubmissionState::kDraft, ReportState::kDraft, Timeliness::kUnspecified},
        {"Withdrawn", SubmissionState::kWithdrawn, ReportState::kOverdue, Timeliness::kUnspecified},
    }),
    testkit::CaseName<SubmissionCase>);

}  // namespace
}  // namespace reporting
