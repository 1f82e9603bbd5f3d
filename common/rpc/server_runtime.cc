#include "common/rpc/server_runtime.h"

#include <grpc/health/v1/health.pb.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/metrics/rpc_metrics.h"
#include "common/rpc/listen_problem.h"
#include "common/rpc/unreadable_request.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"

namespace common::rpc {
namespace {

using telemetry::Level;

constexpr int kReceiveBytesMax = 4 << 20;
constexpr int kSendBytesMax = 16 << 20;
constexpr size_t kMemoryBytesMax = size_t{256} << 20;
constexpr int kStreamsPerConnectionMax = 256;
constexpr char kHealthService[] = "grpc.health.v1.Health";

// Reflection v1alpha for one server. The library switches it on for every server of a process that
// is linked with it, so it is taken out first.
class ReflectionV1AlphaOption final : public grpc::ServerBuilderOption {
 public:
  explicit ReflectionV1AlphaOption(bool is_on) : is_on_(is_on) {}

  void UpdateArguments(grpc::ChannelArguments* /*arguments*/) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    auto reflection = std::make_unique<grpc::reflection::ProtoServerReflectionPlugin>();
    std::erase_if(*plugins, [name = reflection->name()](const auto& plugin) {
      return plugin->name() == name;
    });
    if (is_on_) plugins->push_back(std::move(reflection));
  }

 private:
  const bool is_on_;
};

// gRPC has one switch for the process, and it is not thread-safe.
void EnableHealthServiceOnce() {
  static const bool is_enabled = [] {
    grpc::EnableDefaultHealthCheckService(true);
    return true;
  }();
  (void)is_enabled;
}

void SetLimits(const ServerConfig& config, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kReceiveBytesMax);
  builder.SetMaxSendMessageSize(kSendBytesMax);
  builder.SetResourceQuota(
      grpc::ResourceQuota("thidua").SetMaxThreads(config.max_threads).Resize(kMemoryBytesMax));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kStreamsPerConnectionMax);
  // Two servers on one port would share its connections at random.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 30'000);
}

std::unique_ptr<ReflectionService> MakeReflection(const std::vector<ServedService>& services) {
  // A mention of the generated code, without which the linker leaves the descriptor out.
  grpc::health::v1::HealthCheckRequest::descriptor();
  std::vector<std::string> names = {kHealthService,
                                    grpc::reflection::v1::ServerReflection::service_full_name()};
  for (const ServedService& served : services) names.push_back(served.name);
  return std::make_unique<ReflectionService>(names);
}

std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
MakeInterceptors(const std::vector<ServedService>& services, metrics::Metrics* metrics) {
  auto interceptors = ExplainUnreadableRequests();
  if (metrics == nullptr) return interceptors;
  std::vector<std::string> names;
  for (const ServedService& served : services) names.push_back(served.name);
  interceptors.push_back(metrics::CountServerCalls(*metrics, names));
  return interceptors;
}

absl::Status ListenFailed(std::string_view listen, std::string_view why) {
  return absl::UnavailableError(absl::StrCat("cannot listen on ", sv(listen), ": ", sv(why)));
}

std::string BoundAddress(const std::string& listen, int port) {
  if (absl::StartsWith(listen, "unix:")) return listen;
  return absl::StrCat(listen.substr(0, listen.rfind(':')), ":", port);
}

}  // namespace

ServerRuntime::ServerRuntime(const ServerConfig& config, StopHooks hooks, telemetry::Logger& logger)
    : config_(config), hooks_(std::move(hooks)), logger_(logger) {}

absl::StatusOr<std::unique_ptr<ServerRuntime>> ServerRuntime::Start(
    const ServerConfig& config, const std::vector<ServedService>& services, StopHooks hooks,
    telemetry::Logger& logger, ServerExtras extras) {
  RETURN_IF_ERROR(ValidateServerConfig(config));
  std::unique_ptr<ServerRuntime> runtime(new ServerRuntime(config, std::move(hooks), logger));
  RETURN_IF_ERROR(runtime->Listen(services, extras.metrics));
  runtime->BeginHealth(services, std::move(extras));
  logger.Log(Level::kInfo, "serving",
             {{"address", runtime->address_},
              {"admin", runtime->admin_address()},
              {"health", runtime->health_address_}});
  if (!IsLocalAddress(config.listen)) {
    logger.Log(Level::kWarning, "listening in plaintext on an address that other machines reach",
               {{"address", runtime->address_}});
  }
  return runtime;
}

absl::Status ServerRuntime::Listen(const std::vector<ServedService>& services,
                                   metrics::Metrics* metrics) {
  EnableHealthServiceOnce();
  // gRPC would take a Unix socket away from a living server.
  const bool is_unix = absl::StartsWith(config_.listen, "unix:");
  if (const std::string problem = is_unix ? ListenProblem(config_.listen) : ""; !problem.empty()) {
    return ListenFailed(config_.listen, problem);
  }
  grpc::ServerBuilder builder;
  SetLimits(config_, builder);
  int port = 0;
  builder.AddListeningPort(config_.listen, grpc::InsecureServerCredentials(), &port);
  for (const ServedService& served : services) builder.RegisterService(served.service);
  if (config_.reflection) {
    reflection_ = MakeReflection(services);
    builder.RegisterService(reflection_.get());
  }
  builder.SetOption(std::make_unique<ReflectionV1AlphaOption>(config_.reflection));
  builder.experimental().SetInterceptorCreators(MakeInterceptors(services, metrics));
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) {
    const std::string problem = ListenProblem(config_.listen);
    return ListenFailed(config_.listen, problem.empty() ? "the server did not start" : problem);
  }
  address_ = BoundAddress(config_.listen, port);
  absl::Status status = ListenAside(metrics);
  if (status.ok()) status = WritePortFile();
  if (!status.ok()) ShutDownServers();
  return status;
}

absl::Status ServerRuntime::ListenAside(metrics::Metrics* metrics) {
  if (!config_.health_listen.empty()) {
    grpc::ServerBuilder builder;
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.SetOption(std::make_unique<ReflectionV1AlphaOption>(false));
    // Nothing polls a server that has no service but gRPC's own.
    health_reflection_ =
        std::make_unique<ReflectionService>(std::vector<std::string>{kHealthService});
    builder.RegisterService(health_reflection_.get());
    int port = 0;
    builder.AddListeningPort(config_.health_listen, grpc::InsecureServerCredentials(), &port);
    health_server_ = builder.BuildAndStart();
    if (health_server_ == nullptr) {
      return ListenFailed(config_.health_listen, ListenProblem(config_.health_listen));
    }
    health_address_ = BoundAddress(config_.health_listen, port);
  }
  if (!config_.admin_listen.empty() && metrics != nullptr) {
    ASSIGN_OR_RETURN(admin_, metrics::AdminServer::Start(config_.admin_listen, *metrics));
  }
  return absl::OkStatus();
}

void ServerRuntime::BeginHealth(const std::vector<ServedService>& services, ServerExtras extras) {
  for (const ServedService& served : services) SetServing(served.name, true);
  SetServing("", true);
  SetServing(std::string(kLiveness), true);
  const bool has_readiness =
      std::any_of(extras.checks.begin(), extras.checks.end(),
                  [](const HealthCheck& check) { return check.name == kReadiness; });
  if (!has_readiness) SetServing(std::string(kReadiness), true);
  monitor_ = std::make_unique<HealthMonitor>(
      std::move(extras.checks), extras.check_interval,
      [this](const std::string& name, bool is_healthy) { SetServing(name, is_healthy); }, logger_);
}

void ServerRuntime::EndHealth() {
  const std::lock_guard lock(health_mutex_);
  is_stopping_ = true;
  for (grpc::Server* server : {server_.get(), health_server_.get()}) {
    if (server == nullptr) continue;
    for (const std::string& name : health_names_) {
      if (name == kLiveness) continue;
      server->GetHealthCheckService()->SetServingStatus(name, false);
    }
  }
}

absl::Status ServerRuntime::WritePortFile() const {
  if (config_.port_file.empty()) return absl::OkStatus();
  // Written aside and moved, so that a reader finds all of it or nothing.
  const std::string aside = absl::StrCat(config_.port_file, ".", ::getpid());
  std::ofstream file(aside);
  file << address_ << "\n";
  file.close();
  if (file && std::rename(aside.c_str(), config_.port_file.c_str()) == 0) return absl::OkStatus();
  std::remove(aside.c_str());
  return ListenFailed(address_,
                      absl::StrCat("the port file ", config_.port_file, " cannot be written"));
}

ServerRuntime::~ServerRuntime() { Stop(); }

void ServerRuntime::ShutDownServers() {
  admin_.reset();
  if (health_server_ != nullptr) health_server_->Shutdown();
  health_server_.reset();
  server_->Shutdown();
  server_.reset();
}

std::string ServerRuntime::admin_address() const {
  return admin_ == nullptr ? "" : admin_->address();
}

void ServerRuntime::SetServing(const std::string& service, bool is_serving) {
  const std::lock_guard lock(health_mutex_);
  if (is_stopping_) return;
  health_names_.insert(service);
  for (grpc::Server* server : {server_.get(), health_server_.get()}) {
    if (server != nullptr) server->GetHealthCheckService()->SetServingStatus(service, is_serving);
  }
}

std::shared_ptr<grpc::Channel> ServerRuntime::InProcessChannel(
    const grpc::ChannelArguments& arguments) {
  return server_->InProcessChannel(arguments);
}

void ServerRuntime::Stop() {
  if (server_ == nullptr) return;
  std::call_once(stop_once_, [this] {
    logger_.Log(Level::kInfo, "draining",
                {{"delay", absl::FormatDuration(config_.drain_delay)},
                 {"grace", absl::FormatDuration(config_.drain_grace)}});
    monitor_->Stop();
    EndHealth();
    if (config_.drain_delay > absl::ZeroDuration()) absl::SleepFor(config_.drain_delay);
    if (hooks_.on_drain) hooks_.on_drain();
    server_->Shutdown(std::chrono::system_clock::now() +
                      absl::ToChronoMilliseconds(config_.drain_grace));
    server_->Wait();
    // What is counted and checked refers to what the hook closes.
    admin_.reset();
    if (health_server_ != nullptr) health_server_->Shutdown(std::chrono::system_clock::now());
    if (hooks_.on_stopped) hooks_.on_stopped();
    if (!config_.port_file.empty()) std::remove(config_.port_file.c_str());
    logger_.Log(Level::kInfo, "stopped");
  });
}

}  // namespace common::rpc
