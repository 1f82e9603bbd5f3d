// thidua.awards.v1.DocumentService; the contract says what the call does and when it fails.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_DOCUMENT_SERVICE_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_DOCUMENT_SERVICE_H_

#include "absl/status/statusor.h"
#include "services/awards/service/service_base.h"
#include "thidua/awards/v1/document_service.grpc.pb.h"

namespace awards {

// Thread-safe.
class DocumentService final : public ServiceBase<thidua::awards::v1::DocumentService> {
 public:
  using ServiceBase::ServiceBase;

  grpc::Status RenderDocument(grpc::ServerContext* context,
                              const thidua::awards::v1::RenderDocumentRequest* request,
                              thidua::awards::v1::RenderDocumentResponse* response) override;

 private:
  absl::StatusOr<thidua::awards::v1::RenderDocumentResponse> RenderDocument(
      const thidua::awards::v1::RenderDocumentRequest& request);
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_DOCUMENT_SERVICE_H_
