// The register of flags: what stands in the way of another award, and whose awards belong to the
// history of a unit.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_REGISTER_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_REGISTER_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/awards/domain/round.h"

namespace awards {

// An award as far as rules look at it.
struct Honour {
  // The register entry, or the nomination of one that is only about to be given.
  std::string name{};
  std::string unit{};
  // Of the achievement.
  std::string year{};
  AwardKind kind = AwardKind::kUnspecified;
  bool is_revoked = false;
};

// The first of `others` that is for the same achievement as `honour`: of the same unit, year and
// kind (unspecified is merit), and not revoked. Null if there is none. Points into `others`.
const Honour* FindSameAchievement(const Honour& honour, std::span<const Honour> others);

// A merger, seen from the unit that came of it.
struct Predecessor {
  std::string unit{};
  // `YYYY-MM-DD`.
  std::string date{};
};

// By unit, who was merged into it.
using Lineage = std::map<std::string, std::vector<Predecessor>>;

// A unit whose awards belong to a history, and since when.
struct HistoricUnit {
  std::string unit{};
  // The day it was merged into the unit, or into the one that came here; empty for the unit itself.
  std::string merger_date{};

  bool operator==(const HistoricUnit&) const = default;
};

// The unit itself, then all that were merged into it, directly or by way of others, each once, in
// the order they are met. A circle, which the reporting service refuses, ends.
std::vector<HistoricUnit> HistoryOf(const std::string& unit, const Lineage& lineage);

// One year of the rotating flag as its cluster year tells it.
struct FlagYear {
  std::string cluster_year{};
  std::string head{};
  // Where it was handed to, and when; empty while it is held.
  std::string passed_to{};
  std::string passed_date{};
};

// Who held the flag in one year.
struct FlagHolder {
  std::string cluster_year{};
  std::string holder{};
  std::string received_from{};
  std::string received_date{};
  std::string passed_to{};
  std::string passed_date{};

  bool operator==(const FlagHolder&) const = default;
};

// The holders of the years, in their order: a year's holder received the flag if the year before
// handed it to them.
std::vector<FlagHolder> HoldersOf(std::span<const FlagYear> years);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_REGISTER_H_
