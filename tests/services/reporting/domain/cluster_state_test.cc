#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/status/reasons.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::AUnitId;
using samples::Day;
using samples::Year2020;
using State = ClusterState;
using ::testing::Field;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

ClusterYear YearIn(State state) {
  ClusterYear year = Year2020();
  year.state = state;
  return year;
}

struct MoveCase {
  std::string name;
  State from;
  State to;
};

class AdvanceAllowed : public ::testing::TestWithParam<MoveCase> {};

TEST_P(AdvanceAllowed, ChangesTheStateAndNothingElse) {
  EXPECT_THAT(Advance(YearIn(GetParam().from), GetParam().to), IsOkAndHolds(YearIn(GetParam().to)));
}

INSTANTIATE_TEST_SUITE_P(Moves, AdvanceAllowed,
                         ::testing::ValuesIn<MoveCase>({
                             {"FirstStep", State::kPlanned, State::kRegistration},
                             {"SeveralSteps", State::kPlanned, State::kCollecting},
                             {"PactSignedByHand", State::kRegistration, State::kPactSigned},
                             {"ClosesFigures", State::kCollecting, State::kScoring},
                             {"ToTheLastButTwo", State::kPlanned, State::kDecided},
                             {"LastStep", State::kSubmittedUp, State::kDecided},
                             {"Archive", State::kHandedOver, State::kArchived},
                             {"SameState", State::kReview, State::kReview},
                             {"SameStateHandedOver", State::kHandedOver, State::kHandedOver},
                             {"SameStateArchived", State::kArchived, State::kArchived},
                         }),
                         testkit::CaseName<MoveCase>);

class AdvanceRefused : public ::testing::TestWithParam<MoveCase> {};

TEST_P(AdvanceRefused, AsIllegal) {
  const auto result = Advance(YearIn(GetParam().from), GetParam().to);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(common::kIllegalStateChange));
}

INSTANTIATE_TEST_SUITE_P(Moves, AdvanceRefused,
                         ::testing::ValuesIn<MoveCase>({
                             {"Back", State::kRunning, State::kRegistration},
                             {"BackFromScoring", State::kScoring, State::kCollecting},
                             {"HandOver", State::kDecided, State::kHandedOver},
                             {"ArchiveTooEarly", State::kDecided, State::kArchived},
                             {"BackFromHandedOver", State::kHandedOver, State::kDecided},
                             {"BackFromArchived", State::kArchived, State::kHandedOver},
                         }),
                         testkit::CaseName<MoveCase>);

TEST(AdvanceTest, ARefusalSaysTheStateAndWhatIsAllowed) {
  const auto metadata =
      common::DetailOf(Advance(YearIn(State::kReview), State::kHandedOver).status()).metadata;
  EXPECT_EQ(metadata.at("state"), "REVIEW");
  EXPECT_EQ(metadata.at("allowed"), "VOTED,SUBMITTED_UP,DECIDED");
}

TEST(AdvanceTest, NothingIsAllowedOfAnArchivedYear) {
  const auto result = Advance(YearIn(State::kArchived), State::kPlanned);
  EXPECT_EQ(common::DetailOf(result.status()).metadata.at("allowed"), "");
}

TEST(AdvanceTest, NeedsAState) {
  const auto result = Advance(YearIn(State::kPlanned), State::kUnspecified);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasViolation("state"));
}

Reopening SomeReopening() {
  return {.reason = "Thiếu báo cáo của Hà Nam",
          .approver = "Nguyễn Văn A, Cụm trưởng",
          .time = samples::Instant("2020-12-14T09:00:00+07:00")};
}

class ReopenAllowed : public ::testing::TestWithParam<MoveCase> {};

TEST_P(ReopenAllowed, CollectsAgainAndKeepsWhy) {
  ClusterYear expected = YearIn(State::kCollecting);
  expected.reopenings = {SomeReopening()};
  expected.reopenings[0].from = GetParam().from;
  EXPECT_THAT(Reopen(YearIn(GetParam().from), SomeReopening(), {}), IsOkAndHolds(expected));
}

INSTANTIATE_TEST_SUITE_P(States, ReopenAllowed,
                         ::testing::ValuesIn<MoveCase>({
                             {"Scoring", State::kScoring, {}},
                             {"Review", State::kReview, {}},
                         }),
                         testkit::CaseName<MoveCase>);

class ReopenRefused : public ::testing::TestWithParam<MoveCase> {};

TEST_P(ReopenRefused, BeforeItIsClosedAndOnceItIsVotedOn) {
  const auto result = Reopen(YearIn(GetParam().from), SomeReopening(), {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(common::kIllegalStateChange));
  EXPECT_EQ(common::DetailOf(result.status()).metadata.at("allowed"), "SCORING,REVIEW");
}

INSTANTIATE_TEST_SUITE_P(States, ReopenRefused,
                         ::testing::ValuesIn<MoveCase>({
                             {"Planned", State::kPlanned, {}},
                             {"Collecting", State::kCollecting, {}},
                             {"Voted", State::kVoted, {}},
                             {"SubmittedUp", State::kSubmittedUp, {}},
                             {"HandedOver", State::kHandedOver, {}},
                             {"Archived", State::kArchived, {}},
                         }),
                         testkit::CaseName<MoveCase>);

TEST(ReopenTest, EachIsKept) {
  const auto once = Reopen(YearIn(State::kScoring), SomeReopening(), {});
  ASSERT_TRUE(once.ok()) << once.status();
  const auto closed = Advance(*once, State::kReview);
  ASSERT_TRUE(closed.ok()) << closed.status();
  const auto twice = Reopen(*closed, SomeReopening(), {});
  ASSERT_TRUE(twice.ok()) << twice.status();
  ASSERT_EQ(twice->reopenings.size(), 2U);
  EXPECT_EQ(twice->reopenings[0].from, State::kScoring);
  EXPECT_EQ(twice->reopenings[1].from, State::kReview);
}

TEST(ReopenTest, NeedsAReasonAndAnApprover) {
  const auto result = Reopen(YearIn(State::kScoring), {}, {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasViolation("reason"));
  EXPECT_THAT(result, HasViolation("approver"));
}

class HandOverTest : public ::testing::Test {
 protected:
  absl::StatusOr<HandedOver> Pass(const ClusterYear& year, const ClusterYear& next) {
    return HandOver(year, next, Day("2020-12-15"), {.units = units_, .forms = forms_}, {});
  }

  // A year that Vĩnh Phúc heads, with the members of the year before.
  static ClusterYear Next() {
    ClusterYear next = Year2020();
    next.members.clear();
    next.head = AUnitId("vinh-phuc");
    next.vice_heads = {AUnitId("bac-ninh")};
    next.calendar[0].period = samples::APeriod("2021");
    return next;
  }

  Units units_ = samples::MembersOf2020();
  Forms forms_ = {{samples::AnnualForm().id, samples::AnnualForm()}};
};

TEST_F(HandOverTest, EndsTheYearAndBeginsTheNext) {
  const auto result = Pass(YearIn(State::kVoted), Next());
  ASSERT_TRUE(result.ok()) << result.status();
  ClusterYear ended = YearIn(State::kHandedOver);
  ended.handover = Handover{
      .from = AUnitId("bac-ninh"),
      .to = AUnitId("vinh-phuc"),
      .date = Day("2020-12-15"),
      .next_cluster_year = ClusterYearId::Parse("clusters/red-river-delta/years/2021").value()};
  EXPECT_EQ(result->ended, ended);
  ClusterYear next = Next();
  next.id = ended.handover->next_cluster_year;
  next.members = Year2020().members;
  next.state = State::kPlanned;
  EXPECT_EQ(result->next, next);
}

TEST_F(HandOverTest, TakesOtherMembers) {
  ClusterYear next = Next();
  next.members = {AUnitId("vinh-phuc"), AUnitId("bac-ninh")};
  EXPECT_THAT(Pass(YearIn(State::kDecided), next),
              IsOkAndHolds(Field(&HandedOver::next, Field(&ClusterYear::members, next.members))));
}

TEST_F(HandOverTest, ChecksTheNextYear) {
  ClusterYear next = Next();
  next.head = AUnitId("ha-noi");
  next.calendar[0].period = samples::APeriod("2020");
  const auto result = Pass(YearIn(State::kVoted), next);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasViolation("next.head"));
  EXPECT_THAT(result, HasViolation("next.calendar[0].period"));
}

TEST_F(HandOverTest, KnowsNoYearAfterTheLast) {
  ClusterYear year = YearIn(State::kVoted);
  year.id.year = 9999;
  EXPECT_THAT(Pass(year, Next()), HasViolation("name"));
}

class HandOverRefused : public HandOverTest, public ::testing::WithParamInterface<MoveCase> {};

TEST_P(HandOverRefused, BeforeTheVoteAndAfterwards) {
  const auto result = Pass(YearIn(GetParam().from), Next());
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(common::kIllegalStateChange));
  EXPECT_EQ(common::DetailOf(result.status()).metadata.at("allowed"), "VOTED,SUBMITTED_UP,DECIDED");
}

INSTANTIATE_TEST_SUITE_P(States, HandOverRefused,
                         ::testing::ValuesIn<MoveCase>({
                             {"Planned", State::kPlanned, {}},
                             {"Review", State::kReview, {}},
                             {"HandedOver", State::kHandedOver, {}},
                             {"Archived", State::kArchived, {}},
                         }),
                         testkit::CaseName<MoveCase>);

}  // namespace
}  // namespace reporting
