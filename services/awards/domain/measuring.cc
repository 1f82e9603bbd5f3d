#include "services/awards/domain/measuring.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/expression/evaluate.h"
#include "common/expression/reference.h"
#include "services/awards/domain/gathering.h"
#include "services/awards/domain/working.h"

namespace awards {
namespace {

using common::Rational;
using common::expression::Mention;
using common::expression::Missing;
using common::expression::Number;
using common::expression::Operand;
using common::expression::Reference;
using common::expression::ReferenceKind;

constexpr std::string_view kMaxPoints = "MAX_POINTS";
constexpr std::string_view kRestatements = "RESTATEMENTS";
constexpr std::string_view kReportsRequired = "REPORTS_REQUIRED";
constexpr std::string_view kReportsOnTime = "REPORTS_ON_TIME";

std::string IndicatorName(std::string_view code) { return Text("indicators/", code); }

// A unit's inputs as operands of an expression.
class UnitResolver final : public common::expression::Resolver {
 public:
  UnitResolver(const Criterion& criterion, const UnitColumns& unit)
      : criterion_(criterion), unit_(unit), inputs_(unit.inputs()) {}

  Operand Resolve(const Reference& reference) const override {
    if (const std::optional<Rational> value = Reserved(reference.variable)) {
      return Number{.value = *value};
    }
    if (reference.kind == ReferenceKind::kTarget) {
      const Target* target = unit_.FindTarget(IndicatorName(reference.variable));
      if (target != nullptr) return Number{.value = target->number};
      is_missing_ = true;
      return Missing{};
    }
    const Figure* figure = FigureOf(reference);
    if (figure != nullptr && figure->number.has_value()) return Number{.value = *figure->number};
    if (figure == nullptr) is_missing_ = true;
    return Missing{};
  }

  // Why a result is missing.
  LineBasis Absence() const {
    return is_missing_ ? LineBasis::kMissing : LineBasis::kNotApplicable;
  }

  // What `reference` stands for, as an input.
  Input InputOf(const Reference& reference) const {
    if (const std::optional<Rational> value = Reserved(reference.variable)) {
      const bool is_report =
          reference.variable == kReportsRequired || reference.variable == kReportsOnTime;
      return {.source = is_report ? "reports" : "restatements", .number = value->ToFraction()};
    }
    const std::string name = IndicatorName(reference.variable);
    if (reference.kind == ReferenceKind::kTarget) {
      const Target* target = unit_.FindTarget(name);
      if (target == nullptr) return {.source = name};
      return {.source = name, .target = target->number.ToString(), .from = target->source};
    }
    const bool is_past = reference.kind == ReferenceKind::kLastYear;
    return FigureInput(is_past ? Text(name, "/lastYear") : name, FigureOf(reference));
  }

 private:
  std::optional<Rational> Reserved(std::string_view variable) const {
    if (variable == kMaxPoints) return Rational(criterion_.max_points);
    if (variable == kRestatements) return Rational(inputs_.restatements);
    if (variable == kReportsRequired) return Rational(inputs_.reports.required);
    if (variable == kReportsOnTime) return Rational(inputs_.reports.on_time);
    return std::nullopt;
  }

  const Figure* FigureOf(const Reference& reference) const {
    const std::string name = IndicatorName(reference.variable);
    if (reference.kind != ReferenceKind::kLastYear) return unit_.FindFigure(name);
    const auto found = inputs_.last_year.find(name);
    return found == inputs_.last_year.end() ? nullptr : &found->second;
  }

  const Criterion& criterion_;
  const UnitColumns& unit_;
  const UnitInputs& inputs_;
  // What Resolve, which is const, came across.
  mutable bool is_missing_ = false;
};

Measured Absent(LineBasis basis, std::vector<Input> inputs) {
  return {.basis = basis, .inputs = std::move(inputs)};
}

// A sum with its text: `18`, or `(3 + 2) = 5`.
Measured FromSum(Gathered sum, size_t terms, Detail detail) {
  if (sum.basis != LineBasis::kFormula) return Absent(sum.basis, std::move(sum.inputs));
  Measured measured{.value = std::move(sum.value), .inputs = std::move(sum.inputs)};
  if (detail == Detail::kPoints) return measured;
  measured.text = terms > 1 ? Text(sum.text, " ", Shown(measured.value)) : sum.text;
  measured.brief = terms > 1 ? Brief(measured.value) : sum.text;
  return measured;
}

// part / whole x 100, for a whole other than 0; `working` is that with its numbers.
Measured InPercent(const Rational& part, const Rational& whole, std::vector<Input> inputs) {
  return {.value = Quotient(part * Rational(100), whole), .inputs = std::move(inputs)};
}

void ShowPercent(Measured& measured, const std::string& quotient, Detail detail) {
  if (detail == Detail::kPoints) return;
  measured.brief = Brief(measured.value);
  measured.text = Text(quotient, " × 100 ", Shown(measured.value));
}

// The basis of two sums together: missing before not applicable.
LineBasis BasisOf(const Gathered& a, const Gathered& b) {
  for (const LineBasis basis : {LineBasis::kMissing, LineBasis::kNotApplicable}) {
    if (a.basis == basis || b.basis == basis) return basis;
  }
  return LineBasis::kFormula;
}

void Append(std::vector<Input>& inputs, std::vector<Input> more) {
  inputs.insert(inputs.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

Measured Take(const FigureSum& sum, const Criterion& /*criterion*/, const UnitColumns& unit,
              Detail detail) {
  return FromSum(GatherFigures(sum.indicators, unit, detail), sum.indicators.size(), detail);
}

Measured Take(const Percentage& share, const Criterion& /*criterion*/, const UnitColumns& unit,
              Detail detail) {
  Gathered part = GatherFigures(share.numerator, unit, detail);
  Gathered whole = GatherFigures(share.denominator, unit, detail);
  Append(part.inputs, std::move(whole.inputs));
  const LineBasis basis = BasisOf(part, whole);
  if (basis != LineBasis::kFormula) return Absent(basis, std::move(part.inputs));
  if (whole.value.is_zero()) return Absent(LineBasis::kNotApplicable, std::move(part.inputs));
  Measured measured = InPercent(part.value, whole.value, std::move(part.inputs));
  ShowPercent(measured, Text(part.text, " / ", whole.text), detail);
  return measured;
}

Measured Take(const PercentOfTarget& reached, const Criterion& /*criterion*/,
              const UnitColumns& unit, Detail detail) {
  GatheredWithTarget actual = GatherWithTargets(reached.indicators, unit, detail);
  if (actual.basis != LineBasis::kFormula) return Absent(actual.basis, std::move(actual.inputs));
  if (!actual.has_target) return Absent(LineBasis::kMissing, std::move(actual.inputs));
  if (actual.target.is_zero()) return Absent(LineBasis::kNotApplicable, std::move(actual.inputs));
  Measured measured = InPercent(actual.value, actual.target, std::move(actual.inputs));
  ShowPercent(measured, Text(actual.text, " / ", actual.target_text), detail);
  return measured;
}

Measured Take(const Growth& growth, const Criterion& /*criterion*/, const UnitColumns& unit,
              Detail detail) {
  Gathered now = GatherFigures(growth.indicators, unit, detail);
  Gathered base = growth.base.empty() ? GatherLastYear(growth.indicators, unit, detail)
                                      : GatherFigures(growth.base, unit, detail);
  Append(now.inputs, std::move(base.inputs));
  const LineBasis basis = BasisOf(now, base);
  if (basis != LineBasis::kFormula) return Absent(basis, std::move(now.inputs));
  if (base.value.is_zero()) return Absent(LineBasis::kNotApplicable, std::move(now.inputs));
  const Rational size = base.value.is_negative() ? -base.value : base.value;
  Measured measured = InPercent(now.value - base.value, size, std::move(now.inputs));
  ShowPercent(measured, Text("(", now.text, " - ", base.text, ") / |", base.text, "|"), detail);
  return measured;
}

Measured Take(const WrittenExpression& expression, const Criterion& criterion,
              const UnitColumns& unit, Detail detail) {
  Evaluated result = EvaluateExpression(expression, criterion, unit, detail);
  Measured measured{.basis = result.basis,
                    .problem = std::move(result.problem),
                    .inputs = std::move(result.inputs)};
  const auto* number = std::get_if<Number>(&result.value);
  if (result.basis != LineBasis::kFormula || number == nullptr) return measured;
  measured.value = number->value;
  measured.is_exact = number->is_exact;
  if (detail == Detail::kPoints) return measured;
  measured.brief = Brief(measured.value);
  measured.text = Text(expression.parsed->ToText(), " ", Shown(measured.value));
  return measured;
}

Measured Take(const RecordedEvents& /*events*/, const Criterion& criterion, const UnitColumns& unit,
              Detail detail) {
  return FromSum(GatherCount(EventCount{}, criterion.id, unit, detail), 1, detail);
}

Measured Take(const CountedRestatements& /*restatements*/, const Criterion& criterion,
              const UnitColumns& unit, Detail detail) {
  return FromSum(GatherCount(RestatementCount{}, criterion.id, unit, detail), 1, detail);
}

}  // namespace

Measured TakeMeasure(const Measure& measure, const Criterion& criterion, const UnitColumns& unit,
                     Detail detail) {
  Measured measured = std::visit(
      [&](const auto& source) -> Measured {
        if constexpr (std::is_same_v<std::decay_t<decltype(source)>, std::monostate>) {
          // ValidateRubric refuses a measure of nothing.
          return Absent(LineBasis::kMissing, {});
        } else {
          return Take(source, criterion, unit, detail);
        }
      },
      measure.of);
  if (measured.basis != LineBasis::kFormula || !measure.precision.has_value()) return measured;
  const Rational rounded = measured.value.Rounded(
      measure.precision->scale, measure.precision->mode.value_or(common::RoundingMode::kHalfUp));
  if (rounded == measured.value) return measured;
  measured.value = rounded;
  if (detail == Detail::kPoints) return measured;
  measured.brief = rounded.ToTrimmed(measure.precision->scale, common::RoundingMode::kDown);
  measured.text = Text(measured.text, " ↦ ", measured.brief);
  return measured;
}

Evaluated EvaluateExpression(const WrittenExpression& expression, const Criterion& criterion,
                             const UnitColumns& unit, Detail detail) {
  if (!expression.parsed.has_value()) return {.basis = LineBasis::kMissing};
  const UnitResolver resolver(criterion, unit);
  Evaluated result{.value = common::expression::Evaluate(*expression.parsed, resolver)};
  if (const auto* error = std::get_if<common::expression::EvaluationError>(&result.value)) {
    result.basis = LineBasis::kUndefined;
    result.problem =
        Text(common::expression::ToText(error->kind), " at column ", std::to_string(error->column));
  } else if (std::holds_alternative<Missing>(result.value)) {
    result.basis = resolver.Absence();
  }
  if (detail == Detail::kPoints) return result;
  for (const Mention& mention : expression.parsed->References()) {
    if (mention.reference.variable == kMaxPoints) continue;
    result.inputs.push_back(resolver.InputOf(mention.reference));
  }
  return result;
}

bool IsReservedVariable(std::string_view variable) {
  constexpr std::array kReserved = {kMaxPoints, kRestatements, kReportsRequired, kReportsOnTime};
  return std::ranges::find(kReserved, variable) != kReserved.end();
}

KeptPoints Keep(Rational points, const Criterion& criterion, std::string working, Detail detail) {
  const Rational maximum(criterion.max_points);
  if (points.is_negative()) {
    if (detail == Detail::kExplained) working = Text("max(0, ", working, ")");
    return {.points = Rational(), .working = std::move(working)};
  }
  if (points > maximum) {
    if (detail == Detail::kExplained) {
      working = Text("min(", criterion.max_points.ToString(), ", ", working, ")");
    }
    return {.points = maximum, .working = std::move(working)};
  }
  return {.points = std::move(points), .working = std::move(working)};
}

}  // namespace awards
