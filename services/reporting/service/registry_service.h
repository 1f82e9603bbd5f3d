// Units, clusters and cluster years over gRPC; what each call does and how it fails is said in
// proto/thidua/reporting/v1/registry_service.proto.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_REGISTRY_SERVICE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_REGISTRY_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "absl/status/statusor.h"
#include "services/reporting/service/service_base.h"
#include "thidua/reporting/v1/registry_service.grpc.pb.h"

namespace reporting {

// Thread-safe.
class RegistryService final : public ServiceBase<thidua::reporting::v1::RegistryService> {
 public:
  using ServiceBase::ServiceBase;

  absl::StatusOr<thidua::reporting::v1::CreateUnitResponse> CreateUnit(
      const thidua::reporting::v1::CreateUnitRequest& request);
  absl::StatusOr<thidua::reporting::v1::UpdateUnitResponse> UpdateUnit(
      const thidua::reporting::v1::UpdateUnitRequest& request);
  absl::StatusOr<thidua::reporting::v1::MergeUnitsResponse> MergeUnits(
      const thidua::reporting::v1::MergeUnitsRequest& request);
  absl::StatusOr<thidua::reporting::v1::GetUnitResponse> GetUnit(
      const thidua::reporting::v1::GetUnitRequest& request);
  absl::StatusOr<thidua::reporting::v1::ListUnitsResponse> ListUnits(
      const thidua::reporting::v1::ListUnitsRequest& request);
  absl::StatusOr<thidua::reporting::v1::CreateClusterResponse> CreateCluster(
      const thidua::reporting::v1::CreateClusterRequest& request);
  absl::StatusOr<thidua::reporting::v1::GetClusterResponse> GetCluster(
      const thidua::reporting::v1::GetClusterRequest& request);
  absl::StatusOr<thidua::reporting::v1::ListClustersResponse> ListClusters(
      const thidua::reporting::v1::ListClustersRequest& request);
  absl::StatusOr<thidua::reporting::v1::CreateClusterYearResponse> CreateClusterYear(
      const thidua::reporting::v1::CreateClusterYearRequest& request);
  absl::StatusOr<thidua::reporting::v1::GetClusterYearResponse> GetClusterYear(
      const thidua::reporting::v1::GetClusterYearRequest& request);
  absl::StatusOr<thidua::reporting::v1::ListClusterYearsResponse> ListClusterYears(
      const thidua::reporting::v1::ListClusterYearsRequest& request);
  absl::StatusOr<thidua::reporting::v1::AdvanceClusterYearResponse> AdvanceClusterYear(
      const thidua::reporting::v1::AdvanceClusterYearRequest& request);
  absl::StatusOr<thidua::reporting::v1::HandOverClusterYearResponse> HandOverClusterYear(
      const thidua::reporting::v1::HandOverClusterYearRequest& request);

  grpc::Status CreateUnit(grpc::ServerContext* context,
                          const thidua::reporting::v1::CreateUnitRequest* request,
                          thidua::reporting::v1::CreateUnitResponse* response) override;
  grpc::Status UpdateUnit(grpc::ServerContext* context,
                          const thidua::reporting::v1::UpdateUnitRequest* request,
                          thidua::reporting::v1::UpdateUnitResponse* response) override;
  grpc::Status MergeUnits(grpc::ServerContext* context,
                          const thidua::reporting::v1::MergeUnitsRequest* request,
                          thidua::reporting::v1::MergeUnitsResponse* response) override;
  grpc::Status GetUnit(grpc::ServerContext* context,
                       const thidua::reporting::v1::GetUnitRequest* request,
                       thidua::reporting::v1::GetUnitResponse* response) override;
  grpc::Status ListUnits(grpc::ServerContext* context,
                         const thidua::reporting::v1::ListUnitsRequest* request,
                         thidua::reporting::v1::ListUnitsResponse* response) override;
  grpc::Status CreateCluster(grpc::ServerContext* context,
                             const thidua::reporting::v1::CreateClusterRequest* request,
                             thidua::reporting::v1::CreateClusterResponse* response) override;
  grpc::Status GetCluster(grpc::ServerContext* context,
                          const thidua::reporting::v1::GetClusterRequest* request,
                          thidua::reporting::v1::GetClusterResponse* response) override;
  grpc::Status ListClusters(grpc::ServerContext* context,
                            const thidua::reporting::v1::ListClustersRequest* request,
                            thidua::reporting::v1::ListClustersResponse* response) override;
  grpc::Status CreateClusterYear(
      grpc::ServerContext* context, const thidua::reporting::v1::CreateClusterYearRequest* request,
      thidua::reporting::v1::CreateClusterYearResponse* response) override;
  grpc::Status GetClusterYear(grpc::ServerContext* context,
                              const thidua::reporting::v1::GetClusterYearRequest* request,
                              thidua::reporting::v1::GetClusterYearResponse* response) override;
  grpc::Status ListClusterYears(grpc::ServerContext* context,
                                const thidua::reporting::v1::ListClusterYearsRequest* request,
                                thidua::reporting::v1::ListClusterYearsResponse* response) override;
  grpc::Status AdvanceClusterYear(
      grpc::ServerContext* context, const thidua::reporting::v1::AdvanceClusterYearRequest* request,
      thidua::reporting::v1::AdvanceClusterYearResponse* response) override;
  grpc::Status HandOverClusterYear(
      grpc::ServerContext* context,
      const thidua::reporting::v1::HandOverClusterYearRequest* request,
      thidua::reporting::v1::HandOverClusterYearResponse* response) override;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_REGISTRY_SERVICE_H_
