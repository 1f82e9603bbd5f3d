#include "common/rpc/server_runtime.h"

#include <grpc/health/v1/health.pb.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
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
constexpr int kMetadataBytesMax = 16 << 10;
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
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMetadataBytesMax);
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

absl::Status ListenFailed(std::string_view listen, std::string_view why) {
  return absl::UnavailableError(absl::StrCat("cannot listen on ", sv(listen), ": ", sv(why)));
}

std::string BoundAddress(const std::string& listen, int port) {
  if (absl::StartsWith(listen, "unix:")) return listen;
  return absl::StrCat(listen.substr(0, listen.rfind(':')), ":", port);
}

}  // namespace

ServerRuntime::ServerRuntime(const ServerConfig& config, StopHooks hooks, telemetry::Logger& logger,
                             std::shared_ptr<grpc::ServerCredentials> credentials)
    : config_(config),
      hooks_(std::move(hooks)),
      logger_(logger),
      credentials_(std::move(credentials)) {}

absl::StatusOr<std::unique_ptr<ServerRuntime>> ServerRuntime::Start(
    const ServerConfig& config, const std::vector<ServedService>& services, StopHooks hooks,
    telemetry::Logger& logger, std::shared_ptr<grpc::ServerCredentials> credentials) {
  RETURN_IF_ERROR(ValidateServerConfig(config));
  if (config.security.has_tls() != (credentials != nullptr)) {
    return absl::InternalError("TLS is configured without credentials, or the other way round");
  }
  std::unique_ptr<ServerRuntime> runtime(
      new ServerRuntime(config, std::move(hooks), logger, std::move(credentials)));
  RETURN_IF_ERROR(runtime->Listen(services));
  logger.Log(Level::kInfo, "serving",
             {{"address", runtime->address_},
              {"tls", config.security.has_tls()},
              {"policy", config.security.has_policy()}});
  if (!IsLocalAddress(config.listen) && !config.security.has_tls()) {
    logger.Log(Level::kWarning, "listening in plaintext on an address that other machines reach",
               {{"address", runtime->address_}});
  }
  return runtime;
}

absl::Status ServerRuntime::Listen(const std::vector<ServedService>& services) {
  EnableHealthServiceOnce();
  // gRPC would take a Unix socket away from a living server.
  const bool is_unix = absl::StartsWith(config_.listen, "unix:");
  if (const std::string problem = is_unix ? ListenProblem(config_.listen) : ""; !problem.empty()) {
    return ListenFailed(config_.listen, problem);
  }
  grpc::ServerBuilder builder;
  SetLimits(config_, builder);
  int port = 0;
  builder.AddListeningPort(
      config_.listen, credentials_ != nullptr ? credentials_ : grpc::InsecureServerCredentials(),
      &port);
  for (const ServedService& served : services) builder.RegisterService(served.service);
  if (config_.reflection) {
    reflection_ = MakeReflection(services);
    builder.RegisterService(reflection_.get());
  }
  builder.SetOption(std::make_unique<ReflectionV1AlphaOption>(config_.reflection));
  builder.experimental().SetInterceptorCreators(ExplainUnreadableRequests());
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) {
    const std::string problem = ListenProblem(config_.listen);
    return ListenFailed(config_.listen, problem.empty() ? "the server did not start" : problem);
  }
  address_ = BoundAddress(config_.listen, port);
  if (absl::Status written = WritePortFile(); !written.ok()) {
    server_->Shutdown();
    server_.reset();
    return written;
  }
  for (const ServedService& served : services) SetServing(served.name, true);
  SetServing("", true);
  return absl::OkStatus();
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

void ServerRuntime::SetServing(const std::string& service, bool is_serving) {
  server_->GetHealthCheckService()->SetServingStatus(service, is_serving);
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
    server_->GetHealthCheckService()->Shutdown();
    if (config_.drain_delay > absl::ZeroDuration()) absl::SleepFor(config_.drain_delay);
    if (hooks_.on_drain) hooks_.on_drain();
    server_->Shutdown(std::chrono::system_clock::now() +
                      absl::ToChronoMilliseconds(config_.drain_grace));
    server_->Wait();
    if (hooks_.on_stopped) hooks_.on_stopped();
    if (!config_.port_file.empty()) std::remove(config_.port_file.c_str());
    logger_.Log(Level::kInfo, "stopped");
  });
}

}  // namespace common::rpc
