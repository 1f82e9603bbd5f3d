#include "common/rpc/server_config.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <CLI/CLI.hpp>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common::rpc {
namespace {

constexpr int kExitUsage = 2;
constexpr absl::Duration kDrainMax = absl::Hours(1);

struct HostPort {
  std::string host{};
  int port = 0;
  bool is_ipv6 = false;
};

// Splits `127.0.0.1:7101` or `[::1]:7101`; nothing if it has another form.
std::optional<HostPort> SplitHostPort(std::string_view listen) {
  const size_t colon = listen.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  HostPort split;
  std::string_view host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    split.is_ipv6 = true;
  }
  split.host = std::string(host);
  const std::string_view port = listen.substr(colon + 1);
  const bool is_number = port.find_first_not_of("0123456789") == std::string_view::npos &&
                         absl::SimpleAtoi(sv(port), &split.port);
  if (!is_number || split.port > 65535) return std::nullopt;
  return split;
}

// Whether the host of `address` is an IP address or `localhost`, and whether it is this machine.
enum class Reach { kMalformed, kLocal, kNetwork };

Reach ReachOf(std::string_view listen) {
  if (absl::StartsWith(sv(listen), "unix:")) {
    return listen.size() > 5 ? Reach::kLocal : Reach::kMalformed;
  }
  const std::optional<HostPort> address = SplitHostPort(listen);
  if (!address.has_value()) return Reach::kMalformed;
  if (address->is_ipv6) {
    in6_addr ip{};
    if (inet_pton(AF_INET6, address->host.c_str(), &ip) != 1) return Reach::kMalformed;
    return IN6_IS_ADDR_LOOPBACK(&ip) ? Reach::kLocal : Reach::kNetwork;
  }
  if (address->host == "localhost") return Reach::kLocal;
  in_addr ip{};
  if (inet_pton(AF_INET, address->host.c_str(), &ip) != 1) return Reach::kMalformed;
  return (ntohl(ip.s_addr) >> 24) == 127 ? Reach::kLocal : Reach::kNetwork;
}

CLI::Validator IsDuration() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        absl::Duration ignored;
        if (absl::ParseDuration(text, &ignored)) return "";
        return absl::StrCat(text, " is not a duration such as 500ms, 10s or 1m");
      },
      "DURATION");
}

void AddDuration(CLI::App& app, const std::string& flag, absl::Duration& value,
                 const std::string& help, const std::string& variable) {
  app.add_option_function<std::string>(
         flag, [&value](const std::string& text) { absl::ParseDuration(text, &value); }, help)
      ->check(IsDuration())
      ->default_str(absl::FormatDuration(value))
      ->envname(variable);
}

void AddLogLevel(CLI::App& app, telemetry::Level& level, const std::string& variable) {
  app.add_option_function<std::string>(
         "--log-level",
         [&level](const std::string& name) {
           level = telemetry::ParseLevel(name).value_or(telemetry::Level::kInfo);
         },
         "Least level that is logged: debug (every call), info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
      ->default_str(std::string(telemetry::LevelName(level)))
      ->envname(variable);
}

std::string Footer(const ServerProgram& program, const ServerConfig& config) {
  return absl::StrCat(
      "Each option can also be given by the environment variable named in (Env:...); the flag "
      "wins.\nSIGTERM or SIGINT stops in good order, a second one at once. SIGHUP reads "
      "certificates, "
      "keys and policy again.\n\nExamples:\n  ",
      program.name, "\n      serve on ", config.listen, " with the data in ", config.database,
      "\n  ", program.name, " --listen unix:/run/thidua/", program.name,
      ".sock --log-level debug\n      serve on a Unix socket and log every call\n  ", program.name,
      " --listen 127.0.0.1:0 --port-file /tmp/", program.name,
      ".address\n      take a free port and say which in a file\n");
}

void CheckRange(int value, int least, int most, std::string_view flag,
                std::vector<FieldViolation>& violations) {
  if (value >= least && value <= most) return;
  violations.push_back(
      {.field = std::string(flag),
       .description = absl::StrCat(value, " is not between ", least, " and ", most)});
}

void CheckDrain(absl::Duration value, std::string_view flag,
                std::vector<FieldViolation>& violations) {
  if (value >= absl::ZeroDuration() && value <= kDrainMax) return;
  violations.push_back(
      {.field = std::string(flag),
       .description = absl::StrCat(absl::FormatDuration(value), " is not between 0 and 1 hour")});
}

void CheckListen(const ServerConfig& config, std::vector<FieldViolation>& violations) {
  const Reach reach = ReachOf(config.listen);
  if (reach == Reach::kMalformed) {
    violations.push_back(
        {.field = "--listen",
         .description = absl::StrCat("\"", config.listen,
                                     "\" is not an address such as 127.0.0.1:7501, [::1]:7501, "
                                     "localhost:7501 or unix:/path")});
    return;
  }
  const bool is_secure = config.security.has_tls() && config.security.has_policy();
  if (reach == Reach::kLocal || is_secure || config.allow_insecure_bind) return;
  violations.push_back(
      {.field = "--listen",
       .description = absl::StrCat(
           config.listen, " can be reached from other machines, and calls are not ",
           config.security.has_tls() ? "authenticated (--policy)"
                                     : "encrypted (--tls-certificate) and authenticated (--policy)",
           ". Give these, listen on 127.0.0.1, [::1] or a Unix socket, or, if a proxy or a private "
           "network protects this address, add --allow-insecure-bind")});
}

void AddSecurityOptions(CLI::App& app, const std::string& prefix, SecurityConfig& config) {
  const auto add = [&](const std::string& flag, std::string& value, const std::string& help,
                       const char* variable) {
    app.add_option(flag, value, help)->envname(absl::StrCat(prefix, "_", variable));
  };
  add("--tls-certificate", config.tls_certificate,
      "PEM file: the server's certificate and those that lead to its authority", "TLS_CERTIFICATE");
  add("--tls-key", config.tls_key, "PEM file: the key of the certificate", "TLS_KEY");
  add("--tls-client-authorities", config.tls_client_authorities,
      "PEM file: authorities whose client certificates are taken", "TLS_CLIENT_AUTHORITIES");
  add("--policy", config.policy, "Who may do what; read again at SIGHUP", "POLICY");
  add("--token-keys", config.token_keys, "JSON Web Key Set that tokens are signed with",
      "TOKEN_KEYS");
  add("--token-issuer", config.token_issuer, "The issuer of tokens", "TOKEN_ISSUER");
  add("--token-audience", config.token_audience, "What tokens for this service are for",
      "TOKEN_AUDIENCE");
}

}  // namespace

bool IsLocalAddress(std::string_view listen) { return ReachOf(listen) == Reach::kLocal; }

void AddServerOptions(CLI::App& app, const ServerProgram& program, ServerConfig& config) {
  const auto variable = [&program](const char* name) {
    return absl::StrCat(program.environment_prefix, "_", name);
  };
  app.name(program.name);
  app.description(program.description);
  app.footer(Footer(program, config));
  app.set_version_flag("--version", absl::StrCat(program.name, " ", program.version));
  app.option_defaults()->always_capture_default();

  app.add_option("--listen", config.listen, "Address: host:port (0: a free port) or unix:/path")
      ->envname(variable("LISTEN"));
  app.add_option("--database", config.database, "SQLite file; made if it does not exist")
      ->envname(variable("DATABASE"));
  AddLogLevel(app, config.log_level, variable("LOG_LEVEL"));
  AddDuration(app, "--drain-delay", config.drain_delay,
              "When stopping: time between saying NOT_SERVING and refusing calls",
              variable("DRAIN_DELAY"));
  AddDuration(app, "--drain-grace", config.drain_grace,
              "When stopping: time for the calls in flight", variable("DRAIN_GRACE"));
  app.add_flag("--reflection,!--no-reflection", config.reflection,
               "Describe the services to grpcurl and buf curl (on by default)")
      ->envname(variable("REFLECTION"));
  app.add_option("--max-threads", config.max_threads, "Threads for calls, 8 to 10000")
      ->envname(variable("MAX_THREADS"));
  app.add_option("--max-in-flight", config.max_in_flight, "Unary calls at once, 1 to 100000")
      ->envname(variable("MAX_IN_FLIGHT"));
  AddSecurityOptions(app, program.environment_prefix, config.security);
  app.add_flag("--allow-insecure-bind", config.allow_insecure_bind,
               "Accept a --listen address that other machines reach, without TLS or a policy")
      ->envname(variable("ALLOW_INSECURE_BIND"));
  app.add_option("--port-file", config.port_file,
                 "File that holds the bound address while the server runs, for scripts")
      ->envname(variable("PORT_FILE"));
}

absl::Status ValidateServerConfig(const ServerConfig& config) {
  std::vector<FieldViolation> violations;
  CheckListen(config, violations);
  if (config.database.empty()) {
    violations.push_back({.field = "--database", .description = "the path is empty"});
  }
  CheckDrain(config.drain_delay, "--drain-delay", violations);
  CheckDrain(config.drain_grace, "--drain-grace", violations);
  CheckRange(config.max_threads, 8, 10'000, "--max-threads", violations);
  CheckRange(config.max_in_flight, 1, 100'000, "--max-in-flight", violations);
  for (FieldViolation& violation : CheckSecurityConfig(config.security)) {
    violations.push_back(std::move(violation));
  }
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

std::optional<int> ParseCommandLine(CLI::App& app, int argc, const char* const* argv,
                                    const ServerConfig& config, std::ostream& out,
                                    std::ostream& err) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, err) == 0 ? 0 : kExitUsage;
  }
  const absl::Status status = ValidateServerConfig(config);
  if (status.ok()) return std::nullopt;
  for (const FieldViolation& violation : DetailOf(status).violations) {
    err << app.get_name() << ": " << violation.field << ": " << violation.description << "\n";
  }
  return kExitUsage;
}

}  // namespace common::rpc
