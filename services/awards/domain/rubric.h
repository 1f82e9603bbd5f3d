// How units of one category are scored and ranked, as data. Mirrors
// proto/thidua/awards/v1/rubric.proto, which is its specification: every comment there holds here.
//
// An enum's kUnspecified, a std::monostate and an empty optional stand for what a request left out.
// ValidateRubric refuses them, so they do not occur in a stored rubric.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_RUBRIC_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_RUBRIC_H_

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "services/awards/domain/violations.h"

namespace awards {

// A text in Vietnamese and English; the English one may be empty.
struct LocalizedText {
  std::string vi{};
  std::string en{};

  bool operator==(const LocalizedText&) const = default;
};

// What a line gets if its figures are missing, or said not to apply.
enum class Absence { kUnspecified, kZero, kFull, kRedistribute, kBlock };

// What a target of 0 means to a ratio.
enum class ZeroTarget { kUnspecified, kNotApplicable, kFull, kZero };

// Something counted: exactly one of the three.
struct IndicatorCount {
  // `indicators/{code}`.
  std::string indicator{};
};
struct EventCount {};
struct RestatementCount {};
using Count = std::variant<std::monostate, IndicatorCount, EventCount, RestatementCount>;

struct Ratio {
  std::vector<std::string> indicators{};
  ZeroTarget zero_target = ZeroTarget::kUnspecified;
};

struct InverseRatio {
  std::vector<std::string> indicators{};
};

// Which side of its threshold a band is on.
enum class BandLimit { kUnspecified, kAtLeast, kAtMost };

struct Band {
  BandLimit limit = BandLimit::kUnspecified;
  common::Decimal threshold{};
  common::Decimal points{};
};

struct Bands {
  std::vector<std::string> numerator{};
  // Empty if the bands are of the figure itself, not of a percentage.
  std::vector<std::string> denominator{};
  std::vector<Band> bands{};
  common::Decimal otherwise{};
};

struct PerItem {
  Count count{};
  common::Decimal points{};
};

struct Manual {
  common::Decimal step{};
};

struct OnTimeShare {};

struct DeltaEvents {
  common::Decimal start{};
  Count count{};
  common::Decimal points{};
};

struct ReportDelays {
  common::Decimal in_grace{};
  common::Decimal late{};
  common::Decimal missing{};
};

struct TargetReached {
  std::string indicator{};
  common::Decimal percent{};
};
struct FullMarks {
  // The id of the other criterion.
  std::string criterion{};
};
using Condition = std::variant<std::monostate, TargetReached, FullMarks>;

struct AllOf {
  std::vector<Condition> conditions{};
};

struct ReportedPoints {
  std::string indicator{};
};

using Formula = std::variant<std::monostate, Ratio, InverseRatio, Bands, PerItem, Manual,
                             OnTimeShare, DeltaEvents, ReportDelays, AllOf, ReportedPoints>;

struct Criterion {
  std::string id{};
  LocalizedText title{};
  common::Decimal max_points{};
  Absence on_missing = Absence::kUnspecified;
  Absence on_not_applicable = Absence::kUnspecified;
  Formula formula{};
};

struct Group {
  std::string id{};
  LocalizedText title{};
  std::vector<Criterion> criteria{};
};

// Bonus or penalty.
struct Extra {
  std::vector<Criterion> criteria{};
  common::Decimal cap{};
};

struct Rounding {
  // Places after the decimal point, 0 to 6.
  int scale = 0;
  std::optional<common::RoundingMode> mode{};
};

// Steps of a tie-break chain.
struct ByBaseTotal {};
struct ByGroup {
  // The group's id.
  std::string group{};
};
struct ByFullTotal {};
struct ByPenalty {};
using TieBreak = std::variant<std::monostate, ByBaseTotal, ByGroup, ByFullTotal, ByPenalty>;

enum class RankStyle { kUnspecified, kCompetition, kDense };
enum class RankBasis { kUnspecified, kRoundedTotal, kFullTotal };

struct Rubric {
  // `rubrics/{rubric}`; not checked by ValidateRubric.
  std::string name{};
  LocalizedText title{};
  std::string legal_basis{};
  std::vector<Group> groups{};
  std::optional<Extra> bonus{};
  std::optional<Extra> penalty{};
  Rounding rounding{};
  RankBasis rank_basis = RankBasis::kUnspecified;
  std::vector<TieBreak> tie_breaks{};
  RankStyle rank_style = RankStyle::kUnspecified;
};

// All that is wrong with `rubric`, added to what parsing it found; empty if it can be stored. Paths
// begin with `rubric`, such as `rubric.groups[2].criteria[0].ratio.indicators[0]`. Reasons are
// RUBRIC_INVALID, or REQUIRED_FIELD_MISSING and INVALID_NAME where those say it more exactly;
// report with `violations.ToStatus(kRubricInvalid)`. Beyond what the contract says field by field:
// - an id has at most 32 characters;
// - a maximum is a multiple of its manual step, so that it can be reached;
// - a cap has no more places than lines are rounded to, so that totals can be printed exactly;
// - `full_marks` refers to a criterion that has no such condition itself, so there are no circles.
Violations ValidateRubric(const Rubric& rubric, Violations violations = {});

// The criterion with this id, in a group, the bonus or the penalty; null if there is none. Points
// into `rubric`.
const Criterion* FindCriterion(const Rubric& rubric, std::string_view id);

// Whether `criterion` counts events that are recorded for it.
bool CountsEvents(const Criterion& criterion);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_RUBRIC_H_
