// How units of one category are scored and ranked, as data. Mirrors
// proto/thidua/awards/v1/rubric.proto, which is its specification: every comment there holds here.
//
// An enum's kUnspecified, a std::monostate and an empty optional stand for what a request left out.
// ValidateRubric refuses them, so they do not occur in a stored rubric.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_RUBRIC_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_RUBRIC_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "services/awards/domain/measure.h"
#include "services/awards/domain/scale.h"
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
  // Instead of numerator and denominator.
  std::optional<Measure> measure{};
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
struct MeasureReached {
  Measure measure{};
  BandLimit limit = BandLimit::kUnspecified;
  common::Decimal threshold{};
};
using Condition =
    std::variant<std::monostate, TargetReached, FullMarks, MeasureReached, WrittenExpression>;

struct AllOf {
  std::vector<Condition> conditions{};
};

struct ReportedPoints {
  std::string indicator{};
};

using Formula =
    std::variant<std::monostate, Ratio, InverseRatio, Bands, PerItem, Manual, OnTimeShare,
                 DeltaEvents, ReportDelays, AllOf, ReportedPoints, Goalposts, Piecewise, Relative,
                 RankPoints, LeaderRelative, CustomExpression>;

struct Criterion {
  std::string id{};
  LocalizedText title{};
  common::Decimal max_points{};
  Absence on_missing = Absence::kUnspecified;
  Absence on_not_applicable = Absence::kUnspecified;
  Formula formula{};
  // In a group with a weighted mean.
  std::optional<common::Decimal> weight{};
  // kUnspecified blocks.
  Absence on_undefined = Absence::kUnspecified;
  // Instead of the rubric's.
  std::optional<Rounding> rounding{};
};

// kUnspecified is kSum.
enum class Aggregation { kUnspecified, kSum, kWeightedMean, kGeometricMean, kMinimum, kMaximum };

struct Group {
  std::string id{};
  LocalizedText title{};
  std::vector<Criterion> criteria{};
  std::vector<Group> groups{};
  Aggregation aggregation = Aggregation::kUnspecified;
  // Empty for a sum that is not capped.
  std::optional<common::Decimal> max_points{};
  // Instead of the rubric's.
  std::optional<Rounding> rounding{};
  // In a group with a weighted mean.
  std::optional<common::Decimal> weight{};
  // In percent.
  std::optional<common::Decimal> minimum_data{};
};

// Bonus or penalty.
struct Extra {
  std::vector<Criterion> criteria{};
  common::Decimal cap{};
};

// Steps of a tie-break chain.
struct ByBaseTotal {};
struct ByGroup {
  // The group's id.
  std::string group{};
};
struct ByFullTotal {};
struct ByPenalty {};
struct ByCriterion {
  // The criterion's id.
  std::string criterion{};
};
struct ByBonus {};
using TieBreak = std::variant<std::monostate, ByBaseTotal, ByGroup, ByFullTotal, ByPenalty,
                              ByCriterion, ByBonus>;

// A class of units by their total.
struct Tier {
  std::string id{};
  LocalizedText title{};
  // Empty for the last one, which takes all units below the others.
  std::optional<common::Decimal> at_least{};
};

// Days are `YYYY-MM-DD`.
struct LegalDocument {
  std::string number{};
  LocalizedText title{};
  std::string issue_date{};
  std::string valid_from{};
  std::string valid_until{};
};

enum class RankStyle { kUnspecified, kCompetition, kDense, kAverage };
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
  // `rubrics/{rubric}` of the one this replaces; may be empty.
  std::string predecessor{};
  std::vector<LegalDocument> legal_documents{};
  // From the highest threshold to the lowest.
  std::vector<Tier> tiers{};
  std::optional<Rounding> base_rounding{};
  std::optional<Rounding> rank_rounding{};
  // In percent.
  std::optional<common::Decimal> minimum_data{};
};

// How deep groups may stand in groups.
inline constexpr int kGroupDepthMax = 16;

// Weights of a geometric mean, as the smallest integers in the same proportions, add up to at most
// this, so that a root is exact wherever it can be.
inline constexpr int64_t kGeometricWeightsMax = 1000;

// All that is wrong with `rubric`, added to what parsing it found; empty if it can be stored. Paths
// begin with `rubric`, such as `rubric.groups[2].criteria[0].ratio.indicators[0]`. Reasons are
// RUBRIC_INVALID, or REQUIRED_FIELD_MISSING and INVALID_NAME where those say it more exactly;
// report with `violations.ToStatus(kRubricInvalid)`. Beyond what the contract says field by field:
// - an id has at most 32 characters;
// - a maximum is a multiple of its manual step, so that it can be reached; so can a cap of a sum
//   and the threshold of a tier;
// - a cap has no more places than lines are rounded to, so that totals can be printed exactly;
// - `full_marks` refers to a criterion that has no such condition itself, so there are no circles;
// - an expression is no error whatever the figures are, such as `1 / 0`;
// - kGroupDepthMax and kGeometricWeightsMax.
Violations ValidateRubric(const Rubric& rubric, Violations violations = {});

// An indicator that a rubric refers to.
struct IndicatorUse {
  // `indicators/{code}`.
  std::string indicator{};
  // Of the field that has it, or of the expression it stands in.
  std::string path{};
};

// Every indicator of `rubric`, once for each field that has it, in the order of the contract.
std::vector<IndicatorUse> IndicatorsOf(const Rubric& rubric);

// Whether a formula looks at figures of the year before.
bool UsesLastYear(const Rubric& rubric);

// A criterion and where it stands.
struct PlacedCriterion {
  // Points into the rubric; never null.
  const Criterion* criterion = nullptr;
  // Such as `rubric.groups[0].groups[1].criteria[2]`.
  std::string path{};
  // Of the bonus or the penalty.
  bool is_extra = false;
};

// All criteria in the rubric's order: groups (a group's criteria before its groups), bonus,
// penalty.
std::vector<PlacedCriterion> CriteriaOf(const Rubric& rubric);

// The most a group can get.
common::Rational MaximumOf(const Group& group);

// The group with this id, at whatever level; null if there is none. Points into `rubric`.
const Group* FindGroup(const Rubric& rubric, std::string_view id);

// The criterion with this id, in a group, the bonus or the penalty; null if there is none. Points
// into `rubric`.
const Criterion* FindCriterion(const Rubric& rubric, std::string_view id);

// The measure that a formula turns into points; null if it has none. Points into `formula`.
const Measure* MeasureOf(const Formula& formula);

// Whether `criterion` counts events that are recorded for it.
bool CountsEvents(const Criterion& criterion);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_RUBRIC_H_
