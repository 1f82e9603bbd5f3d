#include "services/awards/domain/ranking.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"

namespace awards {
namespace {

using common::Rational;

// A unit with what it is compared by, in turn; greater is better. Empty if it cannot be scored.
struct Contender {
  const ScoreSheet* sheet = nullptr;
  std::vector<Rational> keys{};
};

const GroupScore* FindGroupScore(const std::vector<GroupScore>& groups, std::string_view id) {
  for (const GroupScore& group : groups) {
    if (group.id == id) return &group;
    if (const GroupScore* found = FindGroupScore(group.groups, id)) return found;
  }
  return nullptr;
}

const ScoreLine* FindIn(const std::vector<ScoreLine>& lines, std::string_view criterion) {
  const auto line = std::ranges::find(lines, criterion, &ScoreLine::criterion);
  return line == lines.end() ? nullptr : &*line;
}

const ScoreLine* FindInGroups(const std::vector<GroupScore>& groups, std::string_view criterion) {
  for (const GroupScore& group : groups) {
    if (const ScoreLine* line = FindIn(group.lines, criterion)) return line;
    if (const ScoreLine* line = FindInGroups(group.groups, criterion)) return line;
  }
  return nullptr;
}

// The points of a line, negative for one of the penalty.
Rational PointsOfLine(const ScoreSheet& sheet, std::string_view criterion) {
  if (const ScoreLine* line = FindIn(sheet.penalty_lines, criterion)) {
    return -line->points.value_or(Rational());
  }
  const ScoreLine* line = FindInGroups(sheet.groups, criterion);
  if (line == nullptr) line = FindIn(sheet.bonus_lines, criterion);
  return line == nullptr ? Rational() : line->points.value_or(Rational());
}

Rational KeyOf(const TieBreak& step, const ScoreSheet& sheet, const Totals& totals) {
  if (std::holds_alternative<ByBaseTotal>(step)) return totals.base;
  if (std::holds_alternative<ByFullTotal>(step)) return totals.full_total;
  if (std::holds_alternative<ByPenalty>(step)) return -totals.penalty;
  if (std::holds_alternative<ByBonus>(step)) return totals.bonus;
  if (const auto* by_group = std::get_if<ByGroup>(&step)) {
    const GroupScore* group = FindGroupScore(sheet.groups, by_group->group);
    return group == nullptr ? Rational() : group->points.value_or(Rational());
  }
  if (const auto* by_criterion = std::get_if<ByCriterion>(&step)) {
    return PointsOfLine(sheet, by_criterion->criterion);
  }
  return {};
}

std::string NameOf(const TieBreak& step) {
  if (std::holds_alternative<ByBaseTotal>(step)) return "base_total";
  if (std::holds_alternative<ByFullTotal>(step)) return "full_total";
  if (std::holds_alternative<ByPenalty>(step)) return "penalty";
  if (std::holds_alternative<ByBonus>(step)) return "bonus";
  if (const auto* by_group = std::get_if<ByGroup>(&step)) {
    return absl::StrCat("group ", by_group->group);
  }
  if (const auto* by_criterion = std::get_if<ByCriterion>(&step)) {
    return absl::StrCat("criterion ", by_criterion->criterion);
  }
  return "";
}

// What units are ranked by first.
Rational RankValue(const Rubric& rubric, const Totals& totals) {
  const Rational& value =
      rubric.rank_basis == RankBasis::kFullTotal ? totals.full_total : totals.total;
  if (!rubric.rank_rounding.has_value()) return value;
  return value.Rounded(rubric.rank_rounding->scale,
                       rubric.rank_rounding->mode.value_or(common::RoundingMode::kHalfUp));
}

Contender ContenderOf(const Rubric& rubric, const ScoreSheet& sheet) {
  Contender contender{.sheet = &sheet};
  if (!sheet.totals.has_value()) return contender;
  const Totals& totals = *sheet.totals;
  contender.keys.push_back(RankValue(rubric, totals));
  for (const TieBreak& step : rubric.tie_breaks) {
    contender.keys.push_back(KeyOf(step, sheet, totals));
  }
  return contender;
}

bool StandsBefore(const Contender& a, const Contender& b) {
  // Units that cannot be scored have no keys, so they come last.
  if (a.keys != b.keys) return b.keys < a.keys;
  return a.sheet->unit < b.sheet->unit;
}

// The first comparison in which two units with different keys differ.
std::string DecidedBy(const Rubric& rubric, const Contender& a, const Contender& b) {
  const auto difference = std::ranges::mismatch(a.keys, b.keys);
  const auto index = static_cast<size_t>(difference.in1 - a.keys.begin());
  return index == 0 ? "total" : NameOf(rubric.tie_breaks[index - 1]);
}

// Writes the ranks as the rubric's style does. `standings` are in order and have their places.
void WriteRanks(const Rubric& rubric, std::vector<Standing>& standings) {
  for (size_t first = 0; first < standings.size();) {
    size_t next = first + 1;
    while (next < standings.size() && standings[next].rank == standings[first].rank) ++next;
    if (standings[first].rank == 0) return;
    // The mean of the places from first + 1 to next.
    const Rational mean = Rational(static_cast<int64_t>(first + 1 + next))
                              .DividedBy(Rational(2))
                              .value_or(Rational());
    const std::string text = rubric.rank_style == RankStyle::kAverage
                                 ? mean.ToTrimmed(1, common::RoundingMode::kHalfUp)
                                 : std::to_string(standings[first].rank);
    for (; first < next; ++first) standings[first].rank_text = text;
  }
}

}  // namespace

std::vector<Standing> Rank(const Rubric& rubric, std::span<const ScoreSheet> sheets) {
  std::vector<Contender> contenders;
  contenders.reserve(sheets.size());
  for (const ScoreSheet& sheet : sheets) contenders.push_back(ContenderOf(rubric, sheet));
  std::ranges::sort(contenders, StandsBefore);

  std::vector<Standing> standings;
  int place = 0;
  for (size_t i = 0; i < contenders.size(); ++i) {
    const Contender& contender = contenders[i];
    Standing standing{.unit = contender.sheet->unit,
                      .totals = contender.sheet->totals,
                      .tier = contender.sheet->tier};
    if (!standing.totals.has_value()) {
      standings.push_back(std::move(standing));
      continue;
    }
    if (i > 0 && contender.keys == contenders[i - 1].keys) {
      standing.rank = standings.back().rank;
      standing.unresolved_tie = standings.back().unresolved_tie = true;
    } else {
      place = rubric.rank_style == RankStyle::kDense ? place + 1 : static_cast<int>(i) + 1;
      standing.rank = place;
      if (i > 0) standing.decided_by = DecidedBy(rubric, contenders[i - 1], contender);
    }
    standings.push_back(std::move(standing));
  }
  WriteRanks(rubric, standings);
  return standings;
}

}  // namespace awards
