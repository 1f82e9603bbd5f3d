// How long it takes to score a category: 12,000 units by a rubric of 40 criteria, on one core. The
// goal is 250 ms.
//
//   Score/N             all criteria, points only
//   ScoreFull/N         the same with the exact totals, which the rubric then ranks by
//   ScoreExplained/N    the same with inputs and working, as sheets are stored
//   Kind/<formula>      40 criteria all of one kind, 1,000 units: what each kind takes of the time
//   Rank/N              the order of scored sheets
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/decimal/decimal.h"
#include "services/awards/domain/field.h"
#include "services/awards/domain/ranking.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/score.h"

namespace awards {
namespace {

using common::Decimal;

constexpr int kCriteria = 40;
constexpr int kUnits = 12'000;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

std::string Code(int index) { return absl::StrCat("indicators/FIGURE_", index); }

Measure FigureOf(int index) { return {.of = FigureSum{.indicators = {Code(index)}}}; }

Measure ShareOf(int index) {
  return {
      .of = Percentage{.numerator = {Code(index)}, .denominator = {Code((index + 1) % kCriteria)}}};
}

WrittenExpression Written(const std::string& text) {
  return {.text = text, .parsed = common::expression::Expression::Parse(text).value()};
}

Relative RelativeOf(int index, Relative::Method method) {
  Relative relative{.measure = FigureOf(index),
                    .method = method,
                    .direction = Direction::kHigherIsBetter,
                    .even = Relative::Even::kHalf};
  if (method == Relative::Method::kZScore) relative.z_span = D("3");
  return relative;
}

// One kind of formula, of the figure with this index.
struct Kind {
  std::string_view name{};
  Formula (*make)(int index){};
};

const std::array kKinds = {
    Kind{"ratio",
         [](int i) -> Formula {
           return Ratio{{Code(i)}, ZeroTarget::kNotApplicable};
         }},
    Kind{"inverse_ratio", [](int i) -> Formula { return InverseRatio{{Code(i)}}; }},
    Kind{"bands",
         [](int i) -> Formula {
           return Bands{
               .bands = {{.limit = BandLimit::kAtLeast, .threshold = D("80"), .points = D("5")},
                         {.limit = BandLimit::kAtLeast, .threshold = D("60"), .points = D("3")}},
               .otherwise = D("2"),
               .measure = ShareOf(i)};
         }},
    Kind{"per_item",
         [](int i) -> Formula {
           return PerItem{IndicatorCount{Code(i)}, D("0.25")};
         }},
    Kind{"manual", [](int) -> Formula { return Manual{D("0.25")}; }},
    Kind{"on_time_share", [](int) -> Formula { return OnTimeShare{}; }},
    Kind{"delta_events",
         [](int) -> Formula {
           return DeltaEvents{D("2"), RestatementCount{}, D("-0.5")};
         }},
    Kind{"report_delays",
         [](int) -> Formula {
           return ReportDelays{D("0.25"), D("0.5"), D("1")};
         }},
    Kind{"all_of",
         [](int i) -> Formula {
           return AllOf{{TargetReached{Code(i), D("120")}}};
         }},
    Kind{"reported_points", [](int i) -> Formula { return ReportedPoints{Code(i)}; }},
    Kind{"goalposts_linear",
         [](int i) -> Formula {
           return Goalposts{FigureOf(i), D("10"), D("900"), Goalposts::Scale::kLinear,
                            Goalposts::Beyond::kClipped};
         }},
    Kind{"goalposts_log",
         [](int i) -> Formula {
           return Goalposts{FigureOf(i), D("10"), D("900"), Goalposts::Scale::kLogarithmic,
                            Goalposts::Beyond::kClipped};
         }},
    Kind{"piecewise",
         [](int i) -> Formula {
           return Piecewise{ShareOf(i), {{D("0"), D("0")}, {D("50"), D("2")}, {D("100"), D("5")}}};
         }},
    Kind{"growth",
         [](int i) -> Formula {
           return Goalposts{{.of = Growth{{Code(i)}, {}}},
                            D("-50"),
                            D("50"),
                            Goalposts::Scale::kLinear,
                            Goalposts::Beyond::kClipped};
         }},
    Kind{"min_max", [](int i) -> Formula { return RelativeOf(i, Relative::Method::kMinMax); }},
    Kind{"sum", [](int i) -> Formula { return RelativeOf(i, Relative::Method::kSum); }},
    Kind{"vector", [](int i) -> Formula { return RelativeOf(i, Relative::Method::kVector); }},
    Kind{"z_score", [](int i) -> Formula { return RelativeOf(i, Relative::Method::kZScore); }},
    Kind{"rank", [](int i) -> Formula { return RelativeOf(i, Relative::Method::kRank); }},
    Kind{"leader", [](int i) -> Formula { return RelativeOf(i, Relative::Method::kLeader); }},
    Kind{"rank_points",
         [](int i) -> Formula {
           return RankPoints{FigureOf(i),
                             Direction::kHigherIsBetter,
                             {D("5"), D("4"), D("3")},
                             D("1"),
                             RankPoints::Ties::kAverage};
         }},
    Kind{"leader_relative",
         [](int i) -> Formula {
           return LeaderRelative{{Code(i)}, Direction::kHigherIsBetter};
         }},
    Kind{"custom",
         [](int i) -> Formula {
           const std::string code = absl::StrCat("FIGURE_", i);
           return CustomExpression{
               Written(absl::StrCat("MAX_POINTS * min(1, ", code, " / target(", code, "))"))};
         }},
};

// The kinds of the 40 criteria of a whole rubric, by their index in kKinds: as in the rubrics that
// were found, most are ratios and bands, and each other kind occurs. Not among them are those with
// a root or a logarithm (goalposts_log, vector, z_score): their numbers have 36 digits, so a line
// takes as long as dozens of others. See Kind/… for those.
constexpr std::array<size_t, kCriteria> kMix = {0, 0, 0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 1,
                                                2, 2, 2,  2,  2,  2,  2,  2,  3,  4,  4,  5, 6, 7,
                                                8, 9, 10, 12, 13, 14, 15, 18, 19, 20, 21, 22};

template <typename KindOf>
Rubric MakeRubric(KindOf kind_of) {
  Rubric rubric{.name = "rubrics/bench",
                .rounding = {.scale = 2, .mode = common::RoundingMode::kHalfUp},
                .rank_basis = RankBasis::kRoundedTotal,
                .tie_breaks = {ByBaseTotal{}, ByGroup{"0"}, ByPenalty{}},
                .rank_style = RankStyle::kCompetition};
  constexpr int kPerGroup = 8;
  for (int i = 0; i < kCriteria; ++i) {
    if (i % kPerGroup == 0) {
      rubric.groups.push_back({.id = absl::StrCat(i / kPerGroup), .title = {.vi = "Nhóm"}});
    }
    rubric.groups.back().criteria.push_back({.id = absl::StrCat("c", i),
                                             .title = {.vi = "Chỉ tiêu"},
                                             .max_points = D("5"),
                                             .on_missing = Absence::kZero,
                                             .on_not_applicable = Absence::kRedistribute,
                                             .formula = kind_of(i).make(i)});
  }
  return rubric;
}

Rubric MixedRubric() {
  return MakeRubric([](int i) { return kKinds[kMix[static_cast<size_t>(i)]]; });
}

// Figures with up to two decimals, a few missing or not applicable; the same in every run.
std::vector<UnitInputs> MakeUnits(int count) {
  std::mt19937 random(20201215);
  std::vector<UnitInputs> units(static_cast<size_t>(count));
  const auto number = [&random] {
    return D(absl::StrCat(random() % 1000 + 1, ".", random() % 9 + 1));
  };
  for (int u = 0; u < count; ++u) {
    UnitInputs& unit = units[static_cast<size_t>(u)];
    unit.unit = absl::StrCat("units/u", u);
    const Source report{.resource = absl::StrCat(unit.unit, "/submissions/annual.2020.final"),
                        .revision = 1};
    for (int i = 0; i < kCriteria; ++i) {
      const auto chance = random() % 100;
      if (chance >= 2) {
        Figure& figure = unit.figures[Code(i)];
        figure.source = report;
        if (chance >= 4) figure.number = number();
      }
      unit.last_year[Code(i)] = {.number = number(), .source = report};
      unit.targets[Code(i)] = {.number = number(), .source = report};
      unit.appraisals[absl::StrCat("c", i)] = {.points = D("3.25"), .source = report};
    }
    unit.reports = {.required = 17, .on_time = 12, .in_grace = 2, .late = 2, .missing = 1};
    unit.restatements = 1;
    unit.pins = {{.resource = report.resource, .revision = 1, .content_hash = "c0ffee"}};
  }
  return units;
}

const std::vector<UnitInputs>& Units() {
  static const auto* const kAll = new std::vector<UnitInputs>(MakeUnits(kUnits));
  return *kAll;
}

std::vector<const UnitInputs*> Some(int64_t count) {
  std::vector<const UnitInputs*> some;
  for (const UnitInputs& unit : Units()) {
    if (static_cast<int64_t>(some.size()) < count) some.push_back(&unit);
  }
  return some;
}

void ScoreBy(benchmark::State& state, const Rubric& rubric, int64_t count, Detail detail) {
  const std::vector<const UnitInputs*> units = Some(count);
  for (auto _ : state) {
    std::vector<ScoreSheet> sheets = ScoreCategory(rubric, units, detail);
    benchmark::DoNotOptimize(sheets.data());
  }
  // Seconds; printed as `512n` for 512 ns.
  state.counters["time/line"] = benchmark::Counter(
      static_cast<double>(count) * kCriteria,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void BM_Score(benchmark::State& state) {
  ScoreBy(state, MixedRubric(), state.range(0), Detail::kPoints);
}
BENCHMARK(BM_Score)->Name("Score")->Arg(100)->Arg(kUnits)->Unit(benchmark::kMillisecond);

// Ties broken by the exact total, so that the exact points of all lines are added up.
void BM_ScoreFull(benchmark::State& state) {
  Rubric rubric = MixedRubric();
  rubric.tie_breaks.emplace_back(ByFullTotal{});
  ScoreBy(state, rubric, state.range(0), Detail::kPoints);
}
BENCHMARK(BM_ScoreFull)->Name("ScoreFull")->Arg(kUnits)->Unit(benchmark::kMillisecond);

void BM_ScoreExplained(benchmark::State& state) {
  ScoreBy(state, MixedRubric(), state.range(0), Detail::kExplained);
}
BENCHMARK(BM_ScoreExplained)->Name("ScoreExplained")->Arg(kUnits)->Unit(benchmark::kMillisecond);

void BM_Rank(benchmark::State& state) {
  const Rubric rubric = MixedRubric();
  const std::vector<ScoreSheet> sheets =
      ScoreCategory(rubric, Some(state.range(0)), Detail::kPoints);
  for (auto _ : state) {
    std::vector<Standing> standings = Rank(rubric, sheets);
    benchmark::DoNotOptimize(standings.data());
  }
}
BENCHMARK(BM_Rank)->Name("Rank")->Arg(kUnits)->Unit(benchmark::kMillisecond);

void BM_Kind(benchmark::State& state, const Kind& kind) {
  ScoreBy(state, MakeRubric([&kind](int) { return kind; }), 1000, Detail::kPoints);
}

const bool kRegistered = [] {
  for (const Kind& kind : kKinds) {
    benchmark::RegisterBenchmark(
        absl::StrCat("Kind/", absl::string_view(kind.name.data(), kind.name.size())).c_str(),
        BM_Kind, kind)
        ->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
}  // namespace awards

BENCHMARK_MAIN();
