// MergeUnits, and what it means for the calls that come after it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/rpc/mutation.h"
#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::IsEmpty;
using ::testing::Not;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using Registry = v1::RegistryService::Stub;
using Submissions = v1::SubmissionService::Stub;

// Hà Nam becomes part of Yên Bái, which is in no cluster.
constexpr std::string_view kMerger = R"pb(
  predecessors: "units/ha-nam"
  successor: "units/yen-bai"
  date: "2025-07-01"
  legal_basis: "Nghị quyết 202/2025/QH15")pb";

class MergerTest : public ::testing::Test {
 protected:
  MergerTest() { BuildWorld(server_); }

  v1::Unit Unit(const std::string& name) {
    v1::GetUnitRequest request;
    request.set_name(name);
    return server_.Call(&Registry::GetUnit, request).value().unit();
  }

  // Merges `predecessor` into `successor`, which must be taken.
  void Merge(const std::string& predecessor, const std::string& successor,
             const std::string& date) {
    auto request = FromText<v1::MergeUnitsRequest>(kMerger);
    request.set_predecessors(0, predecessor);
    request.set_successor(successor);
    request.set_date(date);
    EXPECT_THAT(server_.Call(&Registry::MergeUnits, request), IsOk());
  }

  ReportingServer server_;
};

TEST_F(MergerTest, BothEndsAreStoredInOneCommit) {
  const int64_t head = server_.ledger().Head();
  const auto merged = server_.Call(&Registry::MergeUnits, kMerger);
  ASSERT_THAT(merged, IsOk());
  EXPECT_EQ(server_.ledger().Head(), head + 2);
  const auto changes = server_.ledger().Changes(head, 10).value();
  EXPECT_EQ(changes.front().commit_sequence, changes.back().commit_sequence);
  EXPECT_EQ(merged->commit_token(), common::rpc::CommitToken(server_.ledger(), head + 2));
  ASSERT_EQ(merged->predecessors_size(), 1);
  EXPECT_EQ(merged->predecessors(0).successor().unit(), "units/yen-bai");
  EXPECT_EQ(merged->predecessors(0).successor().date(), "2025-07-01");
  ASSERT_EQ(merged->unit().predecessors_size(), 1);
  EXPECT_EQ(merged->unit().predecessors(0).unit(), "units/ha-nam");
  EXPECT_EQ(merged->unit().predecessors(0).legal_basis(), "Nghị quyết 202/2025/QH15");
  EXPECT_EQ(Unit("units/yen-bai").SerializeAsString(), merged->unit().SerializeAsString());
  EXPECT_EQ(Unit("units/ha-nam").SerializeAsString(), merged->predecessors(0).SerializeAsString());
  EXPECT_EQ(Unit("units/ha-nam").province_codes(0).code(), "35");
}

TEST_F(MergerTest, RepeatedItChangesNothingWithAndWithoutRequestId) {
  auto request = FromText<v1::MergeUnitsRequest>(kMerger);
  request.set_request_id("0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10");
  const auto first = server_.Call(&Registry::MergeUnits, request);
  ASSERT_THAT(first, IsOk());
  const int64_t head = server_.ledger().Head();
  EXPECT_EQ(server_.Call(&Registry::MergeUnits, request)->SerializeAsString(),
            first->SerializeAsString());
  EXPECT_EQ(server_.Call(&Registry::MergeUnits, kMerger)->unit().SerializeAsString(),
            first->unit().SerializeAsString());
  EXPECT_EQ(server_.ledger().Head(), head);
}

TEST_F(MergerTest, ValidatingWritesNothing) {
  auto request = FromText<v1::MergeUnitsRequest>(kMerger);
  request.set_validate_only(true);
  const int64_t head = server_.ledger().Head();
  const auto merged = server_.Call(&Registry::MergeUnits, request);
  ASSERT_THAT(merged, IsOk());
  EXPECT_THAT(merged->commit_token(), IsEmpty());
  EXPECT_EQ(server_.ledger().Head(), head);
}

TEST_F(MergerTest, ANewNameKeepsTheLineage) {
  Merge("units/ha-nam", "units/yen-bai", "2025-07-01");
  EXPECT_THAT(server_.Call(&Registry::UpdateUnit, R"pb(
    unit {
      name: "units/yen-bai"
      titles { title { vi: "Liên minh Hợp tác xã tỉnh Yên Bái" } }
      titles {
        title { vi: "Liên minh Hợp tác xã tỉnh Lào Cai" }
        valid_from: "2025-07-01"
      }
      province_codes { code: "15" }
    }
    etag: "v2")pb"),
              IsOk());
  EXPECT_EQ(Unit("units/yen-bai").predecessors_size(), 1);
}

TEST_F(MergerTest, AMergedUnitJoinsNoYearThatBeginsThen) {
  Merge("units/ha-nam", "units/bac-ninh", "2027-01-01");
  constexpr std::string_view kYear = R"pb(
    parent: "clusters/red-river"
    cluster_year_id: "2027"
    cluster_year {
      members: "units/bac-ninh"
      members: "units/ha-nam"
      head: "units/bac-ninh"
      scored_value_kind: VALUE_KIND_FINAL
      receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
    })pb";
  const auto refused = server_.Call(&Registry::CreateClusterYear, kYear);
  EXPECT_EQ(refused.status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(refused, HasReason("UNIT_MERGED"));
  EXPECT_THAT(refused, HasViolation("cluster_year.members[1]"));
}

TEST_F(MergerTest, AMergedUnitReportsNoPeriodThatBeginsThen) {
  auto report = SomeReport();
  report.mutable_report()->set_unit("units/ha-nam");
  Merge("units/ha-nam", "units/yen-bai", "2026-01-01");
  const auto refused = server_.Call(&Submissions::Submit, report);
  EXPECT_EQ(refused.status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(refused, HasReason("UNIT_MERGED"));
  EXPECT_THAT(refused, HasViolation("report.unit"));
}

TEST_F(MergerTest, ThePeriodInWhichAUnitIsMergedMayStillBeReported) {
  auto report = SomeReport();
  report.mutable_report()->set_unit("units/ha-nam");
  Merge("units/ha-nam", "units/yen-bai", "2026-01-02");
  EXPECT_THAT(server_.Call(&Submissions::Submit, report), IsOk());
}

// A cooperative of Yên Bái, which belongs to no cluster.
constexpr std::string_view kCooperative = R"pb(
  unit_id: "htx-yen-bai"
  unit {
    kind: KIND_COOPERATIVE
    sector: SECTOR_AGRICULTURE
    parent: "units/yen-bai"
    titles { title { vi: "Hợp tác xã Yên Bái" } }
    founding_date: "2024-03-02"
  })pb";

constexpr std::string_view kCooperativeReport = R"pb(
  report {
    unit: "units/htx-yen-bai"
    form: "forms/cooperative-annual"
    period: "2026"
    value_kind: VALUE_KIND_ESTIMATE
    figures { indicator: "indicators/INCOME" number: "70" }
  })pb";

TEST_F(MergerTest, CooperativesReportWhereTheSuccessorBelongs) {
  ASSERT_THAT(server_.Call(&Registry::CreateUnit, kCooperative), IsOk());
  EXPECT_THAT(server_.Call(&Submissions::Submit, kCooperativeReport), HasReason("REPORT_NOT_DUE"));
  ASSERT_THAT(server_.Call(&Registry::CreateUnit, R"pb(
    unit_id: "lao-cai"
    unit {
      kind: KIND_ALLIANCE
      titles { title { vi: "Lào Cai" } }
    })pb"),
              IsOk());
  Merge("units/yen-bai", "units/lao-cai", "2025-07-01");
  Merge("units/lao-cai", "units/bac-ninh", "2026-01-01");
  const auto taken = server_.Call(&Submissions::Submit, kCooperativeReport);
  ASSERT_THAT(taken, IsOk());
  EXPECT_EQ(taken->submission().cluster_year(), "clusters/red-river/years/2026");
  EXPECT_EQ(Unit("units/htx-yen-bai").parent(), "units/yen-bai");
}

TEST_F(MergerTest, CooperativesStayUntilThePeriodAfterTheMerger) {
  ASSERT_THAT(server_.Call(&Registry::CreateUnit, kCooperative), IsOk());
  Merge("units/yen-bai", "units/bac-ninh", "2026-01-02");
  EXPECT_THAT(server_.Call(&Submissions::Submit, kCooperativeReport), HasReason("REPORT_NOT_DUE"));
}

TEST_F(MergerTest, NoCooperativeIsFoundedUnderHistory) {
  Merge("units/yen-bai", "units/bac-ninh", "2024-03-02");
  const auto refused = server_.Call(&Registry::CreateUnit, kCooperative);
  EXPECT_THAT(refused, HasReason("UNIT_MERGED"));
  EXPECT_THAT(refused, HasViolation("unit.parent"));
}

TEST_F(MergerTest, AUnitIsMergedOnce) {
  Merge("units/ha-nam", "units/yen-bai", "2025-07-01");
  const auto refused = server_.Call(&Registry::MergeUnits, R"pb(
    predecessors: "units/ha-nam"
    successor: "units/bac-ninh"
    date: "2025-07-01"
    legal_basis: "Luật")pb");
  EXPECT_EQ(refused.status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(refused, HasReason("UNIT_MERGED"));
  EXPECT_THAT(refused, HasViolation("predecessors[0]"));
}

class MergerRefuses : public ::testing::TestWithParam<Refusal> {};

TEST_P(MergerRefuses, AsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Mergers, MergerRefuses,
                         ::testing::ValuesIn<Refusal>({
                             {"Empty",
                              Calling(&Registry::MergeUnits, ""),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"successor", "date", "predecessors", "legal_basis"}},
                             {"Malformed",
                              Calling(&Registry::MergeUnits, R"pb(
                                predecessors: "ha-nam"
                                predecessors: "units/bac-ninh"
                                predecessors: "units/bac-ninh"
                                successor: "units/bac-ninh"
                                date: "2025-06-31"
                                legal_basis: "a\x07")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_NAME",
                              {"predecessors[0]", "date", "predecessors[2]", "predecessors[1]",
                               "legal_basis"}},
                             {"UnknownUnits",
                              Calling(&Registry::MergeUnits, R"pb(
                                predecessors: "units/nowhere"
                                predecessors: "units/htx-tan-chi"
                                successor: "units/bac-ninh"
                                date: "2025-07-01"
                                legal_basis: "Luật")pb"),
                              StatusCode::kFailedPrecondition,
                              "UNIT_UNKNOWN",
                              {"predecessors[0]", "predecessors[1]"}},
                         }),
                         testkit::CaseName<Refusal>);

}  // namespace
}  // namespace reporting
