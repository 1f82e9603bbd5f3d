// The audit over gRPC; what each call does and how it fails is said in
// proto/thidua/reporting/v1/audit_service.proto.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_AUDIT_SERVICE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_AUDIT_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "absl/status/statusor.h"
#include "services/reporting/service/service_base.h"
#include "thidua/reporting/v1/audit_service.grpc.pb.h"

namespace reporting {

// Thread-safe.
class AuditService final : public ServiceBase<thidua::reporting::v1::AuditService> {
 public:
  // A call verifies no more events.
  static constexpr int kVerifiedMax = 20'000;

  using ServiceBase::ServiceBase;

  absl::StatusOr<thidua::reporting::v1::ListAuditEventsResponse> ListAuditEvents(
      const thidua::reporting::v1::ListAuditEventsRequest& request);
  absl::StatusOr<thidua::reporting::v1::VerifyAuditResponse> VerifyAudit(
      const thidua::reporting::v1::VerifyAuditRequest& request);

  grpc::Status ListAuditEvents(grpc::ServerContext* context,
                               const thidua::reporting::v1::ListAuditEventsRequest* request,
                               thidua::reporting::v1::ListAuditEventsResponse* response) override;
  grpc::Status VerifyAudit(grpc::ServerContext* context,
                           const thidua::reporting::v1::VerifyAuditRequest* request,
                           thidua::reporting::v1::VerifyAuditResponse* response) override;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_AUDIT_SERVICE_H_
