#include "services/awards/domain/formula_check.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/expression/evaluate.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/awards/domain/measuring.h"
#include "services/awards/domain/reasons.h"

namespace awards {
namespace {

using common::Decimal;
using common::Rational;
using common::expression::Mention;
using common::expression::ReferenceKind;
using common::expression::ValueType;

// An expression of which nothing is known: it is an error only if it always is.
class NothingKnown final : public common::expression::Resolver {
 public:
  common::expression::Operand Resolve(
      const common::expression::Reference& /*reference*/) const override {
    return common::expression::Missing{};
  }
};

bool IsCounted(const Measure& measure) {
  return std::holds_alternative<RecordedEvents>(measure.of) ||
         std::holds_alternative<CountedRestatements>(measure.of);
}

// Checks one formula; a field that parsing has reported already is not reported again.
class FormulaCheck {
 public:
  FormulaCheck(const Rubric& rubric, const PlacedCriterion& placed, Violations& violations)
      : rubric_(rubric), is_extra_(placed.is_extra), violations_(violations) {}

  void Check(const Criterion& criterion, const std::string& path) {
    std::visit([&](const auto& formula) { CheckFormula(formula, criterion, path); },
               criterion.formula);
  }

 private:
  void Add(const std::string& path, std::string_view description) {
    violations_.Add(path, kRubricInvalid, description);
  }

  void Require(bool is_there, const std::string& path, std::string_view description) {
    if (!is_there) violations_.Add(path, common::kRequiredFieldMissing, description);
  }

  void CheckFormula(std::monostate /*none*/, const Criterion& /*criterion*/,
                    const std::string& path) {
    Require(false, Join(path, "formula"), "say how the points come about");
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
    if (!bands.measure.has_value()) {
      CheckIndicators(bands.numerator, Join(path, "numerator"));
      if (!bands.denominator.empty()) CheckIndicators(bands.denominator, Join(path, "denominator"));
    } else {
      CheckMeasure(*bands.measure, Join(path, "measure"));
      if (!bands.numerator.empty() || !bands.denominator.empty()) {
        Add(Join(path, "measure"), "bands are of a measure, or of a numerator, not of both");
      }
    }
    Require(!bands.bands.empty(), Join(path, "bands"), "at least one band is required");
    for (size_t i = 0; i < bands.bands.size(); ++i) {
      const std::string item = Item(Join(path, "bands"), i);
      CheckWithinMaximum(bands.bands[i].points, criterion, root,
                         Join(Item("bands.bands", i), "points"));
      if (bands.bands[i].limit == BandLimit::kUnspecified) {
        Require(HasThresholdReported(item), Join(item, "threshold"),
                "say from or up to which value the band goes");
        continue;
      }
      if (i > 0)
        CheckOrder(bands.bands[i - 1], bands.bands[i], Item(Join(path, "bands"), i - 1), item);
      if (bands.measure.has_value()) CheckReachable(bands, i, item);
    }
    CheckWithinMaximum(bands.otherwise, criterion, root, "bands.otherwise");
  }

  // Whether a value that is rounded, or counted, can fall into the band.
  void CheckReachable(const Bands& bands, size_t index, const std::string& path) {
    const Band& band = bands.bands[index];
    const bool goes_down = band.limit == BandLimit::kAtLeast;
    const std::string field = Join(path, goes_down ? "at_least" : "at_most");
    const bool is_counted = IsCounted(*bands.measure);
    const bool has_before = index > 0 && bands.bands[index - 1].limit == band.limit;
    const Rational before = has_before ? Rational(bands.bands[index - 1].threshold) : Rational();
    const Rational threshold(band.threshold);
    if (is_counted && (goes_down ? has_before && before <= Rational() : threshold.is_negative())) {
      Add(field, "no value falls into the band: a count is at least 0");
      return;
    }
    if (!has_before || (!is_counted && !bands.measure->precision.has_value())) return;
    const int scale = is_counted ? 0 : bands.measure->precision->scale;
    if (scale < 0 || scale > Decimal::kMaxScale) return;
    // The value next to the threshold on the band's side.
    Rational unit(1);
    for (int i = 0; i < scale; ++i) unit = unit * Rational(10);
    const Rational multiple = goes_down ? -(-threshold * unit).Floor() : (threshold * unit).Floor();
    const Rational nearest = multiple.DividedBy(unit).value_or(Rational());
    if (goes_down ? nearest >= before : nearest <= before) {
      Add(field, "no value falls into the band, as values are rounded before");
    }
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
      const Condition& condition = all_of.conditions[i];
      if (const auto* target = std::get_if<TargetReached>(&condition)) {
        CheckIndicator(target->indicator, Join(item, "target_reached.indicator"));
      } else if (const auto* marks = std::get_if<FullMarks>(&condition)) {
        CheckFullMarks(*marks, criterion, Join(item, "full_marks"));
      } else if (const auto* reached = std::get_if<MeasureReached>(&condition)) {
        CheckMeasureReached(*reached, Join(item, "measure_reached"));
      } else if (const auto* expression = std::get_if<WrittenExpression>(&condition)) {
        CheckExpression(*expression, ValueType::kBoolean, Join(item, "expression"));
      } else {
        Require(false, item, "say what must hold");
      }
    }
  }

  void CheckMeasureReached(const MeasureReached& reached, const std::string& path) {
    CheckMeasure(reached.measure, Join(path, "measure"));
    if (reached.limit == BandLimit::kUnspecified) {
      Require(HasThresholdReported(path), Join(path, "threshold"),
              "say what the measure is at least, or at most");
    }
  }

  void CheckFormula(const Goalposts& posts, const Criterion& /*criterion*/,
                    const std::string& root) {
    const std::string path = Join(root, "goalposts");
    CheckMeasure(posts.measure, Join(path, "measure"));
    Require(posts.scale != Goalposts::Scale::kUnspecified, Join(path, "scale"),
            "say what lies between the goalposts");
    Require(posts.beyond != Goalposts::Beyond::kUnspecified, Join(path, "beyond"),
            "say what lies beyond the goalposts");
    if (is_extra_ && posts.beyond == Goalposts::Beyond::kUnclipped) {
      Add(Join(path, "beyond"), "points of a bonus or penalty are clipped");
    }
    if (violations_.Has(Join(path, "zero_at"))) return;
    if (posts.zero_at == posts.full_at) {
      Add(Join(path, "full_at"), "the goalposts are equal, which would divide by 0");
    } else if (posts.scale == Goalposts::Scale::kLogarithmic) {
      for (const auto& [field, value] :
           {std::pair("zero_at", posts.zero_at), std::pair("full_at", posts.full_at)}) {
        if (value <= Decimal()) {
          Add(Join(path, field), "a logarithmic goalpost is above 0");
        }
      }
    }
  }

  void CheckFormula(const Piecewise& piecewise, const Criterion& criterion,
                    const std::string& root) {
    const std::string path = Join(root, "piecewise");
    CheckMeasure(piecewise.measure, Join(path, "measure"));
    if (piecewise.vertices.size() < 2) {
      Add(Join(path, "vertices"), "a line goes through at least two vertices");
    }
    for (size_t i = 0; i < piecewise.vertices.size(); ++i) {
      const std::string item = Item("piecewise.vertices", i);
      CheckWithinMaximum(piecewise.vertices[i].points, criterion, root, Join(item, "points"));
      const std::string field = Join(Join(root, item), "at");
      const std::string before = Join(Join(root, Item("piecewise.vertices", i - 1)), "at");
      if (i > 0 && !violations_.Has(before) &&
          piecewise.vertices[i].at <= piecewise.vertices[i - 1].at) {
        Add(field, "vertices go from the lowest value to the highest");
      }
    }
  }

  void CheckFormula(const Relative& relative, const Criterion& /*criterion*/,
                    const std::string& root) {
    const std::string path = Join(root, "relative");
    CheckMeasure(relative.measure, Join(path, "measure"));
    Require(relative.method != Relative::Method::kUnspecified, Join(path, "method"),
            "say how units are compared");
    Require(relative.direction != Direction::kUnspecified, Join(path, "direction"),
            "say whether more or less is better");
    Require(relative.even != Relative::Even::kUnspecified, Join(path, "even"),
            "say what units get if the comparison is even");
    const std::string span = Join(path, "z_span");
    if (relative.method == Relative::Method::kZScore) {
      Require(relative.z_span.has_value(), span, "say how many deviations get all points");
      if (relative.z_span.has_value() && *relative.z_span <= Decimal()) {
        Add(span, "the span is above 0");
      }
    } else if (relative.z_span.has_value()) {
      Add(span, "only a z-score has a span");
    }
  }

  void CheckFormula(const RankPoints& ranked, const Criterion& criterion, const std::string& root) {
    const std::string path = Join(root, "rank_points");
    CheckMeasure(ranked.measure, Join(path, "measure"));
    Require(ranked.direction != Direction::kUnspecified, Join(path, "direction"),
            "say whether more or less is better");
    Require(ranked.ties != RankPoints::Ties::kUnspecified, Join(path, "ties"),
            "say what units with equal values get");
    Require(!ranked.points.empty(), Join(path, "points"), "points of the first place are required");
    for (size_t i = 0; i < ranked.points.size(); ++i) {
      const std::string item = Item("rank_points.points", i);
      CheckWithinMaximum(ranked.points[i], criterion, root, item);
      if (i > 0 && ranked.points[i] > ranked.points[i - 1]) {
        Add(Join(root, item), "a later place gets no more than the one before it");
      }
    }
    CheckWithinMaximum(ranked.otherwise, criterion, root, "rank_points.otherwise");
    if (!ranked.points.empty() && ranked.otherwise > ranked.points.back()) {
      Add(Join(path, "otherwise"), "a later place gets no more than the one before it");
    }
  }

  void CheckFormula(const LeaderRelative& leader, const Criterion& /*criterion*/,
                    const std::string& root) {
    CheckIndicators(leader.indicators, Join(root, "leader_relative.indicators"));
    Require(leader.direction != Direction::kUnspecified, Join(root, "leader_relative.direction"),
            "say whether more or less is better");
  }

  void CheckFormula(const CustomExpression& custom, const Criterion& /*criterion*/,
                    const std::string& root) {
    CheckExpression(custom.expression, ValueType::kNumber, Join(root, "custom.expression"));
  }

  void CheckMeasure(const Measure& measure, const std::string& path) {
    std::visit([&](const auto& source) { CheckSource(source, path); }, measure.of);
    if (measure.precision.has_value()) {
      CheckRounding(*measure.precision, Decimal::kMaxScale, Join(path, "precision"), violations_);
    }
  }
  void CheckSource(std::monostate /*none*/, const std::string& path) {
    Require(false, path, "say what is measured");
  }
  void CheckSource(const FigureSum& sum, const std::string& path) {
    CheckIndicators(sum.indicators, Join(path, "figures.indicators"));
  }
  void CheckSource(const Percentage& share, const std::string& path) {
    CheckIndicators(share.numerator, Join(path, "percentage.numerator"));
    CheckIndicators(share.denominator, Join(path, "percentage.denominator"));
  }
  void CheckSource(const PercentOfTarget& reached, const std::string& path) {
    CheckIndicators(reached.indicators, Join(path, "percent_of_target.indicators"));
  }
  void CheckSource(const Growth& growth, const std::string& path) {
    CheckIndicators(growth.indicators, Join(path, "growth.indicators"));
    if (!growth.base.empty()) CheckIndicators(growth.base, Join(path, "growth.base"));
  }
  void CheckSource(const WrittenExpression& expression, const std::string& path) {
    CheckExpression(expression, ValueType::kNumber, Join(path, "expression"));
  }
  void CheckSource(const RecordedEvents& /*events*/, const std::string& /*path*/) {}
  void CheckSource(const CountedRestatements& /*restatements*/, const std::string& /*path*/) {}

  void CheckExpression(const WrittenExpression& expression, ValueType type,
                       const std::string& path) {
    Require(!expression.text.empty(), path, "an expression is required");
    if (!expression.parsed.has_value()) {
      if (!expression.text.empty()) Add(path, "the expression cannot be read");
      return;
    }
    if (expression.parsed->type() != type) {
      Add(path, type == ValueType::kNumber ? "the expression must give a number"
                                           : "the expression must be true or false");
    }
    for (const Mention& mention : expression.parsed->References()) CheckMention(mention, path);
    const auto value = common::expression::Evaluate(*expression.parsed, NothingKnown());
    if (const auto* error = std::get_if<common::expression::EvaluationError>(&value)) {
      Add(path, absl::StrCat("column ", error->column, ": ",
                             common::sv(common::expression::ToText(error->kind)),
                             " whatever the figures are"));
    }
  }

  void CheckMention(const Mention& mention, const std::string& path) {
    const std::string where = absl::StrCat("column ", mention.column, ": ");
    const ReferenceKind kind = mention.reference.kind;
    if (kind == ReferenceKind::kPrevious || kind == ReferenceKind::kSum) {
      Add(path, absl::StrCat(where, "a round knows one period and no breakdowns, so there is no `",
                             kind == ReferenceKind::kSum ? "sum" : "previous", "`"));
    } else if (kind != ReferenceKind::kCurrent && IsReservedVariable(mention.reference.variable)) {
      Add(path, absl::StrCat(where, mention.reference.variable, " is no indicator"));
    }
  }

  void CheckFormula(const ReportedPoints& reported, const Criterion& /*criterion*/,
                    const std::string& path) {
    CheckIndicator(reported.indicator, Join(path, "reported_points.indicator"));
  }

  void CheckFullMarks(const FullMarks& marks, const Criterion& criterion, const std::string& path) {
    const Criterion* other = nullptr;
    for (const PlacedCriterion& placed : CriteriaOf(rubric_)) {
      if (!placed.is_extra && placed.criterion->id == marks.criterion) other = placed.criterion;
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

  const Rubric& rubric_;
  const bool is_extra_;
  Violations& violations_;
};

}  // namespace

void CheckFormula(const Rubric& rubric, const PlacedCriterion& placed, Violations& violations) {
  FormulaCheck(rubric, placed, violations).Check(*placed.criterion, placed.path);
}

void CheckRounding(const Rounding& rounding, int scale_max, const std::string& path,
                   Violations& violations) {
  if (!rounding.mode.has_value()) {
    violations.Add(Join(path, "mode"), common::kRequiredFieldMissing, "say how values are rounded");
  }
  if (rounding.scale < 0 || rounding.scale > scale_max) {
    violations.Add(Join(path, "scale"), kRubricInvalid,
                   absl::StrCat("places are from 0 to ", scale_max));
  }
}

}  // namespace awards
