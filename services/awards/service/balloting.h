// Secret votes, as BallotService documents them.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_BALLOTING_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_BALLOTING_H_

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "thidua/awards/v1/ballot_service.pb.h"

namespace awards {

absl::StatusOr<thidua::awards::v1::OpenBallotResponse> OpenBallot(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::OpenBallotRequest& request);

absl::StatusOr<thidua::awards::v1::CastVoteResponse> CastVote(
    common::storage::Transaction& transaction, const thidua::awards::v1::CastVoteRequest& request);

absl::StatusOr<thidua::awards::v1::CloseBallotResponse> CloseBallot(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::CloseBallotRequest& request);

absl::StatusOr<thidua::awards::v1::CancelBallotResponse> CancelBallot(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::CancelBallotRequest& request);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_BALLOTING_H_
