// thidua-awards: scores, ranks and nominates from what the reporting service tells.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/build_info/build_info.h"
#include "common/metrics/metrics.h"
#include "common/metrics/rpc_metrics.h"
#include "common/rpc/client_channel.h"
#include "common/rpc/guard.h"
#include "common/rpc/operations.h"
#include "common/rpc/run_main.h"
#include "common/rpc/server_commands.h"
#include "common/rpc/server_config.h"
#include "common/rpc/server_runtime.h"
#include "common/seams/clock.h"
#include "common/seams/id_source.h"
#include "common/status/error.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "common/telemetry/log.h"
#include "services/awards/reporting_client/feed_consumer.h"
#include "services/awards/reporting_client/feed_progress.h"
#include "services/awards/service/round_service.h"
#include "services/awards/service/rubric_service.h"
#include "thidua/reporting/v1/change_feed_service.grpc.pb.h"

namespace awards {
namespace {

using common::telemetry::Level;

// "TDaw": marks the files of this service.
constexpr int32_t kApplicationId = 0x54446177;
// The name under which health tells whether the copy of the reporting service's data is fresh.
// Apart from readiness, which does not need it.
constexpr char kFeedHealth[] = "feed";

struct Config {
  common::rpc::ServerConfig server{.listen = "127.0.0.1:7502", .database = "./awards.db"};
  // Where the reporting service listens.
  std::string reporting = "127.0.0.1:7501";
  // The copy counts as fresh for this long after the feed had nothing more to tell.
  absl::Duration feed_stale_after = absl::Seconds(30);
};

// Logs why the program cannot go on and returns its exit code.
int Fail(common::telemetry::Logger& logger, std::string_view message, const absl::Status& cause) {
  logger.Log(Level::kError, message, {{"error", common::sv(cause.message())}});
  return 1;
}

absl::StatusOr<std::unique_ptr<common::storage::sqlite::SqliteLedger>> OpenLedger(
    const Config& config, common::Clock& clock, common::IdSource& ids,
    common::rpc::Operations& operations) {
  common::storage::sqlite::SqliteOptions options{.path = config.server.database,
                                                 .application_id = kApplicationId,
                                                 .clock = &clock,
                                                 .ids = &ids};
  operations.Observe(options);
  return common::storage::sqlite::SqliteLedger::Open(options);
}

// The channel to the reporting service, whose calls are counted.
std::shared_ptr<grpc::Channel> OpenReporting(const Config& config,
                                             common::metrics::Metrics& metrics) {
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(common::metrics::CountClientCalls(
      metrics, {thidua::reporting::v1::ChangeFeedService::service_full_name()}));
  return common::rpc::OpenChannel(config.reporting, "thidua-awards/" THIDUA_VERSION,
                                  std::move(interceptors));
}

void AddFeedGauges(common::metrics::Metrics& metrics, const FeedProgress& progress,
                   common::Clock& clock) {
  const common::metrics::Labels labels = {{"consumer", "awards"}};
  metrics.AddGauge("feed_consumer_lag", "Changes of the reporting service not yet consumed.",
                   labels, [&progress] { return static_cast<double>(progress.View().lag); });
  metrics.AddGauge(
      "feed_consumer_lag_seconds", "Time since the feed had nothing more to tell.", labels,
      [&progress, &clock] { return absl::ToDoubleSeconds(progress.Staleness(clock.Now())); });
  metrics.AddGauge("feed_consumer_connected", "1 while the feed is being followed.", labels,
                   [&progress] { return progress.View().connected ? 1.0 : 0.0; });
}

common::rpc::HealthCheck FeedCheck(const Config& config, const FeedProgress& progress,
                                   common::Clock& clock) {
  return {.name = kFeedHealth, .check = [&config, &progress, &clock]() -> absl::Status {
            const absl::Duration age = progress.Staleness(clock.Now());
            if (age <= config.feed_stale_after) return absl::OkStatus();
            return absl::UnavailableError(absl::StrCat(
                "the copy is ", absl::FormatDuration(absl::Trunc(age, absl::Seconds(1))), " old"));
          }};
}

int Serve(const Config& config) {
  common::SystemClock clock;
  common::RandomIdSource ids;
  common::telemetry::Logger logger({.service = "thidua-awards", .level = config.server.log_level},
                                   clock);
  common::rpc::Operations operations(logger);
  auto ledger = OpenLedger(config, clock, ids, operations);
  if (!ledger.ok()) return Fail(logger, "cannot open the database", ledger.status());

  FeedProgress progress;
  progress.SetCaughtUp(clock.Now());
  common::rpc::RpcEnvironment rpc(
      {.domain = "awards.thidua", .max_in_flight = config.server.max_in_flight}, logger, clock);
  operations.Attach(config.server, **ledger, rpc);
  AddFeedGauges(operations.metrics(), progress, clock);
  const ServiceResources resources{.rpc = rpc, .ledger = **ledger, .feed = progress};
  RubricService rubrics(resources);
  RoundService rounds(resources);
  FeedConsumer consumer({.channel = OpenReporting(config, operations.metrics())}, **ledger,
                        progress, logger);
  const auto drain = [&consumer, &operations] {
    operations.Drain();
    consumer.Stop();
  };
  auto started = common::rpc::ServerRuntime::Start(
      config.server,
      {{thidua::awards::v1::RubricService::service_full_name(), &rubrics},
       {thidua::awards::v1::RoundService::service_full_name(), &rounds},
       operations.Backups()},
      {.on_drain = drain, .on_stopped = [&ledger] { (*ledger)->Close(); }}, logger,
      operations.Extras({FeedCheck(config, progress, clock)}));
  if (!started.ok()) return Fail(logger, "cannot serve", started.status());
  const std::unique_ptr<common::rpc::ServerRuntime> runtime = *std::move(started);
  if (const absl::Status status = consumer.Start(); !status.ok()) {
    runtime->Stop();
    return Fail(logger, "cannot read the position in the feed", status);
  }
  return common::rpc::ServeUntilSignal(*runtime, logger);
}

int Main(int argc, char** argv) {
  Config config;
  const common::rpc::ServerProgram program{
      .name = "thidua-awards",
      .version = common::VersionText(),
      .description =
          "Scores, ranks and nominates the units of emulation clusters from what the "
          "reporting service tells. Serves what it has while that is down.",
      .environment_prefix = "THIDUA_AWARDS"};
  CLI::App app;
  common::rpc::AddServerOptions(app, program, config.server);
  app.add_option("--reporting", config.reporting, "Where the reporting service listens, host:port")
      ->envname("THIDUA_AWARDS_REPORTING")
      ->capture_default_str();
  common::rpc::AddDurationOption(app, "--feed-stale-after", config.feed_stale_after,
                                 "Age of the copy at which the health of `feed` is lost",
                                 "THIDUA_AWARDS_FEED_STALE_AFTER");
  const common::rpc::ServerCommands commands(app, program, config.server, kApplicationId);
  if (const std::optional<int> code =
          common::rpc::ParseCommandLine(app, argc, argv, config.server, std::cout, std::cerr)) {
    return *code;
  }
  if (const std::optional<int> code = commands.Run(std::cout, std::cerr)) return *code;
  return common::rpc::RunMain([&config] { return Serve(config); });
}

}  // namespace
}  // namespace awards

int main(int argc, char** argv) { return awards::Main(argc, argv); }
