// Rules and derived fields of forms, and the next versions of forms.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/rule_samples.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::AFormId;
using samples::ARule;
using samples::Code;
using samples::Count;
using samples::Derived;
using samples::Flow;
using samples::FormOf;
using samples::Known;
using samples::Parts;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

// T is divided into A and B (`sector`) and into A and OUT (`wide`); R is derived from A and T.
std::vector<Indicator> Fields() {
  Indicator total = Count("T");
  total.breakdowns = {Parts("sector", BreakdownKind::kExhaustive, {"A", "B"}),
                      Parts("wide", BreakdownKind::kOverlapping, {"A", "OUT"})};
  return {total, Count("A"), Count("B"), Derived("R", "A / T * 100")};
}

Form Valid() { return FormOf(Fields(), {ARule("sum", "sum(T, sector) = T")}); }

TEST(MakeFormTest, TakesRulesAndDerivedFields) {
  EXPECT_THAT(MakeForm(Valid(), Known(Fields()), {}), IsOkAndHolds(Valid()));
}

struct RuleCase {
  std::string name;
  std::function<void(Form&)> spoil;
  std::string field;
  std::string_view reason;
};

class RuleRefused : public ::testing::TestWithParam<RuleCase> {};

TEST_P(RuleRefused, AtTheField) {
  Form form = Valid();
  GetParam().spoil(form);
  const auto result = MakeForm(form, Known(Fields()), {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

void SetCondition(Form& form, std::string_view condition) {
  form.rules[0].condition = samples::AnExpression(condition);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, RuleRefused,
    ::testing::ValuesIn<RuleCase>({
        {"NoName", [](Form& it) { it.rules[0].rule.clear(); }, "form.rules[0].rule",
         common::kRequiredFieldMissing},
        {"Misspelt", [](Form& it) { it.rules[0].rule = "Sum"; }, "form.rules[0].rule",
         common::kInvalidName},
        {"Twice", [](Form& it) { it.rules.push_back(it.rules[0]); }, "form.rules[1].rule",
         common::kInvalidField},
        {"NoMessage", [](Form& it) { it.rules[0].message = {}; }, "form.rules[0].message.vi",
         common::kRequiredFieldMissing},
        {"NoSeverity", [](Form& it) { it.rules[0].severity = Severity::kUnspecified; },
         "form.rules[0].severity", common::kRequiredFieldMissing},
        {"NoCondition", [](Form& it) { it.rules[0].condition.reset(); }, "form.rules[0].condition",
         common::kRequiredFieldMissing},
        {"NotInTheForm", [](Form& it) { SetCondition(it, "OUT = 1"); }, "form.rules[0].condition",
         common::kExpressionInvalid},
        {"PreviousNotInTheForm", [](Form& it) { SetCondition(it, "T = previous(OUT)"); },
         "form.rules[0].condition", common::kExpressionInvalid},
        {"NoSuchGroup", [](Form& it) { SetCondition(it, "T = sum(T, none)"); },
         "form.rules[0].condition", common::kExpressionInvalid},
        {"PartNotInTheForm", [](Form& it) { SetCondition(it, "T = sum(T, wide)"); },
         "form.rules[0].condition", common::kExpressionInvalid},
        {"TooMany", [](Form& it) { it.rules.resize(501, it.rules[0]); }, "form.rules",
         common::kInvalidField},
        {"DerivedRequired", [](Form& it) { it.fields[3].required = true; },
         "form.fields[3].required", common::kInvalidField},
        {"DerivedWithoutItsInputs",
         [](Form& it) {
           it.rules.clear();
           it.fields.erase(it.fields.begin());
         },
         "form.fields[2].indicator", common::kInvalidField},
    }),
    testkit::CaseName<RuleCase>);

TEST(MakeFormTest, NamesTheColumnInARule) {
  Form form = Valid();
  SetCondition(form, "T = 1 and OUT = 1");
  EXPECT_THAT(common::DetailOf(MakeForm(form, Known(Fields()), {}).status()).violations,
              ElementsAre(Field(&common::FieldViolation::description,
                                "column 11: the form does not have OUT")));
}

TEST(MakeFormTest, WhatIsComputedTogetherHasABound) {
  std::string condition = "T = 0";
  while (condition.size() < 1990) condition += " or T = 1";
  Form form = Valid();
  for (int i = 0; i < 50; ++i) form.rules.push_back(ARule("r" + std::to_string(i), condition));
  EXPECT_THAT(MakeForm(form, Known(Fields()), {}), IsOk());
  form.rules.push_back(ARule("last", condition));
  EXPECT_THAT(MakeForm(form, Known(Fields()), {}), HasViolation("form.rules"));
}

TEST(MakeFormTest, ADerivedFieldMayRestOnOthersThatTheFormDoesNotShow) {
  const Indicators known =
      Known({Count("A"), Derived("BETWEEN", "A + 1"), Derived("R", "BETWEEN * 2")});
  const Form form = FormOf({Count("A"), Derived("R", "BETWEEN * 2")});
  EXPECT_THAT(MakeForm(form, known, {}), IsOk());
  EXPECT_THAT(MakeForm(FormOf({Derived("R", "BETWEEN * 2")}), known, {}),
              HasViolation("form.fields[0].indicator"));
}

TEST(UpdateFormTest, OtherContentIsTheNextVersion) {
  Form stored = Valid();
  stored.version = 6;
  Form draft = Valid();
  draft.unit_kind = UnitKind::kUnspecified;
  draft.period_level = PeriodLevel::kUnspecified;
  EXPECT_THAT(UpdateForm(stored, draft, Known(Fields()), {}), IsOkAndHolds(stored));
  draft.rules.clear();
  const auto next = UpdateForm(stored, draft, Known(Fields()), {});
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(next->version, 7);
  EXPECT_THAT(next->rules, IsEmpty());
  EXPECT_EQ(next->period_level, PeriodLevel::kYear);
}

TEST(UpdateFormTest, KindOfUnitAndLengthOfPeriodStay) {
  Form draft = Valid();
  draft.unit_kind = UnitKind::kCooperative;
  draft.period_level = PeriodLevel::kMonth;
  const auto result = UpdateForm(Valid(), draft, Known(Fields()), {});
  EXPECT_THAT(result, HasViolation("form.unit_kind"));
  EXPECT_THAT(result, HasViolation("form.period_level"));
}

TEST(CheckFiguresTest, AFigureForADerivedIndicatorIsRefused) {
  const FormDefinition form = FormDefinition::Make(Valid(), Known(Fields())).value();
  std::vector<Figure> figures = {samples::Number("R", "12")};
  Violations violations;
  CheckFigures(form, "figures", figures, violations);
  EXPECT_THAT(violations.list(),
              ElementsAre(AllOf(Field(&common::FieldViolation::field, "figures[0].indicator"),
                                Field(&common::FieldViolation::description,
                                      HasSubstr("R is derived: it is computed")))));
}

TEST(RuleNeedsTest, AreWhatTheRulesLookAt) {
  const auto needs = [](const std::vector<Indicator>& indicators, std::vector<Rule> rules) {
    return samples::DefinitionOf(indicators, std::move(rules)).needs();
  };
  EXPECT_EQ(needs({Count("A")}, {ARule("r", "A = 1")}), RuleNeeds());
  EXPECT_EQ(needs({Count("A")}, {ARule("r", "A >= previous(A)")}), (RuleNeeds{.previous = true}));
  EXPECT_EQ(needs({Count("A")}, {ARule("r", "A >= target(A)")}), (RuleNeeds{.targets = true}));
  Indicator watched = Count("A");
  watched.year_on_year_threshold = samples::Dec("5");
  EXPECT_EQ(needs({watched}, {}), (RuleNeeds{.last_year = true}));
  Indicator stock = Count("A");
  stock.stock_identity = StockIdentity{.inflows = {Code("NEW")}, .severity = Severity::kError};
  EXPECT_EQ(needs({stock, Flow("NEW")}, {}), (RuleNeeds{.previous = true}));
}

TEST(RuleNeedsTest, AFormForYearsNeedsThoseForItsPartsThatShareAFlow) {
  const auto named = [](std::string_view id, const std::vector<Indicator>& indicators,
                        PeriodLevel level, UnitKind kind = UnitKind::kAlliance) {
    Form form = FormOf(indicators, {}, level);
    form.id = AFormId(id);
    form.unit_kind = kind;
    return form;
  };
  const std::vector<Indicator> shared = {Flow("NEW"), Count("T")};
  const std::vector<Form> others = {
      named("half", shared, PeriodLevel::kHalf), named("another-year", shared, PeriodLevel::kYear),
      named("stocks-only", {Count("T")}, PeriodLevel::kQuarter),
      named("cooperatives", shared, PeriodLevel::kHalf, UnitKind::kCooperative),
      named("month", shared, PeriodLevel::kMonth)};
  const auto year =
      FormDefinition::Make(named("year", shared, PeriodLevel::kYear), Known(shared), others);
  EXPECT_THAT(year->needs().within_year, ElementsAre(Field(&RelatedForm::form, AFormId("half")),
                                                     Field(&RelatedForm::form, AFormId("month"))));
  const auto quarter =
      FormDefinition::Make(named("quarter", shared, PeriodLevel::kQuarter), Known(shared), others);
  EXPECT_THAT(quarter->needs().within_year,
              ElementsAre(Field(&RelatedForm::form, AFormId("another-year"))));
}

}  // namespace
}  // namespace reporting
