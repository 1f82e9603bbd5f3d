// One review of a cluster year: who competes for which award. Mirrors
// proto/thidua/awards/v1/round.proto, which is its specification. What a request left out is
// kUnspecified, std::monostate or empty, and refused by ValidateRound.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_ROUND_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_ROUND_H_

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/decimal/decimal.h"
#include "services/awards/domain/inputs.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/score.h"
#include "services/awards/domain/violations.h"

namespace awards {

enum class RoundState { kOpen, kScored, kNominated };

enum class Entrants {
  kUnspecified,
  kMembers,
  kAgriculturalCooperatives,
  kNonAgriculturalCooperatives,
};

// What happens to units that share the last rank within the quota beyond their number.
enum class Boundary { kUnspecified, kAllIn, kAllOut, kBallot };

// What an award is for; unspecified is merit.
enum class AwardKind { kUnspecified, kMerit, kThematic };

// Which units a share is of.
enum class ShareBasis { kUnspecified, kEntrants, kEligible, kMeetingStandard };

// This many, at least 1.
struct FixedQuota {
  int places = 0;
};
// max(1, floor(N x percent / 100)).
struct ShareQuota {
  common::Decimal percent{};
  ShareBasis basis = ShareBasis::kUnspecified;
  // The total that meets the standard; only with kMeetingStandard.
  std::optional<common::Decimal> standard{};
};
using QuotaRule = std::variant<std::monostate, FixedQuota, ShareQuota>;

struct Award {
  std::string id{};
  LocalizedText title{};
  QuotaRule quota{};
  Boundary boundary = Boundary::kUnspecified;
  AwardKind kind = AwardKind::kUnspecified;
};

// Conditions of a nomination.
struct PactSigned {};
struct ReportsComplete {};
struct MinimumTotal {
  common::Decimal points{};
};
struct MinimumAge {
  // 1 to 1,200.
  int months = 0;
  // `YYYY-MM-DD`.
  std::string date{};
};
struct FigureAtMost {
  // `indicators/{code}`.
  std::string indicator{};
  common::Decimal number{};
};
// Conditions that what happened to the unit decides, see UnitRecord.
struct NoHold {};
struct NoRevocation {};
struct NotDissolved {};
using GateCondition = std::variant<std::monostate, PactSigned, ReportsComplete, MinimumTotal,
                                   MinimumAge, FigureAtMost, NoHold, NoRevocation, NotDissolved>;

struct Gate {
  std::string id{};
  LocalizedText title{};
  GateCondition condition{};
};

struct Category {
  std::string id{};
  LocalizedText title{};
  Entrants entrants = Entrants::kUnspecified;
  std::string rubric{};
  std::string form{};
  std::string period{};
  Award award{};
  std::vector<Gate> gates{};
};

// A round that was opened again.
struct Reopening {
  // `rounds/{round}/results/{number}` that stood then.
  std::string result{};
  std::string person{};
  std::string reason{};
  absl::Time time{};
};

struct Round {
  // `rounds/{round}`; not checked by ValidateRound.
  std::string name{};
  LocalizedText title{};
  std::string cluster_year{};
  // In the order in which flags are given.
  std::vector<Category> categories{};
  // 0 for no limit.
  int flags_per_province = 0;
  RoundState state = RoundState::kOpen;
  // Empty until scored.
  std::string snapshot_hash{};
  // When the newest scores were made.
  std::optional<absl::Time> score_time{};
  // `rounds/{round}/results/{number}`; empty before nominations are issued.
  std::string result{};
  // Oldest first.
  std::vector<Reopening> reopenings{};
};

// What happened to a unit outside its figures.
struct UnitRecord {
  // A hold is placed on it.
  bool has_hold = false;
  // An award was taken back from it in the calendar year of the cluster year.
  bool has_revocation = false;
  // It was merged into another.
  bool is_dissolved = false;
};

// All that is wrong with a new `round`, added to what parsing it found; empty if it can be stored.
// Paths begin with `round`, such as `round.categories[0].award.share.percent`. Reasons are
// REQUIRED_FIELD_MISSING, INVALID_NAME, INVALID_FIELD and INVALID_DATE. Whether rubrics and the
// cluster year exist is not checked. A gate on the pact is only for members, one on
// the age only for cooperatives.
Violations ValidateRound(const Round& round, Violations violations = {});

// The ids of the gates of `category` that a unit fails, in the category's order. A minimum total is
// compared with the total as printed; a sheet without one fails. A founding day or figure that is
// not known, and a figure said not to apply, fail.
std::vector<std::string> FailedGates(const Category& category, const UnitInputs& inputs,
                                     const ScoreSheet& sheet, const UnitRecord& record = {});

// The ids of those gates that `record` alone fails.
std::vector<std::string> FailedByRecord(const Category& category, const UnitRecord& record);

// Whether the sheet's total, as printed, meets the standard of the award's share; false where the
// award has none.
bool MeetsStandard(const Award& award, const ScoreSheet& sheet);

// A day `YYYY-MM-DD` of the years 1900 to 9999. INVALID_ARGUMENT, without a path:
// REQUIRED_FIELD_MISSING for an empty text, INVALID_DATE for any other that is not a day.
absl::StatusOr<absl::CivilDay> ParseDate(std::string_view text);

// The day `months` after `day`; the last day of the month if that month is too short.
absl::CivilDay AddMonths(absl::CivilDay day, int months);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_ROUND_H_
