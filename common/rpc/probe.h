// Asks a running service how it is: what an image's health check or an operator's shell runs.
#ifndef THIDUA_COMMON_RPC_PROBE_H_
#define THIDUA_COMMON_RPC_PROBE_H_

#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/server_config.h"

namespace common::rpc {

// The exit codes of a probe.
inline constexpr int kProbeServing = 0;
inline constexpr int kProbeNotServing = 1;
inline constexpr int kProbeUnreachable = 3;

// Where a service with `config` is asked on the same machine: --health-listen if set, otherwise
// --listen; 127.0.0.1 for any address; for port 0 what the port file says.
// FAILED_PRECONDITION: the port is 0 and there is no port file, or it cannot be read.
absl::StatusOr<std::string> ProbeTarget(const ServerConfig& config);

// Asks grpc.health.v1.Health at `target` for `service`, in plaintext, and says on `out` what it
// answers, or on `err` why it does not. Returns one of the codes above.
int Probe(const std::string& target, const std::string& service, absl::Duration timeout,
          std::ostream& out, std::ostream& err);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_PROBE_H_
