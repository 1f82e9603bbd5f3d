#include "common/rpc/guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "tests/common/rpc/echo_server.h"
#include "tests/testkit/status_matchers.h"

namespace common::rpc {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::StatusIs;

TEST(Guard, AnswersWithTheResult) {
  EchoServer server;
  EXPECT_TRUE(server.Echo("Thái Bình").ok());
  EXPECT_EQ(server.answer().text(), "Thái Bình");
}

TEST(Guard, ReportsTheErrorWithItsDetails) {
  EchoServer server(
      {.echo = [](const auto&) { return InvalidField("text", kInvalidText, "is too odd"); }});
  const absl::Status status = FromGrpcStatus(server.Echo("x"));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasReason(kInvalidText));
  EXPECT_THAT(status, HasViolation("text"));
}

TEST(Guard, TurnsAnExceptionIntoAnInternalError) {
  EchoServer server({.echo = [](const auto&) -> absl::StatusOr<echo::EchoResponse> {
    throw std::runtime_error("the secret table is gone");
  }});
  const grpc::Status status = server.Echo("x");
  EXPECT_EQ(status.error_code(), grpc::INTERNAL);
  EXPECT_EQ(status.error_message(), "internal error");
  EXPECT_THAT(server.Log(), Contains(AllOf(HasSubstr(R"("level":"error")"),
                                           HasSubstr("the secret table is gone"))));
}

TEST(Guard, SurvivesAnExceptionOfAnyType) {
  EchoServer server({.echo = [](const auto&) -> absl::StatusOr<echo::EchoResponse> { throw 42; }});
  EXPECT_EQ(server.Echo("x").error_code(), grpc::INTERNAL);
  EXPECT_EQ(server.Echo("x").error_code(), grpc::INTERNAL);
}

TEST(Guard, RefusesCallsBeyondTheLimitAndCountsTheRest) {
  std::promise<void> go;
  std::promise<void> begun;
  const std::shared_future<void> may_go = go.get_future().share();
  EchoServer server({.echo =
                         [&](const auto&) {
                           begun.set_value();
                           may_go.wait();
                           return echo::EchoResponse();
                         }},
                    TestConfig(), {}, /*max_in_flight=*/1);
  auto slow = std::async(std::launch::async, [&] {
    grpc::ClientContext context;
    echo::EchoResponse response;
    return server.stub().Echo(&context, {}, &response);
  });
  begun.get_future().wait();
  EXPECT_EQ(server.environment().in_flight(), 1);
  const absl::Status refused = FromGrpcStatus(server.Echo("x"));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(refused, HasReason(kOverloaded));
  go.set_value();
  EXPECT_TRUE(slow.get().ok());
}

TEST(Guard, GivesThePlaceOfEveryCallBack) {
  EchoServer server({.echo = [](const auto&) -> absl::StatusOr<echo::EchoResponse> {
                      throw std::runtime_error("always");
                    }},
                    TestConfig(), {}, /*max_in_flight=*/1);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(server.Echo("x").error_code(), grpc::INTERNAL);
}

TEST(Guard, LetsStreamsLastWithoutTakingAPlace) {
  std::promise<void> go;
  const std::shared_future<void> may_go = go.get_future().share();
  EchoServer server({.last =
                         [&](const auto&) {
                           may_go.wait();
                           return absl::OkStatus();
                         }},
                    TestConfig(), {}, /*max_in_flight=*/1);
  grpc::ClientContext context;
  const auto stream = server.stub().Last(&context, {});
  echo::EchoResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(server.Echo("x").ok());
  go.set_value();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(Guard, DoesNotBeginWhatTheCallerHasGivenUp) {
  std::promise<void> cancelled;
  std::promise<void> begun;
  std::promise<absl::Status> second;
  RpcEnvironment* environment = nullptr;
  EchoServer server({.last = [&](const grpc::ServerContext& context) {
    begun.set_value();
    cancelled.get_future().wait();
    while (!context.IsCancelled()) std::this_thread::yield();
    bool did_run = false;
    const grpc::Status status =
        GuardWork(*environment, context, "late", nullptr, Admission::kFree, [&] {
          did_run = true;
          return absl::OkStatus();
        });
    second.set_value(did_run ? absl::OkStatus() : FromGrpcStatus(status));
    return absl::OkStatus();
  }});
  environment = &server.environment();
  grpc::ClientContext context;
  const auto stream = server.stub().Last(&context, {});
  begun.get_future().wait();
  context.TryCancel();
  cancelled.set_value();
  EXPECT_THAT(second.get_future().get(), StatusIs(absl::StatusCode::kCancelled));
}

TEST(GuardLog, HasOneLineForAMutationWithItsRequestId) {
  EchoServer* server_address = nullptr;
  EchoServer server({.store = [&](const auto&) {
    server_address->clock().Advance(absl::Microseconds(1500));
    return echo::StoreResponse();
  }});
  server_address = &server;
  grpc::ClientContext context;
  echo::StoreRequest request;
  request.set_request_id("0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10");
  echo::StoreResponse response;
  ASSERT_TRUE(server.stub().Store(&context, request, &response).ok());
  EXPECT_THAT(server.Log(),
              Contains(AllOf(HasSubstr(R"("level":"info")"),
                             HasSubstr(R"("method":"thidua.test.v1.EchoService/Store")"),
                             HasSubstr(R"("code":"OK")"), HasSubstr(R"("duration_ms":1.500)"),
                             HasSubstr(R"("peer":"ipv4:127.0.0.1:)"),
                             HasSubstr(R"("request_id":"0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10")"))));
}

TEST(GuardLog, HasReadsAtDebugOnly) {
  EchoServer server;
  ASSERT_TRUE(server.Echo("x").ok());
  EXPECT_THAT(server.Log(),
              Contains(AllOf(HasSubstr(R"("level":"debug")"), HasSubstr("EchoService/Echo"),
                             Not(HasSubstr("reason")), Not(HasSubstr("request_id")))));
}

TEST(GuardLog, HasFailedReadsAtInfoWithTheReason) {
  EchoServer server({.echo = [](const auto&) {
    return Error(absl::StatusCode::kNotFound, kResourceNotFound, "none").ToStatus();
  }});
  ASSERT_FALSE(server.Echo("x").ok());
  EXPECT_THAT(server.Log(),
              Contains(AllOf(HasSubstr(R"("level":"info")"), HasSubstr(R"("code":"NOT_FOUND")"),
                             HasSubstr(R"("reason":"RESOURCE_NOT_FOUND")"))));
}

// Knows everybody or nobody, and permits what a test says.
class SomeGatekeeper final : public Gatekeeper {
 public:
  absl::StatusOr<std::shared_ptr<const auth::Principal>> Identify(
      const grpc::ServerContextBase& /*context*/) override {
    if (!identity.ok()) return identity;
    return std::make_shared<const auth::Principal>(auth::Principal{.name = "an"});
  }
  absl::Status Permit(const auth::Principal& principal, std::string_view method,
                      const google::protobuf::Message* request) override {
    asked = absl::StrCat(principal.name, " ", sv(method), " ",
                         request == nullptr ? "-" : request->ShortDebugString());
    return permission;
  }
  absl::StatusOr<bool> HasRight(const auth::Principal& principal, std::string_view right,
                                std::string_view resource) override {
    return principal.name == "an" && right == "Look" && resource == "here";
  }

  absl::Status identity;
  absl::Status permission;
  std::string asked;
};

TEST(Guard, DoesNotBeginForACallerWhomNobodyKnows) {
  SomeGatekeeper gatekeeper;
  gatekeeper.identity = Error(absl::StatusCode::kUnauthenticated, kNotAuthenticated, "who?");
  bool did_run = false;
  EchoServer server({.echo =
                         [&](const auto&) {
                           did_run = true;
                           return echo::EchoResponse();
                         }},
                    TestConfig(), {}, /*max_in_flight=*/8, &gatekeeper);
  const absl::Status refused = FromGrpcStatus(server.Echo("x"));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_THAT(refused, HasReason(kNotAuthenticated));
  EXPECT_FALSE(did_run);
  EXPECT_EQ(gatekeeper.asked, "");
}

TEST(Guard, AsksWhetherTheCallerMayBeforeItBegins) {
  SomeGatekeeper gatekeeper;
  gatekeeper.permission = Error(absl::StatusCode::kPermissionDenied, kNotPermitted, "no");
  bool did_run = false;
  EchoServer server({.echo =
                         [&](const auto&) {
                           did_run = true;
                           return echo::EchoResponse();
                         }},
                    TestConfig(), {}, /*max_in_flight=*/8, &gatekeeper);
  EXPECT_THAT(FromGrpcStatus(server.Echo("x")), HasReason(kNotPermitted));
  EXPECT_FALSE(did_run);
  EXPECT_EQ(gatekeeper.asked, "an thidua.test.v1.EchoService/Echo text: \"x\"");
}

TEST(Guard, TellsHandlersAndTheLogWhoCalls) {
  SomeGatekeeper gatekeeper;
  EchoServer server({.echo =
                         [&](const auto&) {
                           echo::EchoResponse response;
                           response.set_text(absl::StrCat(
                               CallerName(), CallerHasRight("Look", "here").value() ? "+" : "-",
                               CallerHasRight("Look", "there").value() ? "+" : "-"));
                           return response;
                         }},
                    TestConfig(), {}, /*max_in_flight=*/8, &gatekeeper);
  EXPECT_TRUE(server.Echo("x").ok());
  EXPECT_EQ(server.answer().text(), "an+-");
  EXPECT_THAT(server.Log(), Contains(HasSubstr(R"("principal":"an")")));
}

TEST(Guard, WithoutAGatekeeperLetsEverybodyDoEverythingAsAnonymous) {
  EchoServer server({.echo = [&](const auto&) {
    echo::EchoResponse response;
    response.set_text(absl::StrCat(CallerName(), CallerHasRight("Look", "there").value()));
    return response;
  }});
  EXPECT_TRUE(server.Echo("x").ok());
  EXPECT_EQ(server.answer().text(), "anonymous1");
}

TEST(Guard, GrantsNoRightOutsideOfACall) {
  EXPECT_EQ(CallerName(), "anonymous");
  EXPECT_THAT(CallerHasRight("Look", "here"), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace common::rpc
