// Who may call a service, and how it keeps connections private: the files of its configuration, and
// their reloading.
#ifndef THIDUA_COMMON_RPC_SECURITY_H_
#define THIDUA_COMMON_RPC_SECURITY_H_

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/key_set.h"
#include "common/auth/policy.h"
#include "common/auth/reloaded.h"
#include "common/auth/tls_files.h"
#include "common/rpc/policy_gatekeeper.h"
#include "common/rpc/security_config.h"
#include "common/telemetry/log.h"

namespace common::rpc {

// The files of a configuration, in force and watched. Thread-safe.
class Security {
 public:
  // Reads all files and begins to watch them. `logger` must outlive it.
  // INVALID_ARGUMENT, NOT_FOUND: a file is wrong, or cannot be read; the message says which.
  static absl::StatusOr<std::unique_ptr<Security>> Open(const SecurityConfig& config,
                                                        telemetry::Logger& logger);
  ~Security();
  Security(const Security&) = delete;
  Security& operator=(const Security&) = delete;

  // When the server's certificate in force expires; infinite in plaintext.
  absl::Time certificate_expiry() const {
    return tls_ == nullptr ? absl::InfiniteFuture() : tls_->Get()->not_after;
  }

  // Null in plaintext. Valid as long as this object.
  std::shared_ptr<grpc::ServerCredentials> server_credentials() const { return credentials_; }

  // The gatekeeper by the policy and the service's own `table` and `map`; null without a policy.
  // Valid as long as this object, `map` and `clock`.
  std::unique_ptr<Gatekeeper> MakeGatekeeper(auth::PermissionTable table, auth::ScopeMap& map,
                                             Clock& clock) const;

  // Reads everything again, as at SIGHUP; what is wrong stays as it was, and the log says so.
  void Reload();

 private:
  Security(const SecurityConfig& config, telemetry::Logger& logger)
      : config_(config), logger_(logger) {}

  absl::Status OpenFiles();
  // Takes over certificates and keys within a second of their change; a policy waits for Reload.
  void Watch();

  const SecurityConfig config_;
  telemetry::Logger& logger_;
  std::unique_ptr<auth::TlsFiles> tls_{};
  std::unique_ptr<auth::Reloaded<auth::Policy>> policy_{};
  std::unique_ptr<auth::Reloaded<auth::KeySet>> token_keys_{};
  std::shared_ptr<grpc::ServerCredentials> credentials_{};

  std::mutex mutex_;
  std::condition_variable stop_requested_;
  bool stopping_ = false;
  std::thread thread_{};
};

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_SECURITY_H_
