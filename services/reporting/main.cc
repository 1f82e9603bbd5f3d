// thidua-reporting: units, clusters, pacts, what is reported, and the feed of every change.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "common/rpc/guard.h"
#include "common/rpc/run_main.h"
#include "common/rpc/security.h"
#include "common/rpc/server_config.h"
#include "common/rpc/server_runtime.h"
#include "common/seams/clock.h"
#include "common/seams/id_source.h"
#include "common/status/status_macros.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "common/telemetry/log.h"
#include "services/reporting/service/permissions.h"
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
          .version = THIDUA_VERSION,
          .description =
              "Takes in what the alliances of an emulation cluster report: units, clusters, pacts, "
              "indicators and submissions, their totals, and the feed of all changes.",
          .environment_prefix = "THIDUA_REPORTING"};
}

absl::StatusOr<int> Serve(const common::rpc::ServerConfig& config, Logger& logger) {
  common::SystemClock clock;
  common::RandomIdSource ids;
  ASSIGN_OR_RETURN(
      const std::unique_ptr<SqliteLedger> ledger,
      SqliteLedger::Open({.path = config.database,
                          .application_id = kApplicationId,
                          .clock = &clock,
                          .ids = &ids,
                          .on_storage_error = [&logger](const std::string& text) {
                            logger.Log(Level::kError, "storage error", {{"error", text}});
                          }}));
  ASSIGN_OR_RETURN(const auto security, common::rpc::Security::Open(config.security, logger));
  ASSIGN_OR_RETURN(auto permissions, MakePermissions());
  UnitScopes scopes(*ledger);
  const auto gatekeeper = security->MakeGatekeeper(std::move(permissions), scopes, clock);
  common::rpc::RpcEnvironment rpc({.domain = std::string(kErrorDomain),
                                   .max_in_flight = config.max_in_flight,
                                   .gatekeeper = gatekeeper.get()},
                                  logger, clock);
  Services services({.rpc = rpc, .ledger = *ledger});
  ASSIGN_OR_RETURN(const auto runtime,
                   common::rpc::ServerRuntime::Start(config, services.All(),
                                                     {.on_drain = [&services] { services.Drain(); },
                                                      .on_stopped = [&ledger] { ledger->Close(); }},
                                                     logger, security->server_credentials()));
  return common::rpc::ServeUntilSignal(*runtime, logger, [&security] { security->Reload(); });
}

int Main(int argc, const char* const* argv) {
  common::rpc::ServerConfig config{.listen = "127.0.0.1:7501", .database = "./reporting.db"};
  CLI::App app;
  const common::rpc::ServerProgram program = Program();
  common::rpc::AddServerOptions(app, program, config);
  const std::optional<int> exit_code =
      common::rpc::ParseCommandLine(app, argc, argv, config, std::cout, std::cerr);
  if (exit_code.has_value()) return *exit_code;
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
