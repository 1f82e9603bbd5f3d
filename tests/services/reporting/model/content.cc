// What the figures of a report come to.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "tests/services/reporting/model/model.h"
#include "tests/services/reporting/model/number.h"

namespace reporting::model {
namespace {

using thidua::type::v1::Figure;

// The number reported for a code; nothing if it is missing or does not apply.
std::optional<int64_t> NumberOf(const std::vector<Figure>& figures, const std::string& code) {
  for (const Figure& figure : figures) {
    if (figure.indicator() != "indicators/" + code || !figure.has_number()) continue;
    return HundredthsOf(figure.number());
  }
  return std::nullopt;
}

// A side of a rule: a code, or a number.
std::optional<int64_t> SideOf(const std::vector<Figure>& figures, const std::string& side) {
  const auto number = ParseNumber(side);
  return number.has_value() ? number->hundredths : NumberOf(figures, side);
}

// The two sides of `X <= Y`.
std::pair<std::string, std::string> SidesOf(const std::string& condition) {
  const size_t at = condition.find(" <= ");
  return {condition.substr(0, at), condition.substr(at + 4)};
}

// The content in an order that says nothing; of equal texts only if it is equal.
template <typename Figures, typename Explanations>
std::string KeyOf(const Figures& figures, const Explanations& explanations) {
  std::set<std::string> parts;
  for (const Figure& figure : figures) {
    parts.insert(absl::StrCat(figure.indicator(), "=",
                              figure.not_applicable() ? "n/a" : figure.number(), " ",
                              figure.note()));
  }
  for (const v1::Explanation& explanation : explanations) {
    parts.insert(absl::StrCat(explanation.finding(), ": ", explanation.text()));
  }
  std::string key = "@";
  for (const std::string& part : parts) absl::StrAppend(&key, part, "; ");
  return key;
}

}  // namespace

std::string FiguresKey(const v1::Submission& submission) {
  return KeyOf(submission.figures(), google::protobuf::RepeatedPtrField<v1::Explanation>());
}

int PositionIn(const v1::Form& form, const std::string& indicator) {
  int position = 0;
  while (position < form.fields_size() && form.fields(position).indicator() != indicator) {
    ++position;
  }
  return position;
}

void Model::CheckFigure(const v1::Form& form, const Figure& figure, Content& content) const {
  if (PositionIn(form, figure.indicator()) == form.fields_size()) {
    content.faults.Invalid("INDICATOR_NOT_IN_FORM");
    content.is_readable = false;
    return;
  }
  Figure kept = figure;
  const auto* indicator = history_.Find<v1::Indicator>(figure.indicator());
  kept.set_definition_version(indicator->definition_version());
  if (figure.has_number()) {
    const auto number = ParseNumber(figure.number());
    if (!number.has_value()) {
      content.faults.Invalid("INVALID_DECIMAL");
      content.is_readable = false;
      return;
    }
    if (number->places > indicator->scale()) content.faults.Invalid("FIGURE_SCALE_EXCEEDED");
    const bool is_above =
        !indicator->maximum().empty() && number->hundredths > HundredthsOf(indicator->maximum());
    if (number->hundredths < 0 || is_above) content.faults.Invalid("FIGURE_OUT_OF_BOUNDS");
    kept.set_number(PrintNumber(number->hundredths));
  }
  for (const Figure& other : content.figures) {
    if (other.indicator() != figure.indicator()) continue;
    content.faults.Invalid("DUPLICATE_INDICATOR");
    content.is_readable = false;
  }
  content.figures.push_back(std::move(kept));
}

std::vector<Figure> Model::Derive(const v1::Form& form, const Content& content) const {
  std::vector<Figure> derived;
  for (const v1::FormField& field : form.fields()) {
    const auto* indicator = history_.Find<v1::Indicator>(field.indicator());
    if (!IsDerived(*indicator)) continue;
    // `NEW * 100 / TOTAL`, to one place.
    const std::string& expression = indicator->expression();
    const auto top = NumberOf(content.figures, expression.substr(0, expression.find(' ')));
    const auto bottom = NumberOf(content.figures, expression.substr(expression.rfind(' ') + 1));
    if (!top.has_value() || !bottom.has_value() || *bottom == 0) continue;
    Figure& figure = derived.emplace_back();
    figure.set_indicator(field.indicator());
    figure.set_number(PrintNumber(10 * DivideRounded(*top * 1000, *bottom)));
    figure.set_definition_version(indicator->definition_version());
  }
  return derived;
}

std::vector<v1::Finding> Model::FindBroken(const v1::Form& form, const Content& content) const {
  std::vector<v1::Finding> findings;
  for (const v1::Rule& rule : form.rules()) {
    const auto [left, right] = SidesOf(rule.condition());
    const auto actual = SideOf(content.figures, left);
    const auto expected = SideOf(content.figures, right);
    if (!actual.has_value() || !expected.has_value() || *actual <= *expected) continue;
    v1::Finding& finding = findings.emplace_back();
    finding.set_finding("rules/" + rule.rule());
    finding.set_severity(rule.severity());
    for (const std::string& side : {left, right}) {
      if (!ParseNumber(side).has_value()) finding.add_indicators("indicators/" + side);
    }
    finding.set_actual(PrintNumber(*actual));
    finding.set_expected(PrintNumber(*expected));
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto& a, const auto& b) { return a.severity() < b.severity(); });
  return findings;
}

void Model::CheckExplanations(const Explanations& explanations, Readiness readiness,
                              Content& content) {
  std::map<std::string, v1::Finding*> broken;
  for (v1::Finding& finding : content.findings) broken[finding.finding()] = &finding;
  std::set<std::string> seen;
  for (const v1::Explanation& explanation : explanations) {
    if (!seen.insert(explanation.finding()).second) content.faults.Invalid("INVALID_FIELD");
    if (explanation.text().empty()) content.faults.Invalid("REQUIRED_FIELD_MISSING");
    const auto found = broken.find(explanation.finding());
    if (found == broken.end()) {
      content.faults.Invalid("FINDING_UNKNOWN");
    } else if (found->second->severity() == v1::SEVERITY_WARNING) {
      found->second->set_explanation(explanation.text());
    }
  }
  if (readiness != Readiness::kReport) return;
  for (const v1::Finding& finding : content.findings) {
    if (finding.severity() == v1::SEVERITY_ERROR) {
      content.faults.Invalid("RULE_BROKEN");
    } else if (finding.explanation().empty()) {
      content.faults.Invalid("EXPLANATION_REQUIRED");
    }
  }
}

Model::Content Model::CheckContent(const v1::Form& form, const Figures& figures,
                                   const Explanations& explanations, Readiness readiness) const {
  Content content;
  for (const Figure& figure : figures) CheckFigure(form, figure, content);
  std::sort(content.figures.begin(), content.figures.end(), [&](const auto& a, const auto& b) {
    return PositionIn(form, a.indicator()) < PositionIn(form, b.indicator());
  });
  if (content.is_readable) {
    content.key = KeyOf(content.figures, explanations);
    content.figures_key = KeyOf(content.figures, Explanations());
  }
  for (const v1::FormField& field : form.fields()) {
    const bool is_there =
        std::any_of(content.figures.begin(), content.figures.end(),
                    [&](const Figure& figure) { return figure.indicator() == field.indicator(); });
    if (field.required() && !is_there && readiness != Readiness::kDraft) {
      content.faults.Invalid("REQUIRED_FIGURE_MISSING");
    }
  }
  content.derived = Derive(form, content);
  content.findings = FindBroken(form, content);
  CheckExplanations(explanations, readiness, content);
  return content;
}

}  // namespace reporting::model
