#include "common/auth/key_set.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"

namespace common::auth {
namespace {

using google::protobuf::Struct;

constexpr int kRsaBitsMin = 2048;
constexpr int kRsaBitsMax = 8192;
constexpr size_t kP256Bytes = 32;
constexpr size_t kEd25519Bytes = 32;

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
template <typename T, auto Free>
using Owned = std::unique_ptr<T, Deleter<Free>>;

using Number = Owned<BIGNUM, BN_free>;
using Parameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using ParameterBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Signature = Owned<ECDSA_SIG, ECDSA_SIG_free>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Number ToNumber(std::string_view bytes) {
  return Number(BN_bin2bn(Bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

absl::Status Problem(std::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, kInvalidField, what);
}

// The text of a member; empty if it is missing or no text.
std::string TextOf(const Struct& json, const std::string& member) {
  const auto found = json.fields().find(member);
  return found == json.fields().end() ? "" : found->second.string_value();
}

absl::StatusOr<std::string> BytesOf(const Struct& jwk, const std::string& member) {
  const absl::StatusOr<std::string> bytes = DecodeBase64Url(TextOf(jwk, member));
  if (bytes.ok() && !bytes->empty()) return bytes;
  return Problem(absl::StrCat("\"", member, "\" is missing or is not base64url"));
}

Key BuildKey(const char* type, OSSL_PARAM* parameters) {
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
    return nullptr;
  }
  return Key(key);
}

absl::StatusOr<VerifyingKey> ParseRsa(const Struct& jwk) {
  ASSIGN_OR_RETURN(const std::string modulus_bytes, BytesOf(jwk, "n"));
  ASSIGN_OR_RETURN(const std::string exponent_bytes, BytesOf(jwk, "e"));
  const Number modulus = ToNumber(modulus_bytes);
  const Number exponent = ToNumber(exponent_bytes);
  const int bits = BN_num_bits(modulus.get());
  if (bits < kRsaBitsMin || bits > kRsaBitsMax) {
    return Problem(absl::StrCat("a key of RSA must have ", kRsaBitsMin, " to ", kRsaBitsMax,
                                " bits, not ", bits));
  }
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  Key key = BuildKey("RSA", parameters.get());
  if (key == nullptr) return Problem("is no key of RSA");
  return VerifyingKey(Algorithm::kRs256, key.release());
}

absl::StatusOr<VerifyingKey> ParseEc(const Struct& jwk) {
  if (TextOf(jwk, "crv") != "P-256") return Problem("\"crv\" of a key of EC must be P-256");
  ASSIGN_OR_RETURN(const std::string x, BytesOf(jwk, "x"));
  ASSIGN_OR_RETURN(const std::string y, BytesOf(jwk, "y"));
  if (x.size() != kP256Bytes || y.size() != kP256Bytes) {
    return Problem("\"x\" and \"y\" must have 32 bytes each");
  }
  const std::string point = absl::StrCat("\x04", x, y);
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  Key key = BuildKey("EC", parameters.get());
  if (key == nullptr) return Problem("is no point of the curve P-256");
  return VerifyingKey(Algorithm::kEs256, key.release());
}

absl::StatusOr<VerifyingKey> ParseOkp(const Struct& jwk) {
  if (TextOf(jwk, "crv") != "Ed25519") return Problem("\"crv\" of a key of OKP must be Ed25519");
  ASSIGN_OR_RETURN(const std::string x, BytesOf(jwk, "x"));
  Key key(x.size() == kEd25519Bytes
              ? EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(x), x.size())
              : nullptr);
  if (key == nullptr) return Problem("\"x\" is no key of Ed25519");
  return VerifyingKey(Algorithm::kEdDsa, key.release());
}

absl::StatusOr<VerifyingKey> ParseByType(const Struct& jwk) {
  for (const char* secret : {"d", "k", "p", "q"}) {
    if (jwk.fields().contains(secret)) {
      return Problem(absl::StrCat("holds the secret \"", secret,
                                  "\"; only public keys belong into the key set"));
    }
  }
  const std::string type = TextOf(jwk, "kty");
  if (type == "RSA") return ParseRsa(jwk);
  if (type == "EC") return ParseEc(jwk);
  if (type == "OKP") return ParseOkp(jwk);
  return Problem("\"kty\" must be RSA, EC or OKP");
}

absl::StatusOr<VerifyingKey> ParseKey(const Struct& jwk) {
  ASSIGN_OR_RETURN(VerifyingKey key, ParseByType(jwk));
  const std::string algorithm = TextOf(jwk, "alg");
  if (!algorithm.empty() && algorithm != AlgorithmName(key.algorithm())) {
    return Problem(absl::StrCat("\"alg\" must be ", sv(AlgorithmName(key.algorithm()))));
  }
  const std::string use = TextOf(jwk, "use");
  if (!use.empty() && use != "sig") return Problem("\"use\" must be sig");
  return key;
}

// ECDSA signatures are two numbers in a row in tokens, and a structure of ASN.1 in OpenSSL; empty
// if the length is not right.
std::string ToDer(std::string_view signature) {
  if (signature.size() != 2 * kP256Bytes) return "";
  Number r = ToNumber(signature.substr(0, kP256Bytes));
  Number s = ToNumber(signature.substr(kP256Bytes));
  const Signature both(ECDSA_SIG_new());
  ECDSA_SIG_set0(both.get(), r.release(), s.release());
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(both.get(), &der);
  std::string bytes;
  if (size > 0) bytes.assign(reinterpret_cast<char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

}  // namespace

std::string_view AlgorithmName(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kRs256:
      return "RS256";
    case Algorithm::kEs256:
      return "ES256";
    case Algorithm::kEdDsa:
      return "EdDSA";
  }
  return "";
}

absl::StatusOr<std::string> DecodeBase64Url(std::string_view text) {
  std::string bytes;
  // Base64 has several spellings of the same bytes; only the shortest is one here.
  if (absl::WebSafeBase64Unescape(sv(text), &bytes) &&
      absl::WebSafeBase64Escape(bytes) == sv(text)) {
    return bytes;
  }
  return absl::InvalidArgumentError("is not base64url without padding");
}

VerifyingKey::VerifyingKey(Algorithm algorithm, evp_pkey_st* key)
    : algorithm_(algorithm), key_(key, EVP_PKEY_free) {}

bool VerifyingKey::Verifies(std::string_view text, std::string_view signature) const {
  const std::string bytes =
      algorithm_ == Algorithm::kEs256 ? ToDer(signature) : std::string(signature);
  if (bytes.empty()) return false;
  const DigestContext context(EVP_MD_CTX_new());
  const EVP_MD* digest = algorithm_ == Algorithm::kEdDsa ? nullptr : EVP_sha256();
  return context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(bytes), bytes.size(), Bytes(text), text.size()) == 1;
}

absl::StatusOr<KeySet> KeySet::Parse(std::string_view json) {
  Struct document;
  if (!google::protobuf::util::JsonStringToMessage(std::string(json), &document).ok()) {
    return Problem("the key set is not JSON");
  }
  const auto keys = document.fields().find("keys");
  if (keys == document.fields().end() || keys->second.list_value().values().empty()) {
    return Problem("the key set has no \"keys\"");
  }
  KeySet set;
  int number = 0;
  for (const auto& value : keys->second.list_value().values()) {
    const std::string where = absl::StrCat("keys[", number++, "]: ");
    const std::string kid = TextOf(value.struct_value(), "kid");
    if (kid.empty()) return Problem(absl::StrCat(where, "has no \"kid\""));
    absl::StatusOr<VerifyingKey> key = ParseKey(value.struct_value());
    if (!key.ok()) return Problem(absl::StrCat(where, key.status().message()));
    if (!set.keys_.emplace(kid, *std::move(key)).second) {
      return Problem(absl::StrCat(where, "the kid ", kid, " stands twice"));
    }
  }
  return set;
}

const VerifyingKey* KeySet::Find(std::string_view kid) const {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : &found->second;
}

}  // namespace common::auth
