// Who may make which call of the awards service, and on what.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_PERMISSIONS_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_PERMISSIONS_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "common/auth/permission.h"
#include "common/storage/ledger.h"

namespace awards {

// The table. A call of the contract without a row is an error.
absl::StatusOr<common::auth::PermissionTable> MakePermissions();

// Where rounds and what is in them lie, by awards' copy of units and cluster years:
// - within a cluster, or one year of it: the rounds of its years, with all that is in them;
// - within a unit: what a round has of it, or of one of its cooperatives, such as its score sheet;
// - a unit takes part in the rounds of the years that it, or its alliance, is a member of;
// - a round is settled once its nominations are issued.
class RoundScopes final : public common::auth::ScopeMap {
 public:
  // `ledger` must outlive it.
  explicit RoundScopes(common::storage::Ledger& ledger) : ledger_(ledger) {}

  absl::StatusOr<bool> IsWithin(std::string_view resource, std::string_view scope) override;
  absl::StatusOr<bool> TakesPart(std::string_view scope, std::string_view resource) override;
  absl::StatusOr<bool> IsSettled(std::string_view resource) override;

 private:
  common::storage::Ledger& ledger_;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_PERMISSIONS_H_
