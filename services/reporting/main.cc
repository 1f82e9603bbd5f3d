// thidua-reporting: units, clusters, pacts, what is reported, and the feed of every change.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/build_info/build_info.h"
#include "common/metrics/metrics.h"
#include "common/rpc/guard.h"
#include "common/rpc/operations.h"
#include "common/rpc/run_main.h"
#include "common/rpc/server_commands.h"
#include "common/rpc/server_config.h"
#include "common/rpc/server_runtime.h"
#include "common/seams/clock.h"
#include "common/seams/id_source.h"
#include "common/status/status_macros.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "common/telemetry/log.h"
#include "services/reporting/service/services.h"

namespace reporting {
namespace {

using common::storage::sqlite::SqliteLedger;
using common::telemetry::Level;
using common::telemetry::Logger;

// "TDRP": marks a SQLite file as a store of this service.
constexpr int32_t kApplicationId = 0x54445250;

common::rpc::ServerProgram Program() {
  return {.name = "thidua-reporting",
          .version = common::VersionText(),
          .description =
              "Takes in what the alliances of an emulation cluster report: units, clusters, pacts, "
              "indicators and submissions, their totals, and the feed of all changes.",
          .environment_prefix = "THIDUA_REPORTING"};
}

void AddFeedGauges(common::metrics::Metrics& metrics, SqliteLedger& ledger,
                   const Services& services) {
  metrics.AddGauge("feed_head_seq", "Position of the newest change in the feed.", {},
                   [&ledger] { return static_cast<double>(ledger.Head()); });
  metrics.AddGauge("feed_open_streams", "Watches of the feed under way.", {},
                   [&services] { return static_cast<double>(services.watcher_count()); });
}

absl::StatusOr<int> Serve(const common::rpc::ServerConfig& config, Logger& logger) {
  common::SystemClock clock;
  common::RandomIdSource ids;
  common::rpc::Operations operations(logger);
  common::storage::sqlite::SqliteOptions options{
      .path = config.database, .application_id = kApplicationId, .clock = &clock, .ids = &ids};
  operations.Observe(options);
  ASSIGN_OR_RETURN(const std::unique_ptr<SqliteLedger> ledger, SqliteLedger::Open(options));
  common::rpc::RpcEnvironment rpc(
      {.domain = std::string(kErrorDomain), .max_in_flight = config.max_in_flight}, logger, clock);
  operations.Attach(config, *ledger, rpc);
  Services services({.rpc = rpc, .ledger = *ledger});
  AddFeedGauges(operations.metrics(), *ledger, services);
  std::vector<common::rpc::ServedService> served = services.All();
  served.push_back(operations.Backups());
  const auto drain = [&services, &operations] {
    services.Drain();
    operations.Drain();
  };
  ASSIGN_OR_RETURN(
      const auto runtime,
      common::rpc::ServerRuntime::Start(
          config, served, {.on_drain = drain, .on_stopped = [&ledger] { ledger->Close(); }}, logger,
          operations.Extras()));
  return common::rpc::ServeUntilSignal(*runtime, logger);
}

int Main(int argc, const char* const* argv) {
  common::rpc::ServerConfig config{.listen = "127.0.0.1:7501", .database = "./reporting.db"};
  CLI::App app;
  const common::rpc::ServerProgram program = Program();
  common::rpc::AddServerOptions(app, program, config);
  const common::rpc::ServerCommands commands(app, program, config, kApplicationId);
  const std::optional<int> exit_code =
      common::rpc::ParseCommandLine(app, argc, argv, config, std::cout, std::cerr);
  if (exit_code.has_value()) return *exit_code;
  if (const std::optional<int> code = commands.Run(std::cout, std::cerr)) return *code;
  common::SystemClock clock;
  Logger logger({.service = program.name, .level = config.log_level}, clock);
  const absl::StatusOr<int> result = Serve(config, logger);
  if (result.ok()) return *result;
  logger.Log(Level::kError, "cannot start", {{"error", std::string(result.status().message())}});
  return 1;
}

}  // namespace
}  // namespace reporting

int main(int argc, char** argv) {
  return common::rpc::RunMain([&] { return reporting::Main(argc, argv); });
}
