// Rounds and what people record in them.
#include <gmock/gmock.h>

#include <functional>
#include <string>

#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/domain/appraisal.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/store/awards_store.h"
#include "tests/services/awards/service/awards_fixture.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::SequentialIds;
using testkit::StatusIs;

class RoundServiceTest : public AwardsFixture {
 protected:
  absl::StatusOr<v1::CreateRoundResponse> Create(const v1::CreateRoundRequest& request) {
    return Call(&RoundStub::CreateRound, request);
  }
  absl::StatusOr<v1::GetRoundResponse> Get(const std::string& name) {
    v1::GetRoundRequest request;
    request.set_name(name);
    return Call(&RoundStub::GetRound, request);
  }
  // Issues the nominations of `rounds/r`, which closes it.
  void Close() {
    Score();
    v1::IssueNominationsRequest request;
    request.set_name("rounds/r");
    ASSERT_THAT(Call(&RoundStub::IssueNominations, request), IsOk());
  }
};

TEST_F(RoundServiceTest, OpensARound) {
  Tell(Story());
  CreateRubrics();
  v1::CreateRoundRequest request = SomeRound();
  request.mutable_round()->set_state(v1::Round::STATE_NOMINATED);
  const auto created = Create(request);
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->round().name(), "rounds/r");
  EXPECT_EQ(created->round().state(), v1::Round::STATE_OPEN);
  EXPECT_EQ(created->round().etag(), "v1");
  const auto found = Get("rounds/r");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->round().SerializeAsString(), created->round().SerializeAsString());
}

TEST_F(RoundServiceTest, RefusesAllFieldsAtFaultAtOnce) {
  v1::CreateRoundRequest request = SomeRound();
  request.set_round_id("");
  request.mutable_round()->clear_title();
  request.mutable_round()->mutable_categories(1)->mutable_award()->mutable_share()->set_percent(
      "0");
  const auto refused = Create(request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasViolation("round_id"));
  EXPECT_THAT(refused, HasViolation("round.title.vi"));
  EXPECT_THAT(refused, HasViolation("round.categories[1].award.share.percent"));
}

TEST_F(RoundServiceTest, RefusesATakenId) {
  SetUpRound();
  const auto refused = Create(SomeRound());
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(refused, HasReason(common::kResourceAlreadyExists));
}

TEST_F(RoundServiceTest, RefusesAnUnknownRubric) {
  Tell(Story());
  const auto refused = Create(SomeRound());
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason(kRubricUnknown));
}

TEST_F(RoundServiceTest, RefusesAClusterYearThatTheFeedHasNotToldOf) {
  CreateRubrics();
  const auto refused = Create(SomeRound());
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason(kClusterYearUnknown));
}

TEST_F(RoundServiceTest, RefusesARequestIdWithOtherContent) {
  Tell(Story());
  CreateRubrics();
  v1::CreateRoundRequest request = SomeRound();
  request.set_request_id(SequentialIds::Uuid(5));
  ASSERT_THAT(Create(request), IsOk());
  request.mutable_round()->set_flags_per_province(0);
  EXPECT_THAT(Create(request), HasReason(common::kRequestIdReused));
}

TEST_F(RoundServiceTest, ListsRounds) {
  SetUpRound();
  v1::CreateRoundRequest request = SomeRound();
  request.set_round_id("q");
  ASSERT_THAT(Create(request), IsOk());
  const auto list = Call(&RoundStub::ListRounds, v1::ListRoundsRequest());
  ASSERT_THAT(list, IsOk());
  ASSERT_EQ(list->rounds_size(), 2);
  EXPECT_EQ(list->rounds(0).name(), "rounds/q");
  EXPECT_EQ(list->rounds(1).name(), "rounds/r");
}

TEST_F(RoundServiceTest, DoesNotFindWhatIsNotThere) {
  EXPECT_THAT(Get("rounds/none"), HasReason(common::kResourceNotFound));
  v1::GetScoreSheetRequest sheet;
  sheet.set_name("rounds/r/scoreSheets/a");
  EXPECT_THAT(Call(&RoundStub::GetScoreSheet, sheet), StatusIs(absl::StatusCode::kNotFound));
  v1::GetNominationRequest nomination;
  nomination.set_name("rounds/r/nominations/flag.a");
  EXPECT_THAT(Call(&RoundStub::GetNomination, nomination), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(RoundServiceTest, ListsInARoundNeedTheRound) {
  EXPECT_THAT(Call(&RoundStub::ListScoreSheets, v1::ListScoreSheetsRequest()),
              HasViolation("parent"));
  EXPECT_THAT(Call(&RoundStub::ListNominations, v1::ListNominationsRequest()),
              HasViolation("parent"));
}

TEST_F(RoundServiceTest, RecordsAnAppraisal) {
  SetUpRound();
  const auto recorded = Appraise("a", "3.5");
  ASSERT_THAT(recorded, IsOk());
  EXPECT_EQ(recorded->appraisal().name(), "rounds/r/appraisals/a.2.1");
  EXPECT_EQ(recorded->appraisal().points(), "3.5");
  EXPECT_EQ(recorded->appraisal().revision(), 1);
}

TEST_F(RoundServiceTest, ASecondAppraisalReplacesTheFirstWhichStaysReadable) {
  SetUpRound();
  ASSERT_THAT(Appraise("a", "3.5"), IsOk());
  const auto second = Appraise("a", "2");
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->appraisal().revision(), 2);
  ASSERT_THAT(ledger_->Read([](common::storage::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto all, History<Appraisal>(reader, "rounds/r/appraisals/a.2.1", 9));
    EXPECT_EQ(all.size(), 2U);
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_F(RoundServiceTest, TheSameAppraisalAgainChangesNothing) {
  SetUpRound();
  ASSERT_THAT(Appraise("a", "3.5"), IsOk());
  const int64_t head = ledger_->Head();
  const auto again = Appraise("a", "3.5");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->appraisal().revision(), 1);
  EXPECT_EQ(ledger_->Head(), head);
}

// An appraisal that is refused: what differs from a good one.
struct RefusedAppraisal {
  std::string name{};
  std::function<void(v1::RecordAppraisalRequest&)> alter{};
  absl::StatusCode code{};
  std::string_view reason{};
};

void PrintTo(const RefusedAppraisal& row, std::ostream* out) { *out << row.name; }

class AppraisalRefused : public RoundServiceTest,
                         public ::testing::WithParamInterface<RefusedAppraisal> {};

TEST_P(AppraisalRefused, WithItsReason) {
  SetUpRound();
  v1::RecordAppraisalRequest request;
  request.set_parent("rounds/r");
  v1::Appraisal& appraisal = *request.mutable_appraisal();
  appraisal.set_unit("units/a");
  appraisal.set_criterion("2.1");
  appraisal.set_points("1");
  appraisal.set_appraiser("Chủ tịch");
  appraisal.set_appraiser_unit("units/c");
  appraisal.set_reason("Thẩm định");
  GetParam().alter(request);
  const auto refused = Call(&RoundStub::RecordAppraisal, request);
  EXPECT_THAT(refused, StatusIs(GetParam().code));
  EXPECT_THAT(refused, HasReason(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, AppraisalRefused,
    ::testing::ValuesIn<RefusedAppraisal>({
        {"NoSuchRound", [](auto& r) { r.set_parent("rounds/none"); }, absl::StatusCode::kNotFound,
         common::kResourceNotFound},
        {"UnitInNoCategory", [](auto& r) { r.mutable_appraisal()->set_unit("units/z"); },
         absl::StatusCode::kFailedPrecondition, kUnitNotInRound},
        {"NoUnit", [](auto& r) { r.mutable_appraisal()->clear_unit(); },
         absl::StatusCode::kInvalidArgument, common::kRequiredFieldMissing},
        {"CriterionThatIsNotManual", [](auto& r) { r.mutable_appraisal()->set_criterion("1.1"); },
         absl::StatusCode::kInvalidArgument, kCriterionUnknown},
        {"MorePointsThanTheMaximum",
         [](auto& r) {
           r.mutable_appraisal()->set_points("4.5");
           r.mutable_appraisal()->set_evidence("e");
         },
         absl::StatusCode::kInvalidArgument, kPointsOutOfRange},
        {"PointsBetweenSteps", [](auto& r) { r.mutable_appraisal()->set_points("1.25"); },
         absl::StatusCode::kInvalidArgument, kPointsNotOnStep},
        {"ManyPointsWithoutEvidence", [](auto& r) { r.mutable_appraisal()->set_points("2.5"); },
         absl::StatusCode::kInvalidArgument, kEvidenceRequired},
        {"OwnUnit", [](auto& r) { r.mutable_appraisal()->set_appraiser_unit("units/a"); },
         absl::StatusCode::kFailedPrecondition, kOwnUnitAppraised},
    }),
    [](const auto& row) { return row.param.name; });

TEST_F(RoundServiceTest, ACategoryHasItsOwnRubric) {
  SetUpRound();
  // The rubric of cooperatives has no criterion 2.1.
  EXPECT_THAT(Appraise("rice", "1"), HasReason(kCriterionUnknown));
}

TEST_F(RoundServiceTest, RecordsAnEvent) {
  SetUpRound();
  const auto recorded = Happen("a", "model");
  ASSERT_THAT(recorded, IsOk());
  EXPECT_EQ(recorded->event().name(), "rounds/r/events/model");
}

TEST_F(RoundServiceTest, TheSameEventAgainChangesNothing) {
  SetUpRound();
  ASSERT_THAT(Happen("a", "model"), IsOk());
  const int64_t head = ledger_->Head();
  EXPECT_THAT(Happen("a", "model"), IsOk());
  EXPECT_EQ(ledger_->Head(), head);
}

TEST_F(RoundServiceTest, AnEventKeepsItsContent) {
  SetUpRound();
  ASSERT_THAT(Happen("a", "model"), IsOk());
  const auto refused = Happen("b", "model");
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(refused, HasReason(common::kResourceAlreadyExists));
}

// An event that is refused: what differs from a good one.
struct RefusedEvent {
  std::string name{};
  std::function<void(v1::RecordEventRequest&)> alter{};
  absl::StatusCode code{};
  std::string_view reason{};
};

void PrintTo(const RefusedEvent& row, std::ostream* out) { *out << row.name; }

class EventRefused : public RoundServiceTest, public ::testing::WithParamInterface<RefusedEvent> {};

TEST_P(EventRefused, WithItsReason) {
  SetUpRound();
  v1::RecordEventRequest request;
  request.set_parent("rounds/r");
  request.set_event_id("model");
  v1::Event& event = *request.mutable_event();
  event.set_unit("units/a");
  event.set_criterion("B1");
  event.set_count(1);
  event.set_date("2020-05-01");
  event.set_description("d");
  event.set_evidence("e");
  GetParam().alter(request);
  const auto refused = Call(&RoundStub::RecordEvent, request);
  EXPECT_THAT(refused, StatusIs(GetParam().code));
  EXPECT_THAT(refused, HasReason(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, EventRefused,
    ::testing::ValuesIn<RefusedEvent>({
        {"NoSuchRound", [](auto& r) { r.set_parent("rounds/none"); }, absl::StatusCode::kNotFound,
         common::kResourceNotFound},
        {"NoId", [](auto& r) { r.clear_event_id(); }, absl::StatusCode::kInvalidArgument,
         common::kRequiredFieldMissing},
        {"IdOfAnotherForm", [](auto& r) { r.set_event_id("Model 1"); },
         absl::StatusCode::kInvalidArgument, common::kInvalidName},
        {"UnitInNoCategory", [](auto& r) { r.mutable_event()->set_unit("units/z"); },
         absl::StatusCode::kFailedPrecondition, kUnitNotInRound},
        {"CriterionThatCountsNoEvents", [](auto& r) { r.mutable_event()->set_criterion("2.1"); },
         absl::StatusCode::kInvalidArgument, kCriterionUnknown},
        {"NoSuchDay", [](auto& r) { r.mutable_event()->set_date("2020-02-30"); },
         absl::StatusCode::kInvalidArgument, common::kInvalidDate},
        {"CountOfZero", [](auto& r) { r.mutable_event()->set_count(0); },
         absl::StatusCode::kInvalidArgument, common::kInvalidField},
    }),
    [](const auto& row) { return row.param.name; });

TEST_F(RoundServiceTest, AClosedRoundTakesNothingMore) {
  SetUpRound();
  Close();
  EXPECT_THAT(Appraise("a", "1"), HasReason(kRoundClosed));
  EXPECT_THAT(Happen("a", "model"), HasReason(kRoundClosed));
  v1::ScoreRoundRequest request;
  request.set_name("rounds/r");
  const auto refused = Call(&RoundStub::ScoreRound, request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason(kRoundClosed));
}

TEST_F(RoundServiceTest, TellsHowFarTheFeedHasBeenConsumed) {
  const auto before = Call(&RoundStub::GetFeedPosition, v1::GetFeedPositionRequest());
  ASSERT_THAT(before, IsOk());
  Tell({Alliance("a")});
  const auto after = Call(&RoundStub::GetFeedPosition, v1::GetFeedPositionRequest());
  ASSERT_THAT(after, IsOk());
  EXPECT_NE(after->resume_token(), before->resume_token());
  EXPECT_EQ(after->lag(), 0);
}

}  // namespace
}  // namespace awards
