#include "common/rpc/run_main.h"

#include <grpc/support/log.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <exception>
#include <string_view>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"

namespace common::rpc {
namespace {

using telemetry::Level;

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

sigset_t StopSignalsAndHangup() {
  sigset_t signals = StopSignals();
  sigaddset(&signals, SIGHUP);
  return signals;
}

int WaitFor(const sigset_t& signals) {
  int signal = 0;
  while (sigwait(&signals, &signal) != 0) {
  }
  return signal;
}

void LogGrpcLine(gpr_log_func_args* args) {
  const Level level = args->severity == GPR_LOG_SEVERITY_ERROR  ? Level::kError
                      : args->severity == GPR_LOG_SEVERITY_INFO ? Level::kInfo
                                                                : Level::kDebug;
  telemetry::WriteToStandardError(telemetry::FormatLogLine(
      absl::Now(), level, "grpc", args->message, {{"file", args->file}, {"line", args->line}}));
}

void LogFatal(std::string_view what) {
  telemetry::WriteToStandardError(telemetry::FormatLogLine(
      absl::Now(), Level::kError, "main", "stopped by an exception", {{"what", what}}));
}

}  // namespace

int RunMain(const std::function<int()>& body) {
  const sigset_t signals = StopSignalsAndHangup();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kReport);
  gpr_set_log_function(&LogGrpcLine);
  try {
    return body();
  } catch (const std::exception& error) {
    LogFatal(error.what());
  } catch (...) {
    LogFatal("an exception of an unknown type");
  }
  return 1;
}

int ServeUntilSignal(ServerRuntime& runtime, telemetry::Logger& logger,
                     const std::function<void()>& on_hangup) {
  int signal = WaitFor(StopSignalsAndHangup());
  for (; signal == SIGHUP; signal = WaitFor(StopSignalsAndHangup())) {
    logger.Log(Level::kInfo, "signal received", {{"signal", signal}});
    if (on_hangup) on_hangup();
  }
  logger.Log(Level::kInfo, "signal received", {{"signal", signal}});
  std::atomic<bool> is_stopped = false;
  std::thread impatience([&is_stopped] {
    WaitFor(StopSignals());
    if (!is_stopped.load()) _exit(1);
  });
  runtime.Stop();
  is_stopped.store(true);
  // Ends the wait of the thread, and of nobody else: it waits for the signal, so nothing is killed.
  // NOLINTNEXTLINE(bugprone-bad-signal-to-kill-thread)
  pthread_kill(impatience.native_handle(), SIGTERM);
  impatience.join();
  return 0;
}

}  // namespace common::rpc
