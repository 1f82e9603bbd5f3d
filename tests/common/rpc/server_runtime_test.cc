#include "common/rpc/server_runtime.h"

#include <gmock/gmock.h>
#include <grpc/health/v1/health.grpc.pb.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/common/rpc/echo_server.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace common::rpc {
namespace {

using ::grpc::health::v1::HealthCheckResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testkit::HasViolation;
using ::testkit::IsOk;
using ::testkit::StatusIs;

constexpr char kEchoService[] = "thidua.test.v1.EchoService";

// What the health service says; UNKNOWN if the call fails.
HealthCheckResponse::ServingStatus HealthOf(const std::shared_ptr<grpc::Channel>& channel,
                                            const std::string& service) {
  const auto stub = grpc::health::v1::Health::NewStub(channel);
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(service);
  HealthCheckResponse response;
  if (!stub->Check(&context, request, &response).ok()) return HealthCheckResponse::UNKNOWN;
  return response.status();
}

// Something that a test waits for and another thread brings about.
class Gate {
 public:
  void Open() { promise_.set_value(); }
  void Wait() { future_.wait(); }

 private:
  std::promise<void> promise_;
  std::shared_future<void> future_ = promise_.get_future().share();
};

// Starts a second server with `config`, whose start fails.
absl::Status StartFailure(const ServerConfig& config) {
  testkit::FakeClock clock;
  telemetry::Logger logger({.service = "test", .sink = [](std::string_view) {}}, clock);
  return ServerRuntime::Start(config, {}, {}, logger).status();
}

TEST(ServerRuntime, ServesOnAFreePort) {
  EchoServer server;
  EXPECT_THAT(server.runtime().address(), MatchesRegex("127\\.0\\.0\\.1:[1-9][0-9]*"));
  EXPECT_TRUE(server.Echo("x").ok());
}

TEST(ServerRuntime, ServesOnAUnixSocket) {
  const testkit::TempDir dir;
  ServerConfig config = TestConfig();
  config.listen = absl::StrCat("unix:", dir.File("echo.sock"));
  EchoServer server({}, config);
  EXPECT_EQ(server.runtime().address(), config.listen);
  EXPECT_TRUE(server.Echo("x").ok());
}

TEST(ServerRuntime, ServesWithinTheProcess) {
  EchoServer server;
  const auto stub = echo::EchoService::NewStub(server.runtime().InProcessChannel());
  grpc::ClientContext context;
  echo::EchoResponse response;
  EXPECT_TRUE(stub->Echo(&context, {}, &response).ok());
}

TEST(StartRefused, WhenTheConfigurationIsInvalid) {
  ServerConfig config = TestConfig();
  config.listen = "0.0.0.0:0";
  EXPECT_THAT(StartFailure(config), HasViolation("--listen"));
}

TEST(StartRefused, WhenThePortIsTaken) {
  EchoServer server;
  ServerConfig config = TestConfig();
  config.listen = server.runtime().address();
  const absl::Status status = StartFailure(config);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(status.message(),
            absl::StrCat("cannot listen on ", config.listen, ": Address already in use"));
}

TEST(StartRefused, WhenSomebodyAnswersOnTheUnixSocket) {
  const testkit::TempDir dir;
  ServerConfig config = TestConfig();
  config.listen = absl::StrCat("unix:", dir.File("echo.sock"));
  EchoServer server({}, config);
  EXPECT_THAT(StartFailure(config).message(), HasSubstr("another program answers"));
  EXPECT_TRUE(server.Echo("x").ok());
}

TEST(StartRefused, WhenTheFolderOfTheUnixSocketIsMissing) {
  const testkit::TempDir dir;
  ServerConfig config = TestConfig();
  config.listen = absl::StrCat("unix:", dir.File("missing/echo.sock"));
  EXPECT_THAT(StartFailure(config), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(ServerRuntime, ReplacesAUnixSocketThatADeadProcessLeft) {
  const testkit::TempDir dir;
  const std::string path = dir.File("echo.sock");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int left_over = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(left_over, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  ::close(left_over);
  ServerConfig config = TestConfig();
  config.listen = absl::StrCat("unix:", path);
  EchoServer server({}, config);
  EXPECT_TRUE(server.Echo("x").ok());
}

TEST(PortFile, HoldsTheAddressWhileTheServerRuns) {
  const testkit::TempDir dir;
  ServerConfig config = TestConfig();
  config.port_file = dir.File("address");
  EchoServer server({}, config);
  std::string line;
  std::getline(std::ifstream(config.port_file) >> std::ws, line);
  EXPECT_EQ(line, server.runtime().address());
  server.runtime().Stop();
  EXPECT_TRUE(std::filesystem::is_empty(dir.path()));
}

TEST(PortFile, ThatCannotBeWrittenRefusesTheStart) {
  const testkit::TempDir dir;
  ServerConfig config = TestConfig();
  config.port_file = dir.File("missing/address");
  const absl::Status status = StartFailure(config);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(status.message(), HasSubstr(config.port_file));
}

TEST(Health, IsServingForTheServerAndEachService) {
  EchoServer server;
  EXPECT_EQ(HealthOf(server.channel(), ""), HealthCheckResponse::SERVING);
  EXPECT_EQ(HealthOf(server.channel(), kEchoService), HealthCheckResponse::SERVING);
  EXPECT_EQ(HealthOf(server.channel(), "thidua.test.v1.Other"), HealthCheckResponse::UNKNOWN);
}

TEST(Health, FollowsTheService) {
  EchoServer server;
  server.runtime().SetServing(kEchoService, false);
  EXPECT_EQ(HealthOf(server.channel(), kEchoService), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(HealthOf(server.channel(), ""), HealthCheckResponse::SERVING);
}

TEST(Limits, RefuseARequestOfFiveMegabytes) {
  EchoServer server;
  EXPECT_EQ(server.Echo(std::string(5 << 20, 'x')).error_code(), grpc::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(server.Echo(std::string((4 << 20) - 100, 'x')).ok());
}

echo::EchoResponse ResponseOf(size_t bytes) {
  echo::EchoResponse response;
  response.set_text(std::string(bytes, 'x'));
  return response;
}

TEST(Limits, LetAResponseOfFifteenMegabytesPassAndNotOfSeventeen) {
  EchoServer server({.echo = [](const auto& request) -> absl::StatusOr<echo::EchoResponse> {
    return ResponseOf(request.text() == "large" ? 15u << 20 : 17u << 20);
  }});
  EXPECT_TRUE(server.Echo("large").ok());
  EXPECT_EQ(server.answer().text().size(), 15u << 20);
  EXPECT_EQ(server.Echo("too large").error_code(), grpc::RESOURCE_EXHAUSTED);
}

TEST(Drain, SaysNotServingBeforeItRefusesCalls) {
  std::shared_ptr<grpc::Channel> channel;
  std::vector<HealthCheckResponse::ServingStatus> seen;
  EchoServer server({}, TestConfig(), {.on_drain = [&] {
                      seen.push_back(HealthOf(channel, ""));
                      seen.push_back(HealthOf(channel, kEchoService));
                    }});
  channel = server.channel();
  server.runtime().Stop();
  EXPECT_THAT(seen,
              ElementsAre(HealthCheckResponse::NOT_SERVING, HealthCheckResponse::NOT_SERVING));
}

TEST(Drain, FinishesTheCallInFlightAndRefusesNewOnes) {
  Gate begun;
  Gate may_end;
  std::vector<std::string> events;
  EchoServer server({.echo = [&](const auto& request) -> absl::StatusOr<echo::EchoResponse> {
                      if (request.text() == "slow") {
                        begun.Open();
                        may_end.Wait();
                        events.emplace_back("call ended");
                      }
                      return echo::EchoResponse();
                    }},
                    TestConfig(),
                    {.on_drain = [&] { events.emplace_back("on_drain"); },
                     .on_stopped = [&] { events.emplace_back("on_stopped"); }});
  // Without our channel's repeated attempts, so that a refusal shows at once.
  const auto impatient = echo::EchoService::NewStub(
      grpc::CreateChannel(server.runtime().address(), grpc::InsecureChannelCredentials()));
  auto slow = std::async(std::launch::async, [&] { return server.Echo("slow"); });
  begun.Wait();
  auto stop = std::async(std::launch::async, [&] { server.runtime().Stop(); });
  grpc::Status refused;
  while (refused.ok()) {
    grpc::ClientContext context;
    echo::EchoResponse response;
    refused = impatient->Echo(&context, {}, &response);
  }
  // gRPC itself cancels a call that it had taken from the wire but not yet begun.
  EXPECT_THAT(refused.error_code(), ::testing::AnyOf(grpc::UNAVAILABLE, grpc::CANCELLED));
  may_end.Open();
  EXPECT_TRUE(slow.get().ok());
  stop.get();
  EXPECT_THAT(events, ElementsAre("on_drain", "call ended", "on_stopped"));
}

TEST(Drain, LetsTheServiceEndItsStreams) {
  Gate draining;
  EchoServer server({.last =
                         [&](const auto&) {
                           draining.Wait();
                           return absl::UnavailableError("going away");
                         }},
                    TestConfig(), {.on_drain = [&] { draining.Open(); }});
  grpc::ClientContext context;
  const auto stream = server.stub().Last(&context, {});
  echo::EchoResponse response;
  ASSERT_TRUE(stream->Read(&response));
  server.runtime().Stop();
  EXPECT_EQ(stream->Finish().error_message(), "going away");
}

TEST(Drain, CutsAtTheEndOfTheGraceWhatDoesNotEnd) {
  ServerConfig config = TestConfig();
  config.drain_grace = absl::Milliseconds(50);
  EchoServer server({.last =
                         [](const grpc::ServerContext& context) {
                           while (!context.IsCancelled()) std::this_thread::yield();
                           return absl::OkStatus();
                         }},
                    config);
  grpc::ClientContext context;
  const auto stream = server.stub().Last(&context, {});
  echo::EchoResponse response;
  ASSERT_TRUE(stream->Read(&response));
  server.runtime().Stop();
  EXPECT_FALSE(stream->Finish().ok());
}

TEST(Drain, RunsOnceHoweverManyAskForIt) {
  std::atomic<int> drains = 0;
  std::atomic<int> stops = 0;
  EchoServer server({}, TestConfig(),
                    {.on_drain = [&] { ++drains; }, .on_stopped = [&] { ++stops; }});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      server.runtime().Stop();
      EXPECT_EQ(stops.load(), 1);
    });
  }
  for (std::thread& thread : threads) thread.join();
  server.runtime().Stop();
  EXPECT_EQ(drains.load(), 1);
  EXPECT_EQ(stops.load(), 1);
}

TEST(Drain, FreesThePort) {
  ServerConfig config = TestConfig();
  {
    EchoServer server;
    config.listen = server.runtime().address();
  }
  EchoServer server({}, config);
  EXPECT_TRUE(server.Echo("x").ok());
}

TEST(ServerRuntime, LogsItsLifeAsJson) {
  EchoServer server;
  server.runtime().Stop();
  EXPECT_THAT(server.Log(),
              ElementsAre(HasSubstr(absl::StrCat(R"("msg":"serving","address":")",
                                                 server.runtime().address())),
                          HasSubstr(R"("msg":"draining")"), HasSubstr(R"("msg":"stopped")")));
}

}  // namespace
}  // namespace common::rpc
