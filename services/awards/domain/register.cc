#include "services/awards/domain/register.h"

#include <algorithm>
#include <set>

namespace awards {
namespace {

bool IsThematic(const Honour& honour) { return honour.kind == AwardKind::kThematic; }

}  // namespace

const Honour* FindSameAchievement(const Honour& honour, std::span<const Honour> others) {
  for (const Honour& other : others) {
    if (!other.is_revoked && other.name != honour.name && other.unit == honour.unit &&
        other.year == honour.year && IsThematic(other) == IsThematic(honour)) {
      return &other;
    }
  }
  return nullptr;
}

std::vector<HistoricUnit> HistoryOf(const std::string& unit, const Lineage& lineage) {
  std::vector<HistoricUnit> history{{.unit = unit}};
  std::set<std::string> met{unit};
  // Grows while it is walked through.
  for (size_t i = 0; i < history.size(); ++i) {
    const auto found = lineage.find(history[i].unit);
    if (found == lineage.end()) continue;
    for (const Predecessor& predecessor : found->second) {
      if (!met.insert(predecessor.unit).second) continue;
      history.push_back({.unit = predecessor.unit, .merger_date = predecessor.date});
    }
  }
  return history;
}

std::vector<FlagHolder> HoldersOf(std::span<const FlagYear> years) {
  std::vector<FlagHolder> holders;
  const FlagYear* before = nullptr;
  for (const FlagYear& year : years) {
    FlagHolder holder{.cluster_year = year.cluster_year,
                      .holder = year.head,
                      .passed_to = year.passed_to,
                      .passed_date = year.passed_date};
    if (before != nullptr && before->passed_to == year.head) {
      holder.received_from = before->head;
      holder.received_date = before->passed_date;
    }
    holders.push_back(holder);
    before = &year;
  }
  return holders;
}

}  // namespace awards
