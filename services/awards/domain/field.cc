#include "services/awards/domain/field.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "common/expression/power.h"
#include "services/awards/domain/gathering.h"
#include "services/awards/domain/measuring.h"
#include "services/awards/domain/working.h"

namespace awards {
namespace {

using common::Rational;
using common::expression::Number;
using common::expression::Outcome;

using Units = std::vector<UnitColumns>;

// A root or logarithm of a number that has one; notes in `comparison` if it had to be rounded.
Rational Take(const Outcome& outcome, Comparison& comparison) {
  const auto* number = std::get_if<Number>(&outcome);
  if (number == nullptr) return {};
  comparison.is_exact = comparison.is_exact && number->is_exact;
  return number->value;
}

void TakeValues(const Measure& measure, const Criterion& criterion, const Units& units,
                Comparison& comparison) {
  for (const UnitColumns& unit : units) {
    Measured measured = TakeMeasure(measure, criterion, unit, Detail::kPoints);
    if (measured.basis != LineBasis::kFormula) continue;
    comparison.is_exact = comparison.is_exact && measured.is_exact;
    comparison.values.push_back(std::move(measured.value));
  }
  std::ranges::sort(comparison.values);
}

void TakeDeviation(Comparison& comparison) {
  const Rational count(static_cast<int64_t>(comparison.values.size()));
  comparison.mean = Quotient(comparison.sum, count);
  Rational squares;
  for (const Rational& value : comparison.values) {
    const Rational distance = value - comparison.mean;
    squares += distance * distance;
  }
  comparison.deviation =
      Take(common::expression::Sqrt({.value = Quotient(squares, count)}), comparison);
}

void Compare(const Relative& relative, const Criterion& criterion, const Units& units,
             Comparison& comparison) {
  TakeValues(relative.measure, criterion, units, comparison);
  const Relative::Method method = relative.method;
  for (Rational& value : comparison.values) value = ComparedValue(value, method);
  if (method == Relative::Method::kSum || method == Relative::Method::kZScore) {
    for (const Rational& value : comparison.values) comparison.sum += value;
  }
  if (method == Relative::Method::kVector) {
    for (const Rational& value : comparison.values) comparison.square_sum += value * value;
    comparison.norm = Take(common::expression::Sqrt({.value = comparison.square_sum}), comparison);
  }
  if (method == Relative::Method::kZScore) TakeDeviation(comparison);
}

void Compare(const RankPoints& ranked, const Criterion& criterion, const Units& units,
             Comparison& comparison) {
  TakeValues(ranked.measure, criterion, units, comparison);
  if (ranked.ties != RankPoints::Ties::kDense) return;
  std::ranges::unique_copy(comparison.values, std::back_inserter(comparison.distinct_values));
}

bool IsBetter(const Rational& a, const Rational& b, Direction direction) {
  return direction == Direction::kLowerIsBetter ? a < b : a > b;
}

void Compare(const LeaderRelative& leader, const Criterion& /*criterion*/, const Units& units,
             Comparison& comparison) {
  for (const UnitColumns& unit : units) {
    const GatheredWithTarget actual = GatherWithTargets(leader.indicators, unit, Detail::kPoints);
    if (actual.basis != LineBasis::kFormula) continue;
    if (actual.has_target && actual.target > Rational()) {
      const Rational excess = ExcessOf(actual.value, actual.target, leader.direction);
      if (excess > comparison.best_excess.value_or(Rational())) comparison.best_excess = excess;
    } else if (actual.value > Rational()) {
      std::optional<Rational>& best = comparison.best_untargeted;
      if (!best.has_value() || IsBetter(actual.value, *best, leader.direction)) {
        best = actual.value;
      }
    }
  }
}

void Compare(const Goalposts& posts, const Criterion& /*criterion*/, const Units& /*units*/,
             Comparison& comparison) {
  if (posts.scale != Goalposts::Scale::kLogarithmic) return;
  const Rational ratio = Quotient(posts.full_at, posts.zero_at);
  comparison.log_span = Take(common::expression::Ln({.value = ratio}), comparison);
}

template <typename Kind>
void Compare(const Kind& /*formula*/, const Criterion& /*criterion*/, const Units& /*units*/,
             Comparison& /*comparison*/) {}

bool NeedsComparison(const Formula& formula) {
  const auto* posts = std::get_if<Goalposts>(&formula);
  return (posts != nullptr && posts->scale == Goalposts::Scale::kLogarithmic) ||
         std::holds_alternative<Relative>(formula) || std::holds_alternative<RankPoints>(formula) ||
         std::holds_alternative<LeaderRelative>(formula);
}

void NoteMarked(const Criterion& criterion, CategoryField& field) {
  const auto* all_of = std::get_if<AllOf>(&criterion.formula);
  if (all_of == nullptr) return;
  for (const Condition& condition : all_of->conditions) {
    if (const auto* marks = std::get_if<FullMarks>(&condition)) {
      field.marked.insert(marks->criterion);
    }
  }
}

bool RanksByFull(const Rubric& rubric) {
  return rubric.rank_basis == RankBasis::kFullTotal ||
         std::ranges::any_of(rubric.tie_breaks, [](const TieBreak& step) {
           return std::holds_alternative<ByFullTotal>(step);
         });
}

bool AsksForData(const std::vector<Group>& groups) {
  return std::ranges::any_of(groups, [](const Group& group) {
    return group.minimum_data.has_value() || AsksForData(group.groups);
  });
}

}  // namespace

CategoryField FieldOf(const Rubric& rubric, std::span<const UnitInputs* const> units) {
  auto columns = std::make_shared<const IndicatorColumns>(rubric);
  Units in_columns;
  in_columns.reserve(units.size());
  for (const UnitInputs* unit : units) in_columns.emplace_back(*unit, *columns);
  return FieldOf(rubric, std::move(columns), in_columns);
}

CategoryField FieldOf(const Rubric& rubric, std::shared_ptr<const IndicatorColumns> columns,
                      const Units& units) {
  CategoryField field;
  field.counts_data = rubric.minimum_data.has_value() || AsksForData(rubric.groups);
  field.ranks_by_full = RanksByFull(rubric);
  field.columns = std::move(columns);
  for (const PlacedCriterion& placed : CriteriaOf(rubric)) {
    const Criterion& criterion = *placed.criterion;
    NoteMarked(criterion, field);
    if (!NeedsComparison(criterion.formula)) continue;
    Comparison& comparison = field.comparisons[criterion.id];
    std::visit([&](const auto& formula) { Compare(formula, criterion, units, comparison); },
               criterion.formula);
  }
  return field;
}

RankAmong FindRank(const std::vector<Rational>& values, const Rational& value,
                   Direction direction) {
  const auto equal = std::ranges::equal_range(values, value);
  const bool lower = direction == Direction::kLowerIsBetter;
  return {.better = static_cast<size_t>(lower ? equal.begin() - values.begin()
                                              : values.end() - equal.end()),
          .equal = equal.size()};
}

Rational ComparedValue(const Rational& value, Relative::Method method) {
  constexpr int kPlaces = 12;
  const bool is_summed = method == Relative::Method::kSum || method == Relative::Method::kVector ||
                         method == Relative::Method::kZScore;
  return is_summed ? value.Rounded(kPlaces, common::RoundingMode::kHalfUp) : value;
}

Rational ExcessOf(const Rational& actual, const Rational& target, Direction direction) {
  const Rational excess =
      direction == Direction::kLowerIsBetter ? target - actual : actual - target;
  return Quotient(excess, target);
}

}  // namespace awards
