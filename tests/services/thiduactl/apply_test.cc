#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "common/status/error.h"
#include "tests/services/thiduactl/run_program.h"
#include "tests/testkit/temp_dir.h"
#include "thidua/awards/v1/round_service.pb.h"
#include "thidua/reporting/v1/change_feed_service.pb.h"
#include "thidua/reporting/v1/pact_service.pb.h"
#include "thidua/reporting/v1/registry_service.pb.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace thiduactl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace awards = ::thidua::awards::v1;
namespace reporting = ::thidua::reporting::v1;

constexpr char kCreateHaNam[] = "step { create_unit { unit_id: \"ha-nam\" } }\n";
constexpr char kAdvance[] = "step { advance_cluster_year { name: \"y\" state: STATE_SCORING } }\n";
constexpr char kScore[] = "step { score_round { name: \"rounds/r\" } }\n";

class ApplyTest : public ::testing::Test {
 protected:
  ApplyTest() {
    server_.On<reporting::CreateUnitRequest, reporting::CreateUnitResponse>(
        [](const reporting::CreateUnitRequest& request) {
          reporting::CreateUnitResponse response;
          response.mutable_unit()->set_name("units/" + request.unit_id());
          response.set_commit_token("unit token");
          return response;
        });
    reporting::AdvanceClusterYearResponse advanced;
    advanced.mutable_cluster_year()->set_name("y");
    advanced.mutable_cluster_year()->set_state(reporting::ClusterYear::STATE_SCORING);
    advanced.set_commit_token("year token");
    server_.Answer<reporting::AdvanceClusterYearRequest>(advanced);
    // Awards has consumed everything.
    awards::GetFeedPositionResponse position;
    position.set_resume_token("p");
    server_.Answer<awards::GetFeedPositionRequest>(position);
    server_.Answer<reporting::ListChangesRequest>(reporting::ListChangesResponse());
    awards::ScoreRoundResponse scored;
    scored.mutable_round()->set_name("rounds/r");
    server_.Answer<awards::ScoreRoundRequest>(scored);
  }

  RunResult Apply(const std::string& plan, std::vector<std::string> more = {}) {
    WriteFile(folder_.File("plan.txtpb"), plan);
    std::vector<std::string> arguments = {"apply", folder_.File("plan.txtpb")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunAgainst(server_, arguments);
  }

  testkit::TempDir folder_;
  ScriptedServer server_;
};

TEST_F(ApplyTest, PlaysTheFilesOfAFolderInTheOrderOfTheirNames) {
  WriteFile(folder_.File("2.txtpb"), kAdvance);
  WriteFile(folder_.File("1.txtpb"), std::string(kCreateHaNam) + kCreateHaNam);
  WriteFile(folder_.File("0.csv"), "not a plan");
  const RunResult result = RunAgainst(server_, {"apply", folder_.path().string()});
  EXPECT_EQ(result.out,
            "1.txtpb  create_unit 2\n"
            "2.txtpb  advance_cluster_year: y SCORING\n");
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_THAT(server_.Calls(), ElementsAre("CreateUnit", "CreateUnit", "AdvanceClusterYear"));
}

TEST_F(ApplyTest, AnotherRunSendsTheSameIdsForTheSameSteps) {
  const std::string plan = std::string(kCreateHaNam) + kCreateHaNam;
  Apply(plan);
  Apply(plan);
  const auto sent = server_.Received<reporting::CreateUnitRequest>();
  ASSERT_EQ(sent.size(), 4U);
  EXPECT_NE(sent[0].request_id(), sent[1].request_id());
  EXPECT_EQ(sent[0].request_id(), sent[2].request_id());
  EXPECT_EQ(sent[1].request_id(), sent[3].request_id());
}

TEST_F(ApplyTest, AnIdInThePlanStays) {
  Apply("step { create_unit { request_id: \"0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10\" } }\n");
  EXPECT_EQ(server_.Received<reporting::CreateUnitRequest>()[0].request_id(),
            "0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10");
}

TEST_F(ApplyTest, ACallToALostServiceIsMadeAgainWithTheSameId) {
  std::atomic<int> calls = 0;
  server_.On<reporting::CreateUnitRequest, reporting::CreateUnitResponse>(
      [&calls](
          const reporting::CreateUnitRequest&) -> absl::StatusOr<reporting::CreateUnitResponse> {
        // More often than the channel repeats a call by itself.
        if (++calls <= 6) return absl::UnavailableError("stopping");
        return reporting::CreateUnitResponse();
      });
  const RunResult result = Apply(kCreateHaNam);
  EXPECT_EQ(result.code, ExitCode::kOk) << result.err;
  const auto sent = server_.Received<reporting::CreateUnitRequest>();
  ASSERT_EQ(sent.size(), 7U);
  EXPECT_EQ(sent.front().request_id(), sent.back().request_id());
}

TEST_F(ApplyTest, ARefusedStepIsToldWithItsPlaceAndAllFieldsAndEndsTheRun) {
  server_.On<reporting::CreateUnitRequest, reporting::CreateUnitResponse>(
      [](const reporting::CreateUnitRequest&) -> absl::StatusOr<reporting::CreateUnitResponse> {
        return common::InvalidFields(
            {{.field = "unit.titles", .description = "is empty"},
             {.field = "unit_id", .description = "has capitals", .reason = "INVALID_NAME"}});
      });
  const RunResult result = Apply(std::string("# a\n\n") + kCreateHaNam + kAdvance);
  EXPECT_EQ(result.code, ExitCode::kRefused);
  EXPECT_THAT(result.err, HasSubstr("thiduactl: " + folder_.File("plan.txtpb") +
                                    ":3: create_unit: INVALID_ARGUMENT INVALID_FIELD: "));
  EXPECT_THAT(result.err, HasSubstr("unit.titles: is empty (and 1 more)\n  unit_id: has capitals"));
  EXPECT_THAT(server_.Calls(), ElementsAre("CreateUnit"));
}

TEST_F(ApplyTest, SendsNothingIfAFileCannotBeRead) {
  WriteFile(folder_.File("a.txtpb"), kCreateHaNam);
  WriteFile(folder_.File("b.txtpb"), "step {");
  const RunResult result = RunAgainst(server_, {"apply", folder_.path().string()});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, HasSubstr("b.txtpb:1:7: "));
  EXPECT_TRUE(server_.Calls().empty());
}

TEST_F(ApplyTest, ScoringNamesTheNewestCommitOfReporting) {
  const RunResult result = Apply(std::string(kCreateHaNam) + kAdvance + kScore);
  EXPECT_EQ(result.code, ExitCode::kOk) << result.err;
  EXPECT_EQ(server_.Received<awards::ScoreRoundRequest>()[0].min_reporting_token(), "year token");
}

TEST_F(ApplyTest, AwardsIsCalledOnceItHasSeenWhatWasReported) {
  std::atomic<int> asked = 0;
  server_.On<reporting::ListChangesRequest, reporting::ListChangesResponse>(
      [&asked](const reporting::ListChangesRequest& request) {
        EXPECT_EQ(request.resume_token(), "p");
        reporting::ListChangesResponse response;
        if (++asked < 3) response.set_lag(5);
        return response;
      });
  Apply(std::string(kCreateHaNam) + kScore + kScore);
  EXPECT_THAT(server_.Calls(), ElementsAre("CreateUnit", "GetFeedPosition", "ListChanges",
                                           "GetFeedPosition", "ListChanges", "GetFeedPosition",
                                           "ListChanges", "ScoreRound", "ScoreRound"));
}

TEST_F(ApplyTest, AnotherRunScoresAnew) {
  Apply(kScore);
  Apply(kScore);
  const auto sent = server_.Received<awards::ScoreRoundRequest>();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_NE(sent[0].request_id(), sent[1].request_id());
}

TEST_F(ApplyTest, ARoundThatIsClosedKeepsItsScores) {
  server_.On<awards::ScoreRoundRequest, awards::ScoreRoundResponse>(
      [](const awards::ScoreRoundRequest&) -> absl::StatusOr<awards::ScoreRoundResponse> {
        return common::Error(absl::StatusCode::kFailedPrecondition, "ROUND_CLOSED", "closed")
            .ToStatus();
      });
  const RunResult result = Apply(kScore);
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_EQ(result.out, "plan.txtpb  score_round: rounds/r is closed, its scores stand\n");
}

TEST_F(ApplyTest, AcceptsWhatWaitsForReviewInTheVersionThatWasListed) {
  server_.On<reporting::ListSubmissionsRequest, reporting::ListSubmissionsResponse>(
      [](const reporting::ListSubmissionsRequest& request) {
        reporting::ListSubmissionsResponse page;
        const bool first = request.page_token().empty();
        auto* submission = page.add_submissions();
        submission->set_name(first ? "units/a/submissions/x" : "units/b/submissions/x");
        submission->set_etag(first ? "v1" : "v2");
        if (first) page.set_next_page_token("two");
        return page;
      });
  server_.Answer<reporting::AcceptSubmissionRequest>(reporting::AcceptSubmissionResponse());
  const RunResult result =
      Apply(std::string(kCreateHaNam) + "step { accept_submissions { cluster_year: \"y\" } }\n");
  EXPECT_EQ(result.out, "plan.txtpb  create_unit: units/ha-nam; accept_submissions: 2 accepted\n");
  const auto listed = server_.Received<reporting::ListSubmissionsRequest>();
  EXPECT_EQ(listed[0].state(), reporting::Submission::STATE_SUBMITTED);
  EXPECT_EQ(listed[0].min_commit_token(), "unit token");
  const auto accepted = server_.Received<reporting::AcceptSubmissionRequest>();
  ASSERT_EQ(accepted.size(), 2U);
  EXPECT_EQ(accepted[1].name(), "units/b/submissions/x");
  EXPECT_EQ(accepted[1].etag(), "v2");
}

TEST_F(ApplyTest, MakesAPactOfATable) {
  WriteFile(folder_.File("t.csv"), "unit,MEDIA,PCF\nha-nam,5,\n");
  reporting::CreatePactResponse response;
  response.mutable_pact()->set_name("y/pact");
  server_.Answer<reporting::CreatePactRequest>(response);
  Apply("step { create_pact_from_csv { parent: \"y\" file: \"t.csv\" } }\n");
  const auto sent = server_.Received<reporting::CreatePactRequest>();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].parent(), "y");
  ASSERT_EQ(sent[0].pact().targets_size(), 1);
  EXPECT_EQ(sent[0].pact().targets(0).indicator(), "indicators/MEDIA");
}

TEST_F(ApplyTest, StopsBehindATableWithRejectedRows) {
  WriteFile(folder_.File("t.csv"), "unit,PCF\na,1\nb,2\n");
  std::atomic<int64_t> item = 0;
  server_.OnStream<reporting::ImportSubmissionsRequest, reporting::ImportSubmissionsResponse>(
      [&item](const reporting::ImportSubmissionsRequest& request) {
        reporting::ImportSubmissionsResponse answer;
        answer.set_item(++item);
        answer.set_outcome(request.report().unit() == "units/b" ? reporting::OUTCOME_REJECTED
                                                                : reporting::OUTCOME_CREATED);
        if (answer.outcome() == reporting::OUTCOME_REJECTED) {
          answer.mutable_rejection()->set_code(9);
          answer.mutable_rejection()->set_reason("UNIT_UNKNOWN");
          answer.mutable_rejection()->set_message("no unit b");
        }
        return StreamAnswer<reporting::ImportSubmissionsResponse>{.messages = {answer}};
      });
  const RunResult result =
      Apply(std::string("step { import_csv { file: \"t.csv\" form: \"forms/f\" period: \"2020\" "
                        "value_kind: VALUE_KIND_FINAL } }\n") +
            kAdvance);
  EXPECT_EQ(result.code, ExitCode::kNegative);
  EXPECT_EQ(result.out, "plan.txtpb  import_csv: f 2020 FINAL, 2 rows: 1 created, 1 rejected\n");
  EXPECT_EQ(result.err,
            folder_.File("t.csv") + ":3: b: FAILED_PRECONDITION UNIT_UNKNOWN: no unit b\n");
  EXPECT_TRUE(server_.Received<reporting::AdvanceClusterYearRequest>().empty());
}

TEST_F(ApplyTest, AsJsonIsAnArrayWithAnElementPerStep) {
  const RunResult result = Apply(std::string(kCreateHaNam) + kAdvance, {"--output", "json"});
  google::protobuf::ListValue steps;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(result.out, &steps).ok()) << result.out;
  ASSERT_EQ(steps.values_size(), 2);
  const auto& fields = steps.values(1).struct_value().fields();
  EXPECT_EQ(fields.at("line").number_value(), 2);
  EXPECT_EQ(fields.at("step").string_value(), "advance_cluster_year");
}

}  // namespace
}  // namespace thiduactl
