#include "services/awards/domain/scaling.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_join.h"
#include "common/expression/power.h"
#include "services/awards/domain/field.h"
#include "services/awards/domain/gathering.h"
#include "services/awards/domain/measuring.h"
#include "services/awards/domain/working.h"

namespace awards {
namespace {

using common::Rational;
using common::expression::ErrorKind;
using common::expression::Number;
using common::expression::Outcome;

LineValue Absent(LineBasis basis, std::vector<Input> inputs) {
  return {.basis = basis, .inputs = std::move(inputs)};
}

const Comparison& ComparisonOf(const Criterion& criterion, const LineContext& context) {
  static const Comparison kNone;
  const auto found = context.field.comparisons.find(criterion.id);
  return found == context.field.comparisons.end() ? kNone : found->second;
}

// One line on its way: its measure, and the points with their working.
class ScaledLine {
 public:
  ScaledLine(const Measure& measure, const Criterion& criterion, const LineContext& context)
      : criterion_(criterion),
        context_(context),
        measured_(TakeMeasure(measure, criterion, context.unit, context.detail)) {}

  bool HasValue() const { return measured_.basis == LineBasis::kFormula; }
  const Rational& value() const { return measured_.value; }
  // The value in a working; as `method` compares it.
  const std::string& brief() const { return measured_.brief; }
  bool explains() const { return context_.detail == Detail::kExplained; }
  std::string max() const { return criterion_.max_points.ToString(); }
  Rational maximum() const { return criterion_.max_points; }

  // The line without points: why there is no value.
  LineValue WithoutPoints() && {
    return {.basis = measured_.basis,
            .inputs = std::move(measured_.inputs),
            .problem = std::move(measured_.problem)};
  }

  LineValue Without(LineBasis basis, std::string problem) && {
    return {.basis = basis, .inputs = std::move(measured_.inputs), .problem = std::move(problem)};
  }

  // The line with `points` that do not depend on how great the value is exactly.
  LineValue With(Rational points, std::string working) && {
    measured_.is_exact = true;
    return std::move(*this).WithComputed(std::move(points), std::move(working));
  }

  // The line with `points` that were computed from the value, kept between 0 and the maximum if
  // `is_kept`; `is_exact` says whether what else went into them is exact.
  LineValue WithComputed(Rational points, std::string working, bool is_exact = true,
                         bool is_kept = true) && {
    KeptPoints kept{.points = points, .working = std::move(working)};
    if (is_kept) {
      kept = Keep(points, criterion_, std::move(kept.working), context_.detail);
    }
    const bool was_changed = kept.points != points;
    if (explains() && measured_.text != measured_.brief) {
      kept.working = Text(measured_.text, "; ", kept.working);
    }
    return {.points = std::move(kept.points),
            .inputs = std::move(measured_.inputs),
            .working = std::move(kept.working),
            .is_exact = was_changed || (is_exact && measured_.is_exact)};
  }

 private:
  const Criterion& criterion_;
  const LineContext& context_;
  Measured measured_;
};

// M × (value - from) / (to - from), for `to` other than `from`.
LineValue Between(ScaledLine line, const Rational& from, const Rational& to, bool is_kept = true) {
  Rational points = line.maximum() * Quotient(line.value() - from, to - from);
  std::string working;
  if (line.explains()) {
    working = Text(line.max(), " × (", line.brief(), " - ", Brief(from), ") / (", Brief(to), " - ",
                   Brief(from), ")");
  }
  return std::move(line).WithComputed(std::move(points), std::move(working), true, is_kept);
}

// `18 ≤ 10 → 0`: points that do not depend on how far beyond `edge` the value is.
LineValue BeyondEdge(ScaledLine line, std::string_view sign, const Rational& edge,
                     const Rational& points) {
  std::string working;
  if (line.explains()) {
    working = Text(line.brief(), " ", sign, " ", Brief(edge), " → ", Brief(points));
  }
  return std::move(line).With(points, std::move(working));
}

// ln(value / zero_at), for a value above 0.
Number LogarithmOf(const Rational& value, const Rational& zero_at) {
  const Outcome outcome = common::expression::Ln({.value = Quotient(value, zero_at)});
  const auto* number = std::get_if<Number>(&outcome);
  return number == nullptr ? Number{} : *number;
}

LineValue Logarithmic(ScaledLine line, const Goalposts& posts, const Comparison& comparison) {
  const bool is_clipped = posts.beyond == Goalposts::Beyond::kClipped;
  const bool rises = posts.zero_at < posts.full_at;
  const Rational low = rises ? posts.zero_at : posts.full_at;
  const Rational high = rises ? posts.full_at : posts.zero_at;
  const Rational at_low = rises ? Rational() : line.maximum();
  const Rational at_high = rises ? line.maximum() : Rational();
  if (is_clipped && line.value() <= low) return BeyondEdge(std::move(line), "≤", low, at_low);
  if (is_clipped && line.value() >= high) return BeyondEdge(std::move(line), "≥", high, at_high);
  if (line.value() <= Rational()) {
    return std::move(line).Without(LineBasis::kUndefined, "logarithm of 0 or less");
  }
  const Number logarithm = LogarithmOf(line.value(), posts.zero_at);
  Rational points = line.maximum() * Quotient(logarithm.value, comparison.log_span);
  std::string working;
  if (line.explains()) {
    working = Text(line.max(), " × ln(", line.brief(), " / ", Brief(posts.zero_at), ") / ln(",
                   Brief(posts.full_at), " / ", Brief(posts.zero_at), ")");
  }
  return std::move(line).WithComputed(std::move(points), std::move(working), logarithm.is_exact,
                                      false);
}

// --- Comparison with the category ---

// Why a comparison is empty, as a working; empty if it is not.
std::string_view EvenSign(const Relative& relative, const Comparison& comparison) {
  const std::vector<Rational>& values = comparison.values;
  if (values.empty()) return "n = 0";
  switch (relative.method) {
    case Relative::Method::kMinMax:
    case Relative::Method::kZScore:
      return values.front() == values.back() ? "min = max" : "";
    case Relative::Method::kSum:
      return comparison.sum <= Rational() ? "Σ ≤ 0" : "";
    case Relative::Method::kVector:
      return comparison.square_sum.is_zero() ? "Σ² = 0" : "";
    case Relative::Method::kRank:
      return values.size() == 1 ? "n = 1" : "";
    case Relative::Method::kLeader:
      return relative.direction == Direction::kHigherIsBetter && values.back() <= Rational()
                 ? "max ≤ 0"
                 : "";
    case Relative::Method::kUnspecified:
      break;
  }
  return "";
}

LineValue EvenLine(ScaledLine line, Relative::Even even, std::string_view sign) {
  if (even == Relative::Even::kNotApplicable) {
    return std::move(line).Without(LineBasis::kNotApplicable, "");
  }
  Rational points;
  if (even == Relative::Even::kFull) points = line.maximum();
  if (even == Relative::Even::kHalf) points = Quotient(line.maximum(), Rational(2));
  std::string working;
  if (line.explains()) working = Text(sign, " → ", Brief(points));
  return std::move(line).With(std::move(points), std::move(working));
}

// A share of M, or of what is left of it: `5 × 18 / 120`, `5 × (1 - 18 / 120)`.
LineValue ShareOf(ScaledLine line, const Rational& value, const Rational& whole,
                  const std::string& whole_text, Direction direction, bool is_exact) {
  const bool lower = direction == Direction::kLowerIsBetter;
  Rational share = Quotient(value, whole);
  if (lower) share = Rational(1) - share;
  std::string working;
  if (line.explains()) {
    const std::string quotient = Text(line.brief(), " / ", whole_text);
    working =
        lower ? Text(line.max(), " × (1 - ", quotient, ")") : Text(line.max(), " × ", quotient);
  }
  Rational points = line.maximum() * share;
  return std::move(line).WithComputed(std::move(points), std::move(working), is_exact);
}

LineValue ZScoreLine(ScaledLine line, const Rational& value, const Relative& relative,
                     const Comparison& comparison) {
  const bool lower = relative.direction == Direction::kLowerIsBetter;
  const Rational span = Rational(relative.z_span.value_or(common::Decimal::FromInteger(1)));
  const Rational distance = lower ? comparison.mean - value : value - comparison.mean;
  const Rational half = Quotient(Rational(1), Rational(2));
  const Rational z = Quotient(distance, comparison.deviation);
  Rational points = line.maximum() * (half + Quotient(z, span * Rational(2)));
  std::string working;
  if (line.explains()) {
    const std::string mean = Brief(comparison.mean);
    working = Text(line.max(), " × (1/2 + (", lower ? mean : line.brief(), " - ",
                   lower ? line.brief() : mean, ") / ", Brief(comparison.deviation), " / (2 × ",
                   Brief(span), "))");
  }
  return std::move(line).WithComputed(std::move(points), std::move(working), comparison.is_exact);
}

LineValue RankLine(ScaledLine line, const Relative& relative, const Comparison& comparison) {
  const RankAmong place = FindRank(comparison.values, line.value(), relative.direction);
  const Rational count(static_cast<int64_t>(comparison.values.size()));
  const Rational better(static_cast<int64_t>(place.better));
  const Rational average =
      better + Quotient(Rational(static_cast<int64_t>(place.equal) + 1), Rational(2));
  Rational points = line.maximum() * Quotient(count - average, count - Rational(1));
  std::string working;
  if (line.explains()) {
    working = Text(line.max(), " × (", Brief(count), " - ", Brief(average), ") / (", Brief(count),
                   " - 1)");
  }
  return std::move(line).With(std::move(points), std::move(working));
}

LineValue DistanceToLeader(ScaledLine line, const Relative& relative,
                           const Comparison& comparison) {
  const bool lower = relative.direction == Direction::kLowerIsBetter;
  const Rational best = lower ? comparison.values.front() : comparison.values.back();
  if (lower && line.value() <= Rational()) {
    const Rational maximum = line.maximum();
    return BeyondEdge(std::move(line), "≤", Rational(), maximum);
  }
  const Rational share = lower ? Quotient(best, line.value()) : Quotient(line.value(), best);
  std::string working;
  if (line.explains()) {
    const std::string top = lower ? Brief(best) : line.brief();
    working = Text(line.max(), " × ", top, " / ", lower ? line.brief() : Brief(best));
  }
  Rational points = line.maximum() * share;
  return std::move(line).WithComputed(std::move(points), std::move(working));
}

// Points of place `index` from 0.
Rational PointsOfPlace(const RankPoints& ranked, size_t index) {
  return index < ranked.points.size() ? ranked.points[index] : ranked.otherwise;
}

LineValue AveragedPlaces(ScaledLine line, const RankPoints& ranked, const RankAmong& place,
                         const std::string& count) {
  Rational sum;
  std::vector<std::string> terms;
  for (size_t i = place.better; i < place.better + place.equal; ++i) {
    sum += PointsOfPlace(ranked, i);
    if (line.explains()) terms.push_back(Brief(PointsOfPlace(ranked, i)));
  }
  std::string working;
  if (line.explains()) {
    working = Text("#", std::to_string(place.better + 1), "–",
                   std::to_string(place.better + place.equal), " / ", count, " → (",
                   absl::StrJoin(terms, " + "), ") / ", std::to_string(place.equal));
  }
  Rational points = Quotient(sum, Rational(static_cast<int64_t>(place.equal)));
  return std::move(line).With(std::move(points), std::move(working));
}

// --- Half for the target, half by the excess ---

// Points without a target. Inputs are the caller's.
LineValue Untargeted(const GatheredWithTarget& actual, const LeaderRelative& leader,
                     const Criterion& criterion, const LineContext& context) {
  const bool lower = leader.direction == Direction::kLowerIsBetter;
  const bool explains = context.detail == Detail::kExplained;
  const Rational best = ComparisonOf(criterion, context).best_untargeted.value_or(Rational());
  LineValue line;
  if (actual.value <= Rational()) {
    if (lower) line.points = criterion.max_points;
    if (explains) line.working = Text(actual.text, " ≤ 0 → ", Brief(line.points));
    return line;
  }
  const Rational share = lower ? Quotient(best, actual.value) : Quotient(actual.value, best);
  line.points = Rational(criterion.max_points) * share;
  if (explains) {
    line.working = Text(criterion.max_points.ToString(), " × ", lower ? Brief(best) : actual.text,
                        " / ", lower ? actual.text : Brief(best));
  }
  return line;
}

// Points with a target above 0. Inputs are the caller's.
LineValue Targeted(const GatheredWithTarget& actual, const LeaderRelative& leader,
                   const Criterion& criterion, const LineContext& context) {
  const bool lower = leader.direction == Direction::kLowerIsBetter;
  const bool explains = context.detail == Detail::kExplained;
  const Rational half = Quotient(criterion.max_points, Rational(2));
  const std::string half_text = explains ? Text(criterion.max_points.ToString(), " / 2") : "";
  const std::string& better_text = lower ? actual.target_text : actual.text;
  const std::string& worse_text = lower ? actual.text : actual.target_text;
  const Rational excess = ExcessOf(actual.value, actual.target, leader.direction);
  if (excess.is_negative()) {
    // Where less is better, a value that misses a target above 0 is above 0, too.
    const Rational share =
        lower ? Quotient(actual.target, actual.value) : Quotient(actual.value, actual.target);
    KeptPoints kept =
        Keep(half * share, criterion,
             explains ? Text(half_text, " × ", better_text, " / ", worse_text) : std::string(),
             context.detail);
    return {.points = std::move(kept.points), .working = std::move(kept.working)};
  }
  LineValue line{.points = half, .working = half_text};
  const std::optional<Rational>& best = ComparisonOf(criterion, context).best_excess;
  if (!best.has_value()) return line;
  line.points += half * Quotient(excess, *best);
  if (explains) {
    line.working = Text(half_text, " + ", half_text, " × (", better_text, " - ", worse_text, ") / ",
                        actual.target_text, " / ", Brief(*best));
  }
  return line;
}

}  // namespace

LineValue ScaleLine(const Goalposts& posts, const Criterion& criterion,
                    const LineContext& context) {
  ScaledLine line(posts.measure, criterion, context);
  if (!line.HasValue()) return std::move(line).WithoutPoints();
  if (posts.scale == Goalposts::Scale::kLogarithmic) {
    return Logarithmic(std::move(line), posts, ComparisonOf(criterion, context));
  }
  return Between(std::move(line), posts.zero_at, posts.full_at,
                 posts.beyond == Goalposts::Beyond::kClipped);
}

LineValue ScaleLine(const Piecewise& piecewise, const Criterion& criterion,
                    const LineContext& context) {
  ScaledLine line(piecewise.measure, criterion, context);
  if (!line.HasValue()) return std::move(line).WithoutPoints();
  const std::vector<Vertex>& vertices = piecewise.vertices;
  const Vertex& first = vertices.front();
  const Vertex& last = vertices.back();
  if (line.value() <= Rational(first.at)) {
    return BeyondEdge(std::move(line), "≤", first.at, first.points);
  }
  if (line.value() >= Rational(last.at)) {
    return BeyondEdge(std::move(line), "≥", last.at, last.points);
  }
  const auto to = std::ranges::find_if(
      vertices, [&](const Vertex& vertex) { return line.value() <= Rational(vertex.at); });
  const Vertex& from = *std::prev(to);
  const Rational rise = Rational(to->points) - Rational(from.points);
  Rational points =
      Rational(from.points) +
      Quotient(line.value() - Rational(from.at), Rational(to->at) - Rational(from.at)) * rise;
  std::string working;
  if (line.explains()) {
    working = Text(from.points.ToString(), " + (", line.brief(), " - ", from.at.ToString(), ") / (",
                   to->at.ToString(), " - ", from.at.ToString(), ") × (", to->points.ToString(),
                   " - ", from.points.ToString(), ")");
  }
  return std::move(line).WithComputed(std::move(points), std::move(working));
}

LineValue ScaleLine(const Relative& relative, const Criterion& criterion,
                    const LineContext& context) {
  ScaledLine line(relative.measure, criterion, context);
  if (!line.HasValue()) return std::move(line).WithoutPoints();
  const Comparison& comparison = ComparisonOf(criterion, context);
  const std::string_view even = EvenSign(relative, comparison);
  if (!even.empty()) return EvenLine(std::move(line), relative.even, even);
  const Rational value = ComparedValue(line.value(), relative.method);
  const Direction direction = relative.direction;
  switch (relative.method) {
    case Relative::Method::kSum:
      return ShareOf(std::move(line), value, comparison.sum, Brief(comparison.sum), direction,
                     true);
    case Relative::Method::kVector:
      return ShareOf(std::move(line), value, comparison.norm,
                     Text("√", Brief(comparison.square_sum)), direction, comparison.is_exact);
    case Relative::Method::kZScore:
      return ZScoreLine(std::move(line), value, relative, comparison);
    case Relative::Method::kRank:
      return RankLine(std::move(line), relative, comparison);
    case Relative::Method::kLeader:
      return DistanceToLeader(std::move(line), relative, comparison);
    case Relative::Method::kMinMax:
    case Relative::Method::kUnspecified:
      break;
  }
  const bool lower = direction == Direction::kLowerIsBetter;
  const std::vector<Rational>& values = comparison.values;
  return Between(std::move(line), lower ? values.back() : values.front(),
                 lower ? values.front() : values.back());
}

LineValue ScaleLine(const RankPoints& ranked, const Criterion& criterion,
                    const LineContext& context) {
  ScaledLine line(ranked.measure, criterion, context);
  if (!line.HasValue()) return std::move(line).WithoutPoints();
  const Comparison& comparison = ComparisonOf(criterion, context);
  const bool is_dense = ranked.ties == RankPoints::Ties::kDense;
  const RankAmong place = FindRank(is_dense ? comparison.distinct_values : comparison.values,
                                   line.value(), ranked.direction);
  const std::string count = std::to_string(comparison.values.size());
  if (ranked.ties == RankPoints::Ties::kAverage && place.equal > 1) {
    return AveragedPlaces(std::move(line), ranked, place, count);
  }
  Rational points = PointsOfPlace(ranked, place.better);
  std::string working;
  if (line.explains()) {
    working = Text("#", std::to_string(place.better + 1), " / ", count, " → ", Brief(points));
  }
  return std::move(line).With(std::move(points), std::move(working));
}

LineValue ScaleLine(const LeaderRelative& leader, const Criterion& criterion,
                    const LineContext& context) {
  GatheredWithTarget actual = GatherWithTargets(leader.indicators, context.unit, context.detail);
  if (actual.basis != LineBasis::kFormula) return Absent(actual.basis, std::move(actual.inputs));
  const bool has_goal = actual.has_target && actual.target > Rational();
  LineValue line = has_goal ? Targeted(actual, leader, criterion, context)
                            : Untargeted(actual, leader, criterion, context);
  line.inputs = std::move(actual.inputs);
  return line;
}

LineValue ScaleLine(const CustomExpression& custom, const Criterion& criterion,
                    const LineContext& context) {
  Evaluated result = EvaluateExpression(custom.expression, criterion, context.unit, context.detail);
  LineValue line{.basis = result.basis,
                 .inputs = std::move(result.inputs),
                 .problem = std::move(result.problem)};
  const auto* number = std::get_if<Number>(&result.value);
  if (line.basis != LineBasis::kFormula || number == nullptr) return line;
  line.points = Keep(number->value, criterion, "", Detail::kPoints).points;
  line.is_exact = number->is_exact || line.points != number->value;
  if (context.detail == Detail::kPoints) return line;
  line.working = Text(custom.expression.parsed->ToText(), " ", Shown(number->value));
  if (line.points != number->value) line.working += Text(" → ", Brief(line.points));
  return line;
}

}  // namespace awards
