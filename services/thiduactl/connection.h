// The two services as thiduactl calls them: with a deadline, the caller's language, and retries.
#ifndef THIDUA_SERVICES_THIDUACTL_CONNECTION_H_
#define THIDUA_SERVICES_THIDUACTL_CONNECTION_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/credentials.h"
#include "thidua/awards/v1/round_service.grpc.pb.h"
#include "thidua/awards/v1/rubric_service.grpc.pb.h"
#include "thidua/reporting/v1/audit_service.grpc.pb.h"
#include "thidua/reporting/v1/calendar_service.grpc.pb.h"
#include "thidua/reporting/v1/change_feed_service.grpc.pb.h"
#include "thidua/reporting/v1/definition_service.grpc.pb.h"
#include "thidua/reporting/v1/pact_service.grpc.pb.h"
#include "thidua/reporting/v1/registry_service.grpc.pb.h"
#include "thidua/reporting/v1/statistics_service.grpc.pb.h"
#include "thidua/reporting/v1/submission_service.grpc.pb.h"

namespace thiduactl {

// Where the services are and how long to wait for them.
struct ConnectionOptions {
  // `host:port` or another gRPC target.
  std::string reporting = "127.0.0.1:7501";
  std::string awards = "127.0.0.1:7502";
  // `vi` or `en`.
  std::string language = "en";
  // For one call with all its retries; for a stream, how long it may make no progress.
  absl::Duration timeout = absl::Seconds(30);
  // As whom to call. Without authorities: in plaintext.
  Credentials credentials{};
};

// Waits a little longer before each further attempt, until there is no time left.
class Backoff {
 public:
  // Allows attempts for `timeout` from now on.
  explicit Backoff(absl::Duration timeout);

  absl::Time deadline() const { return deadline_; }

  // Waits before the next attempt; false, at once, if the deadline would pass.
  bool Wait();

  // There was progress: the whole time is there again.
  void Reset();

 private:
  absl::Duration timeout_;
  absl::Time deadline_;
  absl::Duration pause_;
};

// Not thread-safe. Connects with the first call; making one does not fail.
class Connection {
 public:
  explicit Connection(const ConnectionOptions& options);

  const ConnectionOptions& options() const { return options_; }

  // Calls `(stub.*method)(request)`. UNAVAILABLE, and RESOURCE_EXHAUSTED with reason OVERLOADED
  // or RATE_EXCEEDED, are tried again until the timeout, so a mutation needs a request id. The
  // error is the service's, or DEADLINE_EXCEEDED.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const std::type_identity_t<Request>& request) {
    Response response;
    RETURN_IF_ERROR(Retry([&](grpc::ClientContext& context) {
      return (stub.*method)(&context, request, &response);
    }));
    return response;
  }

  // Metadata for a call of one's own; no deadline.
  void Prepare(grpc::ClientContext& context) const;

  // `status` with its details, and with the localised sentence unless the language is English.
  absl::Status ToStatus(const grpc::Status& status) const;

  // Whether the same call may be answered if it is made again.
  static bool IsWorthARetry(const absl::Status& status);

  // Reporting.
  thidua::reporting::v1::RegistryService::Stub& registry() { return *registry_; }
  thidua::reporting::v1::DefinitionService::Stub& definitions() { return *definitions_; }
  thidua::reporting::v1::PactService::Stub& pacts() { return *pacts_; }
  thidua::reporting::v1::CalendarService::Stub& calendar() { return *calendar_; }
  thidua::reporting::v1::SubmissionService::Stub& submissions() { return *submissions_; }
  thidua::reporting::v1::StatisticsService::Stub& statistics() { return *statistics_; }
  thidua::reporting::v1::ChangeFeedService::Stub& changes() { return *changes_; }
  thidua::reporting::v1::AuditService::Stub& audit() { return *audit_; }
  // Awards.
  thidua::awards::v1::RubricService::Stub& rubrics() { return *rubrics_; }
  thidua::awards::v1::RoundService::Stub& rounds() { return *rounds_; }

 private:
  absl::Status Retry(const std::function<grpc::Status(grpc::ClientContext&)>& attempt) const;

  ConnectionOptions options_;
  std::unique_ptr<thidua::reporting::v1::RegistryService::Stub> registry_;
  std::unique_ptr<thidua::reporting::v1::DefinitionService::Stub> definitions_;
  std::unique_ptr<thidua::reporting::v1::PactService::Stub> pacts_;
  std::unique_ptr<thidua::reporting::v1::CalendarService::Stub> calendar_;
  std::unique_ptr<thidua::reporting::v1::SubmissionService::Stub> submissions_;
  std::unique_ptr<thidua::reporting::v1::StatisticsService::Stub> statistics_;
  std::unique_ptr<thidua::reporting::v1::ChangeFeedService::Stub> changes_;
  std::unique_ptr<thidua::reporting::v1::AuditService::Stub> audit_;
  std::unique_ptr<thidua::awards::v1::RubricService::Stub> rubrics_;
  std::unique_ptr<thidua::awards::v1::RoundService::Stub> rounds_;
};

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_CONNECTION_H_
