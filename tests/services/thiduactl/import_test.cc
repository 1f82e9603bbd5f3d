#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/services/thiduactl/run_program.h"
#include "tests/testkit/temp_dir.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace thiduactl {
namespace {

using ::testing::HasSubstr;
namespace v1 = ::thidua::reporting::v1;

using Request = v1::ImportSubmissionsRequest;
using Response = v1::ImportSubmissionsResponse;

// Answers as a service would: by what the first figure is.
Response AnswerTo(const Request& request, int64_t item) {
  Response response;
  response.set_item(item);
  response.set_submission(request.report().unit() + "/submissions/x");
  response.set_revision(1);
  response.set_commit_token(absl::StrCat("c", item));
  const std::string& number = request.report().figures(0).number();
  response.set_outcome(number == "1"   ? v1::OUTCOME_CREATED
                       : number == "2" ? v1::OUTCOME_REVISED
                       : number == "3" ? v1::OUTCOME_UNCHANGED
                                       : v1::OUTCOME_REJECTED);
  if (response.outcome() == v1::OUTCOME_REJECTED) {
    response.clear_submission();
    response.clear_commit_token();
    response.set_revision(0);
    response.mutable_rejection()->set_code(3);
    response.mutable_rejection()->set_reason("FIGURE_OUT_OF_BOUNDS");
    response.mutable_rejection()->set_message("a figure is out of bounds");
    auto* field = response.mutable_rejection()->add_fields();
    field->set_field("report.figures[0].number");
    field->set_description("is below the minimum 0");
  }
  return response;
}

class ImportTest : public ::testing::Test {
 protected:
  RunResult Import(const std::string& table, std::vector<std::string> more = {}) {
    WriteFile(folder_.File("t.csv"), table);
    std::vector<std::string> arguments = {
        "import",  folder_.File("t.csv"), "--form", "annual", "--period", "2020", "--kind",
        "estimate"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunAgainst(server_, arguments);
  }

  // Answers every row; items count from 1 in each stream, of which there is one.
  void AnswerAll() {
    server_.OnStream<Request, Response>([this](const Request& request) {
      return StreamAnswer<Response>{.messages = {AnswerTo(request, ++item_)}};
    });
  }

  testkit::TempDir folder_;
  std::atomic<int64_t> item_ = 0;
  ScriptedServer server_;
};

TEST_F(ImportTest, CountsOutcomesAndSendsWhatTheTableSays) {
  AnswerAll();
  const RunResult result = Import("unit,PCF\na,1\nb,2\n\nc,3\n");
  EXPECT_EQ(result.out,
            "line 2  a  created  revision 1\n"
            "line 3  b  revised  revision 1\n"
            "line 5  c  unchanged  revision 1\n"
            "3 rows: 1 created, 1 revised, 1 unchanged\n");
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.code, ExitCode::kOk);
  const auto sent = server_.Received<Request>();
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_EQ(sent[0].report().form(), "forms/annual");
  EXPECT_EQ(sent[0].report().period(), "2020");
  EXPECT_EQ(sent[0].report().value_kind(), v1::VALUE_KIND_ESTIMATE);
  EXPECT_FALSE(sent[0].validate_only());
}

TEST_F(ImportTest, ARejectedRowIsToldWithItsLineAndColumn) {
  AnswerAll();
  const RunResult result = Import("unit,PCF\na,1\nb,-5\n", {"--report", folder_.File("r.csv")});
  EXPECT_EQ(result.code, ExitCode::kNegative);
  EXPECT_THAT(result.out, HasSubstr("line 3  b  rejected\n2 rows: 1 created, 1 rejected\n"));
  EXPECT_EQ(result.err,
            folder_.File("t.csv") +
                ":3: b: INVALID_ARGUMENT FIGURE_OUT_OF_BOUNDS: a figure is out of bounds\n"
                "  PCF: is below the minimum 0\n");
  EXPECT_EQ(ReadText(folder_.File("r.csv")),
            "line,unit,outcome,revision,submission,reason,field,message\n"
            "2,a,CREATED,1,units/a/submissions/x,,,\n"
            "3,b,REJECTED,0,,FIGURE_OUT_OF_BOUNDS,PCF,\"INVALID_ARGUMENT FIGURE_OUT_OF_BOUNDS: a "
            "figure is out of bounds; PCF: is below the minimum 0\"\n");
}

TEST_F(ImportTest, ValidateOnlyIsPassedOn) {
  AnswerAll();
  const RunResult result = Import("unit,PCF\na,1\n", {"--validate-only"});
  EXPECT_THAT(result.out, HasSubstr("validated only, nothing stored"));
  EXPECT_TRUE(server_.Received<Request>()[0].validate_only());
}

TEST_F(ImportTest, AsJsonIsAnArrayOfAnswers) {
  AnswerAll();
  const RunResult result = Import("unit,PCF\na,1\nb,2\n", {"--output", "json"});
  EXPECT_THAT(result.out, HasSubstr("\"outcome\":\"OUTCOME_REVISED\""));
  EXPECT_EQ(result.out.front(), '[');
  EXPECT_EQ(result.err, "2 rows: 1 created, 1 revised\n");
}

TEST_F(ImportTest, SendsNothingOfATableThatCannotBeRead) {
  AnswerAll();
  const RunResult result = Import("unit,PCF\na,1\nb,\"1,5\"\n");
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, HasSubstr("t.csv:3: PCF has a comma"));
  EXPECT_TRUE(server_.Calls().empty());
}

TEST_F(ImportTest, SendsAgainWhatABrokenStreamLeftWithoutAnswer) {
  // Answers two rows, then breaks off; the next stream answers all it gets.
  std::atomic<int> answered = 0;
  server_.OnStream<Request, Response>([&](const Request& request) {
    const int before = answered++;
    if (before == 2) {
      return StreamAnswer<Response>{.end = absl::UnavailableError("stopping")};
    }
    return StreamAnswer<Response>{
        .messages = {AnswerTo(request, before < 2 ? before + 1 : before - 2)}};
  });
  std::string table = "unit,PCF\n";
  for (int i = 0; i < 5; ++i) absl::StrAppend(&table, "u", i, ",1\n");
  const RunResult result = Import(table);
  EXPECT_EQ(result.code, ExitCode::kOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("5 rows: 5 created\n"));
  std::set<std::string> ids;
  std::set<std::string> units;
  for (const Request& request : server_.Received<Request>()) {
    ids.insert(request.request_id());
    units.insert(request.report().unit());
  }
  // Whatever was sent twice had the same id both times.
  EXPECT_EQ(ids.size(), 5U);
  EXPECT_EQ(units.size(), 5U);
}

TEST_F(ImportTest, ManyRowsAreAnsweredInOrder) {
  AnswerAll();
  std::string table = "unit,PCF\n";
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&table, "u", i, ",1\n");
  const RunResult result = Import(table);
  EXPECT_THAT(result.out, HasSubstr("line 1001  u999  created  revision 1\n"
                                    "1000 rows: 1000 created\n"));
}

TEST_F(ImportTest, AnAnswerOutOfOrderIsAFaultOfTheService) {
  server_.OnStream<Request, Response>([](const Request& request) {
    return StreamAnswer<Response>{.messages = {AnswerTo(request, 7)}};
  });
  const RunResult result = Import("unit,PCF\na,1\n");
  EXPECT_EQ(result.code, ExitCode::kInternal);
}

TEST_F(ImportTest, TheSameFiguresInAnotherRunHaveOtherIds) {
  AnswerAll();
  Import("unit,PCF\na,1\n");
  item_ = 0;
  Import("unit,PCF\na,1\n");
  const auto sent = server_.Received<Request>();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_NE(sent[0].request_id(), sent[1].request_id());
}

}  // namespace
}  // namespace thiduactl
