// A real server on a free port of this machine, whose calls do what a test says.
#ifndef THIDUA_TESTS_COMMON_RPC_ECHO_SERVER_H_
#define THIDUA_TESTS_COMMON_RPC_ECHO_SERVER_H_

#include <echo.grpc.pb.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/rpc/client_channel.h"
#include "common/rpc/guard.h"
#include "common/rpc/server_runtime.h"
#include "tests/testkit/fake_clock.h"

namespace common::rpc {

namespace echo = thidua::test::v1;

// Keeps what is logged. Thread-safe.
class LogLines {
 public:
  telemetry::LogSink Sink() {
    return [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      lines_.emplace_back(line);
    };
  }
  std::vector<std::string> Get() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

// What the calls do; by default they answer with the request's text.
struct EchoBehaviour {
  std::function<absl::StatusOr<echo::EchoResponse>(const echo::EchoRequest&)> echo =
      [](const echo::EchoRequest& request) -> absl::StatusOr<echo::EchoResponse> {
    echo::EchoResponse response;
    response.set_text(request.text());
    return response;
  };
  std::function<absl::StatusOr<echo::StoreResponse>(const echo::StoreRequest&)> store =
      [](const echo::StoreRequest&) { return echo::StoreResponse(); };
  // Runs after the first response of a stream was written; the stream ends with its result.
  std::function<absl::Status(const grpc::ServerContext&)> last = [](const grpc::ServerContext&) {
    return absl::OkStatus();
  };
};

class EchoService final : public echo::EchoService::Service {
 public:
  EchoService(RpcEnvironment& environment, EchoBehaviour behaviour)
      : environment_(environment), behaviour_(std::move(behaviour)) {}

  grpc::Status Echo(grpc::ServerContext* context, const echo::EchoRequest* request,
                    echo::EchoResponse* response) override {
    return Guard(environment_, context, "thidua.test.v1.EchoService/Echo", *request, response,
                 [&] { return behaviour_.echo(*request); });
  }

  grpc::Status Store(grpc::ServerContext* context, const echo::StoreRequest* request,
                     echo::StoreResponse* response) override {
    return Guard(environment_, context, "thidua.test.v1.EchoService/Store", *request, response,
                 [&] { return behaviour_.store(*request); });
  }

  grpc::Status Last(grpc::ServerContext* context, const echo::EchoRequest* request,
                    grpc::ServerWriter<echo::EchoResponse>* writer) override {
    return GuardStream(environment_, context, "thidua.test.v1.EchoService/Last", request, [&] {
      writer->Write(echo::EchoResponse());
      return behaviour_.last(*context);
    });
  }

 private:
  RpcEnvironment& environment_;
  const EchoBehaviour behaviour_;
};

// The settings of a test's server; a free port.
inline ServerConfig TestConfig() {
  return {.listen = "127.0.0.1:0", .database = "unused", .drain_grace = absl::Seconds(20)};
}

// Server, log and client in one.
class EchoServer {
 public:
  explicit EchoServer(EchoBehaviour behaviour = {}, const ServerConfig& config = TestConfig(),
                      StopHooks hooks = {}, int max_in_flight = 8, Gatekeeper* gatekeeper = nullptr)
      : logger_({.service = "echo", .level = telemetry::Level::kDebug, .sink = log_.Sink()},
                clock_),
        environment_(
            {.domain = "echo.thidua", .max_in_flight = max_in_flight, .gatekeeper = gatekeeper},
            logger_, clock_),
        service_(environment_, std::move(behaviour)),
        runtime_(ServerRuntime::Start(config, {{echo::EchoService::service_full_name(), &service_}},
                                      std::move(hooks), logger_)
                     .value()),
        channel_(OpenChannel(runtime_->address(), "echo-test/1")),
        stub_(echo::EchoService::NewStub(channel_)) {}

  ServerRuntime& runtime() { return *runtime_; }
  RpcEnvironment& environment() { return environment_; }
  testkit::FakeClock& clock() { return clock_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  echo::EchoService::Stub& stub() { return *stub_; }
  std::vector<std::string> Log() { return log_.Get(); }

  // One Echo of `text`, by a caller who reads `language`.
  grpc::Status Echo(const std::string& text, const std::string& language = "en") {
    grpc::ClientContext context;
    context.AddMetadata("accept-language", language);
    echo::EchoRequest request;
    request.set_text(text);
    return stub_->Echo(&context, request, &answer_);
  }

  // The last answer of Echo.
  const echo::EchoResponse& answer() const { return answer_; }

 private:
  LogLines log_;
  testkit::FakeClock clock_;
  telemetry::Logger logger_;
  RpcEnvironment environment_;
  EchoService service_;
  std::unique_ptr<ServerRuntime> runtime_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<echo::EchoService::Stub> stub_;
  echo::EchoResponse answer_;
};

}  // namespace common::rpc

#endif  // THIDUA_TESTS_COMMON_RPC_ECHO_SERVER_H_
