#include "services/awards/domain/formula.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/strings/str_join.h"
#include "services/awards/domain/field.h"
#include "services/awards/domain/gathering.h"
#include "services/awards/domain/measuring.h"
#include "services/awards/domain/scaling.h"
#include "services/awards/domain/working.h"

namespace awards {
namespace {

using common::Decimal;
using common::Rational;

// `points` between 0 and the criterion's maximum.
Rational Kept(const Rational& points, const Criterion& criterion) {
  if (points.is_negative()) return {};
  Rational maximum(criterion.max_points);
  return points > maximum ? maximum : points;
}

LineValue Absent(LineBasis basis, std::vector<Input> inputs) {
  return {.basis = basis, .inputs = std::move(inputs)};
}

// M × min(1, above / below), for a `below` other than 0.
LineValue CappedShare(const Rational& above, const Rational& below, const std::string& above_text,
                      const std::string& below_text, const Criterion& criterion, Detail detail) {
  const Rational share = Quotient(above, below);
  LineValue line{.points = Kept(Rational(criterion.max_points) * share, criterion)};
  if (detail == Detail::kPoints) return line;
  const std::string max = criterion.max_points.ToString();
  const std::string capped = Text("min(1, ", above_text, " / ", below_text, ")");
  line.working =
      share.is_negative() ? Text(max, " × max(0, ", capped, ")") : Text(max, " × ", capped);
  return line;
}

// `left` / `right` → the maximum, or 0.
LineValue AllOrNothing(bool is_full, const std::string& left, const std::string& right,
                       const Criterion& criterion, Detail detail) {
  LineValue line;
  if (is_full) line.points = criterion.max_points;
  if (detail == Detail::kPoints) return line;
  line.working =
      Text(left, " / ", right, " → ", is_full ? criterion.max_points.ToString() : std::string("0"));
  return line;
}

// How the value of a band list compares with `band`.
bool Reaches(BandLimit limit, const Decimal& threshold, const Rational& value) {
  return limit == BandLimit::kAtMost ? value <= Rational(threshold) : value >= Rational(threshold);
}

std::string_view SignOf(BandLimit limit, bool is_reached) {
  if (limit == BandLimit::kAtMost) return is_reached ? "≤" : ">";
  return is_reached ? "≥" : "<";
}

struct ConditionResult {
  bool holds = false;
  std::string text{};
  std::vector<Input> inputs{};
};

ConditionResult Check(const TargetReached& condition, const Criterion& /*criterion*/,
                      const LineContext& context) {
  GatheredWithTarget actual =
      GatherWithTargets({condition.indicator}, context.unit, context.detail);
  const bool explains = context.detail == Detail::kExplained;
  ConditionResult result;
  const bool is_decidable =
      actual.basis == LineBasis::kFormula && actual.has_target && !actual.target.is_zero();
  if (is_decidable) {
    const Rational percent = Quotient(actual.value * Rational(100), actual.target);
    result.holds = percent >= Rational(condition.percent);
    if (explains) {
      result.text = Text(actual.text, " / ", actual.target_text, " × 100 ", Shown(percent),
                         result.holds ? " ≥ " : " < ", condition.percent.ToString());
    }
  } else if (explains) {
    const std::string_view absent =
        actual.inputs.front().not_applicable ? kNotApplicableSign : kMissingSign;
    result.text = Text(actual.text.empty() ? absent : std::string_view(actual.text), " / ",
                       actual.has_target ? std::string_view(actual.target_text) : kMissingSign);
  }
  result.inputs = std::move(actual.inputs);
  return result;
}

ConditionResult Check(const FullMarks& condition, const Criterion& /*criterion*/,
                      const LineContext& context) {
  ConditionResult result{.inputs = {{.source = Text("criteria/", condition.criterion)}}};
  const auto mark = context.marks.find(condition.criterion);
  if (mark == context.marks.end() || !mark->second.points.has_value()) {
    result.text = Text("[", condition.criterion, "] ", kMissingSign);
    return result;
  }
  const Rational& points = *mark->second.points;
  result.inputs.front().number = mark->second.number;
  result.holds = points == Rational(mark->second.max_points);
  result.text = Text("[", condition.criterion, "] ", points.ToFraction(),
                     result.holds ? " = " : " < ", mark->second.max_points.ToString());
  return result;
}

// What stands in a condition for a value that is not there.
std::string_view SignOfAbsence(LineBasis basis) {
  return basis == LineBasis::kNotApplicable ? kNotApplicableSign : kMissingSign;
}

ConditionResult Check(const MeasureReached& condition, const Criterion& criterion,
                      const LineContext& context) {
  Measured measured = TakeMeasure(condition.measure, criterion, context.unit, context.detail);
  ConditionResult result{.inputs = std::move(measured.inputs)};
  if (measured.basis != LineBasis::kFormula) {
    result.text = measured.problem.empty() ? SignOfAbsence(measured.basis) : measured.problem;
    return result;
  }
  result.holds = Reaches(condition.limit, condition.threshold, measured.value);
  if (context.detail == Detail::kExplained) {
    result.text = Text(measured.text, " ", SignOf(condition.limit, result.holds), " ",
                       condition.threshold.ToString());
  }
  return result;
}

ConditionResult Check(const WrittenExpression& condition, const Criterion& criterion,
                      const LineContext& context) {
  Evaluated result = EvaluateExpression(condition, criterion, context.unit, context.detail);
  ConditionResult checked{.inputs = std::move(result.inputs)};
  const bool* truth = std::get_if<bool>(&result.value);
  checked.holds = truth != nullptr && *truth;
  if (context.detail == Detail::kPoints) return checked;
  const std::string_view value =
      truth == nullptr ? SignOfAbsence(result.basis) : std::string_view(*truth ? "✓" : "✗");
  checked.text =
      Text("(", condition.parsed->ToText(), ") ", result.problem.empty() ? value : result.problem);
  return checked;
}

LineValue Line(const Ratio& ratio, const Criterion& criterion, const LineContext& context) {
  GatheredWithTarget actual = GatherWithTargets(ratio.indicators, context.unit, context.detail);
  if (actual.basis != LineBasis::kFormula) return Absent(actual.basis, std::move(actual.inputs));
  if (!actual.has_target) return Absent(LineBasis::kMissing, std::move(actual.inputs));
  const bool has_goal = !actual.target.is_zero();
  if (!has_goal && ratio.zero_target == ZeroTarget::kNotApplicable) {
    return Absent(LineBasis::kNotApplicable, std::move(actual.inputs));
  }
  LineValue line = has_goal ? CappedShare(actual.value, actual.target, actual.text,
                                          actual.target_text, criterion, context.detail)
                            : AllOrNothing(ratio.zero_target == ZeroTarget::kFull, actual.text,
                                           actual.target_text, criterion, context.detail);
  line.inputs = std::move(actual.inputs);
  return line;
}

LineValue Line(const InverseRatio& ratio, const Criterion& criterion, const LineContext& context) {
  GatheredWithTarget actual = GatherWithTargets(ratio.indicators, context.unit, context.detail);
  if (actual.basis != LineBasis::kFormula) return Absent(actual.basis, std::move(actual.inputs));
  if (!actual.has_target) return Absent(LineBasis::kMissing, std::move(actual.inputs));
  // Less than nothing is at least as good as nothing.
  LineValue line =
      actual.value <= Rational()
          ? AllOrNothing(true, actual.target_text, actual.text, criterion, context.detail)
          : CappedShare(actual.target, actual.value, actual.target_text, actual.text, criterion,
                        context.detail);
  line.inputs = std::move(actual.inputs);
  return line;
}

// What a band list is of.
Measured MeasureOf(const Bands& bands, const Criterion& criterion, const LineContext& context) {
  if (bands.measure.has_value()) {
    return TakeMeasure(*bands.measure, criterion, context.unit, context.detail);
  }
  Measure measure{.of = FigureSum{.indicators = bands.numerator}};
  if (!bands.denominator.empty()) {
    measure.of = Percentage{.numerator = bands.numerator, .denominator = bands.denominator};
  }
  return TakeMeasure(measure, criterion, context.unit, context.detail);
}

LineValue Line(const Bands& bands, const Criterion& criterion, const LineContext& context) {
  Measured measured = MeasureOf(bands, criterion, context);
  LineValue line{.basis = measured.basis,
                 .inputs = std::move(measured.inputs),
                 .is_exact = measured.is_exact,
                 .problem = std::move(measured.problem)};
  if (line.basis != LineBasis::kFormula) return line;
  const auto band = std::ranges::find_if(bands.bands, [&](const Band& candidate) {
    return Reaches(candidate.limit, candidate.threshold, measured.value);
  });
  const bool is_reached = band != bands.bands.end();
  const Band& compared = is_reached ? *band : bands.bands.back();
  const Decimal points = is_reached ? band->points : bands.otherwise;
  line.points = points;
  // Points of a band are exact whatever the value is.
  line.is_exact = true;
  if (context.detail == Detail::kPoints) return line;
  line.working = Text(measured.text, " ", SignOf(compared.limit, is_reached), " ",
                      compared.threshold.ToString(), " → ", points.ToString());
  return line;
}

LineValue Line(const PerItem& per_item, const Criterion& criterion, const LineContext& context) {
  Gathered count = GatherCount(per_item.count, criterion.id, context.unit, context.detail);
  if (count.basis != LineBasis::kFormula) return Absent(count.basis, std::move(count.inputs));
  const Rational points = count.value * Rational(per_item.points);
  LineValue line{.points = Kept(points, criterion), .inputs = std::move(count.inputs)};
  if (context.detail == Detail::kPoints) return line;
  const std::string capped = Text("min(", criterion.max_points.ToString(), ", ", count.text, " × ",
                                  per_item.points.ToString(), ")");
  line.working = points.is_negative() ? Text("max(0, ", capped, ")") : capped;
  return line;
}

LineValue Line(const Manual& /*manual*/, const Criterion& criterion, const LineContext& context) {
  Input input{.source = "appraisal"};
  const auto found = context.unit.inputs().appraisals.find(criterion.id);
  if (found == context.unit.inputs().appraisals.end()) return Absent(LineBasis::kMissing, {input});
  const AppraisedPoints& appraisal = found->second;
  input.from = appraisal.source;
  input.not_applicable = !appraisal.points.has_value();
  if (!appraisal.points.has_value()) return Absent(LineBasis::kNotApplicable, {input});
  LineValue line{.points = Kept(*appraisal.points, criterion)};
  if (context.detail == Detail::kPoints) return line;
  input.number = appraisal.points->ToString();
  line.working = input.number;
  line.inputs.push_back(std::move(input));
  return line;
}

LineValue Line(const OnTimeShare& /*share*/, const Criterion& criterion,
               const LineContext& context) {
  const ReportCounts& reports = context.unit.inputs().reports;
  LineValue line;
  if (context.detail == Detail::kExplained) {
    line.inputs.push_back({.source = "reports",
                           .number = std::to_string(reports.on_time),
                           .target = std::to_string(reports.required)});
  }
  if (reports.required == 0) return Absent(LineBasis::kNotApplicable, std::move(line.inputs));
  const Rational share = Quotient(Rational(reports.on_time), Rational(reports.required));
  line.points = Kept(Rational(criterion.max_points) * share, criterion);
  if (context.detail == Detail::kPoints) return line;
  line.working = Text(criterion.max_points.ToString(), " × ", line.inputs.front().number, " / ",
                      line.inputs.front().target);
  return line;
}

LineValue Line(const DeltaEvents& delta, const Criterion& criterion, const LineContext& context) {
  Gathered count = GatherCount(delta.count, criterion.id, context.unit, context.detail);
  if (count.basis != LineBasis::kFormula) return Absent(count.basis, std::move(count.inputs));
  LineValue line{
      .points = Kept(Rational(delta.start) + count.value * Rational(delta.points), criterion),
      .inputs = std::move(count.inputs)};
  if (context.detail == Detail::kPoints) return line;
  line.working = Text("max(0, min(", criterion.max_points.ToString(), ", ", delta.start.ToString(),
                      " + ", count.text, " × ", delta.points.ToString(), "))");
  return line;
}

LineValue Line(const ReportDelays& delays, const Criterion& criterion, const LineContext& context) {
  const ReportCounts& reports = context.unit.inputs().reports;
  const std::array<std::pair<int64_t, Decimal>, 3> parts = {{{reports.in_grace, delays.in_grace},
                                                             {reports.late, delays.late},
                                                             {reports.missing, delays.missing}}};
  LineValue line;
  std::vector<std::string> terms;
  for (const auto& [count, points] : parts) {
    line.points += Rational(count) * Rational(points);
    if (context.detail == Detail::kPoints) continue;
    line.inputs.push_back({.source = "reports", .number = std::to_string(count)});
    terms.push_back(Text(std::to_string(count), " × ", points.ToString()));
  }
  line.points = Kept(line.points, criterion);
  if (context.detail == Detail::kPoints) return line;
  line.working =
      Text("min(", criterion.max_points.ToString(), ", ", absl::StrJoin(terms, " + "), ")");
  return line;
}

LineValue Line(const AllOf& all_of, const Criterion& criterion, const LineContext& context) {
  LineValue line;
  std::vector<std::string> texts;
  bool all_hold = true;
  for (const Condition& condition : all_of.conditions) {
    ConditionResult result = std::visit(
        [&](const auto& kind) -> ConditionResult {
          if constexpr (std::is_same_v<std::decay_t<decltype(kind)>, std::monostate>) {
            return {};
          } else {
            return Check(kind, criterion, context);
          }
        },
        condition);
    all_hold = all_hold && result.holds;
    if (context.detail == Detail::kPoints) continue;
    texts.push_back(std::move(result.text));
    for (Input& input : result.inputs) line.inputs.push_back(std::move(input));
  }
  if (all_hold) line.points = criterion.max_points;
  if (context.detail == Detail::kPoints) return line;
  line.working = Text(absl::StrJoin(texts, " ∧ "), " → ",
                      all_hold ? criterion.max_points.ToString() : std::string("0"));
  return line;
}

LineValue Line(const ReportedPoints& reported, const Criterion& criterion,
               const LineContext& context) {
  Gathered points = GatherFigures({reported.indicator}, context.unit, context.detail);
  if (points.basis != LineBasis::kFormula) return Absent(points.basis, std::move(points.inputs));
  LineValue line{.points = Kept(points.value, criterion), .inputs = std::move(points.inputs)};
  if (context.detail == Detail::kPoints) return line;
  const std::string capped = Text("min(", criterion.max_points.ToString(), ", ", points.text, ")");
  line.working = points.value.is_negative() ? Text("max(0, ", capped, ")") : capped;
  return line;
}

LineValue Line(std::monostate /*none*/, const Criterion& /*criterion*/,
               const LineContext& /*context*/) {
  // ValidateRubric refuses a criterion without a formula.
  return Absent(LineBasis::kMissing, {});
}

template <typename Scale>
LineValue Line(const Scale& scale, const Criterion& criterion, const LineContext& context) {
  return ScaleLine(scale, criterion, context);
}

}  // namespace

LineValue EvaluateFormula(const Criterion& criterion, const LineContext& context) {
  return std::visit([&](const auto& formula) { return Line(formula, criterion, context); },
                    criterion.formula);
}

LineValue EvaluateFormula(const Criterion& criterion, const UnitInputs& inputs,
                          const LineMarks& marks) {
  const Rubric rubric{.groups = {{.criteria = {criterion}}}};
  const UnitInputs* const units[] = {&inputs};
  const CategoryField field = FieldOf(rubric, units);
  const UnitColumns unit(inputs, *field.columns);
  return EvaluateFormula(criterion, {.unit = unit, .marks = marks, .field = field});
}

}  // namespace awards
