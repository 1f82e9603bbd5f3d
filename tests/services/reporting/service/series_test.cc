// Totals over units and the nation, across mergers, one period after the other, as known at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/storage/token.h"
#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::IsOk;
using testkit::StatusIs;
using Registry = v1::RegistryService::Stub;
using Pacts = v1::PactService::Stub;
using Statistics = v1::StatisticsService::Stub;
using Submissions = v1::SubmissionService::Stub;

template <typename Names>
std::vector<std::string> ToVector(const Names& names) {
  return {names.begin(), names.end()};
}

class SeriesTest : public ::testing::Test {
 protected:
  SeriesTest() { BuildWorld(server_); }

  // A report for 2026 with `income` and as many cooperatives; the token of its commit.
  std::string Submit(const std::string& unit, const std::string& cooperatives,
                     const std::string& income = "") {
    auto request = SomeReport();
    request.mutable_report()->set_unit(unit);
    request.mutable_report()->mutable_figures(0)->set_number(cooperatives);
    if (!income.empty()) {
      auto& figure = *request.mutable_report()->add_figures();
      figure.set_indicator("indicators/INCOME");
      figure.set_number(income);
    }
    const auto response = server_.Call(&Submissions::Submit, request);
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::SubmitResponse()).commit_token();
  }

  std::string SubmitCooperative(const std::string& unit, const std::string& income) {
    auto request = SomeReport();
    request.mutable_report()->set_unit(unit);
    request.mutable_report()->set_form("forms/cooperative-annual");
    request.mutable_report()->clear_figures();
    auto& figure = *request.mutable_report()->add_figures();
    figure.set_indicator("indicators/INCOME");
    figure.set_number(income);
    const auto response = server_.Call(&Submissions::Submit, request);
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::SubmitResponse()).commit_token();
  }

  void CreateCooperative(const std::string& id, v1::Unit::Sector sector,
                         const std::string& parent) {
    v1::CreateUnitRequest request;
    request.set_unit_id(id);
    request.mutable_unit()->set_kind(v1::Unit::KIND_COOPERATIVE);
    request.mutable_unit()->set_sector(sector);
    request.mutable_unit()->set_parent(parent);
    request.mutable_unit()->add_titles()->mutable_title()->set_vi("Hợp tác xã");
    request.mutable_unit()->set_founding_date("2020-01-01");
    EXPECT_THAT(server_.Call(&Registry::CreateUnit, request), IsOk());
  }

  // Hà Nam becomes part of Bắc Ninh.
  void Merge(const std::string& date) {
    v1::MergeUnitsRequest request;
    request.add_predecessors("units/ha-nam");
    request.set_successor("units/bac-ninh");
    request.set_date(date);
    request.set_legal_basis("Nghị quyết 202/2025/QH15");
    EXPECT_THAT(server_.Call(&Registry::MergeUnits, request), IsOk());
  }

  v1::ComputeTotalsResponse Totals(const v1::ComputeTotalsRequest& request) {
    const auto response = server_.Call(&Statistics::ComputeTotals, request);
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::ComputeTotalsResponse());
  }

  static v1::ComputeTotalsRequest Over(const std::vector<std::string>& units) {
    auto request = FromText<v1::ComputeTotalsRequest>(R"pb(
      form: "forms/alliance-annual"
      period: "2026"
      value_kind: VALUE_KIND_ESTIMATE)pb");
    for (const std::string& unit : units) request.add_units(unit);
    request.set_nationwide(units.empty());
    return request;
  }

  ReportingServer server_;
};

TEST_F(SeriesTest, TheFiguresOfPredecessorsStandForAUnit) {
  Submit("units/bac-ninh", "662", "70");
  Submit("units/ha-nam", "273", "60");
  Merge("2027-07-01");
  const auto totals = Totals(Over({"units/bac-ninh"}));
  EXPECT_EQ(totals.expected_count(), 2);
  EXPECT_EQ(totals.totals(0).number(), "935");
  EXPECT_TRUE(totals.totals(0).merged());
  // (70 x 662 + 60 x 273) / 935 = 62720 / 935 = 67.0802...
  EXPECT_EQ(totals.totals(2).number(), "67.08");
  EXPECT_THAT(ToVector(totals.merged_units()), ElementsAre("units/bac-ninh"));
  const auto historic = Totals(Over({"units/ha-nam"}));
  EXPECT_EQ(historic.totals(0).number(), "273");
  EXPECT_FALSE(historic.totals(0).merged());
}

TEST_F(SeriesTest, TheYearOfTheClusterAndTheNationStayAsTheyWere) {
  Submit("units/bac-ninh", "662");
  Submit("units/ha-nam", "273");
  Merge("2027-07-01");
  const auto year = Totals(FromText<v1::ComputeTotalsRequest>(R"pb(
    cluster_year: "clusters/red-river/years/2026"
    form: "forms/alliance-annual"
    period: "2026")pb"));
  EXPECT_EQ(year.totals(0).number(), "935");
  EXPECT_EQ(year.expected_count(), 2);
  EXPECT_FALSE(year.totals(0).merged());
  const auto nation = Totals(Over({}));
  EXPECT_EQ(nation.totals(0).number(), "935");
  EXPECT_THAT(ToVector(nation.missing_units()), ElementsAre("units/yen-bai"));
  EXPECT_FALSE(nation.totals(0).merged());
  EXPECT_THAT(ToVector(nation.merged_units()), IsEmpty());
}

TEST_F(SeriesTest, TheYearOfAMergerIsOfThoseWhoOweItsReports) {
  Submit("units/bac-ninh", "662");
  Submit("units/ha-nam", "273");
  Merge("2026-07-01");
  EXPECT_EQ(Totals(Over({"units/bac-ninh"})).totals(0).number(), "935");
  auto finals = Over({"units/bac-ninh", "units/ha-nam"});
  finals.set_value_kind(v1::VALUE_KIND_FINAL);
  EXPECT_EQ(Totals(finals).expected_count(), 2);
  auto after = Over({"units/bac-ninh", "units/ha-nam"});
  after.set_period("2027");
  EXPECT_THAT(ToVector(Totals(after).missing_units()), ElementsAre("units/bac-ninh"));
}

TEST_F(SeriesTest, ASeriesRunsAcrossTheBreakWithAMark) {
  Submit("units/bac-ninh", "662");
  Submit("units/ha-nam", "273");
  Merge("2027-01-01");
  v1::ComputeSeriesRequest request;
  *request.mutable_totals() = Over({"units/bac-ninh"});
  request.set_last_period("2028");
  const auto series = server_.Call(&Statistics::ComputeSeries, request);
  ASSERT_THAT(series, IsOk());
  ASSERT_EQ(series->points_size(), 3);
  EXPECT_EQ(series->points(0).period(), "2026");
  EXPECT_EQ(series->points(0).totals().totals(0).number(), "935");
  EXPECT_TRUE(series->points(0).totals().totals(0).merged());
  EXPECT_FALSE(series->points(0).after_merger());
  EXPECT_EQ(series->points(1).period(), "2027");
  EXPECT_EQ(series->points(1).totals().expected_count(), 1);
  EXPECT_TRUE(series->points(1).after_merger());
  EXPECT_FALSE(series->points(2).after_merger());
  for (const auto& point : series->points()) {
    auto one = Over({"units/bac-ninh"});
    one.set_period(point.period());
    EXPECT_EQ(Totals(one).SerializeAsString(), point.totals().SerializeAsString());
  }
}

TEST_F(SeriesTest, MembersOfAClusterYearAreFollowedToOtherYears) {
  Merge("2027-01-01");
  const auto series = server_.Call(&Statistics::ComputeSeries, R"pb(
    totals {
      cluster_year: "clusters/red-river/years/2026"
      form: "forms/alliance-annual"
      period: "2025"
    }
    last_period: "2027")pb");
  ASSERT_THAT(series, IsOk());
  EXPECT_THAT(ToVector(series->points(0).totals().missing_units()),
              ElementsAre("units/bac-ninh", "units/ha-nam"));
  EXPECT_EQ(series->points(1).totals().expected_count(), 2);
  EXPECT_FALSE(series->points(1).after_merger());
  EXPECT_THAT(ToVector(series->points(2).totals().missing_units()), ElementsAre("units/bac-ninh"));
  EXPECT_TRUE(series->points(2).after_merger());
}

TEST_F(SeriesTest, CooperativesAreThoseOfTheMembersBySector) {
  CreateCooperative("htx-ha-nam", v1::Unit::SECTOR_NON_AGRICULTURE, "units/ha-nam");
  CreateCooperative("htx-yen-bai", v1::Unit::SECTOR_AGRICULTURE, "units/yen-bai");
  SubmitCooperative("units/htx-tan-chi", "50");
  SubmitCooperative("units/htx-ha-nam", "70");
  auto request = FromText<v1::ComputeTotalsRequest>(R"pb(
    cluster_year: "clusters/red-river/years/2026"
    form: "forms/cooperative-annual"
    period: "2026")pb");
  EXPECT_EQ(Totals(request).expected_count(), 2);
  EXPECT_EQ(Totals(request).reported_count(), 2);
  request.set_sector(v1::Unit::SECTOR_NON_AGRICULTURE);
  EXPECT_EQ(Totals(request).expected_count(), 1);
  EXPECT_EQ(Totals(request).on_time_count(), 1);
  request.clear_cluster_year();
  request.set_nationwide(true);
  request.set_sector(v1::Unit::SECTOR_AGRICULTURE);
  request.set_value_kind(v1::VALUE_KIND_ESTIMATE);
  EXPECT_EQ(Totals(request).expected_count(), 2);
  EXPECT_THAT(ToVector(Totals(request).missing_units()), ElementsAre("units/htx-yen-bai"));
}

TEST_F(SeriesTest, CooperativesGoOnUnderTheSuccessor) {
  CreateCooperative("htx-yen-bai", v1::Unit::SECTOR_AGRICULTURE, "units/yen-bai");
  const auto expected = [&] {
    return ToVector(Totals(FromText<v1::ComputeTotalsRequest>(R"pb(
                      cluster_year: "clusters/red-river/years/2026"
                      form: "forms/cooperative-annual"
                      period: "2026")pb"))
                        .missing_units());
  };
  EXPECT_THAT(expected(), ElementsAre("units/htx-tan-chi"));
  auto merger = FromText<v1::MergeUnitsRequest>(R"pb(
    predecessors: "units/yen-bai"
    successor: "units/ha-nam"
    date: "2026-01-01"
    legal_basis: "Luật")pb");
  ASSERT_THAT(server_.Call(&Registry::MergeUnits, merger), IsOk());
  EXPECT_THAT(expected(), ElementsAre("units/htx-tan-chi", "units/htx-yen-bai"));
}

TEST_F(SeriesTest, TargetsOfThePactAreAddedUp) {
  ASSERT_THAT(server_.Call(&Pacts::CreatePact, R"pb(
    parent: "clusters/red-river/years/2026"
    pact {
      targets { unit: "units/bac-ninh" indicator: "indicators/COOP_NEW" number: "40" }
      targets { unit: "units/ha-nam" indicator: "indicators/COOP_NEW" number: "15" }
    })pb"),
              IsOk());
  Submit("units/bac-ninh", "662");
  const auto totals = Totals(FromText<v1::ComputeTotalsRequest>(R"pb(
    cluster_year: "clusters/red-river/years/2026"
    form: "forms/alliance-annual"
    period: "2026")pb"));
  EXPECT_EQ(totals.totals(0).target(), "");
  EXPECT_EQ(totals.totals(1).number(), "48");
  EXPECT_EQ(totals.totals(1).target(), "55");
  EXPECT_EQ(totals.totals(1).percent_of_target(), "87.27");
  EXPECT_EQ(Totals(Over({"units/bac-ninh"})).totals(1).target(), "");
}

TEST_F(SeriesTest, FiguresAreToldAsTheyWereKnown) {
  const std::string first = Submit("units/bac-ninh", "662");
  const absl::Time then = server_.clock().Now();
  server_.clock().Advance(absl::Hours(1));
  const std::string second = Submit("units/bac-ninh", "700");
  const std::string other = Submit("units/ha-nam", "273");
  Merge("2026-07-01");
  auto request = Over({"units/bac-ninh"});
  request.set_known_at_token(first);
  EXPECT_EQ(Totals(request).totals(0).number(), "662");
  EXPECT_EQ(Totals(request).expected_count(), 1);
  EXPECT_EQ(Totals(request).commit_token(), first);
  request.set_known_at_token(second);
  EXPECT_EQ(Totals(request).totals(0).number(), "700");
  request.set_known_at_token(other);
  EXPECT_EQ(Totals(request).totals(0).number(), "700");
  request.clear_known_at_token();
  EXPECT_EQ(Totals(request).totals(0).number(), "973");
  *request.mutable_known_at_time() = google::protobuf::Timestamp();
  request.mutable_known_at_time()->set_seconds(absl::ToUnixSeconds(then));
  EXPECT_EQ(Totals(request).totals(0).number(), "662");
  request.mutable_known_at_time()->set_seconds(absl::ToUnixSeconds(then) + 3599);
  EXPECT_EQ(Totals(request).totals(0).number(), "662");
  request.mutable_known_at_time()->set_seconds(absl::ToUnixSeconds(then) + 3600);
  EXPECT_EQ(Totals(request).totals(0).number(), "973");
}

TEST_F(SeriesTest, BeforeTheFirstCommitNothingIsKnown) {
  auto request = Over({"units/bac-ninh"});
  request.mutable_known_at_time()->set_seconds(0);
  const auto refused = server_.Call(&Statistics::ComputeTotals, request);
  EXPECT_THAT(refused, StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(refused, HasReason("RESOURCE_NOT_FOUND"));
}

TEST_F(SeriesTest, ATokenBeyondWhatIsStoredIsOutOfRange) {
  auto request = Over({"units/bac-ninh"});
  request.set_known_at_token(common::storage::EncodePosition(
      {.store = server_.ledger().Identity(), .sequence = server_.ledger().Head() + 1}));
  const auto refused = server_.Call(&Statistics::ComputeTotals, request);
  EXPECT_THAT(refused, StatusIs(StatusCode::kOutOfRange));
  EXPECT_THAT(refused, HasReason("TOKEN_OUT_OF_RANGE"));
}

TEST_F(SeriesTest, ASeriesIsAllOfOneStateOfTheStore) {
  const std::string first = Submit("units/bac-ninh", "662");
  Submit("units/bac-ninh", "700");
  v1::ComputeSeriesRequest request;
  *request.mutable_totals() = Over({"units/bac-ninh"});
  request.mutable_totals()->set_known_at_token(first);
  request.set_last_period("2027");
  const auto series = server_.Call(&Statistics::ComputeSeries, request);
  ASSERT_THAT(series, IsOk());
  EXPECT_EQ(series->points(0).totals().totals(0).number(), "662");
  EXPECT_EQ(series->points(1).totals().commit_token(), first);
}

TEST_F(SeriesTest, TheNationMayHaveThousandsOfUnits) {
  constexpr int kCooperatives = 3000;
  ASSERT_THAT(server_.ledger().Write(
                  {.actor = "test"},
                  [](common::storage::Transaction& ledger) -> absl::StatusOr<std::string> {
                    StoreTransaction transaction(ledger);
                    for (int i = 0; i < kCooperatives; ++i) {
                      Unit unit{.id = UnitId::FromId("h" + std::to_string(i)).value(),
                                .kind = UnitKind::kCooperative,
                                .sector = Sector::kAgriculture,
                                .parent = UnitId::FromId("bac-ninh").value(),
                                .titles = {{.title = {.vi = "Hợp tác xã"}}},
                                .founding_date = absl::CivilDay(2015, 1, 1)};
                      const auto stored = transaction.Create(unit);
                      if (!stored.ok()) return stored.status();
                    }
                    return "";
                  }),
              IsOk());
  SubmitCooperative("units/h2999", "50");
  auto request = FromText<v1::ComputeTotalsRequest>(R"pb(
    nationwide: true
    form: "forms/cooperative-annual"
    period: "2026"
    value_kind: VALUE_KIND_ESTIMATE)pb");
  // And one of the world.
  EXPECT_EQ(Totals(request).expected_count(), kCooperatives + 1);
  EXPECT_EQ(Totals(request).reported_count(), 1);
  // 200 times the names of 3,000 who are missing are no answer.
  v1::ComputeSeriesRequest series;
  *series.mutable_totals() = request;
  series.mutable_totals()->set_period("2026");
  series.set_last_period("2225");
  const auto refused = server_.Call(&Statistics::ComputeSeries, series);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, testkit::HasViolation("last_period"));
}

TEST_F(SeriesTest, NobodyWaitsForWhatWasCancelled) {
  common::telemetry::Logger logger({.service = "test", .sink = [](std::string_view /*line*/) {}},
                                   server_.clock());
  common::rpc::RpcEnvironment rpc({.domain = std::string(kErrorDomain)}, logger, server_.clock());
  StatisticsService statistics({.rpc = rpc, .ledger = server_.ledger()});
  v1::ComputeSeriesRequest request;
  *request.mutable_totals() = Over({"units/bac-ninh"});
  request.set_last_period("2030");
  int asked = 0;
  EXPECT_THAT(statistics.ComputeSeries(request, [&asked] { return ++asked == 3; }),
              StatusIs(StatusCode::kCancelled));
  EXPECT_EQ(asked, 3);
  EXPECT_THAT(statistics.ComputeSeries(request, [] { return false; }), IsOk());
  EXPECT_THAT(statistics.ComputeTotals(request.totals(), [] { return true; }),
              StatusIs(StatusCode::kCancelled));
}

}  // namespace
}  // namespace reporting
