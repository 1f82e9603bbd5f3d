#include "services/awards/reporting_client/alliances.h"

#include <utility>
#include <vector>

#include "common/status/status_macros.h"

namespace awards {
namespace {

namespace v1 = thidua::reporting::v1;

bool IsMergedBy(const v1::Unit& unit, std::string_view day) {
  return unit.has_successor() && unit.successor().date() <= day;
}

// The month, two digits, in which the part of a year begins that is written `H1`, `Q3` or `07`.
std::string FirstMonthOf(std::string_view part) {
  if (part == "Q2") return "04";
  if (part == "Q3" || part == "H2") return "07";
  if (part == "Q4") return "10";
  return part.front() == 'Q' || part.front() == 'H' ? "01" : std::string(part);
}

}  // namespace

std::string FirstDayOf(std::string_view period) {
  const size_t dash = period.find('-');
  if (dash == std::string_view::npos) return std::string(period) + "-01-01";
  return std::string(period.substr(0, dash + 1)) + FirstMonthOf(period.substr(dash + 1)) + "-01";
}

absl::StatusOr<std::string> FindAlliance(const v1::Unit& unit, std::string_view day,
                                         const FindUnit& find) {
  if (unit.parent().empty()) return unit.name();
  std::string alliance = unit.parent();
  std::set<std::string> passed;
  // The days along a line of successors rise; only a copy that is being made anew may go in
  // circles.
  while (passed.insert(alliance).second) {
    ASSIGN_OR_RETURN(const v1::Unit* found, find(alliance));
    if (found == nullptr || !IsMergedBy(*found, day)) break;
    alliance = found->successor().unit();
  }
  return alliance;
}

absl::StatusOr<std::set<std::string>> FindParents(const std::string& alliance, std::string_view day,
                                                  const FindUnit& find) {
  std::set<std::string> parents;
  ASSIGN_OR_RETURN(const v1::Unit* itself, find(alliance));
  if (itself != nullptr && IsMergedBy(*itself, day)) return parents;
  std::vector<std::string> found = {alliance};
  while (!found.empty()) {
    const std::string name = std::move(found.back());
    found.pop_back();
    if (!parents.insert(name).second) continue;
    ASSIGN_OR_RETURN(const v1::Unit* parent, find(name));
    if (parent == nullptr) continue;
    for (const v1::Lineage& lineage : parent->predecessors()) {
      if (lineage.date() <= day) found.push_back(lineage.unit());
    }
  }
  return parents;
}

}  // namespace awards
