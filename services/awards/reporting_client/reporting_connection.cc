#include "services/awards/reporting_client/reporting_connection.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/client_channel.h"
#include "common/rpc/tls_credentials.h"
#include "common/status/status_macros.h"

namespace awards {
namespace {

constexpr char kUserAgent[] = "thidua-awards/" THIDUA_VERSION;

}  // namespace

absl::StatusOr<std::unique_ptr<ReportingConnection>> ReportingConnection::Open(
    const ReportingOptions& options, common::telemetry::Logger& logger) {
  std::unique_ptr<ReportingConnection> connection(new ReportingConnection(options, logger));
  if (options.tls.authorities.empty()) {
    if (!options.tls.empty() || !options.token_file.empty()) {
      return absl::InvalidArgumentError(
          "--reporting-certificate and --reporting-token-file need --reporting-authorities");
    }
    return connection;
  }
  ASSIGN_OR_RETURN(connection->files_,
                   common::auth::OpenTlsFiles(options.tls, "certificates for reporting", logger));
  return connection;
}

std::shared_ptr<grpc::Channel> ReportingConnection::Connect() {
  const std::lock_guard lock(mutex_);
  if (files_ == nullptr) {
    if (channel_ == nullptr) channel_ = common::rpc::OpenChannel(options_.address, kUserAgent);
    return channel_;
  }
  files_->Refresh(/*is_asked_for=*/false);
  if (std::shared_ptr<const common::auth::TlsMaterial> now = files_->Get(); now != in_use_) {
    channel_ = common::rpc::OpenChannel(options_.address, kUserAgent,
                                        common::rpc::TlsChannelCredentials(*now));
    in_use_ = std::move(now);
  }
  return channel_;
}

void ReportingConnection::Prepare(grpc::ClientContext& context) {
  if (options_.token_file.empty()) return;
  const absl::StatusOr<std::string> token = common::auth::ReadFile(options_.token_file);
  if (token.ok()) {
    context.AddMetadata("authorization",
                        absl::StrCat("Bearer ", absl::StripAsciiWhitespace(*token)));
    return;
  }
  logger_.Log(common::telemetry::Level::kError, "no token for the reporting service",
              {{"error", std::string(token.status().message())}});
}

void ReportingConnection::Reload() {
  if (files_ != nullptr) files_->Refresh(/*is_asked_for=*/true);
}

}  // namespace awards
