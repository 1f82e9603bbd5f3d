#include "common/auth/certificates.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"

namespace common::auth {
namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Buffer = std::unique_ptr<BIO, decltype(&BIO_free)>;

Buffer Open(const std::string& pem) {
  return Buffer(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
}

std::string TextOf(BIO& buffer) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(&buffer, &data);
  return std::string(data, static_cast<size_t>(size));
}

// Who signs: a certificate that is being made, or has been.
struct Issuer {
  X509* certificate = nullptr;
  EVP_PKEY* key = nullptr;
};

absl::Status AddExtension(X509& certificate, X509& issuer, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str());
  if (extension == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat("no certificate can say ", value));
  }
  X509_add_ext(&certificate, extension, -1);
  X509_EXTENSION_free(extension);
  return absl::OkStatus();
}

void SetSerial(X509& certificate) {
  std::array<unsigned char, 16> bytes{};
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  bytes[0] &= 0x7f;  // Positive.
  BIGNUM* number = BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(&certificate));
  BN_free(number);
}

// All but the extensions and the signature.
Certificate Draft(const CertificateOrder& order, EVP_PKEY& key) {
  Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  SetSerial(*certificate);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), absl::ToTimeT(order.not_before));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), absl::ToTimeT(order.not_after));
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(order.common_name.c_str()), -1,
                             -1, 0);
  X509_set_pubkey(certificate.get(), &key);
  return certificate;
}

absl::StatusOr<CertificatePair> Sign(X509& certificate, EVP_PKEY& key, const Issuer& issuer) {
  if (X509_sign(&certificate, issuer.key, EVP_sha256()) == 0) {
    return absl::InternalError("the certificate cannot be signed");
  }
  const Buffer certificate_text(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_X509(certificate_text.get(), &certificate);
  const Buffer key_text(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_PrivateKey(key_text.get(), &key, nullptr, nullptr, 0, nullptr, nullptr);
  return CertificatePair{.certificate = TextOf(*certificate_text), .key = TextOf(*key_text)};
}

}  // namespace

absl::StatusOr<CertificatePair> MakeAuthority(const CertificateOrder& order) {
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  if (key == nullptr) return absl::InternalError("no key can be made");
  const Certificate certificate = Draft(order, *key);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
  RETURN_IF_ERROR(AddExtension(*certificate, *certificate, NID_basic_constraints,
                               "critical,CA:TRUE,pathlen:0"));
  RETURN_IF_ERROR(
      AddExtension(*certificate, *certificate, NID_key_usage, "critical,keyCertSign,cRLSign"));
  RETURN_IF_ERROR(AddExtension(*certificate, *certificate, NID_subject_key_identifier, "hash"));
  return Sign(*certificate, *key, {.certificate = certificate.get(), .key = key.get()});
}

absl::StatusOr<CertificatePair> MakeCertificate(const CertificatePair& authority,
                                                const CertificateOrder& order) {
  const Buffer authority_text = Open(authority.certificate);
  const Certificate issuer(PEM_read_bio_X509(authority_text.get(), nullptr, nullptr, nullptr),
                           &X509_free);
  const Buffer authority_key_text = Open(authority.key);
  const Key issuer_key(PEM_read_bio_PrivateKey(authority_key_text.get(), nullptr, nullptr, nullptr),
                       &EVP_PKEY_free);
  if (issuer == nullptr || issuer_key == nullptr) {
    return absl::InvalidArgumentError("the authority is not PEM");
  }
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  if (key == nullptr) return absl::InternalError("no key can be made");
  const Certificate certificate = Draft(order, *key);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
  const std::pair<int, std::string> extensions[] = {
      {NID_basic_constraints, "critical,CA:FALSE"},
      {NID_key_usage, "critical,digitalSignature"},
      {NID_ext_key_usage, "serverAuth,clientAuth"},
      {NID_subject_key_identifier, "hash"},
      {NID_authority_key_identifier, "keyid"},
      {NID_subject_alt_name, absl::StrJoin(order.alternative_names, ",")},
  };
  for (const auto& [id, value] : extensions) {
    if (!value.empty()) RETURN_IF_ERROR(AddExtension(*certificate, *issuer, id, value));
  }
  return Sign(*certificate, *key, {.certificate = issuer.get(), .key = issuer_key.get()});
}

}  // namespace common::auth
