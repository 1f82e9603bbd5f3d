#include "common/rpc/run_main.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <future>
#include <stdexcept>

#include "tests/common/rpc/echo_server.h"

namespace common::rpc {
namespace {

// Each test runs in a process of its own, because signals concern all of it.
class RunMainDeathTest : public ::testing::Test {
 protected:
  RunMainDeathTest() { ::testing::FLAGS_gtest_death_test_style = "threadsafe"; }
};

// What a server's main() does, with the signal sent by itself.
int ServeAndSignal(int signal, StopHooks hooks) {
  return RunMain([&] {
    testkit::FakeClock clock;
    telemetry::Logger logger({.service = "test"}, clock);
    EchoServer server({}, TestConfig(), std::move(hooks));
    kill(getpid(), signal);
    return ServeUntilSignal(server.runtime(), logger);
  });
}

void SayStopped() { telemetry::WriteToStandardError("stores are closed"); }

TEST_F(RunMainDeathTest, StopsInGoodOrderOnSigterm) {
  EXPECT_EXIT(std::_Exit(ServeAndSignal(SIGTERM, {.on_stopped = SayStopped})),
              ::testing::ExitedWithCode(0), "stores are closed");
}

TEST_F(RunMainDeathTest, StopsInGoodOrderOnSigint) {
  EXPECT_EXIT(std::_Exit(ServeAndSignal(SIGINT, {.on_stopped = SayStopped})),
              ::testing::ExitedWithCode(0), "stores are closed");
}

TEST_F(RunMainDeathTest, GoesOnAfterSighup) {
  const auto serve = [] {
    return RunMain([] {
      testkit::FakeClock clock;
      telemetry::Logger logger({.service = "test"}, clock);
      EchoServer server({}, TestConfig(), {});
      int hangups = 0;
      kill(getpid(), SIGHUP);
      return ServeUntilSignal(server.runtime(), logger, [&hangups] {
        telemetry::WriteToStandardError("read again");
        kill(getpid(), ++hangups < 2 ? SIGHUP : SIGTERM);
      });
    });
  };
  EXPECT_EXIT(std::_Exit(serve()), ::testing::ExitedWithCode(0), "read again(.|\n)*read again");
}

// Stands for a drain that does not come to its end.
void SignalAgainAndHang() {
  kill(getpid(), SIGTERM);
  std::promise<void>().get_future().wait();
}

TEST_F(RunMainDeathTest, StopsAtOnceOnASecondSignal) {
  EXPECT_EXIT(std::_Exit(ServeAndSignal(SIGTERM, {.on_drain = SignalAgainAndHang})),
              ::testing::ExitedWithCode(1), "signal received");
}

TEST_F(RunMainDeathTest, ReportsAnExceptionAndFails) {
  EXPECT_EXIT(std::_Exit(RunMain([]() -> int { throw std::runtime_error("no luck"); })),
              ::testing::ExitedWithCode(1), "stopped by an exception.*no luck");
}

}  // namespace
}  // namespace common::rpc
