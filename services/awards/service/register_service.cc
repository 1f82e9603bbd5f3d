#include "services/awards/service/register_service.h"

#include "common/status/status_macros.h"
#include "services/awards/service/deciding.h"
#include "services/awards/service/reads.h"

namespace awards {

namespace v1 = thidua::awards::v1;

grpc::Status RegisterService::ListAwardsOfUnit(grpc::ServerContext* context,
                                               const v1::ListAwardsOfUnitRequest* request,
                                               v1::ListAwardsOfUnitResponse* response) {
  return Read(context, request, response, &awards::ListAwardsOfUnit);
}

grpc::Status RegisterService::ListRegisterEntries(grpc::ServerContext* context,
                                                  const v1::ListRegisterEntriesRequest* request,
                                                  v1::ListRegisterEntriesResponse* response) {
  return Answer(
      context, request, response, [&]() -> absl::StatusOr<v1::ListRegisterEntriesResponse> {
        ASSIGN_OR_RETURN(const auto listing, ReadPage<v1::RegisterEntry>(ledger(), *request));
        v1::ListRegisterEntriesResponse answer;
        for (const auto& item : listing.items) *answer.add_entries() = Render(item);
        answer.set_next_page_token(listing.next_page_token);
        return answer;
      });
}

grpc::Status RegisterService::ListRotatingFlagHolders(
    grpc::ServerContext* context, const v1::ListRotatingFlagHoldersRequest* request,
    v1::ListRotatingFlagHoldersResponse* response) {
  return Read(context, request, response, &awards::ListRotatingFlagHolders);
}

}  // namespace awards
