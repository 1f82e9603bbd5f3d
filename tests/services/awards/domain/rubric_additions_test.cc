// What ValidateRubric says of measures, scales, groups in groups, classes and legal documents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "services/awards/domain/rubric.h"
#include "tests/testkit/case_name.h"

namespace awards {
namespace {

using common::Decimal;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

WrittenExpression Written(const std::string& text) {
  return {.text = text, .parsed = common::expression::Expression::Parse(text).value()};
}

Measure OfFigure(const std::string& code) {
  return {.of = FigureSum{.indicators = {"indicators/" + code}}};
}

Criterion Line(const std::string& id, std::string_view max, Formula formula,
               std::string_view weight = "") {
  Criterion line{.id = id,
                 .title = {.vi = "Chỉ tiêu"},
                 .max_points = D(max),
                 .on_missing = Absence::kZero,
                 .on_not_applicable = Absence::kZero,
                 .formula = std::move(formula)};
  if (!weight.empty()) line.weight = D(weight);
  return line;
}

Goalposts SomeGoalposts() {
  return {.measure = OfFigure("A"),
          .zero_at = D("10"),
          .full_at = D("20"),
          .scale = Goalposts::Scale::kLinear,
          .beyond = Goalposts::Beyond::kClipped};
}

Relative SomeRelative() {
  return {.measure = OfFigure("A"),
          .method = Relative::Method::kZScore,
          .direction = Direction::kHigherIsBetter,
          .even = Relative::Even::kHalf,
          .z_span = D("3")};
}

RankPoints SomeRankPoints() {
  return {.measure = OfFigure("A"),
          .direction = Direction::kLowerIsBetter,
          .points = {D("5"), D("3"), D("3")},
          .otherwise = D("1"),
          .ties = RankPoints::Ties::kAverage};
}

Bands SomeBands() {
  return {.bands = {{.limit = BandLimit::kAtLeast, .threshold = D("80"), .points = D("4")},
                    {.limit = BandLimit::kAtLeast, .threshold = D("60"), .points = D("3")}},
          .otherwise = D("2"),
          .measure = Measure{.of = PercentOfTarget{{"indicators/A"}},
                             .precision = Rounding{0, common::RoundingMode::kDown}}};
}

// Positions in group 1 of Valid.
enum Position { kPosts, kPieces, kRelative, kRanked, kLeader, kCustom, kBands, kAllOf };

Rubric Valid() {
  Rubric rubric{
      .title = {.vi = "Thang điểm"},
      .legal_basis = "437/QĐ-LMHTXVN ngày 15/8/2024",
      .groups = {{.id = "1",
                  .title = {.vi = "Nhóm"},
                  .criteria = {Line("1.1", "5", SomeGoalposts()),
                               Line("1.2", "4",
                                    Piecewise{.measure = OfFigure("A"),
                                              .vertices = {{D("0"), D("0")}, {D("60"), D("4")}}}),
                               Line("1.3", "5", SomeRelative()), Line("1.4", "5", SomeRankPoints()),
                               Line("1.5", "5",
                                    LeaderRelative{{"indicators/A"}, Direction::kHigherIsBetter}),
                               Line("1.6", "5", CustomExpression{Written("A / target(B)")}),
                               Line("1.7", "4", SomeBands()),
                               Line(
                                   "1.8", "1",
                                   AllOf{{MeasureReached{OfFigure("A"), BandLimit::kAtMost, D("5")},
                                          Written("A > last_year(A)")}})}},
                 {.id = "2",
                  .title = {.vi = "Nhóm"},
                  .criteria = {Line("2.1", "4", OnTimeShare{}, "2")},
                  .groups = {{.id = "2a",
                              .title = {.vi = "Nhóm con"},
                              .criteria = {Line("2a.1", "3", OnTimeShare{}),
                                           Line("2a.2", "3", OnTimeShare{})},
                              .max_points = D("5"),
                              .weight = D("12.5")}},
                  .aggregation = Aggregation::kGeometricMean,
                  .max_points = D("20"),
                  .rounding = Rounding{1, common::RoundingMode::kDown},
                  .minimum_data = D("65")}},
      .rounding = {.scale = 2, .mode = common::RoundingMode::kHalfUp},
      .rank_basis = RankBasis::kFullTotal,
      .tie_breaks = {ByGroup{"2a"}, ByCriterion{"2a.2"}, ByBonus{}},
      .rank_style = RankStyle::kAverage};
  rubric.predecessor = "rubrics/old";
  rubric.legal_documents = {{.number = "437/QĐ-LMHTXVN",
                             .issue_date = "2024-08-15",
                             .valid_from = "2024-08-15",
                             .valid_until = "2026-12-31"}};
  rubric.tiers = {{.id = "good", .title = {.vi = "Tốt"}, .at_least = D("40")},
                  {.id = "rest", .title = {.vi = "Khác"}}};
  rubric.rank_rounding = Rounding{1, common::RoundingMode::kHalfEven};
  rubric.minimum_data = D("50");
  return rubric;
}

template <typename Kind>
Kind& At(Rubric& rubric, Position position) {
  return std::get<Kind>(rubric.groups[0].criteria[position].formula);
}

Criterion& LineAt(Rubric& rubric, Position position) { return rubric.groups[0].criteria[position]; }

TEST(ValidateRubricAdditions, AcceptsAllThatIsValid) {
  EXPECT_THAT(ValidateRubric(Valid()).list(), IsEmpty());
}

struct AdditionCase {
  std::string name{};
  std::function<void(Rubric&)> change{};
  std::string field{};
  std::string reason = "RUBRIC_INVALID";
};

class AdditionRefused : public ::testing::TestWithParam<AdditionCase> {};

TEST_P(AdditionRefused, NamesTheFieldAndNoOther) {
  Rubric rubric = Valid();
  GetParam().change(rubric);
  const Violations violations = ValidateRubric(rubric);
  ASSERT_EQ(violations.list().size(), 1U);
  EXPECT_EQ(violations.list()[0].field, GetParam().field);
  EXPECT_EQ(violations.list()[0].reason, GetParam().reason);
}

constexpr char kRequired[] = "REQUIRED_FIELD_MISSING";

INSTANTIATE_TEST_SUITE_P(
    Measures, AdditionRefused,
    ::testing::ValuesIn<AdditionCase>({
        {"OfNothing", [](Rubric& r) { At<Goalposts>(r, kPosts).measure = {}; },
         "rubric.groups[0].criteria[0].goalposts.measure", kRequired},
        {"OfNoIndicator", [](Rubric& r) { At<Goalposts>(r, kPosts).measure = {.of = FigureSum{}}; },
         "rubric.groups[0].criteria[0].goalposts.measure.figures.indicators", kRequired},
        {"WrongBase",
         [](Rubric& r) {
           At<Goalposts>(r, kPosts).measure = {.of = Growth{{"indicators/A"}, {"B"}}};
         },
         "rubric.groups[0].criteria[0].goalposts.measure.growth.base[0]", "INVALID_NAME"},
        {"SevenPlaces",
         [](Rubric& r) {
           At<Goalposts>(r, kPosts).measure.precision = Rounding{7, common::RoundingMode::kDown};
         },
         "rubric.groups[0].criteria[0].goalposts.measure.precision.scale"},
        {"PlacesWithoutMode",
         [](Rubric& r) { At<Goalposts>(r, kPosts).measure.precision = Rounding{}; },
         "rubric.groups[0].criteria[0].goalposts.measure.precision.mode", kRequired},
        {"Condition",
         [](Rubric& r) { At<CustomExpression>(r, kCustom).expression = Written("A > 1"); },
         "rubric.groups[0].criteria[5].custom.expression"},
        {"NumberAsCondition", [](Rubric& r) { At<AllOf>(r, kAllOf).conditions[1] = Written("A"); },
         "rubric.groups[0].criteria[7].all_of.conditions[1].expression"},
        {"NoExpression", [](Rubric& r) { At<CustomExpression>(r, kCustom).expression = {}; },
         "rubric.groups[0].criteria[5].custom.expression", kRequired},
        {"AlwaysDividesByZero",
         [](Rubric& r) { At<CustomExpression>(r, kCustom).expression = Written("1 / (2 - 2)"); },
         "rubric.groups[0].criteria[5].custom.expression"},
        {"PeriodBefore",
         [](Rubric& r) { At<CustomExpression>(r, kCustom).expression = Written("previous(A)"); },
         "rubric.groups[0].criteria[5].custom.expression"},
        {"Breakdown",
         [](Rubric& r) { At<CustomExpression>(r, kCustom).expression = Written("sum(A, b)"); },
         "rubric.groups[0].criteria[5].custom.expression"},
        {"TargetOfTheMaximum",
         [](Rubric& r) {
           At<CustomExpression>(r, kCustom).expression = Written("target(MAX_POINTS)");
         },
         "rubric.groups[0].criteria[5].custom.expression"},
        {"NoThreshold",
         [](Rubric& r) {
           At<AllOf>(r, kAllOf).conditions[0] = MeasureReached{.measure = OfFigure("A")};
         },
         "rubric.groups[0].criteria[7].all_of.conditions[0].measure_reached.threshold", kRequired},
    }),
    testkit::CaseName<AdditionCase>);

INSTANTIATE_TEST_SUITE_P(
    Scales, AdditionRefused,
    ::testing::ValuesIn<AdditionCase>({
        {"EqualGoalposts", [](Rubric& r) { At<Goalposts>(r, kPosts).full_at = D("10"); },
         "rubric.groups[0].criteria[0].goalposts.full_at"},
        {"LogarithmOfZero",
         [](Rubric& r) {
           At<Goalposts>(r, kPosts).scale = Goalposts::Scale::kLogarithmic;
           At<Goalposts>(r, kPosts).zero_at = D("0");
         },
         "rubric.groups[0].criteria[0].goalposts.zero_at"},
        {"NoScale", [](Rubric& r) { At<Goalposts>(r, kPosts).scale = {}; },
         "rubric.groups[0].criteria[0].goalposts.scale", kRequired},
        {"NothingBeyond", [](Rubric& r) { At<Goalposts>(r, kPosts).beyond = {}; },
         "rubric.groups[0].criteria[0].goalposts.beyond", kRequired},
        {"UnclippedBonus",
         [](Rubric& r) {
           Goalposts posts = SomeGoalposts();
           posts.beyond = Goalposts::Beyond::kUnclipped;
           r.bonus = Extra{.criteria = {Line("B", "1", posts)}, .cap = D("1")};
         },
         "rubric.bonus.criteria[0].goalposts.beyond"},
        {"OneVertex", [](Rubric& r) { At<Piecewise>(r, kPieces).vertices.pop_back(); },
         "rubric.groups[0].criteria[1].piecewise.vertices"},
        {"VerticesOutOfOrder", [](Rubric& r) { At<Piecewise>(r, kPieces).vertices[1].at = D("0"); },
         "rubric.groups[0].criteria[1].piecewise.vertices[1].at"},
        {"VertexAboveTheMaximum",
         [](Rubric& r) { At<Piecewise>(r, kPieces).vertices[1].points = D("4.5"); },
         "rubric.groups[0].criteria[1].piecewise.vertices[1].points"},
        {"NoMethod",
         [](Rubric& r) {
           At<Relative>(r, kRelative).method = {};
           At<Relative>(r, kRelative).z_span.reset();
         },
         "rubric.groups[0].criteria[2].relative.method", kRequired},
        {"NoDirection", [](Rubric& r) { At<Relative>(r, kRelative).direction = {}; },
         "rubric.groups[0].criteria[2].relative.direction", kRequired},
        {"NothingIfEven", [](Rubric& r) { At<Relative>(r, kRelative).even = {}; },
         "rubric.groups[0].criteria[2].relative.even", kRequired},
        {"NoSpan", [](Rubric& r) { At<Relative>(r, kRelative).z_span.reset(); },
         "rubric.groups[0].criteria[2].relative.z_span", kRequired},
        {"SpanOfZero", [](Rubric& r) { At<Relative>(r, kRelative).z_span = D("0"); },
         "rubric.groups[0].criteria[2].relative.z_span"},
        {"SpanOfMinMax",
         [](Rubric& r) { At<Relative>(r, kRelative).method = Relative::Method::kMinMax; },
         "rubric.groups[0].criteria[2].relative.z_span"},
        {"LaterPlaceGetsMore", [](Rubric& r) { At<RankPoints>(r, kRanked).points[2] = D("4"); },
         "rubric.groups[0].criteria[3].rank_points.points[2]"},
        {"OthersGetMore", [](Rubric& r) { At<RankPoints>(r, kRanked).otherwise = D("3.5"); },
         "rubric.groups[0].criteria[3].rank_points.otherwise"},
        {"NoPlaces", [](Rubric& r) { At<RankPoints>(r, kRanked).points.clear(); },
         "rubric.groups[0].criteria[3].rank_points.points", kRequired},
        {"NoTies", [](Rubric& r) { At<RankPoints>(r, kRanked).ties = {}; },
         "rubric.groups[0].criteria[3].rank_points.ties", kRequired},
        {"LeaderWithoutDirection", [](Rubric& r) { At<LeaderRelative>(r, kLeader).direction = {}; },
         "rubric.groups[0].criteria[4].leader_relative.direction", kRequired},
        {"BandsOfTwoThings", [](Rubric& r) { At<Bands>(r, kBands).numerator = {"indicators/A"}; },
         "rubric.groups[0].criteria[6].bands.measure"},
        // Truncated to whole percent, nothing is from 60.2 to below 60.9.
        {"UnreachableBand",
         [](Rubric& r) {
           At<Bands>(r, kBands).bands[0].threshold = D("60.9");
           At<Bands>(r, kBands).bands[1].threshold = D("60.2");
         },
         "rubric.groups[0].criteria[6].bands.bands[1].at_least"},
        {"UnreachableLowBand",
         [](Rubric& r) {
           At<Bands>(r, kBands).bands = {
               {.limit = BandLimit::kAtMost, .threshold = D("5.1"), .points = D("4")},
               {.limit = BandLimit::kAtMost, .threshold = D("5.9"), .points = D("3")}};
         },
         "rubric.groups[0].criteria[6].bands.bands[1].at_most"},
        {"FewerThanNoEvents",
         [](Rubric& r) {
           At<Bands>(r, kBands).measure = Measure{.of = RecordedEvents{}};
           At<Bands>(r, kBands).bands = {
               {.limit = BandLimit::kAtMost, .threshold = D("-1"), .points = D("4")}};
         },
         "rubric.groups[0].criteria[6].bands.bands[0].at_most"},
        {"RedistributedBonus",
         [](Rubric& r) {
           Criterion line = Line("B", "1", OnTimeShare{});
           line.on_undefined = Absence::kRedistribute;
           r.bonus = Extra{.criteria = {line}, .cap = D("1")};
         },
         "rubric.bonus.criteria[0].on_undefined"},
        {"FinerThanTheRubric",
         [](Rubric& r) {
           LineAt(r, kPosts).rounding = Rounding{3, common::RoundingMode::kDown};
         },
         "rubric.groups[0].criteria[0].rounding.scale"},
    }),
    testkit::CaseName<AdditionCase>);

INSTANTIATE_TEST_SUITE_P(
    Groups, AdditionRefused,
    ::testing::ValuesIn<AdditionCase>({
        {"WeightInASum", [](Rubric& r) { LineAt(r, kPosts).weight = D("1"); },
         "rubric.groups[0].criteria[0].weight"},
        {"WeightOfATopGroup", [](Rubric& r) { r.groups[0].weight = D("1"); },
         "rubric.groups[0].weight"},
        {"NoWeightInAMean", [](Rubric& r) { r.groups[1].criteria[0].weight.reset(); },
         "rubric.groups[1].criteria[0].weight", kRequired},
        {"WeightOfZero", [](Rubric& r) { r.groups[1].groups[0].weight = D("0"); },
         "rubric.groups[1].groups[0].weight"},
        {"MeanWithoutMaximum", [](Rubric& r) { r.groups[1].max_points.reset(); },
         "rubric.groups[1].max_points", kRequired},
        {"CapOutOfReach", [](Rubric& r) { r.groups[1].groups[0].max_points = D("6.01"); },
         "rubric.groups[1].groups[0].max_points"},
        {"CapWithMorePlaces", [](Rubric& r) { r.groups[1].max_points = D("20.125"); },
         "rubric.groups[1].max_points"},
        // 0.002 to 12.5 is 1 to 6,250.
        {"WeightsTooFarApart", [](Rubric& r) { r.groups[1].criteria[0].weight = D("0.002"); },
         "rubric.groups[1].aggregation"},
        {"UnclippedInAGeometricMean",
         [](Rubric& r) {
           Goalposts posts = SomeGoalposts();
           posts.beyond = Goalposts::Beyond::kUnclipped;
           r.groups[1].groups[0].criteria[1].formula = posts;
           r.tiers.clear();
         },
         "rubric.groups[1].groups[0].criteria[1].goalposts.beyond"},
        {"EmptyGroup",
         [](Rubric& r) {
           r.groups[1].groups[0].criteria.clear();
           r.groups[1].groups[0].max_points.reset();
           r.tie_breaks.clear();
         },
         "rubric.groups[1].groups[0].criteria", kRequired},
        {"SameIdAtAnotherLevel",
         [](Rubric& r) {
           r.groups[1].groups[0].id = "1";
           r.tie_breaks.clear();
         },
         "rubric.groups[1].groups[0].id"},
        {"ShareAboveAll", [](Rubric& r) { r.groups[1].minimum_data = D("100.1"); },
         "rubric.groups[1].minimum_data"},
        {"ShareOfNothing", [](Rubric& r) { r.minimum_data = D("0"); }, "rubric.minimum_data"},
        {"FinerTotal",
         [](Rubric& r) {
           r.base_rounding = Rounding{3, common::RoundingMode::kDown};
         },
         "rubric.base_rounding.scale"},
        {"RankWithoutMode", [](Rubric& r) { r.rank_rounding = Rounding{}; },
         "rubric.rank_rounding.mode", kRequired},
        {"UnknownGroup", [](Rubric& r) { r.tie_breaks[0] = ByGroup{"9"}; },
         "rubric.tie_breaks[0].group"},
        {"UnknownCriterion", [](Rubric& r) { r.tie_breaks[1] = ByCriterion{"9"}; },
         "rubric.tie_breaks[1].criterion"},
    }),
    testkit::CaseName<AdditionCase>);

INSTANTIATE_TEST_SUITE_P(
    Head, AdditionRefused,
    ::testing::ValuesIn<AdditionCase>({
        {"TiersOutOfOrder", [](Rubric& r) { r.tiers[1].at_least = D("40"); },
         "rubric.tiers[1].at_least"},
        {"OpenTierBeforeTheLast", [](Rubric& r) { r.tiers[0].at_least.reset(); },
         "rubric.tiers[0].at_least", kRequired},
        // 34 in the first group and 20 in the second.
        {"TierOutOfReach", [](Rubric& r) { r.tiers[0].at_least = D("54.01"); },
         "rubric.tiers[0].at_least"},
        {"TierTwice", [](Rubric& r) { r.tiers[1].id = "good"; }, "rubric.tiers[1].id"},
        {"ReplacesItself", [](Rubric& r) { r.name = r.predecessor; }, "rubric.predecessor"},
        {"ReplacesARound", [](Rubric& r) { r.predecessor = "rounds/2020"; }, "rubric.predecessor",
         "INVALID_NAME"},
        {"NoNumber", [](Rubric& r) { r.legal_documents[0].number.clear(); },
         "rubric.legal_documents[0].number", kRequired},
        {"NoDay", [](Rubric& r) { r.legal_documents[0].issue_date.clear(); },
         "rubric.legal_documents[0].issue_date", kRequired},
        {"NoSuchDay", [](Rubric& r) { r.legal_documents[0].issue_date = "2024-02-30"; },
         "rubric.legal_documents[0].issue_date"},
        {"EndsBeforeItBegins", [](Rubric& r) { r.legal_documents[0].valid_until = "2024-08-14"; },
         "rubric.legal_documents[0].valid_until"},
    }),
    testkit::CaseName<AdditionCase>);

TEST(ValidateRubricAdditions, RefusesGroupsTooDeep) {
  Rubric rubric = Valid();
  Group inner{.id = "x0", .title = {.vi = "Nhóm"}, .criteria = {Line("x", "1", OnTimeShare{})}};
  for (int i = 1; i < 16; ++i) {
    inner = {.id = "x" + std::to_string(i), .title = {.vi = "Nhóm"}, .groups = {inner}};
  }
  rubric.groups[0] = inner;
  rubric.tiers.clear();
  EXPECT_THAT(ValidateRubric(rubric).list(), IsEmpty());
  rubric.groups[0] = {.id = "top", .title = {.vi = "Nhóm"}, .groups = {inner}};
  EXPECT_EQ(ValidateRubric(rubric).list().size(), 1U);
}

TEST(IndicatorsOf, NamesEveryUseWithItsField) {
  std::vector<std::string> uses;
  for (const IndicatorUse& use : IndicatorsOf(Valid()))
    uses.push_back(use.path + " " + use.indicator);
  const std::string first = "rubric.groups[0].criteria[";
  EXPECT_THAT(uses,
              ElementsAre(first + "0].goalposts.measure.figures.indicators[0] indicators/A",
                          first + "1].piecewise.measure.figures.indicators[0] indicators/A",
                          first + "2].relative.measure.figures.indicators[0] indicators/A",
                          first + "3].rank_points.measure.figures.indicators[0] indicators/A",
                          first + "4].leader_relative.indicators[0] indicators/A",
                          first + "5].custom.expression indicators/A",
                          first + "5].custom.expression indicators/B",
                          first + "6].bands.measure.percent_of_target.indicators[0] indicators/A",
                          first + "7].all_of.conditions[0].measure_reached.measure.figures."
                                  "indicators[0] indicators/A",
                          first + "7].all_of.conditions[1].expression indicators/A",
                          first + "7].all_of.conditions[1].expression indicators/A"));
}

TEST(UsesLastYear, BecauseOfAnExpressionOrGrowthWithoutABase) {
  Rubric rubric = Valid();
  EXPECT_TRUE(UsesLastYear(rubric));
  rubric.groups[0].criteria.pop_back();
  EXPECT_FALSE(UsesLastYear(rubric));
  At<Goalposts>(rubric, kPosts).measure = {.of = Growth{{"indicators/A"}, {"indicators/B"}}};
  EXPECT_FALSE(UsesLastYear(rubric));
  At<Goalposts>(rubric, kPosts).measure = {.of = Growth{{"indicators/A"}, {}}};
  EXPECT_TRUE(UsesLastYear(rubric));
}

}  // namespace
}  // namespace awards
