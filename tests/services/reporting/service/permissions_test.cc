// Every call of the reporting service, as every role, on every kind of target.
#include "services/reporting/service/permissions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/services/permission_probe.h"
#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

namespace access = ::thidua::access::v1;

using common::auth::Principal;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testkit::ExpectedCall;
using ::testkit::HasReason;
using ::testkit::IsOk;
using ::testkit::StatusIs;
using ::testkit::Target;

// In the cluster red-river are bac-ninh, with the cooperative htx-tan-chi, and ha-nam, in 2020 only
// bac-ninh; in the cluster north is yen-bai.
testkit::ProbeWorld World() {
  return {
      .roles =
          {
              {.name = "reporter",
               .grants = {{.role = access::ROLE_UNIT_REPORTER, .scope = "units/bac-ninh"}}},
              {.name = "head",
               .grants = {{.role = access::ROLE_CLUSTER_HEAD, .scope = "clusters/red-river"}}},
              {.name = "head-of-2020",
               .grants = {{.role = access::ROLE_CLUSTER_HEAD,
                           .scope = "clusters/red-river/years/2020"}}},
              {.name = "vice-head",
               .grants = {{.role = access::ROLE_CLUSTER_VICE_HEAD, .scope = "clusters/red-river"}}},
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
              {'B', {.kind = Target::Kind::kUnit, .name = "units/bac-ninh"}},
              {'T', {.kind = Target::Kind::kUnit, .name = "units/htx-tan-chi"}},
              {'H', {.kind = Target::Kind::kUnit, .name = "units/ha-nam"}},
              {'Y', {.kind = Target::Kind::kUnit, .name = "units/yen-bai"}},
              {'U', {.kind = Target::Kind::kUnit, .name = "units/never-registered"}},
              {'R', {.kind = Target::Kind::kGroup, .name = "clusters/red-river/years/2026"}},
              {'r', {.kind = Target::Kind::kGroup, .name = "clusters/red-river/years/2020"}},
              {'O', {.kind = Target::Kind::kGroup, .name = "clusters/north/years/2026"}},
              {'X', {.kind = Target::Kind::kGroup, .name = "clusters/red-river/years/1999"}},
          },
  };
}

// What of the targets lies in each scope.
constexpr char kAll[] = "BTHYURrOXN";
constexpr char kOwnUnit[] = "BT";
constexpr char kOwnUnitAndCluster[] = "BTRr";
constexpr char kCluster[] = "BTHRrX";
constexpr char kYear2020[] = "BTr";

// Reporter, head, head of 2020, vice-head, national, administrator, auditor, service, nobody.
using Allowed = std::vector<std::string>;
const Allowed kEverybody = {kAll, kAll, kAll, kAll, kAll, kAll, kAll, kAll, ""};
const Allowed kKeepers = {"", "", "", "", kAll, kAll, "", "", ""};
const Allowed kLeaders = {"", kCluster, kYear2020, "", kAll, "", "", "", ""};
const Allowed kReviewers = {"", kCluster, kYear2020, kCluster, kAll, "", "", "", ""};
const Allowed kReporter = {kOwnUnit, "", "", "", "", "", "", "", ""};
const Allowed kConcerned = {kOwnUnit, kCluster, kYear2020, kCluster, kAll, kAll, kAll, kAll, ""};
const Allowed kMembers = {
    kOwnUnitAndCluster, kCluster, kYear2020, kCluster, kAll, kAll, kAll, kAll, ""};
const Allowed kFollowers = {"", "", "", "", "", "", kAll, kAll, ""};
const Allowed kAuditor = {"", "", "", "", "", "", kAll, "", ""};
const Allowed kVerifiers = {"", "", "", "", "", kAll, kAll, "", ""};

constexpr char kSubmission[] = R"pb(name: "$/submissions/alliance-annual.2026.final")pb";
constexpr char kReport[] = R"pb(report { unit: "$" })pb";
constexpr char kName[] = R"pb(name: "$")pb";
constexpr char kEmpty[] = " ";

// name; request on a unit, on a cluster year, on everything; who may.
const std::vector<ExpectedCall>& Expected() {
  static const std::vector<ExpectedCall> kExpected = {
      {"RegistryService/CreateUnit", "", "", kEmpty, kKeepers},
      {"RegistryService/UpdateUnit", R"pb(unit { name: "$" })pb", "", kEmpty, kKeepers},
      {"RegistryService/MergeUnits", R"pb(predecessors: "$")pb", "", kEmpty, kKeepers},
      {"RegistryService/GetUnit", kName, "", kEmpty, kEverybody},
      {"RegistryService/ListUnits", R"pb(parent: "$")pb", "", kEmpty, kEverybody},
      {"RegistryService/CreateCluster", "", "", kEmpty, kKeepers},
      {"RegistryService/GetCluster", "", kName, kEmpty, kEverybody},
      {"RegistryService/ListClusters", "", "", kEmpty, kEverybody},
      {"RegistryService/CreateClusterYear", "", R"pb(parent: "$")pb", kEmpty, kKeepers},
      {"RegistryService/GetClusterYear", "", kName, kEmpty, kEverybody},
      {"RegistryService/ListClusterYears", "", R"pb(parent: "$")pb", kEmpty, kEverybody},
      {"RegistryService/AdvanceClusterYear", "", kName, kEmpty, kLeaders},
      {"RegistryService/HandOverClusterYear", "", kName, kEmpty, kLeaders},
      {"DefinitionService/CreateIndicator", "", "", kEmpty, kKeepers},
      {"DefinitionService/UpdateIndicator", "", "", kEmpty, kKeepers},
      {"DefinitionService/GetIndicator", "", "", kEmpty, kEverybody},
      {"DefinitionService/ListIndicators", "", "", kEmpty, kEverybody},
      {"DefinitionService/CreateForm", "", "", kEmpty, kKeepers},
      {"DefinitionService/UpdateForm", "", "", kEmpty, kKeepers},
      {"DefinitionService/GetForm", "", "", kEmpty, kEverybody},
      {"DefinitionService/ListForms", "", "", kEmpty, kEverybody},
      {"PactService/CreatePact", "", R"pb(parent: "$")pb", kEmpty, kLeaders},
      {"PactService/GetPact", "", R"pb(name: "$/pact")pb", kEmpty, kMembers},
      {"PactService/UpdatePact", "", R"pb(pact { name: "$/pact" })pb", kEmpty, kLeaders},
      {"PactService/RevisePact", "", R"pb(name: "$/pact")pb", kEmpty, kLeaders},
      {"PactService/ListAchievements", R"pb(parent: "clusters/red-river/years/2026" unit: "$")pb",
       R"pb(parent: "$")pb", kEmpty, kConcerned},
      {"PactService/SignPact", R"pb(name: "clusters/red-river/years/2026/pact" unit: "$")pb",
       R"pb(name: "$/pact")pb", kEmpty, kReporter},
      {"CalendarService/ListDueReports", R"pb(cluster_year: "clusters/red-river/years/2026"
                                              unit: "$")pb",
       R"pb(cluster_year: "$")pb", kEmpty, kConcerned},
      {"CalendarService/ExtendReport", "", kName, kEmpty, kLeaders},
      {"CalendarService/ReopenClusterYear", "", kName, kEmpty, kLeaders},
      {"SubmissionService/Submit", kReport, "", kEmpty, kReporter},
      {"SubmissionService/CheckReport", kReport, "", kEmpty, kReporter},
      {"SubmissionService/SaveDraft", kReport, "", kEmpty, kReporter},
      {"SubmissionService/SubmitDraft", kSubmission, "", kEmpty, kReporter},
      {"SubmissionService/WithdrawDraft", kSubmission, "", kEmpty, kReporter},
      {"SubmissionService/CompareSubmissions",
       R"pb(content { submission: "$/submissions/alliance-annual.2026.final" })pb", "", kEmpty,
       kConcerned},
      {"SubmissionService/ImportSubmissions", kReport, "", kEmpty, kReporter},
      {"SubmissionService/AcceptSubmission", kSubmission, "", kEmpty, kReviewers},
      {"SubmissionService/ReturnSubmission", kSubmission, "", kEmpty, kReviewers},
      {"SubmissionService/LockSubmission", kSubmission, "", kEmpty, kLeaders},
      {"SubmissionService/RestateSubmission", kSubmission, "", kEmpty, kLeaders},
      {"SubmissionService/GetSubmission", kSubmission, "", kEmpty, kConcerned},
      {"SubmissionService/ListSubmissions", R"pb(unit: "$")pb", R"pb(cluster_year: "$")pb", kEmpty,
       kConcerned},
      {"SubmissionService/ListSubmissionVersions", kSubmission, "", kEmpty, kConcerned},
      {"StatisticsService/ComputeTotals", R"pb(units: "$")pb", R"pb(cluster_year: "$")pb",
       R"pb(nationwide: true)pb", kMembers},
      {"StatisticsService/ComputeSeries", R"pb(totals { units: "$" })pb",
       R"pb(totals { cluster_year: "$" })pb", R"pb(totals { nationwide: true })pb", kMembers},
      {"ChangeFeedService/Watch", "", "", kEmpty, kFollowers},
      {"ChangeFeedService/ListChanges", "", "", kEmpty, kFollowers},
      {"AuditService/ListAuditEvents", R"pb(resource: "$")pb", "", kEmpty, kAuditor},
      {"AuditService/VerifyAudit", "", "", kEmpty, kVerifiers},
  };
  return kExpected;
}

// The world with a second cluster, under guard.
class PermissionsTest : public ::testing::Test {
 protected:
  PermissionsTest() {
    BuildWorld(server_);
    EXPECT_THAT(server_.Call(&v1::RegistryService::Stub::CreateCluster, R"pb(
      cluster_id: "north"
      cluster { title { vi: "Cụm trung du và miền núi phía Bắc" } })pb"),
                IsOk());
    EXPECT_THAT(server_.Call(&v1::RegistryService::Stub::CreateClusterYear, R"pb(
      parent: "clusters/north"
      cluster_year_id: "2026"
      cluster_year {
        members: "units/yen-bai"
        head: "units/yen-bai"
        calendar {
          form: "forms/alliance-annual"
          period: "2026"
          value_kind: VALUE_KIND_ESTIMATE
          opens: "2026-01-02"
          due: "2026-01-10"
          grace_end: "2026-01-12"
          closes: "2026-01-20"
        }
        scored_value_kind: VALUE_KIND_ESTIMATE
        receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
      })pb"),
                IsOk());
    server_.Guard([this](common::storage::Ledger& ledger, common::Clock& clock) {
      scopes_ = std::make_unique<UnitScopes>(ledger);
      return std::make_unique<testkit::CredulousGatekeeper>(
          World().roles, MakePermissions().value(), *scopes_, clock);
    });
  }

  // What the call comes to as `principal`.
  absl::Status As(const std::string& principal, const std::string& call,
                  const google::protobuf::Message& request) {
    return testkit::CallAs(server_.channel(), principal, "thidua.reporting.v1." + call,
                           request.SerializeAsString());
  }

  // The names and states of the submissions of bac-ninh, as `principal` lists them.
  template <typename Request>
  v1::ListSubmissionsResponse List(const std::string& principal, const Request& request) {
    grpc::ClientContext context;
    context.AddMetadata("test-principal", principal);
    v1::ListSubmissionsResponse response;
    const grpc::Status status =
        server_.stub<v1::SubmissionService::Stub>().ListSubmissions(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  // Before the server, which refers to it.
  std::unique_ptr<UnitScopes> scopes_;
  ReportingServer server_;
};

TEST_F(PermissionsTest, AreThoseOfTheTableForEachCallRoleAndTarget) {
  std::set<std::string> served;
  for (const char* name :
       {"RegistryService", "DefinitionService", "PactService", "SubmissionService",
        "StatisticsService", "ChangeFeedService", "AuditService"}) {
    served.insert(std::string("thidua.reporting.v1.") + name);
  }
  testkit::ExpectPermissions(server_.channel(), "thidua.reporting.v1", served, World(), Expected(),
                             MakePermissions().value(), *scopes_);
}

TEST(Permissions, AreExpectedForEveryCallOfTheContract) {
  std::set<std::string> expected;
  for (const ExpectedCall& call : Expected()) expected.insert(call.name);
  EXPECT_EQ(expected, testkit::CallsOfContract("thidua/reporting/v1"));
  EXPECT_THAT(MakePermissions(), IsOk());
}

TEST_F(PermissionsTest, AreAskedBeforeExistence) {
  const auto there = FromText<v1::GetSubmissionRequest>(
      R"pb(name: "units/ha-nam/submissions/alliance-annual.2026.final")pb");
  const auto nowhere = FromText<v1::GetSubmissionRequest>(
      R"pb(name: "units/never-registered/submissions/alliance-annual.2026.final")pb");
  for (const auto& request : {there, nowhere}) {
    const absl::Status denied = As("reporter", "SubmissionService/GetSubmission", request);
    EXPECT_THAT(denied, StatusIs(absl::StatusCode::kPermissionDenied));
    EXPECT_THAT(denied, HasReason(common::kNotPermitted));
  }
  EXPECT_THAT(As("national", "SubmissionService/GetSubmission", nowhere),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(PermissionsTest, NeedACallerWhoIsKnown) {
  for (const std::string& call : testkit::CallsOfContract("thidua/reporting/v1")) {
    const absl::Status status =
        testkit::CallAs(server_.channel(), "stranger", "thidua.reporting.v1." + call, "");
    // A call that the service does not have yet tells nothing and does nothing.
    if (absl::IsUnimplemented(status)) continue;
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated)) << call;
  }
}

TEST_F(PermissionsTest, PutTheCallerIntoTheAuditLog) {
  ASSERT_THAT(As("reporter", "SubmissionService/Submit", SomeReport()), IsOk());
  std::vector<common::storage::Record> last =
      server_.ledger().Changes(server_.ledger().Head() - 1, 1).value();
  ASSERT_THAT(last, SizeIs(1));
  EXPECT_EQ(last.front().actor, "reporter");
  v1::ImportSubmissionsRequest item;
  *item.mutable_report() = SomeReport().report();
  item.mutable_report()->mutable_figures(0)->set_number("663");
  ASSERT_THAT(As("reporter", "SubmissionService/ImportSubmissions", item), IsOk());
  last = server_.ledger().Changes(server_.ledger().Head() - 1, 1).value();
  EXPECT_EQ(last.front().actor, "reporter");
}

// The draft of a unit is nobody else's: as if it were not there, however it is asked for.
class DraftsTest : public PermissionsTest {
 protected:
  DraftsTest() {
    v1::SaveDraftRequest request;
    *request.mutable_report() = SomeReport().report();
    EXPECT_THAT(As("reporter", "SubmissionService/SaveDraft", request), IsOk());
  }

  const std::string name_ = "units/bac-ninh/submissions/alliance-annual.2026.estimate";
};

TEST_F(DraftsTest, AreHiddenFromWhoeverElseMayReadTheReportsOfTheUnit) {
  const auto get = FromText<v1::GetSubmissionRequest>("name: \"" + name_ + "\"");
  const auto versions = FromText<v1::ListSubmissionVersionsRequest>("name: \"" + name_ + "\"");
  const auto compare = FromText<v1::CompareSubmissionsRequest>(
      "content { submission: \"" + name_ + "\" } base_content { submission: \"" + name_ + "\" }");
  for (const char* principal : {"head", "vice-head", "national", "administrator"}) {
    EXPECT_THAT(As(principal, "SubmissionService/GetSubmission", get),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(As(principal, "SubmissionService/ListSubmissionVersions", versions),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(As(principal, "SubmissionService/CompareSubmissions", compare),
                StatusIs(absl::StatusCode::kNotFound));
  }
  for (const char* principal : {"reporter", "auditor", "service"}) {
    EXPECT_THAT(As(principal, "SubmissionService/GetSubmission", get), IsOk());
    EXPECT_THAT(As(principal, "SubmissionService/ListSubmissionVersions", versions), IsOk());
    EXPECT_THAT(As(principal, "SubmissionService/CompareSubmissions", compare), IsOk());
  }
}

TEST_F(DraftsTest, AreLeftOutOfLists) {
  const auto of_unit = FromText<v1::ListSubmissionsRequest>(R"pb(unit: "units/bac-ninh")pb");
  const auto of_year =
      FromText<v1::ListSubmissionsRequest>(R"pb(cluster_year: "clusters/red-river/years/2026")pb");
  EXPECT_THAT(List("reporter", of_unit).submissions(), SizeIs(1));
  EXPECT_THAT(List("head", of_unit).submissions(), IsEmpty());
  EXPECT_THAT(List("head", of_year).submissions(), IsEmpty());
  EXPECT_THAT(List("auditor", of_year).submissions(), SizeIs(1));
}

TEST_F(DraftsTest, StayHiddenInTheHistoryOfWhatWasHandedIn) {
  const auto submit = FromText<v1::SubmitDraftRequest>("name: \"" + name_ + "\"");
  ASSERT_THAT(As("reporter", "SubmissionService/SubmitDraft", submit), IsOk());
  const auto request = FromText<v1::ListSubmissionVersionsRequest>("name: \"" + name_ + "\"");
  const auto count = [&](const std::string& principal) {
    grpc::ClientContext context;
    context.AddMetadata("test-principal", principal);
    v1::ListSubmissionVersionsResponse response;
    EXPECT_TRUE(server_.stub<v1::SubmissionService::Stub>()
                    .ListSubmissionVersions(&context, request, &response)
                    .ok());
    return response.submissions_size();
  };
  EXPECT_EQ(count("reporter"), 2);
  EXPECT_EQ(count("head"), 1);
}

}  // namespace
}  // namespace reporting
