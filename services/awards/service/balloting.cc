#include "services/awards/service/balloting.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/ballot_codec.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/nomination_codec.h"
#include "services/awards/domain/ballot.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/refusal.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/nominating.h"
#include "services/awards/service/nomination_records.h"
#include "services/awards/service/requests.h"
#include "services/awards/store/awards_store.h"
#include "thidua/awards/v1/round_service.pb.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;
using common::storage::Transaction;

absl::StatusOr<Stored<Ballot>> FindBallot(Reader& reader, const std::string& name) {
  ASSIGN_OR_RETURN(std::optional<Stored<Ballot>> ballot, Find<Ballot>(reader, name));
  if (!ballot.has_value()) return NotFound(name);
  return *std::move(ballot);
}

absl::Status NothingToDecide(const Ballot& ballot, std::string_view why) {
  return common::Error(absl::StatusCode::kFailedPrecondition, kNothingToDecide, why)
      .With("name", ballot.name)
      .With("award", ballot.award)
      .Field("ballot.candidates", "the units of one open place of the award that a ballot decides");
}

// Whether the award has places open for a ballot among exactly these units.
absl::Status CheckTie(Reader& reader, const Round& round, const Ballot& ballot) {
  ASSIGN_OR_RETURN(const auto issue, Find<v1::IssueNominationsResponse>(reader, round.name));
  const std::set<std::string> candidates(ballot.candidates.begin(), ballot.candidates.end());
  if (!issue.has_value()) return NothingToDecide(ballot, "nothing has been issued");
  bool is_open = false;
  for (const v1::OpenPlace& open : issue->value.open_place_details()) {
    is_open =
        is_open || (open.award() == ballot.award && open.cause() == v1::OpenPlace::CAUSE_BALLOT &&
                    open.places() >= ballot.places &&
                    candidates == std::set<std::string>(open.units().begin(), open.units().end()));
  }
  if (!is_open) {
    return NothingToDecide(ballot, "no place of the award waits for a ballot on these units");
  }
  ASSIGN_OR_RETURN(const auto others, ListAll<Ballot>(reader, round.name));
  const bool under_way = std::ranges::any_of(others, [&](const Stored<Ballot>& other) {
    return other.value.state == BallotState::kOpen && other.value.award == ballot.award;
  });
  if (under_way) return NothingToDecide(ballot, "another ballot on the award is open");
  return absl::OkStatus();
}

NominationState StateNeeded(BallotPurpose purpose) {
  return purpose == BallotPurpose::kCouncil ? NominationState::kAppraised
                                            : NominationState::kDossierComplete;
}

NominationState StateReached(BallotPurpose purpose) {
  return purpose == BallotPurpose::kCouncil ? NominationState::kCouncilVoted
                                            : NominationState::kEndorsed;
}

// The nominations voted on, all in the state that the purpose needs.
absl::StatusOr<std::vector<v1::Nomination>> FindCandidates(Reader& reader, const Round& round,
                                                           const Ballot& ballot) {
  std::vector<v1::Nomination> nominations;
  for (size_t i = 0; i < ballot.candidates.size(); ++i) {
    const std::string& name = ballot.candidates[i];
    const std::string path = Item("ballot.candidates", i);
    ASSIGN_OR_RETURN(const auto found, Find<v1::Nomination>(reader, name));
    if (!found.has_value() || RoundOf(name) != round.name) {
      return common::InvalidField(path, kNominationUnknown, "is no nomination of the round");
    }
    const NominationState state = StateOf(found->value);
    if (state != StateNeeded(ballot.purpose)) {
      return IllegalStateChange(name, NameOf(state), "this ballot needs it to be",
                                {NameOf(StateNeeded(ballot.purpose))});
    }
    nominations.push_back(found->value);
  }
  return nominations;
}

// What the votes of a ballot on nominations bring.
absl::StatusOr<std::vector<v1::Nomination>> MoveCandidates(Transaction& transaction,
                                                           const Round& round, const Ballot& ballot,
                                                           const std::string& person) {
  ASSIGN_OR_RETURN(const std::vector<v1::Nomination> candidates,
                   FindCandidates(transaction, round, ballot));
  std::vector<v1::Nomination> moved;
  for (v1::Nomination nomination : candidates) {
    const auto tally =
        std::ranges::find(ballot.result.tallies, nomination.name(), &Tally::candidate);
    // A tie at the last place is decided by another ballot.
    if (tally->tied) continue;
    const std::string votes = absl::StrCat(tally->votes, " of ", ballot.voted.size(), " votes");
    RETURN_IF_ERROR(
        Move(nomination,
             {.to = tally->elected ? StateReached(ballot.purpose) : NominationState::kRefused,
              .mover = Mover::kBallot,
              .person = person,
              .reason = votes,
              .basis = ballot.name},
             transaction.Now()));
    nomination.set_ballot(ballot.name);
    ASSIGN_OR_RETURN(moved.emplace_back(), Save(transaction, nomination));
  }
  return moved;
}

// DATA_LOSS, DATA_CORRUPT, if the votes cannot be those of everybody who has voted.
absl::StatusOr<VoteSums> ReadSums(Reader& reader, const Ballot& ballot) {
  ASSIGN_OR_RETURN(VoteSums sums, ReadVoteSums(reader, ballot.name));
  int64_t named = sums.blank;
  for (const int64_t votes : sums.votes) named += votes;
  // Every elector who has voted named somebody or left the paper blank.
  if (named >= static_cast<int64_t>(ballot.voted.size())) return sums;
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "the votes of a ballot do not add up")
      .With("name", ballot.name);
}

struct Ending {
  std::string person{};
  std::string text{};
};

// Who ends a ballot, with the text that says how or why, at the path `field`.
absl::StatusOr<Ending> ParseEnding(const std::string& person, std::string_view field,
                                   const std::string& text) {
  Violations violations;
  Ending ending{.person = TakeText("person", person, kPersonLimit, violations),
                .text = TakeText(field, text, kTextLimit, violations)};
  RequireText(violations, "person", ending.person);
  RequireText(violations, field, ending.text);
  RETURN_IF_ERROR(violations.ToStatus());
  return ending;
}

}  // namespace

absl::StatusOr<v1::OpenBallotResponse> OpenBallot(Transaction& transaction,
                                                  const v1::OpenBallotRequest& request) {
  Violations violations;
  CheckNewId("ballot_id", request.ballot_id(), violations);
  Ballot ballot = ParseBallot(request.ballot(), violations);
  ballot.name = BallotName(request.parent(), request.ballot_id());
  ballot.state = BallotState::kOpen;
  ballot.voted.clear();
  ballot.result = {};
  ballot.minutes = ballot.closed_by = ballot.reason = "";
  RETURN_IF_ERROR(ValidateBallot(ballot, std::move(violations)).ToStatus());
  ASSIGN_OR_RETURN(const Stored<Round> round, FindNominatedRound(transaction, request.parent()));
  ASSIGN_OR_RETURN(const auto taken, Find<Ballot>(transaction, ballot.name));
  if (taken.has_value()) return AlreadyExists(ballot.name);
  if (ballot.purpose == BallotPurpose::kTie) {
    RETURN_IF_ERROR(CheckTie(transaction, round.value, ballot));
  } else {
    RETURN_IF_ERROR(FindCandidates(transaction, round.value, ballot).status());
  }
  ASSIGN_OR_RETURN(const Stored<Ballot> stored, Put(transaction, ballot.name, ballot));
  v1::OpenBallotResponse response;
  *response.mutable_ballot() = Render(stored);
  return response;
}

absl::StatusOr<v1::CastVoteResponse> CastVote(Transaction& transaction,
                                              const v1::CastVoteRequest& request) {
  ASSIGN_OR_RETURN(Stored<Ballot> ballot, FindBallot(transaction, request.name()));
  const std::vector<std::string> choices(request.choices().begin(), request.choices().end());
  RETURN_IF_ERROR(CheckVote(ballot.value, request.elector(), choices));
  ASSIGN_OR_RETURN(VoteSums sums, ReadVoteSums(transaction, request.name()));
  TakeVote(ballot.value, sums, request.elector(), choices);
  RETURN_IF_ERROR(WriteVoteSums(transaction, request.name(), sums));
  RETURN_IF_ERROR(Put(transaction, request.name(), ballot.value).status());
  v1::CastVoteResponse response;
  response.set_voted_count(static_cast<int32_t>(ballot.value.voted.size()));
  return response;
}

absl::StatusOr<v1::CloseBallotResponse> CloseBallot(Transaction& transaction,
                                                    const v1::CloseBallotRequest& request) {
  ASSIGN_OR_RETURN(const Ending ending,
                   ParseEnding(request.person(), "minutes", request.minutes()));
  ASSIGN_OR_RETURN(Stored<Ballot> found, FindBallot(transaction, request.name()));
  Ballot& ballot = found.value;
  RETURN_IF_ERROR(CheckOpen(ballot));
  ASSIGN_OR_RETURN(const Stored<Round> round,
                   FindNominatedRound(transaction, std::string(RoundOf(request.name()))));
  ASSIGN_OR_RETURN(const VoteSums sums, ReadSums(transaction, ballot));
  ballot.result = CountVotes(ballot, sums);
  ballot.state = BallotState::kClosed;
  ballot.minutes = ending.text;
  ballot.closed_by = ending.person;
  RETURN_IF_ERROR(WriteVoteSums(transaction, request.name(), {}));
  ASSIGN_OR_RETURN(const Stored<Ballot> stored, Put(transaction, request.name(), ballot));
  v1::CloseBallotResponse response;
  *response.mutable_ballot() = Render(stored);
  if (ballot.result.outcome == BallotOutcome::kNoQuorum) return response;
  std::vector<v1::Nomination> nominations;
  if (ballot.purpose == BallotPurpose::kTie) {
    ASSIGN_OR_RETURN(nominations, NominateElected(transaction, round.value));
  } else {
    ASSIGN_OR_RETURN(nominations, MoveCandidates(transaction, round.value, ballot, ending.person));
  }
  response.mutable_nominations()->Assign(nominations.begin(), nominations.end());
  return response;
}

absl::StatusOr<v1::CancelBallotResponse> CancelBallot(Transaction& transaction,
                                                      const v1::CancelBallotRequest& request) {
  ASSIGN_OR_RETURN(const Ending ending, ParseEnding(request.person(), "reason", request.reason()));
  ASSIGN_OR_RETURN(Stored<Ballot> ballot, FindBallot(transaction, request.name()));
  RETURN_IF_ERROR(CheckOpen(ballot.value));
  ballot.value.state = BallotState::kCancelled;
  ballot.value.reason = ending.text;
  ballot.value.closed_by = ending.person;
  RETURN_IF_ERROR(WriteVoteSums(transaction, request.name(), {}));
  ASSIGN_OR_RETURN(const Stored<Ballot> stored, Put(transaction, request.name(), ballot.value));
  v1::CancelBallotResponse response;
  *response.mutable_ballot() = Render(stored);
  return response;
}

}  // namespace awards
