// How a service of ours is told where and how to run: flags and environment, read into one struct.
#ifndef THIDUA_COMMON_RPC_SERVER_CONFIG_H_
#define THIDUA_COMMON_RPC_SERVER_CONFIG_H_

#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/security_config.h"
#include "common/telemetry/log.h"

namespace CLI {
class App;
}

namespace common::rpc {

// Fill in what differs between services before AddServerOptions; the rest has its default here.
struct ServerConfig {
  // `host:port` with an IP address or `localhost`, or `unix:/path`. Port 0 takes a free one.
  std::string listen{};
  // Path of the SQLite file.
  std::string database{};
  telemetry::Level log_level = telemetry::Level::kInfo;
  // Between saying NOT_SERVING and refusing calls, so that load balancers can turn away.
  absl::Duration drain_delay = absl::ZeroDuration();
  // What calls in flight get to finish.
  absl::Duration drain_grace = absl::Seconds(10);
  // Whether the services describe themselves to grpcurl and the like.
  bool reflection = true;
  // Threads of the server; calls that find none free are refused.
  int max_threads = 256;
  // Unary calls at once; further ones are refused.
  int max_in_flight = 128;
  // Who may call, and by what certificate the service is known.
  SecurityConfig security{};
  // Permits addresses that other machines reach, without encryption or without identities.
  bool allow_insecure_bind = false;
  // If not empty: a file that holds the bound address while the server runs.
  std::string port_file{};
};

// Who is configured.
struct ServerProgram {
  // Such as `thidua-reporting`.
  std::string name{};
  // Such as `0.1.0`.
  std::string version{};
  // What it is for, one or two sentences for `--help`.
  std::string description{};
  // Such as `THIDUA_REPORTING`; `--listen` is then also `THIDUA_REPORTING_LISTEN`.
  std::string environment_prefix{};
};

// Adds the options of every server to `app`, each also read from the environment (the flag wins),
// with the values in `config` as defaults. Both must outlive the parsing.
void AddServerOptions(CLI::App& app, const ServerProgram& program, ServerConfig& config);

// Checks `config` as a whole.
// INVALID_ARGUMENT, reason INVALID_FIELD, with every flag at fault, such as `--listen`: an address
// that is malformed, or that other machines reach without TLS and a policy, nor
// `allow_insecure_bind`; files of `security` that go together and do not come together; a number, a
// duration or a path out of range.
absl::Status ValidateServerConfig(const ServerConfig& config);

// Reads the command line and the environment into what `app` is bound to, and checks `config`.
// Returns nothing to go on, or the code to exit with: 0 after `--help` and `--version`, which are
// written to `out`; 2 after a mistake, which is explained on `err`.
std::optional<int> ParseCommandLine(CLI::App& app, int argc, const char* const* argv,
                                    const ServerConfig& config, std::ostream& out,
                                    std::ostream& err);

// Whether only this machine reaches `listen`: a loopback address, `localhost`, or a Unix socket.
bool IsLocalAddress(std::string_view listen);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_SERVER_CONFIG_H_
