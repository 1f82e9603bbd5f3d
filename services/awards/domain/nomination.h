// Who is nominated: from the standings of all categories of a round, the gates, the quotas and the
// limit of flags to a province.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_NOMINATION_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_NOMINATION_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "services/awards/domain/ballot.h"
#include "services/awards/domain/round.h"

namespace awards {

// How many places an award has.
struct Quota {
  int64_t places = 0;
  // Such as `max(1, floor(11 × 20 / 100)) = 2`; a fixed quota is its number.
  std::string working{};
};

// The quota of `award` in a category with this many entrants, of which `eligible` pass every gate
// and `meeting_standard` meet the standard of its share. `award` must have passed ValidateRound.
Quota ComputeQuota(const Award& award, int64_t entrants, int64_t eligible,
                   int64_t meeting_standard = 0);

// A ranked unit as far as nominating looks at it.
struct Candidate {
  std::string unit{};
  // The unit itself if it is an alliance, else its alliance.
  std::string province_unit{};
  // 0 if the unit could not be scored; such a unit is never nominated.
  int rank = 0;
  // With one, the unit is passed over.
  std::vector<std::string> failed_gates{};
  // What ballots made of its tie, in the order they were closed: of units of one rank, those with
  // the lesser places come first. A unit that took part in none comes before all that did.
  std::vector<int> tie_places{};
  // The ballot that elected it; empty if none did.
  std::string ballot{};
};

// The standings of one category.
struct CategoryResult {
  // The category's id.
  std::string category{};
  Award award{};
  Quota quota{};
  // All entrants, in any order.
  std::vector<Candidate> candidates{};
};

// Lets a closed ballot of purpose TIE decide among its candidates: by their `tie_places`, and by
// `ballot` for who was elected. A ballot for another award, without a quorum, or some of whose
// candidates no longer share their place in `category`, decides nothing. Several ballots are
// applied in the order in which they were closed.
void ApplyBallot(const Ballot& ballot, CategoryResult& category);

struct Nominee {
  std::string category{};
  std::string award{};
  std::string unit{};
  std::string province_unit{};
  int rank = 0;
  // Why it is among the nominated, such as `rank 2 of 11, place 2 of quota 2`, and who ahead of it
  // was passed over and why.
  std::string grounds{};
  // The ballot that elected it; empty if none did.
  std::string ballot{};
};

// What keeps places open; as in the contract, number by number.
enum class OpenCause { kUnspecified, kNobodyLeft, kLeftOut, kBallot, kWaitsForBallot };

struct OpenPlace {
  std::string category{};
  std::string award{};
  int64_t places = 0;
  OpenCause cause = OpenCause::kUnspecified;
  // In byte order.
  std::vector<std::string> units{};
  // One sentence in English.
  std::string description{};
};

struct NominationResult {
  // By category in the order given, then by rank, then in the byte order of units that share one.
  std::vector<Nominee> nominees{};
  // Places that stay open, one for each cause.
  std::vector<OpenPlace> open_places{};
};

// Nominates, category by category in the round's order, from the first rank down until the quota is
// used up. `flags_per_province` of 0 is no limit.
//
// A unit that fails a gate, or whose province already holds its flags, is passed over and the next
// in rank moves up. What units of one rank share is never decided among them here:
// - If more of them can be nominated than places are left, the award's boundary rule holds.
// - If more of them stand for one province than it may still get, all of them are left out: with
//   BOUNDARY_ALL_OUT those places stay empty, else they are kept for a ballot and the next in rank
//   does not move up into them. The limit of a province is never exceeded, not by BOUNDARY_ALL_IN
//   either.
// - A unit of a province whose last flag may still go to the winner of such a ballot is not for now
//   either: its place is kept open until that ballot.
// A ballot that was closed decides by way of `tie_places`: nominating again then gives the same
// nominees and those whom the ballot brought.
NominationResult Nominate(std::span<const CategoryResult> categories, int flags_per_province);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_NOMINATION_H_
