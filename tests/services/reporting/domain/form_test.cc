#include "services/reporting/domain/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::AnnualDefinition;
using samples::AnnualForm;
using samples::Code;
using samples::NotApplicable;
using samples::Number;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

TEST(MakeFormTest, TakesAFormWhoseIndicatorsExist) {
  EXPECT_THAT(MakeForm(AnnualForm(), samples::SomeIndicators(), {}), IsOkAndHolds(AnnualForm()));
}

struct FormCase {
  std::string name;
  std::function<void(Form&)> spoil;
  std::string field;
  std::string_view reason;
};

class FormRefused : public ::testing::TestWithParam<FormCase> {};

TEST_P(FormRefused, AtTheField) {
  Form form = AnnualForm();
  GetParam().spoil(form);
  const auto result = MakeForm(form, samples::SomeIndicators(), {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, FormRefused,
    ::testing::ValuesIn<FormCase>({
        {"NoTitle", [](Form& form) { form.title.vi.clear(); }, "form.title.vi",
         common::kRequiredFieldMissing},
        {"NoUnitKind", [](Form& form) { form.unit_kind = UnitKind::kUnspecified; },
         "form.unit_kind", common::kRequiredFieldMissing},
        {"NoPeriodLevel", [](Form& form) { form.period_level = PeriodLevel::kUnspecified; },
         "form.period_level", common::kRequiredFieldMissing},
        {"NoFields", [](Form& form) { form.fields.clear(); }, "form.fields",
         common::kRequiredFieldMissing},
        {"TooManyFields", [](Form& form) { form.fields.resize(5001); }, "form.fields",
         common::kInvalidField},
        {"IndicatorTwice", [](Form& form) { form.fields[3].indicator = Code("COOP_NEW"); },
         "form.fields[3].indicator", kDuplicateIndicator},
    }),
    testkit::CaseName<FormCase>);

TEST(MakeFormTest, AllIndicatorsThatDoNotExistAreNamed) {
  Form form = AnnualForm();
  form.fields[1].indicator = Code("NOT_THERE");
  form.fields[2].indicator = Code("NOR_THIS");
  const auto result = MakeForm(form, samples::SomeIndicators(), {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kIndicatorUnknown));
  EXPECT_THAT(result, HasViolation("form.fields[1].indicator"));
  EXPECT_THAT(result, HasViolation("form.fields[2].indicator"));
}

TEST(FormDefinitionTest, FindsItsFields) {
  const FormDefinition form = AnnualDefinition();
  ASSERT_NE(form.Find(Code("REV_AVG")), nullptr);
  EXPECT_EQ(form.Find(Code("REV_AVG"))->position, 3U);
  EXPECT_EQ(form.Find(Code("REV_AVG"))->indicator.scale, 1);
  EXPECT_TRUE(form.Find(Code("COOP_NEW"))->required);
  EXPECT_EQ(form.Find(Code("OTHER")), nullptr);
}

TEST(FormDefinitionTest, NeedsAllItsIndicators) {
  EXPECT_THAT(FormDefinition::Make(AnnualForm(), {}), HasReason(kIndicatorUnknown));
}

TEST(CheckFiguresTest, PutsFiguresIntoTheOrderOfTheForm) {
  std::vector<Figure> figures = {Number("MEMBERS", "215000"), Number("COOP_NEW", "48"),
                                 Number("COOP_TOTAL", "662")};
  Violations violations;
  CheckFigures(AnnualDefinition(), "report.figures", figures, violations);
  EXPECT_THAT(violations.ToStatus(), IsOk());
  EXPECT_THAT(figures, ElementsAreArray(
                           samples::Checked({Number("COOP_TOTAL", "662"), Number("COOP_NEW", "48"),
                                             Number("MEMBERS", "215000")})));
}

TEST(CheckFiguresTest, WhatDoesNotApplyIsGiven) {
  std::vector<Figure> figures = {NotApplicable("COOP_TOTAL"), NotApplicable("COOP_NEW")};
  Violations violations;
  CheckFigures(AnnualDefinition(), "figures", figures, violations);
  EXPECT_THAT(violations.ToStatus(), IsOk());
}

TEST(CheckFiguresTest, NormalisesNotes) {
  std::vector<Figure> figures = {Number("COOP_TOTAL", "1"), Number("COOP_NEW", "0")};
  figures[0].note = "u\u031bo\u031b\u0301c ";
  Violations violations;
  CheckFigures(AnnualDefinition(), "figures", figures, violations);
  EXPECT_EQ(figures[0].note, "ước");
}

struct FigureCase {
  std::string name;
  std::vector<Figure> more;
  std::string field;
  std::string_view reason;
};

class FiguresRefused : public ::testing::TestWithParam<FigureCase> {};

TEST_P(FiguresRefused, AtTheField) {
  std::vector<Figure> figures = {Number("COOP_TOTAL", "662"), Number("COOP_NEW", "48")};
  figures.insert(figures.end(), GetParam().more.begin(), GetParam().more.end());
  Violations violations;
  CheckFigures(AnnualDefinition(), "report.figures", figures, violations);
  EXPECT_THAT(violations.ToStatus(), HasReason(GetParam().reason));
  EXPECT_THAT(violations.list(),
              ElementsAre(Field(&common::FieldViolation::field, GetParam().field)));
}

INSTANTIATE_TEST_SUITE_P(
    Figures, FiguresRefused,
    ::testing::ValuesIn<FigureCase>({
        {"NegativeCount",
         {Number("MEMBERS", "-1")},
         "report.figures[2].number",
         kFigureOutOfBounds},
        {"FractionalCount",
         {Number("MEMBERS", "0.5")},
         "report.figures[2].number",
         kFigureScaleExceeded},
        {"NotInTheForm", {Number("OCOP", "1")}, "report.figures[2].indicator", kIndicatorNotInForm},
        {"Twice", {Number("COOP_NEW", "48")}, "report.figures[2].indicator", kDuplicateIndicator},
        {"TwiceOnceNotApplicable",
         {NotApplicable("COOP_NEW")},
         "report.figures[2].indicator",
         kDuplicateIndicator},
        {"NeitherNumberNorNotApplicable",
         {{.indicator = Code("MEMBERS")}},
         "report.figures[2].number",
         common::kRequiredFieldMissing},
        {"BothNumberAndNotApplicable",
         {{.indicator = Code("MEMBERS"), .number = samples::Dec("1"), .not_applicable = true}},
         "report.figures[2].not_applicable",
         common::kInvalidField},
        {"LongNote",
         {{.indicator = Code("MEMBERS"), .not_applicable = true, .note = std::string(1001, 'x')}},
         "report.figures[2].note",
         common::kInvalidText},
    }),
    testkit::CaseName<FigureCase>);

TEST(CheckFiguresTest, NamesTheRequiredOnesThatAreMissing) {
  std::vector<Figure> figures = {Number("MEMBERS", "1")};
  Violations violations;
  CheckFigures(AnnualDefinition(), "report.figures", figures, violations);
  EXPECT_THAT(violations.ToStatus(), HasReason(kRequiredFigureMissing));
  EXPECT_THAT(violations.list(), ElementsAre(Field(&common::FieldViolation::description,
                                                   HasSubstr("COOP_TOTAL, COOP_NEW"))));
}

TEST(CheckFiguresTest, ANumberThatCouldNotBeParsedIsReportedOnceBesidesAllElse) {
  std::vector<Figure> figures = {{.indicator = Code("COOP_TOTAL")}, Number("COOP_NEW", "-4")};
  Violations violations = samples::ParsedWrong("report.figures[0].number", common::kInvalidDecimal);
  CheckFigures(AnnualDefinition(), "report.figures", figures, violations);
  EXPECT_THAT(violations.list(),
              ElementsAre(Field(&common::FieldViolation::field, "report.figures[0].number"),
                          Field(&common::FieldViolation::field, "report.figures[1].number")));
  EXPECT_THAT(violations.ToStatus(), HasReason(common::kInvalidDecimal));
}

TEST(CheckFiguresTest, ANameThatCouldNotBeParsedIsReportedOnce) {
  std::vector<Figure> figures = {Number("COOP_TOTAL", "1"), Number("COOP_NEW", "1"), Figure{}};
  Violations violations = samples::ParsedWrong("report.figures[2].indicator", common::kInvalidName);
  CheckFigures(AnnualDefinition(), "report.figures", figures, violations);
  EXPECT_EQ(violations.list().size(), 1U);
}

}  // namespace
}  // namespace reporting
