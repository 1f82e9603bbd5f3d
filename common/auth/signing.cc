#include "common/auth/signing.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace common::auth {
namespace {

constexpr int kP256Bytes = 32;

using Buffer = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

std::string Encode(std::string_view bytes) { return absl::WebSafeBase64Escape(sv(bytes)); }

std::optional<Algorithm> AlgorithmOf(const EVP_PKEY& key) {
  if (EVP_PKEY_is_a(&key, "RSA") == 1) return Algorithm::kRs256;
  if (EVP_PKEY_is_a(&key, "ED25519") == 1) return Algorithm::kEdDsa;
  char group[32] = {};
  const bool has_group = EVP_PKEY_get_utf8_string_param(&key, OSSL_PKEY_PARAM_GROUP_NAME, group,
                                                        sizeof(group), nullptr) == 1;
  if (has_group && std::string_view(group) == "prime256v1") return Algorithm::kEs256;
  return std::nullopt;
}

// A parameter of the key, as an unsigned number of at least `least_bytes`.
std::string NumberOf(const EVP_PKEY& key, const char* parameter, int least_bytes) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(&key, parameter, &number) != 1) return "";
  const int size = std::max(BN_num_bytes(number), least_bytes);
  std::string bytes(static_cast<size_t>(size), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), size);
  BN_free(number);
  return bytes;
}

std::string RawPublicKey(const EVP_PKEY& key) {
  size_t size = 0;
  EVP_PKEY_get_raw_public_key(&key, nullptr, &size);
  std::string bytes(size, '\0');
  EVP_PKEY_get_raw_public_key(&key, reinterpret_cast<unsigned char*>(bytes.data()), &size);
  return bytes;
}

// The two numbers of a signature of ECDSA in a row.
std::string FromDer(const std::string& der) {
  const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size()));
  if (signature == nullptr) return "";
  std::string bytes(2 * kP256Bytes, '\0');
  auto* out = reinterpret_cast<unsigned char*>(bytes.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature), out, kP256Bytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature), out + kP256Bytes, kP256Bytes);
  ECDSA_SIG_free(signature);
  return bytes;
}

}  // namespace

absl::StatusOr<SigningKey> SigningKey::Generate(Algorithm algorithm) {
  EVP_PKEY* key = nullptr;
  switch (algorithm) {
    case Algorithm::kRs256:
      key = EVP_RSA_gen(2048);
      break;
    case Algorithm::kEs256:
      key = EVP_EC_gen("P-256");
      break;
    case Algorithm::kEdDsa:
      key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
      break;
  }
  if (key == nullptr) return absl::InternalError("no key can be made");
  return SigningKey(algorithm, std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free));
}

absl::StatusOr<SigningKey> SigningKey::Parse(std::string_view pem) {
  const Buffer buffer(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  const std::shared_ptr<EVP_PKEY> key(
      PEM_read_bio_PrivateKey(buffer.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  if (key == nullptr) return absl::InvalidArgumentError("is no private key in PEM");
  const std::optional<Algorithm> algorithm = AlgorithmOf(*key);
  if (algorithm.has_value()) return SigningKey(*algorithm, key);
  return absl::InvalidArgumentError("is no key of RSA, P-256 or Ed25519");
}

std::string SigningKey::ToPem() const {
  const Buffer buffer(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_PrivateKey(buffer.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(buffer.get(), &data);
  return std::string(data, static_cast<size_t>(size));
}

std::string SigningKey::ToJwk(std::string_view kid) const {
  const std::string common = absl::StrCat(R"({"kid":")", sv(kid), R"(","use":"sig","alg":")",
                                          sv(AlgorithmName(algorithm_)), R"(",)");
  switch (algorithm_) {
    case Algorithm::kRs256:
      return absl::StrCat(common, R"("kty":"RSA","n":")",
                          Encode(NumberOf(*key_, OSSL_PKEY_PARAM_RSA_N, 1)), R"(","e":")",
                          Encode(NumberOf(*key_, OSSL_PKEY_PARAM_RSA_E, 1)), R"("})");
    case Algorithm::kEs256:
      return absl::StrCat(common, R"("kty":"EC","crv":"P-256","x":")",
                          Encode(NumberOf(*key_, OSSL_PKEY_PARAM_EC_PUB_X, kP256Bytes)),
                          R"(","y":")",
                          Encode(NumberOf(*key_, OSSL_PKEY_PARAM_EC_PUB_Y, kP256Bytes)), R"("})");
    case Algorithm::kEdDsa:
      return absl::StrCat(common, R"("kty":"OKP","crv":"Ed25519","x":")",
                          Encode(RawPublicKey(*key_)), R"("})");
  }
  return "";
}

std::string SigningKey::Sign(std::string_view text) const {
  const Digest context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  const EVP_MD* digest = algorithm_ == Algorithm::kEdDsa ? nullptr : EVP_sha256();
  const auto* in = reinterpret_cast<const unsigned char*>(text.data());
  size_t size = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, in, text.size()) != 1) {
    return "";
  }
  std::string signature(size, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  if (EVP_DigestSign(context.get(), out, &size, in, text.size()) != 1) return "";
  signature.resize(size);
  return algorithm_ == Algorithm::kEs256 ? FromDer(signature) : signature;
}

std::string SealToken(const SigningKey& key, std::string_view header, std::string_view payload) {
  const std::string text = absl::StrCat(Encode(header), ".", Encode(payload));
  return absl::StrCat(text, ".", Encode(key.Sign(text)));
}

std::string MakeToken(const SigningKey& key, std::string_view kid, const Claims& claims) {
  google::protobuf::Struct header;
  (*header.mutable_fields())["alg"].set_string_value(std::string(AlgorithmName(key.algorithm())));
  (*header.mutable_fields())["kid"].set_string_value(std::string(kid));
  (*header.mutable_fields())["typ"].set_string_value("JWT");
  google::protobuf::Struct payload;
  auto& members = *payload.mutable_fields();
  members["iss"].set_string_value(claims.issuer);
  members["aud"].set_string_value(claims.audience);
  members["sub"].set_string_value(claims.subject);
  const auto seconds = [](absl::Time time) {
    return static_cast<double>(absl::ToUnixSeconds(time));
  };
  members["iat"].set_number_value(seconds(claims.not_before));
  members["nbf"].set_number_value(seconds(claims.not_before));
  members["exp"].set_number_value(seconds(claims.expiry));
  std::string header_json;
  std::string payload_json;
  // Neither has anything that JSON could not say.
  (void)google::protobuf::util::MessageToJsonString(header, &header_json);
  (void)google::protobuf::util::MessageToJsonString(payload, &payload_json);
  return SealToken(key, header_json, payload_json);
}

}  // namespace common::auth
