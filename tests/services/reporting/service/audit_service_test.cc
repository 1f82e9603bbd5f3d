// The audit: events as they were written, found by every filter; and a log that is verified over
// the wire, whole or not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "absl/strings/escaping.h"
#include "common/rpc/mutation.h"
#include "services/reporting/codec/stored.h"
#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testkit::HasReason;
using testkit::IsOk;
using Audit = v1::AuditService::Stub;
using Registry = v1::RegistryService::Stub;

class AuditServiceTest : public ::testing::Test {
 protected:
  AuditServiceTest() { BuildWorld(server_); }

  // All events of `request`, a page at a time.
  std::vector<v1::AuditEvent> List(v1::ListAuditEventsRequest request) {
    std::vector<v1::AuditEvent> events;
    do {
      const auto page = server_.Call(&Audit::ListAuditEvents, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      events.insert(events.end(), page->events().begin(), page->events().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return events;
  }

  std::vector<v1::AuditEvent> List(std::string_view request) {
    return List(FromText<v1::ListAuditEventsRequest>(request));
  }

  static std::vector<int64_t> Positions(const std::vector<v1::AuditEvent>& events) {
    std::vector<int64_t> positions;
    for (const v1::AuditEvent& event : events) positions.push_back(event.position());
    return positions;
  }

  void CreateCluster(const std::string& id) {
    auto request = FromText<v1::CreateClusterRequest>(R"pb(cluster { title { vi: "Cụm" } })pb");
    request.set_cluster_id(id);
    EXPECT_THAT(server_.Call(&Registry::CreateCluster, request), IsOk());
  }

  v1::VerifyAuditResponse Verify(const v1::VerifyAuditRequest& request = {}) {
    const auto response = server_.Call(&Audit::VerifyAudit, request);
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::VerifyAuditResponse());
  }

  int64_t Head() { return server_.ledger().Head(); }

  ReportingServer server_;
};

TEST_F(AuditServiceTest, EveryRecordOfTheLogIsAnEventWhateverThePageSize) {
  const auto log = server_.ledger().Changes(0, 100'000).value();
  for (const int page_size : {1, 3, 1000}) {
    v1::ListAuditEventsRequest request;
    request.set_page_size(page_size);
    const std::vector<v1::AuditEvent> events = List(request);
    ASSERT_THAT(events, SizeIs(log.size()));
    for (size_t i = 0; i < log.size(); ++i) {
      EXPECT_EQ(events[i].position(), log[i].sequence);
      EXPECT_EQ(events[i].commit_position(), log[i].commit_sequence);
      EXPECT_EQ(events[i].resource(), log[i].name);
      EXPECT_EQ(events[i].version(), log[i].version);
      EXPECT_EQ(events[i].hash(), absl::BytesToHexString(log[i].hash));
    }
  }
}

TEST_F(AuditServiceTest, AnEventTellsWhoDidWhatByWhichCall) {
  server_.clock().Advance(absl::Minutes(5));
  ASSERT_THAT(server_.Call(&Registry::AdvanceClusterYear, R"pb(
    name: "clusters/red-river/years/2020"
    state: STATE_VOTED)pb"),
              IsOk());
  const std::vector<v1::AuditEvent> events =
      List(R"pb(resource: "clusters/red-river/years/2020")pb");
  ASSERT_FALSE(events.empty());
  EXPECT_FALSE(events.front().has_before());
  EXPECT_EQ(events.front().after().cluster_year().state(), v1::ClusterYear::STATE_PLANNED);
  const v1::AuditEvent& last = events.back();
  EXPECT_EQ(last.position(), Head());
  EXPECT_EQ(last.actor(), "anonymous");
  EXPECT_EQ(last.method(), "thidua.reporting.v1.RegistryService/AdvanceClusterYear");
  EXPECT_EQ(last.commit_time().seconds(), absl::ToUnixSeconds(server_.clock().Now()));
  EXPECT_EQ(last.version(), static_cast<int64_t>(events.size()));
  EXPECT_NE(last.before().cluster_year().state(), v1::ClusterYear::STATE_VOTED);
  EXPECT_EQ(last.before().version(), last.version() - 1);
  EXPECT_EQ(last.after().cluster_year().state(), v1::ClusterYear::STATE_VOTED);
  const auto now =
      server_.Call(&Registry::GetClusterYear, R"pb(name: "clusters/red-river/years/2020")pb");
  ASSERT_THAT(now, IsOk());
  EXPECT_EQ(last.after().cluster_year().SerializeAsString(),
            now->cluster_year().SerializeAsString());
}

TEST_F(AuditServiceTest, BeforeIsTheVersionThatTheEventBeforeLeft) {
  ASSERT_THAT(server_.Call(&v1::SubmissionService::Stub::Submit, SomeReport()), IsOk());
  ASSERT_THAT(server_.Call(&v1::SubmissionService::Stub::AcceptSubmission, R"pb(
    name: "units/bac-ninh/submissions/alliance-annual.2026.estimate")pb"),
              IsOk());
  const auto events = List(R"pb(resource: "units/bac-ninh/submissions/alliance-annual.2026.estimate"
                                page_size: 1)pb");
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[1].before().SerializeAsString(), events[0].after().SerializeAsString());
  EXPECT_EQ(events[1].after().submission().state(), v1::Submission::STATE_ACCEPTED);
}

TEST_F(AuditServiceTest, TimesAdmitFromTheirStartToBeforeTheirEnd) {
  const int64_t built = Head();
  v1::ListAuditEventsRequest request;
  server_.clock().Advance(absl::Seconds(10));
  *request.mutable_start_time() = ToTimestamp(server_.clock().Now());
  CreateCluster("first");
  CreateCluster("second");
  server_.clock().Advance(absl::Seconds(10));
  *request.mutable_end_time() = ToTimestamp(server_.clock().Now());
  CreateCluster("third");
  EXPECT_THAT(Positions(List(request)), ElementsAre(built + 1, built + 2));
  request.set_page_size(1);
  EXPECT_THAT(Positions(List(request)), ElementsAre(built + 1, built + 2));
  request.set_resource("clusters/second");
  EXPECT_THAT(Positions(List(request)), ElementsAre(built + 2));
  request.clear_end_time();
  request.clear_resource();
  EXPECT_THAT(Positions(List(request)), ElementsAre(built + 1, built + 2, built + 3));
  *request.mutable_end_time() = request.start_time();
  EXPECT_THAT(List(request), IsEmpty());
}

TEST_F(AuditServiceTest, TheActorChoosesAmongAll) {
  const common::storage::WriteOptions options{.actor = "Nguyễn Văn A", .method = "by.hand/Put"};
  for (int i = 0; i < 2; ++i) {
    CreateCluster("cluster-" + std::to_string(i));
    EXPECT_THAT(
        server_.ledger().Write(
            options,
            [](common::storage::Transaction& transaction) -> absl::StatusOr<std::string> {
              RETURN_IF_ERROR(transaction.Put({.kind = "unit", .name = "units/by-hand"}).status());
              return "";
            }),
        IsOk());
  }
  const std::vector<v1::AuditEvent> events = List(R"pb(actor: "Nguyễn Văn A" page_size: 1)pb");
  EXPECT_THAT(Positions(events), ElementsAre(Head() - 2, Head()));
  EXPECT_EQ(events.front().method(), "by.hand/Put");
  EXPECT_THAT(List(R"pb(actor: "anonymous")pb"), SizeIs(Head() - 2));
  EXPECT_THAT(List(R"pb(actor: "anonymous" resource: "units/by-hand")pb"), IsEmpty());
  EXPECT_THAT(List(R"pb(actor: "nobody")pb"), IsEmpty());
}

TEST_F(AuditServiceTest, AnEventWhoseContentCannotBeReadIsListedWithoutIt) {
  EXPECT_THAT(server_.ledger().Write(
                  {},
                  [](common::storage::Transaction& transaction) -> absl::StatusOr<std::string> {
                    RETURN_IF_ERROR(
                        transaction.Put({.kind = "unit", .name = "units/broken", .payload = "\xff"})
                            .status());
                    return "";
                  }),
              IsOk());
  const auto events = List(R"pb(resource: "units/broken")pb");
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].after().version(), 1);
  EXPECT_EQ(events[0].after().resource_case(), v1::Change::RESOURCE_NOT_SET);
}

TEST_F(AuditServiceTest, UntouchedLogIsWhole) {
  const v1::VerifyAuditResponse response = Verify();
  EXPECT_TRUE(response.complete());
  EXPECT_FALSE(response.has_fault());
  EXPECT_EQ(response.verified().position(), Head());
  EXPECT_EQ(response.verified().hash(), List("").back().hash());
  EXPECT_EQ(response.store_id(), server_.ledger().Identity().store_id);
}

TEST_F(AuditServiceTest, CallsThatGoOnVerifyAllOfIt) {
  v1::VerifyAuditRequest request;
  request.set_page_size(3);
  int64_t calls = 0;
  v1::VerifyAuditResponse response;
  do {
    response = Verify(request);
    ASSERT_FALSE(response.has_fault()) << response.fault().description();
    *request.mutable_after() = response.verified();
    ++calls;
  } while (!response.complete() && calls <= Head());
  EXPECT_EQ(calls, (Head() + 2) / 3);
  EXPECT_EQ(response.verified().position(), Head());
}

TEST_F(AuditServiceTest, AnAlteredEventIsFound) {
  v1::VerifyAuditRequest request;
  *request.mutable_expected() = Verify().verified();
  const std::vector<v1::AuditEvent> year = List(R"pb(resource: "clusters/red-river/years/2020")pb");
  SQLite::Database database(server_.database(), SQLite::OPEN_READWRITE);
  database.exec(
      "DROP TRIGGER change_never_changes;"
      "UPDATE change SET actor = 'somebody else' WHERE name = 'clusters/red-river/years/2020' AND"
      " version = 2");
  for (const auto& asked : {v1::VerifyAuditRequest(), request}) {
    const v1::VerifyAuditResponse response = Verify(asked);
    EXPECT_FALSE(response.complete());
    EXPECT_EQ(response.fault().kind(), v1::AuditFault::KIND_ALTERED);
    EXPECT_EQ(response.fault().position(), year[1].position());
    EXPECT_EQ(response.verified().position(), year[1].position() - 1);
    EXPECT_THAT(response.fault().description(), ::testing::HasSubstr("altered"));
  }
}

TEST_F(AuditServiceTest, ACutEndIsFoundAgainstWhatIsExpected) {
  v1::VerifyAuditRequest request;
  *request.mutable_expected() = Verify().verified();
  CreateCluster("more");
  EXPECT_TRUE(Verify(request).complete());
  request.mutable_expected()->set_position(Head() + 1);
  const v1::VerifyAuditResponse response = Verify(request);
  EXPECT_FALSE(response.complete());
  EXPECT_EQ(response.fault().kind(), v1::AuditFault::KIND_MISSING);
  EXPECT_EQ(response.fault().position(), Head() + 1);
}

TEST_F(AuditServiceTest, ALogWithAnotherHashIsFoundAgainstWhatIsExpected) {
  v1::VerifyAuditRequest request;
  request.mutable_expected()->set_position(2);
  request.mutable_expected()->set_hash(std::string(64, 'A'));
  const v1::VerifyAuditResponse response = Verify(request);
  EXPECT_EQ(response.fault().kind(), v1::AuditFault::KIND_REPLACED);
  EXPECT_EQ(response.fault().position(), 2);
}

TEST_F(AuditServiceTest, PositionZeroStandsForTheBeginning) {
  v1::VerifyAuditRequest request;
  request.mutable_after()->set_hash("anything");
  request.mutable_expected();
  EXPECT_TRUE(Verify(request).complete());
}

TEST_F(AuditServiceTest, APageTokenIsForOneQuery) {
  v1::ListAuditEventsRequest request;
  request.set_page_size(1);
  const auto page = server_.Call(&Audit::ListAuditEvents, request);
  ASSERT_THAT(page, IsOk());
  request.set_page_token(page->next_page_token());
  request.set_actor("anonymous");
  EXPECT_THAT(server_.Call(&Audit::ListAuditEvents, request), HasReason("INVALID_PAGE_TOKEN"));
}

TEST_F(AuditServiceTest, AListShowsAtLeastTheCommitItNames) {
  v1::ListAuditEventsRequest request;
  request.set_min_commit_token(common::rpc::CommitToken(server_.ledger(), Head()));
  EXPECT_THAT(server_.Call(&Audit::ListAuditEvents, request), IsOk());
  request.set_min_commit_token(common::rpc::CommitToken(server_.ledger(), Head() + 1));
  EXPECT_THAT(server_.Call(&Audit::ListAuditEvents, request), HasReason("TOKEN_OUT_OF_RANGE"));
}

class AuditRefusal : public ::testing::TestWithParam<Refusal> {};

TEST_P(AuditRefusal, IsAsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Refusals, AuditRefusal,
                         ::testing::ValuesIn<Refusal>({
                             {"UnknownResource",
                              Calling(&Audit::ListAuditEvents, R"pb(resource: "units/nobody")pb"),
                              StatusCode::kNotFound, "RESOURCE_NOT_FOUND"},
                             {"NoTimes",
                              Calling(&Audit::ListAuditEvents, R"pb(
                                start_time { nanos: -1 }
                                end_time { seconds: 999999999999 })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"start_time", "end_time"}},
                             {"EndBeforeStart",
                              Calling(&Audit::ListAuditEvents, R"pb(
                                start_time { seconds: 2 }
                                end_time { seconds: 1 })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"end_time"}},
                             {"NegativePageSize",
                              Calling(&Audit::ListAuditEvents, "page_size: -1"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"page_size"}},
                             {"NoPageToken",
                              Calling(&Audit::ListAuditEvents, R"pb(page_token: "x")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_PAGE_TOKEN",
                              {"page_token"}},
                             {"NoPoints",
                              Calling(&Audit::VerifyAudit, R"pb(
                                after { position: 1 hash: "12" }
                                expected { position: -1 })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"after.hash", "expected.position"}},
                             {"HashOfOtherLetters",
                              Calling(&Audit::VerifyAudit, "expected { position: 1 hash: '" +
                                                               std::string(64, 'g') + "' }"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"expected.hash"}},
                             {"NegativeVerifyPageSize",
                              Calling(&Audit::VerifyAudit, "page_size: -1"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"page_size"}},
                         }),
                         testkit::CaseName<Refusal>);

}  // namespace
}  // namespace reporting
