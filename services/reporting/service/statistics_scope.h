// What totals are computed from, as one state of the store has it.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_STATISTICS_SCOPE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_STATISTICS_SCOPE_H_

#include <functional>

#include "absl/status/statusor.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/reporters.h"
#include "services/reporting/domain/totals.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// Whether nobody waits for the answer any more.
using IsCancelled = std::function<bool()>;

// The units that a query is over. The same for every period of a series.
struct LoadedScope {
  Scope scope{};
  // Those of the scope, and all alliances that a line of mergers ties to one of them.
  Units units{};
  // For a form for cooperatives: at least all that may owe a report.
  Units cooperatives{};
};

// The scope of `query` with a form for units of `kind`.
// NOT_FOUND, RESOURCE_NOT_FOUND: there is no such cluster year or unit.
absl::StatusOr<LoadedScope> LoadScope(StoreView& view, const TotalsQuery& query, UnitKind kind);

// Who owes the report that `query` means.
absl::StatusOr<Reporters> LoadReporters(StoreView& view, const TotalsQuery& query,
                                        const LoadedScope& loaded, const FormDefinition& form);

// The figures of `reporters` put together. Takes time for each of them, and memory for one.
// CANCELLED: `is_cancelled` said so.
absl::StatusOr<Totals> LoadTotals(StoreView& view, const TotalsQuery& query,
                                  const LoadedScope& loaded, const FormDefinition& form,
                                  const Reporters& reporters, const IsCancelled& is_cancelled);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_STATISTICS_SCOPE_H_
