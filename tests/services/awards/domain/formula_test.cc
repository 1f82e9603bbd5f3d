#include "services/awards/domain/formula.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/testkit/case_name.h"

namespace awards {
namespace {

using common::Decimal;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

const Source kReport{.resource = "units/u/submissions/annual.2020.final", .revision = 3};
const Source kPact{.resource = "clusters/c/years/2020/pact", .revision = 1};

// Inputs written one after another.
class Unit {
 public:
  Unit Figure(const std::string& code, std::string_view number) && {
    inputs_.figures["indicators/" + code] = {.number = D(number), .source = kReport};
    return std::move(*this);
  }
  Unit NotApplicable(const std::string& code) && {
    inputs_.figures["indicators/" + code] = {.source = kReport};
    return std::move(*this);
  }
  Unit Target(const std::string& code, std::string_view number) && {
    inputs_.targets["indicators/" + code] = {.number = D(number), .source = kPact};
    return std::move(*this);
  }
  Unit Reports(ReportCounts reports) && {
    inputs_.reports = reports;
    return std::move(*this);
  }
  Unit Restatements(int64_t count) && {
    inputs_.restatements = count;
    return std::move(*this);
  }
  Unit Event(const std::string& criterion, int64_t count, const std::string& name) && {
    inputs_.events[criterion].push_back(
        {.count = count, .source = {.resource = name, .revision = 1}});
    return std::move(*this);
  }
  Unit Appraised(const std::string& criterion, std::optional<Decimal> points) && {
    inputs_.appraisals[criterion] = {
        .points = points, .source = {.resource = "rounds/r/appraisals/u.c", .revision = 2}};
    return std::move(*this);
  }

  UnitInputs inputs_{};
};

Criterion Line(std::string_view max, Formula formula) {
  return {.id = "c", .max_points = D(max), .formula = std::move(formula)};
}

Formula RatioOf(std::vector<std::string> indicators, ZeroTarget zero = ZeroTarget::kFull) {
  return Ratio{.indicators = std::move(indicators), .zero_target = zero};
}

Formula Share(std::vector<Band> bands, std::string_view otherwise) {
  return Bands{.numerator = {"indicators/A"},
               .denominator = {"indicators/B"},
               .bands = std::move(bands),
               .otherwise = D(otherwise)};
}

Band AtLeast(std::string_view threshold, std::string_view points) {
  return {.limit = BandLimit::kAtLeast, .threshold = D(threshold), .points = D(points)};
}

Band AtMost(std::string_view threshold, std::string_view points) {
  return {.limit = BandLimit::kAtMost, .threshold = D(threshold), .points = D(points)};
}

struct PointsCase {
  std::string name{};
  Criterion criterion{};
  Unit unit{};
  // Exact.
  std::string points{};
  std::string working{};
};

class Points : public ::testing::TestWithParam<PointsCase> {};

TEST_P(Points, AreExactAndShown) {
  const LineValue line = EvaluateFormula(GetParam().criterion, GetParam().unit.inputs_, {});
  EXPECT_EQ(line.basis, LineBasis::kFormula);
  EXPECT_EQ(line.points.ToFraction(), GetParam().points);
  EXPECT_EQ(line.working, GetParam().working);
}

const std::vector<std::string> kA = {"indicators/A"};
const std::vector<std::string> kAB = {"indicators/A", "indicators/B"};

INSTANTIATE_TEST_SUITE_P(
    Ratio, Points,
    ::testing::ValuesIn<PointsCase>({
        {"BelowTarget", Line("10", RatioOf(kA)), Unit().Figure("A", "18").Target("A", "20"), "9",
         "10 × min(1, 18 / 20)"},
        {"OverTarget", Line("5", RatioOf(kA)), Unit().Figure("A", "23").Target("A", "15"), "5",
         "5 × min(1, 23 / 15)"},
        {"Thirds", Line("1", RatioOf(kA)), Unit().Figure("A", "1").Target("A", "3"), "1/3",
         "1 × min(1, 1 / 3)"},
        {"Nothing", Line("10", RatioOf(kA)), Unit().Figure("A", "0").Target("A", "20"), "0",
         "10 × min(1, 0 / 20)"},
        {"BelowNothing", Line("10", RatioOf(kA)), Unit().Figure("A", "-5").Target("A", "20"), "0",
         "10 × max(0, min(1, -5 / 20))"},
        {"SumWithOneTarget", Line("4", RatioOf(kAB)),
         Unit().Figure("A", "1").Figure("B", "2").Target("B", "4"), "3", "4 × min(1, (1 + 2) / 4)"},
        {"ZeroTargetFull", Line("2.5", RatioOf(kA, ZeroTarget::kFull)),
         Unit().Figure("A", "0").Target("A", "0"), "5/2", "0 / 0 → 2.5"},
        {"ZeroTargetZero", Line("2.5", RatioOf(kA, ZeroTarget::kZero)),
         Unit().Figure("A", "7").Target("A", "0"), "0", "7 / 0 → 0"},
    }),
    testkit::CaseName<PointsCase>);

INSTANTIATE_TEST_SUITE_P(InverseRatio, Points,
                         ::testing::ValuesIn<PointsCase>({
                             {"AboveTarget", Line("4", InverseRatio{kA}),
                              Unit().Figure("A", "12").Target("A", "10"), "10/3",
                              "4 × min(1, 10 / 12)"},
                             {"BelowTarget", Line("4", InverseRatio{kA}),
                              Unit().Figure("A", "5").Target("A", "10"), "4", "4 × min(1, 10 / 5)"},
                             {"NothingLeft", Line("4", InverseRatio{kA}),
                              Unit().Figure("A", "0").Target("A", "0"), "4", "0 / 0 → 4"},
                             {"TargetOfNothing", Line("4", InverseRatio{kA}),
                              Unit().Figure("A", "1").Target("A", "0"), "0", "4 × min(1, 0 / 1)"},
                             {"BelowNothing", Line("4", InverseRatio{kA}),
                              Unit().Figure("A", "-1").Target("A", "10"), "4", "10 / -1 → 4"},
                         }),
                         testkit::CaseName<PointsCase>);

const Formula kMemberShare = Share({AtLeast("80", "4"), AtLeast("60", "3")}, "2");
const Formula kIdleShare = Share({AtMost("5", "2"), AtMost("15", "1")}, "0");

INSTANTIATE_TEST_SUITE_P(
    Bands, Points,
    ::testing::ValuesIn<PointsCase>({
        {"Between", Line("4", kMemberShare), Unit().Figure("A", "82").Figure("B", "115"), "3",
         "82 / 115 × 100 ≈ 71.3043 ≥ 60 → 3"},
        {"OnTheEdge", Line("4", kMemberShare), Unit().Figure("A", "3").Figure("B", "5"), "3",
         "3 / 5 × 100 = 60 ≥ 60 → 3"},
        {"AThousandthBelow", Line("4", kMemberShare),
         Unit().Figure("A", "59.999").Figure("B", "100"), "2",
         "59.999 / 100 × 100 = 59.999 < 60 → 2"},
        {"BelowButShownOnTheEdge", Line("4", kMemberShare),
         Unit().Figure("A", "59.999999").Figure("B", "100"), "2",
         "59.999999 / 100 × 100 ≈ 60 < 60 → 2"},
        {"HighestBand", Line("4", kMemberShare), Unit().Figure("A", "9").Figure("B", "9"), "4",
         "9 / 9 × 100 = 100 ≥ 80 → 4"},
        {"LowerIsBetterOver", Line("2", kIdleShare), Unit().Figure("A", "219").Figure("B", "577"),
         "0", "219 / 577 × 100 ≈ 37.9549 > 15 → 0"},
        {"LowerIsBetterOnTheEdge", Line("2", kIdleShare), Unit().Figure("A", "1").Figure("B", "20"),
         "2", "1 / 20 × 100 = 5 ≤ 5 → 2"},
        {"OfAFigure",
         Line("2", Bands{.numerator = kA, .bands = {AtLeast("0", "1")}, .otherwise = D("0.5")}),
         Unit().Figure("A", "-0.1"), "1/2", "-0.1 < 0 → 0.5"},
        {"OfASum", Line("2", Bands{.numerator = kAB, .bands = {AtLeast("3", "2")}}),
         Unit().Figure("A", "1").Figure("B", "2.5"), "2", "(1 + 2.5) = 3.5 ≥ 3 → 2"},
    }),
    testkit::CaseName<PointsCase>);

INSTANTIATE_TEST_SUITE_P(
    Counts, Points,
    ::testing::ValuesIn<PointsCase>({
        {"PerIndicator", Line("3", PerItem{IndicatorCount{"indicators/A"}, D("0.75")}),
         Unit().Figure("A", "3"), "9/4", "min(3, 3 × 0.75)"},
        {"PerEventCapped", Line("2", PerItem{EventCount{}, D("1")}),
         Unit().Event("c", 2, "e1").Event("c", 3, "e2"), "2", "min(2, 5 × 1)"},
        {"NoEventIsNone", Line("2", PerItem{EventCount{}, D("1")}), Unit().Event("other", 2, "e1"),
         "0", "min(2, 0 × 1)"},
        {"PerRestatement", Line("2", PerItem{RestatementCount{}, D("0.5")}), Unit().Restatements(3),
         "3/2", "min(2, 3 × 0.5)"},
        {"PerNegativeIndicator", Line("2", PerItem{IndicatorCount{"indicators/A"}, D("1")}),
         Unit().Figure("A", "-4"), "0", "max(0, min(2, -4 × 1))"},
        {"DeltaDown", Line("2", DeltaEvents{D("2"), RestatementCount{}, D("-0.5")}),
         Unit().Restatements(1), "3/2", "max(0, min(2, 2 + 1 × -0.5))"},
        {"DeltaStopsAtNothing", Line("2", DeltaEvents{D("2"), RestatementCount{}, D("-0.5")}),
         Unit().Restatements(5), "0", "max(0, min(2, 2 + 5 × -0.5))"},
        {"DeltaStopsAtTheMaximum", Line("2", DeltaEvents{D("1"), EventCount{}, D("0.75")}),
         Unit().Event("c", 2, "e1"), "2", "max(0, min(2, 1 + 2 × 0.75))"},
    }),
    testkit::CaseName<PointsCase>);

constexpr ReportCounts kReports{
    .required = 17, .on_time = 12, .in_grace = 2, .late = 1, .missing = 2};

INSTANTIATE_TEST_SUITE_P(
    PeopleAndReports, Points,
    ::testing::ValuesIn<PointsCase>({
        {"Manual", Line("4", Manual{D("0.25")}), Unit().Appraised("c", D("3.75")), "15/4", "3.75"},
        {"OnTimeShare", Line("5", OnTimeShare{}),
         Unit().Reports({.required = 17, .on_time = 15, .late = 2}), "75/17", "5 × 15 / 17"},
        {"MissingReportsAreNotOnTime", Line("5", OnTimeShare{}), Unit().Reports(kReports), "60/17",
         "5 × 12 / 17"},
        {"Delays", Line("10", ReportDelays{D("0.25"), D("0.5"), D("1")}), Unit().Reports(kReports),
         "3", "min(10, 2 × 0.25 + 1 × 0.5 + 2 × 1)"},
        {"DelaysCapped", Line("2", ReportDelays{D("0.25"), D("0.5"), D("1")}),
         Unit().Reports(kReports), "2", "min(2, 2 × 0.25 + 1 × 0.5 + 2 × 1)"},
        {"Reported", Line("7", ReportedPoints{"indicators/A"}), Unit().Figure("A", "6.5"), "13/2",
         "min(7, 6.5)"},
        {"ReportedTooMuch", Line("7", ReportedPoints{"indicators/A"}), Unit().Figure("A", "9"), "7",
         "min(7, 9)"},
        {"ReportedBelowNothing", Line("7", ReportedPoints{"indicators/A"}),
         Unit().Figure("A", "-1"), "0", "max(0, min(7, -1))"},
    }),
    testkit::CaseName<PointsCase>);

struct AbsentCase {
  std::string name{};
  Criterion criterion{};
  Unit unit{};
  LineBasis basis = LineBasis::kFormula;
};

class NoPoints : public ::testing::TestWithParam<AbsentCase> {};

TEST_P(NoPoints, SayWhy) {
  const LineValue line = EvaluateFormula(GetParam().criterion, GetParam().unit.inputs_, {});
  EXPECT_EQ(line.basis, GetParam().basis);
  EXPECT_EQ(line.points.ToFraction(), "0");
  EXPECT_THAT(line.working, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Missing, NoPoints,
    ::testing::ValuesIn<AbsentCase>({
        {"RatioFigure", Line("1", RatioOf(kA)), Unit().Target("A", "1"), LineBasis::kMissing},
        {"RatioTarget", Line("1", RatioOf(kA)), Unit().Figure("A", "1"), LineBasis::kMissing},
        {"RatioOneOfTwo", Line("1", RatioOf(kAB)), Unit().Figure("A", "1").Target("A", "1"),
         LineBasis::kMissing},
        {"RatioOneMissingOneNotApplicable", Line("1", RatioOf(kAB)),
         Unit().NotApplicable("A").Target("A", "1"), LineBasis::kMissing},
        {"InverseTarget", Line("1", InverseRatio{kA}), Unit().Figure("A", "0"),
         LineBasis::kMissing},
        {"Numerator", Line("4", kMemberShare), Unit().Figure("B", "1"), LineBasis::kMissing},
        {"DenominatorBesideNotApplicable", Line("4", kMemberShare), Unit().NotApplicable("A"),
         LineBasis::kMissing},
        {"CountedIndicator", Line("1", PerItem{IndicatorCount{"indicators/A"}, D("1")}), Unit(),
         LineBasis::kMissing},
        {"DeltaIndicator", Line("1", DeltaEvents{D("0"), IndicatorCount{"indicators/A"}, D("1")}),
         Unit(), LineBasis::kMissing},
        {"NobodyAppraised", Line("1", Manual{D("1")}), Unit().Appraised("other", D("1")),
         LineBasis::kMissing},
        {"ReportedPoints", Line("1", ReportedPoints{"indicators/A"}), Unit(), LineBasis::kMissing},
    }),
    testkit::CaseName<AbsentCase>);

INSTANTIATE_TEST_SUITE_P(
    NotApplicable, NoPoints,
    ::testing::ValuesIn<AbsentCase>({
        {"RatioWithoutTarget", Line("1", RatioOf(kA)), Unit().NotApplicable("A"),
         LineBasis::kNotApplicable},
        {"RatioOneOfTwo", Line("1", RatioOf(kAB)),
         Unit().NotApplicable("A").Figure("B", "1").Target("B", "1"), LineBasis::kNotApplicable},
        {"RatioZeroTarget", Line("1", RatioOf(kA, ZeroTarget::kNotApplicable)),
         Unit().Figure("A", "1").Target("A", "0"), LineBasis::kNotApplicable},
        {"Inverse", Line("1", InverseRatio{kA}), Unit().NotApplicable("A").Target("A", "1"),
         LineBasis::kNotApplicable},
        {"Denominator", Line("4", kMemberShare), Unit().Figure("A", "1").NotApplicable("B"),
         LineBasis::kNotApplicable},
        {"DenominatorOfZero", Line("4", kMemberShare), Unit().Figure("A", "0").Figure("B", "0"),
         LineBasis::kNotApplicable},
        {"CountedIndicator", Line("1", PerItem{IndicatorCount{"indicators/A"}, D("1")}),
         Unit().NotApplicable("A"), LineBasis::kNotApplicable},
        {"AppraisedAsSuch", Line("1", Manual{D("1")}), Unit().Appraised("c", std::nullopt),
         LineBasis::kNotApplicable},
        {"NoReportRequired", Line("1", OnTimeShare{}), Unit(), LineBasis::kNotApplicable},
        {"ReportedPoints", Line("1", ReportedPoints{"indicators/A"}), Unit().NotApplicable("A"),
         LineBasis::kNotApplicable},
    }),
    testkit::CaseName<AbsentCase>);

struct AllOfCase {
  std::string name{};
  Unit unit{};
  LineMark mark{};
  std::string points{};
  std::string working{};
};

class BothConditions : public ::testing::TestWithParam<AllOfCase> {};

TEST_P(BothConditions, GiveAllPointsOrNone) {
  const Criterion criterion =
      Line("1.5", AllOf{{TargetReached{"indicators/A", D("120")}, FullMarks{"3.3"}}});
  const LineValue line =
      EvaluateFormula(criterion, GetParam().unit.inputs_, {{"3.3", GetParam().mark}});
  EXPECT_EQ(line.basis, LineBasis::kFormula);
  EXPECT_EQ(line.points.ToFraction(), GetParam().points);
  EXPECT_EQ(line.working, GetParam().working);
}

const LineMark kFull{.points = common::Rational(2), .number = "2.00", .max_points = D("2")};
const LineMark kNearlyFull{
    .points = common::Rational(D("1.999999")), .number = "2.00", .max_points = D("2")};
const LineMark kDroppedOut{.max_points = D("2")};

INSTANTIATE_TEST_SUITE_P(
    AllOf, BothConditions,
    ::testing::ValuesIn<AllOfCase>({
        {"Hold", Unit().Figure("A", "24").Target("A", "20"), kFull, "3/2",
         "24 / 20 × 100 = 120 ≥ 120 ∧ [3.3] 2 = 2 → 1.5"},
        {"TargetNotReached", Unit().Figure("A", "119.999999").Target("A", "100"), kFull, "0",
         "119.999999 / 100 × 100 ≈ 120 < 120 ∧ [3.3] 2 = 2 → 0"},
        {"NotQuiteFull", Unit().Figure("A", "24").Target("A", "20"), kNearlyFull, "0",
         "24 / 20 × 100 = 120 ≥ 120 ∧ [3.3] 1999999/1000000 < 2 → 0"},
        {"OtherLineDroppedOut", Unit().Figure("A", "24").Target("A", "20"), kDroppedOut, "0",
         "24 / 20 × 100 = 120 ≥ 120 ∧ [3.3] – → 0"},
        {"FigureMissing", Unit().Target("A", "20"), kFull, "0", "– / 20 ∧ [3.3] 2 = 2 → 0"},
        {"FigureNotApplicable", Unit().NotApplicable("A"), kFull, "0", "n/a / – ∧ [3.3] 2 = 2 → 0"},
        {"TargetMissing", Unit().Figure("A", "20"), kFull, "0", "20 / – ∧ [3.3] 2 = 2 → 0"},
        {"TargetOfZero", Unit().Figure("A", "20").Target("A", "0"), kFull, "0",
         "20 / 0 ∧ [3.3] 2 = 2 → 0"},
    }),
    testkit::CaseName<AllOfCase>);

TEST(FormulaInputs, NameFigureTargetAndTheRevisionReadFrom) {
  const Unit unit = Unit().Figure("A", "18").Target("A", "20").Target("B", "3");
  const LineValue line = EvaluateFormula(Line("10", RatioOf(kAB)), unit.inputs_, {});
  EXPECT_THAT(
      line.inputs,
      ElementsAre(Input{.source = "indicators/A", .number = "18", .target = "20", .from = kReport},
                  Input{.source = "indicators/B", .target = "3", .from = kPact}));
}

TEST(FormulaInputs, ListEventsByNameInWhateverOrderTheyCame) {
  const Unit unit = Unit().Event("c", 1, "rounds/r/events/b").Event("c", 4, "rounds/r/events/a");
  const LineValue line =
      EvaluateFormula(Line("9", PerItem{EventCount{}, D("1")}), unit.inputs_, {});
  EXPECT_THAT(line.inputs,
              ElementsAre(Input{.source = "events",
                                .number = "4",
                                .from = {.resource = "rounds/r/events/a", .revision = 1}},
                          Input{.source = "events",
                                .number = "1",
                                .from = {.resource = "rounds/r/events/b", .revision = 1}}));
}

TEST(FormulaInputs, TellTheAppraisalThatDoesNotApply) {
  const Unit unit = Unit().Appraised("c", std::nullopt);
  const LineValue line = EvaluateFormula(Line("4", Manual{D("1")}), unit.inputs_, {});
  EXPECT_THAT(line.inputs,
              ElementsAre(Input{.source = "appraisal",
                                .not_applicable = true,
                                .from = {.resource = "rounds/r/appraisals/u.c", .revision = 2}}));
}

}  // namespace
}  // namespace awards
