// A whole awards service over a feed that the test tells what to tell.
#ifndef THIDUA_TESTS_SERVICES_AWARDS_SERVICE_AWARDS_FIXTURE_H_
#define THIDUA_TESTS_SERVICES_AWARDS_SERVICE_AWARDS_FIXTURE_H_

#include <gmock/gmock.h>
#include <grpcpp/server.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/guard.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "services/awards/reporting_client/feed_consumer.h"
#include "services/awards/service/document_service.h"
#include "services/awards/service/round_service.h"
#include "services/awards/service/rubric_service.h"
#include "tests/services/awards/reporting_client/changes.h"
#include "tests/services/awards/reporting_client/scripted_feed.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"
#include "thidua/awards/v1/document_service.grpc.pb.h"
#include "thidua/awards/v1/round_service.grpc.pb.h"
#include "thidua/awards/v1/rubric_service.grpc.pb.h"

namespace awards {

// Three alliances a, b, c with targets of 20 and 18, 15, 12 cooperatives founded; all have signed
// and reported everything on time. Two agricultural cooperatives, rice of a with 90 points and
// fruit of b with 70. The cluster year is in SCORING.
std::vector<thidua::reporting::v1::Change> Story();

// Awards with its own store and a consumer of `feed_`, reached through a real channel.
class AwardsFixture : public ::testing::Test {
 protected:
  using RoundStub = thidua::awards::v1::RoundService::Stub;
  using RubricStub = thidua::awards::v1::RubricService::Stub;
  using DocumentStub = thidua::awards::v1::DocumentService::Stub;

  AwardsFixture();
  ~AwardsFixture() override;

  // Sends `request` by `method` of the stub and returns the answer, or what the service meant.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request) {
    grpc::ClientContext context;
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return common::rpc::FromGrpcStatus(status);
    return response;
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (RoundStub::*method)(grpc::ClientContext*,
                                                                  const Request&, Response*),
                                const Request& request) {
    return Call(*rounds_, method, request);
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (RubricStub::*method)(grpc::ClientContext*,
                                                                   const Request&, Response*),
                                const Request& request) {
    return Call(*rubrics_, method, request);
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (DocumentStub::*method)(grpc::ClientContext*,
                                                                     const Request&, Response*),
                                const Request& request) {
    return Call(*documents_, method, request);
  }

  // Commits the changes one by one and waits until awards has consumed them.
  void Tell(const std::vector<thidua::reporting::v1::Change>& changes);

  // Creates the rubrics `rubrics/alliances` and `rubrics/cooperatives`.
  void CreateRubrics();
  // Creates `rounds/r` with the categories `alliances` and `agri`.
  void CreateRound();
  // Story, rubrics and round.
  void SetUpRound();

  // `rounds/r`, which must succeed.
  thidua::awards::v1::ScoreRoundResponse Score();
  thidua::awards::v1::Standings Standings(const std::string& category);

  // Records points for the criterion `2.1` of `rounds/r`, given by alliance c, or by a for c.
  absl::StatusOr<thidua::awards::v1::RecordAppraisalResponse> Appraise(const std::string& unit,
                                                                       const std::string& points);
  // Records an event for the bonus `+1` of `rounds/r`.
  absl::StatusOr<thidua::awards::v1::RecordEventResponse> Happen(const std::string& unit,
                                                                 const std::string& id);

  testkit::TempDir folder_;
  testkit::FakeClock clock_;
  testkit::SequentialIds ids_;
  common::telemetry::Logger logger_{{.service = "test", .sink = [](std::string_view) {}}, clock_};
  ScriptedFeed feed_;
  std::unique_ptr<common::storage::sqlite::SqliteLedger> ledger_;
  FeedProgress progress_;
  common::rpc::RpcEnvironment rpc_{{.domain = "awards.thidua"}, logger_, clock_};
  std::unique_ptr<FeedConsumer> consumer_;
  std::unique_ptr<RubricService> rubric_service_;
  std::unique_ptr<RoundService> round_service_;
  std::unique_ptr<DocumentService> document_service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<RubricStub> rubrics_;
  std::unique_ptr<RoundStub> rounds_;
  std::unique_ptr<DocumentStub> documents_;
};

// The requests that the fixture makes, for tests to alter.
thidua::awards::v1::CreateRubricRequest AllianceRubric();
thidua::awards::v1::CreateRubricRequest CooperativeRubric();
thidua::awards::v1::CreateRoundRequest SomeRound();

}  // namespace awards

#endif  // THIDUA_TESTS_SERVICES_AWARDS_SERVICE_AWARDS_FIXTURE_H_
