// Due reports, later days for them and reopened years over gRPC; what each call does and how it
// fails is said in proto/thidua/reporting/v1/calendar_service.proto.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_CALENDAR_SERVICE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_CALENDAR_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "absl/status/statusor.h"
#include "services/reporting/service/service_base.h"
#include "thidua/reporting/v1/calendar_service.grpc.pb.h"

namespace reporting {

// Thread-safe.
class CalendarService final : public ServiceBase<thidua::reporting::v1::CalendarService> {
 public:
  using ServiceBase::ServiceBase;

  absl::StatusOr<thidua::reporting::v1::ListDueReportsResponse> ListDueReports(
      const thidua::reporting::v1::ListDueReportsRequest& request);
  absl::StatusOr<thidua::reporting::v1::ExtendReportResponse> ExtendReport(
      const thidua::reporting::v1::ExtendReportRequest& request);
  absl::StatusOr<thidua::reporting::v1::ReopenClusterYearResponse> ReopenClusterYear(
      const thidua::reporting::v1::ReopenClusterYearRequest& request);

  grpc::Status ListDueReports(grpc::ServerContext* context,
                              const thidua::reporting::v1::ListDueReportsRequest* request,
                              thidua::reporting::v1::ListDueReportsResponse* response) override;
  grpc::Status ExtendReport(grpc::ServerContext* context,
                            const thidua::reporting::v1::ExtendReportRequest* request,
                            thidua::reporting::v1::ExtendReportResponse* response) override;
  grpc::Status ReopenClusterYear(
      grpc::ServerContext* context, const thidua::reporting::v1::ReopenClusterYearRequest* request,
      thidua::reporting::v1::ReopenClusterYearResponse* response) override;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_CALENDAR_SERVICE_H_
