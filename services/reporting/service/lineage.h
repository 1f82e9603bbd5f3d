// What of mergers is stored around units, as domain/reporters.h needs it.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_LINEAGE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_LINEAGE_H_

#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/reporting/domain/reporters.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// Adds to `units` what a line of mergers ties to `ids`, and these themselves.
// NOT_FOUND, RESOURCE_NOT_FOUND: there is no such unit.
absl::Status AddLineage(StoreView& view, std::vector<UnitId> ids, Units& units);

// Of those of `units` that are merged within the period, who belongs to a cluster year that has
// `report` in its calendar: ScopeFacts::owing.
absl::StatusOr<std::set<UnitId>> FindOwing(StoreView& view, const Units& units,
                                           const ReportKind& report);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_LINEAGE_H_
