#include "services/awards/domain/nomination.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testkit/case_name.h"

namespace awards {
namespace {

using common::Decimal;
using ::testing::ElementsAre;

struct QuotaCase {
  std::string name{};
  QuotaRule rule{};
  int64_t entrants = 0;
  int64_t eligible = 0;
  int64_t places = 0;
  std::string working{};
  int64_t meeting_standard = 0;
};

class Quotas : public ::testing::TestWithParam<QuotaCase> {};

TEST_P(Quotas, AreExactAndShown) {
  const Quota quota = ComputeQuota({.quota = GetParam().rule}, GetParam().entrants,
                                   GetParam().eligible, GetParam().meeting_standard);
  EXPECT_EQ(quota.places, GetParam().places);
  EXPECT_EQ(quota.working, GetParam().working);
}

ShareQuota Share(std::string_view percent, ShareBasis basis) {
  return {.percent = Decimal::Parse(percent).value(), .basis = basis};
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Quotas,
    ::testing::ValuesIn<QuotaCase>({
        {"ClusterOf2020", Share("20", ShareBasis::kEntrants), 11, 9, 2,
         "max(1, floor(11 × 20 / 100)) = 2"},
        {"AtLeastOne", Share("20", ShareBasis::kEntrants), 4, 4, 1,
         "max(1, floor(4 × 20 / 100)) = 1"},
        {"OfTheEligible", Share("50", ShareBasis::kEligible), 11, 5, 2,
         "max(1, floor(5 × 50 / 100)) = 2"},
        {"OfThoseMeetingTheStandard", Share("20", ShareBasis::kMeetingStandard), 34, 30, 3,
         "max(1, floor(19 × 20 / 100)) = 3", 19},
        // Binary fractions could make it fall just below the integer.
        {"ExactlyAnInteger", Share("33.333333", ShareBasis::kEntrants), 300000000, 0, 99999999,
         "max(1, floor(300000000 × 33.333333 / 100)) = 99999999"},
        {"AllOfThem", Share("100", ShareBasis::kEntrants), 7, 0, 7,
         "max(1, floor(7 × 100 / 100)) = 7"},
        {"Fixed", FixedQuota{2}, 50, 0, 2, "2"},
    }),
    testkit::CaseName<QuotaCase>);

Candidate Ranked(int rank, const std::string& unit, const std::string& province = "") {
  return {.unit = unit, .province_unit = province.empty() ? unit : province, .rank = rank};
}

CategoryResult Category(const std::string& id, int64_t places, Boundary boundary,
                        std::vector<Candidate> candidates) {
  return {.category = id,
          .award = {.id = id + "-flag", .boundary = boundary},
          .quota = {.places = places},
          .candidates = std::move(candidates)};
}

std::vector<std::string> UnitsOf(const NominationResult& result) {
  std::vector<std::string> units;
  for (const Nominee& nominee : result.nominees) units.push_back(nominee.unit);
  return units;
}

std::vector<std::string> SentencesOf(const NominationResult& result) {
  std::vector<std::string> sentences;
  for (const OpenPlace& open : result.open_places) sentences.push_back(open.description);
  return sentences;
}

struct NominationCase {
  std::string name{};
  std::vector<CategoryResult> categories{};
  int flags_per_province = 0;
  std::vector<std::string> units{};
  std::vector<std::string> open_places{};
};

class Nominations : public ::testing::TestWithParam<NominationCase> {};

TEST_P(Nominations, FollowFromTheStandings) {
  const NominationResult result = Nominate(GetParam().categories, GetParam().flags_per_province);
  EXPECT_EQ(UnitsOf(result), GetParam().units);
  EXPECT_EQ(SentencesOf(result), GetParam().open_places);
}

TEST_P(Nominations, DoNotDependOnTheOrderOfCandidates) {
  std::vector<CategoryResult> categories = GetParam().categories;
  std::mt19937 random(1);
  for (int round = 0; round < 10; ++round) {
    for (CategoryResult& category : categories) {
      std::ranges::shuffle(category.candidates, random);
    }
    ASSERT_EQ(UnitsOf(Nominate(categories, GetParam().flags_per_province)), GetParam().units);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Boundaries, Nominations,
    ::testing::ValuesIn<NominationCase>({
        {"FirstOnes",
         {Category("k", 2, Boundary::kBallot, {Ranked(3, "a"), Ranked(1, "b"), Ranked(2, "c")})},
         0,
         {"b", "c"},
         {}},
        {"TieInsideTheQuota",
         {Category("k", 2, Boundary::kAllOut, {Ranked(1, "a"), Ranked(1, "b"), Ranked(3, "c")})},
         0,
         {"a", "b"},
         {}},
        {"TieAllIn",
         {Category("k", 2, Boundary::kAllIn,
                   {Ranked(1, "a"), Ranked(2, "b"), Ranked(2, "c"), Ranked(4, "d")})},
         0,
         {"a", "b", "c"},
         {}},
        {"TieAllOut",
         {Category("k", 2, Boundary::kAllOut,
                   {Ranked(1, "a"), Ranked(2, "b"), Ranked(2, "c"), Ranked(4, "d")})},
         0,
         {"a"},
         {"1 of 2 places of k-flag stays open: b and c share rank 2."}},
        {"TieBallot",
         {Category("k", 3, Boundary::kBallot,
                   {Ranked(1, "d"), Ranked(2, "c"), Ranked(2, "b"), Ranked(2, "a")})},
         0,
         {"d"},
         {"2 of 3 places of k-flag stay open: a, b and c share rank 2; a ballot decides."}},
        {"NotEnoughUnits",
         {Category("k", 2, Boundary::kAllIn, {Ranked(1, "a"), Ranked(0, "b")})},
         0,
         {"a"},
         {"1 of 2 places of k-flag stays open: no further unit can be nominated."}},
    }),
    testkit::CaseName<NominationCase>);

Candidate Failing(Candidate candidate, std::vector<std::string> gates) {
  candidate.failed_gates = std::move(gates);
  return candidate;
}

INSTANTIATE_TEST_SUITE_P(
    Gates, Nominations,
    ::testing::ValuesIn<NominationCase>({
        {"TheNextMovesUp",
         {Category("k", 1, Boundary::kBallot, {Failing(Ranked(1, "a"), {"pact"}), Ranked(2, "b")})},
         0,
         {"b"},
         {}},
        {"ATieEndsWhenAGateTakesOneOut",
         {Category("k", 1, Boundary::kBallot, {Failing(Ranked(1, "a"), {"pact"}), Ranked(1, "b")})},
         0,
         {"b"},
         {}},
    }),
    testkit::CaseName<NominationCase>);

INSTANTIATE_TEST_SUITE_P(
    Provinces, Nominations,
    ::testing::ValuesIn<NominationCase>({
        {"OnePerProvinceAcrossCategories",
         {Category("k", 1, Boundary::kBallot, {Ranked(1, "p")}),
          Category("m", 1, Boundary::kBallot, {Ranked(1, "m1", "p"), Ranked(2, "m2", "q")})},
         1,
         {"p", "m2"},
         {}},
        {"TwoPerProvince",
         {Category("k", 1, Boundary::kBallot, {Ranked(1, "p")}),
          Category("m", 2, Boundary::kBallot,
                   {Ranked(1, "m1", "p"), Ranked(2, "m2", "p"), Ranked(3, "m3", "q")})},
         2,
         {"p", "m1", "m3"},
         {}},
        {"ATieEndsWhenAProvinceHasItsFlag",
         {Category("k", 1, Boundary::kBallot, {Ranked(1, "p")}),
          Category("m", 1, Boundary::kBallot, {Ranked(1, "m1", "p"), Ranked(1, "m2", "q")})},
         1,
         {"p", "m2"},
         {}},
        {"TiedUnitsOfOneProvinceKeepItsPlace",
         {Category("k", 2, Boundary::kAllIn,
                   {Ranked(1, "a", "p"), Ranked(1, "b", "p"), Ranked(3, "c", "q"),
                    Ranked(4, "d", "r")})},
         1,
         {"c"},
         {"1 of 2 places of k-flag stays open: a and b share rank 1 and p can have only 1 more "
          "flag; a ballot decides."}},
        {"TiedUnitsOfOneProvinceAllOut",
         {Category("k", 2, Boundary::kAllOut,
                   {Ranked(1, "a", "p"), Ranked(1, "b", "p"), Ranked(3, "c", "p"),
                    Ranked(4, "d", "r")})},
         1,
         {"d"},
         {"1 of 2 places of k-flag stays open: a and b share rank 1 and p can have only 1 more "
          "flag."}},
        {"AnEmptyPlaceDoesNotCloseTheProvinceElsewhere",
         {Category("k", 1, Boundary::kAllOut, {Ranked(1, "a", "p"), Ranked(1, "b", "p")}),
          Category("m", 1, Boundary::kAllOut, {Ranked(1, "m1", "p")})},
         1,
         {"m1"},
         {"1 of 1 places of k-flag stays open: a and b share rank 1 and p can have only 1 more "
          "flag."}},
        {"AUnitWaitsForTheBallotOfItsProvince",
         {Category("k", 1, Boundary::kBallot, {Ranked(1, "a", "p"), Ranked(1, "b", "q")}),
          Category("m", 2, Boundary::kBallot,
                   {Ranked(1, "m1", "p"), Ranked(2, "m2", "r"), Ranked(3, "m3", "s")})},
         1,
         {"m2"},
         {"1 of 1 places of k-flag stays open: a and b share rank 1; a ballot decides.",
          "1 of 2 places of m-flag stays open: m1 waits for a ballot that may give p its last "
          "flag."}},
        {"NobodyWaitsWhileTheProvinceHasRoom",
         {Category("k", 1, Boundary::kBallot, {Ranked(1, "a", "p"), Ranked(1, "b", "q")}),
          Category("m", 1, Boundary::kBallot, {Ranked(1, "m1", "p"), Ranked(2, "m2", "r")})},
         2,
         {"m1"},
         {"1 of 1 places of k-flag stays open: a and b share rank 1; a ballot decides."}},
    }),
    testkit::CaseName<NominationCase>);

TEST(Grounds, NameRankPlaceAndWhoWasPassedOver) {
  const std::vector<CategoryResult> categories = {
      Category("k", 1, Boundary::kBallot, {Ranked(1, "p")}),
      Category("m", 3, Boundary::kBallot,
               {Ranked(1, "m1", "p"), Failing(Ranked(2, "m2", "q"), {"age", "idle"}),
                Ranked(3, "m3", "r"), Ranked(4, "m4", "s"), Ranked(4, "m5", "t")})};
  std::vector<std::string> grounds;
  for (const Nominee& nominee : Nominate(categories, 1).nominees)
    grounds.push_back(nominee.grounds);
  const std::string passed =
      "; passed over: m1 (rank 1, p has its flags), m2 (rank 2, fails age, idle)";
  EXPECT_THAT(grounds,
              ElementsAre("rank 1 of 1, place 1 of quota 1",
                          absl::StrCat("rank 3 of 5, place 1 of quota 3", passed),
                          absl::StrCat("rank 4 of 5, one of places 2 to 3 of quota 3", passed),
                          absl::StrCat("rank 4 of 5, one of places 2 to 3 of quota 3", passed)));
}

// Random rounds: whatever the ties and limits, nobody is nominated who must not be.
TEST(Nominate, NeverExceedsAQuotaOrALimitOfAProvince) {
  std::mt19937 random(2020);
  for (int round = 0; round < 500; ++round) {
    const int limit = static_cast<int>(random() % 3) + 1;
    std::vector<CategoryResult> categories;
    for (int k = 0; k < 3; ++k) {
      const auto boundary = random() % 2 == 0 ? Boundary::kAllOut : Boundary::kBallot;
      std::vector<Candidate> candidates;
      for (int i = 0; i < 8; ++i) {
        candidates.push_back(Ranked(static_cast<int>(random() % 4), absl::StrCat("u", i),
                                    absl::StrCat("p", random() % 4)));
      }
      categories.push_back(Category(absl::StrCat("k", k), static_cast<int64_t>(random() % 4) + 1,
                                    boundary, std::move(candidates)));
    }
    const NominationResult result = Nominate(categories, limit);
    std::map<std::string, int> by_province;
    std::map<std::string, int64_t> by_category;
    for (const Nominee& nominee : result.nominees) {
      ASSERT_GT(nominee.rank, 0);
      ASSERT_LE(++by_province[nominee.province_unit], limit);
      ++by_category[nominee.category];
    }
    for (const CategoryResult& category : categories) {
      ASSERT_LE(by_category[category.category], category.quota.places);
    }
  }
}

Candidate AfterBallots(Candidate candidate, std::vector<int> tie_places,
                       const std::string& ballot = "") {
  candidate.tie_places = std::move(tie_places);
  candidate.ballot = ballot;
  return candidate;
}

TEST(OpenPlaces, SayWhatABallotIsAbout) {
  const std::vector<CategoryResult> categories{
      Category("k", 2, Boundary::kBallot,
               {Ranked(1, "a"), Ranked(2, "d"), Ranked(2, "b"), Ranked(2, "c"), Ranked(5, "e")})};
  const NominationResult result = Nominate(categories, 0);
  ASSERT_EQ(result.open_places.size(), 1U);
  EXPECT_EQ(result.open_places[0].cause, OpenCause::kBallot);
  EXPECT_EQ(result.open_places[0].places, 1);
  EXPECT_EQ(result.open_places[0].award, "k-flag");
  EXPECT_THAT(result.open_places[0].units, ElementsAre("b", "c", "d"));
}

TEST(OpenPlaces, AreFilledByABallot) {
  const std::vector<CategoryResult> categories{
      Category("k", 2, Boundary::kBallot,
               {Ranked(1, "a"), AfterBallots(Ranked(2, "b"), {2}),
                AfterBallots(Ranked(2, "c"), {1}, "rounds/r/ballots/x")})};
  const NominationResult result = Nominate(categories, 0);
  EXPECT_THAT(UnitsOf(result), ElementsAre("a", "c"));
  EXPECT_EQ(result.nominees[1].grounds,
            "rank 2 of 3, place 2 of quota 2, elected by rounds/r/ballots/x");
  EXPECT_TRUE(result.open_places.empty());
}

TEST(OpenPlaces, AreLeftToThoseWhoTiedAgain) {
  // The first ballot elected b for one of two places and left c and d tied, the second chose d.
  const auto nominate = [](std::vector<int> c, std::vector<int> d) {
    return Nominate(std::vector<CategoryResult>{Category(
                        "k", 2, Boundary::kBallot,
                        {AfterBallots(Ranked(1, "b"), {1}), AfterBallots(Ranked(1, "c"), c),
                         AfterBallots(Ranked(1, "d"), d), AfterBallots(Ranked(1, "e"), {3})})},
                    0);
  };
  const NominationResult first = nominate({2}, {2});
  EXPECT_THAT(UnitsOf(first), ElementsAre("b"));
  ASSERT_EQ(first.open_places.size(), 1U);
  EXPECT_THAT(first.open_places[0].units, ElementsAre("c", "d"));
  EXPECT_THAT(UnitsOf(nominate({2, 2}, {2, 1})), ElementsAre("b", "d"));
}

TEST(OpenPlaces, OfAProvinceAreGivenByABallotAndFreeWhoWaited) {
  // Both cooperatives of p share a rank, and p may have one flag; its other unit waits for that.
  const auto nominate = [](std::vector<int> x, std::vector<int> y) {
    return Nominate(
        std::vector<CategoryResult>{
            Category("agri", 2, Boundary::kBallot,
                     {AfterBallots(Ranked(1, "x", "p"), x), AfterBallots(Ranked(1, "y", "p"), y),
                      Ranked(3, "z", "q")}),
            Category("other", 1, Boundary::kBallot, {Ranked(1, "w", "p"), Ranked(2, "v", "r")})},
        1);
  };
  const NominationResult before = nominate({}, {});
  EXPECT_THAT(UnitsOf(before), ElementsAre("z"));
  ASSERT_EQ(before.open_places.size(), 2U);
  EXPECT_EQ(before.open_places[0].cause, OpenCause::kBallot);
  EXPECT_EQ(before.open_places[1].cause, OpenCause::kWaitsForBallot);
  EXPECT_THAT(before.open_places[1].units, ElementsAre("w"));
  const NominationResult after = nominate({2}, {1});
  EXPECT_THAT(UnitsOf(after), ElementsAre("y", "z", "v"));
  EXPECT_TRUE(after.open_places.empty());
}

Ballot ClosedBallot(std::vector<Tally> tallies) {
  return {.name = "rounds/r/ballots/x",
          .purpose = BallotPurpose::kTie,
          .award = "k-flag",
          .state = BallotState::kClosed,
          .result = {.outcome = BallotOutcome::kDecided, .tallies = std::move(tallies)}};
}

std::vector<std::vector<int>> PlacesAfter(const Ballot& ballot, CategoryResult category) {
  ApplyBallot(ballot, category);
  std::vector<std::vector<int>> places;
  for (const Candidate& candidate : category.candidates) places.push_back(candidate.tie_places);
  return places;
}

TEST(Ballots, OrderTheirCandidatesAndNobodyElse) {
  const CategoryResult category =
      Category("k", 1, Boundary::kBallot,
               {Ranked(1, "a"), Ranked(1, "b"), Ranked(1, "c"), Ranked(1, "d"), Ranked(5, "e")});
  const Ballot ballot = ClosedBallot({{.candidate = "b", .elected = true},
                                      {.candidate = "a", .tied = true},
                                      {.candidate = "c", .tied = true},
                                      {.candidate = "d"}});
  EXPECT_THAT(
      PlacesAfter(ballot, category),
      ElementsAre(ElementsAre(2), ElementsAre(1), ElementsAre(2), ElementsAre(3), ElementsAre()));
}

TEST(Ballots, DecideNothingWhereTheirTieIsNoMore) {
  const Ballot ballot = ClosedBallot({{.candidate = "b", .elected = true}, {.candidate = "a"}});
  const auto unmoved = ElementsAre(ElementsAre(), ElementsAre());
  const auto of = [](int a, int b) {
    return Category("k", 1, Boundary::kBallot, {Ranked(a, "a"), Ranked(b, "b")});
  };
  EXPECT_THAT(PlacesAfter(ballot, of(1, 2)), unmoved);
  EXPECT_THAT(PlacesAfter(ballot, of(0, 0)), unmoved);
  CategoryResult other = of(1, 1);
  other.award.id = "other-flag";
  EXPECT_THAT(PlacesAfter(ballot, other), unmoved);
  Ballot missed = ballot;
  missed.result.outcome = BallotOutcome::kNoQuorum;
  EXPECT_THAT(PlacesAfter(missed, of(1, 1)), unmoved);
  Ballot open = ballot;
  open.state = BallotState::kOpen;
  EXPECT_THAT(PlacesAfter(open, of(1, 1)), unmoved);
  EXPECT_THAT(PlacesAfter(ballot, of(1, 1)), ElementsAre(ElementsAre(2 + 1), ElementsAre(1)));
}

}  // namespace
}  // namespace awards
