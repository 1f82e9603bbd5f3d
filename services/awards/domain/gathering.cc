#include "services/awards/domain/gathering.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <variant>

#include "services/awards/domain/working.h"

namespace awards {
namespace {

using Figures = std::map<std::string, Figure>;

const Figure* FindFigure(const Figures& figures, const std::string& indicator) {
  const auto found = figures.find(indicator);
  return found == figures.end() ? nullptr : &found->second;
}

// Adds up the figures; `suffix` follows the name of the indicator in each input.
void AddFigures(const std::vector<std::string>& indicators, const Figures& figures,
                std::string_view suffix, Detail detail, Gathered& gathered) {
  bool is_missing = false;
  bool is_not_applicable = false;
  std::vector<std::string> terms;
  for (const std::string& indicator : indicators) {
    const Figure* figure = FindFigure(figures, indicator);
    is_missing = is_missing || figure == nullptr;
    is_not_applicable = is_not_applicable || (figure != nullptr && !figure->number.has_value());
    if (figure != nullptr && figure->number.has_value()) gathered.value += *figure->number;
    if (detail == Detail::kPoints) continue;
    gathered.inputs.push_back(FigureInput(Text(indicator, suffix), figure));
    const std::string& number = gathered.inputs.back().number;
    if (!number.empty()) terms.push_back(number);
  }
  if (is_not_applicable) gathered.basis = LineBasis::kNotApplicable;
  if (is_missing) gathered.basis = LineBasis::kMissing;
  if (detail == Detail::kExplained) gathered.text = InParentheses(terms);
}

Gathered GatherRestatements(const UnitInputs& inputs, Detail detail) {
  Gathered gathered{.value = common::Rational(inputs.restatements)};
  if (detail == Detail::kPoints) return gathered;
  gathered.text = std::to_string(inputs.restatements);
  gathered.inputs.push_back({.source = "restatements", .number = gathered.text});
  return gathered;
}

Gathered GatherEvents(const std::string& criterion, const UnitInputs& inputs, Detail detail) {
  const auto found = inputs.events.find(criterion);
  std::vector<RecordedEvent> events =
      found == inputs.events.end() ? std::vector<RecordedEvent>{} : found->second;
  std::ranges::sort(events, {}, &RecordedEvent::source);
  int64_t total = 0;
  for (const RecordedEvent& event : events) total += event.count;
  Gathered gathered{.value = common::Rational(total)};
  if (detail == Detail::kPoints) return gathered;
  gathered.text = std::to_string(total);
  for (const RecordedEvent& event : events) {
    gathered.inputs.push_back(
        {.source = "events", .number = std::to_string(event.count), .from = event.source});
  }
  if (events.empty()) gathered.inputs.push_back({.source = "events", .number = "0"});
  return gathered;
}

}  // namespace

Input FigureInput(const std::string& source, const Figure* figure) {
  Input input{.source = source};
  if (figure == nullptr) return input;
  input.from = figure->source;
  input.not_applicable = !figure->number.has_value();
  if (figure->number.has_value()) input.number = figure->number->ToString();
  return input;
}

Gathered GatherFigures(const std::vector<std::string>& indicators, const UnitInputs& inputs,
                       Detail detail) {
  Gathered gathered;
  AddFigures(indicators, inputs.figures, "", detail, gathered);
  return gathered;
}

Gathered GatherLastYear(const std::vector<std::string>& indicators, const UnitInputs& inputs,
                        Detail detail) {
  Gathered gathered;
  AddFigures(indicators, inputs.last_year, "/lastYear", detail, gathered);
  return gathered;
}

GatheredWithTarget GatherWithTargets(const std::vector<std::string>& indicators,
                                     const UnitInputs& inputs, Detail detail) {
  GatheredWithTarget gathered;
  AddFigures(indicators, inputs.figures, "", detail, gathered);
  std::vector<std::string> terms;
  for (size_t i = 0; i < indicators.size(); ++i) {
    const auto target = inputs.targets.find(indicators[i]);
    if (target == inputs.targets.end()) continue;
    gathered.has_target = true;
    gathered.target += target->second.number;
    if (detail == Detail::kPoints) continue;
    Input& input = gathered.inputs[i];
    input.target = target->second.number.ToString();
    if (input.from.resource.empty()) input.from = target->second.source;
    terms.push_back(input.target);
  }
  if (detail == Detail::kExplained) gathered.target_text = InParentheses(terms);
  return gathered;
}

Gathered GatherCount(const Count& count, const std::string& criterion, const UnitInputs& inputs,
                     Detail detail) {
  if (const auto* figure = std::get_if<IndicatorCount>(&count)) {
    return GatherFigures({figure->indicator}, inputs, detail);
  }
  if (std::holds_alternative<RestatementCount>(count)) return GatherRestatements(inputs, detail);
  return GatherEvents(criterion, inputs, detail);
}

}  // namespace awards
