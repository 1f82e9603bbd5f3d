#include "services/awards/domain/gathering.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <variant>

#include "services/awards/domain/working.h"

namespace awards {
namespace {

// Adds up the figures that `find` gives; `suffix` follows the name of the indicator in each input.
template <typename FindFigure>
void AddFigures(const std::vector<std::string>& indicators, const FindFigure& find,
                std::string_view suffix, Detail detail, Gathered& gathered) {
  bool is_missing = false;
  bool is_not_applicable = false;
  std::vector<std::string> terms;
  for (const std::string& indicator : indicators) {
    const Figure* figure = find(indicator);
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

void AddCurrent(const std::vector<std::string>& indicators, const UnitColumns& unit, Detail detail,
                Gathered& gathered) {
  AddFigures(
      indicators, [&](const std::string& indicator) { return unit.FindFigure(indicator); }, "",
      detail, gathered);
}

Gathered GatherRestatements(const UnitColumns& unit, Detail detail) {
  Gathered gathered{.value = common::Rational(unit.inputs().restatements)};
  if (detail == Detail::kPoints) return gathered;
  gathered.text = std::to_string(unit.inputs().restatements);
  gathered.inputs.push_back({.source = "restatements", .number = gathered.text});
  return gathered;
}

Gathered GatherEvents(const std::string& criterion, const UnitColumns& unit, Detail detail) {
  const auto found = unit.inputs().events.find(criterion);
  std::vector<RecordedEvent> events =
      found == unit.inputs().events.end() ? std::vector<RecordedEvent>{} : found->second;
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

Gathered GatherFigures(const std::vector<std::string>& indicators, const UnitColumns& unit,
                       Detail detail) {
  Gathered gathered;
  AddCurrent(indicators, unit, detail, gathered);
  return gathered;
}

Gathered GatherLastYear(const std::vector<std::string>& indicators, const UnitColumns& unit,
                        Detail detail) {
  Gathered gathered;
  const auto find = [&](const std::string& indicator) -> const Figure* {
    const auto found = unit.inputs().last_year.find(indicator);
    return found == unit.inputs().last_year.end() ? nullptr : &found->second;
  };
  AddFigures(indicators, find, "/lastYear", detail, gathered);
  return gathered;
}

GatheredWithTarget GatherWithTargets(const std::vector<std::string>& indicators,
                                     const UnitColumns& unit, Detail detail) {
  GatheredWithTarget gathered;
  AddCurrent(indicators, unit, detail, gathered);
  std::vector<std::string> terms;
  for (size_t i = 0; i < indicators.size(); ++i) {
    const Target* target = unit.FindTarget(indicators[i]);
    if (target == nullptr) continue;
    gathered.has_target = true;
    gathered.target += target->number;
    if (detail == Detail::kPoints) continue;
    Input& input = gathered.inputs[i];
    input.target = target->number.ToString();
    if (input.from.resource.empty()) input.from = target->source;
    terms.push_back(input.target);
  }
  if (detail == Detail::kExplained) gathered.target_text = InParentheses(terms);
  return gathered;
}

Gathered GatherCount(const Count& count, const std::string& criterion, const UnitColumns& unit,
                     Detail detail) {
  if (const auto* figure = std::get_if<IndicatorCount>(&count)) {
    return GatherFigures({figure->indicator}, unit, detail);
  }
  if (std::holds_alternative<RestatementCount>(count)) return GatherRestatements(unit, detail);
  return GatherEvents(criterion, unit, detail);
}

}  // namespace awards
