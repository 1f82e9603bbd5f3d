#include "services/reporting/domain/report_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/services/reporting/domain/rule_samples.h"
#include "tests/services/reporting/domain/samples.h"

namespace reporting {
namespace {

using samples::ARule;
using samples::Code;
using samples::Count;
using samples::Dec;
using samples::DefinitionOf;
using samples::Derived;
using samples::FindingsOf;
using samples::Known;
using samples::NotApplicable;
using samples::Number;
using samples::NumbersFrom;
using samples::Parts;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::vector<std::string> DerivedOf(const FormDefinition& form, const std::vector<Figure>& figures) {
  std::vector<std::string> lines;
  for (const Figure& figure : Assess(form, figures, {}).derived_figures) {
    lines.push_back(figure.indicator.value() + "=" + figure.number->ToString());
  }
  return lines;
}

TEST(DerivedFiguresTest, AreRoundedHalfUpToTheirScale) {
  const FormDefinition form = DefinitionOf(
      {Derived("RATE", "A / B * 100"), Count("A"), Count("B"), Derived("HALF", "A / 2", 0)});
  // 219 / 577 = 37.954... %; 219 / 2 = 109.5.
  EXPECT_THAT(DerivedOf(form, {Number("A", "219"), Number("B", "577")}),
              ElementsAre("RATE=37.95", "HALF=110"));
}

TEST(DerivedFiguresTest, ThoseWithoutAValueAreLeftOut) {
  const FormDefinition form =
      DefinitionOf({Count("A"), Count("B"), Derived("RATE", "A / B"), Derived("BIG", "A ^ 3")});
  EXPECT_THAT(DerivedOf(form, {Number("A", "1")}), ElementsAre("BIG=1"));
  EXPECT_THAT(DerivedOf(form, {Number("A", "2"), Number("B", "0")}), ElementsAre("BIG=8"));
  EXPECT_THAT(DerivedOf(form, {Number("A", "2"), NotApplicable("B")}), ElementsAre("BIG=8"));
  EXPECT_THAT(DerivedOf(form, {Number("A", "1000000"), Number("B", "1")}),
              ElementsAre("RATE=1000000"));
}

TEST(DerivedFiguresTest, RestOnOthersAsTheseAreShown) {
  // A third is 0.33, and three of these 0.99, in whatever order the form has them.
  const Indicators known =
      Known({Count("A"), Derived("THREE", "THIRD * 3"), Derived("THIRD", "A / 3")});
  const auto form =
      FormDefinition::Make(samples::FormOf({Derived("THREE", "THIRD * 3"), Count("A")}), known);
  EXPECT_THAT(DerivedOf(*form, {Number("A", "1")}), ElementsAre("THREE=0.99"));
}

TEST(DerivedFiguresTest, SumsPassOverWhatDoesNotApply) {
  Indicator total = Count("T");
  total.breakdowns = {Parts("all", BreakdownKind::kExhaustive, {"A", "B"})};
  const FormDefinition form =
      DefinitionOf({total, Count("A"), Count("B"), Derived("S", "sum(T, all)")});
  EXPECT_THAT(DerivedOf(form, {Number("A", "1"), Number("B", "2")}), ElementsAre("S=3"));
  EXPECT_THAT(DerivedOf(form, {Number("A", "1"), NotApplicable("B")}), ElementsAre("S=1"));
  EXPECT_THAT(DerivedOf(form, {Number("A", "1")}), IsEmpty());
  EXPECT_THAT(DerivedOf(form, {NotApplicable("A"), NotApplicable("B")}), IsEmpty());
}

TEST(NumbersTest, OfSeveralUnitsAreWhatAllHaveAndMayBeAdded) {
  Indicator mean = Count("MEAN");
  mean.aggregation = Aggregation::kNone;
  const FormDefinition form = DefinitionOf({Count("A"), Count("B"), mean});
  EXPECT_THAT(SumOver(form, {NumbersFrom({Number("A", "1"), Number("B", "2"), Number("MEAN", "3")}),
                             NumbersFrom({Number("A", "10"), Number("MEAN", "4")})}),
              ElementsAre(Pair(Code("A"), common::Rational(11))));
}

// As much as the limits allow in one form: 5,000 indicators, of which one has 20 breakdowns of 100
// parts, each with a threshold; 500 rules of 200 bytes.
TEST(LargeFormTest, IsCheckedAtOnce) {
  constexpr int kFields = 5000;
  const auto code = [](int i) { return "I" + std::to_string(i); };
  std::vector<Indicator> indicators;
  std::vector<Figure> figures;
  RuleContext context{.period = samples::APeriod("2021")};
  for (int i = 0; i < kFields; ++i) {
    indicators.push_back(Count(code(i)));
    indicators.back().year_on_year_threshold = Dec("30");
    figures.push_back(Number(code(i), "1"));
    context.last_year.emplace(Code(code(i)), common::Rational(1));
  }
  for (int group = 0; group < 20; ++group) {
    BreakdownGroup parts = Parts("g" + std::to_string(group), BreakdownKind::kExhaustive, {});
    for (int i = 1; i <= 100; ++i) parts.parts.push_back(Code(code(group * 100 + i)));
    indicators[0].breakdowns.push_back(parts);
  }
  figures[0].number = Dec("100");
  context.last_year[Code("I0")] = common::Rational(100);
  figures[1234].number = Dec("2");
  std::string condition = "I1 + I4999";
  while (condition.size() < 185) condition += " + I" + std::to_string(condition.size());
  std::vector<Rule> rules;
  for (int i = 0; i < 500; ++i) {
    rules.push_back(ARule("r" + std::to_string(i), condition + " > 1"));
  }
  const auto made = MakeForm(samples::FormOf(indicators, rules), Known(indicators), {});
  ASSERT_TRUE(made.ok()) << made.status();
  const FormDefinition form = FormDefinition::Make(*made, Known(indicators)).value();
  const auto begin = std::chrono::steady_clock::now();
  const auto findings = FindingsOf(form, figures, context);
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_THAT(findings, ElementsAre("breakdowns/I0/g12: 101 against 100",
                                    "warning year-on-year/I1234: 100 against 30"));
  // Tens of milliseconds; the bound leaves room for a busy machine and for sanitizers.
  EXPECT_LT(took, std::chrono::seconds(5));
}

}  // namespace
}  // namespace reporting
