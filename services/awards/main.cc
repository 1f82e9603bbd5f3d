// thidua-awards: scores, ranks and nominates from what the reporting service tells.
#include <CLI/CLI.hpp>
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
#include "common/status/error.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "common/telemetry/log.h"
#include "services/awards/reporting_client/feed_consumer.h"
#include "services/awards/reporting_client/feed_progress.h"
#include "services/awards/reporting_client/reporting_connection.h"
#include "services/awards/service/permissions.h"
#include "services/awards/service/round_service.h"
#include "services/awards/service/rubric_service.h"

namespace awards {
namespace {

using common::telemetry::Level;

// "TDaw": marks the files of this service.
constexpr int32_t kApplicationId = 0x54446177;
// The name under which health tells whether the feed of the reporting service is connected. Apart
// from the service's own, which stays SERVING without it.
constexpr char kFeedHealth[] = "feed";

struct Config {
  common::rpc::ServerConfig server{.listen = "127.0.0.1:7502", .database = "./awards.db"};
  // Where the reporting service listens, and how to call it.
  ReportingOptions reporting{};
};

// Logs why the program cannot go on and returns its exit code.
int Fail(common::telemetry::Logger& logger, std::string_view message, const absl::Status& cause) {
  logger.Log(Level::kError, message, {{"error", common::sv(cause.message())}});
  return 1;
}

absl::StatusOr<std::unique_ptr<common::storage::sqlite::SqliteLedger>> OpenLedger(
    const Config& config, common::Clock& clock, common::IdSource& ids,
    common::telemetry::Logger& logger) {
  return common::storage::sqlite::SqliteLedger::Open(
      {.path = config.server.database,
       .application_id = kApplicationId,
       .clock = &clock,
       .ids = &ids,
       .on_storage_error = [&logger](const std::string& text) {
         logger.Log(Level::kError, "storage error", {{"error", text}});
       }});
}

void AddReportingOptions(CLI::App& app, ReportingOptions& options) {
  app.add_option("--reporting", options.address, "Where the reporting service listens, host:port")
      ->envname("THIDUA_AWARDS_REPORTING");
  app.add_option("--reporting-authorities", options.tls.authorities,
                 "PEM file: authorities of its certificate; without it, plaintext")
      ->envname("THIDUA_AWARDS_REPORTING_AUTHORITIES");
  app.add_option("--reporting-certificate", options.tls.certificate,
                 "PEM file: the certificate by which it knows this service")
      ->envname("THIDUA_AWARDS_REPORTING_CERTIFICATE");
  app.add_option("--reporting-key", options.tls.key, "PEM file: the key of the certificate")
      ->envname("THIDUA_AWARDS_REPORTING_KEY");
  app.add_option("--reporting-token-file", options.token_file,
                 "File with the token by which it knows this service")
      ->envname("THIDUA_AWARDS_REPORTING_TOKEN_FILE");
}

int Serve(const Config& config) {
  common::SystemClock clock;
  common::RandomIdSource ids;
  common::telemetry::Logger logger({.service = "thidua-awards", .level = config.server.log_level},
                                   clock);
  auto ledger = OpenLedger(config, clock, ids, logger);
  if (!ledger.ok()) return Fail(logger, "cannot open the database", ledger.status());

  auto security = common::rpc::Security::Open(config.server.security, logger);
  if (!security.ok()) return Fail(logger, "cannot secure the service", security.status());
  auto permissions = MakePermissions();
  if (!permissions.ok()) return Fail(logger, "cannot tell who may what", permissions.status());
  RoundScopes scopes(**ledger);
  const auto gatekeeper = (*security)->MakeGatekeeper(*std::move(permissions), scopes, clock);
  auto reporting = ReportingConnection::Open(config.reporting, logger);
  if (!reporting.ok()) return Fail(logger, "cannot call the reporting service", reporting.status());

  FeedProgress progress;
  common::rpc::RpcEnvironment rpc({.domain = "awards.thidua",
                                   .max_in_flight = config.server.max_in_flight,
                                   .gatekeeper = gatekeeper.get()},
                                  logger, clock);
  const ServiceResources resources{.rpc = rpc, .ledger = **ledger, .feed = progress};
  RubricService rubrics(resources);
  RoundService rounds(resources);

  std::unique_ptr<common::rpc::ServerRuntime> runtime;
  FeedConsumer consumer(
      {.connect = [&reporting] { return (*reporting)->Connect(); },
       .prepare = [&reporting](grpc::ClientContext& call) { (*reporting)->Prepare(call); },
       .on_connection =
           [&runtime](bool connected) { runtime->SetServing(kFeedHealth, connected); }},
      **ledger, progress, logger);
  auto started = common::rpc::ServerRuntime::Start(
      config.server,
      {{thidua::awards::v1::RubricService::service_full_name(), &rubrics},
       {thidua::awards::v1::RoundService::service_full_name(), &rounds}},
      {.on_drain = [&consumer] { consumer.Stop(); },
       .on_stopped = [&ledger] { (*ledger)->Close(); }},
      logger, (*security)->server_credentials());
  if (!started.ok()) return Fail(logger, "cannot serve", started.status());
  runtime = *std::move(started);
  runtime->SetServing(kFeedHealth, false);
  if (const absl::Status status = consumer.Start(); !status.ok()) {
    runtime->Stop();
    return Fail(logger, "cannot read the position in the feed", status);
  }
  return common::rpc::ServeUntilSignal(*runtime, logger, [&security, &reporting] {
    (*security)->Reload();
    (*reporting)->Reload();
  });
}

int Main(int argc, char** argv) {
  Config config;
  const common::rpc::ServerProgram program{
      .name = "thidua-awards",
      .version = THIDUA_VERSION,
      .description =
          "Scores, ranks and nominates the units of emulation clusters from what the "
          "reporting service tells. Serves what it has while that is down.",
      .environment_prefix = "THIDUA_AWARDS"};
  CLI::App app;
  common::rpc::AddServerOptions(app, program, config.server);
  AddReportingOptions(app, config.reporting);
  if (const std::optional<int> code =
          common::rpc::ParseCommandLine(app, argc, argv, config.server, std::cout, std::cerr)) {
    return *code;
  }
  return common::rpc::RunMain([&config] { return Serve(config); });
}

}  // namespace
}  // namespace awards

int main(int argc, char** argv) { return awards::Main(argc, argv); }
