// How awards reaches the reporting service, and as whom.
#ifndef THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_REPORTING_CONNECTION_H_
#define THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_REPORTING_CONNECTION_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "common/auth/tls_files.h"
#include "common/telemetry/log.h"

namespace awards {

struct ReportingOptions {
  // `host:port` or another gRPC target.
  std::string address = "127.0.0.1:7501";
  // Without authorities: plaintext.
  common::auth::TlsPaths tls{};
  // File that holds a token; read for each call. Empty: the certificate says who calls.
  std::string token_file{};
};

// Thread-safe.
class ReportingConnection {
 public:
  // Reads the files; connects later. `logger` must outlive it.
  // INVALID_ARGUMENT: a certificate or a token without authorities, of which the one cannot and the
  // other must not go out in plaintext to another machine. Else as common::auth::OpenTlsFiles.
  static absl::StatusOr<std::unique_ptr<ReportingConnection>> Open(
      const ReportingOptions& options, common::telemetry::Logger& logger);

  // A channel by the certificates as they are now; the same as before if they are the same.
  std::shared_ptr<grpc::Channel> Connect();

  // Adds the token, if there is one. A token file that cannot be read is logged, and the call goes
  // without.
  void Prepare(grpc::ClientContext& context);

  // Reads the certificates again, as at SIGHUP.
  void Reload();

 private:
  ReportingConnection(const ReportingOptions& options, common::telemetry::Logger& logger)
      : options_(options), logger_(logger) {}

  const ReportingOptions options_;
  common::telemetry::Logger& logger_;
  // Null in plaintext.
  std::unique_ptr<common::auth::TlsFiles> files_{};
  std::mutex mutex_;
  // What `channel_` was made with.
  std::shared_ptr<const common::auth::TlsMaterial> in_use_{};
  std::shared_ptr<grpc::Channel> channel_{};
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_REPORTING_CONNECTION_H_
