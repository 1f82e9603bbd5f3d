#include "services/awards/domain/nomination_state.h"

#include <algorithm>
#include <array>
#include <vector>

#include "services/awards/domain/refusal.h"

namespace awards {
namespace {

using enum NominationState;

struct Move {
  NominationState from;
  NominationState to;
  Mover mover;
};

constexpr auto kMoves = std::to_array<Move>({
    {kProposed, kDossierOpen, Mover::kDossier},
    {kDossierOpen, kDossierComplete, Mover::kDossier},
    {kReturned, kDossierOpen, Mover::kDossier},
    {kDossierComplete, kEndorsed, Mover::kBallot},
    {kDossierComplete, kRefused, Mover::kBallot},
    {kAppraised, kCouncilVoted, Mover::kBallot},
    {kAppraised, kRefused, Mover::kBallot},
    {kNoticed, kAwarded, Mover::kDecision},
    {kAwarded, kRevoked, Mover::kDecision},
    {kWithdrawn, kProposed, Mover::kRound},
    {kDossierOpen, kExpired, Mover::kPerson},
    {kDossierComplete, kReturned, Mover::kPerson},
    {kEndorsed, kSentToVca, Mover::kPerson},
    {kSentToVca, kAppraised, Mover::kPerson},
    {kSentToVca, kReturned, Mover::kPerson},
    {kAppraised, kReturned, Mover::kPerson},
    {kCouncilVoted, kNoticed, Mover::kPerson},
});

// An endorsement is not refused by one person: the ballot has decided.
bool MayRefuse(NominationState from) { return IsUnderWay(from) && from != kEndorsed; }

bool IsAllowed(NominationState from, NominationState to, Mover mover) {
  const bool listed = std::ranges::any_of(kMoves, [&](const Move& move) {
    return move.from == from && move.to == to && move.mover == mover;
  });
  if (listed) return true;
  switch (mover) {
    case Mover::kPerson:
      return (to == kRefused && MayRefuse(from)) || (to == kWithdrawn && IsUnderWay(from));
    case Mover::kHold:
      return IsUnderWay(from) && IsUnderWay(to) && (from == kOnHold) != (to == kOnHold);
    case Mover::kRound:
      return to == kWithdrawn && IsUnderWay(from);
    default:
      return false;
  }
}

}  // namespace

std::string_view NameOf(NominationState state) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"UNSPECIFIED", "PROPOSED", "DOSSIER_OPEN", "DOSSIER_COMPLETE", "ENDORSED", "SENT_TO_VCA",
       "APPRAISED", "COUNCIL_VOTED", "NOTICED", "AWARDED", "RETURNED", "REFUSED", "ON_HOLD",
       "WITHDRAWN", "EXPIRED", "REVOKED"});
  return kNames.at(static_cast<size_t>(state));
}

bool IsUnderWay(NominationState state) {
  static constexpr auto kEnds = std::to_array<NominationState>(
      {kUnspecified, kAwarded, kRefused, kWithdrawn, kExpired, kRevoked});
  return std::ranges::find(kEnds, state) == kEnds.end();
}

absl::Status CheckMove(std::string_view name, NominationState from, NominationState to,
                       Mover mover) {
  if (IsAllowed(from, to, mover)) return absl::OkStatus();
  std::vector<std::string_view> allowed;
  for (int i = 1; i <= static_cast<int>(kRevoked); ++i) {
    const auto state = static_cast<NominationState>(i);
    if (IsAllowed(from, state, mover)) allowed.push_back(NameOf(state));
  }
  return IllegalStateChange(name, NameOf(from), "this call can move it to", allowed);
}

bool NeedsReason(NominationState to) {
  return to == kReturned || to == kRefused || to == kWithdrawn || to == kExpired;
}

bool NotifiesUnit(NominationState to) {
  return to == kReturned || to == kRefused || to == kExpired || to == kRevoked;
}

}  // namespace awards
