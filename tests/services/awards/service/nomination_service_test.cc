// Ballots, nominations, decisions and reopened rounds over a channel.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

#include <string>
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
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;

using BallotStub = v1::BallotService::Stub;
using NominationStub = v1::NominationService::Stub;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

class NominationServiceTest : public AwardsFixture {
 protected:
  // Alliances a and b have equal figures and share the first rank; one flag waits for a ballot.
  void SetUpTie() {
    std::vector<reporting_v1::Change> story = Story();
    story.push_back(Submission({.unit = "b", .figures = {{"COOP_NEW", "18"}}, .revision = 2}));
    Tell(story);
    CreateRubrics();
    CreateRound();
    Score();
  }

  absl::StatusOr<v1::IssueNominationsResponse> Issue() {
    return Call(&RoundStub::IssueNominations,
                Parse<v1::IssueNominationsRequest>(R"pb(name: "rounds/r")pb"));
  }

  absl::StatusOr<v1::OpenBallotResponse> OpenTie() {
    return Call(*ballots_, &BallotStub::OpenBallot, Parse<v1::OpenBallotRequest>(R"pb(
      parent: "rounds/r"
      ballot_id: "tie"
      ballot {
        title { vi: "Bỏ phiếu kín" }
        purpose: PURPOSE_TIE
        award: "flag"
        electors { id: "a" person: "A" unit: "units/a" }
        electors { id: "b" person: "B" unit: "units/b" }
        electors { id: "c" person: "C" unit: "units/c" }
        candidates: "units/a"
        candidates: "units/b"
        places: 1
        quorum { numerator: 2 denominator: 3 }
        threshold { numerator: 1 denominator: 2 }
      })pb"));
  }

  absl::StatusOr<v1::CastVoteResponse> Vote(const std::string& elector, const std::string& choice,
                                            const std::string& request_id = "") {
    v1::CastVoteRequest request;
    request.set_name("rounds/r/ballots/tie");
    request.set_elector(elector);
    request.add_choices(choice);
    request.set_request_id(request_id);
    return Call(*ballots_, &BallotStub::CastVote, request);
  }

  absl::StatusOr<v1::CloseBallotResponse> Close() {
    return Call(*ballots_, &BallotStub::CloseBallot, Parse<v1::CloseBallotRequest>(R"pb(
      name: "rounds/r/ballots/tie"
      minutes: "Biên bản 1"
      person: "Trưởng ban kiểm phiếu")pb"));
  }

  // The tie decided for b.
  void DecideTie() {
    SetUpTie();
    ASSERT_THAT(Issue(), IsOk());
    ASSERT_THAT(OpenTie(), IsOk());
    for (const char* elector : {"a", "b", "c"}) ASSERT_THAT(Vote(elector, "units/b"), IsOk());
    ASSERT_THAT(Close(), IsOk());
  }

  absl::StatusOr<v1::MoveNominationResponse> Move(const std::string& name,
                                                  v1::Nomination::State to) {
    v1::MoveNominationRequest request;
    request.set_name(name);
    request.set_to(to);
    request.set_person("Chuyên viên");
    request.set_reason("Vì thế");
    return Call(*nominations_, &NominationStub::MoveNomination, request);
  }

  absl::StatusOr<v1::ReopenRoundResponse> Reopen(const std::string& reason) {
    v1::ReopenRoundRequest request;
    request.set_name("rounds/r");
    request.set_person("Cụm trưởng");
    request.set_reason(reason);
    return Call(&RoundStub::ReopenRound, request);
  }

  v1::Nomination Read(const std::string& name) {
    v1::GetNominationRequest request;
    request.set_name(name);
    return Call(&RoundStub::GetNomination, request)->nomination();
  }

  std::unique_ptr<BallotStub> ballots_ = v1::BallotService::NewStub(channel_);
  std::unique_ptr<NominationStub> nominations_ = v1::NominationService::NewStub(channel_);
};

TEST_F(NominationServiceTest, ATieGoesToBallotAndTheElectedIsNominated) {
  SetUpTie();
  const auto issued = Issue();
  ASSERT_THAT(issued, IsOk());
  ASSERT_EQ(issued->open_place_details(0).cause(), v1::OpenPlace::CAUSE_BALLOT);
  EXPECT_THAT(issued->open_place_details(0).units(), ElementsAre("units/a", "units/b"));
  ASSERT_THAT(OpenTie(), IsOk());
  ASSERT_THAT(Vote("a", "units/a"), IsOk());
  ASSERT_THAT(Vote("b", "units/b"), IsOk());
  ASSERT_THAT(Vote("c", "units/b"), IsOk());
  const auto closed = Close();
  ASSERT_THAT(closed, IsOk());
  ASSERT_EQ(closed->nominations_size(), 2);
  // With the flag of alliances given to b, its cooperative no longer gets one: that of a does.
  EXPECT_EQ(closed->nominations(0).name(), "rounds/r/nominations/flag.b");
  EXPECT_EQ(closed->nominations(0).ballot(), "rounds/r/ballots/tie");
  EXPECT_EQ(closed->nominations(1).name(), "rounds/r/nominations/agri-flag.rice");
  EXPECT_THAT(Issue()->open_place_details(), IsEmpty());
  EXPECT_EQ(Issue()->nominations_size(), 2);
}

TEST_F(NominationServiceTest, AVoteIsNeitherChangedNorRepeated) {
  SetUpTie();
  ASSERT_THAT(Issue(), IsOk());
  ASSERT_THAT(OpenTie(), IsOk());
  const std::string id = "0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10";
  ASSERT_THAT(Vote("a", "units/a", id), IsOk());
  // The answer of the first time, though the choice differs: a request's choices are not kept.
  EXPECT_EQ(Vote("a", "units/b", id)->voted_count(), 1);
  EXPECT_THAT(Vote("a", "units/b"), HasReason(kAlreadyVoted));
  EXPECT_THAT(Vote("d", "units/b"), HasReason(kNotAnElector));
  EXPECT_THAT(OpenTie(), HasReason(common::kResourceAlreadyExists));
  ASSERT_THAT(Vote("b", "units/a"), IsOk());
  const auto closed = Close();
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->ballot().tallies(0).votes(), 2);
}

TEST_F(NominationServiceTest, WhatTheLogHoldsDoesNotDependOnTheVotes) {
  SetUpTie();
  ASSERT_THAT(Issue(), IsOk());
  ASSERT_THAT(OpenTie(), IsOk());
  const int64_t before = ledger_->Head();
  ASSERT_THAT(Vote("a", "units/a"), IsOk());
  const auto records = ledger_->Changes(before, 10);
  ASSERT_THAT(records, IsOk());
  // One record: the ballot with the name of who has voted.
  ASSERT_EQ(records->size(), 1U);
  v1::Ballot ballot;
  ASSERT_TRUE(ballot.ParseFromString(records->at(0).payload));
  EXPECT_THAT(ballot.voted(), ElementsAre("a"));
  EXPECT_THAT(ballot.tallies(), IsEmpty());
  EXPECT_EQ(records->at(0).method, "thidua.awards.v1.BallotService/CastVote");
}

TEST_F(NominationServiceTest, AReopenedRoundKeepsItsResultAndItsBallot) {
  DecideTie();
  EXPECT_THAT(Reopen(""), HasViolation("reason"));
  ASSERT_THAT(Reopen("Đính chính"), IsOk());
  EXPECT_THAT(Reopen("Đính chính"), HasReason(kRoundNotNominated));
  ASSERT_THAT(Appraise("a", "0"), IsOk());
  ASSERT_THAT(Appraise("b", "0"), IsOk());
  Score();
  const auto again = Issue();
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->result(), "rounds/r/results/2");
  // The same two share the rank, so the ballot still decides.
  EXPECT_EQ(again->nominations(0).name(), "rounds/r/nominations/flag.b");
  EXPECT_EQ(again->nominations(0).state(), v1::Nomination::STATE_PROPOSED);
  const auto old = Call(&RoundStub::GetRoundResult,
                        Parse<v1::GetRoundResultRequest>(R"pb(name: "rounds/r/results/1")pb"));
  ASSERT_THAT(old, IsOk());
  EXPECT_EQ(old->round_result().nominations_size(), 2);
}

TEST_F(NominationServiceTest, WhatFallsIsWithdrawnAndMayComeBack) {
  DecideTie();
  ASSERT_THAT(Reopen("Chấm lại"), IsOk());
  ASSERT_THAT(Appraise("a", "4"), IsOk());
  Score();
  ASSERT_THAT(Issue(), IsOk());
  EXPECT_EQ(Read("rounds/r/nominations/flag.b").state(), v1::Nomination::STATE_WITHDRAWN);
  EXPECT_EQ(Read("rounds/r/nominations/flag.a").state(), v1::Nomination::STATE_PROPOSED);
  ASSERT_THAT(Reopen("Chấm lại lần nữa"), IsOk());
  ASSERT_THAT(Appraise("b", "4"), IsOk());
  ASSERT_THAT(Appraise("a", "0"), IsOk());
  Score();
  ASSERT_THAT(Issue(), IsOk());
  const v1::Nomination back = Read("rounds/r/nominations/flag.b");
  EXPECT_EQ(back.state(), v1::Nomination::STATE_PROPOSED);
  EXPECT_EQ(back.result(), "rounds/r/results/3");
  EXPECT_EQ(back.events_size(), 3);
}

TEST_F(NominationServiceTest, WhatAPersonWithdrewDoesNotComeBack) {
  DecideTie();
  ASSERT_THAT(Move("rounds/r/nominations/flag.b", v1::Nomination::STATE_WITHDRAWN), IsOk());
  const auto preview = Call(&RoundStub::PreviewRescoring,
                            Parse<v1::PreviewRescoringRequest>(R"pb(name: "rounds/r")pb"));
  ASSERT_THAT(preview, IsOk());
  EXPECT_THAT(preview->arising_nominations(), IsEmpty());
  ASSERT_THAT(Reopen("Chấm lại"), IsOk());
  Score();
  ASSERT_THAT(Issue(), IsOk());
  EXPECT_EQ(Read("rounds/r/nominations/flag.b").state(), v1::Nomination::STATE_WITHDRAWN);
}

TEST_F(NominationServiceTest, AHoldIsWaitedForByWhatIsNominatedLater) {
  SetUpTie();
  ASSERT_THAT(Call(*nominations_, &NominationStub::PlaceHold, Parse<v1::PlaceHoldRequest>(R"pb(
                hold_id: "h"
                hold {
                  unit: "units/b"
                  matter: MATTER_COMPLAINT
                  reference: "Đơn 1"
                  person: "Thanh tra"
                  begin_date: "2020-12-01"
                })pb")),
              IsOk());
  ASSERT_THAT(Issue(), IsOk());
  ASSERT_THAT(OpenTie(), IsOk());
  for (const char* elector : {"a", "b", "c"}) ASSERT_THAT(Vote(elector, "units/b"), IsOk());
  ASSERT_THAT(Close(), IsOk());
  const v1::Nomination held = Read("rounds/r/nominations/flag.b");
  EXPECT_EQ(held.state(), v1::Nomination::STATE_ON_HOLD);
  EXPECT_EQ(held.held_state(), v1::Nomination::STATE_PROPOSED);
  EXPECT_EQ(held.hold(), "holds/h");
}

TEST_F(NominationServiceTest, AMoveOfAnOldVersionIsRefused) {
  DecideTie();
  v1::MoveNominationRequest request;
  request.set_name("rounds/r/nominations/flag.b");
  request.set_to(v1::Nomination::STATE_WITHDRAWN);
  request.set_person("Chuyên viên");
  request.set_reason("Vì thế");
  request.set_etag("v7");
  EXPECT_THAT(Call(*nominations_, &NominationStub::MoveNomination, request),
              HasReason(common::kEtagMismatch));
}

TEST_F(NominationServiceTest, ADecisionOnSomethingUnknownChangesNothing) {
  DecideTie();
  const int64_t before = ledger_->Head();
  const auto refused =
      Call(*nominations_, &NominationStub::RecordDecision, Parse<v1::RecordDecisionRequest>(R"pb(
        decision_id: "d"
        decision {
          number: "1"
          date: "2021-01-10"
          authority: "Chủ tịch"
          legal_basis: "437"
          nominations: "rounds/r/nominations/flag.x"
        })pb"));
  EXPECT_THAT(refused, HasReason(kNominationUnknown));
  EXPECT_THAT(refused, HasViolation("decision.nominations[0]"));
  EXPECT_EQ(ledger_->Head(), before);
}

}  // namespace
}  // namespace awards
