// Scores that may change after they were made: what would, and rounds that are opened again.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_RESTATING_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_RESTATING_H_

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "thidua/awards/v1/round_service.pb.h"

namespace awards {

// Errors as RoundService documents them for the calls of the same names.
absl::StatusOr<thidua::awards::v1::PreviewRescoringResponse> PreviewRescoring(
    common::storage::Reader& reader, const thidua::awards::v1::PreviewRescoringRequest& request);

absl::StatusOr<thidua::awards::v1::ReopenRoundResponse> ReopenRound(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::ReopenRoundRequest& request);

absl::StatusOr<thidua::awards::v1::GetScoreSheetResponse> GetScoreSheet(
    common::storage::Reader& reader, const thidua::awards::v1::GetScoreSheetRequest& request);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_RESTATING_H_
