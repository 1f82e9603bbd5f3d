// What every server of ours has for those who run it: metrics, backups, the health of its store.
#ifndef THIDUA_COMMON_RPC_OPERATIONS_H_
#define THIDUA_COMMON_RPC_OPERATIONS_H_

#include <optional>
#include <vector>

#include "common/metrics/metrics.h"
#include "common/metrics/store_metrics.h"
#include "common/rpc/backup_service.h"
#include "common/rpc/guard.h"
#include "common/rpc/server_config.h"
#include "common/rpc/server_runtime.h"
#include "common/rpc/store_health.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "common/telemetry/log.h"

namespace common::rpc {

// Made before the ledger and destroyed after the runtime:
//
//   Operations operations(logger);
//   SqliteOptions options = ...;
//   operations.Observe(options);
//   ... open the ledger, make the environment ...
//   operations.Attach(config, *ledger, rpc);
//   services.push_back(operations.Backups());
//   ServerRuntime::Start(config, services, {.on_drain = [&] { operations.Drain(); ... }, ...},
//                        logger, operations.Extras());
class Operations {
 public:
  // `logger` must outlive this.
  explicit Operations(telemetry::Logger& logger);

  // For what a service counts itself.
  metrics::Metrics& metrics() { return metrics_; }

  // Has the ledger that is opened with `options` tell of errors and commits.
  void Observe(storage::sqlite::SqliteOptions& options);

  // Once. `ledger` and `rpc` must outlive the runtime.
  void Attach(const ServerConfig& config, storage::sqlite::SqliteLedger& ledger,
              RpcEnvironment& rpc);

  // After Attach: the service for backups.
  ServedService Backups();
  // After Attach: metrics, readiness by the store, and `checks`.
  ServerExtras Extras(std::vector<HealthCheck> checks = {});

  // Ends backups under way. Does not wait.
  void Drain();

 private:
  telemetry::Logger& logger_;
  metrics::Metrics metrics_{};
  metrics::CommitMetrics commits_;
  StoreHealth health_{};
  storage::sqlite::SqliteLedger* ledger_ = nullptr;
  std::optional<BackupService> backups_{};
};

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_OPERATIONS_H_
