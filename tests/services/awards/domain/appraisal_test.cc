#include "services/awards/domain/appraisal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "common/status/reasons.h"
#include "services/awards/domain/reasons.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace awards {
namespace {

using common::Decimal;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::StatusIs;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

Rubric SomeRubric() {
  return {
      .groups = {{.id = "4",
                  .criteria = {{.id = "4.1", .max_points = D("4"), .formula = Manual{D("0.25")}},
                               {.id = "6.1", .max_points = D("5"), .formula = OnTimeShare{}}}}},
      .bonus = Extra{.criteria = {{.id = "B1",
                                   .max_points = D("2"),
                                   .formula = PerItem{EventCount{}, D("1")}},
                                  {.id = "B2",
                                   .max_points = D("2"),
                                   .formula = PerItem{RestatementCount{}, D("1")}}}},
      .penalty = Extra{.criteria = {{.id = "P1",
                                     .max_points = D("2"),
                                     .formula = DeltaEvents{D("0"), EventCount{}, D("1")}}}}};
}

Appraisal SomeAppraisal() {
  return {.unit = "units/ha-noi",
          .criterion = "4.1",
          .verdict = D("3.75"),
          .appraiser = "Chủ tịch Liên minh",
          .appraiser_unit = "units/bac-ninh",
          .reason = "Theo báo cáo tổng kết",
          .evidence = "Hồ sơ thi đua 2020"};
}

Event SomeEvent() {
  return {.unit = "units/ha-noi",
          .criterion = "B1",
          .count = 1,
          .date = "2020-10-10",
          .description = "Mô hình mới",
          .evidence = "Quyết định 15"};
}

struct AppraisalCase {
  std::string name{};
  std::function<void(Appraisal&)> change{};
  std::string field{};
  std::string reason{};
};

class AppraisalAllowed : public ::testing::TestWithParam<AppraisalCase> {};

TEST_P(AppraisalAllowed, Passes) {
  Appraisal appraisal = SomeAppraisal();
  GetParam().change(appraisal);
  EXPECT_THAT(CheckAppraisal(SomeRubric(), appraisal), IsOk());
}

INSTANTIATE_TEST_SUITE_P(Appraisals, AppraisalAllowed,
                         ::testing::ValuesIn<AppraisalCase>({
                             {"WithEvidence", [](Appraisal&) {}},
                             {"Maximum", [](Appraisal& a) { a.verdict = D("4"); }},
                             {"Nothing", [](Appraisal& a) { a.verdict = D("0"); }},
                             {"HalfWithoutEvidence",
                              [](Appraisal& a) {
                                a.verdict = D("2");
                                a.evidence.clear();
                              }},
                             {"DoesNotApply",
                              [](Appraisal& a) {
                                a.verdict = DoesNotApply{};
                                a.evidence.clear();
                              }},
                         }),
                         testkit::CaseName<AppraisalCase>);

class AppraisalRefused : public ::testing::TestWithParam<AppraisalCase> {};

TEST_P(AppraisalRefused, SaysWhichFieldAndWhy) {
  Appraisal appraisal = SomeAppraisal();
  GetParam().change(appraisal);
  const absl::Status status = CheckAppraisal(SomeRubric(), appraisal);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasReason(GetParam().reason));
  EXPECT_THAT(status, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(Appraisals, AppraisalRefused,
                         ::testing::ValuesIn<AppraisalCase>({
                             {"NoUnit", [](Appraisal& a) { a.unit.clear(); }, "appraisal.unit",
                              "REQUIRED_FIELD_MISSING"},
                             {"NoUnitName", [](Appraisal& a) { a.unit = "ha-noi"; },
                              "appraisal.unit", "INVALID_NAME"},
                             {"NoSuchCriterion", [](Appraisal& a) { a.criterion = "9"; },
                              "appraisal.criterion", "CRITERION_UNKNOWN"},
                             {"NotManual", [](Appraisal& a) { a.criterion = "6.1"; },
                              "appraisal.criterion", "CRITERION_UNKNOWN"},
                             {"NoVerdict", [](Appraisal& a) { a.verdict = {}; }, "appraisal.points",
                              "REQUIRED_FIELD_MISSING"},
                             {"AboveMaximum", [](Appraisal& a) { a.verdict = D("4.25"); },
                              "appraisal.points", "POINTS_OUT_OF_RANGE"},
                             {"BelowNothing", [](Appraisal& a) { a.verdict = D("-0.25"); },
                              "appraisal.points", "POINTS_OUT_OF_RANGE"},
                             {"BetweenSteps", [](Appraisal& a) { a.verdict = D("1.1"); },
                              "appraisal.points", "POINTS_NOT_ON_STEP"},
                             {"MoreThanHalfWithoutEvidence",
                              [](Appraisal& a) {
                                a.verdict = D("2.25");
                                a.evidence.clear();
                              },
                              "appraisal.evidence", "EVIDENCE_REQUIRED"},
                             {"NoAppraiser", [](Appraisal& a) { a.appraiser.clear(); },
                              "appraisal.appraiser", "REQUIRED_FIELD_MISSING"},
                             {"NoAppraiserUnit", [](Appraisal& a) { a.appraiser_unit.clear(); },
                              "appraisal.appraiser_unit", "REQUIRED_FIELD_MISSING"},
                             {"NoReason", [](Appraisal& a) { a.reason.clear(); },
                              "appraisal.reason", "REQUIRED_FIELD_MISSING"},
                         }),
                         testkit::CaseName<AppraisalCase>);

TEST(CheckAppraisal, NobodyAppraisesTheirOwnUnit) {
  Appraisal appraisal = SomeAppraisal();
  appraisal.appraiser_unit = appraisal.unit;
  const absl::Status status = CheckAppraisal(SomeRubric(), appraisal);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(status, HasReason(kOwnUnitAppraised));
}

TEST(CheckAppraisal, ReportsAllFieldsWithThoseThatParsingFound) {
  Appraisal appraisal = SomeAppraisal();
  appraisal.verdict = {};
  appraisal.reason.clear();
  Violations violations;
  violations.Add("appraisal.points", common::kInvalidDecimal, "not a number");
  const absl::Status status = CheckAppraisal(SomeRubric(), appraisal, violations);
  EXPECT_THAT(status, HasReason(common::kInvalidDecimal));
  EXPECT_EQ(common::DetailOf(status).violations.size(), 2U);
}

struct EventCase {
  std::string name{};
  std::function<void(Event&)> change{};
  std::string field{};
  std::string reason{};
};

class EventAllowed : public ::testing::TestWithParam<EventCase> {};

TEST_P(EventAllowed, Passes) {
  Event event = SomeEvent();
  GetParam().change(event);
  EXPECT_THAT(CheckEvent(SomeRubric(), event), IsOk());
}

INSTANTIATE_TEST_SUITE_P(Events, EventAllowed,
                         ::testing::ValuesIn<EventCase>({
                             {"PerItem", [](Event&) {}},
                             {"Delta", [](Event& e) { e.criterion = "P1"; }},
                             {"AThousand", [](Event& e) { e.count = 1000; }},
                             {"LeapDay", [](Event& e) { e.date = "2020-02-29"; }},
                         }),
                         testkit::CaseName<EventCase>);

class EventRefused : public ::testing::TestWithParam<EventCase> {};

TEST_P(EventRefused, SaysWhichFieldAndWhy) {
  Event event = SomeEvent();
  GetParam().change(event);
  const absl::Status status = CheckEvent(SomeRubric(), event);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasReason(GetParam().reason));
  EXPECT_THAT(status, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Events, EventRefused,
    ::testing::ValuesIn<EventCase>({
        {"NoUnit", [](Event& e) { e.unit.clear(); }, "event.unit", "REQUIRED_FIELD_MISSING"},
        {"NoSuchCriterion", [](Event& e) { e.criterion = "B9"; }, "event.criterion",
         "CRITERION_UNKNOWN"},
        {"CountsSomethingElse", [](Event& e) { e.criterion = "B2"; }, "event.criterion",
         "CRITERION_UNKNOWN"},
        {"CountsNothing", [](Event& e) { e.criterion = "4.1"; }, "event.criterion",
         "CRITERION_UNKNOWN"},
        {"NotOnce", [](Event& e) { e.count = 0; }, "event.count", "INVALID_FIELD"},
        {"TooOften", [](Event& e) { e.count = 1001; }, "event.count", "INVALID_FIELD"},
        {"NoDay", [](Event& e) { e.date.clear(); }, "event.date", "REQUIRED_FIELD_MISSING"},
        {"NoDayOfTheCalendar", [](Event& e) { e.date = "2021-02-29"; }, "event.date",
         "INVALID_DATE"},
        {"NoDescription", [](Event& e) { e.description.clear(); }, "event.description",
         "REQUIRED_FIELD_MISSING"},
        {"NoEvidence", [](Event& e) { e.evidence.clear(); }, "event.evidence",
         "REQUIRED_FIELD_MISSING"},
    }),
    testkit::CaseName<EventCase>);

}  // namespace
}  // namespace awards
