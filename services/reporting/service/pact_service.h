// Pacts over gRPC; what each call does and how it fails is said in
// proto/thidua/reporting/v1/pact_service.proto.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_PACT_SERVICE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_PACT_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "absl/status/statusor.h"
#include "services/reporting/service/service_base.h"
#include "thidua/reporting/v1/pact_service.grpc.pb.h"

namespace reporting {

// Thread-safe.
class PactService final : public ServiceBase<thidua::reporting::v1::PactService> {
 public:
  using ServiceBase::ServiceBase;

  absl::StatusOr<thidua::reporting::v1::CreatePactResponse> CreatePact(
      const thidua::reporting::v1::CreatePactRequest& request);
  absl::StatusOr<thidua::reporting::v1::GetPactResponse> GetPact(
      const thidua::reporting::v1::GetPactRequest& request);
  absl::StatusOr<thidua::reporting::v1::UpdatePactResponse> UpdatePact(
      const thidua::reporting::v1::UpdatePactRequest& request);
  absl::StatusOr<thidua::reporting::v1::RevisePactResponse> RevisePact(
      const thidua::reporting::v1::RevisePactRequest& request);
  absl::StatusOr<thidua::reporting::v1::ListAchievementsResponse> ListAchievements(
      const thidua::reporting::v1::ListAchievementsRequest& request);
  absl::StatusOr<thidua::reporting::v1::SignPactResponse> SignPact(
      const thidua::reporting::v1::SignPactRequest& request);

  grpc::Status CreatePact(grpc::ServerContext* context,
                          const thidua::reporting::v1::CreatePactRequest* request,
                          thidua::reporting::v1::CreatePactResponse* response) override;
  grpc::Status GetPact(grpc::ServerContext* context,
                       const thidua::reporting::v1::GetPactRequest* request,
                       thidua::reporting::v1::GetPactResponse* response) override;
  grpc::Status UpdatePact(grpc::ServerContext* context,
                          const thidua::reporting::v1::UpdatePactRequest* request,
                          thidua::reporting::v1::UpdatePactResponse* response) override;
  grpc::Status RevisePact(grpc::ServerContext* context,
                          const thidua::reporting::v1::RevisePactRequest* request,
                          thidua::reporting::v1::RevisePactResponse* response) override;
  grpc::Status ListAchievements(grpc::ServerContext* context,
                                const thidua::reporting::v1::ListAchievementsRequest* request,
                                thidua::reporting::v1::ListAchievementsResponse* response) override;
  grpc::Status SignPact(grpc::ServerContext* context,
                        const thidua::reporting::v1::SignPactRequest* request,
                        thidua::reporting::v1::SignPactResponse* response) override;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_PACT_SERVICE_H_
