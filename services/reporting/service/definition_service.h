// Indicators and forms over gRPC; what each call does and how it fails is said in
// proto/thidua/reporting/v1/definition_service.proto.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_DEFINITION_SERVICE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_DEFINITION_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "absl/status/statusor.h"
#include "services/reporting/service/service_base.h"
#include "thidua/reporting/v1/definition_service.grpc.pb.h"

namespace reporting {

// Thread-safe.
class DefinitionService final : public ServiceBase<thidua::reporting::v1::DefinitionService> {
 public:
  using ServiceBase::ServiceBase;

  absl::StatusOr<thidua::reporting::v1::CreateIndicatorResponse> CreateIndicator(
      const thidua::reporting::v1::CreateIndicatorRequest& request);
  absl::StatusOr<thidua::reporting::v1::UpdateIndicatorResponse> UpdateIndicator(
      const thidua::reporting::v1::UpdateIndicatorRequest& request);
  absl::StatusOr<thidua::reporting::v1::GetIndicatorResponse> GetIndicator(
      const thidua::reporting::v1::GetIndicatorRequest& request);
  absl::StatusOr<thidua::reporting::v1::ListIndicatorsResponse> ListIndicators(
      const thidua::reporting::v1::ListIndicatorsRequest& request);
  absl::StatusOr<thidua::reporting::v1::CreateFormResponse> CreateForm(
      const thidua::reporting::v1::CreateFormRequest& request);
  absl::StatusOr<thidua::reporting::v1::UpdateFormResponse> UpdateForm(
      const thidua::reporting::v1::UpdateFormRequest& request);
  absl::StatusOr<thidua::reporting::v1::GetFormResponse> GetForm(
      const thidua::reporting::v1::GetFormRequest& request);
  absl::StatusOr<thidua::reporting::v1::ListFormsResponse> ListForms(
      const thidua::reporting::v1::ListFormsRequest& request);

  grpc::Status CreateIndicator(grpc::ServerContext* context,
                               const thidua::reporting::v1::CreateIndicatorRequest* request,
                               thidua::reporting::v1::CreateIndicatorResponse* response) override;
  grpc::Status UpdateIndicator(grpc::ServerContext* context,
                               const thidua::reporting::v1::UpdateIndicatorRequest* request,
                               thidua::reporting::v1::UpdateIndicatorResponse* response) override;
  grpc::Status GetIndicator(grpc::ServerContext* context,
                            const thidua::reporting::v1::GetIndicatorRequest* request,
                            thidua::reporting::v1::GetIndicatorResponse* response) override;
  grpc::Status ListIndicators(grpc::ServerContext* context,
                              const thidua::reporting::v1::ListIndicatorsRequest* request,
                              thidua::reporting::v1::ListIndicatorsResponse* response) override;
  grpc::Status CreateForm(grpc::ServerContext* context,
                          const thidua::reporting::v1::CreateFormRequest* request,
                          thidua::reporting::v1::CreateFormResponse* response) override;
  grpc::Status UpdateForm(grpc::ServerContext* context,
                          const thidua::reporting::v1::UpdateFormRequest* request,
                          thidua::reporting::v1::UpdateFormResponse* response) override;
  grpc::Status GetForm(grpc::ServerContext* context,
                       const thidua::reporting::v1::GetFormRequest* request,
                       thidua::reporting::v1::GetFormResponse* response) override;
  grpc::Status ListForms(grpc::ServerContext* context,
                         const thidua::reporting::v1::ListFormsRequest* request,
                         thidua::reporting::v1::ListFormsResponse* response) override;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_DEFINITION_SERVICE_H_
