#include "services/reporting/domain/findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/services/reporting/domain/rule_samples.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"

namespace reporting {
namespace {

using samples::APeriod;
using samples::ARule;
using samples::Code;
using samples::Codes;
using samples::Count;
using samples::Dec;
using samples::DefinitionOf;
using samples::Derived;
using samples::FindingsOf;
using samples::Flow;
using samples::NotApplicable;
using samples::Number;
using samples::NumbersFrom;
using samples::Parts;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

struct FindingCase {
  std::string name;
  std::vector<Figure> figures;
  std::vector<std::string> findings;
};

// A total by sector (three parts that are exhaustive) and by trait (two that overlap).
FormDefinition BrokenDown() {
  Indicator total = Count("T");
  total.scale = 2;
  Indicator a = Count("A");
  a.scale = 6;
  total.breakdowns = {Parts("sector", BreakdownKind::kExhaustive, {"A", "B", "C"}),
                      Parts("trait", BreakdownKind::kOverlapping, {"X", "Y"})};
  return DefinitionOf({total, a, Count("B"), Count("C"), Count("X"), Count("Y")});
}

class BreakdownFindings : public ::testing::TestWithParam<FindingCase> {};

TEST_P(BreakdownFindings, AreThese) {
  EXPECT_THAT(FindingsOf(BrokenDown(), GetParam().figures), ElementsAreArray(GetParam().findings));
}

INSTANTIATE_TEST_SUITE_P(
    Breakdowns, BreakdownFindings,
    ::testing::ValuesIn<FindingCase>({
        {"PartsSum", {Number("T", "6"), Number("A", "1"), Number("B", "2"), Number("C", "3")}, {}},
        {"TooMuch",
         {Number("T", "5"), Number("A", "1"), Number("B", "2"), Number("C", "3")},
         {"breakdowns/T/sector: 6 against 5"}},
        {"TooLittleByAMillionth",
         {Number("T", "6"), Number("A", "0.999999"), Number("B", "2"), Number("C", "3")},
         {"breakdowns/T/sector: 5.999999 against 6"}},
        {"WhatDoesNotApplyCountsAsNothing",
         {Number("T", "3"), Number("A", "1"), Number("B", "2"), NotApplicable("C")},
         {}},
        {"WhatDoesNotApplyIsNotMissing",
         {Number("T", "4"), Number("A", "1"), Number("B", "2"), NotApplicable("C")},
         {"breakdowns/T/sector: 3 against 4"}},
        {"SomeMissingWithinTheTotal", {Number("T", "6"), Number("A", "1"), Number("B", "5")}, {}},
        {"SomeMissingBeyondTheTotal",
         {Number("T", "6"), Number("A", "2"), Number("B", "5")},
         {"breakdowns/T/sector: 7 against 6"}},
        {"NoPartHasANumber", {Number("T", "6"), NotApplicable("A")}, {}},
        {"NoTotal", {Number("A", "1"), Number("B", "2"), Number("C", "3")}, {}},
        {"TotalDoesNotApply", {NotApplicable("T"), Number("A", "1")}, {}},
        {"OverlappingMayExceedTogether",
         {Number("T", "6"), Number("X", "6"), Number("Y", "5")},
         {}},
        {"OverlappingMustNotExceedAlone",
         {Number("T", "6"), Number("X", "7"), Number("Y", "8")},
         {"breakdowns/T/trait: 8 against 6"}},
        {"TheLargestNumbersAreExact",
         {Number("T", "999999999999999999"), Number("A", "999999999999999999"), Number("B", "1"),
          Number("C", "0")},
         {"breakdowns/T/sector: 1000000000000000000 against 999999999999999999"}},
    }),
    testkit::CaseName<FindingCase>);

TEST(FindingsTest, PartsThatCanBeNegativeMayExceedTheTotalUntilAllAreGiven) {
  Indicator total = Count("T");
  total.breakdowns = {Parts("all", BreakdownKind::kExhaustive, {"A", "B"})};
  Indicator loss = Count("B");
  loss.minimum = Dec("-10");
  const FormDefinition form = DefinitionOf({total, Count("A"), loss});
  EXPECT_THAT(FindingsOf(form, {Number("T", "5"), Number("A", "8")}), IsEmpty());
  EXPECT_THAT(FindingsOf(form, {Number("T", "5"), Number("A", "8"), Number("B", "-3")}), IsEmpty());
  EXPECT_THAT(FindingsOf(form, {Number("T", "5"), Number("A", "8"), Number("B", "-2")}),
              ElementsAre("breakdowns/T/all: 6 against 5"));
}

TEST(FindingsTest, APartThatTheFormLacksIsMissing) {
  Indicator total = Count("T");
  total.breakdowns = {Parts("all", BreakdownKind::kExhaustive, {"A", "ELSEWHERE"})};
  const FormDefinition form = DefinitionOf({total, Count("A")});
  EXPECT_THAT(FindingsOf(form, {Number("T", "5"), Number("A", "4")}), IsEmpty());
  EXPECT_THAT(FindingsOf(form, {Number("T", "5"), Number("A", "6")}),
              ElementsAre("breakdowns/T/all: 6 against 5"));
}

// A stock of 417 the year before.
class StockIdentityFindings : public ::testing::TestWithParam<FindingCase> {
 protected:
  static FormDefinition Form() {
    Indicator total = Count("T");
    total.stock_identity = StockIdentity{.inflows = Codes({"NEW", "JOINED"}),
                                         .outflows = Codes({"GONE"}),
                                         .severity = Severity::kWarning};
    return DefinitionOf({total, Flow("NEW"), Flow("JOINED"), Flow("GONE")});
  }
};

TEST_P(StockIdentityFindings, AreThese) {
  const RuleContext context{.period = APeriod("2021"),
                            .previous = NumbersFrom({Number("T", "417")})};
  EXPECT_THAT(FindingsOf(Form(), GetParam().figures, context),
              ElementsAreArray(GetParam().findings));
  EXPECT_THAT(FindingsOf(Form(), GetParam().figures, {.period = APeriod("2021")}), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Identities, StockIdentityFindings,
    ::testing::ValuesIn<FindingCase>({
        {"Holds",
         {Number("T", "430"), Number("NEW", "20"), Number("JOINED", "1"), Number("GONE", "8")},
         {}},
        {"IsBroken",
         {Number("T", "431"), Number("NEW", "20"), Number("JOINED", "1"), Number("GONE", "8")},
         {"warning stock-identity/T: 431 against 430"}},
        {"WhatDoesNotApplyCountsAsNothing",
         {Number("T", "430"), Number("NEW", "20"), NotApplicable("JOINED"), Number("GONE", "8")},
         {"warning stock-identity/T: 430 against 429"}},
        {"AFlowIsMissing", {Number("T", "1"), Number("NEW", "20"), Number("GONE", "8")}, {}},
        {"TheTotalIsMissing",
         {Number("NEW", "20"), Number("JOINED", "1"), Number("GONE", "8")},
         {}},
    }),
    testkit::CaseName<FindingCase>);

struct ChangeCase {
  std::string name;
  std::string before;
  std::string after;
  std::vector<std::string> findings;
};

class YearOnYearFindings : public ::testing::TestWithParam<ChangeCase> {};

TEST_P(YearOnYearFindings, AreThese) {
  Indicator it = Count("A");
  it.minimum = Dec("-1000");
  it.year_on_year_threshold = Dec("30");
  const FormDefinition form = DefinitionOf({it});
  const RuleContext context{.period = APeriod("2021"),
                            .last_year = NumbersFrom({Number("A", GetParam().before)})};
  EXPECT_THAT(FindingsOf(form, {Number("A", GetParam().after)}, context),
              ElementsAreArray(GetParam().findings));
}

INSTANTIATE_TEST_SUITE_P(
    Changes, YearOnYearFindings,
    ::testing::ValuesIn<ChangeCase>({
        {"AtTheThreshold", "100", "130", {}},
        {"AboveIt", "100", "131", {"warning year-on-year/A: 31 against 30"}},
        {"AFallToIt", "100", "70", {}},
        {"AFallBelow", "3", "2", {"warning year-on-year/A: -33.333333 against 30"}},
        {"FromNothing", "0", "500", {}},
        // From -100 to -50 is a rise by half of what it was.
        {"OutOfDebt", "-100", "-50", {"warning year-on-year/A: 50 against 30"}},
    }),
    testkit::CaseName<ChangeCase>);

// A flow for the year and for halves, a stock beside it.
class WithinYear : public ::testing::Test {
 protected:
  static std::vector<std::string> Find(std::string_view period, PeriodLevel level,
                                       const std::vector<Figure>& figures,
                                       const std::vector<PeriodNumbers>& others) {
    return FindingsOf(DefinitionOf({Flow("NEW"), Count("T")}, {}, level), figures,
                      {.period = APeriod(period), .within_year = others});
  }
};

TEST_F(WithinYear, AHalfIsAtMostTheYear) {
  const std::vector<PeriodNumbers> year = {
      {.period = APeriod("2020"), .numbers = NumbersFrom({Number("NEW", "27"), Number("T", "1")})}};
  EXPECT_THAT(Find("2020-H1", PeriodLevel::kHalf, {Number("NEW", "27"), Number("T", "9")}, year),
              IsEmpty());
  EXPECT_THAT(Find("2020-H1", PeriodLevel::kHalf, {Number("NEW", "28"), Number("T", "9")}, year),
              ElementsAre("within-year/NEW/2020-H1: 28 against 27"));
}

TEST_F(WithinYear, TheYearIsAtLeastEachPart) {
  const std::vector<PeriodNumbers> parts = {
      {.period = APeriod("2020-Q1"), .numbers = NumbersFrom({Number("NEW", "10")})},
      {.period = APeriod("2020-Q2"), .numbers = NumbersFrom({Number("NEW", "12")})},
      {.period = APeriod("2020-Q2"), .numbers = NumbersFrom({Number("NEW", "13")})}};
  EXPECT_THAT(Find("2020", PeriodLevel::kYear, {Number("NEW", "13")}, parts), IsEmpty());
  EXPECT_THAT(Find("2020", PeriodLevel::kYear, {Number("NEW", "9")}, parts),
              ElementsAre("within-year/NEW/2020-Q1: 10 against 9",
                          "within-year/NEW/2020-Q2: 12 against 9"));
}

class RuleFindings : public ::testing::TestWithParam<FindingCase> {};

TEST_P(RuleFindings, AreThese) {
  Rule strict = ARule("strict", "A >= B");
  strict.missing = RuleMissing::kBroken;
  const FormDefinition form =
      DefinitionOf({Count("A"), Count("B"), Count("C"), Derived("D", "A / C")},
                   {ARule("ratio", "A / B < 3", Severity::kWarning), strict,
                    ARule("both", "not (A = 7 and B = 7)"), ARule("derived", "D < 100")});
  EXPECT_THAT(FindingsOf(form, GetParam().figures), ElementsAreArray(GetParam().findings));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, RuleFindings,
    ::testing::ValuesIn<FindingCase>({
        {"AllHold", {Number("A", "2"), Number("B", "1")}, {}},
        {"ErrorsComeFirst",
         {Number("A", "7"), Number("B", "7"), Number("C", "0.01")},
         {"rules/both", "rules/derived: 700 against 100"}},
        {"AWarning", {Number("A", "3"), Number("B", "1")}, {"warning rules/ratio: 3 against 3"}},
        {"WhatIsMissingIsSkippedOrBroken", {Number("A", "1")}, {"rules/strict"}},
        {"DivisionByZeroBreaksTheRule",
         {Number("A", "1"), Number("B", "0")},
         {"warning rules/ratio"}},
        {"ADerivedFigureThatFailsBreaksTheRule",
         {Number("A", "2"), Number("B", "1"), Number("C", "0")},
         {"rules/derived"}},
    }),
    testkit::CaseName<FindingCase>);

TEST(FindingsTest, RulesLookAtOtherPeriodsTargetsAndSums) {
  Indicator total = Count("T");
  total.breakdowns = {Parts("some", BreakdownKind::kOverlapping, {"A", "B"})};
  const FormDefinition form =
      DefinitionOf({total, Count("A"), Count("B")},
                   {ARule("grows", "T >= previous(T)"), ARule("year", "T >= last_year(T)"),
                    ARule("target", "T >= target(T)"), ARule("sum", "T >= sum(T, some)")});
  const RuleContext context{.period = APeriod("2021-Q2"),
                            .previous = NumbersFrom({Number("T", "11")}),
                            .last_year = NumbersFrom({Number("T", "12")}),
                            .targets = NumbersFrom({Number("T", "13")})};
  EXPECT_THAT(FindingsOf(form, {Number("T", "10"), Number("A", "9"), Number("B", "5")}, context),
              ElementsAre("rules/grows: 10 against 11", "rules/year: 10 against 12",
                          "rules/target: 10 against 13", "rules/sum: 10 against 14"));
  EXPECT_THAT(FindingsOf(form, {Number("T", "10"), Number("A", "9")}), IsEmpty());
}

TEST(FindingsTest, SayWhatIsWrongInBothLanguages) {
  Indicator total = Count("T");
  total.title = {.vi = "Số hợp tác xã", .en = "Cooperatives"};
  total.breakdowns = {Parts("sector", BreakdownKind::kExhaustive, {"A", "B"})};
  const FormDefinition form = DefinitionOf({total, Count("A"), Count("B")},
                                           {ARule("ratio", "A / B < 3", Severity::kWarning)});
  const auto findings =
      Assess(form, {Number("T", "5"), Number("A", "6"), Number("B", "0")}, {}).findings;
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].message.vi,
            "Các thành phần của “Số hợp tác xã” (T) theo “Theo sector” cộng lại là 6, khác tổng số "
            "5.");
  EXPECT_EQ(findings[0].message.en,
            "The parts of \"Cooperatives\" (T) by sector sum to 6, not to the total of 5.");
  EXPECT_THAT(findings[0].indicators, ElementsAre(Code("T"), Code("A"), Code("B")));
  EXPECT_EQ(findings[1].message.vi, "Sai quy tắc (không tính được: chia cho 0)");
  EXPECT_EQ(findings[1].message.en, "The rule is broken (it cannot be computed: division by zero)");
  EXPECT_THAT(findings[1].indicators, ElementsAre(Code("A"), Code("B")));
}

}  // namespace
}  // namespace reporting
