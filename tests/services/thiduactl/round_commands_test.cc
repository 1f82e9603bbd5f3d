// The commands about rounds beyond their standings: preview, reviews, ballots, register, divide.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/services/thiduactl/run_program.h"
#include "thidua/awards/v1/ballot_service.pb.h"
#include "thidua/awards/v1/quota_service.pb.h"
#include "thidua/awards/v1/register_service.pb.h"
#include "thidua/awards/v1/review_service.pb.h"
#include "thidua/awards/v1/round_service.pb.h"

namespace thiduactl {
namespace {

using ::testing::HasSubstr;
namespace awards = ::thidua::awards::v1;

template <typename Message>
Message Proto(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

class AwardsCommands : public ::testing::Test {
 protected:
  ScriptedServer server_;
};

TEST_F(AwardsCommands, PreviewShowsWhatWouldChange) {
  server_.Answer<awards::PreviewRescoringRequest>(Proto<awards::PreviewRescoringResponse>(R"pb(
    units {
      unit: "units/bac-ninh"
      category: "alliances"
      old_total: "13.00"
      new_total: "8.00"
      old_rank: 1
      new_rank: 4
      lines { criterion: "1.1" old_points: "10.00" new_points: "5.00" }
    }
    falling_nominations: "rounds/r/nominations/cup.bac-ninh"
    open_places { description: "1 of 2 places of cup stays open." }
  )pb"));
  const RunResult run = RunAgainst(server_, {"preview", "r"});
  EXPECT_EQ(run.code, ExitCode::kOk);
  EXPECT_EQ(run.out,
            "UNIT      CATEGORY   RANK    TOTAL          LINE  POINTS\n"
            "bac-ninh  alliances  1 -> 4  13.00 -> 8.00\n"
            "                                            1.1   10.00 -> 5.00\n"
            "would fall: cup.bac-ninh\n"
            "would stay open: 1 of 2 places of cup stays open.\n");
  EXPECT_EQ(server_.Received<awards::PreviewRescoringRequest>()[0].name(), "rounds/r");
}

TEST_F(AwardsCommands, ReviewsAreThoseOfTheViewer) {
  server_.Answer<awards::ListReviewsRequest>(Proto<awards::ListReviewsResponse>(R"pb(
    reviews {
      unit: "units/ha-noi"
      category: "alliances"
      stage: STAGE_CROSS_CHECKED
      cross_checker: "units/ha-nam"
      appraiser_unit: "units/bac-ninh"
      moves { person: "Chánh văn phòng" }
    }
  )pb"));
  const RunResult run = RunAgainst(server_, {"reviews", "r", "--viewer", "ha-noi"});
  EXPECT_THAT(run.out, HasSubstr("ha-noi  alliances  CROSS_CHECKED  ha-nam      bac-ninh"));
  EXPECT_THAT(run.out, HasSubstr("Chánh văn phòng"));
  EXPECT_EQ(server_.Received<awards::ListReviewsRequest>()[0].viewer(), "units/ha-noi");
}

TEST_F(AwardsCommands, BallotsShowWhoVotedAndTheSumsOnceClosed) {
  server_.Answer<awards::ListBallotsRequest>(Proto<awards::ListBallotsResponse>(R"pb(
    ballots {
      name: "rounds/r/ballots/tie"
      purpose: PURPOSE_TIE
      state: STATE_CLOSED
      electors { id: "a" }
      electors { id: "b" }
      electors { id: "c" }
      voted: "a"
      voted: "b"
      outcome: OUTCOME_PLACES_OPEN
      tallies { candidate: "units/x" votes: 1 tied: true }
      tallies { candidate: "units/y" votes: 1 tied: true }
    }
  )pb"));
  const RunResult run = RunAgainst(server_, {"ballots", "r"});
  EXPECT_THAT(run.out,
              HasSubstr("tie     TIE  CLOSED  2 of 3  PLACES_OPEN  x 1 (tied), y 1 (tied)"));
}

TEST_F(AwardsCommands, RegisterShowsAwardsOfAUnitAndItsPredecessors) {
  server_.Answer<awards::ListAwardsOfUnitRequest>(Proto<awards::ListAwardsOfUnitResponse>(R"pb(
    entries {
      entry {
        unit_title { vi: "Hà Nam" }
        award_title { vi: "Cờ thi đua" en: "Flag" }
        year: "2020"
        decision_number: "512"
        decision_date: "2021-01-10"
        revocation { date: "2021-06-01" }
      }
      merged_unit: "units/ha-nam"
      merger_date: "2025-07-01"
    }
  )pb"));
  const RunResult run = RunAgainst(server_, {"register", "ninh-binh"});
  EXPECT_THAT(
      run.out,
      HasSubstr("2020  Flag   Hà Nam  512       2021-01-10  revoked 2021-06-01  2025-07-01"));
  EXPECT_EQ(server_.Received<awards::ListAwardsOfUnitRequest>()[0].unit(), "units/ninh-binh");
}

TEST_F(AwardsCommands, RegisterOfAClusterShowsItsRotatingFlag) {
  server_.Answer<awards::ListRotatingFlagHoldersRequest>(
      Proto<awards::ListRotatingFlagHoldersResponse>(R"pb(
        holders {
          cluster_year: "clusters/delta/years/2020"
          holder: "units/bac-ninh"
          passed_to: "units/vinh-phuc"
          passed_date: "2020-12-15"
        }
      )pb"));
  const RunResult run = RunAgainst(server_, {"register", "clusters/delta"});
  EXPECT_THAT(run.out, HasSubstr("2020  bac-ninh"));
  EXPECT_THAT(run.out, HasSubstr("vinh-phuc  2020-12-15"));
}

TEST_F(AwardsCommands, DivideReportsWhatIsUndecided) {
  server_.Answer<awards::DivideFlagsRequest>(Proto<awards::DivideFlagsResponse>(R"pb(
    shares { id: "north" flags: 1 exact_share: "3/2" working: "last place at 2" }
    shares { id: "coast" flags: 1 exact_share: "3/2" working: "last place at 2" }
    undecided: 1
    tied_claimants: "coast"
    tied_claimants: "north"
  )pb"));
  const RunResult run = RunAgainst(
      server_, {"divide", "3", "north=2", "coast=2", "--method", "dhondt", "--minimum", "1"});
  EXPECT_EQ(run.code, ExitCode::kOk) << run.err;
  EXPECT_THAT(run.out, HasSubstr("north         1    3/2  last place at 2"));
  EXPECT_THAT(run.out, HasSubstr("undecided: 1, equal claims: coast, north"));
  const auto request = server_.Received<awards::DivideFlagsRequest>().at(0);
  EXPECT_EQ(request.method(), awards::DIVISION_METHOD_DHONDT);
  EXPECT_EQ(request.minimum_each(), 1);
  EXPECT_EQ(request.claimants(1).id(), "coast");
  EXPECT_EQ(request.claimants(1).weight(), "2");
}

}  // namespace
}  // namespace thiduactl
