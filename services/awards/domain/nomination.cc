#include "services/awards/domain/nomination.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/decimal/rational.h"
#include "common/status/error.h"

namespace awards {
namespace {

using common::Rational;

constexpr char kBallotDecides[] = "; a ballot decides";

// Flags of one province.
struct ProvinceFlags {
  // Nominated.
  int64_t certain = 0;
  // Kept for a ballot that a unit of the province may win.
  int64_t possible = 0;
};

// Units of one rank that stand for one province.
struct ProvinceShare {
  std::vector<const Candidate*> units{};
  // How many of them can be nominated at most.
  int64_t at_most = 0;
  // How many can be nominated whatever ballots bring.
  int64_t for_certain = 0;

  int64_t size() const { return static_cast<int64_t>(units.size()); }
  bool is_certain() const { return size() <= for_certain; }
  bool exceeds_limit() const { return size() > at_most; }
};

// Units of one rank, by province.
using Shares = std::map<std::string, ProvinceShare>;

int64_t DemandOf(const Shares& shares) {
  int64_t demand = 0;
  for (const auto& [province, share] : shares) demand += share.at_most;
  return demand;
}

// `units/a, units/b and units/c`.
std::string Listed(std::vector<std::string> units) {
  if (units.size() < 2) return absl::StrJoin(units, "");
  const std::string last = std::move(units.back());
  units.pop_back();
  return absl::StrCat(absl::StrJoin(units, ", "), " and ", last);
}

// In byte order.
std::vector<std::string> NamesOf(const std::vector<const Candidate*>& candidates) {
  std::vector<std::string> names;
  names.reserve(candidates.size());
  for (const Candidate* candidate : candidates) names.push_back(candidate->unit);
  std::ranges::sort(names);
  return names;
}

std::vector<std::string> NamesOf(const Shares& shares) {
  std::vector<const Candidate*> all;
  for (const auto& [province, share] : shares) {
    all.insert(all.end(), share.units.begin(), share.units.end());
  }
  return NamesOf(all);
}

// What stands before what: the rank, then what ballots made of it.
auto Order(const Candidate& candidate) { return std::tie(candidate.rank, candidate.tie_places); }

// Ranked candidates from the first on; those of one rank in the byte order of their names.
std::vector<const Candidate*> InOrder(const CategoryResult& category) {
  std::vector<const Candidate*> candidates;
  for (const Candidate& candidate : category.candidates) {
    if (candidate.rank > 0) candidates.push_back(&candidate);
  }
  std::ranges::sort(candidates, [](const Candidate* a, const Candidate* b) {
    return std::tie(a->rank, a->tie_places, a->unit) < std::tie(b->rank, b->tie_places, b->unit);
  });
  return candidates;
}

// Nominates in one category after another; remembers the flags of the provinces.
class Nominator {
 public:
  explicit Nominator(int64_t flags_per_province) : limit_(flags_per_province) {}

  void Nominate(const CategoryResult& category) {
    category_ = &category;
    places_left_ = category.quota.places;
    passed_over_.clear();
    closed_provinces_.clear();
    const std::vector<const Candidate*> candidates = InOrder(category);
    for (size_t begin = 0; begin < candidates.size() && places_left_ > 0;) {
      size_t end = begin;
      while (end < candidates.size() && Order(*candidates[end]) == Order(*candidates[begin])) ++end;
      NominateRank({candidates.begin() + static_cast<std::ptrdiff_t>(begin),
                    candidates.begin() + static_cast<std::ptrdiff_t>(end)});
      begin = end;
    }
    if (places_left_ > 0) {
      LeaveOpen(places_left_, OpenCause::kNobodyLeft, {}, "no further unit can be nominated");
    }
  }

  NominationResult Result() && { return std::move(result_); }

 private:
  // Units that all have the same rank.
  void NominateRank(const std::vector<const Candidate*>& candidates) {
    std::vector<std::string> passed_over;
    Shares shares;
    for (const Candidate* candidate : candidates) {
      const std::string obstacle = ObstacleTo(*candidate);
      if (obstacle.empty()) {
        shares[candidate->province_unit].units.push_back(candidate);
      } else {
        passed_over.push_back(
            absl::StrCat(candidate->unit, " (rank ", candidate->rank, ", ", obstacle, ")"));
      }
    }
    for (auto& [province, share] : shares) Limit(province, share);
    const int64_t demand = DemandOf(shares);
    if (demand > places_left_ && category_->award.boundary != Boundary::kAllIn) {
      StopAtBoundary(shares, candidates.front()->rank);
    } else {
      TakePlaces(shares, demand);
    }
    // Those of the same rank did not stand ahead of anybody here.
    passed_over_.insert(passed_over_.end(), passed_over.begin(), passed_over.end());
  }

  // Why the unit is passed over; empty if it is not.
  std::string ObstacleTo(const Candidate& candidate) {
    if (!candidate.failed_gates.empty()) {
      return absl::StrCat("fails ", absl::StrJoin(candidate.failed_gates, ", "));
    }
    if (limit_ > 0 && provinces_[candidate.province_unit].certain >= limit_) {
      return absl::StrCat(candidate.province_unit, " has its flags");
    }
    if (closed_provinces_.contains(candidate.province_unit)) {
      return absl::StrCat("behind a tie for the flags of ", candidate.province_unit);
    }
    return "";
  }

  void Limit(const std::string& province, ProvinceShare& share) {
    share.at_most = share.for_certain = share.size();
    if (limit_ == 0) return;
    const ProvinceFlags& flags = provinces_[province];
    share.at_most = std::min(share.size(), limit_ - flags.certain);
    share.for_certain = std::max<int64_t>(0, limit_ - flags.certain - flags.possible);
  }

  // More units of one rank than places: none of them is nominated, nor anyone behind them.
  void StopAtBoundary(const Shares& shares, int rank) {
    const bool goes_to_ballot = category_->award.boundary == Boundary::kBallot;
    const std::vector<std::string> names = NamesOf(shares);
    LeaveOpen(
        places_left_, goes_to_ballot ? OpenCause::kBallot : OpenCause::kLeftOut, names,
        absl::StrCat(Listed(names), " share rank ", rank, goes_to_ballot ? kBallotDecides : ""));
    if (goes_to_ballot) {
      for (const auto& [province, share] : shares) {
        KeepFlags(province, std::min(share.at_most, places_left_));
      }
    }
    places_left_ = 0;
  }

  void TakePlaces(const Shares& shares, int64_t demand) {
    const int64_t first_place = category_->quota.places - places_left_ + 1;
    std::string place = absl::StrCat("place ", first_place);
    if (demand > 1) {
      place = absl::StrCat("one of places ", first_place, " to ", first_place + demand - 1);
    }
    std::vector<const Candidate*> nominated;
    for (const auto& [province, share] : shares) {
      if (!share.is_certain()) {
        HoldBack(province, share);
        continue;
      }
      provinces_[province].certain += share.size();
      nominated.insert(nominated.end(), share.units.begin(), share.units.end());
    }
    std::ranges::sort(nominated, {}, &Candidate::unit);
    for (const Candidate* candidate : nominated) Add(*candidate, place);
    places_left_ = std::max<int64_t>(0, places_left_ - demand);
  }

  // Which of a province's units gets its flags is open, or whether it has flags left is.
  void HoldBack(const std::string& province, const ProvinceShare& share) {
    const std::vector<std::string> names = NamesOf(share.units);
    if (!share.exceeds_limit()) {
      LeaveOpen(share.at_most, OpenCause::kWaitsForBallot, names,
                absl::StrCat(Listed(names), share.size() == 1 ? " waits" : " wait",
                             " for a ballot that may give ", province, " its last flag"));
      KeepFlags(province, share.at_most);
      return;
    }
    const bool goes_to_ballot = category_->award.boundary != Boundary::kAllOut;
    LeaveOpen(
        share.at_most, goes_to_ballot ? OpenCause::kBallot : OpenCause::kLeftOut, names,
        absl::StrCat(Listed(names), " share rank ", share.units.front()->rank, " and ", province,
                     " can have only ", share.at_most, " more ",
                     share.at_most == 1 ? "flag" : "flags", goes_to_ballot ? kBallotDecides : ""));
    if (goes_to_ballot) {
      KeepFlags(province, share.at_most);
    } else {
      closed_provinces_.insert(province);
    }
  }

  void KeepFlags(const std::string& province, int64_t flags) {
    if (limit_ > 0) provinces_[province].possible += flags;
  }

  void LeaveOpen(int64_t places, OpenCause cause, const std::vector<std::string>& units,
                 std::string_view reason) {
    result_.open_places.push_back(
        {.category = category_->category,
         .award = category_->award.id,
         .places = places,
         .cause = cause,
         .units = units,
         .description = absl::StrCat(
             places, " of ", category_->quota.places, " places of ", category_->award.id,
             places == 1 ? " stays open: " : " stay open: ", common::sv(reason), ".")});
  }

  void Add(const Candidate& candidate, const std::string& place) {
    std::string grounds =
        absl::StrCat("rank ", candidate.rank, " of ", category_->candidates.size(), ", ", place,
                     " of quota ", category_->quota.places);
    if (!candidate.ballot.empty()) {
      absl::StrAppend(&grounds, ", elected by ", candidate.ballot);
    }
    if (!passed_over_.empty()) {
      absl::StrAppend(&grounds, "; passed over: ", absl::StrJoin(passed_over_, ", "));
    }
    result_.nominees.push_back({.category = category_->category,
                                .award = category_->award.id,
                                .unit = candidate.unit,
                                .province_unit = candidate.province_unit,
                                .rank = candidate.rank,
                                .grounds = std::move(grounds),
                                .ballot = candidate.ballot});
  }

  const int64_t limit_;
  std::map<std::string, ProvinceFlags> provinces_{};
  NominationResult result_{};
  // Of the category at work.
  const CategoryResult* category_ = nullptr;
  int64_t places_left_ = 0;
  std::vector<std::string> passed_over_{};
  // Provinces whose flags stay empty because units that share a rank were all left out; nobody
  // behind them gets these flags in this category.
  std::set<std::string> closed_provinces_{};
};

}  // namespace

Quota ComputeQuota(const Award& award, int64_t entrants, int64_t eligible,
                   int64_t meeting_standard) {
  if (const auto* fixed = std::get_if<FixedQuota>(&award.quota)) {
    return {.places = fixed->places, .working = std::to_string(fixed->places)};
  }
  const auto* share = std::get_if<ShareQuota>(&award.quota);
  if (share == nullptr) return {};
  int64_t units = entrants;
  if (share->basis == ShareBasis::kEligible) units = eligible;
  if (share->basis == ShareBasis::kMeetingStandard) units = meeting_standard;
  const Rational exact =
      (Rational(units) * Rational(share->percent)).DividedBy(Rational(100)).value_or(Rational());
  const int64_t places = std::max<int64_t>(1, exact.Floor().ToInteger().value_or(0));
  return {.places = places,
          .working = absl::StrCat("max(1, floor(", units, " × ", share->percent.ToString(),
                                  " / 100)) = ", places)};
}

void ApplyBallot(const Ballot& ballot, CategoryResult& category) {
  if (ballot.award != category.award.id || ballot.state != BallotState::kClosed ||
      ballot.result.outcome == BallotOutcome::kNoQuorum) {
    return;
  }
  std::vector<std::pair<Candidate*, const Tally*>> decided;
  for (const Tally& tally : ballot.result.tallies) {
    const auto found = std::ranges::find(category.candidates, tally.candidate, &Candidate::unit);
    if (found == category.candidates.end() || found->rank == 0) return;
    if (!decided.empty() && Order(*found) != Order(*decided.front().first)) return;
    decided.emplace_back(&*found, &tally);
  }
  for (const auto& [candidate, tally] : decided) {
    candidate->tie_places.push_back(tally->elected ? 1 : tally->tied ? 2 : 3);
    if (tally->elected) candidate->ballot = ballot.name;
  }
}

NominationResult Nominate(std::span<const CategoryResult> categories, int flags_per_province) {
  Nominator nominator(flags_per_province);
  for (const CategoryResult& category : categories) nominator.Nominate(category);
  return std::move(nominator).Result();
}

}  // namespace awards
