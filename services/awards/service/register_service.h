// thidua.awards.v1.RegisterService; the contract says what each call does and when it fails.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_REGISTER_SERVICE_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_REGISTER_SERVICE_H_

#include "services/awards/service/service_base.h"
#include "thidua/awards/v1/register_service.grpc.pb.h"

namespace awards {

// Thread-safe.
class RegisterService final : public ServiceBase<thidua::awards::v1::RegisterService> {
 public:
  using ServiceBase::ServiceBase;

  grpc::Status ListAwardsOfUnit(grpc::ServerContext* context,
                                const thidua::awards::v1::ListAwardsOfUnitRequest* request,
                                thidua::awards::v1::ListAwardsOfUnitResponse* response) override;
  grpc::Status ListRegisterEntries(
      grpc::ServerContext* context, const thidua::awards::v1::ListRegisterEntriesRequest* request,
      thidua::awards::v1::ListRegisterEntriesResponse* response) override;
  grpc::Status ListRotatingFlagHolders(
      grpc::ServerContext* context,
      const thidua::awards::v1::ListRotatingFlagHoldersRequest* request,
      thidua::awards::v1::ListRotatingFlagHoldersResponse* response) override;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_REGISTER_SERVICE_H_
