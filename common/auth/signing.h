// The other side of key_set.h and access_token.h: keys that sign, and tokens signed with them. For
// development and tests; a real identity provider has its own.
#ifndef THIDUA_COMMON_AUTH_SIGNING_H_
#define THIDUA_COMMON_AUTH_SIGNING_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/key_set.h"

namespace common::auth {

// A key pair. Immutable.
class SigningKey {
 public:
  // A new one: RSA of 2048 bits, P-256 or Ed25519. INTERNAL if OpenSSL cannot.
  static absl::StatusOr<SigningKey> Generate(Algorithm algorithm);

  // The private key of a PEM text. INVALID_ARGUMENT: it is not PEM, or of another kind.
  static absl::StatusOr<SigningKey> Parse(std::string_view pem);

  Algorithm algorithm() const { return algorithm_; }

  // The private key, PKCS #8. Never log it.
  std::string ToPem() const;

  // The public key as a JSON Web Key with the id `kid`, letters, digits and hyphens.
  std::string ToJwk(std::string_view kid) const;

  // The signature of `text` as tokens carry it; empty if OpenSSL cannot.
  std::string Sign(std::string_view text) const;

 private:
  SigningKey(Algorithm algorithm, std::shared_ptr<evp_pkey_st> key)
      : algorithm_(algorithm), key_(std::move(key)) {}

  Algorithm algorithm_;
  std::shared_ptr<evp_pkey_st> key_;
};

// What a token says.
struct Claims {
  std::string issuer{};
  std::string audience{};
  std::string subject{};
  // `nbf` and `iat`.
  absl::Time not_before{};
  absl::Time expiry{};
};

// A token with `claims`, signed by `key`, which verifiers know as `kid`.
std::string MakeToken(const SigningKey& key, std::string_view kid, const Claims& claims);

// `header`.`payload` and the signature of both, whatever the JSON of the two says.
std::string SealToken(const SigningKey& key, std::string_view header, std::string_view payload);

}  // namespace common::auth

#endif  // THIDUA_COMMON_AUTH_SIGNING_H_
