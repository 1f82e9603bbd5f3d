#include "services/reporting/domain/reporters.h"

#include <algorithm>
#include <utility>

namespace reporting {
namespace {

bool EndsWithin(const Unit& unit, const Period& period) {
  return unit.successor.has_value() && unit.successor->date > period.first_day() &&
         unit.successor->date <= period.last_day();
}

// The mergers around one scope, as one report sees them.
class Lineages {
 public:
  Lineages(const Scope& scope, const ReportKind& report, const ScopeFacts& facts)
      : scope_(scope), report_(report), facts_(facts) {
    if (scope.year.has_value()) last_merger_ = absl::CivilDay(scope.year->id.year, 12, 31);
  }

  bool IsInCalendar() const {
    return scope_.year.has_value() &&
           FindDueReport(*scope_.year, report_.form, report_.period, report_.value_kind) != nullptr;
  }

  // Those of the members that are units of their own when the period begins: who owes a report that
  // is in the calendar.
  std::set<UnitId> LivingMembers() const {
    std::set<UnitId> living;
    for (const UnitId& id : scope_.units) {
      const Unit* unit = Find(id);
      if (unit != nullptr && !IsMergedBy(*unit, report_.period.first_day())) living.insert(id);
    }
    return living;
  }

  // The unit that goes on for a member of a cluster year. Adds the mergers it goes through.
  UnitId GoOn(UnitId id, std::set<UnitId>& passed) const {
    if (!scope_.year.has_value()) return id;
    for (const Unit* unit = Find(id); unit != nullptr && HasEnded(*unit); unit = Find(id)) {
      passed.insert(id);
      id = unit->successor->unit;
    }
    return id;
  }

  // Adds to `reporters` who stands for `id`, and to `passed` the mergers that are behind.
  void StandFor(const UnitId& id, std::set<UnitId>& reporters, std::set<UnitId>& passed) const {
    const Unit* unit = Find(id);
    if (unit == nullptr) return;
    absl::CivilDay begun_by = report_.period.last_day();
    for (const Lineage& lineage : unit->predecessors) {
      if (last_merger_.has_value() && lineage.date > *last_merger_) continue;
      if (!IsAhead(lineage)) {
        passed.insert(lineage.unit);
        continue;
      }
      if (lineage.date <= report_.period.last_day()) begun_by = report_.period.first_day();
      StandFor(lineage.unit, reporters, passed);
    }
    if (HasBegunBy(*unit, begun_by) && !HasEnded(*unit)) reporters.insert(id);
  }

  // Adds `id` and all alliances that had become part of it.
  void AddParents(const UnitId& id, std::set<UnitId>& parents) const {
    const Unit* unit = Find(id);
    if (unit == nullptr || !parents.insert(id).second) return;
    for (const Lineage& lineage : unit->predecessors) {
      if (IsPart(lineage)) AddParents(lineage.unit, parents);
    }
  }

 private:
  const Unit* Find(const UnitId& id) const {
    const auto it = facts_.units.find(id);
    return it == facts_.units.end() ? nullptr : &it->second;
  }

  // Whether `unit`, or one that became part of it within the period, owes the report of a period in
  // which it is merged.
  bool Owes(const Unit& unit) const {
    if (facts_.owing.contains(unit.id)) return true;
    return std::any_of(unit.predecessors.begin(), unit.predecessors.end(),
                       [&](const auto& lineage) {
                         return lineage.date > report_.period.first_day() && IsAhead(lineage);
                       });
  }

  // Whether the merger of a predecessor is still to come.
  bool IsAhead(const Lineage& lineage) const {
    if (lineage.date <= report_.period.first_day()) return false;
    if (lineage.date > report_.period.last_day()) return true;
    const Unit* predecessor = Find(lineage.unit);
    return predecessor != nullptr && Owes(*predecessor);
  }

  // Whether the merger that ended `unit` is behind.
  bool HasEnded(const Unit& unit) const {
    if (IsMergedBy(unit, report_.period.first_day())) return true;
    return EndsWithin(unit, report_.period) && !facts_.owing.contains(unit.id);
  }

  // Whether the cooperatives of a predecessor are among those of its successor.
  bool IsPart(const Lineage& lineage) const {
    if (lineage.date <= report_.period.first_day()) return true;
    if (IsInCalendar()) return false;
    return !last_merger_.has_value() || lineage.date <= *last_merger_;
  }

  const Scope& scope_;
  const ReportKind& report_;
  const ScopeFacts& facts_;
  // The last day of the mergers that formed the units of the scope; none: all did.
  std::optional<absl::CivilDay> last_merger_;
};

}  // namespace

std::vector<UnitId> MergedWithin(const Units& units, const Period& period) {
  std::vector<UnitId> merged;
  for (const auto& [id, unit] : units) {
    if (EndsWithin(unit, period)) merged.push_back(id);
  }
  return merged;
}

Reporters FindReporters(const Scope& scope, const ReportKind& report, const ScopeFacts& facts) {
  const Lineages lineages(scope, report, facts);
  Reporters found;
  for (const UnitId& id : scope.units) {
    const UnitId unit = lineages.GoOn(id, found.passed);
    std::set<UnitId> reporters;
    lineages.StandFor(unit, reporters, found.passed);
    for (const UnitId& reporter : reporters) {
      // A successor is the unit itself, later.
      if (reporter == unit || scope.units.contains(reporter)) continue;
      found.stand_ins.insert(reporter);
      found.merged.insert(id);
    }
    found.units.merge(reporters);
  }
  if (!lineages.IsInCalendar()) return found;
  return {.units = lineages.LivingMembers(), .passed = std::move(found.passed)};
}

std::set<UnitId> FindParents(const Scope& scope, const ReportKind& report,
                             const ScopeFacts& facts) {
  const Lineages lineages(scope, report, facts);
  std::set<UnitId> parents;
  std::set<UnitId> passed;
  if (lineages.IsInCalendar()) {
    for (const UnitId& id : lineages.LivingMembers()) lineages.AddParents(id, parents);
    return parents;
  }
  for (const UnitId& id : scope.units) {
    lineages.AddParents(id, parents);
    lineages.AddParents(lineages.GoOn(id, passed), parents);
  }
  return parents;
}

Reporters FindCooperatives(const Units& cooperatives, const Period& period,
                           const CooperativeFilter& filter) {
  const auto is_wanted = [&](const Unit& unit) {
    if (filter.sector != Sector::kUnspecified && unit.sector != filter.sector) return false;
    return !filter.parents.has_value() || filter.parents->contains(AllianceOf(unit));
  };
  Reporters found;
  for (const auto& [id, unit] : cooperatives) {
    if (is_wanted(unit) && HasBegunBy(unit, period.last_day())) found.units.insert(id);
  }
  return found;
}

}  // namespace reporting
