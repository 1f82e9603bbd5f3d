#include "services/reporting/domain/merger.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/period.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

constexpr std::string_view kPredecessors = "predecessors";

void CheckPredecessors(const Merger& merger, Violations& violations) {
  if (merger.predecessors.empty()) {
    violations.Add(kPredecessors, common::kRequiredFieldMissing, "say which units are merged");
  }
  if (merger.predecessors.size() > kPredecessorsMax) {
    violations.Add(kPredecessors, common::kInvalidField,
                   absl::StrCat("must be at most ", kPredecessorsMax, " units"));
  }
  std::set<UnitId> seen;
  for (size_t i = 0; i < merger.predecessors.size(); ++i) {
    const UnitId& unit = merger.predecessors[i];
    if (unit.empty()) continue;
    if (!seen.insert(unit).second) {
      violations.Add(Item(kPredecessors, i), common::kInvalidField, "stands twice");
    }
    if (unit == merger.successor) {
      violations.Add(Item(kPredecessors, i), common::kInvalidField,
                     "must not be the successor: a province that goes on is only that");
    }
  }
}

// The path of each unit of `merger` with its id, the successor last.
std::vector<std::pair<std::string, UnitId>> FieldsOf(const Merger& merger) {
  std::vector<std::pair<std::string, UnitId>> fields;
  for (size_t i = 0; i < merger.predecessors.size(); ++i) {
    fields.emplace_back(Item(kPredecessors, i), merger.predecessors[i]);
  }
  fields.emplace_back("successor", merger.successor);
  return fields;
}

absl::Status CheckAlliances(const Merger& merger, const Units& units) {
  constexpr std::string_view kWhy = "the unit does not exist or is no alliance";
  common::Error error(absl::StatusCode::kFailedPrecondition, kUnitUnknown, kWhy);
  bool all_known = true;
  for (const auto& [field, id] : FieldsOf(merger)) {
    const auto unit = units.find(id);
    if (unit != units.end() && unit->second.kind == UnitKind::kAlliance) continue;
    if (all_known) error.With("name", id.ToName());
    error.Field(field, kWhy);
    all_known = false;
  }
  return all_known ? absl::OkStatus() : absl::Status(error);
}

// What `merger` makes the successor of each predecessor.
Lineage LineageTo(const Merger& merger) {
  return {.unit = merger.successor, .date = merger.date, .legal_basis = merger.legal_basis};
}

bool IsStored(const Merger& merger, const Units& units) {
  return std::all_of(merger.predecessors.begin(), merger.predecessors.end(),
                     [&](const UnitId& id) { return units.at(id).successor == LineageTo(merger); });
}

absl::Status CheckNotMerged(const Merger& merger, const Units& units) {
  std::vector<MergedReference> merged;
  for (const auto& [field, id] : FieldsOf(merger)) {
    const Unit& unit = units.at(id);
    const bool is_history =
        id == merger.successor ? IsMergedBy(unit, merger.date) : unit.successor.has_value();
    if (is_history) merged.push_back({.field = field, .unit = unit});
  }
  return merged.empty() ? absl::OkStatus() : UnitsMerged(merged);
}

// What a predecessor took in, it took in before it ended.
absl::Status CheckOrder(const Merger& merger, const Units& units) {
  for (const UnitId& id : merger.predecessors) {
    const std::vector<Lineage>& earlier = units.at(id).predecessors;
    if (earlier.empty() || earlier.back().date < merger.date) continue;
    return common::InvalidField(
        "date", common::kInvalidField,
        absl::StrCat("must be later than ", ToString(earlier.back().date), ", the day on which ",
                     earlier.back().unit.ToName(), " was merged into ", id.ToName()));
  }
  return absl::OkStatus();
}

Merged Merge(const Merger& merger, const Units& units) {
  Merged merged{.successor = units.at(merger.successor)};
  for (const UnitId& id : merger.predecessors) {
    Unit& predecessor = merged.predecessors.emplace_back(units.at(id));
    predecessor.successor = LineageTo(merger);
    merged.successor.predecessors.push_back(
        {.unit = id, .date = merger.date, .legal_basis = merger.legal_basis});
  }
  std::vector<Lineage>& lineage = merged.successor.predecessors;
  std::stable_sort(lineage.begin(), lineage.end(),
                   [](const Lineage& a, const Lineage& b) { return a.date < b.date; });
  return merged;
}

// The units of a merger that is stored.
Merged AsStored(const Merger& merger, const Units& units) {
  Merged merged{.successor = units.at(merger.successor)};
  for (const UnitId& id : merger.predecessors) merged.predecessors.push_back(units.at(id));
  return merged;
}

}  // namespace

absl::StatusOr<Merged> MergeUnits(Merger merger, const Units& units, Violations violations) {
  CheckPredecessors(merger, violations);
  CheckRequiredText(merger.legal_basis, "legal_basis", kLegalBasisCharactersMax, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckAlliances(merger, units));
  if (IsStored(merger, units)) return AsStored(merger, units);
  RETURN_IF_ERROR(CheckNotMerged(merger, units));
  RETURN_IF_ERROR(CheckOrder(merger, units));
  return Merge(merger, units);
}

}  // namespace reporting
