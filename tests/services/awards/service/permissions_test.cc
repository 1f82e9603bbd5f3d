// Every call of the awards service, as every role, on every kind of target.
#include "services/awards/service/permissions.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/services/awards/service/awards_fixture.h"
#include "tests/services/permission_probe.h"
#include "tests/testkit/status_matchers.h"

namespace awards {
namespace {

namespace access = ::thidua::access::v1;
namespace v1 = ::thidua::awards::v1;

using ::testkit::ExpectedCall;
using ::testkit::IsOk;
using ::testkit::StatusIs;
using ::testkit::Target;

// The round is that of the cluster delta, in which are a, with the cooperative rice, b and c; z is
// in none.
testkit::ProbeWorld World() {
  return {
      .roles =
          {
              {.name = "reporter",
               .grants = {{.role = access::ROLE_UNIT_REPORTER, .scope = "units/a"}}},
              {.name = "outsider",
               .grants = {{.role = access::ROLE_UNIT_REPORTER, .scope = "units/z"}}},
              {.name = "head",
               .grants = {{.role = access::ROLE_CLUSTER_HEAD, .scope = "clusters/delta"}}},
              {.name = "head-of-2020",
               .grants = {{.role = access::ROLE_CLUSTER_HEAD,
                           .scope = "clusters/delta/years/2020"}}},
              {.name = "head-of-2021",
               .grants = {{.role = access::ROLE_CLUSTER_HEAD,
                           .scope = "clusters/delta/years/2021"}}},
              {.name = "vice-head",
               .grants = {{.role = access::ROLE_CLUSTER_VICE_HEAD, .scope = "clusters/delta"}}},
              {.name = "national",
               .grants = {{.role = access::ROLE_NATIONAL_OFFICER, .scope = "*"}}},
              {.name = "administrator",
               .grants = {{.role = access::ROLE_ADMINISTRATOR, .scope = "*"}}},
              {.name = "auditor", .grants = {{.role = access::ROLE_AUDITOR, .scope = "*"}}},
              {.name = "service", .grants = {{.role = access::ROLE_SERVICE, .scope = "*"}}},
              {.name = "nobody"},
          },
      .targets =
          {
              {'A', {.kind = Target::Kind::kUnit, .name = "a"}},
              {'I', {.kind = Target::Kind::kUnit, .name = "rice"}},
              {'B', {.kind = Target::Kind::kUnit, .name = "b"}},
              {'R', {.kind = Target::Kind::kGroup, .name = "rounds/r"}},
              {'X', {.kind = Target::Kind::kGroup, .name = "rounds/never"}},
          },
  };
}

constexpr char kAll[] = "AIBRXN";
constexpr char kRound[] = "AIBR";
constexpr char kOwn[] = "AI";

// Reporter, outsider, head, head of 2020, head of 2021, vice-head, national, administrator,
// auditor, service, nobody.
using Allowed = std::vector<std::string>;
const Allowed kEverybody = {kAll, kAll, kAll, kAll, kAll, kAll, kAll, kAll, kAll, kAll, ""};
const Allowed kKeepers = {"", "", "", "", "", "", kAll, kAll, "", "", ""};
const Allowed kLeaders = {"", "", kRound, kRound, "", "", kAll, "", "", "", ""};
const Allowed kReviewers = {"", "", kRound, kRound, "", kRound, kAll, "", "", "", ""};
const Allowed kMembers = {kRound, "", kRound, kRound, "", kRound, kAll, kAll, kAll, kAll, ""};
// Before the round is settled.
const Allowed kConcerned = {kOwn, "", kRound, kRound, "", kRound, kAll, kAll, kAll, kAll, ""};
// Of a round for the year 2020.
const Allowed kCreators = {"", "", "N", "N", "", "", "N", "", "", "", ""};

constexpr char kName[] = R"pb(name: "$")pb";
constexpr char kParent[] = R"pb(parent: "$")pb";
constexpr char kCheckOnly[] = R"pb(name: "$" validate_only: true)pb";
constexpr char kEmpty[] = " ";

// name; request on a unit, on a round, on everything; who may.
const std::vector<ExpectedCall>& Expected() {
  static const std::vector<ExpectedCall> kExpected = {
      {"RubricService/CreateRubric", "", "", kEmpty, kKeepers},
      {"RubricService/GetRubric", "", "", kEmpty, kEverybody},
      {"RubricService/ListRubrics", "", "", kEmpty, kEverybody},
      {"RoundService/CreateRound", "", "",
       R"pb(round { cluster_year: "clusters/delta/years/2020" })pb", kCreators},
      {"RoundService/GetRound", "", kName, kEmpty, kEverybody},
      {"RoundService/ListRounds", "", "", kEmpty, kEverybody},
      {"RoundService/RecordAppraisal", "", kParent, kEmpty, kReviewers},
      {"RoundService/RecordEvent", "", kParent, kEmpty, kReviewers},
      {"RoundService/ScoreRound", "", kCheckOnly, kEmpty, kLeaders},
      {"RoundService/GetStandings", "", R"pb(name: "$/standings/alliances")pb", kEmpty, kMembers},
      {"RoundService/GetScoreSheet", R"pb(name: "rounds/r/scoreSheets/$")pb", "", kEmpty,
       kConcerned},
      {"RoundService/ListScoreSheets", "", kParent, kEmpty, kConcerned},
      {"RoundService/IssueNominations", "", kCheckOnly, kEmpty, kLeaders},
      {"RoundService/GetNomination", R"pb(name: "rounds/r/nominations/flag.$")pb", "", kEmpty,
       kMembers},
      {"RoundService/ListNominations", "", kParent, kEmpty, kMembers},
      {"RoundService/GetFeedPosition", "", "", kEmpty, kEverybody},
  };
  return kExpected;
}

// A second server on the fixture's store, under guard.
class PermissionsTest : public AwardsFixture {
 protected:
  PermissionsTest() {
    SetUpRound();
    Score();
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&guarded_rubrics_);
    builder.RegisterService(&guarded_rounds_);
    guarded_server_ = builder.BuildAndStart();
    channel_ = grpc::CreateChannel("127.0.0.1:" + std::to_string(port),
                                   grpc::InsecureChannelCredentials());
  }
  ~PermissionsTest() override { guarded_server_->Shutdown(); }

  absl::Status SheetAs(const std::string& principal, const std::string& unit) {
    v1::GetScoreSheetRequest request;
    request.set_name("rounds/r/scoreSheets/" + unit);
    return testkit::CallAs(channel_, principal, "thidua.awards.v1.RoundService/GetScoreSheet",
                           request.SerializeAsString());
  }

  RoundScopes scopes_{*ledger_};
  testkit::CredulousGatekeeper gatekeeper_{World().roles, MakePermissions().value(), scopes_,
                                           clock_};
  common::rpc::RpcEnvironment guarded_rpc_{
      {.domain = "awards.thidua", .gatekeeper = &gatekeeper_}, logger_, clock_};
  const ServiceResources resources_{.rpc = guarded_rpc_, .ledger = *ledger_, .feed = progress_};
  RubricService guarded_rubrics_{resources_};
  RoundService guarded_rounds_{resources_};
  std::unique_ptr<grpc::Server> guarded_server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(PermissionsTest, AreThoseOfTheTableForEachCallRoleAndTarget) {
  testkit::ExpectPermissions(channel_, "thidua.awards.v1",
                             {"thidua.awards.v1.RubricService", "thidua.awards.v1.RoundService"},
                             World(), Expected(), MakePermissions().value(), scopes_);
}

TEST(Permissions, AreExpectedForEveryCallOfTheContract) {
  std::set<std::string> expected;
  for (const ExpectedCall& call : Expected()) expected.insert(call.name);
  EXPECT_EQ(expected, testkit::CallsOfContract("thidua/awards/v1"));
  EXPECT_THAT(MakePermissions(), IsOk());
}

TEST_F(PermissionsTest, ShowASheetToTheOtherUnitsOnceTheRoundIsSettled) {
  EXPECT_THAT(SheetAs("reporter", "a"), IsOk());
  EXPECT_THAT(SheetAs("reporter", "b"), StatusIs(absl::StatusCode::kPermissionDenied));
  v1::IssueNominationsRequest request;
  request.set_name("rounds/r");
  ASSERT_THAT(Call(&RoundStub::IssueNominations, request), IsOk());
  EXPECT_THAT(SheetAs("reporter", "b"), IsOk());
  EXPECT_THAT(SheetAs("outsider", "b"), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(PermissionsTest, NeedACallerWhoIsKnown) {
  for (const std::string& call : testkit::CallsOfContract("thidua/awards/v1")) {
    EXPECT_THAT(testkit::CallAs(channel_, "stranger", "thidua.awards.v1." + call, ""),
                StatusIs(absl::StatusCode::kUnauthenticated))
        << call;
  }
}

TEST_F(PermissionsTest, PutTheCallerIntoTheLog) {
  v1::CreateRubricRequest request = AllianceRubric();
  request.set_rubric_id("second");
  ASSERT_THAT(
      testkit::CallAs(channel_, "administrator", "thidua.awards.v1.RubricService/CreateRubric",
                      request.SerializeAsString()),
      IsOk());
  const auto last = ledger_->Changes(ledger_->Head() - 1, 1).value();
  EXPECT_EQ(last.front().actor, "administrator");
}

}  // namespace
}  // namespace awards
