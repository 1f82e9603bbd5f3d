// Units: the bodies that report.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_UNIT_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_UNIT_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/text.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

// Most characters of the legal basis of a merger.
inline constexpr size_t kLegalBasisCharactersMax = 500;

enum class UnitKind { kUnspecified, kAlliance, kCooperative };

// The sector a cooperative works in; an alliance has none.
enum class Sector { kUnspecified, kAgriculture, kNonAgriculture };

// A name from a day on; without a day, which only the first of a list may lack, since ever.
struct DatedTitle {
  LocalizedText title{};
  std::optional<absl::CivilDay> valid_from{};

  bool operator==(const DatedTitle&) const = default;
};

// A province code, two digits, from a day on; dated like a title.
struct DatedCode {
  std::string code{};
  std::optional<absl::CivilDay> valid_from{};

  bool operator==(const DatedCode&) const = default;
};

// A merger, seen from one of its units.
struct Lineage {
  // The other unit.
  UnitId unit{};
  // The first day of the new order.
  absl::CivilDay date{};
  std::string legal_basis{};

  bool operator==(const Lineage&) const = default;
};

struct Unit {
  UnitId id{};
  UnitKind kind = UnitKind::kUnspecified;
  Sector sector = Sector::kUnspecified;
  // The alliance of a cooperative.
  std::optional<UnitId> parent{};
  // Oldest first, at least one.
  std::vector<DatedTitle> titles{};
  // Oldest first; empty for a cooperative.
  std::vector<DatedCode> province_codes{};
  std::optional<absl::CivilDay> founding_date{};
  // The alliances that were merged into this one, in the order of their days.
  std::vector<Lineage> predecessors{};
  // What this one was merged into. Along a line of successors the days rise.
  std::optional<Lineage> successor{};

  bool operator==(const Unit&) const = default;
};

using Units = std::map<UnitId, Unit>;

// The alliance that a unit belongs to a cluster by: its parent for a cooperative, itself otherwise.
// A merger does not change it: who stands for it from then on, its line of successors says.
UnitId AllianceOf(const Unit& unit);

// Whether `unit` has been merged into another on `day` or before: it is history then.
bool IsMergedBy(const Unit& unit, absl::CivilDay day);

// The unit a create call makes of `draft`, with normalised texts. `violations` are what parsing the
// request found; `parent` is the stored unit that `draft.parent` names, or null.
// - INVALID_ARGUMENT: all fields at fault, below `unit`.
// - FAILED_PRECONDITION, UNIT_UNKNOWN: the parent does not exist or is no alliance.
// - FAILED_PRECONDITION, UNIT_MERGED: the parent was merged by the day the cooperative was founded.
absl::StatusOr<Unit> MakeUnit(Unit draft, const Unit* parent, Violations violations);

// `stored` with the titles and province codes of `draft`; nothing else of `draft` is read. Equal to
// `stored` if the lists are.
// - INVALID_ARGUMENT: all fields at fault, below `unit`; HISTORY_REWRITTEN where a stored entry is
//   changed or left out.
absl::StatusOr<Unit> UpdateUnit(const Unit& stored, Unit draft, Violations violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_UNIT_H_
