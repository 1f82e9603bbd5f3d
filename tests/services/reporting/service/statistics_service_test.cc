#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::IsEmpty;
using testkit::IsOk;
using Statistics = v1::StatisticsService::Stub;
using Submissions = v1::SubmissionService::Stub;

constexpr std::string_view kQuery =
    R"pb(
  cluster_year: "clusters/red-river/years/2026" form: "forms/alliance-annual" period: "2026")pb";

class StatisticsServiceTest : public ::testing::Test {
 protected:
  StatisticsServiceTest() { BuildWorld(server_); }

  std::string Submit(const std::string& unit, const std::string& figures) {
    auto request = SomeReport();
    request.mutable_report()->clear_figures();
    request.mutable_report()->MergeFrom(FromText<v1::Report>(figures));
    request.mutable_report()->set_unit(unit);
    const auto response = server_.Call(&Submissions::Submit, request);
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::SubmitResponse()).commit_token();
  }

  ReportingServer server_;
};

TEST_F(StatisticsServiceTest, FiguresOfAllMembersAreAddedExactly) {
  Submit("units/bac-ninh", R"pb(
    figures { indicator: "indicators/COOP_TOTAL" number: "662" }
    figures { indicator: "indicators/COOP_NEW" number: "48" }
    figures { indicator: "indicators/INCOME" number: "70.1" })pb");
  const std::string token = Submit("units/ha-nam", R"pb(
    figures { indicator: "indicators/COOP_TOTAL" number: "273" }
    figures { indicator: "indicators/COOP_NEW" not_applicable: true })pb");
  auto request = FromText<v1::ComputeTotalsRequest>(kQuery);
  request.set_min_commit_token(token);
  const auto totals = server_.Call(&Statistics::ComputeTotals, request);
  ASSERT_THAT(totals, IsOk());
  EXPECT_EQ(totals->expected_count(), 2);
  EXPECT_EQ(totals->reported_count(), 2);
  EXPECT_EQ(totals->on_time_count(), 2);
  EXPECT_THAT(totals->missing_units(), IsEmpty());
  EXPECT_EQ(totals->value_kind(), v1::VALUE_KIND_ESTIMATE);
  EXPECT_EQ(totals->commit_token(), token);
  ASSERT_EQ(totals->totals_size(), 3);
  EXPECT_EQ(totals->totals(0).number(), "935");
  EXPECT_EQ(totals->totals(1).number(), "48");
  EXPECT_EQ(totals->totals(1).not_applicable_count(), 1);
  EXPECT_EQ(totals->totals(2).number(), "70.1");
  EXPECT_EQ(totals->totals(2).missing_count(), 1);
}

TEST_F(StatisticsServiceTest, ReturnedReportsAreMissing) {
  Submit("units/bac-ninh", R"pb(
    figures { indicator: "indicators/COOP_TOTAL" number: "662" })pb");
  ASSERT_THAT(server_.Call(&Submissions::ReturnSubmission, R"pb(
    name: "units/bac-ninh/submissions/alliance-annual.2026.estimate"
    return_reason { reviewer: "A" reason: "B" })pb"),
              IsOk());
  const auto totals = server_.Call(&Statistics::ComputeTotals, kQuery);
  ASSERT_THAT(totals, IsOk());
  EXPECT_EQ(totals->reported_count(), 0);
  ASSERT_EQ(totals->missing_units_size(), 2);
  EXPECT_EQ(totals->missing_units(0), "units/bac-ninh");
  EXPECT_EQ(totals->totals(0).number(), "");
}

TEST_F(StatisticsServiceTest, OnlyTheIndicatorsAskedForAreTold) {
  const auto totals = server_.Call(&Statistics::ComputeTotals, std::string(kQuery) + R"pb(
    indicators: "indicators/COOP_NEW")pb");
  ASSERT_THAT(totals, IsOk());
  ASSERT_EQ(totals->totals_size(), 1);
  EXPECT_EQ(totals->totals(0).indicator(), "indicators/COOP_NEW");
}

class StatisticsRefuse : public ::testing::TestWithParam<Refusal> {};

TEST_P(StatisticsRefuse, AsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Statistics, StatisticsRefuse,
                         ::testing::ValuesIn<Refusal>({
                             {"EmptyQuery",
                              Calling(&Statistics::ComputeTotals, ""),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"cluster_year", "form", "period"}},
                             {"UnknownYear",
                              Calling(&Statistics::ComputeTotals, R"pb(
                                cluster_year: "clusters/red-river/years/1999"
                                form: "forms/alliance-annual"
                                period: "1999")pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"UnknownForm",
                              Calling(&Statistics::ComputeTotals, R"pb(
                                cluster_year: "clusters/red-river/years/2026"
                                form: "forms/none"
                                period: "2026")pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"PeriodOfAnotherYear",
                              Calling(&Statistics::ComputeTotals, R"pb(
                                cluster_year: "clusters/red-river/years/2026"
                                form: "forms/alliance-annual"
                                period: "2025"
                                sector: SECTOR_AGRICULTURE)pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"sector", "period"}},
                             {"TwoScopesAndTwoTimes",
                              Calling(&Statistics::ComputeTotals, R"pb(
                                cluster_year: "clusters/red-river/years/2026"
                                form: "forms/alliance-annual"
                                period: "2026"
                                units: "units/ha-nam"
                                units: "ha-nam"
                                nationwide: true
                                sector: 7
                                known_at_token: "x"
                                known_at_time { seconds: 1 })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_NAME",
                              {"units[1]", "sector", "units", "nationwide", "known_at_time"}},
                             {"UnknownUnit",
                              Calling(&Statistics::ComputeTotals, R"pb(
                                units: "units/nowhere"
                                form: "forms/alliance-annual"
                                period: "2026"
                                value_kind: VALUE_KIND_FINAL)pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"UnitsOfAnotherKind",
                              Calling(&Statistics::ComputeTotals, R"pb(
                                units: "units/ha-nam"
                                units: "units/htx-tan-chi"
                                form: "forms/cooperative-annual"
                                period: "2026"
                                value_kind: VALUE_KIND_FINAL)pb"),
                              StatusCode::kInvalidArgument,
                              "FORM_NOT_FOR_UNIT",
                              {"units[0]"}},
                             {"NationWithoutValueKind",
                              Calling(&Statistics::ComputeTotals, R"pb(
                                nationwide: true
                                form: "forms/alliance-annual"
                                period: "2026")pb"),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"value_kind"}},
                             {"MalformedToken",
                              Calling(&Statistics::ComputeTotals, R"pb(
                                nationwide: true
                                form: "forms/alliance-annual"
                                period: "2026"
                                value_kind: VALUE_KIND_FINAL
                                known_at_token: "x")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_TOKEN",
                              {"known_at_token"}},
                             {"NoTime",
                              Calling(&Statistics::ComputeTotals, R"pb(
                                nationwide: true
                                form: "forms/alliance-annual"
                                period: "2026"
                                value_kind: VALUE_KIND_FINAL
                                known_at_time { nanos: -1 })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"known_at_time"}},
                             {"EmptySeries",
                              Calling(&Statistics::ComputeSeries, ""),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"totals.period", "totals.form", "totals.cluster_year",
                               "last_period"}},
                             {"SeriesThatRunsBackwards",
                              Calling(&Statistics::ComputeSeries, R"pb(
                                totals {
                                  cluster_year: "clusters/red-river/years/2026"
                                  form: "forms/alliance-annual"
                                  period: "2026"
                                  indicators: "indicators/NONE"
                                }
                                last_period: "2025")pb"),
                              StatusCode::kInvalidArgument,
                              "PERIOD_INVALID",
                              {"totals.indicators[0]", "last_period"}},
                             {"SeriesOfTooManyPeriods",
                              Calling(&Statistics::ComputeSeries, R"pb(
                                totals {
                                  cluster_year: "clusters/red-river/years/2026"
                                  form: "forms/alliance-annual"
                                  period: "1990"
                                }
                                last_period: "2190")pb"),
                              StatusCode::kInvalidArgument,
                              "PERIOD_INVALID",
                              {"last_period"}},
                             {"SeriesOfNothing",
                              Calling(&Statistics::ComputeSeries, R"pb(
                                totals {
                                  cluster_year: "clusters/red-river/years/1999"
                                  form: "forms/alliance-annual"
                                  period: "1999"
                                }
                                last_period: "1999")pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"WrongPeriodAndIndicators",
                              Calling(&Statistics::ComputeTotals, R"pb(
                                cluster_year: "clusters/red-river/years/2026"
                                form: "forms/alliance-annual"
                                period: "2026-Q1"
                                indicators: "indicators/NONE"
                                indicators: "x"
                                value_kind: 8)pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"value_kind", "indicators[1]", "period", "indicators[0]"}},
                         }),
                         testkit::CaseName<Refusal>);

}  // namespace
}  // namespace reporting
