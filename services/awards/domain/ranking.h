// The order of the units of one category.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_RANKING_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_RANKING_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/awards/domain/rubric.h"
#include "services/awards/domain/score.h"

namespace awards {

// The place of one unit.
struct Standing {
  std::string unit{};
  // Beginning with 1; 0 if the unit cannot be scored.
  int rank = 0;
  // As on the sheet; empty if the unit cannot be scored.
  std::optional<Totals> totals{};
  // What put the unit behind the one before it: `total`, or a tie-break step: `base_total`,
  // `full_total`, `penalty`, `bonus`, `group 3`, `criterion 3.1`. Empty for the first, for a unit
  // that shares the rank of the one before it, and for one that cannot be scored.
  std::string decided_by{};
  // The rank is shared because the whole chain found no difference.
  bool unresolved_tie = false;
  // The rank as the rubric's style writes it: `2`, or `2.5` where `rank` is 2 for kAverage. Empty
  // if the unit cannot be scored.
  std::string rank_text{};
  // As on the sheet.
  std::string tier{};
};

// Ranks the sheets of one category, all made by `rubric`: from the first to the last, units that
// cannot be scored at the end. Units that share a rank, and those without, stand in the byte order
// of their names, which decides nothing. The order of `sheets` does not matter.
std::vector<Standing> Rank(const Rubric& rubric, std::span<const ScoreSheet> sheets);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_RANKING_H_
