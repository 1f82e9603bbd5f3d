#include "services/awards/domain/score.h"

#include <algorithm>
#include <iterator>
#include <set>
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

// A line after the rubric's rule for absence, before redistribution.
struct SettledLine {
  ScoreLine line{};
  // The line's maximum goes to the others of its group.
  bool has_dropped_out = false;
};

// A group before redistribution among its siblings: its points are not rounded yet.
struct SettledGroup {
  GroupScore score{};
  bool has_dropped_out = false;
};

Rational RoundedBy(const Rational& points, const Rounding& rounding) {
  return points.Rounded(rounding.scale, rounding.mode.value_or(common::RoundingMode::kHalfUp));
}

void SettleAbsence(Absence rule, SettledLine& settled, Detail detail) {
  ScoreLine& line = settled.line;
  switch (rule) {
    case Absence::kFull:
      line.full_points = line.max_points;
      if (detail == Detail::kExplained) line.working = line.max_points.ToString();
      return;
    case Absence::kBlock:
    case Absence::kUnspecified:
      return;
    case Absence::kRedistribute:
      settled.has_dropped_out = true;
      [[fallthrough]];
    case Absence::kZero:
      line.full_points = Rational();
      if (detail == Detail::kExplained) line.working = common::Decimal().ToString();
      return;
  }
}

SettledLine Settle(const Criterion& criterion, const LineContext& context) {
  LineValue value = EvaluateFormula(criterion, context);
  SettledLine settled{.line = {.criterion = criterion.id,
                               .max_points = criterion.max_points,
                               .basis = value.basis,
                               .inputs = std::move(value.inputs),
                               .working = std::move(value.working),
                               .is_exact = value.is_exact,
                               .problem = std::move(value.problem)}};
  switch (value.basis) {
    case LineBasis::kFormula:
      settled.line.full_points = std::move(value.points);
      break;
    case LineBasis::kMissing:
      SettleAbsence(criterion.on_missing, settled, context.detail);
      break;
    case LineBasis::kNotApplicable:
      SettleAbsence(criterion.on_not_applicable, settled, context.detail);
      break;
    case LineBasis::kUndefined:
      SettleAbsence(criterion.on_undefined, settled, context.detail);
      break;
  }
  return settled;
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
  Scoring(const Rubric& rubric, const UnitInputs& inputs, const CategoryField& field, Detail detail)
      : rubric_(rubric),
        context_({.inputs = inputs, .marks = marks_, .field = field, .detail = detail}) {}

  ScoreSheet Run() && {
    TakeMarks();
    sheet_.unit = context_.inputs.unit;
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
    const std::set<Pin> pins(context_.inputs.pins.begin(), context_.inputs.pins.end());
    sheet_.pins.assign(pins.begin(), pins.end());
    return std::move(sheet_);
  }

 private:
  bool explains() const { return context_.detail == Detail::kExplained; }

  // What conditions of other lines see: lines of groups that have no such condition themselves.
  void TakeMarks() {
    if (context_.field.marked.empty()) return;
    for (const PlacedCriterion& placed : CriteriaOf(rubric_)) {
      const Criterion& criterion = *placed.criterion;
      if (placed.is_extra || !context_.field.marked.contains(criterion.id)) continue;
      const SettledLine settled = Settle(criterion, context_);
      LineMark mark{.max_points = criterion.max_points};
      if (settled.line.full_points.has_value() && !settled.has_dropped_out) {
        mark.points = settled.line.full_points;
        mark.number = settled.line.full_points->ToFixed(
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
                 const std::string& source) {
    if (!minimum.has_value()) return;
    const Rational percent = Quotient(data.from_figures * Rational(100), data.all);
    if (percent >= Rational(*minimum)) return;
    sheet_.blockers.push_back(
        {.source = source,
         .reason = Blocker::Reason::kTooLittleData,
         .detail = absl::StrCat(Brief(percent), " % < ", minimum->ToString(), " %")});
  }

  SettledGroup ScoreGroup(const Group& group, DataShare& data) {
    const size_t blockers_before = sheet_.blockers.size();
    DataShare own;
    SettledGroup settled{.score = {.id = group.id, .max_points = MaximumOf(group)}};
    std::vector<SettledLine> lines = SettleLines(group, own);
    std::vector<SettledGroup> groups;
    groups.reserve(group.groups.size());
    for (const Group& child : group.groups) groups.push_back(ScoreGroup(child, own));
    CheckData(group.minimum_data, own, absl::StrCat("groups/", group.id));
    const std::optional<Rational> factor = FactorOf(group, lines, groups);
    TakeChildren(group, factor, lines, groups, settled);
    if (sheet_.blockers.size() > blockers_before) {
      settled.score.points.reset();
      settled.score.full_points.reset();
    }
    data += own;
    return settled;
  }

  std::vector<SettledLine> SettleLines(const Group& group, DataShare& data) {
    std::vector<SettledLine> lines;
    lines.reserve(group.criteria.size());
    for (const Criterion& criterion : group.criteria) {
      lines.push_back(Settle(criterion, context_));
      const ScoreLine& line = lines.back().line;
      NoteBlocked(line);
      if (!context_.field.counts_data) continue;
      const Rational maximum(criterion.max_points);
      data += {.all = maximum,
               .from_figures = line.basis == LineBasis::kFormula ? maximum : Rational()};
    }
    return lines;
  }

  // What the children that are left are multiplied by, because others of a sum dropped out.
  static std::optional<Rational> FactorOf(const Group& group, const std::vector<SettledLine>& lines,
                                          const std::vector<SettledGroup>& groups) {
    const bool is_sum =
        group.aggregation == Aggregation::kUnspecified || group.aggregation == Aggregation::kSum;
    const bool has_gap = std::ranges::any_of(lines, &SettledLine::has_dropped_out) ||
                         std::ranges::any_of(groups, &SettledGroup::has_dropped_out);
    if (!is_sum || !has_gap) return std::nullopt;
    Rational all;
    Rational left;
    for (const SettledLine& line : lines) {
      all += line.line.max_points;
      if (!line.has_dropped_out) left += line.line.max_points;
    }
    for (const SettledGroup& child : groups) {
      all += child.score.max_points;
      if (!child.has_dropped_out) left += child.score.max_points;
    }
    return all.DividedBy(left);
  }

  // Moves the children into the group's score, redistributed and rounded, and aggregates them.
  void TakeChildren(const Group& group, const std::optional<Rational>& factor,
                    std::vector<SettledLine>& lines, std::vector<SettledGroup>& groups,
                    SettledGroup& settled) {
    std::vector<GroupPart> rounded;
    std::vector<GroupPart> full;
    bool is_exact = true;
    const auto add = [&](const auto& score, const Rational& maximum,
                         const std::optional<common::Decimal>& weight, bool has_dropped_out) {
      if (has_dropped_out || !score.full_points.has_value()) return;
      is_exact = is_exact && score.is_exact;
      const Rational share = weight.has_value() ? Rational(*weight) : Rational();
      rounded.push_back({.points = *score.points, .max_points = maximum, .weight = share});
      full.push_back({.points = *score.full_points, .max_points = maximum, .weight = share});
    };
    settled.score.lines.reserve(lines.size());
    for (size_t i = 0; i < lines.size(); ++i) {
      ScoreLine& line = lines[i].line;
      if (factor.has_value() && !lines[i].has_dropped_out && line.full_points.has_value()) {
        line.full_points = *line.full_points * *factor;
        line.redistribution = factor;
      }
      RoundLine(group.criteria[i], line);
      add(line, line.max_points, group.criteria[i].weight, lines[i].has_dropped_out);
      settled.score.lines.push_back(std::move(line));
    }
    for (size_t i = 0; i < groups.size(); ++i) {
      GroupScore& child = groups[i].score;
      Finish(group.groups[i], groups[i].has_dropped_out ? std::nullopt : factor, child);
      add(child, child.max_points, group.groups[i].weight, groups[i].has_dropped_out);
      settled.score.groups.push_back(std::move(child));
    }
    settled.has_dropped_out = std::ranges::all_of(lines, &SettledLine::has_dropped_out) &&
                              std::ranges::all_of(groups, &SettledGroup::has_dropped_out);
    Aggregate points = AggregateParts(group, rounded, context_.detail);
    Aggregate full_points = AggregateParts(group, full, Detail::kPoints);
    settled.score.points = std::move(points.points);
    settled.score.working = std::move(points.working);
    settled.score.full_points = std::move(full_points.points);
    settled.score.is_exact = is_exact && full_points.is_exact;
  }

  // Redistributes to a group and rounds it.
  void Finish(const Group& group, const std::optional<Rational>& factor, GroupScore& score) const {
    if (!score.points.has_value() || !score.full_points.has_value()) return;
    if (factor.has_value()) {
      score.points = *score.points * *factor;
      score.full_points = *score.full_points * *factor;
      score.redistribution = factor;
    }
    score.points = RoundedBy(*score.points, group.rounding.value_or(rubric_.rounding));
  }

  std::vector<ScoreLine> ScoreExtra(const std::optional<Extra>& extra) {
    std::vector<ScoreLine> lines;
    if (!extra.has_value()) return lines;
    lines.reserve(extra->criteria.size());
    for (const Criterion& criterion : extra->criteria) {
      ScoreLine line = Settle(criterion, context_).line;
      RoundLine(criterion, line);
      NoteBlocked(line);
      lines.push_back(std::move(line));
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
    Rational full;
    for (const GroupScore& group : sheet_.groups) {
      totals.base += group.points.value_or(Rational());
      full += group.full_points.value_or(Rational());
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
    totals.full_total = full +
                        CappedSum(sheet_.bonus_lines, rubric_.bonus, &ScoreLine::full_points) -
                        CappedSum(sheet_.penalty_lines, rubric_.penalty, &ScoreLine::full_points);
    sheet_.tier = TierOf(totals.total);
    sheet_.totals = std::move(totals);
  }

  std::string TierOf(const Rational& total) const {
    const auto tier = std::ranges::find_if(rubric_.tiers, [&](const Tier& candidate) {
      return !candidate.at_least.has_value() || total >= Rational(*candidate.at_least);
    });
    return tier == rubric_.tiers.end() ? "" : tier->id;
  }

  const Rubric& rubric_;
  LineMarks marks_{};
  const LineContext context_;
  ScoreSheet sheet_{};
};

}  // namespace

ScoreSheet Score(const Rubric& rubric, const UnitInputs& inputs, const CategoryField& field,
                 Detail detail) {
  return Scoring(rubric, inputs, field, detail).Run();
}

ScoreSheet Score(const Rubric& rubric, const UnitInputs& inputs) {
  const UnitInputs* const units[] = {&inputs};
  return Score(rubric, inputs, FieldOf(rubric, units));
}

std::vector<ScoreSheet> ScoreCategory(const Rubric& rubric,
                                      std::span<const UnitInputs* const> units, Detail detail) {
  const CategoryField field = FieldOf(rubric, units);
  std::vector<ScoreSheet> sheets;
  sheets.reserve(units.size());
  for (const UnitInputs* unit : units) sheets.push_back(Score(rubric, *unit, field, detail));
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
