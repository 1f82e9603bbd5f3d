#include "services/reporting/domain/findings.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "common/expression/evaluate.h"
#include "services/reporting/domain/finding_text.h"

namespace reporting {
namespace {

using common::Decimal;
using common::Rational;
using common::RoundingMode;
using common::expression::Comparison;
using common::expression::EvaluationError;
using common::expression::Expression;
using common::expression::Missing;

// Millionths: decimals of any scale, exact, and far quicker to add than rationals.
absl::int128 Micros(const Decimal& number) {
  absl::int128 micros = number.coefficient();
  for (int scale = number.scale(); scale < Decimal::kMaxScale; ++scale) micros *= 10;
  return micros;
}

// One pass over the rules of a form.
class Checker {
 public:
  Checker(const FormDefinition& form, const ReportValues& values, const RuleContext& context)
      : form_(form), values_(values), context_(context) {}

  std::vector<Finding> Check() {
    auto breakdown = form_.breakdowns().begin();
    for (const FormDefinition::Field& field : form_.fields()) {
      for (; breakdown != form_.breakdowns().end() && breakdown->whole == field.position;
           ++breakdown) {
        CheckBreakdown(*breakdown);
      }
      CheckStockIdentity(field);
      CheckYearOnYear(field);
      CheckWithinYear(field);
    }
    for (size_t i = 0; i < form_.form().rules.size(); ++i) CheckRule(i);
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    return std::move(findings_);
  }

 private:
  static_assert(Severity::kError < Severity::kWarning);

  const Indicator& IndicatorAt(size_t position) const { return form_.fields()[position].indicator; }

  void CheckBreakdown(const FormDefinition::Breakdown& breakdown) {
    const auto& total = values_.NumberAt(breakdown.whole);
    if (!total.has_value()) return;
    const BreakdownGroup& group = IndicatorAt(breakdown.whole).breakdowns[breakdown.group];
    if (group.kind == BreakdownKind::kOverlapping) {
      CheckOverlapping(breakdown, group, *total);
    } else {
      CheckExhaustive(breakdown, group, *total);
    }
  }

  void CheckExhaustive(const FormDefinition::Breakdown& breakdown, const BreakdownGroup& group,
                       const Decimal& total) {
    absl::int128 sum = 0;
    bool is_whole = !breakdown.has_unknown_parts;
    bool has_numbers = false;
    for (const size_t part : breakdown.parts) {
      const auto& number = values_.NumberAt(part);
      if (number.has_value()) {
        sum += Micros(*number);
        has_numbers = true;
      } else if (!values_.IsNotApplicable(part)) {
        is_whole = false;
      }
    }
    const absl::int128 whole = Micros(total);
    if (!has_numbers || (is_whole && sum == whole)) return;
    if (!is_whole && (sum <= whole || breakdown.has_negative_parts)) return;
    AddExhaustive(breakdown, group, total, is_whole);
  }

  void AddExhaustive(const FormDefinition::Breakdown& breakdown, const BreakdownGroup& group,
                     const Decimal& total, bool is_whole) {
    const Indicator& whole = IndicatorAt(breakdown.whole);
    Finding finding = BreakdownFinding(whole, group);
    Rational sum;
    for (const size_t part : breakdown.parts) {
      if (!values_.NumberAt(part).has_value()) continue;
      sum += *values_.NumberAt(part);
      finding.indicators.push_back(IndicatorAt(part).id);
    }
    Compare(finding, sum, total);
    finding.message = is_whole ? PartsDiffer(whole, group, finding.actual, finding.expected)
                               : PartsExceed(whole, group, finding.actual, finding.expected);
    findings_.push_back(std::move(finding));
  }

  void CheckOverlapping(const FormDefinition::Breakdown& breakdown, const BreakdownGroup& group,
                        const Decimal& total) {
    const Indicator& whole = IndicatorAt(breakdown.whole);
    std::vector<size_t> exceeding;
    for (const size_t part : breakdown.parts) {
      const auto& number = values_.NumberAt(part);
      if (number.has_value() && *number > total) exceeding.push_back(part);
    }
    if (exceeding.empty()) return;
    const size_t greatest = *std::max_element(
        exceeding.begin(), exceeding.end(),
        [this](size_t a, size_t b) { return *values_.NumberAt(a) < *values_.NumberAt(b); });
    Finding finding = BreakdownFinding(whole, group);
    for (const size_t part : exceeding) finding.indicators.push_back(IndicatorAt(part).id);
    Compare(finding, *values_.NumberAt(greatest), total);
    finding.message = PartExceeds(whole, IndicatorAt(greatest), finding.actual, finding.expected);
    findings_.push_back(std::move(finding));
  }

  static Finding BreakdownFinding(const Indicator& whole, const BreakdownGroup& group) {
    return {.finding = absl::StrCat("breakdowns/", whole.id.value(), "/", group.group),
            .severity = Severity::kError,
            .indicators = {whole.id}};
  }

  static void Compare(Finding& finding, const Rational& actual, const Rational& expected) {
    finding.actual = Shown(actual);
    finding.expected = Shown(expected);
  }

  // What `flows` come to; nothing if one of them is missing.
  std::optional<Rational> SumOfFlows(const std::vector<IndicatorId>& flows) const {
    Rational sum;
    for (const IndicatorId& flow : flows) {
      const FormDefinition::Field* field = form_.Find(flow);
      if (field == nullptr) return std::nullopt;
      const auto& number = values_.NumberAt(field->position);
      if (number.has_value()) {
        sum += *number;
      } else if (!values_.IsNotApplicable(field->position)) {
        return std::nullopt;
      }
    }
    return sum;
  }

  void CheckStockIdentity(const FormDefinition::Field& field) {
    const auto& identity = field.indicator.stock_identity;
    const auto& total = values_.NumberAt(field.position);
    if (!identity.has_value() || !total.has_value()) return;
    const auto previous = context_.previous.find(field.indicator.id);
    if (previous == context_.previous.end()) return;
    const std::optional<Rational> in = SumOfFlows(identity->inflows);
    const std::optional<Rational> out = SumOfFlows(identity->outflows);
    if (!in.has_value() || !out.has_value()) return;
    const Rational expected = previous->second + *in - *out;
    if (expected == Rational(*total)) return;
    Finding finding{.finding = absl::StrCat("stock-identity/", field.indicator.id.value()),
                    .severity = identity->severity,
                    .indicators = {field.indicator.id}};
    for (const auto* flows : {&identity->inflows, &identity->outflows}) {
      finding.indicators.insert(finding.indicators.end(), flows->begin(), flows->end());
    }
    Compare(finding, *total, expected);
    finding.message =
        IdentityBroken(field.indicator, finding.actual, Shown(previous->second), finding.expected);
    findings_.push_back(std::move(finding));
  }

  void CheckYearOnYear(const FormDefinition::Field& field) {
    const auto& threshold = field.indicator.year_on_year_threshold;
    const auto& number = values_.NumberAt(field.position);
    if (!threshold.has_value() || !number.has_value()) return;
    const auto before = context_.last_year.find(field.indicator.id);
    if (before == context_.last_year.end()) return;
    const Rational change = (Rational(*number) - before->second) * Rational(100);
    const Rational& base = before->second;
    const std::optional<Rational> percent = change.DividedBy(base.is_negative() ? -base : base);
    if (!percent.has_value()) return;
    if ((percent->is_negative() ? -*percent : *percent) <= Rational(*threshold)) return;
    Finding finding{.finding = absl::StrCat("year-on-year/", field.indicator.id.value()),
                    .severity = Severity::kWarning,
                    .indicators = {field.indicator.id}};
    Compare(finding, *percent, *threshold);
    finding.message = ChangedTooMuch(field.indicator, Shown(base), Shown(*number),
                                     percent->ToFixed(2, RoundingMode::kHalfUp), finding.expected);
    findings_.push_back(std::move(finding));
  }

  void CheckWithinYear(const FormDefinition::Field& field) {
    const auto& number = values_.NumberAt(field.position);
    if (context_.within_year.empty() || !number.has_value()) return;
    if (!GrowsOverTheYear(field.indicator)) return;
    std::set<Period> told;
    for (const PeriodNumbers& other : context_.within_year) {
      const auto found = other.numbers.find(field.indicator.id);
      if (found == other.numbers.end()) continue;
      const bool is_year = context_.period.level() == PeriodLevel::kYear;
      const Period& part = is_year ? other.period : context_.period;
      const Period& year = is_year ? context_.period : other.period;
      const Rational own = *number;
      const Rational& actual = is_year ? found->second : own;
      const Rational& expected = is_year ? own : found->second;
      // Several forms may have the same period; one finding for it says enough.
      if (actual <= expected || !told.insert(part).second) continue;
      Finding finding{
          .finding = absl::StrCat("within-year/", field.indicator.id.value(), "/", part.ToString()),
          .severity = Severity::kError,
          .indicators = {field.indicator.id}};
      Compare(finding, actual, expected);
      finding.message = ExceedsYear(field.indicator, part, finding.actual, year, finding.expected);
      findings_.push_back(std::move(finding));
    }
  }

  void CheckRule(size_t index) {
    const Rule& rule = form_.form().rules[index];
    const common::expression::Value value = Evaluate(*rule.condition, values_);
    const auto* holds = std::get_if<bool>(&value);
    if (holds != nullptr && *holds) return;
    const bool is_missing = std::holds_alternative<Missing>(value);
    if (is_missing && rule.missing != RuleMissing::kBroken) return;
    Finding finding{.finding = absl::StrCat("rules/", rule.rule), .severity = rule.severity};
    for (const auto& mention : rule.condition->References()) {
      IndicatorId id = IndicatorId::FromId(mention.reference.variable).value();
      const auto end = finding.indicators.end();
      if (std::find(finding.indicators.begin(), end, id) == end) {
        finding.indicators.push_back(std::move(id));
      }
    }
    if (const auto* error = std::get_if<EvaluationError>(&value)) {
      finding.message = RuleFails(rule.message, error->kind);
    } else if (is_missing) {
      finding.message = RuleLacksFigures(rule.message);
    } else {
      AddSides(form_.comparisons()[index], finding);
      finding.message = RuleBroken(rule.message, finding.actual, finding.expected);
    }
    findings_.push_back(std::move(finding));
  }

  // Says what was compared with what, if that is all the rule does.
  void AddSides(const std::optional<Comparison>& comparison, Finding& finding) const {
    if (!comparison.has_value()) return;
    const auto left = Evaluate(comparison->left, values_);
    const auto right = Evaluate(comparison->right, values_);
    const auto* actual = std::get_if<common::expression::Number>(&left);
    const auto* expected = std::get_if<common::expression::Number>(&right);
    if (actual != nullptr && expected != nullptr) Compare(finding, actual->value, expected->value);
  }

  const FormDefinition& form_;
  const ReportValues& values_;
  const RuleContext& context_;
  std::vector<Finding> findings_;
};

}  // namespace

Assessment Assess(const FormDefinition& form, const std::vector<Figure>& figures,
                  const RuleContext& context) {
  const ReportValues values(form, figures, context);
  return {.findings = Checker(form, values, context).Check(),
          .derived_figures = values.DerivedFigures()};
}

}  // namespace reporting
