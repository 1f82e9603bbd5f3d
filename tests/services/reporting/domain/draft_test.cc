#include "services/reporting/domain/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using samples::Checked;
using samples::Instant;
using samples::Number;
using samples::Year2020;
using State = SubmissionState;
using ::testing::HasSubstr;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

// What a draft meets; a test changes what it is about.
struct World {
  Unit unit = samples::Alliance("bac-ninh");
  FormDefinition form = samples::AnnualDefinition();
  std::vector<ClusterYear> years = {Year2020()};
  std::optional<Submission> current{};
  absl::Time now = Instant("2020-11-30T09:00:00+07:00");

  absl::StatusOr<Submission> Save(const Report& report, const Violations& violations = {}) const {
    return SaveDraft(report,
                     {.unit = unit, .form = form, .years = years, .current = current, .now = now},
                     violations);
  }
};

// Lacks COOP_NEW, which is required.
Report IncompleteReport() {
  Report report = AnnualReport();
  report.figures.pop_back();
  return report;
}

// As a draft gives it back: with the definitions its figures are reported under.
Report Kept(Report report) {
  report.figures = Checked(std::move(report.figures));
  return report;
}

TEST(SaveDraftTest, KeepsWhatIsThere) {
  EXPECT_THAT(World().Save(AnnualReport()), IsOkAndHolds(AnnualSubmission(State::kDraft)));
}

TEST(SaveDraftTest, KeepsWhatIsIncompleteInTheOrderOfTheForm) {
  Report report = IncompleteReport();
  report.figures.insert(report.figures.begin(), Number("MEMBERS", "7"));
  const auto draft = World().Save(report);
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_EQ(draft->figures, Checked({Number("COOP_TOTAL", "662"), Number("MEMBERS", "7")}));
}

TEST(SaveDraftTest, KeepsNoFiguresAtAll) {
  Report report = AnnualReport();
  report.figures.clear();
  EXPECT_THAT(World().Save(report), IsOkAndHolds(::testing::Field(&Submission::revision, 0)));
}

TEST(SaveDraftTest, ReplacesTheDraftBefore) {
  World world;
  world.current = AnnualSubmission(State::kDraft);
  EXPECT_THAT(
      world.Save(IncompleteReport()),
      IsOkAndHolds(::testing::Field(&Submission::figures, Checked(IncompleteReport().figures))));
}

TEST(SaveDraftTest, ANewSourceIsAChangeThoughTheFiguresAreTheSame) {
  World world;
  world.current = AnnualSubmission(State::kDraft);
  Report report = AnnualReport();
  report.source = "Báo cáo 120/BC-LMHTX";
  EXPECT_THAT(world.Save(report),
              IsOkAndHolds(::testing::Field(&Submission::source, report.source)));
}

TEST(SaveDraftTest, TheSameAgainIsFineEvenWhenTheYearHasClosed) {
  World world;
  world.current = AnnualSubmission(State::kDraft);
  world.years[0].state = ClusterState::kArchived;
  EXPECT_THAT(world.Save(AnnualReport()), IsOkAndHolds(*world.current));
}

TEST(SaveDraftTest, TakesUpAWithdrawnOneAgain) {
  World world;
  world.current = AnnualSubmission(State::kWithdrawn);
  EXPECT_THAT(world.Save(AnnualReport()), IsOkAndHolds(AnnualSubmission(State::kDraft)));
}

TEST(SaveDraftTest, KeepsTheStatedTimeOfATranscribedYear) {
  World world;
  world.years[0].receipt_basis = ReceiptBasis::kTranscribed;
  Report report = AnnualReport();
  report.receive_time = Instant("2020-11-29T00:00:00+07:00");
  const auto draft = world.Save(report);
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_EQ(draft->receive_time, report.receive_time);
  EXPECT_TRUE(draft->transcribed);
  EXPECT_EQ(draft->timeliness, Timeliness::kUnspecified);
  EXPECT_THAT(ReportOf(*draft), IsOkAndHolds(Kept(report)));
}

struct HandedInCase {
  std::string name;
  State state;
  std::string advice;
};

class DraftRefused : public ::testing::TestWithParam<HandedInCase> {};

TEST_P(DraftRefused, OnceTheReportWasHandedInAndSaysWhatToDo) {
  World world;
  world.current = AnnualSubmission(GetParam().state);
  const auto result = world.Save(IncompleteReport());
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(common::kIllegalStateChange));
  EXPECT_THAT(std::string(result.status().message()), HasSubstr(GetParam().advice));
  EXPECT_EQ(common::DetailOf(result.status()).metadata.at("allowed"), "DRAFT,WITHDRAWN");
}

INSTANTIATE_TEST_SUITE_P(States, DraftRefused,
                         ::testing::ValuesIn<HandedInCase>({
                             {"Submitted", State::kSubmitted, "by Submit"},
                             {"Returned", State::kReturned, "by Submit"},
                             {"Accepted", State::kAccepted, "by a restatement"},
                             {"Locked", State::kLocked, "by a restatement"},
                         }),
                         testkit::CaseName<HandedInCase>);

struct WorldCase {
  std::string name;
  std::function<void(World&)> change;
  std::string_view reason;
};

class DraftRefusedByTheWorld : public ::testing::TestWithParam<WorldCase> {};

TEST_P(DraftRefusedByTheWorld, AsAReportWouldBe) {
  World world;
  GetParam().change(world);
  const auto result = world.Save(IncompleteReport());
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Preconditions, DraftRefusedByTheWorld,
    ::testing::ValuesIn<WorldCase>({
        {"OtherKindOfUnit",
         [](World& world) { world.unit = samples::Cooperative("bac-ninh", "ha-nam"); },
         kFormNotForUnit},
        {"NoClusterYear", [](World& world) { world.years.clear(); }, kReportNotDue},
        {"YearScoring", [](World& world) { world.years[0].state = ClusterState::kScoring; },
         kClusterYearClosed},
        {"TooLate", [](World& world) { world.now = Instant("2020-12-13T00:00:00+07:00"); },
         kReportNotOpen},
    }),
    testkit::CaseName<WorldCase>);

TEST(SaveDraftTest, EveryFigureMustBeOneTheFormHasAndRight) {
  Report report = IncompleteReport();
  report.figures.push_back(Number("COOP_NEW", "-1"));
  report.figures.push_back(Number("NO_SUCH", "1"));
  const auto result = World().Save(report, samples::ParsedWrong("report.period", kPeriodInvalid));
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(kPeriodInvalid));
  EXPECT_THAT(result, HasViolation("report.figures[1].number"));
  EXPECT_THAT(result, HasViolation("report.figures[2].indicator"));
}

TEST(ReportOfTest, IsTheReportThatWasKept) {
  EXPECT_THAT(ReportOf(AnnualSubmission(State::kDraft)), IsOkAndHolds(Kept(AnnualReport())));
}

TEST(WithdrawTest, ChangesNothingButTheStateAndDoesSoOnce) {
  const auto withdrawn = Withdraw(AnnualSubmission(State::kDraft));
  EXPECT_THAT(withdrawn, IsOkAndHolds(AnnualSubmission(State::kWithdrawn)));
  EXPECT_THAT(Withdraw(*withdrawn), IsOkAndHolds(*withdrawn));
}

class NotADraft : public ::testing::TestWithParam<HandedInCase> {};

TEST_P(NotADraft, CannotBeHandedInAsOne) {
  const auto result = ReportOf(AnnualSubmission(GetParam().state));
  EXPECT_THAT(result, HasReason(common::kIllegalStateChange));
  EXPECT_EQ(common::DetailOf(result.status()).metadata.at("allowed"), "DRAFT");
}

INSTANTIATE_TEST_SUITE_P(States, NotADraft,
                         ::testing::ValuesIn<HandedInCase>({
                             {"Withdrawn", State::kWithdrawn, ""},
                             {"Submitted", State::kSubmitted, ""},
                             {"Returned", State::kReturned, ""},
                             {"Accepted", State::kAccepted, ""},
                             {"Locked", State::kLocked, ""},
                         }),
                         testkit::CaseName<HandedInCase>);

}  // namespace
}  // namespace reporting
