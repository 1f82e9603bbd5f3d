#include "services/reporting/service/due_reports.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/service/listing.h"
#include "services/reporting/service/references.h"

namespace reporting {
namespace {

// Units are read in chunks of this many.
constexpr int kChunk = 200;
// A page ends early once this many submissions were looked up: each may have 5,000 figures.
constexpr int kLookupsMax = 1000;

// Reads one page.
class PageReader {
 public:
  PageReader(StoreView& view, const ClusterYear& year, const DueReportQuery& query)
      : view_(view), year_(year), query_(query), place_(query.start), members_(year.members) {
    std::sort(members_.begin(), members_.end());
  }

  absl::StatusOr<DueReportPage> Read() {
    for (; place_.entry < year_.calendar.size(); place_ = {.entry = place_.entry + 1}) {
      const DueReport& due = year_.calendar[place_.entry];
      if (!IsWanted(due)) continue;
      if (!IsFull()) RETURN_IF_ERROR(ReadEntry(due));
      if (!page_.next.has_value() && IsFull() && place_.after_unit.empty()) page_.next = place_;
      if (page_.next.has_value()) break;
    }
    return std::move(page_);
  }

 private:
  bool IsWanted(const DueReport& due) const {
    const DueReportFilter& filter = query_.filter;
    return (filter.form.empty() || filter.form == due.form) &&
           (filter.period.empty() || filter.period == due.period) &&
           (filter.value_kind == ValueKind::kUnspecified || filter.value_kind == due.value_kind);
  }

  bool IsFull() const {
    return std::cmp_equal(page_.reports.size(), query_.page_size) || scanned_ >= kPageScanned ||
           lookups_ >= kLookupsMax;
  }

  StoreView& view_;
  const ClusterYear& year_;
  const DueReportQuery& query_;
  DueReportPlace place_;
  std::vector<UnitId> members_;
  DueReportPage page_;
  int scanned_ = 0;
  int lookups_ = 0;
};

}  // namespace
}  // namespace reporting
