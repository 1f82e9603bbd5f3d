// Forms, rules and figures that the tests of findings are made of.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_DOMAIN_RULE_SAMPLES_H_
#define THIDUA_TESTS_SERVICES_REPORTING_DOMAIN_RULE_SAMPLES_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/reporting/domain/findings.h"
#include "services/reporting/domain/form.h"
#include "tests/services/reporting/domain/samples.h"

namespace reporting::samples {

inline Indicator Flow(std::string_view code) {
  Indicator flow = Count(code);
  flow.measure = Measure::kFlow;
  return flow;
}

inline Indicator Derived(std::string_view code, std::string_view expression, int scale = 2) {
  Indicator derived = Count(code);
  derived.scale = scale;
  derived.expression = AnExpression(expression);
  return derived;
}

inline std::vector<IndicatorId> Codes(const std::vector<std::string_view>& codes) {
  std::vector<IndicatorId> ids;
  for (const std::string_view code : codes) ids.push_back(Code(code));
  return ids;
}

inline BreakdownGroup Parts(std::string_view group, BreakdownKind kind,
                            const std::vector<std::string_view>& parts) {
  return {.group = std::string(group),
          .title = {.vi = "Theo " + std::string(group)},
          .kind = kind,
          .parts = Codes(parts)};
}

inline Rule ARule(std::string_view name, std::string_view condition,
                  Severity severity = Severity::kError) {
  return {.rule = std::string(name),
          .message = {.vi = "Sai quy tắc", .en = "The rule is broken"},
          .condition = AnExpression(condition),
          .severity = severity};
}

inline Indicators Known(const std::vector<Indicator>& indicators) {
  Indicators known;
  for (const Indicator& indicator : indicators) known.emplace(indicator.id, indicator);
  return known;
}

// A form for alliances with all of `indicators`, in their order.
inline Form FormOf(const std::vector<Indicator>& indicators, std::vector<Rule> rules = {},
                   PeriodLevel level = PeriodLevel::kYear) {
  Form form{.id = AFormId("f"),
            .title = {.vi = "Biểu mẫu"},
            .unit_kind = UnitKind::kAlliance,
            .period_level = level,
            .rules = std::move(rules)};
  for (const Indicator& indicator : indicators) {
    form.fields.push_back({.indicator = indicator.id});
  }
  return form;
}

inline FormDefinition DefinitionOf(const std::vector<Indicator>& indicators,
                                   std::vector<Rule> rules = {},
                                   PeriodLevel level = PeriodLevel::kYear) {
  return FormDefinition::Make(FormOf(indicators, std::move(rules), level), Known(indicators))
      .value();
}

inline Numbers NumbersFrom(const std::vector<Figure>& figures) { return NumbersOf(figures, {}); }

// `finding: actual against expected` of each finding of `figures`, with `warning ` before a
// warning.
inline std::vector<std::string> FindingsOf(const FormDefinition& form,
                                           const std::vector<Figure>& figures,
                                           const RuleContext& context = {}) {
  std::vector<std::string> lines;
  for (const Finding& finding : Assess(form, figures, context).findings) {
    std::string line = finding.severity == Severity::kWarning ? "warning " : "";
    line += finding.finding;
    if (!finding.actual.empty()) line += ": " + finding.actual + " against " + finding.expected;
    lines.push_back(line);
  }
  return lines;
}

}  // namespace reporting::samples

#endif  // THIDUA_TESTS_SERVICES_REPORTING_DOMAIN_RULE_SAMPLES_H_
