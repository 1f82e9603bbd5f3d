// Certificates and keys as they lie in files, checked before they are used.
#ifndef THIDUA_COMMON_AUTH_TLS_FILES_H_
#define THIDUA_COMMON_AUTH_TLS_FILES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/reloaded.h"
#include "common/telemetry/log.h"

namespace common::auth {

// Paths of PEM files.
struct TlsPaths {
  // The certificate first, then those that lead to an authority. Empty with `key`: none, as a
  // client without a certificate.
  std::string certificate{};
  // The private key of the certificate.
  std::string key{};
  // Authorities that the other side's certificate must be signed by. Empty: none, which for a
  // server means that callers have no certificate.
  std::string authorities{};

  bool empty() const { return certificate.empty() && key.empty() && authorities.empty(); }
};

// The contents of such files, which fit each other. Never log it.
struct TlsMaterial {
  std::string certificate{};
  std::string key{};
  std::string authorities{};
  // When the certificate expires; infinite without one.
  absl::Time not_after = absl::InfiniteFuture();
};

// `material` with its `not_after`.
// INVALID_ARGUMENT: a text is not PEM of its kind, or the key is not that of the certificate.
absl::StatusOr<TlsMaterial> CheckTlsMaterial(TlsMaterial material);

using TlsFiles = Reloaded<TlsMaterial>;

// Reads the files of `paths`, and again at each Refresh; certificate, key and authorities change
// together. Fails as TlsFiles::Open and CheckTlsMaterial. `what` names them in logs.
absl::StatusOr<std::unique_ptr<TlsFiles>> OpenTlsFiles(const TlsPaths& paths, std::string what,
                                                       telemetry::Logger& logger);

}  // namespace common::auth

#endif  // THIDUA_COMMON_AUTH_TLS_FILES_H_
