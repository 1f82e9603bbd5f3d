// The gatekeeper of a service with a policy: certificates and tokens say who calls, the policy who
// that is, the service's table what it may do.
#ifndef THIDUA_COMMON_RPC_POLICY_GATEKEEPER_H_
#define THIDUA_COMMON_RPC_POLICY_GATEKEEPER_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "common/auth/access_token.h"
#include "common/auth/key_set.h"
#include "common/auth/permission.h"
#include "common/auth/policy.h"
#include "common/auth/rate_limiter.h"
#include "common/auth/reloaded.h"
#include "common/rpc/gatekeeper.h"
#include "common/seams/clock.h"

namespace common::rpc {

// What identities are judged by; all of it is reloaded elsewhere.
struct IdentitySources {
  // Required.
  const auth::Reloaded<auth::Policy>* policy = nullptr;
  // Null: tokens are not taken.
  const auth::Reloaded<auth::KeySet>* token_keys = nullptr;
  auth::TokenRules token_rules{};
};

// A call with `authorization: Bearer TOKEN` is that of the token's subject, whatever certificate
// comes with it; any other that of the only URI in the subject alternative name of the verified
// client certificate.
class PolicyGatekeeper final : public Gatekeeper {
 public:
  // The sources, `map` and `clock` must outlive it.
  PolicyGatekeeper(IdentitySources sources, auth::PermissionTable table, auth::ScopeMap& map,
                   Clock& clock)
      : sources_(std::move(sources)),
        table_(std::move(table)),
        map_(map),
        clock_(clock),
        rates_(clock) {}

  absl::StatusOr<std::shared_ptr<const auth::Principal>> Identify(
      const grpc::ServerContextBase& context) override;
  absl::Status Permit(const auth::Principal& principal, std::string_view method,
                      const google::protobuf::Message* request) override;
  absl::StatusOr<bool> HasRight(const auth::Principal& principal, std::string_view right,
                                std::string_view resource) override;

 private:
  absl::StatusOr<std::shared_ptr<const auth::Principal>> FindByToken(
      std::string_view authorization) const;

  const IdentitySources sources_;
  const auth::PermissionTable table_;
  auth::ScopeMap& map_;
  Clock& clock_;
  auth::RateLimiter rates_;
};

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_POLICY_GATEKEEPER_H_
