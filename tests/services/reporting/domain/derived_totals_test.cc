// Breakdowns and derived indicators over several units.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/reporting/domain/report_values.h"
#include "services/reporting/domain/totals.h"
#include "tests/services/reporting/domain/rule_samples.h"
#include "tests/services/reporting/domain/samples.h"

namespace reporting {
namespace {

using samples::AUnitId;
using samples::Code;
using samples::Count;
using samples::DefinitionOf;
using samples::Derived;
using samples::NotApplicable;
using samples::Number;
using samples::Parts;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Reports of the units u0, u1, ... with the form, put together.
Totals Compute(const FormDefinition& form, const std::vector<std::vector<Figure>>& reports,
               std::vector<IndicatorId> indicators = {}) {
  const TotalsQuery query{.nationwide = true,
                          .form = form.form().id,
                          .period = samples::APeriod("2020"),
                          .value_kind = ValueKind::kFinal,
                          .indicators = std::move(indicators)};
  Reporters reporters;
  std::vector<Submission> submissions;
  for (const auto& figures : reports) {
    const UnitId unit = AUnitId("u" + std::to_string(submissions.size()));
    reporters.units.insert(unit);
    const RuleContext context{};
    submissions.push_back(
        {.id = {.unit = unit,
                .form = query.form,
                .period = query.period,
                .value_kind = query.value_kind},
         .state = SubmissionState::kAccepted,
         .figures = figures,
         .derived_figures = ReportValues(form, figures, context).DerivedFigures()});
  }
  const Targets none;
  TotalsBuilder builder(query, ReportOf(query, {}), form, reporters, none);
  for (const Submission& submission : submissions) builder.Add(submission);
  return builder.Build();
}

// Each total as `CODE=number/unit_count`.
std::vector<std::string> Lines(const Totals& totals) {
  std::vector<std::string> lines;
  for (const Total& total : totals.totals) {
    lines.push_back(total.indicator.value() + "=" + total.number + "/" +
                    std::to_string(total.unit_count));
  }
  return lines;
}

TEST(DerivedTotalsTest, AreTheExpressionOverTheTotals) {
  // 30 / 120 = 25 % and 10 / 480 = 2.08 %; together 40 / 600 = 6.67 %, not their mean.
  const FormDefinition form =
      DefinitionOf({Count("NEW"), Count("ALL"), Derived("RATE", "NEW / ALL * 100")});
  EXPECT_THAT(Lines(Compute(form, {{Number("NEW", "30"), Number("ALL", "120")},
                                   {Number("NEW", "10"), Number("ALL", "480")}})),
              ElementsAre("NEW=40/2", "ALL=600/2", "RATE=6.67/2"));
}

TEST(DerivedTotalsTest, AreComputedAlsoWithoutTheirInputsBeingAskedFor) {
  const FormDefinition form =
      DefinitionOf({Derived("TWICE", "RATE * 2"), Count("NEW"), Derived("RATE", "NEW / 3")});
  // A third of 4 is 1.33 as it is shown, and twice that 2.66.
  EXPECT_THAT(Lines(Compute(form, {{Number("NEW", "1")}, {Number("NEW", "3")}}, {Code("TWICE")})),
              ElementsAre("TWICE=2.66/2"));
}

TEST(DerivedTotalsTest, TakeMeansAsTheyAreShown) {
  // (10 x 1 + 11 x 2) / 3 = 10.666..., shown as 10.67; times 100 is 1067.
  Indicator mean = Count("MEAN");
  mean.aggregation = Aggregation::kWeightedMean;
  mean.weight = Code("W");
  const FormDefinition form = DefinitionOf({mean, Count("W"), Derived("D", "MEAN * 100")});
  EXPECT_THAT(Lines(Compute(form, {{Number("MEAN", "10"), Number("W", "1")},
                                   {Number("MEAN", "11"), Number("W", "2")}})),
              ElementsAre("MEAN=10.67/2", "W=3/2", "D=1067/2"));
}

TEST(DerivedTotalsTest, ThoseWithoutAValueHaveNoNumber) {
  Indicator alone = Count("ALONE");
  alone.aggregation = Aggregation::kNone;
  const FormDefinition form =
      DefinitionOf({Count("A"), Count("B"), alone, Derived("RATIO", "A / B"),
                    Derived("OF_RATIO", "coalesce(RATIO, 1)"), Derived("OF_ALONE", "ALONE + 1")});
  EXPECT_THAT(Lines(Compute(form, {{Number("A", "1"), Number("B", "0"), Number("ALONE", "1")}})),
              ElementsAre("A=1/1", "B=0/1", "RATIO=/0", "OF_RATIO=/0", "OF_ALONE=/1"));
}

TEST(DerivedTotalsTest, CountUnitsThatHaveNoneAsMissing) {
  const FormDefinition form = DefinitionOf({Count("A"), Derived("D", "A * 2")});
  const Totals totals = Compute(form, {{Number("A", "5")}, {}, {NotApplicable("A")}});
  EXPECT_THAT(Lines(totals), ElementsAre("A=5/1", "D=10/1"));
  EXPECT_EQ(totals.totals[1].missing_count, 2);
}

// T by sector in X and Y, of which the form may lack Y.
Indicator Whole() {
  Indicator whole = Count("T");
  whole.breakdowns = {Parts("sector", BreakdownKind::kExhaustive, {"X", "Y"})};
  return whole;
}

TEST(DerivedTotalsTest, SumsOverPartsPassOverWhatAppliesToNobody) {
  const FormDefinition form =
      DefinitionOf({Whole(), Count("X"), Count("Y"), Derived("S", "sum(T, sector)")});
  const auto sum = [&](const std::vector<std::vector<Figure>>& reports) {
    return Lines(Compute(form, reports, {Code("S")})).front();
  };
  EXPECT_EQ(sum({{Number("X", "1"), Number("Y", "2")}, {Number("X", "4"), NotApplicable("Y")}}),
            "S=7/2");
  EXPECT_EQ(sum({{Number("X", "1"), NotApplicable("Y")}}), "S=1/1");
  EXPECT_EQ(sum({{Number("X", "1")}}), "S=/0");
  EXPECT_EQ(sum({{NotApplicable("X"), NotApplicable("Y")}}), "S=/0");
}

TEST(BreakdownTotalsTest, AreSumsWithTheirShareOfTheWhole) {
  const FormDefinition form = DefinitionOf({Whole(), Count("X"), Count("Y")});
  // X 10 + 1 = 11 of 12: 91.666... %; Y 1 of 12: 8.333... %.
  const Totals totals = Compute(form,
                                {{Number("T", "11"), Number("X", "10"), Number("Y", "1")},
                                 {Number("T", "1"), Number("X", "1"), NotApplicable("Y")}},
                                {Code("T")});
  ASSERT_EQ(totals.totals.size(), 1U);
  EXPECT_THAT(totals.totals[0].breakdowns,
              ElementsAre(BreakdownTotal{
                  .group = "sector",
                  .parts = {{.indicator = Code("X"), .number = "11", .percent = "91.67"},
                            {.indicator = Code("Y"), .number = "1", .percent = "8.33"}}}));
}

TEST(BreakdownTotalsTest, WithoutAWholeOrPartThereIsNoShare) {
  const FormDefinition form = DefinitionOf({Whole(), Count("X"), Count("Y")});
  const auto parts = [&](const std::vector<Figure>& figures) {
    return Compute(form, {figures}, {Code("T")}).totals[0].breakdowns.at(0).parts;
  };
  const PartTotal none{.indicator = Code("Y")};
  EXPECT_THAT(parts({Number("X", "3")}),
              ElementsAre(PartTotal{.indicator = Code("X"), .number = "3"}, none));
  EXPECT_THAT(parts({Number("T", "0"), Number("X", "0")}),
              ElementsAre(PartTotal{.indicator = Code("X"), .number = "0"}, none));
}

TEST(BreakdownTotalsTest, AreOfThePartsThatTheFormHas) {
  const FormDefinition form =
      FormDefinition::Make(samples::FormOf({Whole(), Count("X")}),
                           samples::Known({Whole(), Count("X"), Count("Y")}))
          .value();
  const Totals totals = Compute(form, {{Number("T", "4"), Number("X", "1")}});
  EXPECT_THAT(totals.totals[0].breakdowns,
              ElementsAre(BreakdownTotal{
                  .group = "sector",
                  .parts = {{.indicator = Code("X"), .number = "1", .percent = "25.00"}}}));
  EXPECT_THAT(totals.totals[1].breakdowns, IsEmpty());
}

TEST(BreakdownTotalsTest, PartsThatAreNoSumsHaveNoNumber) {
  Indicator mean = Count("X");
  mean.aggregation = Aggregation::kWeightedMean;
  mean.weight = Code("T");
  const FormDefinition form = DefinitionOf({Whole(), mean, Count("Y")});
  const Totals totals =
      Compute(form, {{Number("T", "4"), Number("X", "1"), Number("Y", "2")}}, {Code("T")});
  EXPECT_THAT(totals.totals[0].breakdowns.at(0).parts,
              ElementsAre(PartTotal{.indicator = Code("X")},
                          PartTotal{.indicator = Code("Y"), .number = "2", .percent = "50.00"}));
}

}  // namespace
}  // namespace reporting
