// ListAchievements: what was reached of the targets of a pact.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using Definitions = v1::DefinitionService::Stub;
using Pacts = v1::PactService::Stub;
using Registry = v1::RegistryService::Stub;
using Submissions = v1::SubmissionService::Stub;

// A year of another cluster with both alliances, which scores final figures: the year and its first
// two quarters.
constexpr std::string_view kYear = R"pb(
  parent: "clusters/north"
  cluster_year_id: "2026"
  cluster_year {
    members: "units/bac-ninh"
    members: "units/ha-nam"
    head: "units/bac-ninh"
    calendar {
      form: "forms/alliance-annual"
      period: "2026"
      value_kind: VALUE_KIND_FINAL
      opens: "2026-01-01"
      due: "2026-01-31"
      grace_end: "2026-01-31"
      closes: "2026-01-31"
    }
    calendar {
      form: "forms/alliance-quarter"
      period: "2026-Q1"
      value_kind: VALUE_KIND_FINAL
      opens: "2026-01-01"
      due: "2026-01-31"
      grace_end: "2026-01-31"
      closes: "2026-01-31"
    }
    calendar {
      form: "forms/alliance-quarter"
      period: "2026-Q2"
      value_kind: VALUE_KIND_FINAL
      opens: "2026-01-01"
      due: "2026-01-31"
      grace_end: "2026-01-31"
      closes: "2026-01-31"
    }
    scored_value_kind: VALUE_KIND_FINAL
    receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
  })pb";

constexpr std::string_view kPact = R"pb(
  parent: "clusters/north/years/2026"
  pact {
    targets { unit: "units/bac-ninh" indicator: "indicators/COOP_NEW" number: "50" }
    targets {
      unit: "units/bac-ninh"
      indicator: "indicators/COOP_NEW"
      number: "12"
      period: "2026-Q1"
    }
    targets { unit: "units/bac-ninh" indicator: "indicators/NEW_SHARE" number: "5" }
    targets {
      unit: "units/bac-ninh"
      indicator: "indicators/COOP_TOTAL"
      number: "600"
      period: "2026-Q1"
    }
    targets { unit: "units/ha-nam" indicator: "indicators/COOP_NEW" number: "20" period: "2026" }
    targets { unit: "units/ha-nam" indicator: "indicators/INCOME" number: "60" }
    targets { unit: "units/ha-nam" indicator: "indicators/COOP_NEW" number: "0" period: "2026-Q2" }
  })pb";

// What a line says of each target while nobody has reported.
const std::vector<std::string>& NothingReported() {
  static const auto& lines = *new std::vector<std::string>{
      "bac-ninh COOP_NEW NO_REPORT",      "bac-ninh COOP_NEW 2026-Q1 NO_REPORT",
      "bac-ninh NEW_SHARE NO_REPORT",     "bac-ninh COOP_TOTAL 2026-Q1 NOT_ASKED",
      "ha-nam COOP_NEW NO_REPORT",        "ha-nam INCOME NO_REPORT",
      "ha-nam COOP_NEW 2026-Q2 NO_REPORT"};
  return lines;
}

// The last part of a name.
std::string Short(const std::string& name) { return name.substr(name.find('/') + 1); }

// Unit, indicator, period, status, figure and percent, as far as there are any.
std::string Line(const v1::Achievement& reached) {
  std::vector<std::string> parts = {Short(reached.target().unit()),
                                    Short(reached.target().indicator())};
  for (const std::string& part :
       {reached.target().period(), v1::Achievement::Status_Name(reached.status()).substr(7),
        reached.number(), reached.percent()}) {
    if (!part.empty()) parts.push_back(part);
  }
  return absl::StrJoin(parts, " ");
}

class PactAchievementsTest : public ::testing::Test {
 protected:
  PactAchievementsTest() {
    BuildWorld(server_);
    Define();
    EXPECT_THAT(server_.Call(&Registry::CreateCluster, R"pb(
      cluster_id: "north"
      cluster { title { vi: "Cụm phía Bắc" } })pb"),
                IsOk());
    EXPECT_THAT(server_.Call(&Registry::CreateClusterYear, kYear), IsOk());
    EXPECT_THAT(server_.Call(&Pacts::CreatePact, kPact), IsOk());
    EXPECT_THAT(server_.Call(&Registry::AdvanceClusterYear, R"pb(
      name: "clusters/north/years/2026"
      state: STATE_RUNNING)pb"),
                IsOk());
  }

  // The lines of all pages of `text`, a ListAchievementsRequest without the parent.
  std::vector<std::string> List(std::string_view text = "", int page_size = 1000) {
    auto request = FromText<v1::ListAchievementsRequest>(text);
    request.set_parent("clusters/north/years/2026/pact");
    request.set_page_size(page_size);
    std::vector<std::string> lines;
    do {
      const auto page = server_.Call(&Pacts::ListAchievements, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return lines;
      EXPECT_LE(page->achievements_size(), page_size);
      for (const auto& reached : page->achievements()) lines.push_back(Line(reached));
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return lines;
  }

  // Hands in final figures, by code; `n/a` for what does not apply.
  void Submit(const std::string& unit, const std::string& form, const std::string& period,
              const std::map<std::string, std::string>& figures) {
    v1::SubmitRequest request;
    v1::Report& report = *request.mutable_report();
    report.set_unit(unit);
    report.set_form(form);
    report.set_period(period);
    report.set_value_kind(v1::VALUE_KIND_FINAL);
    for (const auto& [code, number] : figures) {
      auto& figure = *report.add_figures();
      figure.set_indicator("indicators/" + code);
      if (number == "n/a") {
        figure.set_not_applicable(true);
      } else {
        figure.set_number(number);
      }
    }
    EXPECT_THAT(server_.Call(&Submissions::Submit, request), IsOk());
  }

  ReportingServer server_;

 private:
  // A quarterly form, and in the annual one the share of new cooperatives in percent.
  void Define() {
    EXPECT_THAT(server_.Call(&Definitions::CreateForm, R"pb(
      form_id: "alliance-quarter"
      form {
        title { vi: "Báo cáo quý của liên minh" }
        unit_kind: KIND_ALLIANCE
        period_level: PERIOD_LEVEL_QUARTER
        fields { indicator: "indicators/COOP_NEW" }
      })pb"),
                IsOk());
    EXPECT_THAT(server_.Call(&Definitions::CreateIndicator, R"pb(
      indicator_id: "NEW_SHARE"
      indicator {
        title { vi: "Tỷ lệ thành lập mới" }
        unit_of_measure { vi: "%" }
        scale: 2
        measure: MEASURE_FLOW
        aggregation: AGGREGATION_NONE
        expression: "COOP_NEW / COOP_TOTAL * 100"
      })pb"),
                IsOk());
    auto form = server_.Call(&Definitions::GetForm, R"pb(name: "forms/alliance-annual")pb");
    ASSERT_THAT(form, IsOk());
    v1::UpdateFormRequest update;
    update.set_etag(form->form().etag());
    *update.mutable_form() = form->form();
    update.mutable_form()->add_fields()->set_indicator("indicators/NEW_SHARE");
    EXPECT_THAT(server_.Call(&Definitions::UpdateForm, update), IsOk());
  }
};

TEST_F(PactAchievementsTest, ATargetWithoutAFigureSaysWhy) {
  EXPECT_THAT(List(), ElementsAreArray(NothingReported()));
}

TEST_F(PactAchievementsTest, WhatWasReachedIsTheFigureForThePeriodAndItsShare) {
  Submit("units/bac-ninh", "forms/alliance-annual", "2026",
         {{"COOP_TOTAL", "662"}, {"COOP_NEW", "48"}});
  Submit("units/bac-ninh", "forms/alliance-quarter", "2026-Q1", {{"COOP_NEW", "17"}});
  // 48 / 50; 17 / 12 = 1.41666...; 48 / 662 = 7.2507... %, and 7.25 / 5.
  EXPECT_THAT(List(R"pb(unit: "units/bac-ninh")pb"),
              ElementsAre("bac-ninh COOP_NEW REPORTED 48 96.00",
                          "bac-ninh COOP_NEW 2026-Q1 REPORTED 17 141.67",
                          "bac-ninh NEW_SHARE REPORTED 7.25 145.00",
                          "bac-ninh COOP_TOTAL 2026-Q1 NOT_ASKED"));
  const auto page = server_.Call(&Pacts::ListAchievements, R"pb(
    parent: "clusters/north/years/2026/pact"
    page_size: 1)pb");
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->achievements(0).submission(),
            "units/bac-ninh/submissions/alliance-annual.2026.final");
  EXPECT_EQ(page->achievements(0).revision(), 1);
}

TEST_F(PactAchievementsTest, WhatIsLeftOutDoesNotApplyOrIsToBeNothing) {
  Submit("units/ha-nam", "forms/alliance-annual", "2026",
         {{"COOP_TOTAL", "300"}, {"INCOME", "n/a"}});
  Submit("units/ha-nam", "forms/alliance-quarter", "2026-Q2", {{"COOP_NEW", "3"}});
  EXPECT_THAT(List(R"pb(unit: "units/ha-nam")pb"),
              ElementsAre("ha-nam COOP_NEW MISSING", "ha-nam INCOME NOT_APPLICABLE",
                          "ha-nam COOP_NEW 2026-Q2 REPORTED 3"));
}

TEST_F(PactAchievementsTest, WhatWasSentBackIsNotReported) {
  Submit("units/ha-nam", "forms/alliance-annual", "2026",
         {{"COOP_TOTAL", "300"}, {"INCOME", "66"}});
  EXPECT_THAT(List(R"pb(indicator: "indicators/INCOME")pb"),
              ElementsAre("ha-nam INCOME REPORTED 66 110.00"));
  ASSERT_THAT(server_.Call(&Submissions::ReturnSubmission, R"pb(
    name: "units/ha-nam/submissions/alliance-annual.2026.final"
    return_reason { reviewer: "Cụm trưởng" reason: "Xem lại" })pb"),
              IsOk());
  EXPECT_THAT(List(R"pb(indicator: "indicators/INCOME")pb"),
              ElementsAre("ha-nam INCOME NO_REPORT"));
}

TEST_F(PactAchievementsTest, AUnitThatWasMergedOwesNoMoreReports) {
  ASSERT_THAT(server_.Call(&Registry::MergeUnits, R"pb(
    predecessors: "units/ha-nam"
    successor: "units/bac-ninh"
    date: "2026-04-01"
    legal_basis: "Nghị quyết 202/2025/QH15")pb"),
              IsOk());
  EXPECT_THAT(List(R"pb(unit: "units/ha-nam")pb"),
              ElementsAre("ha-nam COOP_NEW NO_REPORT", "ha-nam INCOME NO_REPORT",
                          "ha-nam COOP_NEW 2026-Q2 UNIT_MERGED"));
}

TEST_F(PactAchievementsTest, TheOtherKindOfFiguresIsAskedFor) {
  EXPECT_THAT(List("value_kind: VALUE_KIND_ESTIMATE"), Contains("ha-nam COOP_NEW NOT_ASKED"));
  EXPECT_THAT(List("value_kind: VALUE_KIND_FINAL"), ElementsAreArray(NothingReported()));
}

struct FilterCase {
  std::string name;
  std::string filter;
  std::vector<std::string> lines;
};

class AchievementFilters : public PactAchievementsTest,
                           public ::testing::WithParamInterface<FilterCase> {};

TEST_P(AchievementFilters, RestrictTheList) {
  for (const int page_size : {1, 2, 3, 1000}) {
    EXPECT_THAT(List(GetParam().filter, page_size), ElementsAreArray(GetParam().lines));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Filters, AchievementFilters,
    ::testing::ValuesIn<FilterCase>({
        {"None", "", NothingReported()},
        {"AnIndicator",
         R"pb(indicator: "indicators/COOP_NEW")pb",
         {"bac-ninh COOP_NEW NO_REPORT", "bac-ninh COOP_NEW 2026-Q1 NO_REPORT",
          "ha-nam COOP_NEW NO_REPORT", "ha-nam COOP_NEW 2026-Q2 NO_REPORT"}},
        {"TheYear",
         R"pb(period: "2026")pb",
         {"bac-ninh COOP_NEW NO_REPORT", "bac-ninh NEW_SHARE NO_REPORT",
          "ha-nam COOP_NEW NO_REPORT", "ha-nam INCOME NO_REPORT"}},
        {"AQuarter",
         R"pb(period: "2026-Q1")pb",
         {"bac-ninh COOP_NEW 2026-Q1 NO_REPORT", "bac-ninh COOP_TOTAL 2026-Q1 NOT_ASKED"}},
        {"AllTogether",
         R"pb(unit: "units/ha-nam" indicator: "indicators/COOP_NEW" period: "2026-Q2")pb",
         {"ha-nam COOP_NEW 2026-Q2 NO_REPORT"}},
        {"NoMember", R"pb(unit: "units/yen-bai")pb", {}},
    }),
    testkit::CaseName<FilterCase>);

TEST_F(PactAchievementsTest, PagesGoOnWithTheTargetsOfTheFirst) {
  auto request = FromText<v1::ListAchievementsRequest>(R"pb(
    parent: "clusters/north/years/2026/pact"
    page_size: 3)pb");
  const auto first = server_.Call(&Pacts::ListAchievements, request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(server_.Call(&Pacts::UpdatePact, R"pb(
    pact {
      name: "clusters/north/years/2026/pact"
      targets { unit: "units/ha-nam" indicator: "indicators/COOP_NEW" number: "33" }
    }
    etag: "v1")pb"),
              IsOk());
  EXPECT_THAT(List(), ElementsAre("ha-nam COOP_NEW NO_REPORT"));
  request.set_page_size(1000);
  request.set_page_token(first->next_page_token());
  const auto second = server_.Call(&Pacts::ListAchievements, request);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->achievements_size(), 4);
  EXPECT_EQ(Line(second->achievements(0)), "bac-ninh COOP_TOTAL 2026-Q1 NOT_ASKED");
  EXPECT_EQ(second->achievements(1).target().number(), "20");
  EXPECT_EQ(second->next_page_token(), "");
  request.set_unit("units/ha-nam");
  EXPECT_THAT(server_.Call(&Pacts::ListAchievements, request), HasReason("INVALID_PAGE_TOKEN"));
}

class AchievementsRefuse : public ::testing::TestWithParam<Refusal> {};

TEST_P(AchievementsRefuse, AsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Lists, AchievementsRefuse,
                         ::testing::ValuesIn<Refusal>({
                             {"Malformed",
                              Calling(&Pacts::ListAchievements, R"pb(
                                parent: "clusters/red-river/years/2026"
                                unit: "ha-nam"
                                indicator: "COOP_NEW"
                                period: "26"
                                value_kind: 7)pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_NAME",
                              {"parent", "unit", "indicator", "period", "value_kind"}},
                             {"WithoutAPact",
                              Calling(&Pacts::ListAchievements,
                                      R"pb(parent: "clusters/red-river/years/2026/pact")pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"ANegativePage",
                              Calling(&Pacts::ListAchievements, R"pb(
                                parent: "clusters/red-river/years/2026/pact"
                                page_size: -1)pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"page_size"}},
                             {"AForeignToken",
                              Calling(&Pacts::ListAchievements, R"pb(
                                parent: "clusters/red-river/years/2026/pact"
                                page_token: "x")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_PAGE_TOKEN",
                              {"page_token"}},
                         }),
                         testkit::CaseName<Refusal>);

}  // namespace
}  // namespace reporting
