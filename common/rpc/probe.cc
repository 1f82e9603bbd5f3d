#include "common/rpc/probe.h"

#include <grpc/health/v1/health.grpc.pb.h>
#include <grpcpp/client_context.h>

#include <fstream>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/client_channel.h"

namespace common::rpc {
namespace {

namespace health = ::grpc::health::v1;

// `address` with this machine in the place of all addresses.
std::string Reachable(const std::string& address) {
  for (const auto& [any, loopback] :
       {std::pair<std::string_view, std::string_view>{"0.0.0.0:", "127.0.0.1:"},
        {"[::]:", "[::1]:"}}) {
    if (std::string_view(address).substr(0, any.size()) == any) {
      return std::string(loopback) + address.substr(any.size());
    }
  }
  return address;
}

}  // namespace

absl::StatusOr<std::string> ProbeTarget(const ServerConfig& config) {
  const std::string& listen = config.health_listen.empty() ? config.listen : config.health_listen;
  if (!absl::EndsWith(listen, ":0")) return Reachable(listen);
  std::string address;
  if (config.health_listen.empty() && !config.port_file.empty()) {
    std::ifstream file(config.port_file);
    std::getline(file, address);
  }
  if (!address.empty()) return Reachable(address);
  return absl::FailedPreconditionError(
      "the service takes a free port, and no port file says which; give --address");
}

int Probe(const std::string& target, const std::string& service, absl::Duration timeout,
          std::ostream& out, std::ostream& err) {
  const auto stub = health::Health::NewStub(OpenChannel(target, "thidua-probe"));
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  health::HealthCheckRequest request;
  request.set_service(service);
  health::HealthCheckResponse response;
  const grpc::Status status = stub->Check(&context, request, &response);
  if (status.error_code() == grpc::StatusCode::NOT_FOUND) {
    err << target << " knows no \"" << service << "\"\n";
    return kProbeNotServing;
  }
  if (!status.ok()) {
    err << target << " does not answer: " << status.error_message() << "\n";
    return kProbeUnreachable;
  }
  out << health::HealthCheckResponse::ServingStatus_Name(response.status()) << "\n";
  return response.status() == health::HealthCheckResponse::SERVING ? kProbeServing
                                                                   : kProbeNotServing;
}

}  // namespace common::rpc
