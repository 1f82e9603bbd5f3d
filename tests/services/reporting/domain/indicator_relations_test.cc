// Breakdowns, stock identities and expressions of indicators, and their next definitions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/rule_samples.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::AnExpression;
using samples::Code;
using samples::Codes;
using samples::Count;
using samples::Dec;
using samples::Derived;
using samples::Flow;
using samples::Known;
using samples::Parts;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

// A and B are counts, NEW and GONE flows, D is derived from A and E from D. W has the breakdown
// `all` into A and B.
Indicators World() {
  Indicator whole = Count("W");
  whole.breakdowns = {Parts("all", BreakdownKind::kExhaustive, {"A", "B"})};
  return Known({Count("A"), Count("B"), Flow("NEW"), Flow("GONE"), Derived("D", "A * 2"),
                Derived("E", "D + 1"), whole});
}

Indicator Whole() {
  Indicator whole = Count("T");
  whole.breakdowns = {Parts("sector", BreakdownKind::kExhaustive, {"A", "B"})};
  whole.year_on_year_threshold = Dec("30");
  whole.stock_identity = StockIdentity{
      .inflows = Codes({"NEW"}), .outflows = Codes({"GONE"}), .severity = Severity::kError};
  return whole;
}

TEST(MakeIndicatorTest, TakesBreakdownsThresholdAndStockIdentity) {
  EXPECT_THAT(MakeIndicator(Whole(), World(), {}), IsOkAndHolds(Whole()));
}

TEST(MakeIndicatorTest, TakesADerivedIndicatorOfDerivedOnesAndSums) {
  const Indicator derived = Derived("F", "round(E / sum(W, all), 1)");
  EXPECT_THAT(MakeIndicator(derived, World(), {}), IsOkAndHolds(derived));
}

struct RelationCase {
  std::string name;
  std::function<void(Indicator&)> spoil;
  std::string field;
  std::string_view reason;
};

class RelationRefused : public ::testing::TestWithParam<RelationCase> {};

TEST_P(RelationRefused, AtTheField) {
  Indicator indicator = Whole();
  GetParam().spoil(indicator);
  const auto result = MakeIndicator(indicator, World(), {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

BreakdownGroup& Group(Indicator& it) { return it.breakdowns[0]; }

INSTANTIATE_TEST_SUITE_P(
    Relations, RelationRefused,
    ::testing::ValuesIn<RelationCase>({
        {"NoGroup", [](Indicator& it) { Group(it).group.clear(); }, "indicator.breakdowns[0].group",
         common::kRequiredFieldMissing},
        {"GroupMisspelt", [](Indicator& it) { Group(it).group = "Sector"; },
         "indicator.breakdowns[0].group", common::kInvalidName},
        {"GroupTwice", [](Indicator& it) { it.breakdowns.push_back(Group(it)); },
         "indicator.breakdowns[1].group", common::kInvalidField},
        {"NoTitle", [](Indicator& it) { Group(it).title = {}; }, "indicator.breakdowns[0].title.vi",
         common::kRequiredFieldMissing},
        {"NoKind", [](Indicator& it) { Group(it).kind = BreakdownKind::kUnspecified; },
         "indicator.breakdowns[0].kind", common::kRequiredFieldMissing},
        {"NegativeOverlap",
         [](Indicator& it) {
           it.minimum = Dec("-1");
           Group(it).kind = BreakdownKind::kOverlapping;
         },
         "indicator.breakdowns[0].kind", common::kInvalidField},
        {"NoParts", [](Indicator& it) { Group(it).parts.clear(); }, "indicator.breakdowns[0].parts",
         common::kRequiredFieldMissing},
        {"TooManyParts", [](Indicator& it) { Group(it).parts.resize(101, Code("A")); },
         "indicator.breakdowns[0].parts", common::kInvalidField},
        {"PartTwice", [](Indicator& it) { Group(it).parts.push_back(Code("A")); },
         "indicator.breakdowns[0].parts[2]", kDuplicateIndicator},
        {"PartOfItself", [](Indicator& it) { Group(it).parts[1] = Code("T"); },
         "indicator.breakdowns[0].parts[1]", common::kInvalidField},
        {"DerivedPart", [](Indicator& it) { Group(it).parts[1] = Code("D"); },
         "indicator.breakdowns[0].parts[1]", common::kInvalidField},
        {"TooManyBreakdowns",
         [](Indicator& it) { it.breakdowns.resize(21, it.breakdowns.front()); },
         "indicator.breakdowns", common::kInvalidField},
        {"ThresholdOfNothing", [](Indicator& it) { it.year_on_year_threshold = Dec("0"); },
         "indicator.year_on_year_threshold", common::kInvalidField},
        {"IdentityOfAFlow", [](Indicator& it) { it.measure = Measure::kFlow; },
         "indicator.stock_identity", common::kInvalidField},
        {"NoFlows",
         [](Indicator& it) { it.stock_identity = StockIdentity{.severity = Severity::kError}; },
         "indicator.stock_identity", common::kRequiredFieldMissing},
        {"AStockIsNoFlow", [](Indicator& it) { it.stock_identity->inflows = Codes({"A"}); },
         "indicator.stock_identity.inflows[0]", common::kInvalidField},
        {"InAndOut", [](Indicator& it) { it.stock_identity->outflows = Codes({"NEW"}); },
         "indicator.stock_identity.outflows[0]", kDuplicateIndicator},
        {"NoSeverity", [](Indicator& it) { it.stock_identity->severity = Severity::kUnspecified; },
         "indicator.stock_identity.severity", common::kRequiredFieldMissing},
    }),
    testkit::CaseName<RelationCase>);

TEST(MakeIndicatorTest, NamesEveryUnknownIndicator) {
  Indicator indicator = Whole();
  indicator.breakdowns[0].parts.push_back(Code("NONE"));
  indicator.stock_identity->outflows.push_back(Code("NONE_EITHER"));
  const auto result = MakeIndicator(indicator, World(), {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kIndicatorUnknown));
  EXPECT_THAT(result, HasViolation("indicator.breakdowns[0].parts[2]"));
  EXPECT_THAT(result, HasViolation("indicator.stock_identity.outflows[1]"));
}

TEST(MakeIndicatorTest, ADerivedIndicatorHasNothingOfAReportedOne) {
  Indicator derived = Whole();
  derived.expression = AnExpression("A + B");
  derived.minimum = Dec("1");
  derived.maximum = Dec("2");
  derived.aggregation = Aggregation::kWeightedMean;
  const auto result = MakeIndicator(derived, World(), {});
  for (const char* field : {"breakdowns", "minimum", "maximum", "year_on_year_threshold",
                            "stock_identity", "aggregation"}) {
    EXPECT_THAT(result, HasViolation(std::string("indicator.") + field));
  }
}

struct ExpressionCase {
  std::string name;
  std::string expression;
  std::string problem;
};

class ExpressionRefused : public ::testing::TestWithParam<ExpressionCase> {};

TEST_P(ExpressionRefused, WithTheColumn) {
  // D of the world rests on A, E on D; the draft takes the place of A.
  const auto result = MakeIndicator(Derived("A", GetParam().expression), World(), {});
  EXPECT_THAT(result, HasReason(common::kExpressionInvalid));
  EXPECT_THAT(common::DetailOf(result.status()).violations,
              ElementsAre(AllOf(
                  Field(&common::FieldViolation::field, "indicator.expression"),
                  Field(&common::FieldViolation::description, StartsWith(GetParam().problem)))));
}

INSTANTIATE_TEST_SUITE_P(
    Expressions, ExpressionRefused,
    ::testing::ValuesIn<ExpressionCase>({
        {"Target", "B + target(B)", "column 5: `target(B)` is not of the same report"},
        {"Previous", "previous(B)", "column 1: `previous(B)` is not of the same report"},
        {"LastYear", "last_year(B)", "column 1: `last_year(B)` is not of the same report"},
        {"NoSuchGroup", "sum(W, none)", "column 1: W has no breakdown `none`"},
        {"ItIsItself", "B + A", "column 5: by `A` the indicator would be computed from itself"},
        {"ThroughTwoOthers", "E", "column 1: by `E` the indicator would be computed from itself"},
    }),
    testkit::CaseName<ExpressionCase>);

TEST(UpdateIndicatorTest, OtherContentIsTheNextDefinition) {
  Indicator draft = Whole();
  draft.title.vi = "Số hợp tác xã đang hoạt động";
  draft.definition_version = 77;
  Indicator stored = Whole();
  stored.definition_version = 4;
  Indicator expected = draft;
  expected.definition_version = 5;
  EXPECT_THAT(UpdateIndicator(stored, draft, World(), {}), IsOkAndHolds(expected));
}

TEST(UpdateIndicatorTest, TheSameContentChangesNothing) {
  Indicator stored = Whole();
  stored.definition_version = 4;
  Indicator draft = Whole();
  draft.id = {};
  EXPECT_THAT(UpdateIndicator(stored, draft, World(), {}), IsOkAndHolds(stored));
}

TEST(UpdateIndicatorTest, ItsNatureStays) {
  Indicator flow = Count("A");
  flow.measure = Measure::kFlow;
  EXPECT_THAT(UpdateIndicator(Count("A"), flow, World(), {}), HasViolation("indicator.measure"));
  EXPECT_THAT(UpdateIndicator(Count("Z"), Derived("Z", "B"), World(), {}),
              HasViolation("indicator.expression"));
  EXPECT_THAT(UpdateIndicator(Derived("D", "A * 2"), Count("D"), World(), {}),
              HasViolation("indicator.expression"));
}

TEST(UpdateIndicatorTest, AWeightNeverBecomesNegative) {
  const Indicators known = samples::SomeIndicators();
  Indicator weight = Count("COOP_TOTAL");
  weight.minimum = Dec("-1");
  EXPECT_THAT(UpdateIndicator(Count("COOP_TOTAL"), weight, known, {}),
              HasViolation("indicator.minimum"));
  weight.minimum = Dec("1");
  EXPECT_TRUE(UpdateIndicator(Count("COOP_TOTAL"), weight, known, {}).ok());
}

TEST(UpdateIndicatorTest, ADerivedOneNeverComesToRestOnItself) {
  const auto result = UpdateIndicator(Derived("D", "A * 2"), Derived("D", "E"), World(), {});
  EXPECT_THAT(result, HasReason(common::kExpressionInvalid));
}

}  // namespace
}  // namespace reporting
