// Mergers: several alliances become one. History stays with the unit that made it; from the day of
// the merger on its successor goes on.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_MERGER_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_MERGER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

inline constexpr size_t kPredecessorsMax = 20;

// What is to be merged into what.
struct Merger {
  std::vector<UnitId> predecessors{};
  UnitId successor{};
  // The first day of the new order.
  absl::CivilDay date{};
  std::string legal_basis{};
};

// The units of a merger after it.
struct Merged {
  // The days of its predecessors do not fall; those of one day stay in the order they were merged
  // in.
  Unit successor{};
  // In the order of the merger.
  std::vector<Unit> predecessors{};

  bool operator==(const Merged&) const = default;
};

// Merges units. `units` has those of `merger` that exist. A merger that is stored already, word for
// word, gives the units as they are; so it may be repeated.
//
// The successor may be one of the provinces that go on, or another unit. Along a line of successors
// the days rise, so no unit comes round to itself and no figure counts twice: a unit is merged
// later than all that were merged into it. Mergers need not be recorded in the order of their days.
// - INVALID_ARGUMENT: all fields at fault: `predecessors` (none, more than kPredecessorsMax, one of
//   them twice or the successor), `successor`, `date` (not later than a merger into a predecessor),
//   `legal_basis`.
// - FAILED_PRECONDITION, UNIT_UNKNOWN: a unit does not exist or is no alliance.
// - FAILED_PRECONDITION, UNIT_MERGED: a predecessor was merged before, or the successor is merged
// by
//   `date`.
absl::StatusOr<Merged> MergeUnits(Merger merger, const Units& units, Violations violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_MERGER_H_
