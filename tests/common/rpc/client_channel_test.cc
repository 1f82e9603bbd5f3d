#include "common/rpc/client_channel.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/common/rpc/echo_server.h"

namespace common::rpc {
namespace {

// Fails `failures` times with `code`, then answers.
EchoBehaviour FailingAtFirst(int failures, absl::StatusCode code, int& calls) {
  return {.echo = [failures, code, &calls](const auto&) -> absl::StatusOr<echo::EchoResponse> {
    if (++calls <= failures) return absl::Status(code, "not now");
    return echo::EchoResponse();
  }};
}

TEST(OpenChannel, RepeatsACallThatFindsTheServiceUnavailable) {
  int calls = 0;
  EchoServer server(FailingAtFirst(2, absl::StatusCode::kUnavailable, calls));
  EXPECT_TRUE(server.Echo("x").ok());
  EXPECT_EQ(calls, 3);
}

TEST(OpenChannel, GivesUpAfterFourAttempts) {
  int calls = 0;
  EchoServer server(FailingAtFirst(100, absl::StatusCode::kUnavailable, calls));
  EXPECT_EQ(server.Echo("x").error_code(), grpc::UNAVAILABLE);
  EXPECT_EQ(calls, 4);
}

TEST(OpenChannel, RepeatsNoOtherError) {
  int calls = 0;
  EchoServer server(FailingAtFirst(1, absl::StatusCode::kAborted, calls));
  EXPECT_EQ(server.Echo("x").error_code(), grpc::ABORTED);
  EXPECT_EQ(calls, 1);
}

TEST(OpenChannel, NamesTheProgram) {
  std::string user_agent;
  EchoServer server({.last = [&](const grpc::ServerContext& context) {
    const auto found = context.client_metadata().find("user-agent");
    user_agent = std::string(found->second.data(), found->second.size());
    return absl::OkStatus();
  }});
  grpc::ClientContext context;
  const auto stream = server.stub().Last(&context, {});
  echo::EchoResponse response;
  while (stream->Read(&response)) {
  }
  ASSERT_TRUE(stream->Finish().ok());
  EXPECT_EQ(user_agent.substr(0, 12), "echo-test/1 ");
}

TEST(OpenChannel, FindsTheServerAgainAfterItsRestart) {
  auto server = std::make_unique<EchoServer>();
  ServerConfig config = TestConfig();
  config.listen = server->runtime().address();
  const auto stub = echo::EchoService::NewStub(OpenChannel(config.listen, "echo-test/1"));
  const auto call = [&] {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    echo::EchoResponse response;
    return stub->Echo(&context, {}, &response).ok();
  };
  EXPECT_TRUE(call());
  server.reset();
  server = std::make_unique<EchoServer>(EchoBehaviour{}, config);
  EXPECT_TRUE(call());
}

}  // namespace
}  // namespace common::rpc
