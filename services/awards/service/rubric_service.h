// thidua.awards.v1.RubricService; the contract says what each call does and when it fails.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_RUBRIC_SERVICE_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_RUBRIC_SERVICE_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/awards/service/service_base.h"
#include "thidua/awards/v1/rubric_service.grpc.pb.h"

namespace awards {

// Thread-safe.
class RubricService final : public ServiceBase<thidua::awards::v1::RubricService> {
 public:
  using ServiceBase::ServiceBase;

  grpc::Status CreateRubric(grpc::ServerContext* context,
                            const thidua::awards::v1::CreateRubricRequest* request,
                            thidua::awards::v1::CreateRubricResponse* response) override;
  grpc::Status UpdateRubric(grpc::ServerContext* context,
                            const thidua::awards::v1::UpdateRubricRequest* request,
                            thidua::awards::v1::UpdateRubricResponse* response) override;
  grpc::Status GetRubric(grpc::ServerContext* context,
                         const thidua::awards::v1::GetRubricRequest* request,
                         thidua::awards::v1::GetRubricResponse* response) override;
  grpc::Status ListRubrics(grpc::ServerContext* context,
                           const thidua::awards::v1::ListRubricsRequest* request,
                           thidua::awards::v1::ListRubricsResponse* response) override;
  grpc::Status DiffRubrics(grpc::ServerContext* context,
                           const thidua::awards::v1::DiffRubricsRequest* request,
                           thidua::awards::v1::DiffRubricsResponse* response) override;

 private:
  absl::StatusOr<thidua::awards::v1::CreateRubricResponse> CreateRubric(
      const thidua::awards::v1::CreateRubricRequest& request, absl::Time deadline);
  absl::StatusOr<thidua::awards::v1::UpdateRubricResponse> UpdateRubric(
      const thidua::awards::v1::UpdateRubricRequest& request, absl::Time deadline);
  absl::StatusOr<thidua::awards::v1::GetRubricResponse> GetRubric(
      const thidua::awards::v1::GetRubricRequest& request);
  absl::StatusOr<thidua::awards::v1::ListRubricsResponse> ListRubrics(
      const thidua::awards::v1::ListRubricsRequest& request);
  absl::StatusOr<thidua::awards::v1::DiffRubricsResponse> DiffRubrics(
      const thidua::awards::v1::DiffRubricsRequest& request);
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_RUBRIC_SERVICE_H_
