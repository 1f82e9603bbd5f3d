// The way of a nomination from its proposal to the register, as the contract's Nomination tells it.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_NOMINATION_STATE_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_NOMINATION_STATE_H_

#include <string_view>

#include "absl/status/status.h"

namespace awards {

// As in the contract, number by number.
enum class NominationState {
  kUnspecified,
  kProposed,
  kDossierOpen,
  kDossierComplete,
  kEndorsed,
  kSentToVca,
  kAppraised,
  kCouncilVoted,
  kNoticed,
  kAwarded,
  kReturned,
  kRefused,
  kOnHold,
  kWithdrawn,
  kExpired,
  kRevoked,
};

// What moves a nomination.
enum class Mover {
  // A person, by MoveNomination.
  kPerson,
  // Its dossier: opened, or completed by its last document.
  kDossier,
  // A ballot that was closed.
  kBallot,
  // A decision or a revocation.
  kDecision,
  // A hold that was placed or ended.
  kHold,
  // The round, when its nominations are issued anew.
  kRound,
};

// The word of the contract, such as `DOSSIER_OPEN`.
std::string_view NameOf(NominationState state);

// It can still become an award: neither AWARDED nor ended.
bool IsUnderWay(NominationState state);

// Whether `mover` may move a nomination from `from` to `to`. Fails with FAILED_PRECONDITION,
// ILLEGAL_STATE_CHANGE, which names `name` and what this mover may do from there. What a hold was
// placed on goes back only to where it was; that is for the caller to know.
absl::Status CheckMove(std::string_view name, NominationState from, NominationState to,
                       Mover mover);

// Whether a move to `to` must be given a reason, and the proposing unit be told of it.
bool NeedsReason(NominationState to);
bool NotifiesUnit(NominationState to);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_NOMINATION_STATE_H_
