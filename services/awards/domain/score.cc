#include "services/awards/domain/score.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/text/sha256.h"
#include "services/awards/domain/formula.h"

namespace awards {
namespace {

using common::Rational;

// A line after the rubric's rule for absence, before redistribution.
struct SettledLine {
  ScoreLine line{};
  // The line's maximum goes to the others of its group.
  bool has_dropped_out = false;
};

Rational RoundedByRubric(const Rational& points, const Rubric& rubric) {
  return points.Rounded(rubric.rounding.scale,
                        rubric.rounding.mode.value_or(common::RoundingMode::kHalfUp));
}

std::string PrintedByRubric(const Rational& points, const Rubric& rubric) {
  return points.ToFixed(rubric.rounding.scale,
                        rubric.rounding.mode.value_or(common::RoundingMode::kHalfUp));
}

void SettleAbsence(Absence rule, SettledLine& settled) {
  ScoreLine& line = settled.line;
  switch (rule) {
    case Absence::kFull:
      line.full_points = line.max_points;
      line.working = line.max_points.ToString();
      return;
    case Absence::kBlock:
    case Absence::kUnspecified:
      return;
    case Absence::kRedistribute:
      settled.has_dropped_out = true;
      [[fallthrough]];
    case Absence::kZero:
      line.full_points = Rational();
      line.working = common::Decimal().ToString();
      return;
  }
}

SettledLine Settle(const Criterion& criterion, const UnitInputs& inputs, const LineMarks& marks) {
  LineValue value = EvaluateFormula(criterion, inputs, marks);
  SettledLine settled{.line = {.criterion = criterion.id,
                               .max_points = criterion.max_points,
                               .basis = value.basis,
                               .inputs = std::move(value.inputs),
                               .working = std::move(value.working)}};
  switch (value.basis) {
    case LineBasis::kFormula:
      settled.line.full_points = std::move(value.points);
      break;
    case LineBasis::kMissing:
      SettleAbsence(criterion.on_missing, settled);
      break;
    case LineBasis::kNotApplicable:
      SettleAbsence(criterion.on_not_applicable, settled);
      break;
  }
  return settled;
}

bool LooksAtOtherLines(const Criterion& criterion) {
  const auto* all_of = std::get_if<AllOf>(&criterion.formula);
  return all_of != nullptr &&
         std::ranges::any_of(all_of->conditions, [](const Condition& condition) {
           return std::holds_alternative<FullMarks>(condition);
         });
}

// What conditions of other lines see: every line of a group that has no such condition itself.
LineMarks MarksOf(const Rubric& rubric, const UnitInputs& inputs) {
  LineMarks marks;
  for (const Group& group : rubric.groups) {
    for (const Criterion& criterion : group.criteria) {
      if (LooksAtOtherLines(criterion)) continue;
      const SettledLine settled = Settle(criterion, inputs, {});
      LineMark mark{.max_points = criterion.max_points};
      if (settled.line.full_points.has_value() && !settled.has_dropped_out) {
        mark.points = settled.line.full_points;
        mark.number = PrintedByRubric(*settled.line.full_points, rubric);
      }
      marks.emplace(criterion.id, std::move(mark));
    }
  }
  return marks;
}

void RoundLine(const Rubric& rubric, ScoreLine& line) {
  if (line.full_points.has_value()) line.points = RoundedByRubric(*line.full_points, rubric);
}

// Spreads the maxima of lines that dropped out over the others in proportion. Does nothing if none
// dropped out, or none is left.
void Redistribute(const Rational& group_max, std::vector<SettledLine>& lines) {
  Rational remaining_max;
  for (const SettledLine& settled : lines) {
    if (!settled.has_dropped_out) remaining_max += settled.line.max_points;
  }
  const std::optional<Rational> factor = group_max.DividedBy(remaining_max);
  if (!factor.has_value() || *factor == Rational(1)) return;
  for (SettledLine& settled : lines) {
    if (settled.has_dropped_out || !settled.line.full_points.has_value()) continue;
    settled.line.full_points = *settled.line.full_points * *factor;
    settled.line.redistribution = factor;
  }
}

// The sum of the lines' rounded (or exact) points; empty if a line has none.
std::optional<Rational> SumOf(const std::vector<ScoreLine>& lines,
                              std::optional<Rational> ScoreLine::*points) {
  Rational sum;
  for (const ScoreLine& line : lines) {
    const std::optional<Rational>& value = line.*points;
    if (!value.has_value()) return std::nullopt;
    sum += *value;
  }
  return sum;
}

GroupScore ScoreGroup(const Rubric& rubric, const Group& group, const UnitInputs& inputs,
                      const LineMarks& marks) {
  GroupScore score{.id = group.id};
  std::vector<SettledLine> lines;
  for (const Criterion& criterion : group.criteria) {
    score.max_points += criterion.max_points;
    lines.push_back(Settle(criterion, inputs, marks));
  }
  Redistribute(score.max_points, lines);
  for (SettledLine& settled : lines) {
    RoundLine(rubric, settled.line);
    score.lines.push_back(std::move(settled.line));
  }
  score.points = SumOf(score.lines, &ScoreLine::points);
  return score;
}

std::vector<ScoreLine> ScoreExtra(const Rubric& rubric, const std::optional<Extra>& extra,
                                  const UnitInputs& inputs, const LineMarks& marks) {
  std::vector<ScoreLine> lines;
  if (!extra.has_value()) return lines;
  for (const Criterion& criterion : extra->criteria) {
    ScoreLine line = Settle(criterion, inputs, marks).line;
    RoundLine(rubric, line);
    lines.push_back(std::move(line));
  }
  return lines;
}

// Base, bonus and penalty by one kind of points; empty if a line has none.
struct Parts {
  Rational base{};
  Rational bonus{};
  Rational penalty{};

  Rational Total() const { return base + bonus - penalty; }
};

std::optional<Rational> CappedSum(const std::vector<ScoreLine>& lines,
                                  const std::optional<Extra>& extra,
                                  std::optional<Rational> ScoreLine::*points) {
  std::optional<Rational> sum = SumOf(lines, points);
  if (!sum.has_value() || !extra.has_value()) return sum;
  return std::min(*sum, Rational(extra->cap));
}

std::optional<Parts> PartsOf(const Rubric& rubric, const ScoreSheet& sheet,
                             std::optional<Rational> ScoreLine::*points) {
  Parts parts;
  for (const GroupScore& group : sheet.groups) {
    const std::optional<Rational> sum = SumOf(group.lines, points);
    if (!sum.has_value()) return std::nullopt;
    parts.base += *sum;
  }
  const std::optional<Rational> bonus = CappedSum(sheet.bonus_lines, rubric.bonus, points);
  const std::optional<Rational> penalty = CappedSum(sheet.penalty_lines, rubric.penalty, points);
  if (!bonus.has_value() || !penalty.has_value()) return std::nullopt;
  parts.bonus = *bonus;
  parts.penalty = *penalty;
  return parts;
}

std::optional<Totals> TotalsOf(const Rubric& rubric, const ScoreSheet& sheet) {
  const std::optional<Parts> rounded = PartsOf(rubric, sheet, &ScoreLine::points);
  const std::optional<Parts> full = PartsOf(rubric, sheet, &ScoreLine::full_points);
  if (!rounded.has_value() || !full.has_value()) return std::nullopt;
  return Totals{.base = rounded->base,
                .bonus = rounded->bonus,
                .penalty = rounded->penalty,
                .total = rounded->Total(),
                .full_total = full->Total()};
}

}  // namespace

ScoreSheet Score(const Rubric& rubric, const UnitInputs& inputs) {
  const LineMarks marks = MarksOf(rubric, inputs);
  ScoreSheet sheet{.unit = inputs.unit, .rubric = rubric.name, .scale = rubric.rounding.scale};
  for (const Group& group : rubric.groups) {
    sheet.groups.push_back(ScoreGroup(rubric, group, inputs, marks));
  }
  sheet.bonus_lines = ScoreExtra(rubric, rubric.bonus, inputs, marks);
  sheet.penalty_lines = ScoreExtra(rubric, rubric.penalty, inputs, marks);
  sheet.totals = TotalsOf(rubric, sheet);
  const std::set<Pin> pins(inputs.pins.begin(), inputs.pins.end());
  sheet.pins.assign(pins.begin(), pins.end());
  return sheet;
}

std::string SnapshotHash(std::span<const ScoreSheet> sheets) {
  std::set<Pin> pins;
  for (const ScoreSheet& sheet : sheets) pins.insert(sheet.pins.begin(), sheet.pins.end());
  std::string text;
  for (const Pin& pin : pins) {
    absl::StrAppend(&text, pin.resource, "\n", pin.revision, "\n", pin.content_hash, "\n");
  }
  return common::Sha256Hex(text);
}

}  // namespace awards
