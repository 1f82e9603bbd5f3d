// All gRPC services of the reporting server.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_SERVICES_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_SERVICES_H_

#include <string_view>
#include <vector>

#include "common/rpc/server_runtime.h"
#include "services/reporting/service/audit_service.h"
#include "services/reporting/service/change_feed_service.h"
#include "services/reporting/service/definition_service.h"
#include "services/reporting/service/pact_service.h"
#include "services/reporting/service/registry_service.h"
#include "services/reporting/service/service_base.h"
#include "services/reporting/service/statistics_service.h"
#include "services/reporting/service/submission_service.h"

namespace reporting {

// As `google.rpc.ErrorInfo.domain` says who refuses a call.
inline constexpr std::string_view kErrorDomain = "reporting.thidua";

// Thread-safe. Must be destroyed after the ledger was closed.
class Services {
 public:
  explicit Services(ServiceResources resources);

  // As the server takes them. Valid as long as this object.
  std::vector<common::rpc::ServedService> All();

  // Ends the streams under way, and those to come, with UNAVAILABLE, reason SHUTTING_DOWN. Does not
  // wait.
  void Drain();

  // Watches of the feed under way.
  int watcher_count() const { return feed_.watcher_count(); }

 private:
  RegistryService registry_;
  DefinitionService definitions_;
  PactService pacts_;
  SubmissionService submissions_;
  StatisticsService statistics_;
  ChangeFeedService feed_;
  AuditService audit_;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_SERVICES_H_
