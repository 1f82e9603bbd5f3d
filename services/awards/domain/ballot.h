// Secret votes: who may vote, whether a vote can be taken, and how votes are counted. Mirrors
// proto/thidua/awards/v1/ballot.proto, which is its specification.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_BALLOT_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_BALLOT_H_

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"

namespace awards {

// As in the contract, number by number.
enum class BallotPurpose { kUnspecified, kTie, kEndorsement, kCouncil };
enum class BallotState { kUnspecified, kOpen, kClosed, kCancelled };
enum class BallotOutcome { kUnspecified, kNoQuorum, kDecided, kPlacesOpen };

struct Elector {
  std::string id{};
  std::string person{};
  // `units/{unit}`, or empty.
  std::string unit{};
};

// A part of a whole.
struct Fraction {
  int64_t numerator = 0;
  int64_t denominator = 0;
  // The part must be exceeded; otherwise reaching it is enough.
  bool exceeded = false;
};

// What one candidate got.
struct Tally {
  std::string candidate{};
  int64_t votes = 0;
  bool reached_threshold = false;
  bool elected = false;
  // It would have been elected, had not others with equally many votes stood at the last place.
  bool tied = false;

  bool operator==(const Tally&) const = default;
};

struct BallotResult {
  BallotOutcome outcome = BallotOutcome::kUnspecified;
  int64_t blank_votes = 0;
  // From the most votes to the fewest; with equally many in the byte order of the candidates.
  std::vector<Tally> tallies{};
};

struct Ballot {
  // `rounds/{round}/ballots/{ballot}`; not checked by ValidateBallot.
  std::string name{};
  LocalizedText title{};
  BallotPurpose purpose = BallotPurpose::kUnspecified;
  // For a tie, the award's id.
  std::string award{};
  std::vector<Elector> electors{};
  std::vector<std::string> candidates{};
  // 0 for no limit.
  int64_t places = 0;
  // 0 for `places`.
  int64_t max_choices = 0;
  Fraction quorum{};
  Fraction threshold{};
  BallotState state = BallotState::kOpen;
  // The ids of the electors who have voted.
  std::set<std::string> voted{};
  // Of a closed ballot.
  BallotResult result{};
  std::string minutes{};
  std::string closed_by{};
  // Why it was cancelled.
  std::string reason{};
};

// What all votes so far add up to; no vote can be told from it once there are others.
struct VoteSums {
  int64_t blank = 0;
  // In the order of the candidates.
  std::vector<int64_t> votes{};
};

// All that is wrong with a new `ballot`, added to what parsing it found. Paths begin with `ballot`.
// Reasons are REQUIRED_FIELD_MISSING, INVALID_NAME and INVALID_FIELD. Whether round, award and
// nominations allow it is not checked.
Violations ValidateBallot(const Ballot& ballot, Violations violations = {});

// How many candidates one vote may name.
int64_t ChoicesAllowed(const Ballot& ballot);

// Whether `elector` may cast a vote with these choices. Fails as BallotService.CastVote documents:
// BALLOT_CLOSED, NOT_AN_ELECTOR, ALREADY_VOTED, CANDIDATE_UNKNOWN, TOO_MANY_CHOICES, INVALID_FIELD.
absl::Status CheckVote(const Ballot& ballot, std::string_view elector,
                       std::span<const std::string> choices);

// Takes the vote: the elector has voted, and the sums have grown. It must have passed CheckVote;
// empty sums are those before the first vote.
void TakeVote(Ballot& ballot, VoteSums& sums, const std::string& elector,
              std::span<const std::string> choices);

// FAILED_PRECONDITION, BALLOT_CLOSED, unless the ballot is open.
absl::Status CheckOpen(const Ballot& ballot);

// Counts. Elected is who reached the threshold and is among the first `places` by votes; candidates
// with equally many votes at the last place are all left out. Without a quorum nobody is elected.
BallotResult CountVotes(const Ballot& ballot, const VoteSums& sums);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_BALLOT_H_
