// Nominations as they are stored, and how they are moved.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_NOMINATION_RECORDS_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_NOMINATION_RECORDS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/ledger.h"
#include "services/awards/domain/nomination_state.h"
#include "services/awards/domain/round.h"
#include "services/awards/store/awards_store.h"
#include "thidua/awards/v1/nomination.pb.h"

namespace awards {

// One move, and why.
struct NominationMove {
  NominationState to = NominationState::kUnspecified;
  Mover mover = Mover::kPerson;
  std::string person{};
  std::string reason{};
  // A ballot, hold, decision or result; or empty.
  std::string basis{};
};

// NOT_FOUND, RESOURCE_NOT_FOUND.
absl::StatusOr<Stored<thidua::awards::v1::Nomination>> FindNomination(
    common::storage::Reader& reader, const std::string& name);

// Moves `nomination`, which is not stored by this, and writes down what happened at `time`.
// FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: the mover may not.
absl::Status Move(thidua::awards::v1::Nomination& nomination, const NominationMove& move,
                  absl::Time time);

// Writes down what moves nothing.
void Note(thidua::awards::v1::Nomination& nomination, const NominationMove& what, absl::Time time);

// It fell when the round was nominated anew, not by anybody's will, and so it may stand again.
bool HasFallen(const thidua::awards::v1::Nomination& nomination);

// Puts it on hold, if `hold` is one.
absl::Status HoldBack(thidua::awards::v1::Nomination& nomination, const std::string& hold,
                      absl::Time time);

// The round of a nomination, whose nominations must be issued: FAILED_PRECONDITION,
// ROUND_NOT_NOMINATED.
absl::StatusOr<Stored<Round>> FindNominatedRound(common::storage::Reader& reader,
                                                 const std::string& name);

// Stores and renders.
absl::StatusOr<thidua::awards::v1::Nomination> Save(
    common::storage::Transaction& transaction, const thidua::awards::v1::Nomination& nomination);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_NOMINATION_RECORDS_H_
