#include "common/rpc/run_main.h"

#include <grpc/support/log.h>
#include <malloc.h>
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

// Heaps that all threads share. Left to itself, glibc gives each of gRPC's threads one of its own,
// up to eight for each processor, and each keeps what its largest call has freed: 40 MiB and more.
constexpr int kHeapsMax = 2;

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

int WaitForStopSignal() {
  const sigset_t signals = StopSignals();
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
  mallopt(M_ARENA_MAX, kHeapsMax);
  const sigset_t signals = StopSignals();
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

int ServeUntilSignal(ServerRuntime& runtime, telemetry::Logger& logger) {
  const int signal = WaitForStopSignal();
  logger.Log(Level::kInfo, "signal received", {{"signal", signal}});
  std::atomic<bool> is_stopped = false;
  std::thread impatience([&is_stopped] {
    WaitForStopSignal();
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
