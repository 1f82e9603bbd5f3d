#include "common/rpc/health_monitor.h"

#include <utility>

#include "common/status/error.h"

namespace common::rpc {

using telemetry::Level;

HealthMonitor::HealthMonitor(std::vector<HealthCheck> checks, absl::Duration interval,
                             Report report, telemetry::Logger& logger)
    : checks_(std::move(checks)), interval_(interval), report_(std::move(report)), logger_(logger) {
  CheckAll();
  thread_ = std::thread([this] { Run(); });
}

void HealthMonitor::Stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  stop_requested_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void HealthMonitor::CheckAll() {
  for (const HealthCheck& check : checks_) {
    const absl::Status status = check.check();
    const auto [before, is_first] = reported_.try_emplace(check.name, status.ok());
    if (!is_first && before->second == status.ok()) continue;
    before->second = status.ok();
    logger_.Log(status.ok() ? Level::kInfo : Level::kWarning,
                status.ok() ? "healthy" : "not healthy",
                {{"check", check.name}, {"error", sv(status.message())}});
    report_(check.name, status.ok());
  }
}

void HealthMonitor::Run() {
  std::unique_lock lock(mutex_);
  while (!stop_requested_.wait_for(lock, absl::ToChronoNanoseconds(interval_),
                                   [this] { return is_stopping_; })) {
    lock.unlock();
    CheckAll();
    lock.lock();
  }
}

}  // namespace common::rpc
