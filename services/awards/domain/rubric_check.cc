#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/awards/domain/aggregation.h"
#include "services/awards/domain/formula_check.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/round.h"
#include "services/awards/domain/rubric.h"

namespace awards {
namespace {

using common::Decimal;
using common::Rational;

constexpr size_t kMaxIdLength = 32;
constexpr int kMaxScale = 6;

bool IsCriterionId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxIdLength && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
  });
}

// Whether a criterion stands where maxima can be spread over others.
enum class Place { kGroup, kExtra };

bool IsWeighted(Aggregation aggregation) {
  return aggregation == Aggregation::kWeightedMean || aggregation == Aggregation::kGeometricMean;
}

bool IsSum(Aggregation aggregation) {
  return aggregation == Aggregation::kUnspecified || aggregation == Aggregation::kSum;
}

bool IsUnclipped(const Criterion& criterion) {
  const auto* posts = std::get_if<Goalposts>(&criterion.formula);
  return posts != nullptr && posts->beyond == Goalposts::Beyond::kUnclipped;
}

// Checks one rubric; a field that parsing has reported already is not reported again.
class RubricCheck {
 public:
  RubricCheck(const Rubric& rubric, Violations violations)
      : rubric_(rubric), violations_(std::move(violations)) {}

  Violations Run() && {
    CheckHead();
    for (size_t i = 0; i < rubric_.groups.size(); ++i) {
      CheckGroup(rubric_.groups[i], Item("rubric.groups", i), Parent{});
    }
    CheckExtra(rubric_.bonus, "rubric.bonus");
    CheckExtra(rubric_.penalty, "rubric.penalty");
    for (const PlacedCriterion& placed : CriteriaOf(rubric_)) {
      CheckFormula(rubric_, placed, violations_);
    }
    for (size_t i = 0; i < rubric_.tie_breaks.size(); ++i) {
      CheckTieBreak(rubric_.tie_breaks[i], Item("rubric.tie_breaks", i));
    }
    CheckTiers();
    for (size_t i = 0; i < rubric_.legal_documents.size(); ++i) {
      CheckLegalDocument(rubric_.legal_documents[i], Item("rubric.legal_documents", i));
    }
    return std::move(violations_);
  }

 private:
  // What a group or criterion stands in.
  struct Parent {
    bool is_weighted = false;
    bool is_geometric = false;
    int depth = 0;
  };

  void Add(const std::string& path, std::string_view description) {
    violations_.Add(path, kRubricInvalid, description);
  }

  void Require(bool is_there, const std::string& path, std::string_view description) {
    if (!is_there) violations_.Add(path, common::kRequiredFieldMissing, description);
  }

  void CheckHead() {
    Require(!rubric_.title.vi.empty(), "rubric.title.vi", "the Vietnamese title is required");
    Require(!rubric_.legal_basis.empty(), "rubric.legal_basis", "the legal basis is required");
    Require(!rubric_.groups.empty(), "rubric.groups", "at least one group is required");
    Require(rubric_.rounding.mode.has_value(), "rubric.rounding.mode", "say how lines are rounded");
    if (rubric_.rounding.scale < 0 || rubric_.rounding.scale > kMaxScale) {
      Add("rubric.rounding.scale", "lines are rounded to 0 to 6 places");
    }
    CheckOwnRounding(rubric_.base_rounding, "rubric.base_rounding");
    if (rubric_.rank_rounding.has_value()) {
      CheckRounding(*rubric_.rank_rounding, kMaxScale, "rubric.rank_rounding", violations_);
    }
    CheckPercent(rubric_.minimum_data, "rubric.minimum_data");
    Require(rubric_.rank_basis != RankBasis::kUnspecified, "rubric.rank_basis",
            "say which total units are ranked by");
    Require(rubric_.rank_style != RankStyle::kUnspecified, "rubric.rank_style",
            "say how equal units share ranks");
    if (!rubric_.predecessor.empty() && !IsNameIn("rubrics", rubric_.predecessor)) {
      violations_.Add("rubric.predecessor", common::kInvalidName,
                      "a rubric is named rubrics/{rubric}");
    } else if (!rubric_.predecessor.empty() && rubric_.predecessor == rubric_.name) {
      Add("rubric.predecessor", "a rubric does not replace itself");
    }
  }

  // A rounding below that of the rubric, whose places all points are printed with.
  void CheckOwnRounding(const std::optional<Rounding>& rounding, const std::string& path) {
    if (!rounding.has_value()) return;
    CheckRounding(*rounding, std::clamp(rubric_.rounding.scale, 0, kMaxScale), path, violations_);
  }

  void CheckPercent(const std::optional<Decimal>& percent, const std::string& path) {
    if (!percent.has_value()) return;
    if (*percent <= Decimal() || *percent > Decimal::FromInteger(100)) {
      Add(path, "a share is in percent, above 0 and at most 100");
    }
  }

  void CheckId(const std::string& id, std::set<std::string>& taken, const std::string& path) {
    if (!IsCriterionId(id)) {
      Require(!id.empty(), path, "an id is required");
      Add(path, "an id has 1 to 32 letters, digits, dots and hyphens");
    } else if (!taken.insert(id).second) {
      Add(path, "the id is taken by another one of this rubric");
    }
  }

  void CheckWeight(const std::optional<Decimal>& weight, const Parent& parent,
                   const std::string& root) {
    const std::string path = Join(root, "weight");
    if (!parent.is_weighted) {
      if (weight.has_value()) Add(path, "only children of a weighted mean have weights");
    } else if (!weight.has_value()) {
      Require(false, path, "a child of a weighted mean has a weight");
    } else if (*weight <= Decimal()) {
      Add(path, "a weight is above 0");
    }
  }

  void CheckGroup(const Group& group, const std::string& path, const Parent& parent) {
    CheckId(group.id, group_ids_, Join(path, "id"));
    Require(!group.title.vi.empty(), Join(path, "title.vi"), "the Vietnamese title is required");
    CheckWeight(group.weight, parent, path);
    CheckOwnRounding(group.rounding, Join(path, "rounding"));
    CheckPercent(group.minimum_data, Join(path, "minimum_data"));
    CheckMaximum(group, path);
    Require(!group.criteria.empty() || !group.groups.empty(), Join(path, "criteria"),
            "at least one criterion is required");
    const Parent self{
        .is_weighted = IsWeighted(group.aggregation),
        .is_geometric = parent.is_geometric || group.aggregation == Aggregation::kGeometricMean,
        .depth = parent.depth + 1};
    CheckCriteria(group.criteria, path, Place::kGroup, self);
    if (group.aggregation == Aggregation::kGeometricMean) CheckGeometricWeights(group, path);
    if (self.depth >= kGroupDepthMax && !group.groups.empty()) {
      Add(Join(path, "groups"), "groups stand in groups at most 16 deep");
      return;
    }
    for (size_t i = 0; i < group.groups.size(); ++i) {
      CheckGroup(group.groups[i], Item(Join(path, "groups"), i), self);
    }
  }

  void CheckMaximum(const Group& group, const std::string& root) {
    const std::string path = Join(root, "max_points");
    if (!group.max_points.has_value()) {
      Require(IsSum(group.aggregation), path, "only a sum goes without a maximum of its own");
      return;
    }
    if (*group.max_points <= Decimal()) {
      Add(path, "a maximum is above 0");
    } else if (group.max_points->scale() > rubric_.rounding.scale) {
      Add(path, "the maximum has more places than lines are rounded to");
    } else if (IsSum(group.aggregation)) {
      Group sum = group;
      sum.max_points.reset();
      if (Rational(*group.max_points) > MaximumOf(sum)) {
        Add(path, "the maxima of the children do not add up to as much, so it cannot be reached");
      }
    }
  }

  void CheckGeometricWeights(const Group& group, const std::string& path) {
    std::vector<Rational> weights;
    const auto take = [&](const std::optional<Decimal>& weight) {
      if (weight.has_value() && *weight > Decimal()) weights.emplace_back(*weight);
    };
    for (const Criterion& criterion : group.criteria) take(criterion.weight);
    for (const Group& child : group.groups) take(child.weight);
    const std::optional<Rational> sum = SumOfWholeWeights(weights);
    if (sum.has_value() && *sum > Rational(kGeometricWeightsMax)) {
      Add(Join(path, "aggregation"),
          "weights of a geometric mean, as whole numbers, add up to at most 1,000");
    }
  }

  void CheckExtra(const std::optional<Extra>& extra, const std::string& path) {
    if (!extra.has_value()) return;
    Require(!extra->criteria.empty(), Join(path, "criteria"), "at least one criterion is required");
    CheckCriteria(extra->criteria, path, Place::kExtra, Parent{});
    if (extra->cap <= Decimal()) {
      Add(Join(path, "cap"), "the cap is above 0");
    } else if (extra->cap.scale() > rubric_.rounding.scale) {
      Add(Join(path, "cap"), "the cap has more places than lines are rounded to");
    }
  }

  void CheckCriteria(const std::vector<Criterion>& criteria, const std::string& path, Place place,
                     const Parent& parent) {
    for (size_t i = 0; i < criteria.size(); ++i) {
      CheckCriterion(criteria[i], Item(Join(path, "criteria"), i), place, parent);
    }
  }

  void CheckCriterion(const Criterion& criterion, const std::string& path, Place place,
                      const Parent& parent) {
    CheckId(criterion.id, criterion_ids_, Join(path, "id"));
    Require(!criterion.title.vi.empty(), Join(path, "title.vi"),
            "the Vietnamese title is required");
    if (criterion.max_points <= Decimal()) Add(Join(path, "max_points"), "a maximum is above 0");
    CheckAbsence(criterion.on_missing, Join(path, "on_missing"), place);
    CheckAbsence(criterion.on_not_applicable, Join(path, "on_not_applicable"), place);
    if (criterion.on_undefined != Absence::kUnspecified) {
      CheckAbsence(criterion.on_undefined, Join(path, "on_undefined"), place);
    }
    CheckWeight(criterion.weight, parent, path);
    CheckOwnRounding(criterion.rounding, Join(path, "rounding"));
    if (parent.is_geometric && IsUnclipped(criterion)) {
      Add(Join(path, "goalposts.beyond"), "points in a geometric mean are clipped");
    }
  }

  void CheckAbsence(Absence absence, const std::string& path, Place place) {
    Require(absence != Absence::kUnspecified, path, "say what the line gets then");
    if (absence == Absence::kRedistribute && place == Place::kExtra) {
      Add(path, "points of a bonus or penalty cannot be spread over other lines");
    }
  }

  void CheckTieBreak(const TieBreak& step, const std::string& path) {
    Require(!std::holds_alternative<std::monostate>(step), path, "say what is compared");
    const auto* by_group = std::get_if<ByGroup>(&step);
    if (by_group != nullptr && !group_ids_.contains(by_group->group)) {
      Add(Join(path, "group"), "no group has this id");
    }
    const auto* by_criterion = std::get_if<ByCriterion>(&step);
    if (by_criterion != nullptr && !criterion_ids_.contains(by_criterion->criterion)) {
      Add(Join(path, "criterion"), "no criterion has this id");
    }
  }

  // The greatest total there can be; empty if it has no bound.
  std::optional<Rational> GreatestTotal() const {
    Rational sum = rubric_.bonus.has_value() ? Rational(rubric_.bonus->cap) : Rational();
    for (const Group& group : rubric_.groups) sum += MaximumOf(group);
    for (const PlacedCriterion& placed : CriteriaOf(rubric_)) {
      if (IsUnclipped(*placed.criterion)) return std::nullopt;
    }
    return sum;
  }

  void CheckTiers() {
    std::set<std::string> ids;
    const std::optional<Rational> greatest = GreatestTotal();
    const Decimal* before = nullptr;
    for (size_t i = 0; i < rubric_.tiers.size(); ++i) {
      const Tier& tier = rubric_.tiers[i];
      const std::string path = Item("rubric.tiers", i);
      CheckId(tier.id, ids, Join(path, "id"));
      Require(!tier.title.vi.empty(), Join(path, "title.vi"), "the Vietnamese title is required");
      const std::string field = Join(path, "at_least");
      if (!tier.at_least.has_value()) {
        Require(i + 1 == rubric_.tiers.size(), field, "only the last class goes without");
        continue;
      }
      if (before != nullptr && *tier.at_least >= *before) {
        Add(field, "classes go from the highest threshold to the lowest");
      } else if (greatest.has_value() && Rational(*tier.at_least) > *greatest) {
        Add(field, "no total can be as high");
      }
      before = &*tier.at_least;
    }
  }

  void CheckLegalDocument(const LegalDocument& document, const std::string& path) {
    Require(!document.number.empty(), Join(path, "number"), "a number is required");
    Require(!document.issue_date.empty(), Join(path, "issue_date"), "a day is required");
    const std::pair<std::string_view, const std::string&> days[] = {
        {"issue_date", document.issue_date},
        {"valid_from", document.valid_from},
        {"valid_until", document.valid_until}};
    for (const auto& [field, day] : days) {
      if (!day.empty() && !ParseDate(day).ok())
        Add(Join(path, field), "a day is written YYYY-MM-DD");
    }
    if (!document.valid_from.empty() && !document.valid_until.empty() &&
        document.valid_until < document.valid_from) {
      Add(Join(path, "valid_until"), "it ends before it begins");
    }
  }

  const Rubric& rubric_;
  Violations violations_;
  std::set<std::string> group_ids_{};
  std::set<std::string> criterion_ids_{};
};

}  // namespace

Violations ValidateRubric(const Rubric& rubric, Violations violations) {
  return RubricCheck(rubric, std::move(violations)).Run();
}

}  // namespace awards
