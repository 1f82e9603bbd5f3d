#include "services/reporting/domain/receive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::AnnualReport;
using samples::AnnualSubmission;
using samples::Instant;
using samples::NotApplicable;
using samples::Number;
using samples::Year2020;
using State = SubmissionState;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

constexpr char kOnTime[] = "2020-11-30T09:00:00+07:00";
constexpr char kLate[] = "2020-12-10T09:00:00+07:00";
constexpr char kClosed[] = "2020-12-13T00:00:00+07:00";

// What a report meets; a test changes what it is about.
struct World {
  Unit unit = samples::Alliance("bac-ninh");
  FormDefinition form = samples::AnnualDefinition();
  std::vector<ClusterYear> years = {Year2020()};
  std::optional<Submission> current{};
  absl::Time now = Instant(kOnTime);

  absl::StatusOr<Received> Take(const Report& report, const Violations& violations = {}) const {
    return Receive(report,
                   {.unit = unit, .form = form, .years = years, .current = current, .now = now},
                   violations);
  }
};

// A report with other figures than AnnualReport.
Report OtherReport() {
  Report report = AnnualReport();
  report.figures.push_back(Number("MEMBERS", "215000"));
  report.source = "Báo cáo 120/BC-LMHTX";
  return report;
}

TEST(ReceiveTest, CreatesASubmission) {
  EXPECT_THAT(World().Take(AnnualReport()),
              IsOkAndHolds(Received{.submission = AnnualSubmission(State::kSubmitted),
                                    .outcome = Outcome::kCreated}));
}

TEST(ReceiveTest, AUnitThatIsMergedInThePeriodStillReportsIt) {
  World world;
  world.unit = samples::MergedInto(world.unit, "ha-nam", "2020-01-02");
  EXPECT_EQ(world.Take(AnnualReport())->outcome, Outcome::kCreated);
}

TEST(ReceiveTest, NotesHowLateItIs) {
  World world;
  world.now = Instant(kLate);
  EXPECT_EQ(world.Take(AnnualReport())->submission.timeliness, Timeliness::kLate);
}

TEST(ReceiveTest, TakesTheStatedTimeOfATranscribedYear) {
  World world;
  world.years[0].receipt_basis = ReceiptBasis::kTranscribed;
  world.now = Instant("2026-10-01T00:00:00Z");
  Report report = AnnualReport();
  report.receive_time = Instant("2020-12-04T00:00:00+07:00");
  const auto result = world.Take(report);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->submission.receive_time, *report.receive_time);
  EXPECT_EQ(result->submission.timeliness, Timeliness::kInGrace);
  EXPECT_TRUE(result->submission.transcribed);
}

TEST(ReceiveTest, OtherFiguresMakeANewRevisionThatLeavesOutWhatIsLeftOut) {
  World world;
  world.current = AnnualSubmission(State::kSubmitted);
  world.current->figures = OtherReport().figures;
  world.current->content_hash = ContentHash(world.current->figures);
  const auto result = world.Take(AnnualReport());
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->outcome, Outcome::kRevised);
  Submission expected = AnnualSubmission(State::kSubmitted);
  expected.revision = 2;
  EXPECT_EQ(result->submission, expected);
}

TEST(ReceiveTest, ACorrectionOfAReturnedReportKeepsItsReceiveTime) {
  World world;
  world.now = Instant(kLate);
  world.current = AnnualSubmission(State::kReturned);
  world.current->return_reason = ReturnReason{.reviewer = "Tổ giúp việc", .reason = "Thiếu"};
  const auto result = world.Take(OtherReport());
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->outcome, Outcome::kRevised);
  EXPECT_EQ(result->submission.state, State::kSubmitted);
  EXPECT_EQ(result->submission.receive_time, Instant(kOnTime));
  EXPECT_EQ(result->submission.timeliness, Timeliness::kOnTime);
  EXPECT_EQ(result->submission.return_reason, std::nullopt);
  EXPECT_EQ(result->submission.source, "Báo cáo 120/BC-LMHTX");
}

struct StateCase {
  std::string name;
  State state;
};

class ResendUnchanged : public ::testing::TestWithParam<StateCase> {};

TEST_P(ResendUnchanged, InAnyStateEvenAfterTheYearHasClosed) {
  World world;
  world.current = AnnualSubmission(GetParam().state);
  world.years[0].state = ClusterState::kArchived;
  world.now = Instant(kClosed);
  Report report = AnnualReport();
  std::reverse(report.figures.begin(), report.figures.end());
  EXPECT_THAT(world.Take(report),
              IsOkAndHolds(Received{.submission = *world.current, .outcome = Outcome::kUnchanged}));
}

INSTANTIATE_TEST_SUITE_P(States, ResendUnchanged,
                         ::testing::ValuesIn<StateCase>({
                             {"Submitted", State::kSubmitted},
                             {"Returned", State::kReturned},
                             {"Accepted", State::kAccepted},
                             {"Locked", State::kLocked},
                         }),
                         testkit::CaseName<StateCase>);

class DraftReplaced : public ::testing::TestWithParam<StateCase> {};

TEST_P(DraftReplaced, AsIfItHadNotBeenThere) {
  World world;
  world.current = AnnualSubmission(GetParam().state);
  world.current->cluster_year.cluster = ClusterId::FromId("other").value();
  EXPECT_THAT(world.Take(AnnualReport()),
              IsOkAndHolds(Received{.submission = AnnualSubmission(State::kSubmitted),
                                    .outcome = Outcome::kCreated}));
  EXPECT_THAT(world.Take(OtherReport()),
              IsOkAndHolds(::testing::Field(&Received::outcome, Outcome::kCreated)));
}

INSTANTIATE_TEST_SUITE_P(States, DraftReplaced,
                         ::testing::ValuesIn<StateCase>({
                             {"Draft", State::kDraft},
                             {"Withdrawn", State::kWithdrawn},
                         }),
                         testkit::CaseName<StateCase>);

class ResendRefused : public ::testing::TestWithParam<StateCase> {};

TEST_P(ResendRefused, WithOtherFiguresAfterAcceptance) {
  World world;
  world.current = AnnualSubmission(GetParam().state);
  const auto result = world.Take(OtherReport());
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(common::kIllegalStateChange));
  EXPECT_EQ(common::DetailOf(result.status()).metadata.at("allowed"), "SUBMITTED,RETURNED");
}

INSTANTIATE_TEST_SUITE_P(States, ResendRefused,
                         ::testing::ValuesIn<StateCase>({
                             {"Accepted", State::kAccepted},
                             {"Locked", State::kLocked},
                         }),
                         testkit::CaseName<StateCase>);

struct WorldCase {
  std::string name;
  std::function<void(World&)> change;
  std::string_view reason;
};

class ReportRefused : public ::testing::TestWithParam<WorldCase> {};

TEST_P(ReportRefused, ByWhatItMeets) {
  World world;
  GetParam().change(world);
  const auto result = world.Take(AnnualReport());
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Preconditions, ReportRefused,
    ::testing::ValuesIn<WorldCase>({
        {"OtherKindOfUnit",
         [](World& world) { world.unit = samples::Cooperative("bac-ninh", "ha-nam"); },
         kFormNotForUnit},
        {"MergedOnTheFirstDay",
         [](World& world) { world.unit = samples::MergedInto(world.unit, "ha-nam", "2020-01-01"); },
         kUnitMerged},
        {"NoClusterYear", [](World& world) { world.years.clear(); }, kReportNotDue},
        {"NotInTheCalendar", [](World& world) { world.years[0].calendar.clear(); }, kReportNotDue},
        {"OtherValueKindDue",
         [](World& world) { world.years[0].calendar[0].value_kind = ValueKind::kFinal; },
         kReportNotDue},
        {"YearPlanned", [](World& world) { world.years[0].state = ClusterState::kPlanned; },
         kReportNotOpen},
        {"YearScoring", [](World& world) { world.years[0].state = ClusterState::kScoring; },
         kClusterYearClosed},
        {"YearArchived", [](World& world) { world.years[0].state = ClusterState::kArchived; },
         kClusterYearClosed},
        {"TooEarly", [](World& world) { world.now = Instant("2020-11-14T23:59:59+07:00"); },
         kReportNotOpen},
        {"TooLate", [](World& world) { world.now = Instant(kClosed); }, kReportNotOpen},
    }),
    testkit::CaseName<WorldCase>);

class YearTakesReports : public ::testing::TestWithParam<ClusterState> {};

TEST_P(YearTakesReports, FromRegistrationToCollecting) {
  World world;
  world.years[0].state = GetParam();
  EXPECT_THAT(world.Take(AnnualReport()), testkit::IsOk());
}

INSTANTIATE_TEST_SUITE_P(States, YearTakesReports,
                         ::testing::Values(ClusterState::kRegistration, ClusterState::kPactSigned,
                                           ClusterState::kRunning, ClusterState::kCollecting));

TEST(ReceiveTest, FindsTheYearThatHasTheReportAmongSeveral) {
  World world;
  ClusterYear other = Year2020();
  other.id.cluster = ClusterId::FromId("other").value();
  other.calendar.clear();
  world.years.insert(world.years.begin(), other);
  EXPECT_EQ(world.Take(AnnualReport())->submission.cluster_year, Year2020().id);
}

struct ReportCase {
  std::string name;
  std::function<void(Report&)> spoil;
  std::string field;
  std::string_view reason;
};

class ReportInvalid : public ::testing::TestWithParam<ReportCase> {};

TEST_P(ReportInvalid, AtTheField) {
  Report report = AnnualReport();
  GetParam().spoil(report);
  const auto result = World().Take(report);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, ReportInvalid,
    ::testing::ValuesIn<ReportCase>({
        {"NoValueKind", [](Report& it) { it.value_kind = ValueKind::kUnspecified; },
         "report.value_kind", common::kRequiredFieldMissing},
        {"Quarter", [](Report& it) { it.period = samples::APeriod("2020-Q3"); }, "report.period",
         kPeriodInvalid},
        {"LongSource", [](Report& it) { it.source = std::string(1001, 'x'); }, "report.source",
         common::kInvalidText},
        {"LongAuthor", [](Report& it) { it.author = std::string(201, 'x'); }, "report.author",
         common::kInvalidText},
        {"StatedTime", [](Report& it) { it.receive_time = Instant(kOnTime); },
         "report.receive_time", common::kInvalidField},
        {"NoFigures", [](Report& it) { it.figures.clear(); }, "report.figures",
         kRequiredFigureMissing},
        {"NegativeCount", [](Report& it) { it.figures[1] = Number("COOP_NEW", "-1"); },
         "report.figures[1].number", kFigureOutOfBounds},
    }),
    testkit::CaseName<ReportCase>);

class TranscribedInvalid : public ::testing::TestWithParam<ReportCase> {};

TEST_P(TranscribedInvalid, AtTheReceiveTime) {
  World world;
  world.years[0].receipt_basis = ReceiptBasis::kTranscribed;
  Report report = AnnualReport();
  GetParam().spoil(report);
  const auto result = world.Take(report);
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(Times, TranscribedInvalid,
                         ::testing::ValuesIn<ReportCase>({
                             {"NotStated", [](Report& it) { it.receive_time.reset(); },
                              "report.receive_time", common::kRequiredFieldMissing},
                             {"InTheFuture",
                              [](Report& it) {
                                it.receive_time = Instant(kOnTime) + absl::Microseconds(1);
                              },
                              "report.receive_time", common::kInvalidField},
                         }),
                         testkit::CaseName<ReportCase>);

TEST(ReceiveTest, WhatParsingFoundComesTogetherWithAllElse) {
  Report report = AnnualReport();
  report.figures[0].number.reset();
  report.figures[1] = Number("COOP_NEW", "0.5");
  const auto result = World().Take(
      report, samples::ParsedWrong("report.figures[0].number", common::kInvalidDecimal));
  EXPECT_THAT(result, HasReason(common::kInvalidDecimal));
  EXPECT_THAT(result, HasViolation("report.figures[0].number"));
  EXPECT_THAT(result, HasViolation("report.figures[1].number"));
}

TEST(ContentHashTest, DoesNotDependOnTheOrder) {
  EXPECT_EQ(ContentHash({Number("A", "1"), NotApplicable("B")}),
            ContentHash({NotApplicable("B"), Number("A", "1")}));
}

TEST(ContentHashTest, IsThatOfTheCanonicalText) {
  // printf 'A=1.5;0:\nB=n/a;5:x\ny=z\n' | sha256sum
  Figure b = NotApplicable("B");
  b.note = "x\ny=z";
  EXPECT_EQ(ContentHash({b, Number("A", "1.50")}),
            "a563e94ccac8afa8589b13200b46a1319685aa4267ce25a5acf95ba5cc705221");
}

struct DifferenceCase {
  std::string name;
  std::vector<Figure> figures;
};

class ContentDiffers : public ::testing::TestWithParam<DifferenceCase> {};

TEST_P(ContentDiffers, InItsHash) {
  EXPECT_NE(ContentHash(GetParam().figures), ContentHash({Number("A", "0")}));
}

INSTANTIATE_TEST_SUITE_P(
    Figures, ContentDiffers,
    ::testing::ValuesIn<DifferenceCase>({
        {"Missing", {}},
        {"NotApplicable", {NotApplicable("A")}},
        {"OtherNumber", {Number("A", "0.000001")}},
        {"OtherIndicator", {Number("B", "0")}},
        {"OneMore", {Number("A", "0"), Number("B", "0")}},
        {"Noted", {{.indicator = samples::Code("A"), .number = samples::Dec("0"), .note = "ước"}}},
    }),
    testkit::CaseName<DifferenceCase>);

}  // namespace
}  // namespace reporting
