// Looks again and again whether a service is fit for what it is there for.
#ifndef THIDUA_COMMON_RPC_HEALTH_MONITOR_H_
#define THIDUA_COMMON_RPC_HEALTH_MONITOR_H_

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/telemetry/log.h"

namespace common::rpc {

// Names under which grpc.health.v1.Health answers beside the full names of services and the empty
// name. The process runs, as long as it answers: what a supervisor restarts it by.
inline constexpr std::string_view kLiveness = "liveness";
// It takes calls, and may take writes: what traffic is steered by.
inline constexpr std::string_view kReadiness = "readiness";

// One aspect of health.
struct HealthCheck {
  // The name under which it is asked for.
  std::string name{};
  // OK, or why not. Called on the monitor's thread; should return within a second.
  std::function<absl::Status()> check{};
};

// Thread-safe.
class HealthMonitor {
 public:
  using Report = std::function<void(const std::string& name, bool is_healthy)>;

  // Makes all checks once and reports each, then again every `interval` until Stop, and reports
  // what has changed; every change is logged with its cause. `report` is called by one thread at a
  // time. `logger` must outlive this.
  HealthMonitor(std::vector<HealthCheck> checks, absl::Duration interval, Report report,
                telemetry::Logger& logger);
  ~HealthMonitor() { Stop(); }
  HealthMonitor(const HealthMonitor&) = delete;
  HealthMonitor& operator=(const HealthMonitor&) = delete;

  // Waits for the check under way; no report comes later. Idempotent.
  void Stop();

 private:
  void CheckAll();
  void Run();

  const std::vector<HealthCheck> checks_;
  const absl::Duration interval_;
  const Report report_;
  telemetry::Logger& logger_;
  // What was reported last. Touched by the constructor, then by the thread only.
  std::map<std::string, bool> reported_{};

  std::mutex mutex_;
  std::condition_variable stop_requested_;
  bool is_stopping_ = false;
  std::thread thread_{};
};

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_HEALTH_MONITOR_H_
