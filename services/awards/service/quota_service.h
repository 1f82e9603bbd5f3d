// thidua.awards.v1.QuotaService; the contract says what each call does and when it fails.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_QUOTA_SERVICE_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_QUOTA_SERVICE_H_

#include "services/awards/service/service_base.h"
#include "thidua/awards/v1/quota_service.grpc.pb.h"

namespace awards {

// Thread-safe.
class QuotaService final : public ServiceBase<thidua::awards::v1::QuotaService> {
 public:
  using ServiceBase::ServiceBase;

  grpc::Status DivideFlags(grpc::ServerContext* context,
                           const thidua::awards::v1::DivideFlagsRequest* request,
                           thidua::awards::v1::DivideFlagsResponse* response) override;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_QUOTA_SERVICE_H_
