#include "services/awards/domain/ballot.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/text/text.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/refusal.h"

namespace awards {
namespace {

constexpr size_t kMaxElectors = 500;
constexpr size_t kMaxCandidates = 200;
constexpr int64_t kMaxDenominator = 1000;

bool Reaches(const Fraction& fraction, int64_t part, int64_t whole) {
  const int64_t has = part * fraction.denominator;
  const int64_t needs = whole * fraction.numerator;
  return fraction.exceeded ? has > needs : has >= needs;
}

class BallotCheck {
 public:
  explicit BallotCheck(Violations violations) : violations_(std::move(violations)) {}

  Violations Run(const Ballot& ballot) && {
    RequireText(violations_, "ballot.title.vi", ballot.title.vi);
    if (ballot.purpose == BallotPurpose::kUnspecified) {
      violations_.Add("ballot.purpose", common::kRequiredFieldMissing, "say what the vote is for");
    }
    CheckElectors(ballot.electors);
    CheckCandidates(ballot);
    CheckNumbers(ballot);
    CheckFraction(ballot.quorum, "ballot.quorum");
    CheckFraction(ballot.threshold, "ballot.threshold");
    return std::move(violations_);
  }

 private:
  void Refuse(const std::string& path, std::string_view description) {
    violations_.Add(path, common::kInvalidField, description);
  }

  void CheckSize(const std::string& path, size_t size, size_t most) {
    if (size == 0) violations_.Add(path, common::kRequiredFieldMissing, "at least one is required");
    if (size > most) Refuse(path, absl::StrCat("at most ", most));
  }

  void CheckElectors(const std::vector<Elector>& electors) {
    CheckSize("ballot.electors", electors.size(), kMaxElectors);
    std::set<std::string> ids;
    for (size_t i = 0; i < electors.size(); ++i) {
      const std::string path = Item("ballot.electors", i);
      RequireText(violations_, Join(path, "id"), electors[i].id);
      if (!common::IsResourceId(electors[i].id)) {
        violations_.Add(Join(path, "id"), common::kInvalidName, "an id is formed like a unit id");
      } else if (!ids.insert(electors[i].id).second) {
        Refuse(Join(path, "id"), "the id is taken by another elector");
      }
      RequireText(violations_, Join(path, "person"), electors[i].person);
      if (!electors[i].unit.empty()) {
        RequireUnit(violations_, Join(path, "unit"), electors[i].unit);
      }
    }
  }

  void CheckCandidates(const Ballot& ballot) {
    CheckSize("ballot.candidates", ballot.candidates.size(), kMaxCandidates);
    std::set<std::string> names;
    const bool are_units = ballot.purpose == BallotPurpose::kTie;
    for (size_t i = 0; i < ballot.candidates.size(); ++i) {
      const std::string& candidate = ballot.candidates[i];
      const std::string path = Item("ballot.candidates", i);
      if (are_units) RequireUnit(violations_, path, candidate);
      RequireText(violations_, path, candidate);
      if (!names.insert(candidate).second) Refuse(path, "the candidate stands twice");
    }
    if (are_units) RequireText(violations_, "ballot.award", ballot.award);
    if (!are_units && !ballot.award.empty()) Refuse("ballot.award", "only for a tie");
  }

  void CheckNumbers(const Ballot& ballot) {
    const auto candidates = static_cast<int64_t>(ballot.candidates.size());
    if (ballot.places < 0 || ballot.places > candidates) {
      Refuse("ballot.places", "from 1 to the number of candidates, or 0 for no limit");
    }
    if (ballot.purpose == BallotPurpose::kTie && ballot.places == 0) {
      violations_.Add("ballot.places", common::kRequiredFieldMissing,
                      "say how many can be elected");
    }
    if (ballot.max_choices < 0 || ballot.max_choices > candidates) {
      Refuse("ballot.max_choices",
             "from 1 to the number of candidates, or 0 for as many as places");
    }
  }

  void CheckFraction(const Fraction& fraction, const std::string& path) {
    if (fraction.denominator == 0) {
      violations_.Add(path, common::kRequiredFieldMissing, "a fraction is required");
    } else if (fraction.denominator < 0 || fraction.denominator > kMaxDenominator) {
      Refuse(Join(path, "denominator"), "from 1 to 1,000");
    } else if (fraction.numerator < 0 || fraction.numerator > fraction.denominator) {
      Refuse(Join(path, "numerator"), "from 0 to the denominator");
    } else if (fraction.exceeded && fraction.numerator == fraction.denominator) {
      Refuse(Join(path, "exceeded"), "the whole cannot be exceeded");
    }
  }

  Violations violations_;
};

// Marks who wins one of `places` (0 for all); the tallies stand from the most votes down.
void Elect(std::vector<Tally>& tallies, int64_t places) {
  int64_t left = places == 0 ? static_cast<int64_t>(tallies.size()) : places;
  for (auto begin = tallies.begin(); begin != tallies.end() && begin->reached_threshold;) {
    const auto end =
        std::find_if(begin, tallies.end(), [&](const Tally& t) { return t.votes != begin->votes; });
    const bool fits = end - begin <= left;
    // What is left may be nothing: then those behind the last place are not tied for it.
    for (auto it = begin; it != end && left > 0; ++it) (fits ? it->elected : it->tied) = true;
    left = fits ? left - (end - begin) : 0;
    begin = end;
  }
}

}  // namespace

Violations ValidateBallot(const Ballot& ballot, Violations violations) {
  return BallotCheck(std::move(violations)).Run(ballot);
}

int64_t ChoicesAllowed(const Ballot& ballot) {
  if (ballot.max_choices > 0) return ballot.max_choices;
  return ballot.places > 0 ? ballot.places : static_cast<int64_t>(ballot.candidates.size());
}

absl::Status CheckOpen(const Ballot& ballot) {
  if (ballot.state == BallotState::kOpen) return absl::OkStatus();
  return common::Error(absl::StatusCode::kFailedPrecondition, kBallotClosed,
                       ballot.state == BallotState::kClosed ? "the ballot is closed"
                                                            : "the ballot is cancelled")
      .With("name", ballot.name);
}

absl::Status CheckVote(const Ballot& ballot, std::string_view elector,
                       std::span<const std::string> choices) {
  if (std::ranges::find(ballot.electors, elector, &Elector::id) == ballot.electors.end()) {
    return common::Error(absl::StatusCode::kPermissionDenied, kNotAnElector,
                         "only the electors of the ballot vote in it")
        .With("name", ballot.name)
        .With("elector", elector);
  }
  if (const absl::Status open = CheckOpen(ballot); !open.ok()) return open;
  if (ballot.voted.contains(std::string(elector))) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kAlreadyVoted,
                         "the elector has voted; a vote can be neither changed nor counted twice")
        .With("name", ballot.name)
        .With("elector", elector);
  }
  Violations violations;
  std::set<std::string> named;
  for (size_t i = 0; i < choices.size(); ++i) {
    if (std::ranges::find(ballot.candidates, choices[i]) == ballot.candidates.end()) {
      violations.Add(Item("choices", i), kCandidateUnknown, "is no candidate of the ballot");
    } else if (!named.insert(choices[i]).second) {
      violations.Add(Item("choices", i), common::kInvalidField, "the candidate is named twice");
    }
  }
  if (static_cast<int64_t>(choices.size()) > ChoicesAllowed(ballot)) {
    violations.Add("choices", kTooManyChoices,
                   absl::StrCat("a vote names at most ", ChoicesAllowed(ballot)));
  }
  return violations.ToStatus();
}

void TakeVote(Ballot& ballot, VoteSums& sums, const std::string& elector,
              std::span<const std::string> choices) {
  sums.votes.resize(ballot.candidates.size());
  if (choices.empty()) ++sums.blank;
  for (size_t i = 0; i < ballot.candidates.size(); ++i) {
    sums.votes[i] += std::ranges::count(choices, ballot.candidates[i]);
  }
  ballot.voted.insert(elector);
}

BallotResult CountVotes(const Ballot& ballot, const VoteSums& sums) {
  const auto cast = static_cast<int64_t>(ballot.voted.size());
  BallotResult result{.outcome = BallotOutcome::kNoQuorum, .blank_votes = sums.blank};
  for (size_t i = 0; i < ballot.candidates.size(); ++i) {
    const int64_t votes = i < sums.votes.size() ? sums.votes[i] : 0;
    result.tallies.push_back(
        {.candidate = ballot.candidates[i],
         .votes = votes,
         .reached_threshold = cast > 0 && Reaches(ballot.threshold, votes, cast)});
  }
  std::ranges::sort(result.tallies, [](const Tally& a, const Tally& b) {
    return a.votes != b.votes ? a.votes > b.votes : a.candidate < b.candidate;
  });
  if (cast == 0 || !Reaches(ballot.quorum, cast, static_cast<int64_t>(ballot.electors.size()))) {
    return result;
  }
  Elect(result.tallies, ballot.places);
  const int64_t elected = std::ranges::count(result.tallies, true, &Tally::elected);
  result.outcome = ballot.places == 0 || elected == ballot.places ? BallotOutcome::kDecided
                                                                  : BallotOutcome::kPlacesOpen;
  return result;
}

}  // namespace awards
