#include "services/awards/domain/rubric.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/awards/domain/reasons.h"

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

// Checks one rubric; a field that parsing has reported already is not reported again.
class RubricCheck {
 public:
  RubricCheck(const Rubric& rubric, Violations violations)
      : rubric_(rubric), violations_(std::move(violations)) {}

  Violations Run() && {
    CheckHead();
    for (size_t i = 0; i < rubric_.groups.size(); ++i) {
      CheckGroup(rubric_.groups[i], Item("rubric.groups", i));
    }
    CheckExtra(rubric_.bonus, "rubric.bonus");
    CheckExtra(rubric_.penalty, "rubric.penalty");
    for (size_t i = 0; i < rubric_.tie_breaks.size(); ++i) {
      CheckTieBreak(rubric_.tie_breaks[i], Item("rubric.tie_breaks", i));
    }
    return std::move(violations_);
  }

 private:
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
    Require(rubric_.rank_basis != RankBasis::kUnspecified, "rubric.rank_basis",
            "say which total units are ranked by");
    Require(rubric_.rank_style != RankStyle::kUnspecified, "rubric.rank_style",
            "say how equal units share ranks");
  }

  void CheckId(const std::string& id, std::set<std::string>& taken, const std::string& path) {
    if (!IsCriterionId(id)) {
      Require(!id.empty(), path, "an id is required");
      Add(path, "an id has 1 to 32 letters, digits, dots and hyphens");
    } else if (!taken.insert(id).second) {
      Add(path, "the id is taken by another one of this rubric");
    }
  }

  void CheckGroup(const Group& group, const std::string& path) {
    CheckId(group.id, group_ids_, Join(path, "id"));
    Require(!group.title.vi.empty(), Join(path, "title.vi"), "the Vietnamese title is required");
    CheckCriteria(group.criteria, path, Place::kGroup);
  }

  void CheckExtra(const std::optional<Extra>& extra, const std::string& path) {
    if (!extra.has_value()) return;
    CheckCriteria(extra->criteria, path, Place::kExtra);
    if (extra->cap <= Decimal()) {
      Add(Join(path, "cap"), "the cap is above 0");
    } else if (extra->cap.scale() > rubric_.rounding.scale) {
      Add(Join(path, "cap"), "the cap has more places than lines are rounded to");
    }
  }

  void CheckCriteria(const std::vector<Criterion>& criteria, const std::string& path, Place place) {
    Require(!criteria.empty(), Join(path, "criteria"), "at least one criterion is required");
    for (size_t i = 0; i < criteria.size(); ++i) {
      CheckCriterion(criteria[i], Item(Join(path, "criteria"), i), place);
    }
  }

  void CheckCriterion(const Criterion& criterion, const std::string& path, Place place) {
    CheckId(criterion.id, criterion_ids_, Join(path, "id"));
    Require(!criterion.title.vi.empty(), Join(path, "title.vi"),
            "the Vietnamese title is required");
    if (criterion.max_points <= Decimal()) Add(Join(path, "max_points"), "a maximum is above 0");
    CheckAbsence(criterion.on_missing, Join(path, "on_missing"), place);
    CheckAbsence(criterion.on_not_applicable, Join(path, "on_not_applicable"), place);
    std::visit(
        [&](const auto& formula) {
          using Kind = std::decay_t<decltype(formula)>;
          if constexpr (std::is_same_v<Kind, std::monostate>) {
            Require(false, Join(path, "formula"), "say how the points come about");
          } else {
            CheckFormula(formula, criterion, path);
          }
        },
        criterion.formula);
  }

  void CheckAbsence(Absence absence, const std::string& path, Place place) {
    Require(absence != Absence::kUnspecified, path, "say what the line gets then");
    if (absence == Absence::kRedistribute && place == Place::kExtra) {
      Add(path, "points of a bonus or penalty cannot be spread over other lines");
    }
  }

  void CheckFormula(const Ratio& ratio, const Criterion& /*criterion*/, const std::string& path) {
    CheckIndicators(ratio.indicators, Join(path, "ratio.indicators"));
    Require(ratio.zero_target != ZeroTarget::kUnspecified, Join(path, "ratio.zero_target"),
            "say what a target of 0 means");
  }

  void CheckFormula(const InverseRatio& ratio, const Criterion& /*criterion*/,
                    const std::string& path) {
    CheckIndicators(ratio.indicators, Join(path, "inverse_ratio.indicators"));
  }

  void CheckFormula(const Bands& bands, const Criterion& criterion, const std::string& root) {
    const std::string path = Join(root, "bands");
    CheckIndicators(bands.numerator, Join(path, "numerator"));
    if (!bands.denominator.empty()) CheckIndicators(bands.denominator, Join(path, "denominator"));
    Require(!bands.bands.empty(), Join(path, "bands"), "at least one band is required");
    for (size_t i = 0; i < bands.bands.size(); ++i) {
      const std::string item = Item(Join(path, "bands"), i);
      CheckWithinMaximum(bands.bands[i].points, criterion, root,
                         Join(Item("bands.bands", i), "points"));
      if (bands.bands[i].limit == BandLimit::kUnspecified) {
        Require(HasThresholdReported(item), Join(item, "threshold"),
                "say from or up to which value the band goes");
      } else if (i > 0) {
        CheckOrder(bands.bands[i - 1], bands.bands[i], Item(Join(path, "bands"), i - 1), item);
      }
    }
    CheckWithinMaximum(bands.otherwise, criterion, root, "bands.otherwise");
  }

  bool HasThresholdReported(const std::string& band) const {
    return violations_.Has(Join(band, "at_least")) || violations_.Has(Join(band, "at_most"));
  }

  // A band whose threshold could not be read is in order with any other.
  void CheckOrder(const Band& before, const Band& band, const std::string& path_before,
                  const std::string& path) {
    if (before.limit == BandLimit::kUnspecified || HasThresholdReported(path_before)) return;
    const bool goes_down = band.limit == BandLimit::kAtLeast;
    const std::string field = Join(path, goes_down ? "at_least" : "at_most");
    if (before.limit != band.limit) {
      Add(field, "all bands of a list say at_least, or all say at_most");
    } else if (goes_down && band.threshold >= before.threshold) {
      Add(field, "bands go from the highest threshold to the lowest");
    } else if (!goes_down && band.threshold <= before.threshold) {
      Add(field, "bands go from the lowest threshold to the highest");
    }
  }

  void CheckFormula(const PerItem& per_item, const Criterion& /*criterion*/,
                    const std::string& path) {
    CheckCount(per_item.count, Join(path, "per_item.count"));
    if (per_item.points <= Decimal()) Add(Join(path, "per_item.points"), "points are above 0");
  }

  void CheckFormula(const Manual& manual, const Criterion& criterion, const std::string& path) {
    const std::string field = Join(path, "manual.step");
    if (manual.step <= Decimal()) {
      Add(field, "a step is above 0");
    } else if (!violations_.Has(Join(path, "max_points")) && !Rational(criterion.max_points)
                                                                  .DividedBy(manual.step)
                                                                  .value_or(Rational())
                                                                  .ToInteger()
                                                                  .has_value()) {
      Add(field, "the maximum is not a multiple of the step, so it could not be given");
    }
  }

  void CheckFormula(const OnTimeShare& /*share*/, const Criterion& /*criterion*/,
                    const std::string& /*path*/) {}

  void CheckFormula(const DeltaEvents& delta, const Criterion& criterion, const std::string& path) {
    CheckWithinMaximum(delta.start, criterion, path, "delta_events.start");
    CheckCount(delta.count, Join(path, "delta_events.count"));
    if (delta.points.is_zero()) Add(Join(path, "delta_events.points"), "points are not 0");
  }

  void CheckFormula(const ReportDelays& delays, const Criterion& /*criterion*/,
                    const std::string& path) {
    const std::pair<std::string_view, Decimal> fields[] = {
        {"in_grace", delays.in_grace}, {"late", delays.late}, {"missing", delays.missing}};
    for (const auto& [name, points] : fields) {
      if (points.is_negative()) {
        Add(Join(Join(path, "report_delays"), name), "points are at least 0");
      }
    }
  }

  void CheckFormula(const AllOf& all_of, const Criterion& criterion, const std::string& path) {
    const std::string list = Join(path, "all_of.conditions");
    Require(!all_of.conditions.empty(), list, "at least one condition is required");
    for (size_t i = 0; i < all_of.conditions.size(); ++i) {
      const std::string item = Item(list, i);
      if (const auto* target = std::get_if<TargetReached>(&all_of.conditions[i])) {
        CheckIndicator(target->indicator, Join(item, "target_reached.indicator"));
      } else if (const auto* marks = std::get_if<FullMarks>(&all_of.conditions[i])) {
        CheckFullMarks(*marks, criterion, Join(item, "full_marks"));
      } else {
        Require(false, item, "say what must hold");
      }
    }
  }

  void CheckFormula(const ReportedPoints& reported, const Criterion& /*criterion*/,
                    const std::string& path) {
    CheckIndicator(reported.indicator, Join(path, "reported_points.indicator"));
  }

  void CheckFullMarks(const FullMarks& marks, const Criterion& criterion, const std::string& path) {
    const Criterion* other = nullptr;
    for (const Group& group : rubric_.groups) {
      const auto found = std::ranges::find(group.criteria, marks.criterion, &Criterion::id);
      if (found != group.criteria.end()) other = &*found;
    }
    if (other == nullptr) {
      Add(path, "no criterion of a group has this id");
    } else if (marks.criterion == criterion.id) {
      Add(path, "a criterion cannot depend on itself");
    } else if (const auto* all_of = std::get_if<AllOf>(&other->formula);
               all_of != nullptr && std::ranges::any_of(all_of->conditions, IsFullMarks)) {
      Add(path, "that criterion depends on full marks of another one itself");
    }
  }

  static bool IsFullMarks(const Condition& condition) {
    return std::holds_alternative<FullMarks>(condition);
  }

  void CheckCount(const Count& count, const std::string& path) {
    Require(!std::holds_alternative<std::monostate>(count), path, "say what is counted");
    if (const auto* figure = std::get_if<IndicatorCount>(&count)) {
      CheckIndicator(figure->indicator, Join(path, "indicator"));
    }
  }

  void CheckIndicators(const std::vector<std::string>& indicators, const std::string& path) {
    Require(!indicators.empty(), path, "at least one indicator is required");
    std::set<std::string_view> taken;
    for (size_t i = 0; i < indicators.size(); ++i) {
      CheckIndicator(indicators[i], Item(path, i));
      if (!taken.insert(indicators[i]).second) Add(Item(path, i), "the indicator stands twice");
    }
  }

  void CheckIndicator(const std::string& indicator, const std::string& path) {
    Require(!indicator.empty(), path, "an indicator is required");
    if (!IsIndicatorName(indicator)) {
      violations_.Add(path, common::kInvalidName, "an indicator is named indicators/{code}");
    }
  }

  // `field` of the criterion at `path`; not if its maximum could not be read.
  void CheckWithinMaximum(const Decimal& points, const Criterion& criterion,
                          const std::string& path, std::string_view field) {
    if (violations_.Has(Join(path, "max_points"))) return;
    if (points.is_negative() || points > criterion.max_points) {
      Add(Join(path, field), absl::StrCat("points are from 0 to the maximum of the criterion, ",
                                          criterion.max_points.ToString()));
    }
  }

  void CheckTieBreak(const TieBreak& step, const std::string& path) {
    Require(!std::holds_alternative<std::monostate>(step), path, "say what is compared");
    const auto* by_group = std::get_if<ByGroup>(&step);
    if (by_group != nullptr && !group_ids_.contains(by_group->group)) {
      Add(Join(path, "group"), "no group has this id");
    }
  }

  const Rubric& rubric_;
  Violations violations_;
  std::set<std::string> group_ids_{};
  std::set<std::string> criterion_ids_{};
};

const Count* CountOf(const Criterion& criterion) {
  if (const auto* per_item = std::get_if<PerItem>(&criterion.formula)) return &per_item->count;
  if (const auto* delta = std::get_if<DeltaEvents>(&criterion.formula)) return &delta->count;
  return nullptr;
}

const Criterion* FindIn(const std::vector<Criterion>& criteria, std::string_view id) {
  const auto found = std::ranges::find(criteria, id, &Criterion::id);
  return found == criteria.end() ? nullptr : &*found;
}

}  // namespace

Violations ValidateRubric(const Rubric& rubric, Violations violations) {
  return RubricCheck(rubric, std::move(violations)).Run();
}

const Criterion* FindCriterion(const Rubric& rubric, std::string_view id) {
  for (const Group& group : rubric.groups) {
    if (const Criterion* found = FindIn(group.criteria, id)) return found;
  }
  for (const std::optional<Extra>* extra : {&rubric.bonus, &rubric.penalty}) {
    if (!extra->has_value()) continue;
    if (const Criterion* found = FindIn((*extra)->criteria, id)) return found;
  }
  return nullptr;
}

bool CountsEvents(const Criterion& criterion) {
  const Count* count = CountOf(criterion);
  return count != nullptr && std::holds_alternative<EventCount>(*count);
}

}  // namespace awards
