#include "common/rpc/policy_gatekeeper.h"

#include <grpc/grpc_security_constants.h>

#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"

namespace common::rpc {
namespace {

using PrincipalPointer = std::shared_ptr<const auth::Principal>;

absl::Status NotAuthenticated(std::string_view why) {
  return Error(absl::StatusCode::kUnauthenticated, kNotAuthenticated, why);
}

std::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

// What the caller says for itself; nothing if it says nothing.
// UNAUTHENTICATED, reason ACCESS_TOKEN_INVALID: it says so twice.
absl::StatusOr<std::optional<std::string_view>> AuthorizationOf(
    const grpc::ServerContextBase& context) {
  const auto [begin, end] = context.client_metadata().equal_range("authorization");
  if (begin == end) return std::nullopt;
  if (std::next(begin) == end) return View(begin->second);
  return Error(absl::StatusCode::kUnauthenticated, kAccessTokenInvalid,
               "there is more than one `authorization`");
}

// The identity in the client's certificate, which the transport has verified.
absl::StatusOr<std::string> CertificateUri(const grpc::ServerContextBase& context) {
  const auto peer = context.auth_context();
  if (peer == nullptr || !peer->IsPeerAuthenticated()) {
    return NotAuthenticated("call with a client certificate or a token");
  }
  const std::vector<grpc::string_ref> uris = peer->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME);
  if (uris.size() == 1) return std::string(View(uris.front()));
  return NotAuthenticated(absl::StrCat(
      "the client certificate must have one URI as its subject alternative name, and has ",
      uris.size()));
}

absl::StatusOr<PrincipalPointer> Known(PrincipalPointer principal, std::string_view identity) {
  if (principal != nullptr) return principal;
  return Error(absl::StatusCode::kPermissionDenied, kPrincipalUnknown,
               "the policy does not name the caller")
      .With("identity", identity);
}

}  // namespace

absl::StatusOr<PrincipalPointer> PolicyGatekeeper::FindByToken(
    std::string_view authorization) const {
  constexpr std::string_view kScheme = "Bearer ";
  if (!absl::StartsWithIgnoreCase(sv(authorization), sv(kScheme))) {
    return Error(absl::StatusCode::kUnauthenticated, kAccessTokenInvalid,
                 "`authorization` must be `Bearer` and a token");
  }
  if (sources_.token_keys == nullptr) return NotAuthenticated("tokens are not taken here");
  ASSIGN_OR_RETURN(
      const std::string subject,
      auth::VerifyToken(authorization.substr(kScheme.size()), *sources_.token_keys->Get(),
                        sources_.token_rules, clock_.Now()));
  return Known(sources_.policy->Get()->FindByToken(subject), subject);
}

absl::StatusOr<PrincipalPointer> PolicyGatekeeper::Identify(
    const grpc::ServerContextBase& context) {
  PrincipalPointer principal;
  ASSIGN_OR_RETURN(const auto authorization, AuthorizationOf(context));
  if (authorization.has_value()) {
    ASSIGN_OR_RETURN(principal, FindByToken(*authorization));
  } else {
    ASSIGN_OR_RETURN(const std::string uri, CertificateUri(context));
    ASSIGN_OR_RETURN(principal, Known(sources_.policy->Get()->FindByCertificate(uri), uri));
  }
  if (rates_.Take(principal->name, principal->calls_per_second)) return principal;
  return Error(absl::StatusCode::kResourceExhausted, kRateExceeded,
               "more calls per second than the policy allows")
      .With("principal", principal->name)
      .With("calls_per_second", absl::StrCat(principal->calls_per_second));
}

absl::Status PolicyGatekeeper::Permit(const auth::Principal& principal, std::string_view method,
                                      const google::protobuf::Message* request) {
  ASSIGN_OR_RETURN(const bool allowed, table_.Allows(principal, method, request, map_));
  if (allowed) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied, kNotPermitted,
               "no role of the caller allows this call on what it is about")
      .With("principal", principal.name)
      .With("method", method);
}

absl::StatusOr<bool> PolicyGatekeeper::HasRight(const auth::Principal& principal,
                                                std::string_view right, std::string_view resource) {
  return table_.HasRight(principal, right, resource, map_);
}

}  // namespace common::rpc
