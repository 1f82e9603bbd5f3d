#include "services/awards/domain/columns.h"

#include <algorithm>
#include <map>
#include <utility>

namespace awards {
namespace {

template <typename T>
const T* FindIn(const std::map<std::string, T>& values, const std::string& indicator) {
  const auto found = values.find(indicator);
  return found == values.end() ? nullptr : &found->second;
}

// Both sides are in byte order, so one pass finds all.
template <typename T>
std::vector<const T*> InColumns(const std::map<std::string, T>& values,
                                const std::vector<std::string>& names) {
  std::vector<const T*> columns(names.size(), nullptr);
  auto value = values.begin();
  for (size_t i = 0; i < names.size(); ++i) {
    while (value != values.end() && value->first < names[i]) ++value;
    if (value == values.end()) break;
    if (value->first == names[i]) columns[i] = &value->second;
  }
  return columns;
}

}  // namespace

IndicatorColumns::IndicatorColumns(const Rubric& rubric) {
  for (IndicatorUse& use : IndicatorsOf(rubric)) names_.push_back(std::move(use.indicator));
  std::ranges::sort(names_);
  const auto repeated = std::ranges::unique(names_);
  names_.erase(repeated.begin(), repeated.end());
  for (size_t i = 0; i < names_.size(); ++i) numbers_.emplace(names_[i], i);
}

size_t IndicatorColumns::Find(std::string_view indicator) const {
  const auto found = numbers_.find(indicator);
  return found == numbers_.end() ? names_.size() : found->second;
}

UnitColumns::UnitColumns(const UnitInputs& inputs, const IndicatorColumns& columns)
    : inputs_(inputs),
      columns_(columns),
      figures_(InColumns(inputs.figures, columns.names())),
      targets_(InColumns(inputs.targets, columns.names())) {}

const Figure* UnitColumns::FindFigure(const std::string& indicator) const {
  const size_t number = columns_.Find(indicator);
  return number < figures_.size() ? figures_[number] : FindIn(inputs_.figures, indicator);
}

const Target* UnitColumns::FindTarget(const std::string& indicator) const {
  const size_t number = columns_.Find(indicator);
  return number < targets_.size() ? targets_[number] : FindIn(inputs_.targets, indicator);
}

}  // namespace awards
