#include "services/awards/domain/formula.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"

namespace awards {
namespace {

using common::Decimal;
using common::Rational;

constexpr std::string_view kMissing = "–";
constexpr std::string_view kNotApplicable = "n/a";

// Several figures added up, with what each was.
struct Sum {
  LineBasis basis = LineBasis::kFormula;
  Rational value{};
  // `18`, or `(3 + 2)`.
  std::string text{};
  std::vector<Input> inputs{};
};

template <typename... Parts>
std::string Text(const Parts&... parts) {
  return absl::StrCat(absl::AlphaNum(common::sv(std::string_view(parts)))...);
}

std::string InParentheses(const std::vector<std::string>& terms) {
  const std::string sum = absl::StrJoin(terms, " + ");
  return terms.size() <= 1 ? sum : Text("(", sum, ")");
}

// The value with at most four places, and a sign that says whether it has more.
std::string Shown(const Rational& value) {
  constexpr int kShownPlaces = 4;
  const auto mode = common::RoundingMode::kHalfUp;
  const bool is_exact = value.Rounded(kShownPlaces, mode) == value;
  return Text(is_exact ? "= " : "≈ ", value.ToTrimmed(kShownPlaces, mode));
}

Rational Quotient(const Rational& dividend, const Rational& divisor) {
  return dividend.DividedBy(divisor).value_or(Rational());
}

Rational Percentage(const Rational& part, const Rational& whole) {
  return Quotient(part * Rational(100), whole);
}

// `points` between 0 and the criterion's maximum.
Rational Kept(const Rational& points, const Criterion& criterion) {
  return std::max(Rational(), std::min(Rational(criterion.max_points), points));
}

LineValue Absent(LineBasis basis, std::vector<Input> inputs) {
  return {.basis = basis, .inputs = std::move(inputs)};
}

// One indicator as an input, without a target.
Input FigureInput(const std::string& indicator, const UnitInputs& inputs) {
  Input input{.source = indicator};
  const auto figure = inputs.figures.find(indicator);
  if (figure == inputs.figures.end()) return input;
  input.from = figure->second.source;
  input.not_applicable = !figure->second.number.has_value();
  if (figure->second.number.has_value()) input.number = figure->second.number->ToString();
  return input;
}

Sum SumOfFigures(const std::vector<std::string>& indicators, const UnitInputs& inputs) {
  Sum sum;
  bool is_missing = false;
  bool is_not_applicable = false;
  std::vector<std::string> terms;
  for (const std::string& indicator : indicators) {
    const Input input = FigureInput(indicator, inputs);
    const auto figure = inputs.figures.find(indicator);
    is_missing |= figure == inputs.figures.end();
    is_not_applicable |= input.not_applicable;
    if (figure != inputs.figures.end() && figure->second.number.has_value()) {
      sum.value += *figure->second.number;
      terms.push_back(input.number);
    }
    sum.inputs.push_back(input);
  }
  if (is_not_applicable) sum.basis = LineBasis::kNotApplicable;
  if (is_missing) sum.basis = LineBasis::kMissing;
  sum.text = InParentheses(terms);
  return sum;
}

struct TargetSum {
  bool is_missing = true;
  Rational value{};
  std::string text{};
};

// Adds up the targets there are, and notes each with its input.
TargetSum SumOfTargets(const UnitInputs& inputs, std::vector<Input>& line_inputs) {
  TargetSum sum;
  std::vector<std::string> terms;
  for (Input& input : line_inputs) {
    const auto target = inputs.targets.find(input.source);
    if (target == inputs.targets.end()) continue;
    sum.is_missing = false;
    sum.value += target->second.number;
    input.target = target->second.number.ToString();
    if (input.from.resource.empty()) input.from = target->second.source;
    terms.push_back(input.target);
  }
  sum.text = InParentheses(terms);
  return sum;
}

// What `count` counts for `criterion`.
Sum CountOf(const Count& count, const Criterion& criterion, const UnitInputs& inputs) {
  if (const auto* figure = std::get_if<IndicatorCount>(&count)) {
    return SumOfFigures({figure->indicator}, inputs);
  }
  Sum sum;
  if (std::holds_alternative<RestatementCount>(count)) {
    sum.value = Rational(inputs.restatements);
    sum.text = std::to_string(inputs.restatements);
    sum.inputs.push_back({.source = "restatements", .number = sum.text});
    return sum;
  }
  const auto found = inputs.events.find(criterion.id);
  std::vector<RecordedEvent> events =
      found == inputs.events.end() ? std::vector<RecordedEvent>{} : found->second;
  std::ranges::sort(events, {}, &RecordedEvent::source);
  int64_t total = 0;
  for (const RecordedEvent& event : events) {
    total += event.count;
    sum.inputs.push_back(
        {.source = "events", .number = std::to_string(event.count), .from = event.source});
  }
  if (events.empty()) sum.inputs.push_back({.source = "events", .number = "0"});
  sum.value = Rational(total);
  sum.text = std::to_string(total);
  return sum;
}

// How the value of a band list compares with `band`.
bool Reaches(const Band& band, const Rational& value) {
  const Rational threshold(band.threshold);
  return band.limit == BandLimit::kAtMost ? value <= threshold : value >= threshold;
}

std::string_view SignOf(const Band& band, bool is_reached) {
  if (band.limit == BandLimit::kAtMost) return is_reached ? "≤" : ">";
  return is_reached ? "≥" : "<";
}

struct ConditionResult {
  bool holds = false;
  std::string text{};
  Input input{};
};

ConditionResult Check(const TargetReached& condition, const UnitInputs& inputs) {
  Sum actual = SumOfFigures({condition.indicator}, inputs);
  const TargetSum target = SumOfTargets(inputs, actual.inputs);
  ConditionResult result{.input = actual.inputs.front()};
  const bool is_decidable =
      actual.basis == LineBasis::kFormula && !target.is_missing && !target.value.is_zero();
  if (!is_decidable) {
    const std::string_view absent = result.input.not_applicable ? kNotApplicable : kMissing;
    result.text = Text(actual.text.empty() ? absent : actual.text, " / ",
                       target.is_missing ? kMissing : std::string_view(target.text));
    return result;
  }
  const Rational percent = Percentage(actual.value, target.value);
  result.holds = percent >= Rational(condition.percent);
  result.text = Text(actual.text, " / ", target.text, " × 100 ", Shown(percent),
                     result.holds ? " ≥ " : " < ", condition.percent.ToString());
  return result;
}

ConditionResult Check(const FullMarks& condition, const LineMarks& marks) {
  ConditionResult result{.input = {.source = Text("criteria/", condition.criterion)}};
  const auto mark = marks.find(condition.criterion);
  if (mark == marks.end() || !mark->second.points.has_value()) {
    result.text = Text("[", condition.criterion, "] ", kMissing);
    return result;
  }
  const Rational& points = *mark->second.points;
  result.input.number = mark->second.number;
  result.holds = points == Rational(mark->second.max_points);
  result.text = Text("[", condition.criterion, "] ", points.ToFraction(),
                     result.holds ? " = " : " < ", mark->second.max_points.ToString());
  return result;
}

}  // namespace

LineValue RatioLine(const Ratio& ratio, const Criterion& criterion, const UnitInputs& inputs) {
  Sum actual = SumOfFigures(ratio.indicators, inputs);
  const TargetSum target = SumOfTargets(inputs, actual.inputs);
  if (actual.basis != LineBasis::kFormula) return Absent(actual.basis, std::move(actual.inputs));
  if (target.is_missing) return Absent(LineBasis::kMissing, std::move(actual.inputs));
  const std::string max = criterion.max_points.ToString();
  if (target.value.is_zero()) {
    if (ratio.zero_target == ZeroTarget::kNotApplicable) {
      return Absent(LineBasis::kNotApplicable, std::move(actual.inputs));
    }
    const bool is_full = ratio.zero_target == ZeroTarget::kFull;
    return {.points = is_full ? Rational(criterion.max_points) : Rational(),
            .inputs = std::move(actual.inputs),
            .working = Text(actual.text, " / ", target.text, " → ", is_full ? max : "0")};
  }
  const Rational share = Quotient(actual.value, target.value);
  const std::string capped = Text("min(1, ", actual.text, " / ", target.text, ")");
  return {.points = Kept(Rational(criterion.max_points) * share, criterion),
          .inputs = std::move(actual.inputs),
          .working = share.is_negative() ? Text(max, " × max(0, ", capped, ")")
                                         : Text(max, " × ", capped)};
}

LineValue InverseRatioLine(const InverseRatio& ratio, const Criterion& criterion,
                           const UnitInputs& inputs) {
  Sum actual = SumOfFigures(ratio.indicators, inputs);
  const TargetSum target = SumOfTargets(inputs, actual.inputs);
  if (actual.basis != LineBasis::kFormula) return Absent(actual.basis, std::move(actual.inputs));
  if (target.is_missing) return Absent(LineBasis::kMissing, std::move(actual.inputs));
  const std::string max = criterion.max_points.ToString();
  // Less than nothing is at least as good as nothing.
  if (actual.value <= Rational()) {
    return {.points = criterion.max_points,
            .inputs = std::move(actual.inputs),
            .working = Text(target.text, " / ", actual.text, " → ", max)};
  }
  const Rational share = Quotient(target.value, actual.value);
  const std::string capped = Text("min(1, ", target.text, " / ", actual.text, ")");
  return {.points = Kept(Rational(criterion.max_points) * share, criterion),
          .inputs = std::move(actual.inputs),
          .working = share.is_negative() ? Text(max, " × max(0, ", capped, ")")
                                         : Text(max, " × ", capped)};
}

LineValue BandsLine(const Bands& bands, const UnitInputs& inputs) {
  Sum part = SumOfFigures(bands.numerator, inputs);
  Sum whole = SumOfFigures(bands.denominator, inputs);
  LineValue line{.inputs = std::move(part.inputs)};
  line.inputs.insert(line.inputs.end(), whole.inputs.begin(), whole.inputs.end());
  for (const LineBasis basis : {LineBasis::kMissing, LineBasis::kNotApplicable}) {
    if (part.basis == basis || whole.basis == basis) return Absent(basis, std::move(line.inputs));
  }
  Rational value = part.value;
  line.working = part.text;
  if (!bands.denominator.empty()) {
    if (whole.value.is_zero()) return Absent(LineBasis::kNotApplicable, std::move(line.inputs));
    value = Percentage(part.value, whole.value);
    line.working = Text(part.text, " / ", whole.text, " × 100 ", Shown(value));
  } else if (bands.numerator.size() > 1) {
    line.working = Text(part.text, " ", Shown(value));
  }
  const auto band = std::ranges::find_if(
      bands.bands, [&value](const Band& candidate) { return Reaches(candidate, value); });
  const bool is_reached = band != bands.bands.end();
  const Band& compared = is_reached ? *band : bands.bands.back();
  const Decimal points = is_reached ? band->points : bands.otherwise;
  line.points = points;
  line.working += Text(" ", SignOf(compared, is_reached), " ", compared.threshold.ToString(), " → ",
                       points.ToString());
  return line;
}

LineValue PerItemLine(const PerItem& per_item, const Criterion& criterion,
                      const UnitInputs& inputs) {
  Sum count = CountOf(per_item.count, criterion, inputs);
  if (count.basis != LineBasis::kFormula) return Absent(count.basis, std::move(count.inputs));
  const Rational points = count.value * Rational(per_item.points);
  const std::string capped = Text("min(", criterion.max_points.ToString(), ", ", count.text, " × ",
                                  per_item.points.ToString(), ")");
  return {.points = Kept(points, criterion),
          .inputs = std::move(count.inputs),
          .working = points.is_negative() ? Text("max(0, ", capped, ")") : capped};
}

LineValue ManualLine(const Criterion& criterion, const UnitInputs& inputs) {
  Input input{.source = "appraisal"};
  const auto found = inputs.appraisals.find(criterion.id);
  if (found == inputs.appraisals.end()) return Absent(LineBasis::kMissing, {input});
  const AppraisedPoints& appraisal = found->second;
  input.from = appraisal.source;
  input.not_applicable = !appraisal.points.has_value();
  if (!appraisal.points.has_value()) return Absent(LineBasis::kNotApplicable, {input});
  input.number = appraisal.points->ToString();
  return {.points = Kept(*appraisal.points, criterion),
          .inputs = {input},
          .working = appraisal.points->ToString()};
}

LineValue OnTimeShareLine(const Criterion& criterion, const UnitInputs& inputs) {
  const ReportCounts& reports = inputs.reports;
  Input input{.source = "reports",
              .number = std::to_string(reports.on_time),
              .target = std::to_string(reports.required)};
  if (reports.required == 0) return Absent(LineBasis::kNotApplicable, {input});
  const Rational share = Quotient(Rational(reports.on_time), Rational(reports.required));
  return {
      .points = Kept(Rational(criterion.max_points) * share, criterion),
      .inputs = {input},
      .working = Text(criterion.max_points.ToString(), " × ", input.number, " / ", input.target)};
}

LineValue DeltaEventsLine(const DeltaEvents& delta, const Criterion& criterion,
                          const UnitInputs& inputs) {
  Sum count = CountOf(delta.count, criterion, inputs);
  if (count.basis != LineBasis::kFormula) return Absent(count.basis, std::move(count.inputs));
  return {
      .points = Kept(Rational(delta.start) + count.value * Rational(delta.points), criterion),
      .inputs = std::move(count.inputs),
      .working = Text("max(0, min(", criterion.max_points.ToString(), ", ", delta.start.ToString(),
                      " + ", count.text, " × ", delta.points.ToString(), "))")};
}

LineValue ReportDelaysLine(const ReportDelays& delays, const Criterion& criterion,
                           const UnitInputs& inputs) {
  const std::vector<std::pair<int64_t, Decimal>> parts = {
      {inputs.reports.in_grace, delays.in_grace},
      {inputs.reports.late, delays.late},
      {inputs.reports.missing, delays.missing}};
  LineValue line;
  std::vector<std::string> terms;
  for (const auto& [count, points] : parts) {
    line.points += Rational(count) * Rational(points);
    line.inputs.push_back({.source = "reports", .number = std::to_string(count)});
    terms.push_back(Text(std::to_string(count), " × ", points.ToString()));
  }
  line.points = Kept(line.points, criterion);
  line.working =
      Text("min(", criterion.max_points.ToString(), ", ", absl::StrJoin(terms, " + "), ")");
  return line;
}

LineValue AllOfLine(const AllOf& all_of, const Criterion& criterion, const UnitInputs& inputs,
                    const LineMarks& marks) {
  LineValue line;
  std::vector<std::string> texts;
  bool all_hold = true;
  for (const Condition& condition : all_of.conditions) {
    ConditionResult result;
    if (const auto* target = std::get_if<TargetReached>(&condition)) {
      result = Check(*target, inputs);
    } else if (const auto* full_marks = std::get_if<FullMarks>(&condition)) {
      result = Check(*full_marks, marks);
    }
    all_hold &= result.holds;
    texts.push_back(std::move(result.text));
    line.inputs.push_back(std::move(result.input));
  }
  if (all_hold) line.points = criterion.max_points;
  line.working = Text(absl::StrJoin(texts, " ∧ "), " → ",
                      all_hold ? criterion.max_points.ToString() : std::string("0"));
  return line;
}

LineValue ReportedPointsLine(const ReportedPoints& reported, const Criterion& criterion,
                             const UnitInputs& inputs) {
  Sum points = SumOfFigures({reported.indicator}, inputs);
  if (points.basis != LineBasis::kFormula) return Absent(points.basis, std::move(points.inputs));
  const std::string capped = Text("min(", criterion.max_points.ToString(), ", ", points.text, ")");
  return {.points = Kept(points.value, criterion),
          .inputs = std::move(points.inputs),
          .working = points.value.is_negative() ? Text("max(0, ", capped, ")") : capped};
}

LineValue EvaluateFormula(const Criterion& criterion, const UnitInputs& inputs,
                          const LineMarks& marks) {
  return std::visit(
      [&](const auto& formula) -> LineValue {
        using Kind = std::decay_t<decltype(formula)>;
        if constexpr (std::is_same_v<Kind, Ratio>) {
          return RatioLine(formula, criterion, inputs);
        } else if constexpr (std::is_same_v<Kind, InverseRatio>) {
          return InverseRatioLine(formula, criterion, inputs);
        } else if constexpr (std::is_same_v<Kind, Bands>) {
          return BandsLine(formula, inputs);
        } else if constexpr (std::is_same_v<Kind, PerItem>) {
          return PerItemLine(formula, criterion, inputs);
        } else if constexpr (std::is_same_v<Kind, Manual>) {
          return ManualLine(criterion, inputs);
        } else if constexpr (std::is_same_v<Kind, OnTimeShare>) {
          return OnTimeShareLine(criterion, inputs);
        } else if constexpr (std::is_same_v<Kind, DeltaEvents>) {
          return DeltaEventsLine(formula, criterion, inputs);
        } else if constexpr (std::is_same_v<Kind, ReportDelays>) {
          return ReportDelaysLine(formula, criterion, inputs);
        } else if constexpr (std::is_same_v<Kind, AllOf>) {
          return AllOfLine(formula, criterion, inputs, marks);
        } else if constexpr (std::is_same_v<Kind, ReportedPoints>) {
          return ReportedPointsLine(formula, criterion, inputs);
        } else {
          // ValidateRubric refuses a criterion without a formula.
          return Absent(LineBasis::kMissing, {});
        }
      },
      criterion.formula);
}

}  // namespace awards
