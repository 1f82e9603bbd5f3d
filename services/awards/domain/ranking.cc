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

Rational PointsOfGroup(const ScoreSheet& sheet, std::string_view id) {
  const auto group = std::ranges::find(sheet.groups, id, &GroupScore::id);
  return group == sheet.groups.end() ? Rational() : group->points.value_or(Rational());
}

Rational KeyOf(const TieBreak& step, const ScoreSheet& sheet, const Totals& totals) {
  if (std::holds_alternative<ByBaseTotal>(step)) return totals.base;
  if (std::holds_alternative<ByFullTotal>(step)) return totals.full_total;
  if (std::holds_alternative<ByPenalty>(step)) return -totals.penalty;
  if (const auto* by_group = std::get_if<ByGroup>(&step)) {
    return PointsOfGroup(sheet, by_group->group);
  }
  return {};
}

std::string NameOf(const TieBreak& step) {
  if (std::holds_alternative<ByBaseTotal>(step)) return "base_total";
  if (std::holds_alternative<ByFullTotal>(step)) return "full_total";
  if (std::holds_alternative<ByPenalty>(step)) return "penalty";
  if (const auto* by_group = std::get_if<ByGroup>(&step)) {
    return absl::StrCat("group ", by_group->group);
  }
  return "";
}

Contender ContenderOf(const Rubric& rubric, const ScoreSheet& sheet) {
  Contender contender{.sheet = &sheet};
  if (!sheet.totals.has_value()) return contender;
  const Totals& totals = *sheet.totals;
  contender.keys.push_back(rubric.rank_basis == RankBasis::kFullTotal ? totals.full_total
                                                                      : totals.total);
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
    Standing standing{.unit = contender.sheet->unit, .totals = contender.sheet->totals};
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
  return standings;
}

}  // namespace awards
