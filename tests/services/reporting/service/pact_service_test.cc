#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using testkit::HasReason;
using testkit::IsOk;
using testkit::StatusIs;
using Pacts = v1::PactService::Stub;

constexpr std::string_view kPact = R"pb(
  parent: "clusters/red-river/years/2026"
  pact {
    targets { unit: "units/bac-ninh" indicator: "indicators/COOP_NEW" number: "50" }
    targets { unit: "units/ha-nam" indicator: "indicators/COOP_NEW" number: "20.0" }
  })pb";

class PactServiceTest : public ::testing::Test {
 protected:
  PactServiceTest() {
    BuildWorld(server_);
    EXPECT_THAT(server_.Call(&Pacts::CreatePact, kPact), IsOk());
  }

  absl::StatusOr<v1::SignPactResponse> Sign(const std::string& unit, const std::string& etag = "") {
    auto request = FromText<v1::SignPactRequest>(R"pb(
      name: "clusters/red-river/years/2026/pact"
      signer: "Chủ tịch"
      date: "2026-01-04")pb");
    request.set_unit(unit);
    request.set_etag(etag);
    return server_.Call(&Pacts::SignPact, request);
  }

  v1::ClusterYear::State YearState() {
    return server_
        .Call(&v1::RegistryService::Stub::GetClusterYear, R"pb(
          name: "clusters/red-river/years/2026")pb")
        ->cluster_year()
        .state();
  }

  ReportingServer server_;
};

TEST_F(PactServiceTest, APactIsReadAsItWasDrawnUp) {
  const auto read = server_.Call(&Pacts::GetPact, R"pb(
    name: "clusters/red-river/years/2026/pact")pb");
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->pact().state(), v1::Pact::STATE_OPEN);
  EXPECT_EQ(read->pact().revision(), 1);
  ASSERT_EQ(read->pact().targets_size(), 2);
  EXPECT_EQ(read->pact().targets(1).number(), "20");
}

TEST_F(PactServiceTest, TheLastSignatureFreezesThePactAndMovesTheYearInOneCommit) {
  ASSERT_THAT(Sign("units/ha-nam", "v1"), IsOk());
  EXPECT_EQ(YearState(), v1::ClusterYear::STATE_REGISTRATION);
  const int64_t head = server_.ledger().Head();
  const auto last = Sign("units/bac-ninh");
  ASSERT_THAT(last, IsOk());
  EXPECT_EQ(last->pact().state(), v1::Pact::STATE_SIGNED);
  ASSERT_EQ(last->pact().signatures_size(), 2);
  EXPECT_EQ(last->pact().signatures(0).unit(), "units/ha-nam");
  EXPECT_EQ(absl::FromUnixSeconds(last->pact().signatures(1).record_time().seconds()),
            server_.clock().Now());
  EXPECT_EQ(YearState(), v1::ClusterYear::STATE_PACT_SIGNED);
  const auto records = server_.ledger().Changes(head, 10).value();
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].commit_sequence, records[1].commit_sequence);
}

TEST_F(PactServiceTest, AUnitSignsOnce) {
  ASSERT_THAT(Sign("units/ha-nam"), IsOk());
  EXPECT_THAT(Sign("units/ha-nam"), StatusIs(StatusCode::kAlreadyExists));
  EXPECT_THAT(Sign("units/ha-nam"), HasReason("PACT_ALREADY_SIGNED"));
}

TEST_F(PactServiceTest, OnlyMembersSign) {
  EXPECT_THAT(Sign("units/yen-bai"), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(Sign("units/yen-bai"), HasReason("UNIT_NOT_A_MEMBER"));
}

TEST_F(PactServiceTest, AnOldVersionIsNotSigned) {
  EXPECT_THAT(Sign("units/ha-nam", "v9"), HasReason("ETAG_MISMATCH"));
}

TEST_F(PactServiceTest, AYearHasOnePact) {
  EXPECT_THAT(server_.Call(&Pacts::CreatePact, kPact), HasReason("RESOURCE_ALREADY_EXISTS"));
}

class PactsRefuse : public ::testing::TestWithParam<Refusal> {};

TEST_P(PactsRefuse, AsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Pacts, PactsRefuse,
    ::testing::ValuesIn<Refusal>({
        {"MalformedTargets",
         Calling(&Pacts::CreatePact, R"pb(
           parent: "clusters/red-river/years/2026"
           pact {
             targets { unit: "ha-nam" indicator: "indicators/COOP_NEW" number: "5" }
             targets { unit: "units/yen-bai" indicator: "indicators/COOP_NEW" number: "5" }
             targets { unit: "units/ha-nam" indicator: "indicators/COOP_NEW" number: "5,5" }
             targets { unit: "units/bac-ninh" indicator: "indicators/COOP_NEW" number: "5.5" }
           })pb"),
         StatusCode::kInvalidArgument,
         "INVALID_NAME",
         {"pact.targets[0].unit", "pact.targets[1].unit", "pact.targets[2].number",
          "pact.targets[3].number"}},
        {"PactOfNoYear",
         Calling(&Pacts::CreatePact, R"pb(parent: "clusters/red-river")pb"),
         StatusCode::kInvalidArgument,
         "INVALID_NAME",
         {"parent"}},
        {"PactOfUnknownYear",
         Calling(&Pacts::CreatePact, R"pb(
           parent: "clusters/red-river/years/1999")pb"),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"PactOfUnknownIndicator",
         Calling(&Pacts::CreatePact, R"pb(
           parent: "clusters/red-river/years/2026"
           pact { targets { unit: "units/ha-nam" indicator: "indicators/NONE" number: "5" } })pb"),
         StatusCode::kFailedPrecondition,
         "INDICATOR_UNKNOWN",
         {"pact.targets[0].indicator"}},
        {"UnknownPact",
         Calling(&Pacts::GetPact, R"pb(
           name: "clusters/red-river/years/2026/pact")pb"),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"SignatureUnderNothing",
         Calling(&Pacts::SignPact, R"pb(
           name: "clusters/red-river/years/2026/pact"
           unit: "units/ha-nam"
           signer: "A"
           date: "2026-01-01")pb"),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"SignatureWithoutName",
         Calling(&Pacts::SignPact, R"pb(
           name: "clusters/red-river/years/2026"
           unit: "units/ha-nam"
           signer: "A"
           date: "2026-01-01")pb"),
         StatusCode::kInvalidArgument,
         "INVALID_NAME",
         {"name"}},
    }),
    testkit::CaseName<Refusal>);

TEST_F(PactServiceTest, ASignatureNeedsASignerAndADay) {
  const auto refused = server_.Call(&Pacts::SignPact, R"pb(
    name: "clusters/red-river/years/2026/pact"
    unit: "units/ha-nam")pb");
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, testkit::HasViolation("signer"));
  EXPECT_THAT(refused, testkit::HasViolation("date"));
}

TEST_F(PactServiceTest, AClosedYearTakesNoPact) {
  ASSERT_THAT(server_.Call(&v1::RegistryService::Stub::AdvanceClusterYear, R"pb(
    name: "clusters/red-river/years/2020"
    state: STATE_SCORING)pb"),
              IsOk());
  const auto refused = server_.Call(&Pacts::CreatePact, R"pb(
    parent: "clusters/red-river/years/2020"
    pact { targets { unit: "units/bac-ninh" indicator: "indicators/COOP_NEW" number: "5" } })pb");
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason("CLUSTER_YEAR_CLOSED"));
}

}  // namespace
}  // namespace reporting
