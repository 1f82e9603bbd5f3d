// Which reports are due and where each stands, page by page.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_DUE_REPORTS_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_DUE_REPORTS_H_

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/due_report.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// What a list is restricted to; empty parts restrict nothing.
struct DueReportFilter {
  UnitId unit{};
  FormId form{};
  Period period{};
  ValueKind value_kind = ValueKind::kUnspecified;
  std::set<ReportState> states{};
};

// A place in the list: before the units of an entry of the calendar whose names come after
// `after_unit`, in byte order.
struct DueReportPlace {
  // From 0; the calendar of a year never changes.
  size_t entry = 0;
  // A resource name; empty for the beginning.
  std::string after_unit{};
};

// As page tokens hold it.
std::string ToText(const DueReportPlace& place);

// The inverse of ToText; the beginning for an empty text.
// INVALID_ARGUMENT, reason INVALID_PAGE_TOKEN, field `page_token`.
absl::StatusOr<DueReportPlace> ParseDueReportPlace(const std::string& text);

struct DueReportQuery {
  DueReportFilter filter{};
  DueReportPlace start{};
  // At most this many; positive.
  int page_size = 0;
  // When they stand as they are told to.
  absl::Time now{};
};

struct DueReportPage {
  std::vector<ReportStatus> reports{};
  // Where to go on; nothing at the end.
  std::optional<DueReportPlace> next{};
};

// The reports of `year` that `query` asks for, in the order of the calendar, and for each of its
// entries in the byte order of units. A page ends early, perhaps empty, once it has looked at as
// many units and submissions as one call should.
absl::StatusOr<DueReportPage> ReadDueReports(StoreView& view, const ClusterYear& year,
                                             const DueReportQuery& query);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_DUE_REPORTS_H_
