#include "common/auth/tls_files.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/reasons.h"

namespace common::auth {
namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Buffer = std::unique_ptr<BIO, decltype(&BIO_free)>;

absl::Status Problem(std::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, kInvalidField, what);
}

Buffer Open(const std::string& pem) {
  return Buffer(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
}

// Keys with a passphrase are not read: nobody is there to ask.
int NoPassphrase(char* /*buffer*/, int /*size*/, int /*rwflag*/, void* /*data*/) { return -1; }

// All certificates of `pem`.
std::vector<Certificate> ParseCertificates(const std::string& pem) {
  std::vector<Certificate> certificates;
  const Buffer buffer = Open(pem);
  while (X509* certificate = PEM_read_bio_X509(buffer.get(), nullptr, NoPassphrase, nullptr)) {
    certificates.emplace_back(certificate, &X509_free);
  }
  ERR_clear_error();
  return certificates;
}

Key ParseKey(const std::string& pem) {
  const Buffer buffer = Open(pem);
  Key key(PEM_read_bio_PrivateKey(buffer.get(), nullptr, NoPassphrase, nullptr), &EVP_PKEY_free);
  ERR_clear_error();
  return key;
}

absl::Time NotAfter(const X509& certificate) {
  std::tm time{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &time) != 1) return absl::InfinitePast();
  return absl::FromTM(time, absl::UTCTimeZone());
}

// Checks the pair; the expiry of the certificate.
absl::StatusOr<absl::Time> CheckPair(const TlsMaterial& material) {
  const std::vector<Certificate> chain = ParseCertificates(material.certificate);
  if (chain.empty()) return Problem("the certificate is not PEM");
  const Key key = ParseKey(material.key);
  if (key == nullptr) return Problem("the key is not PEM, or has a passphrase");
  const bool fits = X509_check_private_key(chain.front().get(), key.get()) == 1;
  ERR_clear_error();
  if (!fits) return Problem("the key is not that of the certificate");
  return NotAfter(*chain.front());
}

}  // namespace

absl::StatusOr<TlsMaterial> CheckTlsMaterial(TlsMaterial material) {
  if (!material.authorities.empty() && ParseCertificates(material.authorities).empty()) {
    return Problem("the authorities are not PEM");
  }
  if (material.certificate.empty() && material.key.empty()) return material;
  ASSIGN_OR_RETURN(material.not_after, CheckPair(material));
  return material;
}

absl::StatusOr<std::unique_ptr<TlsFiles>> OpenTlsFiles(const TlsPaths& paths, std::string what,
                                                       telemetry::Logger& logger) {
  std::vector<std::string> present;
  std::vector<std::string TlsMaterial::*> members;
  const auto add = [&](const std::string& path, std::string TlsMaterial::*member) {
    if (path.empty()) return;
    present.push_back(path);
    members.push_back(member);
  };
  add(paths.certificate, &TlsMaterial::certificate);
  add(paths.key, &TlsMaterial::key);
  add(paths.authorities, &TlsMaterial::authorities);
  auto parse = [members, names = absl::StrJoin(present, ", ")](
                   const std::vector<std::string>& contents) -> absl::StatusOr<TlsMaterial> {
    TlsMaterial material;
    for (size_t i = 0; i < contents.size(); ++i) {
      if (contents[i].empty()) return Problem(absl::StrCat(names, ": a file is empty"));
      material.*members[i] = contents[i];
    }
    absl::StatusOr<TlsMaterial> checked = CheckTlsMaterial(std::move(material));
    if (checked.ok()) return checked;
    return Problem(absl::StrCat(names, ": ", checked.status().message()));
  };
  return TlsFiles::Open({.what = std::move(what), .paths = present, .parse = std::move(parse)},
                        logger);
}

}  // namespace common::auth
