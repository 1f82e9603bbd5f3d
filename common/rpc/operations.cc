#include "common/rpc/operations.h"

#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/build_info/build_info.h"

namespace common::rpc {
namespace {

void AddProcessGauges(metrics::Metrics& metrics) {
  const BuildInfo& build = ThisBuild();
  metrics.AddGauge("build_info", "Always 1; the labels say what this program was built from.",
                   {{"version", std::string(build.version)},
                    {"commit", std::string(build.commit)},
                    {"type", std::string(build.type)},
                    {"compiler", std::string(build.compiler)},
                    {"flags", std::string(build.flags)}},
                   [] { return 1.0; });
  const double begin = absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch());
  metrics.AddGauge("process_start_time_seconds", "When the process began, since 1970.", {},
                   [begin] { return begin; });
}

}  // namespace

Operations::Operations(telemetry::Logger& logger) : logger_(logger), commits_(metrics_) {
  AddProcessGauges(metrics_);
}

void Operations::Observe(storage::sqlite::SqliteOptions& options) {
  options.on_storage_error = [this](const std::string& text) {
    logger_.Log(telemetry::Level::kError, "storage error", {{"error", text}});
  };
  options.on_batch = [this](const storage::sqlite::BatchReport& report) {
    commits_.Observe(report);
    health_.OnCommit(report.status);
  };
}

void Operations::Attach(const ServerConfig& config, storage::sqlite::SqliteLedger& ledger,
                        RpcEnvironment& rpc) {
  ledger_ = &ledger;
  backups_.emplace(rpc, ledger, config.database + ".backup");
  metrics::AddStoreGauges(metrics_, ledger);
  metrics_.AddGauge("rpc_in_flight", "Unary calls under way.", {},
                    [&rpc] { return static_cast<double>(rpc.in_flight()); });
}

ServedService Operations::Backups() {
  return {.name = thidua::admin::v1::BackupService::service_full_name(), .service = &*backups_};
}

ServerExtras Operations::Extras(std::vector<HealthCheck> checks) {
  checks.push_back({.name = std::string(kReadiness), .check = [this] {
                      return health_.Check(*ledger_, ledger_->Stats().free_bytes);
                    }});
  return {.metrics = &metrics_, .checks = std::move(checks)};
}

void Operations::Drain() {
  if (backups_.has_value()) backups_->Drain();
}

}  // namespace common::rpc
