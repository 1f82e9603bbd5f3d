// What happens inside the transactions of a round: scoring it, and issuing its nominations.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_SCORING_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_SCORING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "services/awards/domain/round.h"
#include "services/awards/domain/score.h"
#include "services/awards/service/contest.h"
#include "thidua/awards/v1/round_service.pb.h"

namespace awards {

// The sheets of one contest, in the order of its entrants.
std::vector<ScoreSheet> ScoreAll(const Contest& contest);

// The standings that follow from these sheets, but for hash and time.
thidua::awards::v1::Standings MakeStandings(const Round& round, const Contest& contest,
                                            const std::vector<ScoreSheet>& sheets);

// Scores the round from what `transaction` sees, and stores the sheets and standings that differ
// from those stored. If none does, nothing is written and the time of scoring stays.
// Errors as RoundService.ScoreRound documents; UNAVAILABLE, PROJECTION_BEHIND also while the copy
// of the reporting service is being made anew.
absl::StatusOr<thidua::awards::v1::ScoreRoundResponse> ScoreRound(
    common::storage::Transaction& transaction, const std::string& name);

// Issues the nominations of the round and closes it; answers as the first time if it is closed.
// Errors as RoundService.IssueNominations documents, and as above.
absl::StatusOr<thidua::awards::v1::IssueNominationsResponse> IssueNominations(
    common::storage::Transaction& transaction, const std::string& name);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_SCORING_H_
