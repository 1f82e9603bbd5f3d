#include "services/awards/domain/nomination_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "tests/testkit/status_matchers.h"

namespace awards {
namespace {

using enum NominationState;
using testkit::HasReason;
using testkit::IsOk;

constexpr int kStates = static_cast<int>(kRevoked);

// All that each mover may do, state by state: the contract's lists, written out once more.
using Moves = std::map<NominationState, std::set<NominationState>>;

Moves ByPerson() {
  return {{kProposed, {kRefused, kWithdrawn}},
          {kDossierOpen, {kExpired, kRefused, kWithdrawn}},
          {kDossierComplete, {kReturned, kRefused, kWithdrawn}},
          {kEndorsed, {kSentToVca, kWithdrawn}},
          {kSentToVca, {kAppraised, kReturned, kRefused, kWithdrawn}},
          {kAppraised, {kReturned, kRefused, kWithdrawn}},
          {kCouncilVoted, {kNoticed, kRefused, kWithdrawn}},
          {kNoticed, {kRefused, kWithdrawn}},
          {kReturned, {kRefused, kWithdrawn}},
          {kOnHold, {kRefused, kWithdrawn}}};
}

Moves ByDossier() {
  return {
      {kProposed, {kDossierOpen}}, {kReturned, {kDossierOpen}}, {kDossierOpen, {kDossierComplete}}};
}

Moves ByBallot() {
  return {{kDossierComplete, {kEndorsed, kRefused}}, {kAppraised, {kCouncilVoted, kRefused}}};
}

Moves ByDecision() { return {{kNoticed, {kAwarded}}, {kAwarded, {kRevoked}}}; }

void ExpectExactly(Mover mover, const Moves& moves) {
  for (int from = 1; from <= kStates; ++from) {
    for (int to = 1; to <= kStates; ++to) {
      const auto source = static_cast<NominationState>(from);
      const auto target = static_cast<NominationState>(to);
      const auto found = moves.find(source);
      const bool allowed = found != moves.end() && found->second.contains(target);
      EXPECT_EQ(CheckMove("n", source, target, mover).ok(), allowed)
          << NameOf(source) << " to " << NameOf(target);
    }
  }
}

TEST(NominationMoves, ByAPerson) { ExpectExactly(Mover::kPerson, ByPerson()); }
TEST(NominationMoves, ByADossier) { ExpectExactly(Mover::kDossier, ByDossier()); }
TEST(NominationMoves, ByABallot) { ExpectExactly(Mover::kBallot, ByBallot()); }
TEST(NominationMoves, ByADecision) { ExpectExactly(Mover::kDecision, ByDecision()); }

TEST(NominationMoves, AHoldComesAtAnyTimeButNotAfterTheEnd) {
  for (const NominationState state : {kProposed, kDossierOpen, kDossierComplete, kEndorsed,
                                      kSentToVca, kAppraised, kCouncilVoted, kNoticed, kReturned}) {
    EXPECT_THAT(CheckMove("n", state, kOnHold, Mover::kHold), IsOk());
    EXPECT_THAT(CheckMove("n", kOnHold, state, Mover::kHold), IsOk());
  }
  for (const NominationState state : {kAwarded, kRefused, kWithdrawn, kExpired, kRevoked}) {
    EXPECT_FALSE(CheckMove("n", state, kOnHold, Mover::kHold).ok());
    EXPECT_FALSE(CheckMove("n", kOnHold, state, Mover::kHold).ok());
  }
}

TEST(NominationMoves, ARefusalSaysWhatIsAllowed) {
  const absl::Status refused =
      CheckMove("rounds/r/nominations/x", kProposed, kAwarded, Mover::kPerson);
  EXPECT_THAT(refused, HasReason(common::kIllegalStateChange));
  const auto metadata = common::DetailOf(refused).metadata;
  EXPECT_EQ(metadata.at("name"), "rounds/r/nominations/x");
  EXPECT_EQ(metadata.at("state"), "PROPOSED");
  EXPECT_EQ(metadata.at("allowed"), "REFUSED,WITHDRAWN");
}

}  // namespace
}  // namespace awards
