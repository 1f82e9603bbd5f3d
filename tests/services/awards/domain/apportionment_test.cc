#include "services/awards/domain/apportionment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace awards {
namespace {

using common::Decimal;
using common::Rational;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testkit::HasViolation;

constexpr auto kHare = DivisionMethod::kLargestRemainder;
constexpr auto kDHondt = DivisionMethod::kDHondt;
constexpr auto kSainteLague = DivisionMethod::kSainteLague;
constexpr auto kHill = DivisionMethod::kHuntingtonHill;

// Claimants a, b, c, ... with these weights.
DivisionRequest Request(DivisionMethod method, int64_t flags,
                        const std::vector<std::string>& weights, int64_t minimum = 0) {
  DivisionRequest request{.flags = flags, .method = method, .minimum_each = minimum};
  for (size_t i = 0; i < weights.size(); ++i) {
    request.claimants.push_back({.id = std::string(1, static_cast<char>('a' + i)),
                                 .weight = Decimal::Parse(weights[i]).value()});
  }
  return request;
}

std::vector<int64_t> FlagsOf(const Division& division) {
  std::vector<int64_t> flags;
  for (const DividedShare& share : division.shares) flags.push_back(share.flags);
  return flags;
}

struct DivisionCase {
  std::string name{};
  DivisionRequest request{};
  std::vector<int64_t> flags{};
  int64_t undecided = 0;
  std::vector<std::string> tied{};
};

class Divisions : public ::testing::TestWithParam<DivisionCase> {};

TEST_P(Divisions, AreThoseOfTheMethod) {
  ASSERT_THAT(ValidateDivision(GetParam().request).list(), IsEmpty());
  const Division division = Divide(GetParam().request);
  EXPECT_EQ(FlagsOf(division), GetParam().flags);
  EXPECT_EQ(division.undecided, GetParam().undecided);
  EXPECT_EQ(division.tied, GetParam().tied);
}

// The textbook's four parties and eight seats: D'Hondt gives 4 3 1 0, the others 3 3 1 1.
const std::vector<std::string> kParties{"100000", "80000", "30000", "20000"};

INSTANTIATE_TEST_SUITE_P(
    Methods, Divisions,
    ::testing::ValuesIn<DivisionCase>({
        {"RemainderTextbook", Request(kHare, 8, kParties), {3, 3, 1, 1}},
        {"DHondtTextbook", Request(kDHondt, 8, kParties), {4, 3, 1, 0}},
        {"SainteLagueTextbook", Request(kSainteLague, 8, kParties), {3, 3, 1, 1}},
        {"HillTextbook", Request(kHill, 8, kParties), {3, 3, 1, 1}},
        // 34 units in clusters of 8, 6, 13 and 7; a fifth of them are 6 flags: 24/17, 18/17, 39/17
        // and 21/17 are 1.41, 1.06, 2.29 and 1.24.
        {"ClustersOf2025", Request(kHare, 6, {"8", "6", "13", "7"}), {2, 1, 2, 1}},
        // 13/1 13/2 8/1 7/1 6/1, then 13/3 = 4.33 before 8/2 = 4.
        {"ClustersByDHondt", Request(kDHondt, 6, {"8", "6", "13", "7"}), {1, 1, 3, 1}},
        {"Exact", Request(kHare, 10, {"1", "4"}), {2, 8}},
        {"Decimals", Request(kHare, 3, {"0.5", "1"}), {1, 2}},
        {"NoWeightNoFlag", Request(kHill, 3, {"0", "1", "2"}), {0, 1, 2}},
        {"One", Request(kDHondt, 5, {"7"}), {5}},
        {"MinimumThenRemainder", Request(kHare, 6, {"1", "1", "10"}, 1), {1, 1, 4}},
        {"MinimumThenDHondt", Request(kDHondt, 6, {"1", "1", "10"}, 1), {1, 1, 4}},
        {"MinimumIsAllThereIs", Request(kDHondt, 2, {"1", "9"}, 1), {1, 1}},
    }),
    testkit::CaseName<DivisionCase>);

INSTANTIATE_TEST_SUITE_P(
    Undefined, Divisions,
    ::testing::ValuesIn<DivisionCase>({
        {"EqualRemainders", Request(kHare, 3, {"1", "1"}), {1, 1}, 1, {"a", "b"}},
        {"EqualQuotients", Request(kDHondt, 3, {"5", "5", "1"}), {1, 1, 0}, 1, {"a", "b"}},
        // 6/1, 6/3 and 2/1: after a's first, a and b stand at 2.
        {"QuotientsOfDifferentWeights",
         Request(kSainteLague, 2, {"6", "2"}),
         {1, 0},
         1,
         {"a", "b"}},
        {"TwoPlacesForThree", Request(kDHondt, 3, {"9", "1", "1", "1"}), {3, 0, 0, 0}},
        {"FirstPlacesForTooMany",
         Request(kHill, 3, {"2", "1", "1", "3"}),
         {1, 0, 0, 1},
         1,
         {"b", "c"}},
        {"AllEqual", Request(kHill, 2, {"1", "1", "1"}), {0, 0, 0}, 2, {"a", "b", "c"}},
        // As many places as equal claims is no tie.
        {"EnoughForAllEqual", Request(kSainteLague, 3, {"1", "1", "1"}), {1, 1, 1}},
    }),
    testkit::CaseName<DivisionCase>);

TEST(Working, ShowsTheArithmetic) {
  const Division hare = Divide(Request(kHare, 8, {"11", "9"}));
  EXPECT_EQ(hare.shares[0].exact_share.ToFraction(), "22/5");
  EXPECT_EQ(hare.shares[0].working, "floor(22/5) = 4, remainder 2/5");
  EXPECT_EQ(hare.shares[1].working, "floor(18/5) = 3, remainder 3/5: +1");
  const Division hill = Divide(Request(kHill, 3, {"4", "1"}, 0));
  EXPECT_EQ(hill.shares[0].working, "last place at sqrt(8)");
  EXPECT_EQ(hill.shares[1].working, "last place at weight 1, as the first");
  EXPECT_EQ(Divide(Request(kDHondt, 3, {"4", "1"}, 1)).shares[1].working, "minimum 1");
}

// What must hold of every outcome, whatever way it was found: no claimant could hand a flag to
// another who has a better claim to it.
Rational SignpostBefore(DivisionMethod method, int64_t flags) {
  if (method == kDHondt) return Rational(flags);
  if (method == kSainteLague) return Rational(2 * flags - 1);
  return Rational(flags * (flags - 1));
}

TEST(Divisions, LeaveNobodyWithABetterClaim) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const std::vector methods{kDHondt, kSainteLague, kHill};
    const DivisionMethod method = methods[static_cast<size_t>(round) % methods.size()];
    std::vector<std::string> weights;
    for (size_t i = 0; i < 2 + random() % 6; ++i)
      weights.push_back(absl::StrCat(1 + random() % 30));
    const DivisionRequest request =
        Request(method, 1 + static_cast<int64_t>(random() % 40), weights);
    const Division division = Divide(request);
    int64_t given = division.undecided;
    for (size_t i = 0; i < weights.size(); ++i) {
      given += division.shares[i].flags;
      if (division.shares[i].flags == 0) continue;
      for (size_t j = 0; j < weights.size(); ++j) {
        Rational a(request.claimants[i].weight);
        Rational b(request.claimants[j].weight);
        if (method == kHill) {
          a = a * a;
          b = b * b;
        }
        // a / before >= b / after, without dividing: before may be 0.
        ASSERT_GE(a * SignpostBefore(method, division.shares[j].flags + 1),
                  b * SignpostBefore(method, division.shares[i].flags))
            << round;
      }
    }
    ASSERT_EQ(given, request.flags);
  }
}

TEST(Divisions, RefuseWhatCannotBeDivided) {
  DivisionRequest request = Request(DivisionMethod::kUnspecified, 0, {"1", "-1"}, 9);
  request.claimants[1].id = "a";
  request.claimants.push_back({.id = ""});
  const absl::Status refused = ValidateDivision(request).ToStatus();
  for (const char* path : {"flags", "method", "claimants[1].id", "claimants[1].weight",
                           "claimants[2].id", "minimum_each"}) {
    EXPECT_THAT(refused, HasViolation(path));
  }
  EXPECT_THAT(ValidateDivision(Request(kHare, 1, {"0", "0"})).ToStatus(),
              HasViolation("claimants"));
  EXPECT_THAT(ValidateDivision({}).ToStatus(), HasViolation("claimants"));
}

}  // namespace
}  // namespace awards
