#include "services/awards/domain/apportionment.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"

namespace awards {
namespace {

using common::Rational;

constexpr int64_t kMaxFlags = 10'000;
constexpr size_t kMaxClaimants = 200;

// `divisor` is not zero.
Rational Quotient(const Rational& dividend, const Rational& divisor) {
  return dividend.DividedBy(divisor).value_or(Rational());
}

// What a claimant can say for itself: the greater comes first, equal ones are equal.
struct Claim {
  // Has nothing yet and comes before all who have something; only by Huntington-Hill.
  bool comes_first = false;
  Rational value{};

  bool operator==(const Claim&) const = default;
  std::strong_ordering operator<=>(const Claim&) const = default;
};

// Claimants, by their positions, with equal claims; the greatest claim first.
using Claims = std::map<Claim, std::vector<size_t>, std::greater<>>;

class Divider {
 public:
  explicit Divider(const DivisionRequest& request) : request_(request), left_(request.flags) {
    for (const Claimant& claimant : request.claimants) sum_ += Rational(claimant.weight);
    for (const Claimant& claimant : request.claimants) {
      const int64_t minimum = claimant.weight.is_zero() ? 0 : request.minimum_each;
      division_.shares.push_back({.id = claimant.id,
                                  .flags = minimum,
                                  .exact_share = ShareOf(claimant, request.flags),
                                  .working = minimum > 0 ? absl::StrCat("minimum ", minimum) : ""});
      left_ -= minimum;
    }
  }

  Division Run() && {
    if (request_.method == DivisionMethod::kLargestRemainder) {
      ByRemainder();
    } else {
      ByClaims();
    }
    std::ranges::sort(division_.tied);
    return std::move(division_);
  }

 private:
  Rational ShareOf(const Claimant& claimant, int64_t flags) const {
    return Quotient(Rational(flags) * Rational(claimant.weight), sum_);
  }

  void ByRemainder() {
    Claims claims;
    const int64_t divided = left_;
    for (size_t i = 0; i < division_.shares.size(); ++i) {
      const Rational exact = ShareOf(request_.claimants[i], divided);
      const Rational whole = exact.Floor();
      const int64_t flags = whole.ToInteger().value_or(0);
      division_.shares[i].flags += flags;
      left_ -= flags;
      const Rational remainder = exact - whole;
      Say(i, absl::StrCat("floor(", exact.ToFraction(), ") = ", flags, ", remainder ",
                          remainder.ToFraction()));
      claims[{.value = remainder}].push_back(i);
    }
    for (const auto& [claim, claimants] : claims) {
      if (left_ == 0 || !Serve(claimants)) break;
      for (const size_t i : claimants) division_.shares[i].working += ": +1";
    }
  }

  void ByClaims() {
    Claims claims;
    for (size_t i = 0; i < division_.shares.size(); ++i) {
      if (!request_.claimants[i].weight.is_zero()) claims[ClaimOf(i)].push_back(i);
    }
    std::map<size_t, Claim> last;
    while (left_ > 0) {
      auto greatest = claims.extract(claims.begin());
      if (!Serve(greatest.mapped())) break;
      for (const size_t i : greatest.mapped()) {
        last[i] = greatest.key();
        claims[ClaimOf(i)].push_back(i);
      }
    }
    for (const auto& [i, claim] : last) Say(i, absl::StrCat("last place at ", Print(claim)));
  }

  // The claim of one who has `flags` already: by Huntington-Hill the square of its quotient, which
  // orders alike and is rational.
  Claim ClaimOf(size_t i) const {
    const Rational weight(request_.claimants[i].weight);
    const Rational has(division_.shares[i].flags);
    switch (request_.method) {
      case DivisionMethod::kSainteLague:
        return {.value = Quotient(weight, Rational(2) * has + Rational(1))};
      case DivisionMethod::kHuntingtonHill:
        if (has.is_zero()) return {.comes_first = true, .value = weight};
        return {.value = Quotient(weight * weight, has * (has + Rational(1)))};
      default:
        return {.value = Quotient(weight, has + Rational(1))};
    }
  }

  std::string Print(const Claim& claim) const {
    const std::string value = claim.value.ToFraction();
    if (request_.method != DivisionMethod::kHuntingtonHill) return value;
    return claim.comes_first ? absl::StrCat("weight ", value, ", as the first")
                             : absl::StrCat("sqrt(", value, ")");
  }

  // One place for each of `claimants`, whose claims are equal. If there are too few for all of
  // them, nobody gets one, what is left is undecided, and the answer is false.
  bool Serve(const std::vector<size_t>& claimants) {
    if (static_cast<int64_t>(claimants.size()) > left_) {
      division_.undecided = std::exchange(left_, 0);
      for (const size_t i : claimants) division_.tied.push_back(division_.shares[i].id);
      return false;
    }
    for (const size_t i : claimants) ++division_.shares[i].flags;
    left_ -= static_cast<int64_t>(claimants.size());
    return true;
  }

  void Say(size_t i, std::string_view what) {
    std::string& working = division_.shares[i].working;
    absl::StrAppend(&working, working.empty() ? "" : ", ", common::sv(what));
  }

  const DivisionRequest& request_;
  Rational sum_{};
  int64_t left_;
  Division division_{};
};

}  // namespace

Violations ValidateDivision(const DivisionRequest& request, Violations violations) {
  const auto refuse = [&](std::string_view path, std::string_view description) {
    violations.Add(path, common::kInvalidField, description);
  };
  if (request.flags < 1 || request.flags > kMaxFlags) refuse("flags", "from 1 to 10,000");
  if (request.method == DivisionMethod::kUnspecified) {
    violations.Add("method", common::kRequiredFieldMissing, "say how they are divided");
  }
  if (request.claimants.empty()) {
    violations.Add("claimants", common::kRequiredFieldMissing, "at least one is required");
  }
  if (request.claimants.size() > kMaxClaimants) refuse("claimants", "at most 200");
  std::set<std::string> ids;
  int64_t with_weight = 0;
  for (size_t i = 0; i < request.claimants.size(); ++i) {
    const Claimant& claimant = request.claimants[i];
    const std::string path = Item("claimants", i);
    if (claimant.id.empty()) {
      violations.Add(Join(path, "id"), common::kRequiredFieldMissing, "an id is required");
    } else if (!ids.insert(claimant.id).second) {
      refuse(Join(path, "id"), "the id is taken by another one");
    }
    if (claimant.weight.is_negative()) refuse(Join(path, "weight"), "a weight is 0 or more");
    if (!claimant.weight.is_zero()) ++with_weight;
  }
  if (with_weight == 0) refuse("claimants", "a weight above 0 is required");
  if (request.minimum_each < 0 || request.minimum_each > kMaxFlags ||
      request.minimum_each * with_weight > request.flags) {
    refuse("minimum_each", "from 0 to what there is for everybody with a weight");
  }
  return violations;
}

Division Divide(const DivisionRequest& request) { return Divider(request).Run(); }

}  // namespace awards
