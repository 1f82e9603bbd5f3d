// What the services of awards share.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_AWARDS_ENVIRONMENT_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_AWARDS_ENVIRONMENT_H_

#include <string>

#include "common/rpc/guard.h"
#include "common/storage/ledger.h"
#include "services/awards/reporting_client/feed_progress.h"

namespace awards {

// Nothing is owned; all outlive the services.
struct AwardsEnvironment {
  common::rpc::RpcEnvironment& rpc;
  common::storage::Ledger& ledger;
  FeedProgress& feed;
};

// Who every call is made by, until callers have identities.
inline const std::string& AnonymousPrincipal() {
  static const std::string principal = "anonymous";
  return principal;
}

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_AWARDS_ENVIRONMENT_H_
