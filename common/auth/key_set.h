// The keys that tokens are signed with: a JSON Web Key Set (RFC 7517), as identity providers
// publish it, in a file.
#ifndef THIDUA_COMMON_AUTH_KEY_SET_H_
#define THIDUA_COMMON_AUTH_KEY_SET_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

// OpenSSL's key.
struct evp_pkey_st;

namespace common::auth {

// How a key signs; a key signs in one way only, whatever a token says.
enum class Algorithm {
  // RSA, PKCS #1 v1.5, SHA-256.
  kRs256,
  // ECDSA on P-256, SHA-256.
  kEs256,
  // Ed25519.
  kEdDsa,
};

// `RS256`, `ES256` or `EdDSA`, as tokens write it.
std::string_view AlgorithmName(Algorithm algorithm);

// One public key. Immutable.
class VerifyingKey {
 public:
  // Takes the key over.
  VerifyingKey(Algorithm algorithm, evp_pkey_st* key);

  Algorithm algorithm() const { return algorithm_; }

  // Whether `signature`, as tokens carry it, is one of `text` by this key.
  bool Verifies(std::string_view text, std::string_view signature) const;

 private:
  Algorithm algorithm_;
  std::shared_ptr<evp_pkey_st> key_;
};

// Never changes; a new file makes a new one.
class KeySet {
 public:
  // The keys of the set `json`. Each has a `kid`, unique in the set; `kty` RSA with 2048 to 8192
  // bits, EC with `crv` P-256, or OKP with `crv` Ed25519; `alg`, if it is there, fits. `use` is
  // `sig`, if it is there.
  // INVALID_ARGUMENT, reason INVALID_FIELD, naming the key at fault; also if a key is private or
  // symmetric, which has no place here, and if there is no key at all.
  static absl::StatusOr<KeySet> Parse(std::string_view json);

  // Null if there is none.
  const VerifyingKey* Find(std::string_view kid) const;

  size_t size() const { return keys_.size(); }

 private:
  std::map<std::string, VerifyingKey, std::less<>> keys_{};
};

// The bytes of base64url without padding, as tokens and keys have it.
// INVALID_ARGUMENT: another letter, padding, or bits that say nothing.
absl::StatusOr<std::string> DecodeBase64Url(std::string_view text);

}  // namespace common::auth

#endif  // THIDUA_COMMON_AUTH_KEY_SET_H_
