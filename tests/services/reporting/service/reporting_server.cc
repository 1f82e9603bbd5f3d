#include "tests/services/reporting/service/reporting_server.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <utility>

#include "tests/testkit/status_matchers.h"

namespace reporting {

using ::testing::UnorderedElementsAreArray;

void ReportingServer::Start() {
  auto ledger = common::storage::sqlite::SqliteLedger::Open(
      {.path = database(), .application_id = 1, .clock = &clock_, .ids = &ids_});
  ASSERT_THAT(ledger, testkit::IsOk());
  ledger_ = *std::move(ledger);
  if (make_gatekeeper_) gatekeeper_ = make_gatekeeper_(*ledger_, clock_);
  rpc_.emplace(common::rpc::RpcEnvironmentOptions{.domain = std::string(kErrorDomain),
                                                  .gatekeeper = gatekeeper_.get()},
               logger_, clock_);
  services_ = std::make_unique<Services>(ServiceResources{.rpc = *rpc_, .ledger = *ledger_});
  auto runtime = common::rpc::ServerRuntime::Start(
      {.listen = "127.0.0.1:0", .database = "unused"}, services_->All(),
      {.on_drain = [this] { services_->Drain(); }, .on_stopped = [this] { ledger_->Close(); }},
      logger_);
  ASSERT_THAT(runtime, testkit::IsOk());
  runtime_ = *std::move(runtime);
  // A channel of its own, so that no test shares a connection with another server.
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(16 << 20);
  channel_ =
      grpc::CreateCustomChannel(runtime_->address(), grpc::InsecureChannelCredentials(), arguments);
  stubs_ = {v1::RegistryService::NewStub(channel_),   v1::DefinitionService::NewStub(channel_),
            v1::PactService::NewStub(channel_),       v1::SubmissionService::NewStub(channel_),
            v1::StatisticsService::NewStub(channel_), v1::ChangeFeedService::NewStub(channel_),
            v1::AuditService::NewStub(channel_)};
}

void ReportingServer::Stop() {
  if (runtime_ != nullptr) runtime_->Stop();
}

void ReportingServer::Restart() {
  Stop();
  runtime_.reset();
  services_.reset();
  ledger_.reset();
  Start();
}

void ReportingServer::Guard(MakeGatekeeper make) {
  make_gatekeeper_ = std::move(make);
  Restart();
}

void ExpectRefused(const Refusal& refusal) {
  ReportingServer server;
  BuildWorld(server);
  const int64_t head = server.ledger().Head();
  const absl::Status status = refusal.call(server);
  EXPECT_THAT(status, testkit::StatusIs(refusal.code));
  EXPECT_THAT(status, testkit::HasReason(refusal.reason));
  std::vector<std::string> fields;
  for (const auto& violation : common::DetailOf(status).violations) {
    fields.push_back(violation.field);
  }
  EXPECT_THAT(fields, UnorderedElementsAreArray(refusal.fields)) << status;
  EXPECT_EQ(server.ledger().Head(), head) << "something was written";
}

}  // namespace reporting
