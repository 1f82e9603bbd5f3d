// A reporting server as it ships, but for the clock and the ids: SQLite in a folder of its own, a
// port of the loopback interface, and stubs that call through it.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_SERVICE_REPORTING_SERVER_H_
#define THIDUA_TESTS_SERVICES_REPORTING_SERVICE_REPORTING_SERVER_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/guard.h"
#include "common/rpc/server_runtime.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "common/telemetry/log.h"
#include "services/reporting/service/services.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/temp_dir.h"

namespace reporting {

namespace v1 = ::thidua::reporting::v1;

// `text`, which must be right, as a message.
template <typename Message>
Message FromText(std::string_view text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(std::string(text), &message)) std::abort();
  return message;
}

// A call of the contract, such as &v1::RegistryService::Stub::CreateUnit.
template <typename Stub, typename Request, typename Response>
using StubMethod = grpc::Status (Stub::*)(grpc::ClientContext* context, const Request& request,
                                          Response* response);

class ReportingServer {
 public:
  // The clock starts at 2026-01-05 08:00 in Hà Nội.
  ReportingServer() { Start(); }
  ~ReportingServer() { Stop(); }
  ReportingServer(const ReportingServer&) = delete;
  ReportingServer& operator=(const ReportingServer&) = delete;

  // What the server answers, errors as they were meant.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(StubMethod<Stub, Request, Response> method,
                                const Request& request) {
    grpc::ClientContext context;
    Response response;
    const grpc::Status status = (stub<Stub>().*method)(&context, request, &response);
    if (!status.ok()) return common::rpc::FromGrpcStatus(status);
    return response;
  }

  // The same with a request in text form.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(StubMethod<Stub, Request, Response> method,
                                std::string_view request) {
    return Call(method, FromText<Request>(request));
  }

  template <typename Stub>
  Stub& stub() {
    return *std::get<std::unique_ptr<Stub>>(stubs_);
  }

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  testkit::FakeClock& clock() { return clock_; }
  common::storage::Ledger& ledger() { return *ledger_; }
  // The file of the ledger.
  std::string database() const { return folder_.File("reporting.db"); }

  // Drains and stops as at SIGTERM.
  void Stop();
  // Stops, and starts again on the same files.
  void Restart();
  // The same, with the gatekeeper that `make` makes.
  using MakeGatekeeper = std::function<std::unique_ptr<common::rpc::Gatekeeper>(
      common::storage::Ledger& ledger, common::Clock& clock)>;
  void Guard(MakeGatekeeper make);

 private:
  void Start();

  testkit::TempDir folder_;
  testkit::FakeClock clock_;
  testkit::SequentialIds ids_;
  common::telemetry::Logger logger_{{.service = "test", .sink = [](std::string_view /*line*/) {}},
                                    clock_};
  std::unique_ptr<common::storage::sqlite::SqliteLedger> ledger_;
  MakeGatekeeper make_gatekeeper_;
  std::unique_ptr<common::rpc::Gatekeeper> gatekeeper_;
  std::optional<common::rpc::RpcEnvironment> rpc_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<common::rpc::ServerRuntime> runtime_;
  std::shared_ptr<grpc::Channel> channel_;
  std::tuple<std::unique_ptr<v1::RegistryService::Stub>,
             std::unique_ptr<v1::DefinitionService::Stub>, std::unique_ptr<v1::PactService::Stub>,
             std::unique_ptr<v1::SubmissionService::Stub>,
             std::unique_ptr<v1::StatisticsService::Stub>,
             std::unique_ptr<v1::ChangeFeedService::Stub>, std::unique_ptr<v1::AuditService::Stub>>
      stubs_;
};

// The units, definitions and cluster years that tests work on; see world.cc. A test failure if one
// is refused.
void BuildWorld(ReportingServer& server);

// A report that the world takes, from the alliance of Bắc Ninh.
v1::SubmitRequest SomeReport();

// A call that must be refused: what it is, and how the contract says it fails.
struct Refusal {
  std::string name{};
  std::function<absl::Status(ReportingServer& server)> call{};
  absl::StatusCode code = absl::StatusCode::kOk;
  std::string reason{};
  // Every field at fault.
  std::vector<std::string> fields{};
};

// The call of `method` with `request`, in text form.
template <typename Stub, typename Request, typename Response>
std::function<absl::Status(ReportingServer& server)> Calling(
    StubMethod<Stub, Request, Response> method, std::string_view request) {
  return [method, request = std::string(request)](ReportingServer& server) {
    return server.Call(method, std::string_view(request)).status();
  };
}

// Runs `refusal` against the world and checks that it fails as it says and changes nothing.
void ExpectRefused(const Refusal& refusal);

}  // namespace reporting

#endif  // THIDUA_TESTS_SERVICES_REPORTING_SERVICE_REPORTING_SERVER_H_
