#include "services/thiduactl/connection.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/client_channel.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/tls_credentials.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(50);
constexpr absl::Duration kLongestPause = absl::Seconds(1);

std::string LocalizedMessageOf(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return "";
  for (const auto& detail : details.details()) {
    google::rpc::LocalizedMessage message;
    if (detail.UnpackTo(&message)) return message.message();
  }
  return "";
}

std::shared_ptr<grpc::Channel> Open(const std::string& target, const Credentials& credentials) {
  constexpr char kUserAgent[] = "thiduactl/" THIDUA_VERSION;
  if (credentials.authorities.empty()) return common::rpc::OpenChannel(target, kUserAgent);
  return common::rpc::OpenChannel(
      target, kUserAgent,
      common::rpc::TlsChannelCredentials({.certificate = credentials.certificate,
                                          .key = credentials.key,
                                          .authorities = credentials.authorities}));
}

}  // namespace

Backoff::Backoff(absl::Duration timeout)
    : timeout_(timeout), deadline_(absl::Now() + timeout), pause_(kFirstPause) {}

bool Backoff::Wait() {
  if (absl::Now() + pause_ >= deadline_) return false;
  absl::SleepFor(pause_);
  pause_ = std::min(2 * pause_, kLongestPause);
  return true;
}

void Backoff::Reset() {
  deadline_ = absl::Now() + timeout_;
  pause_ = kFirstPause;
}

Connection::Connection(const ConnectionOptions& options) : options_(options) {
  const auto reporting = Open(options.reporting, options.credentials);
  const auto awards = Open(options.awards, options.credentials);
  registry_ = thidua::reporting::v1::RegistryService::NewStub(reporting);
  definitions_ = thidua::reporting::v1::DefinitionService::NewStub(reporting);
  pacts_ = thidua::reporting::v1::PactService::NewStub(reporting);
  calendar_ = thidua::reporting::v1::CalendarService::NewStub(reporting);
  submissions_ = thidua::reporting::v1::SubmissionService::NewStub(reporting);
  statistics_ = thidua::reporting::v1::StatisticsService::NewStub(reporting);
  changes_ = thidua::reporting::v1::ChangeFeedService::NewStub(reporting);
  audit_ = thidua::reporting::v1::AuditService::NewStub(reporting);
  rubrics_ = thidua::awards::v1::RubricService::NewStub(awards);
  rounds_ = thidua::awards::v1::RoundService::NewStub(awards);
}

void Connection::Prepare(grpc::ClientContext& context) const {
  context.AddMetadata("accept-language", options_.language);
  if (options_.credentials.token.empty()) return;
  context.AddMetadata("authorization", absl::StrCat("Bearer ", options_.credentials.token));
}

absl::Status Connection::ToStatus(const grpc::Status& status) const {
  absl::Status converted = common::rpc::FromGrpcStatus(status);
  if (converted.ok() || options_.language == "en") return converted;
  return WithLocalizedMessage(std::move(converted), LocalizedMessageOf(status));
}

bool Connection::IsWorthARetry(const absl::Status& status) {
  if (absl::IsUnavailable(status)) return true;
  const std::string reason = common::DetailOf(status).reason;
  return absl::IsResourceExhausted(status) &&
         (reason == common::kOverloaded || reason == common::kRateExceeded);
}

absl::Status Connection::Retry(
    const std::function<grpc::Status(grpc::ClientContext&)>& attempt) const {
  Backoff backoff(options_.timeout);
  absl::Status last;
  while (true) {
    grpc::ClientContext context;
    Prepare(context);
    context.set_deadline(absl::ToChronoTime(backoff.deadline()));
    absl::Status status = ToStatus(attempt(context));
    if (status.ok()) return status;
    if (absl::IsDeadlineExceeded(status) && common::DetailOf(status).reason.empty()) {
      // The time ran out while an unreachable service was tried again: tell what kept it away.
      if (!last.ok()) return last;
      return absl::DeadlineExceededError(
          absl::StrCat("no answer within ", absl::FormatDuration(options_.timeout),
                       "; are the services running, reporting at ", options_.reporting,
                       " and awards at ", options_.awards, "?"));
    }
    if (!IsWorthARetry(status) || !backoff.Wait()) return status;
    last = std::move(status);
  }
}

}  // namespace thiduactl
