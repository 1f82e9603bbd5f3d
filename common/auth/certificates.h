// Certificates for development and tests: an authority of one's own, and what it signs. What a real
// authority gives takes their place without a change elsewhere.
#ifndef THIDUA_COMMON_AUTH_CERTIFICATES_H_
#define THIDUA_COMMON_AUTH_CERTIFICATES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace common::auth {

// What a certificate says. Keys are P-256.
struct CertificateOrder {
  // The common name, for people; nothing is decided by it.
  std::string common_name{};
  // Subject alternative names as OpenSSL writes them, such as `DNS:localhost`, `IP:127.0.0.1`,
  // `URI:spiffe://thidua.dev/units/bac-ninh`.
  std::vector<std::string> alternative_names{};
  absl::Time not_before{};
  absl::Time not_after{};
};

// A certificate and its private key, both PEM.
struct CertificatePair {
  std::string certificate{};
  std::string key{};
};

// A new authority that signs itself. INVALID_ARGUMENT, INTERNAL: OpenSSL refuses.
absl::StatusOr<CertificatePair> MakeAuthority(const CertificateOrder& order);

// A certificate for servers and clients, signed by `authority`.
// INVALID_ARGUMENT: `authority` or an alternative name cannot be read. INTERNAL: OpenSSL refuses.
absl::StatusOr<CertificatePair> MakeCertificate(const CertificatePair& authority,
                                                const CertificateOrder& order);

}  // namespace common::auth

#endif  // THIDUA_COMMON_AUTH_CERTIFICATES_H_
