// A running gRPC server with all that ours have in common: health per service, reflection, limits,
// keepalive, and a drain that loses no call.
#ifndef THIDUA_COMMON_RPC_SERVER_RUNTIME_H_
#define THIDUA_COMMON_RPC_SERVER_RUNTIME_H_

#include <grpcpp/channel.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/reflection.h"
#include "common/rpc/server_config.h"
#include "common/telemetry/log.h"

namespace common::rpc {

// A service and its full name, such as
//   {thidua::reporting::v1::RegistryService::service_full_name(), &registry}
struct ServedService {
  std::string name{};
  // Not owned; outlives the runtime.
  grpc::Service* service = nullptr;
};

// What a service does when it stops; each is called once, on the thread that stops.
struct StopHooks {
  // After the service says NOT_SERVING, before calls are refused: end streams and what else would
  // last. Must not wait for calls.
  std::function<void()> on_drain{};
  // After the last call: close stores.
  std::function<void()> on_stopped{};
};

// Limits: requests of 4 MB, responses of 16 MB (beyond either: RESOURCE_EXHAUSTED), 16 KB of
// metadata in a call, 256 streams per connection, 256 MB of memory for what is on its way, the
// threads of the configuration. Thread-safe.
class ServerRuntime {
 public:
  // Binds and serves; once it returns, calls are answered and health is SERVING for each service
  // and for the empty name. If it fails, no hook is called.
  // INVALID_ARGUMENT, reason INVALID_FIELD: as ValidateServerConfig.
  // UNAVAILABLE: the address cannot be bound, or the port file not be written; the message says
  // which and why.
  // `credentials` are those of Security, which must outlive the runtime; null for plaintext.
  static absl::StatusOr<std::unique_ptr<ServerRuntime>> Start(
      const ServerConfig& config, const std::vector<ServedService>& services, StopHooks hooks,
      telemetry::Logger& logger, std::shared_ptr<grpc::ServerCredentials> credentials = nullptr);

  // Stops, if nobody did.
  ~ServerRuntime();
  ServerRuntime(const ServerRuntime&) = delete;
  ServerRuntime& operator=(const ServerRuntime&) = delete;

  // Where it listens, with the actual port; what a client gives as target.
  const std::string& address() const { return address_; }

  // Changes the health of one service (or, if empty, of the whole server). Without effect once
  // stopping.
  void SetServing(const std::string& service, bool is_serving);

  // A channel to this server that needs no port. For tests.
  std::shared_ptr<grpc::Channel> InProcessChannel(const grpc::ChannelArguments& arguments = {});

  // Drains and returns when all is over: health NOT_SERVING, the drain delay, on_drain, new calls
  // refused with UNAVAILABLE, calls in flight finished or, after the grace, cut, on_stopped.
  // Further calls wait for the first one.
  void Stop();

 private:
  ServerRuntime(const ServerConfig& config, StopHooks hooks, telemetry::Logger& logger,
                std::shared_ptr<grpc::ServerCredentials> credentials);

  absl::Status Listen(const std::vector<ServedService>& services);
  absl::Status WritePortFile() const;

  const ServerConfig config_;
  const StopHooks hooks_;
  telemetry::Logger& logger_;
  // The server refers to it.
  const std::shared_ptr<grpc::ServerCredentials> credentials_;
  std::string address_;
  std::unique_ptr<ReflectionService> reflection_;
  std::unique_ptr<grpc::Server> server_;
  std::once_flag stop_once_;
};

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_SERVER_RUNTIME_H_
