// What a server says of its health: the monitor, the store's part, and the probe that asks.
#include <gmock/gmock.h>
#include <grpc/health/v1/health.grpc.pb.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

#include "common/rpc/health_monitor.h"
#include "common/rpc/probe.h"
#include "common/rpc/store_health.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "tests/common/rpc/echo_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace common::rpc {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

// A check that says what a test wants, and reports that a test can wait for.
class MonitorTest : public ::testing::Test {
 protected:
  HealthCheck Check() {
    return {.name = "thing", .check = [this] {
              const std::lock_guard lock(mutex_);
              return answer_;
            }};
  }

  void Answer(absl::Status answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }

  HealthMonitor::Report Report() {
    return [this](const std::string& name, bool is_healthy) {
      const std::lock_guard lock(mutex_);
      reports_.emplace_back(name, is_healthy);
      reported_.notify_all();
    };
  }

  std::vector<std::pair<std::string, bool>> WaitForReports(size_t count) {
    std::unique_lock lock(mutex_);
    reported_.wait_for(lock, std::chrono::seconds(20), [&] { return reports_.size() >= count; });
    return reports_;
  }

  LogLines log_;
  testkit::FakeClock clock_;
  telemetry::Logger logger_{{.service = "test", .sink = log_.Sink()}, clock_};

 private:
  std::mutex mutex_;
  std::condition_variable reported_;
  absl::Status answer_;
  std::vector<std::pair<std::string, bool>> reports_;
};

TEST_F(MonitorTest, ReportsAtOnceAndThenOnlyChanges) {
  const HealthMonitor monitor({Check()}, absl::Milliseconds(1), Report(), logger_);
  EXPECT_THAT(WaitForReports(1), ElementsAre(Pair("thing", true)));
  Answer(absl::UnavailableError("it is gone"));
  EXPECT_THAT(WaitForReports(2), ElementsAre(Pair("thing", true), Pair("thing", false)));
  Answer(absl::OkStatus());
  EXPECT_THAT(WaitForReports(3),
              ElementsAre(Pair("thing", true), Pair("thing", false), Pair("thing", true)));
  EXPECT_THAT(log_.Get(), Contains(AllOf(HasSubstr(R"("level":"warning")"),
                                         HasSubstr("not healthy"), HasSubstr("it is gone"))));
}

TEST_F(MonitorTest, ReportsNothingAfterItsStop) {
  HealthMonitor monitor({Check()}, absl::Milliseconds(1), Report(), logger_);
  monitor.Stop();
  Answer(absl::UnavailableError("it is gone"));
  EXPECT_EQ(WaitForReports(1).size(), 1u);
  monitor.Stop();
}

// A store of SQLite in a folder of the test's own.
class StoreHealthTest : public ::testing::Test {
 protected:
  static constexpr int64_t kPlenty = int64_t{1} << 40;

  testkit::TempDir folder_;
  testkit::FakeClock clock_;
  testkit::SequentialIds ids_;
  std::unique_ptr<storage::sqlite::SqliteLedger> ledger_ =
      storage::sqlite::SqliteLedger::Open(
          {.path = folder_.File("store.db"), .application_id = 1, .clock = &clock_, .ids = &ids_})
          .value();
  StoreHealth health_;
};

TEST_F(StoreHealthTest, IsGoodWithoutAWriteOfItsOwn) {
  EXPECT_THAT(health_.Check(*ledger_, kPlenty), IsOk());
  health_.OnCommit(absl::OkStatus());
  health_.OnCommit(Error(absl::StatusCode::kResourceExhausted, kOverloaded, "too many"));
  ledger_->Close();
  EXPECT_THAT(health_.Check(*ledger_, kPlenty), IsOk());
}

TEST_F(StoreHealthTest, IsBadWhenTheDiskIsNearlyFull) {
  EXPECT_THAT(health_.Check(*ledger_, StoreHealth::kFreeBytesMin), IsOk());
  EXPECT_THAT(health_.Check(*ledger_, StoreHealth::kFreeBytesMin - 1),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(StoreHealthTest, RecoversByAWriteThatSucceeds) {
  health_.OnCommit(Error(absl::StatusCode::kUnavailable, kStorageUnavailable, "full"));
  EXPECT_THAT(health_.Check(*ledger_, kPlenty), IsOk());
  ledger_->Close();
  EXPECT_THAT(health_.Check(*ledger_, kPlenty), IsOk());
}

TEST_F(StoreHealthTest, StaysBadWhileWritesFail) {
  ledger_->Close();
  health_.OnCommit(Error(absl::StatusCode::kUnavailable, kOutcomeUnknown, "half-way"));
  EXPECT_THAT(health_.Check(*ledger_, kPlenty), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(health_.Check(*ledger_, kPlenty), StatusIs(absl::StatusCode::kUnavailable));
}

struct TargetCase {
  std::string name;
  std::string listen;
  std::string health_listen;
  std::string expected;
};

class ProbeTargets : public ::testing::TestWithParam<TargetCase> {};

TEST_P(ProbeTargets, IsReachableOnThisMachine) {
  EXPECT_THAT(ProbeTarget({.listen = GetParam().listen, .health_listen = GetParam().health_listen}),
              IsOkAndHolds(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(Addresses, ProbeTargets,
                         ::testing::ValuesIn<TargetCase>({
                             {"Loopback", "127.0.0.1:7501", "", "127.0.0.1:7501"},
                             {"Any", "0.0.0.0:7501", "", "127.0.0.1:7501"},
                             {"Any6", "[::]:7501", "", "[::1]:7501"},
                             {"Unix", "unix:/run/x.sock", "", "unix:/run/x.sock"},
                             {"HealthFirst", "127.0.0.1:7501", "0.0.0.0:8501", "127.0.0.1:8501"},
                         }),
                         testkit::CaseName<TargetCase>);

TEST(ProbeTarget, ReadsThePortFileOfAFreePort) {
  const testkit::TempDir folder;
  const ServerConfig config{.listen = "127.0.0.1:0", .port_file = folder.File("port")};
  EXPECT_THAT(ProbeTarget(config), StatusIs(absl::StatusCode::kFailedPrecondition));
  std::ofstream(config.port_file) << "127.0.0.1:4711\n";
  EXPECT_THAT(ProbeTarget(config), IsOkAndHolds("127.0.0.1:4711"));
}

// What a probe for `service` says and returns.
std::pair<int, std::string> Ask(const std::string& target, const std::string& service) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = Probe(target, service, absl::Seconds(10), out, err);
  return {code, out.str() + err.str()};
}

TEST(Health, HasANameForEachAspect) {
  const EchoServer server(
      {}, TestConfig(), {}, 8,
      {.checks = {{.name = "feed", .check = [] { return absl::UnavailableError("none"); }}}});
  const std::string target = const_cast<EchoServer&>(server).runtime().address();
  for (const char* name : {"", "liveness", "readiness", "thidua.test.v1.EchoService"}) {
    EXPECT_THAT(Ask(target, name), Pair(kProbeServing, "SERVING\n")) << name;
  }
  EXPECT_THAT(Ask(target, "feed"), Pair(kProbeNotServing, "NOT_SERVING\n"));
  EXPECT_THAT(Ask(target, "nobody"), Pair(kProbeNotServing, HasSubstr("knows no")));
}

TEST(Health, IsServedOnAPortOfItsOwnWithNothingElse) {
  ServerConfig config = TestConfig();
  config.health_listen = "127.0.0.1:0";
  EchoServer server({}, config, {}, 8, {.checks = {{.name = "readiness", .check = [] {
                                                      return absl::UnavailableError("no disk");
                                                    }}}});
  const std::string target = server.runtime().health_address();
  EXPECT_NE(target, server.runtime().address());
  EXPECT_THAT(Ask(target, ""), Pair(kProbeServing, "SERVING\n"));
  EXPECT_THAT(Ask(target, "readiness"), Pair(kProbeNotServing, "NOT_SERVING\n"));
  grpc::ClientContext context;
  echo::EchoResponse response;
  EXPECT_EQ(echo::EchoService::NewStub(OpenChannel(target, "test/1"))
                ->Echo(&context, {}, &response)
                .error_code(),
            grpc::UNIMPLEMENTED);
}

TEST(Health, WhileDrainingOnlyTheProcessIsAlive) {
  std::vector<std::pair<int, std::string>> answers;
  EchoServer* address = nullptr;
  EchoServer server({}, TestConfig(), {.on_drain = [&] {
                      for (const char* name : {"", "readiness", "liveness"}) {
                        answers.push_back(Ask(address->runtime().address(), name));
                      }
                    }});
  address = &server;
  server.runtime().Stop();
  EXPECT_THAT(answers, ElementsAre(Pair(kProbeNotServing, "NOT_SERVING\n"),
                                   Pair(kProbeNotServing, "NOT_SERVING\n"),
                                   Pair(kProbeServing, "SERVING\n")));
}

TEST(Health, OfNobodyIsUnreachable) {
  std::ostringstream out;
  std::ostringstream err;
  const testkit::TempDir folder;
  EXPECT_EQ(Probe("unix:" + folder.File("none"), "", absl::Milliseconds(200), out, err),
            kProbeUnreachable);
  EXPECT_THAT(err.str(), HasSubstr("does not answer"));
}

}  // namespace
}  // namespace common::rpc
