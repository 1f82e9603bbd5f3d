// Definitions that change, and what their rules say of reports, over a channel.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <memory>
#include <string>
#include <vector>

#include "services/reporting/service/intake.h"
#include "tests/services/reporting/domain/rule_samples.h"
#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::StatusIs;
using Definitions = v1::DefinitionService::Stub;
using Registry = v1::RegistryService::Stub;
using Submissions = v1::SubmissionService::Stub;

class FindingsServiceTest : public ::testing::Test {
 protected:
  FindingsServiceTest() { BuildWorld(server_); }

  v1::Indicator GetIndicator(const std::string& code) {
    v1::GetIndicatorRequest request;
    request.set_name("indicators/" + code);
    return server_.Call(&Definitions::GetIndicator, request)->indicator();
  }

  // Stores `indicator` as its next definition.
  absl::StatusOr<v1::UpdateIndicatorResponse> Update(const v1::Indicator& indicator) {
    v1::UpdateIndicatorRequest request;
    *request.mutable_indicator() = indicator;
    request.set_etag(indicator.etag());
    return server_.Call(&Definitions::UpdateIndicator, request);
  }

  v1::Form GetForm() {
    return server_.Call(&Definitions::GetForm, R"pb(name: "forms/alliance-annual")pb")->form();
  }

  absl::StatusOr<v1::UpdateFormResponse> Update(const v1::Form& form) {
    v1::UpdateFormRequest request;
    *request.mutable_form() = form;
    request.set_etag(form.etag());
    return server_.Call(&Definitions::UpdateForm, request);
  }

  // Adds a rule to the annual form.
  void AddRule(const std::string& name, const std::string& condition, v1::Severity severity) {
    v1::Form form = GetForm();
    v1::Rule& rule = *form.add_rules();
    rule.set_rule(name);
    rule.mutable_message()->set_vi("Sai");
    rule.mutable_message()->set_en("Wrong");
    rule.set_condition(condition);
    rule.set_severity(severity);
    ASSERT_THAT(Update(form), IsOk());
  }

  // A cluster year `year` of one alliance, transcribed, whose report is due for `period`.
  void AddYear(const std::string& year, const std::string& member, const std::string& form,
               const std::string& period) {
    auto request = FromText<v1::CreateClusterYearRequest>(R"pb(
      cluster_year {
        calendar {
          value_kind: VALUE_KIND_ESTIMATE
          opens: "2000-01-01"
          due: "2025-12-01"
          grace_end: "2025-12-08"
          closes: "2999-12-31"
        }
        scored_value_kind: VALUE_KIND_ESTIMATE
        receipt_basis: RECEIPT_BASIS_TRANSCRIBED
      })pb");
    const std::string cluster = "c" + std::to_string(++clusters_);
    v1::CreateClusterRequest create;
    create.set_cluster_id(cluster);
    create.mutable_cluster()->mutable_title()->set_vi("Cụm");
    ASSERT_THAT(server_.Call(&Registry::CreateCluster, create), IsOk());
    request.set_parent("clusters/" + cluster);
    request.set_cluster_year_id(year);
    v1::ClusterYear& added = *request.mutable_cluster_year();
    added.add_members(member);
    added.set_head(member);
    added.mutable_calendar(0)->set_form(form);
    added.mutable_calendar(0)->set_period(period);
    ASSERT_THAT(server_.Call(&Registry::CreateClusterYear, request), IsOk());
    v1::AdvanceClusterYearRequest advance;
    advance.set_name(request.parent() + "/years/" + year);
    advance.set_state(v1::ClusterYear::STATE_COLLECTING);
    ASSERT_THAT(server_.Call(&Registry::AdvanceClusterYear, advance), IsOk());
  }

  // A report of `unit` for a transcribed year, with numbers by code.
  static v1::SubmitRequest Transcribed(
      const std::string& unit, const std::string& form, const std::string& period,
      const std::vector<std::pair<std::string, std::string>>& numbers) {
    v1::SubmitRequest request;
    v1::Report& report = *request.mutable_report();
    report.set_unit(unit);
    report.set_form(form);
    report.set_period(period);
    report.set_value_kind(v1::VALUE_KIND_ESTIMATE);
    report.mutable_receive_time()->set_seconds(1764000000);  // 2025-11-24
    for (const auto& [code, number] : numbers) {
      auto& figure = *report.add_figures();
      figure.set_indicator("indicators/" + code);
      figure.set_number(number);
    }
    return request;
  }

  absl::StatusOr<v1::SubmitResponse> Submit(const v1::SubmitRequest& request) {
    return server_.Call(&Submissions::Submit, request);
  }

  ReportingServer server_;
  int clusters_ = 0;
};

TEST_F(FindingsServiceTest, EveryVersionOfADefinitionCanBeRead) {
  v1::Indicator indicator = GetIndicator("COOP_TOTAL");
  indicator.mutable_title()->set_vi("Số hợp tác xã đang hoạt động");
  const auto updated = Update(indicator);
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->indicator().definition_version(), 2);
  EXPECT_THAT(updated->commit_token(), ::testing::Not(IsEmpty()));
  EXPECT_EQ(GetIndicator("COOP_TOTAL").SerializeAsString(),
            updated->indicator().SerializeAsString());
  const auto first = server_.Call(&Definitions::GetIndicator, R"pb(
    name: "indicators/COOP_TOTAL"
    definition_version: 1)pb");
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->indicator().title().vi(), "Tổng số hợp tác xã");
  EXPECT_THAT(Update(indicator), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(server_.Call(&Definitions::GetIndicator, R"pb(name: "indicators/COOP_TOTAL"
                                                            definition_version: 3)pb"),
              HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(
      server_.Call(&Definitions::GetForm, R"pb(name: "forms/alliance-annual" version: -1)pb"),
      HasViolation("version"));
  // The same again changes nothing, not even the etag.
  const auto same = Update(updated->indicator());
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(same->indicator().etag(), updated->indicator().etag());
}

TEST_F(FindingsServiceTest, UpdatesNeedAnEtagAndAName) {
  v1::UpdateFormRequest request;
  *request.mutable_form() = GetForm();
  EXPECT_THAT(server_.Call(&Definitions::UpdateForm, request), HasViolation("etag"));
  request.mutable_form()->set_name("alliance-annual");
  EXPECT_THAT(server_.Call(&Definitions::UpdateForm, request), HasViolation("form.name"));
  EXPECT_THAT(server_.Call(&Definitions::UpdateIndicator, R"pb(indicator { name: "indicators/NONE" }
                                                               etag: "v1")pb"),
              HasReason("RESOURCE_NOT_FOUND"));
}

TEST_F(FindingsServiceTest, AWeightCannotBecomeNegative) {
  v1::Indicator weight = GetIndicator("COOP_TOTAL");
  weight.set_minimum("-1");
  EXPECT_THAT(Update(weight), HasViolation("indicator.minimum"));
}

TEST_F(FindingsServiceTest, AnExpressionThatIsWrongIsNamedWithItsColumn) {
  const auto derived = server_.Call(&Definitions::CreateIndicator, R"pb(
    indicator_id: "RATE"
    indicator {
      title { vi: "Tỷ lệ" }
      unit_of_measure { vi: "%" }
      measure: MEASURE_STOCK
      aggregation: AGGREGATION_NONE
      expression: "COOP_NEW / "
    })pb");
  EXPECT_THAT(derived, HasReason("EXPRESSION_INVALID"));
  EXPECT_THAT(derived, HasViolation("indicator.expression"));
  v1::Form form = GetForm();
  *form.add_rules() = FromText<v1::Rule>(R"pb(
    rule: "r"
    message { vi: "Sai" }
    condition: "COOP_TOTAL + COOP_NEW"
    severity: SEVERITY_ERROR)pb");
  EXPECT_THAT(Update(form), HasReason("EXPRESSION_INVALID"));
  EXPECT_THAT(Update(form), HasViolation("form.rules[0].condition"));
}

TEST_F(FindingsServiceTest, AnErrorRefusesAndAWarningAsks) {
  AddRule("within", "COOP_NEW <= COOP_TOTAL", v1::SEVERITY_ERROR);
  AddRule("many", "COOP_NEW <= 100", v1::SEVERITY_WARNING);
  v1::SubmitRequest request = SomeReport();
  request.mutable_report()->mutable_figures(1)->set_number("663");
  const auto broken = Submit(request);
  EXPECT_THAT(broken, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(broken, HasReason("RULE_BROKEN"));
  EXPECT_THAT(broken, HasViolation("report.figures[1].number"));
  EXPECT_THAT(common::DetailOf(broken.status()).violations[0].description,
              HasSubstr("rules/within"));
  request.mutable_report()->mutable_figures(1)->set_number("101");
  EXPECT_THAT(Submit(request), HasReason("EXPLANATION_REQUIRED"));
  auto& explanation = *request.mutable_report()->add_explanations();
  explanation.set_finding("rules/many");
  explanation.set_text("Năm thành lập nhiều");
  const auto taken = Submit(request);
  ASSERT_THAT(taken, IsOk());
  EXPECT_EQ(taken->submission().form_version(), 3);
  ASSERT_EQ(taken->submission().findings_size(), 1);
  EXPECT_EQ(taken->submission().findings(0).explanation(), "Năm thành lập nhiều");
  EXPECT_EQ(taken->submission().findings(0).actual(), "101");
  EXPECT_EQ(Submit(request)->outcome(), v1::OUTCOME_UNCHANGED);
  request.mutable_report()->mutable_figures(1)->set_number("100");
  EXPECT_THAT(Submit(request), HasReason("FINDING_UNKNOWN"));
  const auto listed = server_.Call(&Submissions::ListSubmissions, R"pb(
    unit: "units/bac-ninh"
    with_findings: true)pb");
  EXPECT_EQ(listed->submissions_size(), 1);
}

TEST_F(FindingsServiceTest, CheckReportTellsAndWritesNothing) {
  AddRule("within", "COOP_NEW <= COOP_TOTAL", v1::SEVERITY_WARNING);
  const int64_t head = server_.ledger().Head();
  v1::CheckReportRequest request;
  *request.mutable_report() = SomeReport().report();
  request.mutable_report()->mutable_figures(1)->set_number("663");
  const auto checked = server_.Call(&Submissions::CheckReport, request);
  ASSERT_THAT(checked, IsOk());
  ASSERT_EQ(checked->findings_size(), 1);
  EXPECT_EQ(checked->findings(0).finding(), "rules/within");
  EXPECT_EQ(checked->findings(0).message().en(), "Wrong (663 against 662)");
  EXPECT_EQ(checked->outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(server_.ledger().Head(), head);
  request.mutable_report()->set_period("2027");
  EXPECT_THAT(server_.Call(&Submissions::CheckReport, request), HasReason("REPORT_NOT_DUE"));
  request.mutable_report()->clear_unit();
  EXPECT_THAT(server_.Call(&Submissions::CheckReport, request), HasViolation("report.unit"));
}

TEST_F(FindingsServiceTest, DerivedFiguresAreStoredWithTheSubmission) {
  ASSERT_THAT(server_.Call(&Definitions::CreateIndicator, R"pb(
    indicator_id: "NEW_SHARE"
    indicator {
      title { vi: "Tỷ lệ thành lập mới" }
      unit_of_measure { vi: "%" }
      scale: 2
      measure: MEASURE_STOCK
      aggregation: AGGREGATION_NONE
      expression: "COOP_NEW/COOP_TOTAL*100"
    })pb"),
              IsOk());
  EXPECT_EQ(GetIndicator("NEW_SHARE").expression(), "COOP_NEW / COOP_TOTAL * 100");
  v1::Form form = GetForm();
  form.add_fields()->set_indicator("indicators/NEW_SHARE");
  ASSERT_THAT(Update(form), IsOk());
  const auto taken = Submit(SomeReport());
  ASSERT_THAT(taken, IsOk());
  ASSERT_EQ(taken->submission().derived_figures_size(), 1);
  // 48 / 662 = 7.2507... %
  EXPECT_EQ(taken->submission().derived_figures(0).number(), "7.25");
  EXPECT_EQ(taken->submission().figures(0).definition_version(), 1);
  v1::SubmitRequest request = SomeReport();
  auto& figure = *request.mutable_report()->add_figures();
  figure.set_indicator("indicators/NEW_SHARE");
  figure.set_number("7.25");
  EXPECT_THAT(Submit(request), HasViolation("report.figures[2].indicator"));
}

TEST_F(FindingsServiceTest, AChangeWithinAYearLooksAtWhatCounts) {
  AddYear("2025", "units/bac-ninh", "forms/alliance-annual", "2025");
  v1::Indicator indicator = GetIndicator("COOP_TOTAL");
  indicator.set_year_on_year_threshold("30");
  ASSERT_THAT(Update(indicator), IsOk());
  const auto before = Submit(
      Transcribed("units/bac-ninh", "forms/alliance-annual", "2025", {{"COOP_TOTAL", "500"}}));
  ASSERT_THAT(before, IsOk());
  // 662 / 500 is a rise by 32.4 %.
  EXPECT_THAT(Submit(SomeReport()), HasReason("EXPLANATION_REQUIRED"));
  v1::ReturnSubmissionRequest back;
  back.set_name(before->submission().name());
  back.mutable_return_reason()->set_reviewer("Cụm trưởng");
  back.mutable_return_reason()->set_reason("Xem lại");
  ASSERT_THAT(server_.Call(&Submissions::ReturnSubmission, back), IsOk());
  EXPECT_THAT(Submit(SomeReport()), IsOk());
}

TEST_F(FindingsServiceTest, AStockFollowsFromThePredecessorsAfterAMerger) {
  for (const char* unit : {"units/bac-ninh", "units/yen-bai", "units/ha-nam"}) {
    AddYear("2025", unit, "forms/alliance-annual", "2025");
  }
  v1::Indicator indicator = GetIndicator("COOP_TOTAL");
  indicator.mutable_stock_identity()->add_inflows("indicators/COOP_NEW");
  indicator.mutable_stock_identity()->set_severity(v1::SEVERITY_ERROR);
  ASSERT_THAT(Update(indicator), IsOk());
  ASSERT_THAT(server_.Call(&Registry::MergeUnits, R"pb(
    predecessors: "units/yen-bai"
    predecessors: "units/ha-nam"
    successor: "units/bac-ninh"
    date: "2026-01-01"
    legal_basis: "Nghị quyết 202/2025/QH15")pb"),
              IsOk());
  const auto report_2025 = [&](const std::string& unit, const std::string& cooperatives) {
    return Submit(
        Transcribed(unit, "forms/alliance-annual", "2025", {{"COOP_TOTAL", cooperatives}}));
  };
  ASSERT_THAT(report_2025("units/bac-ninh", "50"), IsOk());
  ASSERT_THAT(report_2025("units/yen-bai", "400"), IsOk());
  // One of the three is missing yet.
  ASSERT_THAT(Submit(SomeReport()), IsOk());
  ASSERT_THAT(report_2025("units/ha-nam", "150"), IsOk());
  v1::SubmitRequest request = SomeReport();
  request.mutable_report()->mutable_figures(0)->set_number("649");
  const auto broken = Submit(request);
  EXPECT_THAT(broken, HasReason("RULE_BROKEN"));
  EXPECT_THAT(common::DetailOf(broken.status()).violations[0].description, HasSubstr("648"));
  request.mutable_report()->mutable_figures(0)->set_number("648");
  EXPECT_THAT(Submit(request), IsOk());
}

TEST_F(FindingsServiceTest, AHalfIsHeldAgainstTheYearFromBothSides) {
  ASSERT_THAT(server_.Call(&Definitions::CreateForm, R"pb(
    form_id: "alliance-half"
    form {
      title { vi: "Báo cáo sáu tháng" }
      unit_kind: KIND_ALLIANCE
      period_level: PERIOD_LEVEL_HALF
      fields { indicator: "indicators/COOP_NEW" }
    })pb"),
              IsOk());
  AddYear("2025", "units/bac-ninh", "forms/alliance-annual", "2025");
  AddYear("2025", "units/bac-ninh", "forms/alliance-half", "2025-H1");
  const auto half = [](const std::string& number) {
    return Transcribed("units/bac-ninh", "forms/alliance-half", "2025-H1", {{"COOP_NEW", number}});
  };
  const auto year = [](const std::string& number) {
    return Transcribed("units/bac-ninh", "forms/alliance-annual", "2025",
                       {{"COOP_TOTAL", "600"}, {"COOP_NEW", number}});
  };
  ASSERT_THAT(Submit(half("30")), IsOk());
  const auto too_little = Submit(year("29"));
  EXPECT_THAT(too_little, HasReason("RULE_BROKEN"));
  EXPECT_THAT(common::DetailOf(too_little.status()).violations[0].description,
              HasSubstr("within-year/COOP_NEW/2025-H1"));
  ASSERT_THAT(Submit(year("40")), IsOk());
  EXPECT_THAT(Submit(half("41")), HasReason("RULE_BROKEN"));
  EXPECT_THAT(Submit(half("40")), IsOk());
}

TEST_F(FindingsServiceTest, ATargetIsThePactsForTheYear) {
  AddRule("target", "COOP_NEW >= target(COOP_NEW)", v1::SEVERITY_WARNING);
  ASSERT_THAT(Submit(SomeReport()), IsOk());
  ASSERT_THAT(server_.Call(&v1::PactService::Stub::CreatePact, R"pb(
    parent: "clusters/red-river/years/2026"
    pact { targets { unit: "units/bac-ninh" indicator: "indicators/COOP_NEW" number: "50" } })pb"),
              IsOk());
  v1::SubmitRequest request = SomeReport();
  request.mutable_report()->mutable_figures(1)->set_number("49");
  EXPECT_THAT(Submit(request), HasReason("EXPLANATION_REQUIRED"));
}

TEST_F(FindingsServiceTest, ARestatementIsHeldToTheFormItWasMadeWith) {
  AddRule("within", "COOP_NEW <= COOP_TOTAL", v1::SEVERITY_WARNING);
  const auto taken = Submit(SomeReport());
  ASSERT_THAT(taken, IsOk());
  v1::AcceptSubmissionRequest accept;
  accept.set_name(taken->submission().name());
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, accept), IsOk());
  // What comes later does not bind it.
  v1::Form form = GetForm();
  form.mutable_fields(2)->set_required(true);
  ASSERT_THAT(Update(form), IsOk());
  v1::RestateSubmissionRequest restate;
  restate.set_name(taken->submission().name());
  restate.set_reason("Trùng");
  restate.set_approver("Cụm trưởng");
  *restate.mutable_figures() = SomeReport().report().figures();
  restate.mutable_figures(1)->set_number("700");
  const auto unexplained = server_.Call(&Submissions::RestateSubmission, restate);
  EXPECT_THAT(unexplained, HasReason("EXPLANATION_REQUIRED"));
  EXPECT_THAT(unexplained, HasViolation("figures[1].number"));
  auto& explanation = *restate.add_explanations();
  explanation.set_finding("rules/within");
  explanation.set_text("Rà soát");
  const auto restated = server_.Call(&Submissions::RestateSubmission, restate);
  ASSERT_THAT(restated, IsOk());
  EXPECT_EQ(restated->submission().form_version(), 2);
  EXPECT_EQ(restated->submission().findings_size(), 1);
}

common::storage::Ledger::Work IntakeWork(const std::shared_ptr<Intake>& intake) {
  return [intake](common::storage::Transaction& ledger) -> absl::StatusOr<std::string> {
    StoreTransaction transaction(ledger);
    RETURN_IF_ERROR(intake->Run(transaction).status());
    return "";
  };
}

// Three writes that share one commit: a report, a new rule, a report that breaks it.
TEST_F(FindingsServiceTest, ANewRuleHoldsForTheNextReportOfTheSameCommit) {
  ReceptionCache cache;
  const auto intake = [&cache](const std::string& number) {
    v1::SubmitRequest request = SomeReport();
    request.mutable_report()->mutable_figures(1)->set_number(number);
    return std::make_shared<Intake>(request.report(), cache);
  };
  // The form as it is now is kept.
  const auto first = intake("48");
  ASSERT_THAT(server_.ledger().Write({.actor = "test"}, IntakeWork(first)), IsOk());
  first->OnCommitted();
  std::latch queued(1);
  std::latch done(4);
  std::vector<absl::Status> results;
  const auto write = [&](common::storage::Ledger::Work work, std::function<void()> after) {
    server_.ledger().WriteAsync({.actor = "test"}, std::move(work), [&, after](const auto& result) {
      if (result.ok()) after();
      results.push_back(result.status());
      done.count_down();
    });
  };
  const auto run = [&](const std::shared_ptr<Intake>& one) {
    write(IntakeWork(one), [one] { one->OnCommitted(); });
  };
  write(
      [&queued](common::storage::Transaction& /*ledger*/) -> absl::StatusOr<std::string> {
        queued.wait();
        return "";
      },
      [] {});
  run(intake("900"));
  write(
      [](common::storage::Transaction& ledger) -> absl::StatusOr<std::string> {
        StoreTransaction transaction(ledger);
        ASSIGN_OR_RETURN(auto form, transaction.Get<Form>(samples::AFormId("alliance-annual")));
        form.value.rules = {samples::ARule("within", "COOP_NEW <= COOP_TOTAL")};
        ++form.value.version;
        RETURN_IF_ERROR(transaction.Put(form.value).status());
        return "";
      },
      [] {});
  run(intake("901"));
  queued.count_down();
  done.wait();
  ASSERT_EQ(results.size(), 4U);
  EXPECT_THAT(results[1], IsOk());
  EXPECT_THAT(results[2], IsOk());
  EXPECT_THAT(results[3], HasReason("RULE_BROKEN"));
}

}  // namespace
}  // namespace reporting
