// Decisions on awards, revocations and the register, as NominationService and RegisterService
// document them.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_DECIDING_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_DECIDING_H_

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "thidua/awards/v1/nomination_service.pb.h"
#include "thidua/awards/v1/register_service.pb.h"

namespace awards {

absl::StatusOr<thidua::awards::v1::RecordDecisionResponse> RecordDecision(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::RecordDecisionRequest& request);

absl::StatusOr<thidua::awards::v1::RevokeAwardResponse> RevokeAward(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::RevokeAwardRequest& request);

absl::StatusOr<thidua::awards::v1::RecordRecoveryResponse> RecordRecovery(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::RecordRecoveryRequest& request);

absl::StatusOr<thidua::awards::v1::ListAwardsOfUnitResponse> ListAwardsOfUnit(
    common::storage::Reader& reader, const thidua::awards::v1::ListAwardsOfUnitRequest& request);

absl::StatusOr<thidua::awards::v1::ListRotatingFlagHoldersResponse> ListRotatingFlagHolders(
    common::storage::Reader& reader,
    const thidua::awards::v1::ListRotatingFlagHoldersRequest& request);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_DECIDING_H_
