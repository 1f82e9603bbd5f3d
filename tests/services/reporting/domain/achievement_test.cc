#include "services/reporting/domain/achievement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"

namespace reporting {
namespace {

using samples::AUnitId;
using samples::Code;
using samples::Dec;
using Status = AchievementStatus;

Target ATarget(std::string_view code, std::string_view period = "",
               std::string_view number = "40") {
  Target target{.unit = AUnitId("bac-ninh"), .indicator = Code(code), .number = Dec(number)};
  if (!period.empty()) target.period = samples::APeriod(period);
  return target;
}

Form AForm(std::string_view id, PeriodLevel level, UnitKind kind,
           const std::vector<std::string>& codes) {
  Form form = samples::AnnualForm();
  form.id = samples::AFormId(id);
  form.period_level = level;
  form.unit_kind = kind;
  form.fields.clear();
  for (const std::string& code : codes) form.fields.push_back({.indicator = Code(code)});
  return form;
}

// The annual form, a quarterly one and a second annual one; one for cooperatives.
Forms SomeForms() {
  Forms forms;
  for (const Form& form :
       {samples::AnnualForm(),
        AForm("quarterly", PeriodLevel::kQuarter, UnitKind::kAlliance, {"COOP_NEW"}),
        AForm("extra", PeriodLevel::kYear, UnitKind::kAlliance, {"COOP_NEW", "MEMBERS"}),
        AForm("cooperative", PeriodLevel::kYear, UnitKind::kCooperative, {"TAX"})}) {
    forms.emplace(form.id, form);
  }
  return forms;
}

// All of the forms are due for 2020, quarters from the second on; only quarters have final figures.
ClusterYear SomeYear() {
  ClusterYear year = samples::Year2020();
  const auto add = [&](std::string_view form, std::string_view period, ValueKind kind) {
    DueReport due = samples::AnnualDue();
    due.form = samples::AFormId(form);
    due.period = samples::APeriod(period);
    due.value_kind = kind;
    year.calendar.push_back(due);
  };
  for (const char* quarter : {"2020-Q2", "2020-Q3", "2020-Q4"}) {
    add("quarterly", quarter, ValueKind::kEstimate);
    add("quarterly", quarter, ValueKind::kFinal);
  }
  add("cooperative", "2020", ValueKind::kEstimate);
  add("extra", "2020", ValueKind::kEstimate);
  return year;
}

struct EvidenceCase {
  std::string name;
  Target target;
  ValueKind value_kind;
  std::vector<std::string> reports;
  Status without;
};

class WhereItIsSaid : public ::testing::TestWithParam<EvidenceCase> {};

TEST_P(WhereItIsSaid, IsInTheCalendar) {
  const Evidence evidence = EvidenceFor(GetParam().target, samples::Alliance("bac-ninh"),
                                        GetParam().value_kind, SomeYear(), SomeForms());
  std::vector<std::string> names;
  for (const SubmissionId& id : evidence.reports) names.push_back(id.ToName());
  EXPECT_EQ(names, GetParam().reports);
  EXPECT_EQ(evidence.without, GetParam().without);
}

INSTANTIATE_TEST_SUITE_P(
    Targets, WhereItIsSaid,
    ::testing::ValuesIn<EvidenceCase>({
        {"TheYear",
         ATarget("COOP_TOTAL"),
         ValueKind::kEstimate,
         {"units/bac-ninh/submissions/alliance-annual.2020.estimate"},
         Status::kNoReport},
        {"TwoForms",
         ATarget("MEMBERS"),
         ValueKind::kEstimate,
         {"units/bac-ninh/submissions/alliance-annual.2020.estimate",
          "units/bac-ninh/submissions/extra.2020.estimate"},
         Status::kNoReport},
        {"AMilestone",
         ATarget("COOP_NEW", "2020-Q2"),
         ValueKind::kFinal,
         {"units/bac-ninh/submissions/quarterly.2020-Q2.final"},
         Status::kNoReport},
        {"AQuarterThatIsNotDue",
         ATarget("COOP_NEW", "2020-Q1"),
         ValueKind::kFinal,
         {},
         Status::kNotAsked},
        {"AnIndicatorThatNoFormHas",
         ATarget("TAX_PAID"),
         ValueKind::kEstimate,
         {},
         Status::kNotAsked},
        {"OnlyCooperativesAreAsked", ATarget("TAX"), ValueKind::kEstimate, {}, Status::kNotAsked},
        {"TheOtherKindOfFigures", ATarget("COOP_TOTAL"), ValueKind::kFinal, {}, Status::kNotAsked},
        {"AQuarterOfTheYearsOnly",
         ATarget("MEMBERS", "2020-Q2"),
         ValueKind::kFinal,
         {},
         Status::kNotAsked},
    }),
    testkit::CaseName<EvidenceCase>);

struct MergedCase {
  std::string name;
  std::string period;
  std::string merged_on;
  Status without;
};

class EvidenceOfAMergedUnit : public ::testing::TestWithParam<MergedCase> {};

TEST_P(EvidenceOfAMergedUnit, EndsWithIt) {
  const Unit unit =
      samples::MergedInto(samples::Alliance("bac-ninh"), "bac-ninh-24", GetParam().merged_on);
  const Evidence evidence = EvidenceFor(ATarget("COOP_NEW", GetParam().period), unit,
                                        ValueKind::kEstimate, SomeYear(), SomeForms());
  EXPECT_EQ(evidence.without, GetParam().without);
  EXPECT_EQ(evidence.reports.empty(), GetParam().without != Status::kNoReport);
}

INSTANTIATE_TEST_SUITE_P(Days, EvidenceOfAMergedUnit,
                         ::testing::ValuesIn<MergedCase>({
                             {"AfterTheFirstDay", "2020-Q3", "2020-07-02", Status::kNoReport},
                             {"OnTheFirstDay", "2020-Q3", "2020-07-01", Status::kUnitMerged},
                             {"QuartersBefore", "2020-Q2", "2020-07-01", Status::kNoReport},
                             {"QuartersAfter", "2020-Q4", "2020-07-01", Status::kUnitMerged},
                             {"TheYearItself", "", "2020-07-01", Status::kNoReport},
                             {"OnNewYearsDay", "", "2020-01-01", Status::kUnitMerged},
                             {"AQuarterThatWasNotDue", "2020-Q1", "2020-01-01",
                              Status::kUnitMerged},
                         }),
                         testkit::CaseName<MergedCase>);

TEST(EvidenceForTest, AskedIsOnlyWhoIsAMember) {
  ClusterYear year = SomeYear();
  year.members.erase(year.members.begin());
  EXPECT_EQ(EvidenceFor(ATarget("COOP_TOTAL"), samples::Alliance("bac-ninh"), ValueKind::kEstimate,
                        year, SomeForms()),
            (Evidence{.without = Status::kNotAsked}));
}

struct StateCase {
  std::string name;
  SubmissionState state;
  bool reported;
};

class WhatIsReported : public ::testing::TestWithParam<StateCase> {};

TEST_P(WhatIsReported, WasHandedInAndNotSentBack) {
  EXPECT_EQ(IsReported(samples::AnnualSubmission(GetParam().state)), GetParam().reported);
}

INSTANTIATE_TEST_SUITE_P(States, WhatIsReported,
                         ::testing::ValuesIn<StateCase>({
                             {"Draft", SubmissionState::kDraft, false},
                             {"Withdrawn", SubmissionState::kWithdrawn, false},
                             {"Submitted", SubmissionState::kSubmitted, true},
                             {"Returned", SubmissionState::kReturned, false},
                             {"Accepted", SubmissionState::kAccepted, true},
                             {"Locked", SubmissionState::kLocked, true},
                         }),
                         testkit::CaseName<StateCase>);

// 48 new ones, no members, a rate that does not apply, and a derived share.
Submission SomeSubmission() {
  Submission submission = samples::AnnualSubmission(SubmissionState::kAccepted);
  submission.revision = 3;
  submission.figures.push_back(samples::NotApplicable("RATE"));
  submission.derived_figures = {samples::Number("SHARE", "7.25")};
  return submission;
}

struct AchieveCase {
  std::string name;
  Target target;
  Status status;
  std::string number;
  std::string percent;
};

class Reached : public ::testing::TestWithParam<AchieveCase> {};

TEST_P(Reached, IsWhatTheSubmissionSays) {
  const Submission submission = SomeSubmission();
  const Achievement reached = Achieve(GetParam().target, Status::kNoReport, &submission);
  EXPECT_EQ(reached.target, GetParam().target);
  EXPECT_EQ(reached.status, GetParam().status);
  EXPECT_EQ(reached.number.has_value() ? reached.number->ToString() : "", GetParam().number);
  EXPECT_EQ(PercentOf(reached), GetParam().percent);
  EXPECT_EQ(reached.submission, submission.id);
  EXPECT_EQ(reached.revision, 3);
}

INSTANTIATE_TEST_SUITE_P(
    Figures, Reached,
    ::testing::ValuesIn<AchieveCase>({
        {"More", ATarget("COOP_NEW"), Status::kReported, "48", "120.00"},
        // 48 / 36 = 133.333...
        {"Endless", ATarget("COOP_NEW", "", "36"), Status::kReported, "48", "133.33"},
        // 48 / 14,336 = 0.33482... %.
        {"Less", ATarget("COOP_NEW", "", "14336"), Status::kReported, "48", "0.33"},
        // 48 / 38,400 = 0.125 %.
        {"HalfUp", ATarget("COOP_NEW", "", "38400"), Status::kReported, "48", "0.13"},
        // 48 / 3,200,000 = 0.0015 %.
        {"Nothing", ATarget("COOP_NEW", "", "3200000"), Status::kReported, "48", "0.00"},
        {"OfNothing", ATarget("COOP_NEW", "", "0"), Status::kReported, "48", ""},
        {"BelowZero", ATarget("COOP_NEW", "", "-96"), Status::kReported, "48", "-50.00"},
        {"Missing", ATarget("MEMBERS"), Status::kMissing, "", ""},
        {"NotApplicable", ATarget("RATE"), Status::kNotApplicable, "", ""},
        {"Derived", ATarget("SHARE", "", "5"), Status::kReported, "7.25", "145.00"},
        {"DerivedWithoutAValue", ATarget("MEMBERS_AVG"), Status::kMissing, "", ""},
    }),
    testkit::CaseName<AchieveCase>);

TEST(AchieveTest, WithoutAReportSaysWhy) {
  for (const Status without : {Status::kNoReport, Status::kNotAsked, Status::kUnitMerged}) {
    const Target target = ATarget("COOP_NEW");
    const Achievement reached = Achieve(target, without, nullptr);
    EXPECT_EQ(reached, (Achievement{.target = target, .status = without}));
    EXPECT_EQ(RatioOf(reached), std::nullopt);
    EXPECT_EQ(PercentOf(reached), "");
  }
}

}  // namespace
}  // namespace reporting
