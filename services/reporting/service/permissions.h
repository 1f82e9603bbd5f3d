// Who may make which call of the reporting service, and on what.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_PERMISSIONS_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_PERMISSIONS_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "common/auth/permission.h"
#include "common/storage/ledger.h"

namespace reporting {

// The right to see a unit's drafts; on a unit, or on whatever else a list is of.
inline constexpr std::string_view kSeeDrafts = "SeeDrafts";

// The table. A call of the contract without a row is an error.
absl::StatusOr<common::auth::PermissionTable> MakePermissions();

// Where units, and the resources named after them or after a cluster, lie:
// - within a unit: itself, its cooperatives, and what they hand in;
// - within a cluster, or one year of it: its years, with pact and all, and what lies within a unit
//   that is a member of one of the years;
// - a unit takes part in the clusters and years that it, or the alliance that it belongs to, is a
//   member of.
class UnitScopes final : public common::auth::ScopeMap {
 public:
  // `ledger` must outlive it.
  explicit UnitScopes(common::storage::Ledger& ledger) : ledger_(ledger) {}

  absl::StatusOr<bool> IsWithin(std::string_view resource, std::string_view scope) override;
  absl::StatusOr<bool> TakesPart(std::string_view scope, std::string_view resource) override;
  // Nothing here is.
  absl::StatusOr<bool> IsSettled(std::string_view resource) override;

 private:
  common::storage::Ledger& ledger_;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_PERMISSIONS_H_
