// The log as an auditor reads it: who changed what, a page at a time.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_AUDIT_TRAIL_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_AUDIT_TRAIL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/ledger.h"
#include "thidua/reporting/v1/audit_service.pb.h"

namespace reporting {

// Which events; all that is set must hold.
struct AuditFilter {
  // Name of a resource; empty for all.
  std::string resource{};
  // A principal; empty for all.
  std::string actor{};
  // From `from` on, and before `to`.
  absl::Time from = absl::InfinitePast();
  absl::Time to = absl::InfiniteFuture();
};

struct AuditPage {
  std::vector<thidua::reporting::v1::AuditEvent> events{};
  // The position after which the next page goes on; nothing at the end of what the filter admits.
  std::optional<int64_t> next{};
};

// The events that `filter` admits with a position above `after`, at most `limit`; fewer, or none,
// if they are large or rare. Fails as the reader does, and:
// NOT_FOUND, reason RESOURCE_NOT_FOUND: nothing was ever stored under the resource's name.
absl::StatusOr<AuditPage> ReadAuditPage(common::storage::Reader& reader, const AuditFilter& filter,
                                        int64_t after, int limit);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_AUDIT_TRAIL_H_
