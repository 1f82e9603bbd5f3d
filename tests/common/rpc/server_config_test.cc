#include "common/rpc/server_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::rpc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testkit::HasViolation;
using ::testkit::IsOk;
using ::testkit::StatusIs;

const ServerProgram kProgram{.name = "thidua-test",
                             .version = "1.2.3",
                             .description = "Tries options.",
                             .environment_prefix = "THIDUA_CONFIG_TEST"};

using Variables = std::map<std::string, std::string>;

// Environment variables for the life of one test.
class Environment {
 public:
  explicit Environment(Variables variables) : variables_(std::move(variables)) {
    for (const auto& [name, value] : variables_) setenv(name.c_str(), value.c_str(), 1);
  }
  ~Environment() {
    for (const auto& [name, value] : variables_) unsetenv(name.c_str());
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const Variables variables_;
};

// What came of a command line.
struct Outcome {
  ServerConfig config{.listen = "127.0.0.1:7501", .database = "./test.db"};
  std::optional<int> exit_code{};
  std::string out{};
  std::string err{};
};

Outcome Parse(const std::vector<std::string>& arguments) {
  Outcome outcome;
  CLI::App app;
  AddServerOptions(app, kProgram, outcome.config);
  std::vector<const char*> argv = {"thidua-test"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  std::ostringstream out;
  std::ostringstream err;
  outcome.exit_code =
      ParseCommandLine(app, static_cast<int>(argv.size()), argv.data(), outcome.config, out, err);
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

TEST(CommandLine, KeepsTheDefaults) {
  const Outcome outcome = Parse({});
  EXPECT_EQ(outcome.exit_code, std::nullopt) << outcome.err;
  EXPECT_EQ(outcome.config.listen, "127.0.0.1:7501");
  EXPECT_EQ(outcome.config.database, "./test.db");
  EXPECT_EQ(outcome.config.log_level, telemetry::Level::kInfo);
  EXPECT_EQ(outcome.config.drain_delay, absl::ZeroDuration());
  EXPECT_EQ(outcome.config.drain_grace, absl::Seconds(10));
  EXPECT_TRUE(outcome.config.reflection);
  EXPECT_FALSE(outcome.config.allow_insecure_bind);
}

TEST(CommandLine, SetsEveryOption) {
  const Outcome outcome =
      Parse({"--listen", "[::1]:0", "--database", "/data/x.db", "--log-level", "debug",
             "--drain-delay", "5s", "--drain-grace", "1m30s", "--no-reflection", "--max-threads",
             "99", "--max-in-flight", "17", "--allow-insecure-bind", "--port-file", "/tmp/p"});
  EXPECT_EQ(outcome.exit_code, std::nullopt) << outcome.err;
  EXPECT_EQ(outcome.config.listen, "[::1]:0");
  EXPECT_EQ(outcome.config.database, "/data/x.db");
  EXPECT_EQ(outcome.config.log_level, telemetry::Level::kDebug);
  EXPECT_EQ(outcome.config.drain_delay, absl::Seconds(5));
  EXPECT_EQ(outcome.config.drain_grace, absl::Seconds(90));
  EXPECT_FALSE(outcome.config.reflection);
  EXPECT_EQ(outcome.config.max_threads, 99);
  EXPECT_EQ(outcome.config.max_in_flight, 17);
  EXPECT_TRUE(outcome.config.allow_insecure_bind);
  EXPECT_EQ(outcome.config.port_file, "/tmp/p");
}

TEST(CommandLine, SetsEveryOptionFromTheEnvironment) {
  const Environment environment(Variables{{"THIDUA_CONFIG_TEST_LISTEN", "localhost:1"},
                                          {"THIDUA_CONFIG_TEST_DATABASE", "/data/y.db"},
                                          {"THIDUA_CONFIG_TEST_LOG_LEVEL", "error"},
                                          {"THIDUA_CONFIG_TEST_DRAIN_DELAY", "250ms"},
                                          {"THIDUA_CONFIG_TEST_DRAIN_GRACE", "3s"},
                                          {"THIDUA_CONFIG_TEST_REFLECTION", "false"},
                                          {"THIDUA_CONFIG_TEST_MAX_THREADS", "88"},
                                          {"THIDUA_CONFIG_TEST_MAX_IN_FLIGHT", "9"},
                                          {"THIDUA_CONFIG_TEST_ALLOW_INSECURE_BIND", "true"},
                                          {"THIDUA_CONFIG_TEST_PORT_FILE", "/tmp/q"}});
  const Outcome outcome = Parse({});
  EXPECT_EQ(outcome.exit_code, std::nullopt) << outcome.err;
  EXPECT_EQ(outcome.config.listen, "localhost:1");
  EXPECT_EQ(outcome.config.database, "/data/y.db");
  EXPECT_EQ(outcome.config.log_level, telemetry::Level::kError);
  EXPECT_EQ(outcome.config.drain_delay, absl::Milliseconds(250));
  EXPECT_EQ(outcome.config.drain_grace, absl::Seconds(3));
  EXPECT_FALSE(outcome.config.reflection);
  EXPECT_EQ(outcome.config.max_threads, 88);
  EXPECT_EQ(outcome.config.max_in_flight, 9);
  EXPECT_TRUE(outcome.config.allow_insecure_bind);
  EXPECT_EQ(outcome.config.port_file, "/tmp/q");
}

TEST(CommandLine, PrefersTheFlagToTheEnvironment) {
  const Environment environment(
      {{"THIDUA_CONFIG_TEST_LISTEN", "127.0.0.1:1"}, {"THIDUA_CONFIG_TEST_DATABASE", "/env.db"}});
  const Outcome outcome = Parse({"--listen", "127.0.0.1:2"});
  EXPECT_EQ(outcome.config.listen, "127.0.0.1:2");
  EXPECT_EQ(outcome.config.database, "/env.db");
}

TEST(CommandLine, TeachesInItsHelp) {
  const Outcome outcome = Parse({"--help"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("Tries options."), HasSubstr("--listen"), HasSubstr("127.0.0.1:7501"),
                    HasSubstr("THIDUA_CONFIG_TEST_LISTEN"),
                    HasSubstr("THIDUA_CONFIG_TEST_DRAIN_GRACE"), HasSubstr("Examples:")));
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(CommandLine, TellsItsVersion) {
  const Outcome outcome = Parse({"--version"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, StartsWith("thidua-test 1.2.3"));
}

struct MistakeCase {
  std::string name;
  std::vector<std::string> arguments;
  std::string explanation;
};

class CommandLineMistake : public ::testing::TestWithParam<MistakeCase> {};

TEST_P(CommandLineMistake, IsExplained) {
  const Outcome outcome = Parse(GetParam().arguments);
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr(GetParam().explanation));
  EXPECT_THAT(outcome.out, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, CommandLineMistake,
    ::testing::ValuesIn<MistakeCase>({
        {"UnknownFlag", {"--lisen", "127.0.0.1:1"}, "--lisen"},
        {"LevelWithoutName", {"--log-level", "loud"}, "--log-level"},
        {"DurationWithoutUnit", {"--drain-grace", "5"}, "5 is not a duration such as 500ms"},
        {"NumberWithLetters", {"--max-threads", "many"}, "--max-threads"},
        {"OpenAddress", {"--listen", "0.0.0.0:7501"}, "thidua-test: --listen: 0.0.0.0:7501 can"},
        {"NoDatabase", {"--database", ""}, "thidua-test: --database: the path is empty"},
    }),
    testkit::CaseName<MistakeCase>);

TEST(CommandLine, ExplainsAMistakeInTheEnvironment) {
  const Environment environment(Variables{{"THIDUA_CONFIG_TEST_DRAIN_DELAY", "soon"}});
  const Outcome outcome = Parse({});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("soon is not a duration"));
}

struct ListenCase {
  std::string name;
  std::string listen;
};

ServerConfig ListenOn(const std::string& listen) {
  return {.listen = listen, .database = "./test.db"};
}

class LocalListen : public ::testing::TestWithParam<ListenCase> {};

TEST_P(LocalListen, IsAccepted) {
  EXPECT_THAT(ValidateServerConfig(ListenOn(GetParam().listen)), IsOk());
  EXPECT_TRUE(IsLocalAddress(GetParam().listen));
}

INSTANTIATE_TEST_SUITE_P(Addresses, LocalListen,
                         ::testing::ValuesIn<ListenCase>({
                             {"Loopback", "127.0.0.1:7501"},
                             {"AnotherLoopback", "127.9.9.9:7501"},
                             {"FreePort", "127.0.0.1:0"},
                             {"HighestPort", "127.0.0.1:65535"},
                             {"Localhost", "localhost:7501"},
                             {"Loopback6", "[::1]:7501"},
                             {"UnixSocket", "unix:/run/x.sock"},
                         }),
                         testkit::CaseName<ListenCase>);

class OpenListen : public ::testing::TestWithParam<ListenCase> {};

TEST_P(OpenListen, IsRefused) {
  const absl::Status status = ValidateServerConfig(ListenOn(GetParam().listen));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasViolation("--listen"));
  EXPECT_FALSE(IsLocalAddress(GetParam().listen));
}

TEST_P(OpenListen, IsAcceptedWithTlsAndAPolicy) {
  ServerConfig config = ListenOn(GetParam().listen);
  config.security = {.tls_certificate = "c",
                     .tls_key = "k",
                     .tls_client_authorities = "a",
                     .policy = "p",
                     .token_keys = {},
                     .token_issuer = {},
                     .token_audience = {}};
  EXPECT_THAT(ValidateServerConfig(config), IsOk());
}

TEST_P(OpenListen, IsRefusedWithTlsAlone) {
  ServerConfig config = ListenOn(GetParam().listen);
  config.security.tls_certificate = "c";
  config.security.tls_key = "k";
  EXPECT_THAT(ValidateServerConfig(config), HasViolation("--listen"));
}

TEST_P(OpenListen, IsAcceptedIfToldSo) {
  ServerConfig config = ListenOn(GetParam().listen);
  config.allow_insecure_bind = true;
  EXPECT_THAT(ValidateServerConfig(config), IsOk());
}

INSTANTIATE_TEST_SUITE_P(Addresses, OpenListen,
                         ::testing::ValuesIn<ListenCase>({
                             {"Any", "0.0.0.0:7501"},
                             {"Any6", "[::]:7501"},
                             {"Private", "10.0.0.1:7501"},
                             {"NotQuiteLoopback", "128.0.0.1:7501"},
                             {"MappedAny", "[::ffff:0.0.0.0]:7501"},
                         }),
                         testkit::CaseName<ListenCase>);

class MalformedListen : public ::testing::TestWithParam<ListenCase> {};

TEST_P(MalformedListen, IsRefusedEvenIfOpenAddressesAreAllowed) {
  ServerConfig config = ListenOn(GetParam().listen);
  config.allow_insecure_bind = true;
  EXPECT_THAT(ValidateServerConfig(config), HasViolation("--listen"));
}

INSTANTIATE_TEST_SUITE_P(Addresses, MalformedListen,
                         ::testing::ValuesIn<ListenCase>({
                             {"Empty", ""},
                             {"NoPort", "127.0.0.1"},
                             {"EmptyPort", "127.0.0.1:"},
                             {"PortTooHigh", "127.0.0.1:65536"},
                             {"NegativePort", "127.0.0.1:-1"},
                             {"PortWithSpace", "127.0.0.1: 80"},
                             {"NoHost", ":7501"},
                             {"HostName", "reporting.example:7501"},
                             {"ShortIp", "127.1:7501"},
                             {"Ipv6WithoutBrackets", "::1:7501"},
                             {"UnixWithoutPath", "unix:"},
                             {"Scheme", "ipv4:127.0.0.1:7501"},
                         }),
                         testkit::CaseName<ListenCase>);

TEST(ValidateServerConfig, NamesEveryFlagAtFault) {
  const absl::Status status = ValidateServerConfig({.listen = "nowhere",
                                                    .database = "",
                                                    .drain_delay = absl::Seconds(-1),
                                                    .drain_grace = absl::InfiniteDuration(),
                                                    .max_threads = 1,
                                                    .max_in_flight = 0});
  for (const char* flag : {"--listen", "--database", "--drain-delay", "--drain-grace",
                           "--max-threads", "--max-in-flight"}) {
    EXPECT_THAT(status, HasViolation(flag));
  }
}

struct SecurityCase {
  std::string name{};
  SecurityConfig config{};
  // Empty: it is complete.
  std::string flag{};
};

class SecurityOptions : public ::testing::TestWithParam<SecurityCase> {};

TEST_P(SecurityOptions, GoTogether) {
  ServerConfig config = ListenOn("127.0.0.1:0");
  config.security = GetParam().config;
  const absl::Status status = ValidateServerConfig(config);
  if (GetParam().flag.empty()) {
    EXPECT_THAT(status, IsOk());
  } else {
    EXPECT_THAT(status, HasViolation(GetParam().flag));
  }
}

// Certificate, key, authorities of clients, policy, token keys, issuer, audience.
INSTANTIATE_TEST_SUITE_P(
    Files, SecurityOptions,
    ::testing::ValuesIn<SecurityCase>({
        {"None", {"", "", "", "", "", "", ""}, ""},
        {"ServerCertificate", {"c", "k", "", "", "", "", ""}, ""},
        {"Mutual", {"c", "k", "a", "p", "", "", ""}, ""},
        {"Tokens", {"c", "k", "", "p", "t", "i", "a"}, ""},
        {"TokensBehindAProxy", {"", "", "", "p", "t", "i", "a"}, ""},
        {"Both", {"c", "k", "a", "p", "t", "i", "a"}, ""},
        {"NoKey", {"c", "", "", "", "", "", ""}, "--tls-key"},
        {"NoCertificate", {"", "k", "", "", "", "", ""}, "--tls-certificate"},
        {"AuthoritiesInPlaintext", {"", "", "a", "p", "", "", ""}, "--tls-certificate"},
        {"AuthoritiesWithoutPolicy", {"c", "k", "a", "", "", "", ""}, "--policy"},
        {"TokensWithoutPolicy", {"", "", "", "", "t", "i", "a"}, "--policy"},
        {"PolicyForNobody", {"c", "k", "", "p", "", "", ""}, "--policy"},
        {"NoIssuer", {"", "", "", "p", "t", "", "a"}, "--token-issuer"},
        {"NoAudience", {"", "", "", "p", "t", "i", ""}, "--token-audience"},
        {"IssuerWithoutKeys", {"", "", "", "", "", "i", ""}, "--token-issuer"},
    }),
    testkit::CaseName<SecurityCase>);

}  // namespace
}  // namespace common::rpc
