// Totals and series over gRPC; what the calls do and how they fail is said in
// proto/thidua/reporting/v1/statistics_service.proto.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_STATISTICS_SERVICE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_STATISTICS_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "absl/status/statusor.h"
#include "services/reporting/service/service_base.h"
#include "services/reporting/service/statistics_scope.h"
#include "thidua/reporting/v1/statistics_service.grpc.pb.h"

namespace reporting {

// Thread-safe.
class StatisticsService final : public ServiceBase<thidua::reporting::v1::StatisticsService> {
 public:
  using ServiceBase::ServiceBase;

  // Both stop with CANCELLED soon after `is_cancelled` has begun to say yes.
  absl::StatusOr<thidua::reporting::v1::ComputeTotalsResponse> ComputeTotals(
      const thidua::reporting::v1::ComputeTotalsRequest& request, const IsCancelled& is_cancelled);
  absl::StatusOr<thidua::reporting::v1::ComputeSeriesResponse> ComputeSeries(
      const thidua::reporting::v1::ComputeSeriesRequest& request, const IsCancelled& is_cancelled);

  grpc::Status ComputeTotals(grpc::ServerContext* context,
                             const thidua::reporting::v1::ComputeTotalsRequest* request,
                             thidua::reporting::v1::ComputeTotalsResponse* response) override;
  grpc::Status ComputeSeries(grpc::ServerContext* context,
                             const thidua::reporting::v1::ComputeSeriesRequest* request,
                             thidua::reporting::v1::ComputeSeriesResponse* response) override;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_STATISTICS_SERVICE_H_
