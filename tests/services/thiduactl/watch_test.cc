#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/status/error.h"
#include "tests/services/thiduactl/run_program.h"
#include "thidua/reporting/v1/change_feed_service.pb.h"

namespace thiduactl {
namespace {

using ::testing::HasSubstr;
namespace v1 = ::thidua::reporting::v1;

v1::Change YearChange(int64_t version) {
  v1::Change change;
  change.mutable_commit_time()->set_seconds(1608012000);
  change.mutable_commit_time()->set_nanos(250'000'000);
  change.set_actor("anonymous");
  change.set_version(version);
  change.mutable_cluster_year()->set_name("clusters/delta/years/2020");
  change.mutable_cluster_year()->set_state(v1::ClusterYear::STATE_VOTED);
  return change;
}

v1::Change UnitChange(const std::string& name) {
  v1::Change change;
  change.set_version(1);
  change.mutable_unit()->set_name(name);
  return change;
}

TEST(WatchOnce, ReadsAllPagesAndEnds) {
  ScriptedServer server;
  server.On<v1::ListChangesRequest, v1::ListChangesResponse>(
      [](const v1::ListChangesRequest& request) {
        v1::ListChangesResponse page;
        const bool first = request.resume_token() == "t1";
        *page.add_changes() = first ? YearChange(7) : UnitChange("units/ha-nam");
        page.set_resume_token(first ? "t2" : "t3");
        page.set_lag(first ? 1 : 0);
        return page;
      });
  const RunResult result =
      RunAgainst(server, {"watch", "--once", "--from", "t1", "--kinds", "cluster-year,unit"});
  EXPECT_EQ(
      result.out,
      "2020-12-15T13:00:00.250+07:00  ClusterYear  clusters/delta/years/2020  version 7  VOTED  "
      "by anonymous\n"
      "1970-01-01T07:00:00.000+07:00  Unit  units/ha-nam  version 1\n");
  EXPECT_EQ(result.err, "go on with --from t3\n");
  EXPECT_EQ(result.code, ExitCode::kOk);
  const auto asked = server.Received<v1::ListChangesRequest>();
  ASSERT_EQ(asked.size(), 2U);
  ASSERT_EQ(asked[1].kinds_size(), 2);
  EXPECT_EQ(asked[1].kinds(0), v1::RESOURCE_KIND_CLUSTER_YEAR);
  EXPECT_EQ(asked[1].kinds(1), v1::RESOURCE_KIND_UNIT);
}

// Gives one change, breaks off, gives another one after the first, then refuses the token.
StreamAnswer<v1::WatchResponse> BreakOnce(const v1::WatchRequest& request) {
  v1::WatchResponse response;
  if (request.resume_token().empty()) {
    *response.add_changes() = UnitChange("units/first");
    response.set_resume_token("after first");
    return {.messages = {response}, .end = absl::UnavailableError("stopping")};
  }
  if (request.resume_token() == "after first") {
    *response.add_changes() = UnitChange("units/second");
    response.set_resume_token("after second");
    return {.messages = {response}, .end = absl::UnavailableError("stopping")};
  }
  return {.end = common::Error(absl::StatusCode::kOutOfRange, "TOKEN_OUT_OF_RANGE", "too late")
                     .ToStatus()};
}

TEST(WatchFollowing, GoesOnBehindTheLastTokenWhenTheServiceIsLost) {
  ScriptedServer server;
  server.OnStream<v1::WatchRequest, v1::WatchResponse>(BreakOnce);
  const RunResult result = RunAgainst(server, {"watch", "--output", "json"});
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 2);
  EXPECT_LT(result.out.find("units/first"), result.out.find("units/second"));
  EXPECT_THAT(result.err, HasSubstr("go on with --from after second\n"));
  EXPECT_THAT(result.err, HasSubstr("OUT_OF_RANGE TOKEN_OUT_OF_RANGE: too late"));
  EXPECT_EQ(result.code, ExitCode::kRefused);
}

TEST(WatchRefused, WithAKindThatIsNone) {
  ScriptedServer server;
  const RunResult result = RunAgainst(server, {"watch", "--kinds", "province"});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, HasSubstr("there is no kind province"));
  EXPECT_TRUE(server.Calls().empty());
}

}  // namespace
}  // namespace thiduactl
