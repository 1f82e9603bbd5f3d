// From figures to standings and nominations.
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "common/status/reasons.h"
#include "services/awards/domain/reasons.h"
#include "tests/services/awards/service/awards_fixture.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
namespace reporting_v1 = thidua::reporting::v1;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::SequentialIds;
using testkit::StatusIs;

// `unit rank total` of each place.
std::vector<std::string> Places(const v1::Standings& standings) {
  std::vector<std::string> places;
  for (const v1::Standing& place : standings.standings()) {
    places.push_back(place.unit() + " " + std::to_string(place.rank()) + " " + place.total());
  }
  return places;
}

std::vector<std::string> Stale(const v1::Standings& standings) {
  return {standings.stale_resources().begin(), standings.stale_resources().end()};
}

class ScoringTest : public AwardsFixture {
 protected:
  absl::StatusOr<v1::ScoreRoundResponse> TryScore(const v1::ScoreRoundRequest& request) {
    return Call(&RoundStub::ScoreRound, request);
  }
  absl::StatusOr<v1::IssueNominationsResponse> Issue() {
    v1::IssueNominationsRequest request;
    request.set_name("rounds/r");
    return Call(&RoundStub::IssueNominations, request);
  }
  absl::StatusOr<v1::ListScoreSheetsResponse> Sheets(int page_size = 0,
                                                     const std::string& page_token = "") {
    v1::ListScoreSheetsRequest request;
    request.set_parent("rounds/r");
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return Call(&RoundStub::ListScoreSheets, request);
  }
  v1::ScoreSheet Sheet(const std::string& unit) {
    v1::GetScoreSheetRequest request;
    request.set_name("rounds/r/scoreSheets/" + unit);
    const auto response = Call(&RoundStub::GetScoreSheet, request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? response->score_sheet() : v1::ScoreSheet();
  }
};

TEST_F(ScoringTest, RanksByWhatWasReported) {
  SetUpRound();
  const v1::ScoreRoundResponse scored = Score();
  ASSERT_EQ(scored.standings_size(), 2);
  // 10 × 18 / 20 + 5, 10 × 15 / 20 + 5, 10 × 12 / 20 + 5.
  EXPECT_THAT(Places(scored.standings(0)),
              ElementsAre("units/a 1 14.00", "units/b 2 12.50", "units/c 3 11.00"));
  EXPECT_THAT(Places(scored.standings(1)),
              ElementsAre("units/rice 1 90.00", "units/fruit 2 70.00"));
  EXPECT_EQ(scored.round().state(), v1::Round::STATE_SCORED);
  EXPECT_THAT(scored.round().snapshot_hash(), Not(IsEmpty()));
  EXPECT_EQ(scored.standings(0).standings(0).unit_title().vi(), "Liên minh a");
  EXPECT_EQ(scored.standings(0).standings(1).decided_by(), "total");
  EXPECT_EQ(scored.standings(0).quota(), 1);
}

TEST_F(ScoringTest, CountsAppraisalsAndEvents) {
  SetUpRound();
  ASSERT_THAT(Appraise("b", "3.5"), IsOk());
  ASSERT_THAT(Happen("c", "first"), IsOk());
  ASSERT_THAT(Happen("c", "second"), IsOk());
  ASSERT_THAT(Happen("c", "third"), IsOk());
  // 12.50 + 3.5; the bonus of c is capped at 2.
  EXPECT_THAT(Places(Score().standings(0)),
              ElementsAre("units/b 1 16.00", "units/a 2 14.00", "units/c 3 13.00"));
}

TEST_F(ScoringTest, ASheetNamesEverythingItWasMadeFrom) {
  SetUpRound();
  ASSERT_THAT(Appraise("a", "1"), IsOk());
  Score();
  const v1::ScoreSheet sheet = Sheet("a");
  std::vector<std::string> pinned;
  for (const v1::Pin& pin : sheet.pins()) pinned.push_back(pin.resource());
  EXPECT_THAT(pinned, ElementsAre(kClusterYear, std::string(kClusterYear) + "/pact",
                                  "rounds/r/appraisals/a.2.1", "units/a", AnnualName("a"),
                                  QuarterName("a")));
  EXPECT_EQ(sheet.groups(0).lines(0).inputs(0).resource(), AnnualName("a"));
  EXPECT_EQ(sheet.groups(0).lines(0).full_points(), "9");
}

TEST_F(ScoringTest, AUnitWithoutTheFiguresItNeedsIsNotRanked) {
  SetUpRound();
  Tell({Submission({.unit = "rice",
                    .form = kCooperativeForm,
                    .figures = {{"POINTS", "90"}},
                    .state = reporting_v1::Submission::STATE_RETURNED})});
  EXPECT_THAT(Places(Score().standings(1)), ElementsAre("units/fruit 1 70.00", "units/rice 0 "));
  EXPECT_EQ(Sheet("rice").state(), v1::ScoreSheet::STATE_BLOCKED);
}

TEST_F(ScoringTest, ScoringTheSameInputsAgainChangesNothing) {
  SetUpRound();
  const v1::ScoreRoundResponse first = Score();
  const int64_t head = ledger_->Head();
  clock_.Advance(absl::Hours(30));
  const v1::ScoreRoundResponse second = Score();
  EXPECT_EQ(ledger_->Head(), head);
  EXPECT_EQ(second.SerializeAsString(), first.SerializeAsString());
}

TEST_F(ScoringTest, ScoringAgainWritesOnlySheetsThatDiffer) {
  SetUpRound();
  Score();
  Tell({Submission({.unit = "c", .figures = {{"COOP_NEW", "20"}}, .revision = 2})});
  const int64_t head = ledger_->Head();
  EXPECT_THAT(Places(Score().standings(0)),
              ElementsAre("units/c 1 15.00", "units/a 2 14.00", "units/b 3 12.50"));
  // One sheet, two standings with the new snapshot hash, the round.
  EXPECT_EQ(ledger_->Head(), head + 4);
}

TEST_F(ScoringTest, AUnitThatLeftHasNoSheetAnyMore) {
  SetUpRound();
  Score();
  Tell({ClusterYear({"a", "b"})});
  EXPECT_THAT(Stale(Standings("alliances")), ElementsAre("units/c"));
  Score();
  v1::GetScoreSheetRequest request;
  request.set_name("rounds/r/scoreSheets/c");
  EXPECT_THAT(Call(&RoundStub::GetScoreSheet, request), HasReason(common::kResourceNotFound));
  EXPECT_EQ(Sheets()->score_sheets_size(), 4);
}

TEST_F(ScoringTest, ListsSheetsAPageAtATime) {
  SetUpRound();
  Score();
  std::vector<std::string> units;
  std::string page_token;
  do {
    const auto page = Sheets(2, page_token);
    ASSERT_THAT(page, IsOk());
    for (const v1::ScoreSheet& sheet : page->score_sheets()) units.push_back(sheet.unit());
    page_token = page->next_page_token();
  } while (!page_token.empty());
  EXPECT_THAT(units, ElementsAre("units/a", "units/b", "units/c", "units/fruit", "units/rice"));
}

TEST_F(ScoringTest, ValidatingOnlyScoresWithoutStoring) {
  SetUpRound();
  v1::ScoreRoundRequest request;
  request.set_name("rounds/r");
  request.set_validate_only(true);
  const auto scored = TryScore(request);
  ASSERT_THAT(scored, IsOk());
  EXPECT_EQ(scored->standings(0).standings_size(), 3);
  EXPECT_EQ(Sheets()->score_sheets_size(), 0);
}

TEST_F(ScoringTest, RefusesARoundThatIsNotThere) {
  v1::ScoreRoundRequest request;
  request.set_name("rounds/none");
  EXPECT_THAT(TryScore(request), HasReason(common::kResourceNotFound));
  v1::IssueNominationsRequest issue;
  issue.set_name("rounds/none");
  EXPECT_THAT(Call(&RoundStub::IssueNominations, issue), HasReason(common::kResourceNotFound));
}

TEST_F(ScoringTest, WaitsForTheFiguresThatTheCallerHasSeen) {
  SetUpRound();
  v1::ScoreRoundRequest request;
  request.set_name("rounds/r");
  request.set_min_reporting_token(
      feed_.Commit({Submission({.unit = "c", .figures = {{"COOP_NEW", "20"}}, .revision = 2})}));
  const auto scored = TryScore(request);
  ASSERT_THAT(scored, IsOk());
  EXPECT_EQ(scored->standings(0).standings(0).unit(), "units/c");
}

TEST_F(ScoringTest, SaysThatItIsBehindBeforeTheDeadlineOfTheCall) {
  SetUpRound();
  feed_.TellOnly(0);
  v1::ScoreRoundRequest request;
  request.set_name("rounds/r");
  request.set_min_reporting_token(feed_.Commit({Alliance("z")}));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(2));
  v1::ScoreRoundResponse response;
  const absl::Status status =
      common::rpc::FromGrpcStatus(rounds_->ScoreRound(&context, request, &response));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(status, HasReason(kProjectionBehind));
}

TEST_F(ScoringTest, RefusesAMalformedReportingToken) {
  SetUpRound();
  v1::ScoreRoundRequest request;
  request.set_name("rounds/r");
  request.set_min_reporting_token("x");
  EXPECT_THAT(TryScore(request), HasViolation("min_reporting_token"));
}

TEST_F(ScoringTest, ARepeatedRequestMayKnowOfNewerCommits) {
  SetUpRound();
  v1::ScoreRoundRequest request;
  request.set_name("rounds/r");
  request.set_request_id(SequentialIds::Uuid(9));
  const auto first = TryScore(request);
  ASSERT_THAT(first, IsOk());
  request.set_min_reporting_token(feed_.Commit({Alliance("z")}));
  const auto second = TryScore(request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->SerializeAsString(), first->SerializeAsString());
}

TEST_F(ScoringTest, DoesNotScoreFromACopyThatIsBeingMadeAnew) {
  SetUpRound();
  feed_.TellOnly(1);
  feed_.BecomeStore({.store_id = "22222222-2222-4222-8222-222222222222", .epoch = 1});
  feed_.Commit({Alliance("a")});
  feed_.Commit({Alliance("b")});
  const int checkpoints = feed_.checkpoints();
  feed_.EndStreams();
  feed_.WaitForCheckpoints(checkpoints + 2);
  v1::ScoreRoundRequest request;
  request.set_name("rounds/r");
  EXPECT_THAT(TryScore(request), HasReason(kProjectionBehind));
}

TEST_F(ScoringTest, StandingsNeedScores) {
  SetUpRound();
  v1::GetStandingsRequest request;
  request.set_name("rounds/r/standings/alliances");
  const auto refused = Call(&RoundStub::GetStandings, request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason(kRoundNotScored));
}

TEST_F(ScoringTest, StandingsOfWhatIsNotThereAreNotFound) {
  SetUpRound();
  for (const char* name : {"rounds/none/standings/alliances", "rounds/r/standings/none", "x"}) {
    v1::GetStandingsRequest request;
    request.set_name(name);
    EXPECT_THAT(Call(&RoundStub::GetStandings, request), HasReason(common::kResourceNotFound))
        << name;
  }
}

TEST_F(ScoringTest, FreshStandingsHaveNoStaleResources) {
  SetUpRound();
  Score();
  EXPECT_THAT(Stale(Standings("alliances")), IsEmpty());
  EXPECT_THAT(Stale(Standings("agri")), IsEmpty());
}

TEST_F(ScoringTest, StandingsNameWhatHasChangedSince) {
  SetUpRound();
  Score();
  Tell({Submission({.unit = "c", .figures = {{"COOP_NEW", "13"}}, .revision = 2})});
  ASSERT_THAT(Appraise("a", "1"), IsOk());
  ASSERT_THAT(Happen("b", "model"), IsOk());
  EXPECT_THAT(Stale(Standings("alliances")),
              ElementsAre("rounds/r/appraisals/a.2.1", "rounds/r/events/model", AnnualName("c")));
  EXPECT_THAT(Stale(Standings("agri")), IsEmpty());
}

TEST_F(ScoringTest, ANewEntrantMakesStandingsStale) {
  SetUpRound();
  Score();
  Tell({Cooperative("tea", "c", reporting_v1::Unit::SECTOR_AGRICULTURE)});
  EXPECT_THAT(Stale(Standings("agri")), ElementsAre("units/tea"));
}

TEST_F(ScoringTest, NominatesWithinQuotaGatesAndProvinces) {
  SetUpRound();
  Score();
  const auto issued = Issue();
  ASSERT_THAT(issued, IsOk());
  // The flag of alliances goes to a, so a's province has its flag and rice is passed over.
  ASSERT_EQ(issued->nominations_size(), 2);
  EXPECT_EQ(issued->nominations(0).name(), "rounds/r/nominations/flag.a");
  EXPECT_EQ(issued->nominations(0).total(), "14.00");
  EXPECT_EQ(issued->nominations(0).state(), v1::Nomination::STATE_PROPOSED);
  EXPECT_EQ(issued->nominations(0).award_title().vi(), "Cờ thi đua");
  EXPECT_EQ(issued->nominations(0).unit_title().vi(), "Liên minh a");
  EXPECT_EQ(issued->nominations(0).score_sheet(), "rounds/r/scoreSheets/a");
  EXPECT_EQ(issued->nominations(0).etag(), "v1");
  EXPECT_EQ(issued->nominations(1).name(), "rounds/r/nominations/agri-flag.fruit");
  EXPECT_EQ(issued->nominations(1).province_unit(), "units/b");
  v1::GetRoundRequest request;
  request.set_name("rounds/r");
  EXPECT_EQ(Call(&RoundStub::GetRound, request)->round().state(), v1::Round::STATE_NOMINATED);
}

TEST_F(ScoringTest, IssuingAgainAnswersTheSameAndChangesNothing) {
  SetUpRound();
  Score();
  const auto first = Issue();
  const int64_t head = ledger_->Head();
  clock_.Advance(absl::Hours(1));
  const auto second = Issue();
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(ledger_->Head(), head);
}

TEST_F(ScoringTest, IssuingAgainAnswersTheSameAfterFiguresChanged) {
  SetUpRound();
  Score();
  const auto first = Issue();
  Tell({Submission({.unit = "a", .figures = {{"COOP_NEW", "1"}}, .revision = 2})});
  const auto second = Issue();
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->nominations(0).SerializeAsString(), first->nominations(0).SerializeAsString());
  EXPECT_THAT(Stale(Standings("alliances")), ElementsAre(AnnualName("a")));
}

TEST_F(ScoringTest, TellsOfPlacesThatStayOpen) {
  std::vector<reporting_v1::Change> story = Story();
  story.push_back(Submission({.unit = "b", .figures = {{"COOP_NEW", "18"}}, .revision = 2}));
  Tell(story);
  CreateRubrics();
  CreateRound();
  Score();
  const auto issued = Issue();
  ASSERT_THAT(issued, IsOk());
  EXPECT_THAT(issued->open_places(), Not(IsEmpty()));
  EXPECT_EQ(Issue()->SerializeAsString(), issued->SerializeAsString());
}

TEST_F(ScoringTest, NominationsCanBeReadOneByOneAndAsAList) {
  SetUpRound();
  Score();
  const auto issued = Issue();
  ASSERT_THAT(issued, IsOk());
  v1::GetNominationRequest get;
  get.set_name("rounds/r/nominations/flag.a");
  EXPECT_EQ(Call(&RoundStub::GetNomination, get)->nomination().SerializeAsString(),
            issued->nominations(0).SerializeAsString());
  v1::ListNominationsRequest list;
  list.set_parent("rounds/r");
  const auto all = Call(&RoundStub::ListNominations, list);
  ASSERT_THAT(all, IsOk());
  ASSERT_EQ(all->nominations_size(), 2);
  EXPECT_EQ(all->nominations(0).name(), "rounds/r/nominations/agri-flag.fruit");
}

TEST_F(ScoringTest, NominationsNeedScores) {
  SetUpRound();
  EXPECT_THAT(Issue(), HasReason(kRoundNotScored));
}

TEST_F(ScoringTest, NominationsNeedFreshScores) {
  SetUpRound();
  Score();
  ASSERT_THAT(Appraise("a", "1"), IsOk());
  const auto refused = Issue();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason(kScoresStale));
}

TEST_F(ScoringTest, NominationsNeedAYearWhoseFiguresAreClosed) {
  SetUpRound();
  Tell({ClusterYear({"a", "b", "c"}, reporting_v1::ClusterYear::STATE_COLLECTING)});
  Score();
  const auto refused = Issue();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason(kClusterYearOpen));
}

TEST_F(ScoringTest, ParallelScoringGivesOneResult) {
  SetUpRound();
  std::vector<std::thread> threads;
  std::vector<std::string> hashes(8);
  for (size_t i = 0; i < hashes.size(); ++i) {
    threads.emplace_back([this, &hashes, i] { hashes[i] = Score().round().SerializeAsString(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& hash : hashes) EXPECT_EQ(hash, hashes[0]);
  // Five sheets, two standings, one version of the round beyond its first.
  v1::GetRoundRequest request;
  request.set_name("rounds/r");
  EXPECT_EQ(Call(&RoundStub::GetRound, request)->round().etag(), "v2");
}

// Each seed is another order in which the same resources arrive.
class ScoringInAnyOrder : public ScoringTest, public ::testing::WithParamInterface<unsigned> {};

// The sheets of the story told in its own order.
std::string ReferenceSheets() {
  class Reference : public ScoringTest {
   public:
    void TestBody() override {
      SetUpRound();
      Score();
      sheets = Sheets()->SerializeAsString();
    }
    std::string sheets{};
  };
  Reference reference;
  reference.TestBody();
  return reference.sheets;
}

TEST_P(ScoringInAnyOrder, SheetsAreByteIdentical) {
  std::vector<reporting_v1::Change> story = Story();
  std::shuffle(story.begin(), story.end(), std::mt19937(GetParam()));
  Tell(story);
  CreateRubrics();
  CreateRound();
  clock_.Advance(absl::Hours(GetParam()));
  Score();
  EXPECT_EQ(Sheets()->SerializeAsString(), ReferenceSheets());
}

INSTANTIATE_TEST_SUITE_P(Seeds, ScoringInAnyOrder, ::testing::Range(1U, 6U));

}  // namespace
}  // namespace awards
