#include "services/awards/domain/ballot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/awards/domain/reasons.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace awards {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::StatusIs;

// Eleven electors e1 to e11 choose one of a, b, c; two thirds must vote, and half is needed.
Ballot SomeBallot() {
  Ballot ballot{.name = "rounds/r/ballots/x",
                .title = {.vi = "Bỏ phiếu"},
                .purpose = BallotPurpose::kTie,
                .award = "flag",
                .candidates = {"units/a", "units/b", "units/c"},
                .places = 1,
                .quorum = {.numerator = 2, .denominator = 3},
                .threshold = {.numerator = 1, .denominator = 2}};
  for (int i = 1; i <= 11; ++i) {
    ballot.electors.push_back({.id = absl::StrCat("e", i), .person = "Ủy viên"});
  }
  return ballot;
}

// The ballot after these votes, by e1, e2, ...; each is the letters of its choices.
std::pair<Ballot, VoteSums> After(Ballot ballot, const std::vector<std::string>& votes) {
  VoteSums sums;
  for (size_t i = 0; i < votes.size(); ++i) {
    std::vector<std::string> choices;
    for (const char letter : votes[i]) choices.push_back(std::string("units/") + letter);
    const std::string elector = absl::StrCat("e", i + 1);
    EXPECT_THAT(CheckVote(ballot, elector, choices), IsOk());
    TakeVote(ballot, sums, elector, choices);
  }
  return {ballot, sums};
}

TEST(Votes, AreCountedOnceAndNeverChanged) {
  auto [ballot, sums] = After(SomeBallot(), {"a"});
  const std::vector<std::string> again{"units/b"};
  EXPECT_THAT(CheckVote(ballot, "e1", again), HasReason(kAlreadyVoted));
  EXPECT_THAT(sums.votes, ElementsAre(1, 0, 0));
}

struct VoteCase {
  std::string name{};
  std::string elector{};
  std::vector<std::string> choices{};
  std::string_view reason{};
  std::string field{};
};

class BadVotes : public ::testing::TestWithParam<VoteCase> {};

TEST_P(BadVotes, AreRefused) {
  const absl::Status refused = CheckVote(SomeBallot(), GetParam().elector, GetParam().choices);
  EXPECT_THAT(refused, HasReason(GetParam().reason));
  if (!GetParam().field.empty()) {
    EXPECT_THAT(refused, HasViolation(GetParam().field));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, BadVotes,
    ::testing::ValuesIn<VoteCase>({
        {"ByAnOutsider", "e12", {"units/a"}, kNotAnElector, ""},
        {"ByNobody", "", {"units/a"}, kNotAnElector, ""},
        {"ForAStranger", "e1", {"units/d"}, kCandidateUnknown, "choices[0]"},
        {"ForTooMany", "e1", {"units/a", "units/b"}, kTooManyChoices, "choices"},
        {"Twice", "e1", {"units/a", "units/a"}, "INVALID_FIELD", "choices[1]"},
    }),
    testkit::CaseName<VoteCase>);

TEST(Votes, AreTakenOnlyWhileItIsOpen) {
  Ballot ballot = SomeBallot();
  for (const BallotState state : {BallotState::kClosed, BallotState::kCancelled}) {
    ballot.state = state;
    EXPECT_THAT(CheckVote(ballot, "e1", {}), HasReason(kBallotClosed));
    EXPECT_THAT(CheckOpen(ballot), StatusIs(absl::StatusCode::kFailedPrecondition));
  }
}

struct CountCase {
  std::string name{};
  std::function<void(Ballot&)> alter{};
  std::vector<std::string> votes{};
  BallotOutcome outcome{};
  std::string elected{};
  std::string tied{};
  int64_t blank = 0;
};

class Counts : public ::testing::TestWithParam<CountCase> {};

TEST_P(Counts, ElectByVotesAlone) {
  Ballot start = SomeBallot();
  if (GetParam().alter) GetParam().alter(start);
  const auto [ballot, sums] = After(start, GetParam().votes);
  const BallotResult result = CountVotes(ballot, sums);
  std::string elected;
  std::string tied;
  for (const Tally& tally : result.tallies) {
    if (tally.elected) elected += tally.candidate.back();
    if (tally.tied) tied += tally.candidate.back();
  }
  EXPECT_EQ(result.outcome, GetParam().outcome);
  EXPECT_EQ(elected, GetParam().elected);
  EXPECT_EQ(tied, GetParam().tied);
  EXPECT_EQ(result.blank_votes, GetParam().blank);
}

void Places(Ballot& ballot, int64_t places) { ballot.places = places; }
void Threshold(Ballot& ballot, int64_t top, int64_t bottom, bool exceeded = false) {
  ballot.threshold = {.numerator = top, .denominator = bottom, .exceeded = exceeded};
}

INSTANTIATE_TEST_SUITE_P(
    All, Counts,
    ::testing::ValuesIn<CountCase>({
        // Two thirds of eleven are 7 1/3, so seven are too few.
        {"NoQuorum", {}, {"a", "a", "a", "a", "a", "a", "a"}, BallotOutcome::kNoQuorum},
        {"Quorum", {}, {"a", "a", "a", "a", "a", "b", "b", "b"}, BallotOutcome::kDecided, "a"},
        {"HalfIsEnough",
         {},
         {"a", "a", "a", "a", "b", "b", "b", "c"},
         BallotOutcome::kDecided,
         "a"},
        {"MoreThanHalf",
         [](Ballot& ballot) { Threshold(ballot, 1, 2, true); },
         {"a", "a", "a", "a", "b", "b", "b", "c"},
         BallotOutcome::kPlacesOpen},
        {"Tie", {}, {"a", "a", "a", "a", "b", "b", "b", "b"}, BallotOutcome::kPlacesOpen, "", "ab"},
        // Blank votes are votes of those present.
        {"BlankVotesCount",
         {},
         {"a", "a", "a", "b", "", "", "", ""},
         BallotOutcome::kPlacesOpen,
         "",
         "",
         4},
        {"TwoPlaces",
         [](Ballot& ballot) {
           Places(ballot, 2);
           Threshold(ballot, 1, 4);
         },
         {"ab", "ab", "ab", "ac", "ac", "b", "b", "c"},
         BallotOutcome::kDecided,
         "ab"},
        {"TieForTheSecond",
         [](Ballot& ballot) {
           Places(ballot, 2);
           Threshold(ballot, 1, 4);
         },
         {"ab", "ab", "ab", "ac", "ac", "ac", "a", "a"},
         BallotOutcome::kPlacesOpen,
         "a",
         "bc"},
        // c is behind the last place and not tied for it.
        {"BehindTheLastPlace",
         [](Ballot& ballot) { Threshold(ballot, 0, 1); },
         {"a", "a", "a", "a", "a", "b", "b", "c"},
         BallotOutcome::kDecided,
         "a"},
        {"NoLimit",
         [](Ballot& ballot) {
           Places(ballot, 0);
           Threshold(ballot, 2, 3);
         },
         {"ab", "ab", "ab", "ab", "ab", "ab", "bc", "c"},
         BallotOutcome::kDecided,
         "ba"},
        {"NobodyVoted",
         [](Ballot& ballot) { ballot.quorum = {.numerator = 0, .denominator = 1}; },
         {},
         BallotOutcome::kNoQuorum},
    }),
    testkit::CaseName<CountCase>);

TEST(Ballots, NameAllThatIsWrong) {
  EXPECT_THAT(ValidateBallot(SomeBallot()).list(), IsEmpty());
  Ballot ballot = SomeBallot();
  ballot.title = {};
  ballot.award = "";
  ballot.electors[1].id = "e1";
  ballot.electors[2] = {.id = "E", .unit = "bac-ninh"};
  ballot.candidates[1] = "units/a";
  ballot.candidates[2] = "rounds/r/nominations/x";
  ballot.places = 4;
  ballot.quorum = {};
  ballot.threshold = {.numerator = 3, .denominator = 2};
  const absl::Status refused = ValidateBallot(ballot).ToStatus();
  for (const char* path :
       {"ballot.title.vi", "ballot.award", "ballot.electors[1].id", "ballot.electors[2].id",
        "ballot.electors[2].person", "ballot.electors[2].unit", "ballot.candidates[1]",
        "ballot.candidates[2]", "ballot.places", "ballot.quorum", "ballot.threshold.numerator"}) {
    EXPECT_THAT(refused, HasViolation(path));
  }
}

}  // namespace
}  // namespace awards
