#include "services/awards/service/quota_service.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/awards/codec/ballot_codec.h"
#include "services/awards/domain/apportionment.h"

namespace awards {

namespace v1 = thidua::awards::v1;

grpc::Status QuotaService::DivideFlags(grpc::ServerContext* context,
                                       const v1::DivideFlagsRequest* request,
                                       v1::DivideFlagsResponse* response) {
  return Answer(context, request, response, [&]() -> absl::StatusOr<v1::DivideFlagsResponse> {
    Violations violations;
    const DivisionRequest division = ParseDivision(*request, violations);
    RETURN_IF_ERROR(ValidateDivision(division, std::move(violations)).ToStatus());
    return ToProto(Divide(division));
  });
}

}  // namespace awards
