// Who a token says its bearer is: a signed JSON Web Token (RFC 7519, RFC 8725).
#ifndef THIDUA_COMMON_AUTH_ACCESS_TOKEN_H_
#define THIDUA_COMMON_AUTH_ACCESS_TOKEN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/key_set.h"

namespace common::auth {

// Longer tokens are refused unread.
inline constexpr size_t kTokenBytesMax = 8 << 10;

// Which tokens are for us.
struct TokenRules {
  // `iss` of a token, byte for byte. Required.
  std::string issuer{};
  // What `aud` of a token is, or has among others, byte for byte. Required.
  std::string audience{};
  // How far the clocks of the issuer and ours may be apart.
  absl::Duration leeway = absl::Seconds(30);
};

// The subject (`sub`) of `token`, which a key of `keys` has signed and whose claims keep `rules` at
// `now`. The key is the one that the header names by `kid`, and signs as its kind signs: a header
// that says otherwise is refused, and a key that a token brings along is not looked at. `exp` is
// required, `nbf` is kept if it is there; critical extensions (`crit`) are refused.
//
// UNAUTHENTICATED, reason ACCESS_TOKEN_EXPIRED: properly signed, but expired or not valid yet.
// UNAUTHENTICATED, reason ACCESS_TOKEN_INVALID: anything else. The messages never show the token.
absl::StatusOr<std::string> VerifyToken(std::string_view token, const KeySet& keys,
                                        const TokenRules& rules, absl::Time now);

}  // namespace common::auth

#endif  // THIDUA_COMMON_AUTH_ACCESS_TOKEN_H_
