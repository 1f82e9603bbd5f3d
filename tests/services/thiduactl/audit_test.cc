#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/status/error.h"
#include "tests/services/thiduactl/run_program.h"
#include "thidua/reporting/v1/audit_service.pb.h"

namespace thiduactl {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace v1 = ::thidua::reporting::v1;

const std::string& SomeHash() {
  static const std::string kHash(64, 'a');
  return kHash;
}

v1::AuditEvent Event(int64_t position) {
  v1::AuditEvent event;
  event.set_position(position);
  event.mutable_commit_time()->set_seconds(1608012000);
  event.mutable_commit_time()->set_nanos(250'000'000);
  event.set_actor("anonymous");
  event.set_method("thidua.reporting.v1.RegistryService/CreateUnit");
  event.set_resource("units/ha-nam");
  event.set_version(3);
  event.mutable_after()->mutable_unit()->set_name("units/ha-nam");
  return event;
}

// Two pages of one event each.
void AnswerTwoPages(ScriptedServer& server) {
  server.On<v1::ListAuditEventsRequest, v1::ListAuditEventsResponse>(
      [](const v1::ListAuditEventsRequest& request) {
        v1::ListAuditEventsResponse page;
        const bool is_first = request.page_token().empty();
        *page.add_events() = Event(is_first ? 9 : 10);
        if (is_first) page.set_next_page_token("more");
        return page;
      });
}

TEST(AuditList, PrintsAllPagesAsOneTable) {
  ScriptedServer server;
  AnswerTwoPages(server);
  const RunResult result = RunAgainst(server, {"audit", "list"});
  EXPECT_EQ(
      result.out,
      "POSITION  TIME                           ACTOR      CALL                        RESOURCE"
      "      VERSION\n"
      "       9  2020-12-15T13:00:00.250+07:00  anonymous  RegistryService/CreateUnit  "
      "units/ha-nam        3\n"
      "      10  2020-12-15T13:00:00.250+07:00  anonymous  RegistryService/CreateUnit  "
      "units/ha-nam        3\n");
  EXPECT_EQ(result.code, ExitCode::kOk);
}

TEST(AuditList, PrintsAllPagesAsOneJsonArray) {
  ScriptedServer server;
  AnswerTwoPages(server);
  const RunResult result = RunAgainst(server, {"--output", "json", "audit", "list"});
  EXPECT_EQ(result.out.front(), '[');
  EXPECT_THAT(result.out, HasSubstr("\"position\":\"9\""));
  EXPECT_THAT(result.out, HasSubstr("\"position\":\"10\""));
  EXPECT_THAT(result.out, HasSubstr("\"after\":{"));
}

TEST(AuditList, AsksForWhatTheOptionsSay) {
  ScriptedServer server;
  AnswerTwoPages(server);
  RunAgainst(server, {"audit", "list", "--resource", "units/ha-nam", "--actor", "Bà Năm", "--from",
                      "2020-12-15T08:00:00.5+07:00", "--to", "2020-12-16", "--output", "json"});
  const auto asked = server.Received<v1::ListAuditEventsRequest>();
  ASSERT_THAT(asked, SizeIs(2));
  EXPECT_EQ(asked[0].resource(), "units/ha-nam");
  EXPECT_EQ(asked[0].actor(), "Bà Năm");
  // 2020-12-15 01:00 UTC.
  EXPECT_EQ(asked[0].start_time().seconds(), 1607994000);
  EXPECT_EQ(asked[0].start_time().nanos(), 500'000'000);
  // A day begins at 17:00 UTC of the day before.
  EXPECT_EQ(asked[0].end_time().seconds(), 1608051600);
  EXPECT_EQ(asked[1].page_token(), "more");
  EXPECT_EQ(asked[1].actor(), "Bà Năm");
}

TEST(AuditList, RefusesWhatIsNoTime) {
  ScriptedServer server;
  const RunResult result = RunAgainst(server, {"audit", "list", "--from", "yesterday"});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, HasSubstr("--from"));
  EXPECT_THAT(server.Calls(), IsEmpty());
}

v1::VerifyAuditResponse Whole(int64_t position, bool is_complete) {
  v1::VerifyAuditResponse response;
  response.mutable_verified()->set_position(position);
  response.mutable_verified()->set_hash(SomeHash());
  response.set_complete(is_complete);
  return response;
}

TEST(AuditVerify, GoesOnUntilAllIsVerified) {
  ScriptedServer server;
  server.On<v1::VerifyAuditRequest, v1::VerifyAuditResponse>(
      [](const v1::VerifyAuditRequest& request) {
        return request.after().position() == 20 ? Whole(31, true) : Whole(20, false);
      });
  const RunResult result = RunAgainst(server, {"audit", "verify", "--expect", "7:" + SomeHash()});
  EXPECT_EQ(result.out, "whole: 31 events, as they were written\nhead: 31:" + SomeHash() + "\n");
  EXPECT_EQ(result.code, ExitCode::kOk);
  const auto asked = server.Received<v1::VerifyAuditRequest>();
  ASSERT_THAT(asked, SizeIs(2));
  EXPECT_FALSE(asked[0].has_after());
  for (const auto& request : asked) {
    EXPECT_EQ(request.expected().position(), 7);
    EXPECT_EQ(request.expected().hash(), SomeHash());
  }
  EXPECT_EQ(asked[1].after().hash(), SomeHash());
}

v1::VerifyAuditResponse Faulty() {
  v1::VerifyAuditResponse response = Whole(16, false);
  response.mutable_fault()->set_kind(v1::AuditFault::KIND_ALTERED);
  response.mutable_fault()->set_position(17);
  response.mutable_fault()->set_description("record 17 was altered: somehow");
  return response;
}

TEST(AuditVerify, TellsTheFaultAndEndsWithOne) {
  ScriptedServer server;
  server.Answer<v1::VerifyAuditRequest>(Faulty());
  const RunResult result = RunAgainst(server, {"audit", "verify"});
  EXPECT_EQ(result.out,
            "FAULT at position 17: ALTERED\nrecord 17 was altered: somehow\nwhole up to 16:" +
                SomeHash() + "\n");
  EXPECT_EQ(result.code, ExitCode::kNegative);
}

TEST(AuditVerify, TellsTheFaultInJson) {
  ScriptedServer server;
  server.Answer<v1::VerifyAuditRequest>(Faulty());
  const RunResult result = RunAgainst(server, {"audit", "verify", "--output", "json"});
  EXPECT_THAT(result.out, HasSubstr("\"KIND_ALTERED\""));
  EXPECT_EQ(result.code, ExitCode::kNegative);
}

TEST(AuditVerify, RefusesAHeadThatIsNone) {
  ScriptedServer server;
  for (const std::string& head :
       {std::string("7"), SomeHash(), "x:" + SomeHash(), "-1:" + SomeHash(),
        "7:" + SomeHash() + "a", "7:" + std::string(64, 'g')}) {
    EXPECT_EQ(RunAgainst(server, {"audit", "verify", "--expect", head}).code, ExitCode::kUsage)
        << head;
  }
  EXPECT_THAT(server.Calls(), IsEmpty());
}

TEST(AuditVerify, IsRefusedAsTheServiceSays) {
  ScriptedServer server;
  server.On<v1::VerifyAuditRequest, v1::VerifyAuditResponse>(
      [](const v1::VerifyAuditRequest&) -> absl::StatusOr<v1::VerifyAuditResponse> {
        return common::Error(absl::StatusCode::kInvalidArgument, "INVALID_FIELD", "no");
      });
  EXPECT_EQ(RunAgainst(server, {"audit", "verify"}).code, ExitCode::kRefused);
}

TEST(Audit, NeedsACommand) {
  ScriptedServer server;
  EXPECT_EQ(RunAgainst(server, {"audit"}).code, ExitCode::kUsage);
  EXPECT_THAT(RunAgainst(server, {"audit", "verify", "--help"}).out, HasSubstr("Keep the head"));
}

}  // namespace
}  // namespace thiduactl
