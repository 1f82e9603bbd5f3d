#include "services/reporting/service/lineage.h"

#include <algorithm>
#include <utility>

#include "common/status/status_macros.h"
#include "services/reporting/service/references.h"

namespace reporting {

absl::Status AddLineage(StoreView& view, std::vector<UnitId> ids, Units& units) {
  while (!ids.empty()) {
    const UnitId id = std::move(ids.back());
    ids.pop_back();
    if (units.contains(id)) continue;
    ASSIGN_OR_RETURN(auto unit, view.Get<Unit>(id));
    for (const Lineage& lineage : unit.value.predecessors) ids.push_back(lineage.unit);
    if (unit.value.successor.has_value()) ids.push_back(unit.value.successor->unit);
    units.emplace(id, std::move(unit.value));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::set<UnitId>> FindOwing(StoreView& view, const Units& units,
                                           const ReportKind& report) {
  std::set<UnitId> owing;
  for (const UnitId& unit : MergedWithin(units, report.period)) {
    ASSIGN_OR_RETURN(const auto years, FindYearsOf(view, unit, report.period.year()));
    const bool owes = std::any_of(years.begin(), years.end(), [&](const ClusterYear& year) {
      return FindDueReport(year, report.form, report.period, report.value_kind) != nullptr;
    });
    if (owes) owing.insert(unit);
  }
  return owing;
}

}  // namespace reporting
