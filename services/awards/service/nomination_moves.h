// Dossiers, moves and holds, as NominationService documents them.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_NOMINATION_MOVES_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_NOMINATION_MOVES_H_

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "thidua/awards/v1/nomination_service.pb.h"

namespace awards {

absl::StatusOr<thidua::awards::v1::OpenDossierResponse> OpenDossier(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::OpenDossierRequest& request);

absl::StatusOr<thidua::awards::v1::SubmitDossierItemResponse> SubmitDossierItem(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::SubmitDossierItemRequest& request);

absl::StatusOr<thidua::awards::v1::MoveNominationResponse> MoveNomination(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::MoveNominationRequest& request);

absl::StatusOr<thidua::awards::v1::PlaceHoldResponse> PlaceHold(
    common::storage::Transaction& transaction, const thidua::awards::v1::PlaceHoldRequest& request);

absl::StatusOr<thidua::awards::v1::EndHoldResponse> EndHold(
    common::storage::Transaction& transaction, const thidua::awards::v1::EndHoldRequest& request);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_NOMINATION_MOVES_H_
