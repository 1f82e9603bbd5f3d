// Who may call: what the guard around every handler asks before it lets a call begin.
#ifndef THIDUA_COMMON_RPC_GATEKEEPER_H_
#define THIDUA_COMMON_RPC_GATEKEEPER_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/auth/permission.h"
#include "common/auth/policy.h"

namespace common::rpc {

// Thread-safe.
class Gatekeeper {
 public:
  virtual ~Gatekeeper() = default;

  // Who makes the call of `context`. Never null.
  // UNAUTHENTICATED, reason NOT_AUTHENTICATED: the caller does not say.
  // UNAUTHENTICATED, reason ACCESS_TOKEN_INVALID, ACCESS_TOKEN_EXPIRED: its token does not count.
  // PERMISSION_DENIED, reason PRINCIPAL_UNKNOWN: nobody knows it.
  // RESOURCE_EXHAUSTED, reason RATE_EXCEEDED: it calls too often.
  virtual absl::StatusOr<std::shared_ptr<const auth::Principal>> Identify(
      const grpc::ServerContextBase& context) = 0;

  // Whether `principal` may make the call `method` with `request`; without a request, whether it
  // may make it at all. Looks at names and not at whether they exist.
  // PERMISSION_DENIED, reason NOT_PERMITTED; errors of the store.
  virtual absl::Status Permit(const auth::Principal& principal, std::string_view method,
                              const google::protobuf::Message* request) = 0;

  // Whether `principal` has a right that handlers ask for, on `resource`. Errors of the store.
  virtual absl::StatusOr<bool> HasRight(const auth::Principal& principal, std::string_view right,
                                        std::string_view resource) = 0;
};

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_GATEKEEPER_H_
