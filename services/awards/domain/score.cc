#include "services/awards/domain/score.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/text/sha256.h"
#include "services/awards/domain/aggregation.h"
#include "services/awards/domain/field.h"
#include "services/awards/domain/formula.h"
#include "services/awards/domain/working.h"

namespace awards {
namespace {

using common::Rational;

// A group before redistribution among its siblings: its points are not rounded yet.
struct SettledGroup {
  GroupScore score{};
  bool has_dropped_out = false;
};

Rational RoundedBy(const Rational& points, const Rounding& rounding) {
  return points.Rounded(rounding.scale, rounding.mode.value_or(common::RoundingMode::kHalfUp));
}

void SettleAbsence(Absence rule, ScoreLine& line, Detail detail) {
  switch (rule) {
    case Absence::kFull:
      line.full_points = line.max_points;
      if (detail == Detail::kExplained) line.working = line.max_points.ToString();
      return;
    case Absence::kBlock:
    case Absence::kUnspecified:
      return;
    case Absence::kRedistribute:
    case Absence::kZero:
      line.full_points = Rational();
      if (detail == Detail::kExplained) line.working = common::Decimal().ToString();
      return;
  }
}

// The rubric's rule for a line on this basis; kZero, which is not looked at, for a formula.
Absence RuleFor(const Criterion& criterion, LineBasis basis) {
  switch (basis) {
    case LineBasis::kMissing:
      return criterion.on_missing;
    case LineBasis::kNotApplicable:
      return criterion.on_not_applicable;
    case LineBasis::kUndefined:
      return criterion.on_undefined;
    case LineBasis::kFormula:
      break;
  }
  return Absence::kZero;
}

// Whether the line's maximum goes to the others of its group.
bool HasDroppedOut(const Criterion& criterion, const ScoreLine& line) {
  return line.basis != LineBasis::kFormula &&
         RuleFor(criterion, line.basis) == Absence::kRedistribute;
}

// The line after the rubric's rule for absence, before redistribution and rounding.
void Settle(const Criterion& criterion, const LineContext& context, ScoreLine& line) {
  LineValue value = EvaluateFormula(criterion, context);
  line.criterion = criterion.id;
  line.max_points = criterion.max_points;
  line.basis = value.basis;
  line.inputs = std::move(value.inputs);
  line.working = std::move(value.working);
  line.is_exact = value.is_exact;
  line.problem = std::move(value.problem);
  if (value.basis == LineBasis::kFormula) {
    line.full_points = std::move(value.points);
  } else {
    SettleAbsence(RuleFor(criterion, value.basis), line, context.detail);
  }
}

Blocker::Reason ReasonOf(LineBasis basis) {
  if (basis == LineBasis::kMissing) return Blocker::Reason::kMissing;
  return basis == LineBasis::kNotApplicable ? Blocker::Reason::kNotApplicable
                                            : Blocker::Reason::kUndefined;
}

// How much of the maxima comes from figures.
struct DataShare {
  Rational all{};
  Rational from_figures{};

  DataShare& operator+=(const DataShare& other) {
    all += other.all;
    from_figures += other.from_figures;
    return *this;
  }
};

// Makes the sheet of one unit.
class Scoring {
 public:
  Scoring(const Rubric& rubric, const UnitColumns& unit, const CategoryField& field, Detail detail)
      : rubric_(rubric),
        unit_(unit),
        context_({.unit = unit, .marks = marks_, .field = field, .detail = detail}) {}

  ScoreSheet Run() && {
    TakeMarks();
    sheet_.unit = unit_.inputs().unit;
    sheet_.rubric = rubric_.name;
    sheet_.scale = rubric_.rounding.scale;
    DataShare data;
    sheet_.groups.reserve(rubric_.groups.size());
    for (const Group& group : rubric_.groups) {
      SettledGroup settled = ScoreGroup(group, data);
      Finish(group, std::nullopt, settled.score);
      sheet_.groups.push_back(std::move(settled.score));
    }
    CheckData(rubric_.minimum_data, data, "rubric");
    sheet_.bonus_lines = ScoreExtra(rubric_.bonus);
    sheet_.penalty_lines = ScoreExtra(rubric_.penalty);
    if (sheet_.blockers.empty()) TakeTotals();
    const std::set<Pin> pins(unit_.inputs().pins.begin(), unit_.inputs().pins.end());
    sheet_.pins.assign(pins.begin(), pins.end());
    return std::move(sheet_);
  }

 private:
  bool needs_full() const {
    return context_.detail == Detail::kExplained || context_.field.ranks_by_full;
  }

  // What conditions of other lines see: lines of groups that have no such condition themselves.
  void TakeMarks() {
    if (context_.field.marked.empty()) return;
    for (const PlacedCriterion& placed : CriteriaOf(rubric_)) {
      const Criterion& criterion = *placed.criterion;
      if (placed.is_extra || !context_.field.marked.contains(criterion.id)) continue;
      ScoreLine line;
      Settle(criterion, context_, line);
      LineMark mark{.max_points = criterion.max_points};
      if (line.full_points.has_value() && !HasDroppedOut(criterion, line)) {
        mark.points = line.full_points;
        mark.number = line.full_points->ToFixed(
            rubric_.rounding.scale, rubric_.rounding.mode.value_or(common::RoundingMode::kHalfUp));
      }
      marks_.emplace(criterion.id, std::move(mark));
    }
  }

  void RoundLine(const Criterion& criterion, ScoreLine& line) const {
    if (!line.full_points.has_value()) return;
    line.points = RoundedBy(*line.full_points, criterion.rounding.value_or(rubric_.rounding));
  }

  // Blocks the sheet if the line has no points.
  void NoteBlocked(const ScoreLine& line) {
    if (line.full_points.has_value()) return;
    sheet_.blockers.push_back({.source = absl::StrCat("criteria/", line.criterion),
                               .reason = ReasonOf(line.basis),
                               .detail = line.problem});
  }

  void CheckData(const std::optional<common::Decimal>& minimum, const DataShare& data,
                 std::string_view source) {
    if (!minimum.has_value()) return;
    const Rational percent = Quotient(data.from_figures * Rational(100), data.all);
    if (percent >= Rational(*minimum)) return;
    sheet_.blockers.push_back(
        {.source = std::string(source),
         .reason = Blocker::Reason::kTooLittleData,
         .detail = absl::StrCat(Brief(percent), " % < ", minimum->ToString(), " %")});
  }

  SettledGroup ScoreGroup(const Group& group, DataShare& data) {
    const size_t blockers_before = sheet_.blockers.size();
    DataShare own;
    SettledGroup settled{.score = {.id = group.id, .max_points = MaximumOf(group)}};
    GroupScore& score = settled.score;
    SettleLines(group, score.lines, own);
    std::vector<bool> groups_out;
    score.groups.reserve(group.groups.size());
    for (const Group& child : group.groups) {
      SettledGroup inner = ScoreGroup(child, own);
      groups_out.push_back(inner.has_dropped_out);
      score.groups.push_back(std::move(inner.score));
    }
    if (group.minimum_data.has_value()) {
      CheckData(group.minimum_data, own, absl::StrCat("groups/", group.id));
    }
    data += own;
    settled.has_dropped_out = FinishChildren(group, groups_out, score);
    if (sheet_.blockers.size() == blockers_before) Aggregate(group, groups_out, score);
    return settled;
  }

  void SettleLines(const Group& group, std::vector<ScoreLine>& lines, DataShare& data) {
    lines.resize(group.criteria.size());
    for (size_t i = 0; i < lines.size(); ++i) {
      const Criterion& criterion = group.criteria[i];
      Settle(criterion, context_, lines[i]);
      NoteBlocked(lines[i]);
      if (!context_.field.counts_data) continue;
      const Rational maximum(criterion.max_points);
      data += {.all = maximum,
               .from_figures = lines[i].basis == LineBasis::kFormula ? maximum : Rational()};
    }
  }

  // What the children that are left are multiplied by, because others of a sum dropped out.
  static std::optional<Rational> FactorOf(const Group& group, const std::vector<bool>& groups_out,
                                          const GroupScore& score) {
    Rational all;
    Rational left;
    for (size_t i = 0; i < score.lines.size(); ++i) {
      all += score.lines[i].max_points;
      if (!HasDroppedOut(group.criteria[i], score.lines[i])) left += score.lines[i].max_points;
    }
    for (size_t i = 0; i < score.groups.size(); ++i) {
      all += score.groups[i].max_points;
      if (!groups_out[i]) left += score.groups[i].max_points;
    }
    return all.DividedBy(left);
  }

  // Redistributes among the children and rounds them; whether all have dropped out.
  bool FinishChildren(const Group& group, const std::vector<bool>& groups_out, GroupScore& score) {
    size_t out = 0;
    for (size_t i = 0; i < score.lines.size(); ++i) {
      if (HasDroppedOut(group.criteria[i], score.lines[i])) ++out;
    }
    for (const bool is_out : groups_out) out += is_out ? 1 : 0;
    const std::optional<Rational> factor =
        out > 0 && IsSum(group) ? FactorOf(group, groups_out, score) : std::nullopt;
    for (size_t i = 0; i < score.lines.size(); ++i) {
      ScoreLine& line = score.lines[i];
      if (factor.has_value() && line.full_points.has_value() &&
          !HasDroppedOut(group.criteria[i], line)) {
        line.full_points = *line.full_points * *factor;
        line.redistribution = factor;
      }
      RoundLine(group.criteria[i], line);
    }
    for (size_t i = 0; i < score.groups.size(); ++i) {
      Finish(group.groups[i], groups_out[i] ? std::nullopt : factor, score.groups[i]);
    }
    return out == score.lines.size() + score.groups.size();
  }

  static bool IsSum(const Group& group) {
    return group.aggregation == Aggregation::kUnspecified || group.aggregation == Aggregation::kSum;
  }

  // Puts the children, all of which have points, together; those that dropped out have none.
  void Aggregate(const Group& group, const std::vector<bool>& groups_out, GroupScore& score) {
    for (const ScoreLine& line : score.lines) score.is_exact = score.is_exact && line.is_exact;
    for (const GroupScore& child : score.groups) score.is_exact = score.is_exact && child.is_exact;
    if (IsSum(group) && !group.max_points.has_value()) {
      score.points = SumOf(score, &ScoreLine::points, &GroupScore::points);
      if (needs_full()) {
        score.full_points = SumOf(score, &ScoreLine::full_points, &GroupScore::full_points);
      }
      return;
    }
    std::vector<GroupPart> rounded;
    std::vector<GroupPart> full;
    const auto add = [&](const auto& child, const Rational& maximum,
                         const std::optional<common::Decimal>& weight) {
      const Rational share = weight.has_value() ? Rational(*weight) : Rational();
      rounded.push_back({.points = *child.points, .max_points = maximum, .weight = share});
      if (!needs_full()) return;
      full.push_back({.points = *child.full_points, .max_points = maximum, .weight = share});
    };
    for (size_t i = 0; i < score.lines.size(); ++i) {
      const Criterion& criterion = group.criteria[i];
      if (HasDroppedOut(criterion, score.lines[i])) continue;
      add(score.lines[i], criterion.max_points, criterion.weight);
    }
    for (size_t i = 0; i < score.groups.size(); ++i) {
      if (!groups_out[i]) add(score.groups[i], score.groups[i].max_points, group.groups[i].weight);
    }
    awards::Aggregate points = AggregateParts(group, rounded, context_.detail);
    score.points = std::move(points.points);
    score.working = std::move(points.working);
    if (!needs_full()) return;
    awards::Aggregate full_points = AggregateParts(group, full, Detail::kPoints);
    score.full_points = std::move(full_points.points);
    score.is_exact = score.is_exact && full_points.is_exact;
  }

  // The sum of one kind of points of all children.
  static Rational SumOf(const GroupScore& score, std::optional<Rational> ScoreLine::*of_line,
                        std::optional<Rational> GroupScore::*of_group) {
    Rational sum;
    for (const ScoreLine& line : score.lines) {
      const std::optional<Rational>& points = line.*of_line;
      if (points.has_value()) sum += *points;
    }
    for (const GroupScore& child : score.groups) {
      const std::optional<Rational>& points = child.*of_group;
      if (points.has_value()) sum += *points;
    }
    return sum;
  }

  // Redistributes to a group and rounds it.
  void Finish(const Group& group, const std::optional<Rational>& factor, GroupScore& score) const {
    if (!score.points.has_value()) return;
    if (factor.has_value()) {
      score.points = *score.points * *factor;
      if (score.full_points.has_value()) score.full_points = *score.full_points * *factor;
      score.redistribution = factor;
    }
    score.points = RoundedBy(*score.points, group.rounding.value_or(rubric_.rounding));
  }

  std::vector<ScoreLine> ScoreExtra(const std::optional<Extra>& extra) {
    std::vector<ScoreLine> lines;
    if (!extra.has_value()) return lines;
    lines.reserve(extra->criteria.size());
    for (const Criterion& criterion : extra->criteria) {
      ScoreLine& line = lines.emplace_back();
      Settle(criterion, context_, line);
      RoundLine(criterion, line);
      NoteBlocked(line);
    }
    return lines;
  }

  // The sum of one kind of points, at most the cap of `extra`. All lines have points.
  static Rational CappedSum(const std::vector<ScoreLine>& lines, const std::optional<Extra>& extra,
                            std::optional<Rational> ScoreLine::*points) {
    Rational sum;
    for (const ScoreLine& line : lines) sum += (line.*points).value_or(Rational());
    return extra.has_value() ? std::min(sum, Rational(extra->cap)) : sum;
  }

  void TakeTotals() {
    Totals totals;
    for (const GroupScore& group : sheet_.groups) {
      totals.base += group.points.value_or(Rational());
      totals.is_exact = totals.is_exact && group.is_exact;
    }
    if (rubric_.base_rounding.has_value()) {
      totals.base = RoundedBy(totals.base, *rubric_.base_rounding);
    }
    for (const auto* lines : {&sheet_.bonus_lines, &sheet_.penalty_lines}) {
      totals.is_exact = totals.is_exact && std::ranges::all_of(*lines, &ScoreLine::is_exact);
    }
    totals.bonus = CappedSum(sheet_.bonus_lines, rubric_.bonus, &ScoreLine::points);
    totals.penalty = CappedSum(sheet_.penalty_lines, rubric_.penalty, &ScoreLine::points);
    totals.total = totals.base + totals.bonus - totals.penalty;
    if (needs_full()) totals.full_total = FullTotal();
    sheet_.tier = TierOf(totals.total);
    sheet_.totals = std::move(totals);
  }

  Rational FullTotal() const {
    Rational total = CappedSum(sheet_.bonus_lines, rubric_.bonus, &ScoreLine::full_points) -
                     CappedSum(sheet_.penalty_lines, rubric_.penalty, &ScoreLine::full_points);
    for (const GroupScore& group : sheet_.groups) total += group.full_points.value_or(Rational());
    return total;
  }

  std::string TierOf(const Rational& total) const {
    const auto tier = std::ranges::find_if(rubric_.tiers, [&](const Tier& candidate) {
      return !candidate.at_least.has_value() || total >= Rational(*candidate.at_least);
    });
    return tier == rubric_.tiers.end() ? "" : tier->id;
  }

  const Rubric& rubric_;
  const UnitColumns& unit_;
  LineMarks marks_{};
  const LineContext context_;
  ScoreSheet sheet_{};
};

}  // namespace

ScoreSheet Score(const Rubric& rubric, const UnitInputs& inputs, const CategoryField& field,
                 Detail detail) {
  return Scoring(rubric, UnitColumns(inputs, *field.columns), field, detail).Run();
}

ScoreSheet Score(const Rubric& rubric, const UnitInputs& inputs) {
  const UnitInputs* const units[] = {&inputs};
  return Score(rubric, inputs, FieldOf(rubric, units));
}

std::vector<ScoreSheet> ScoreCategory(const Rubric& rubric,
                                      std::span<const UnitInputs* const> units, Detail detail) {
  auto columns = std::make_shared<const IndicatorColumns>(rubric);
  std::vector<UnitColumns> in_columns;
  in_columns.reserve(units.size());
  for (const UnitInputs* unit : units) in_columns.emplace_back(*unit, *columns);
  const CategoryField field = FieldOf(rubric, std::move(columns), in_columns);
  std::vector<ScoreSheet> sheets;
  sheets.reserve(units.size());
  for (const UnitColumns& unit : in_columns) {
    sheets.push_back(Scoring(rubric, unit, field, detail).Run());
  }
  return sheets;
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
