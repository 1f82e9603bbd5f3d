#include "services/awards/domain/rubric.h"

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

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

Criterion Line(const std::string& id, std::string_view max, Formula formula) {
  return {.id = id,
          .title = {.vi = "Chỉ tiêu"},
          .max_points = D(max),
          .on_missing = Absence::kZero,
          .on_not_applicable = Absence::kZero,
          .formula = std::move(formula)};
}

Band AtLeast(std::string_view threshold, std::string_view points) {
  return {.limit = BandLimit::kAtLeast, .threshold = D(threshold), .points = D(points)};
}

Band AtMost(std::string_view threshold, std::string_view points) {
  return {.limit = BandLimit::kAtMost, .threshold = D(threshold), .points = D(points)};
}

// Positions of the lines of group 1 in ValidRubric.
enum Position { kRatio, kInverse, kBands, kManual, kOnTime, kDelta, kReported, kAllOf };

Rubric ValidRubric() {
  return {
      .title = {.vi = "Thang điểm"},
      .legal_basis = "429/QĐ-LMHTXVN ngày 18/11/2019",
      .groups = {{.id = "1",
                  .title = {.vi = "Nhóm"},
                  .criteria = {Line("1.1", "10", Ratio{{"indicators/A"}, ZeroTarget::kFull}),
                               Line("1.2", "5", InverseRatio{{"indicators/A", "indicators/B"}}),
                               Line("1.3", "4",
                                    Bands{.numerator = {"indicators/A"},
                                          .denominator = {"indicators/B"},
                                          .bands = {AtLeast("80", "4"), AtLeast("60", "3")},
                                          .otherwise = D("2")}),
                               Line("1.4", "4", Manual{D("0.25")}), Line("1.5", "5", OnTimeShare{}),
                               Line("1.6", "2", DeltaEvents{D("2"), EventCount{}, D("-0.5")}),
                               Line("1.7", "7", ReportedPoints{"indicators/A"}),
                               Line("1.8", "1",
                                    AllOf{{TargetReached{"indicators/A", D("120")},
                                           FullMarks{"1.3"}}})}},
                 {.id = "2",
                  .title = {.vi = "Nhóm"},
                  .criteria = {Line("2.1", "1", OnTimeShare{})}}},
      .bonus = Extra{.criteria = {Line("B-1", "2", PerItem{EventCount{}, D("1")})}, .cap = D("5")},
      .penalty = Extra{.criteria = {Line("P1", "9", ReportDelays{D("0.25"), D("0.5"), D("1")})},
                       .cap = D("7.25")},
      .rounding = {.scale = 2, .mode = common::RoundingMode::kHalfUp},
      .rank_basis = RankBasis::kRoundedTotal,
      .tie_breaks = {ByBaseTotal{}, ByGroup{"2"}, ByFullTotal{}, ByPenalty{}},
      .rank_style = RankStyle::kCompetition};
}

template <typename Kind>
Kind& FormulaAt(Rubric& rubric, Position position) {
  return std::get<Kind>(rubric.groups[0].criteria[position].formula);
}

TEST(ValidateRubric, AcceptsEveryKindOfFormula) {
  EXPECT_TRUE(ValidateRubric(ValidRubric()).empty());
}

TEST(ValidateRubric, AcceptsARubricWithoutExtrasAndTieBreaks) {
  Rubric rubric = ValidRubric();
  rubric.bonus.reset();
  rubric.penalty.reset();
  rubric.tie_breaks.clear();
  EXPECT_TRUE(ValidateRubric(rubric).empty());
}

struct RubricCase {
  std::string name{};
  std::function<void(Rubric&)> change{};
  std::string field{};
  std::string reason{};
};

class RubricRefused : public ::testing::TestWithParam<RubricCase> {};

TEST_P(RubricRefused, NamesTheFieldAndNoOther) {
  Rubric rubric = ValidRubric();
  GetParam().change(rubric);
  const Violations violations = ValidateRubric(rubric);
  ASSERT_EQ(violations.list().size(), 1U);
  EXPECT_EQ(violations.list()[0].field, GetParam().field);
  EXPECT_EQ(violations.list()[0].reason, GetParam().reason);
}

constexpr char kRule[] = "RUBRIC_INVALID";
constexpr char kRequired[] = "REQUIRED_FIELD_MISSING";

INSTANTIATE_TEST_SUITE_P(
    Head, RubricRefused,
    ::testing::ValuesIn<RubricCase>({
        {"NoTitle", [](Rubric& r) { r.title.vi.clear(); }, "rubric.title.vi", kRequired},
        {"NoLegalBasis", [](Rubric& r) { r.legal_basis.clear(); }, "rubric.legal_basis", kRequired},
        {"NoRounding", [](Rubric& r) { r.rounding.mode.reset(); }, "rubric.rounding.mode",
         kRequired},
        {"SevenPlaces", [](Rubric& r) { r.rounding.scale = 7; }, "rubric.rounding.scale", kRule},
        {"NoRankBasis", [](Rubric& r) { r.rank_basis = RankBasis::kUnspecified; },
         "rubric.rank_basis", kRequired},
        {"NoRankStyle", [](Rubric& r) { r.rank_style = RankStyle::kUnspecified; },
         "rubric.rank_style", kRequired},
        {"EmptyTieBreak", [](Rubric& r) { r.tie_breaks[0] = {}; }, "rubric.tie_breaks[0]",
         kRequired},
        {"TieBreakByUnknownGroup", [](Rubric& r) { r.tie_breaks[1] = ByGroup{"9"}; },
         "rubric.tie_breaks[1].group", kRule},
    }),
    testkit::CaseName<RubricCase>);

INSTANTIATE_TEST_SUITE_P(
    Lists, RubricRefused,
    ::testing::ValuesIn<RubricCase>({
        {"GroupWithoutId", [](Rubric& r) { r.groups[0].id.clear(); }, "rubric.groups[0].id",
         kRequired},
        {"GroupIdWithSpace", [](Rubric& r) { r.groups[0].id = "1 a"; }, "rubric.groups[0].id",
         kRule},
        {"GroupIdTooLong", [](Rubric& r) { r.groups[0].id = std::string(33, 'a'); },
         "rubric.groups[0].id", kRule},
        {"GroupIdTwice", [](Rubric& r) { r.groups[0].id = "2"; }, "rubric.groups[1].id", kRule},
        {"EmptyGroup", [](Rubric& r) { r.groups[1].criteria.clear(); }, "rubric.groups[1].criteria",
         kRequired},
        {"CriterionIdTwiceInBonus", [](Rubric& r) { r.bonus->criteria[0].id = "2.1"; },
         "rubric.bonus.criteria[0].id", kRule},
        {"CriterionWithoutTitle", [](Rubric& r) { r.groups[1].criteria[0].title.vi.clear(); },
         "rubric.groups[1].criteria[0].title.vi", kRequired},
        {"MaximumOfZero", [](Rubric& r) { r.groups[1].criteria[0].max_points = D("0"); },
         "rubric.groups[1].criteria[0].max_points", kRule},
        {"NoRuleForMissing",
         [](Rubric& r) { r.groups[1].criteria[0].on_missing = Absence::kUnspecified; },
         "rubric.groups[1].criteria[0].on_missing", kRequired},
        {"RedistributionInBonus",
         [](Rubric& r) { r.bonus->criteria[0].on_not_applicable = Absence::kRedistribute; },
         "rubric.bonus.criteria[0].on_not_applicable", kRule},
        {"RedistributionInPenalty",
         [](Rubric& r) { r.penalty->criteria[0].on_missing = Absence::kRedistribute; },
         "rubric.penalty.criteria[0].on_missing", kRule},
        {"NoFormula", [](Rubric& r) { r.groups[1].criteria[0].formula = {}; },
         "rubric.groups[1].criteria[0].formula", kRequired},
        {"CapOfZero", [](Rubric& r) { r.bonus->cap = D("0"); }, "rubric.bonus.cap", kRule},
        {"CapFinerThanLines", [](Rubric& r) { r.penalty->cap = D("7.125"); }, "rubric.penalty.cap",
         kRule},
        {"EmptyBonus", [](Rubric& r) { r.bonus->criteria.clear(); }, "rubric.bonus.criteria",
         kRequired},
    }),
    testkit::CaseName<RubricCase>);

INSTANTIATE_TEST_SUITE_P(
    Formulas, RubricRefused,
    ::testing::ValuesIn<RubricCase>({
        {"NoIndicator", [](Rubric& r) { FormulaAt<Ratio>(r, kRatio).indicators.clear(); },
         "rubric.groups[0].criteria[0].ratio.indicators", kRequired},
        {"IndicatorName", [](Rubric& r) { FormulaAt<Ratio>(r, kRatio).indicators = {"COOP_NEW"}; },
         "rubric.groups[0].criteria[0].ratio.indicators[0]", "INVALID_NAME"},
        {"IndicatorTwice",
         [](Rubric& r) {
           FormulaAt<InverseRatio>(r, kInverse).indicators = {"indicators/A", "indicators/A"};
         },
         "rubric.groups[0].criteria[1].inverse_ratio.indicators[1]", kRule},
        {"NoZeroTarget",
         [](Rubric& r) { FormulaAt<Ratio>(r, kRatio).zero_target = ZeroTarget::kUnspecified; },
         "rubric.groups[0].criteria[0].ratio.zero_target", kRequired},
        {"NoBands", [](Rubric& r) { FormulaAt<Bands>(r, kBands).bands.clear(); },
         "rubric.groups[0].criteria[2].bands.bands", kRequired},
        {"BandsGoUp",
         [](Rubric& r) {
           FormulaAt<Bands>(r, kBands).bands = {AtLeast("60", "3"), AtLeast("80", "4")};
         },
         "rubric.groups[0].criteria[2].bands.bands[1].at_least", kRule},
        {"BandTwice",
         [](Rubric& r) {
           FormulaAt<Bands>(r, kBands).bands = {AtLeast("60", "3"), AtLeast("60", "4")};
         },
         "rubric.groups[0].criteria[2].bands.bands[1].at_least", kRule},
        {"UpperLimitsGoDown",
         [](Rubric& r) {
           FormulaAt<Bands>(r, kBands).bands = {AtMost("15", "1"), AtMost("5", "2")};
         },
         "rubric.groups[0].criteria[2].bands.bands[1].at_most", kRule},
        {"LimitsMixed",
         [](Rubric& r) {
           FormulaAt<Bands>(r, kBands).bands = {AtLeast("15", "1"), AtMost("5", "2")};
         },
         "rubric.groups[0].criteria[2].bands.bands[1].at_most", kRule},
        {"BandWithoutLimit",
         [](Rubric& r) { FormulaAt<Bands>(r, kBands).bands[1].limit = BandLimit::kUnspecified; },
         "rubric.groups[0].criteria[2].bands.bands[1].threshold", kRequired},
        {"BandAboveMaximum",
         [](Rubric& r) { FormulaAt<Bands>(r, kBands).bands[0].points = D("4.5"); },
         "rubric.groups[0].criteria[2].bands.bands[0].points", kRule},
        {"OtherwiseBelowNothing",
         [](Rubric& r) { FormulaAt<Bands>(r, kBands).otherwise = D("-1"); },
         "rubric.groups[0].criteria[2].bands.otherwise", kRule},
        {"StepOfZero", [](Rubric& r) { FormulaAt<Manual>(r, kManual).step = D("0"); },
         "rubric.groups[0].criteria[3].manual.step", kRule},
        {"StepDoesNotReachMaximum",
         [](Rubric& r) { FormulaAt<Manual>(r, kManual).step = D("0.3"); },
         "rubric.groups[0].criteria[3].manual.step", kRule},
        {"StartAboveMaximum", [](Rubric& r) { FormulaAt<DeltaEvents>(r, kDelta).start = D("2.5"); },
         "rubric.groups[0].criteria[5].delta_events.start", kRule},
        {"NothingCounted", [](Rubric& r) { FormulaAt<DeltaEvents>(r, kDelta).count = {}; },
         "rubric.groups[0].criteria[5].delta_events.count", kRequired},
        {"DeltaOfZero", [](Rubric& r) { FormulaAt<DeltaEvents>(r, kDelta).points = D("0"); },
         "rubric.groups[0].criteria[5].delta_events.points", kRule},
        {"CountedIndicatorName",
         [](Rubric& r) { FormulaAt<DeltaEvents>(r, kDelta).count = IndicatorCount{"a"}; },
         "rubric.groups[0].criteria[5].delta_events.count.indicator", "INVALID_NAME"},
        {"NoReportedIndicator",
         [](Rubric& r) { FormulaAt<ReportedPoints>(r, kReported).indicator.clear(); },
         "rubric.groups[0].criteria[6].reported_points.indicator", kRequired},
        {"ItemWorthNothing",
         [](Rubric& r) {
           r.bonus->criteria[0].formula = PerItem{EventCount{}, D("0")};
         },
         "rubric.bonus.criteria[0].per_item.points", kRule},
        {"DelayBelowNothing",
         [](Rubric& r) {
           r.penalty->criteria[0].formula = ReportDelays{D("0"), D("-0.5"), D("1")};
         },
         "rubric.penalty.criteria[0].report_delays.late", kRule},
    }),
    testkit::CaseName<RubricCase>);

INSTANTIATE_TEST_SUITE_P(
    Conditions, RubricRefused,
    ::testing::ValuesIn<RubricCase>({
        {"None", [](Rubric& r) { FormulaAt<AllOf>(r, kAllOf).conditions.clear(); },
         "rubric.groups[0].criteria[7].all_of.conditions", kRequired},
        {"Empty", [](Rubric& r) { FormulaAt<AllOf>(r, kAllOf).conditions[0] = {}; },
         "rubric.groups[0].criteria[7].all_of.conditions[0]", kRequired},
        {"IndicatorName",
         [](Rubric& r) {
           FormulaAt<AllOf>(r, kAllOf).conditions[0] = TargetReached{"indicators/a", D("1")};
         },
         "rubric.groups[0].criteria[7].all_of.conditions[0].target_reached.indicator",
         "INVALID_NAME"},
        {"UnknownCriterion",
         [](Rubric& r) { FormulaAt<AllOf>(r, kAllOf).conditions[1] = FullMarks{"9"}; },
         "rubric.groups[0].criteria[7].all_of.conditions[1].full_marks", kRule},
        {"CriterionOfTheBonus",
         [](Rubric& r) { FormulaAt<AllOf>(r, kAllOf).conditions[1] = FullMarks{"B-1"}; },
         "rubric.groups[0].criteria[7].all_of.conditions[1].full_marks", kRule},
        {"Itself", [](Rubric& r) { FormulaAt<AllOf>(r, kAllOf).conditions[1] = FullMarks{"1.8"}; },
         "rubric.groups[0].criteria[7].all_of.conditions[1].full_marks", kRule},
        {"Chain", [](Rubric& r) { r.bonus->criteria[0].formula = AllOf{{FullMarks{"1.8"}}}; },
         "rubric.bonus.criteria[0].all_of.conditions[0].full_marks", kRule},
    }),
    testkit::CaseName<RubricCase>);

TEST(ValidateRubric, ReportsEverythingUnderOneReason) {
  Rubric rubric = ValidRubric();
  rubric.legal_basis.clear();
  rubric.groups[0].criteria[kManual].formula = Manual{};
  rubric.penalty->cap = D("-1");
  const absl::Status status = ValidateRubric(rubric).ToStatus(kRubricInvalid);
  EXPECT_THAT(status, testkit::StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, testkit::HasReason(kRubricInvalid));
  EXPECT_THAT(status, testkit::HasViolation("rubric.legal_basis"));
  EXPECT_THAT(status, testkit::HasViolation("rubric.groups[0].criteria[3].manual.step"));
  EXPECT_THAT(status, testkit::HasViolation("rubric.penalty.cap"));
}

TEST(ValidateRubric, DoesNotBlameNeighboursOfWhatCouldNotBeRead) {
  Rubric rubric = ValidRubric();
  Violations violations;
  const std::string bands = "rubric.groups[0].criteria[2]";
  rubric.groups[0].criteria[kBands].max_points =
      violations.Take(bands + ".max_points", Decimal::Parse("x"));
  FormulaAt<Bands>(rubric, kBands).bands[0].threshold =
      violations.Take(bands + ".bands.bands[0].at_least", Decimal::Parse("8O"));
  const Violations all = ValidateRubric(rubric, violations);
  EXPECT_EQ(all.list(), violations.list());
  EXPECT_EQ(all.list()[0].reason, common::kInvalidDecimal);
}

TEST(FindCriterion, LooksInGroupsBonusAndPenalty) {
  const Rubric rubric = ValidRubric();
  EXPECT_EQ(FindCriterion(rubric, "1.4"), &rubric.groups[0].criteria[kManual]);
  EXPECT_EQ(FindCriterion(rubric, "B-1"), rubric.bonus->criteria.data());
  EXPECT_EQ(FindCriterion(rubric, "P1"), rubric.penalty->criteria.data());
  EXPECT_EQ(FindCriterion(rubric, "1"), nullptr);
}

}  // namespace
}  // namespace awards
