#include "services/awards/codec/ballot_codec.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/awards/codec/fields.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;

Fraction ParseFraction(const v1::Fraction& proto) {
  return {.numerator = proto.numerator(),
          .denominator = proto.denominator(),
          .exceeded = proto.exceeded()};
}

v1::Fraction ToProto(const Fraction& fraction) {
  v1::Fraction proto;
  proto.set_numerator(static_cast<int32_t>(fraction.numerator));
  proto.set_denominator(static_cast<int32_t>(fraction.denominator));
  proto.set_exceeded(fraction.exceeded);
  return proto;
}

std::vector<Elector> ParseElectors(const v1::Ballot& proto, Violations& violations) {
  std::vector<Elector> electors;
  for (int i = 0; i < proto.electors_size(); ++i) {
    const std::string path = Item("ballot.electors", static_cast<size_t>(i));
    electors.push_back({.id = proto.electors(i).id(),
                        .person = TakeText(Join(path, "person"), proto.electors(i).person(),
                                           kPersonLimit, violations),
                        .unit = proto.electors(i).unit()});
  }
  return electors;
}

BallotResult ParseResult(const v1::Ballot& proto) {
  BallotResult result{.outcome = EnumFrom<BallotOutcome::kPlacesOpen>(proto.outcome()),
                      .blank_votes = proto.blank_votes()};
  for (const v1::Tally& tally : proto.tallies()) {
    result.tallies.push_back({.candidate = tally.candidate(),
                              .votes = tally.votes(),
                              .reached_threshold = tally.reached_threshold(),
                              .elected = tally.elected(),
                              .tied = tally.tied()});
  }
  return result;
}

void Write(const BallotResult& result, v1::Ballot& proto) {
  proto.set_outcome(EnumTo<v1::Ballot::Outcome>(result.outcome));
  proto.set_blank_votes(static_cast<int32_t>(result.blank_votes));
  for (const Tally& tally : result.tallies) {
    v1::Tally& added = *proto.add_tallies();
    added.set_candidate(tally.candidate);
    added.set_votes(static_cast<int32_t>(tally.votes));
    added.set_reached_threshold(tally.reached_threshold);
    added.set_elected(tally.elected);
    added.set_tied(tally.tied);
  }
}

}  // namespace

Ballot ParseBallot(const v1::Ballot& proto, Violations& violations) {
  Ballot ballot{.name = proto.name(),
                .title = TakeTitle("ballot.title", proto.title(), violations),
                .purpose = EnumFrom<BallotPurpose::kCouncil>(proto.purpose()),
                .award = proto.award(),
                .electors = ParseElectors(proto, violations),
                .candidates = {proto.candidates().begin(), proto.candidates().end()},
                .places = proto.places(),
                .max_choices = proto.max_choices(),
                .quorum = ParseFraction(proto.quorum()),
                .threshold = ParseFraction(proto.threshold()),
                .state = EnumFrom<BallotState::kCancelled>(proto.state()),
                .voted = {proto.voted().begin(), proto.voted().end()},
                .result = ParseResult(proto)};
  ballot.minutes = TakeText("ballot.minutes", proto.minutes(), kTextLimit, violations);
  ballot.closed_by = TakeText("ballot.closed_by", proto.closed_by(), kPersonLimit, violations);
  ballot.reason = TakeText("ballot.reason", proto.reason(), kTextLimit, violations);
  return ballot;
}

v1::Ballot ToProto(const Ballot& ballot) {
  v1::Ballot proto;
  proto.set_name(ballot.name);
  *proto.mutable_title() = ToProto(ballot.title);
  proto.set_purpose(EnumTo<v1::Ballot::Purpose>(ballot.purpose));
  proto.set_award(ballot.award);
  for (const Elector& elector : ballot.electors) {
    v1::Elector& added = *proto.add_electors();
    added.set_id(elector.id);
    added.set_person(elector.person);
    added.set_unit(elector.unit);
  }
  proto.mutable_candidates()->Assign(ballot.candidates.begin(), ballot.candidates.end());
  proto.set_places(static_cast<int32_t>(ballot.places));
  proto.set_max_choices(static_cast<int32_t>(ballot.max_choices));
  *proto.mutable_quorum() = ToProto(ballot.quorum);
  *proto.mutable_threshold() = ToProto(ballot.threshold);
  proto.set_state(EnumTo<v1::Ballot::State>(ballot.state));
  proto.mutable_voted()->Assign(ballot.voted.begin(), ballot.voted.end());
  Write(ballot.result, proto);
  proto.set_minutes(ballot.minutes);
  proto.set_closed_by(ballot.closed_by);
  proto.set_reason(ballot.reason);
  return proto;
}

std::string EncodeVoteSums(const VoteSums& sums) {
  std::vector<int64_t> numbers{sums.blank};
  numbers.insert(numbers.end(), sums.votes.begin(), sums.votes.end());
  return absl::StrJoin(numbers, ",");
}

absl::StatusOr<VoteSums> DecodeVoteSums(const std::string& text) {
  VoteSums sums;
  std::vector<int64_t> numbers;
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    if (!absl::SimpleAtoi(part, &numbers.emplace_back())) {
      return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                           "the sums of a ballot cannot be read");
    }
  }
  sums.blank = numbers.front();
  sums.votes.assign(numbers.begin() + 1, numbers.end());
  return sums;
}

DivisionRequest ParseDivision(const v1::DivideFlagsRequest& proto, Violations& violations) {
  DivisionRequest request{.flags = proto.flags(),
                          .method = EnumFrom<DivisionMethod::kHuntingtonHill>(proto.method()),
                          .minimum_each = proto.minimum_each()};
  for (int i = 0; i < proto.claimants_size(); ++i) {
    const std::string path = Item("claimants", static_cast<size_t>(i));
    request.claimants.push_back(
        {.id = TakeText(Join(path, "id"), proto.claimants(i).id(), kPersonLimit, violations),
         .weight = TakeDecimal(Join(path, "weight"), proto.claimants(i).weight(), violations)});
  }
  return request;
}

v1::DivideFlagsResponse ToProto(const Division& division) {
  v1::DivideFlagsResponse proto;
  for (const DividedShare& share : division.shares) {
    v1::DividedShare& added = *proto.add_shares();
    added.set_id(share.id);
    added.set_flags(static_cast<int32_t>(share.flags));
    added.set_exact_share(share.exact_share.ToFraction());
    added.set_working(share.working);
  }
  proto.set_undecided(static_cast<int32_t>(division.undecided));
  proto.mutable_tied_claimants()->Assign(division.tied.begin(), division.tied.end());
  return proto;
}

}  // namespace awards
