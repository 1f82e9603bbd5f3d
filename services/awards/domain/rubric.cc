#include "services/awards/domain/rubric.h"

#include <algorithm>
#include <cstddef>
#include <variant>

namespace awards {
namespace {

using common::Rational;

void AddCriteria(const std::vector<Criterion>& criteria, const std::string& path, bool is_extra,
                 std::vector<PlacedCriterion>& placed) {
  for (size_t i = 0; i < criteria.size(); ++i) {
    placed.push_back(
        {.criterion = &criteria[i], .path = Item(Join(path, "criteria"), i), .is_extra = is_extra});
  }
}

void AddGroups(const std::vector<Group>& groups, const std::string& path,
               std::vector<PlacedCriterion>& placed) {
  for (size_t i = 0; i < groups.size(); ++i) {
    const std::string group = Item(Join(path, "groups"), i);
    AddCriteria(groups[i].criteria, group, false, placed);
    AddGroups(groups[i].groups, group, placed);
  }
}

const Count* CountOf(const Criterion& criterion) {
  if (const auto* per_item = std::get_if<PerItem>(&criterion.formula)) return &per_item->count;
  if (const auto* delta = std::get_if<DeltaEvents>(&criterion.formula)) return &delta->count;
  return nullptr;
}

bool IsOfEvents(const Measure& measure) {
  return std::holds_alternative<RecordedEvents>(measure.of);
}

bool IsOfEvents(const AllOf& all_of) {
  return std::ranges::any_of(all_of.conditions, [](const Condition& condition) {
    const auto* reached = std::get_if<MeasureReached>(&condition);
    return reached != nullptr && IsOfEvents(reached->measure);
  });
}

const Group* FindGroupIn(const std::vector<Group>& groups, std::string_view id) {
  for (const Group& group : groups) {
    if (group.id == id) return &group;
    if (const Group* found = FindGroupIn(group.groups, id)) return found;
  }
  return nullptr;
}

}  // namespace

std::vector<PlacedCriterion> CriteriaOf(const Rubric& rubric) {
  std::vector<PlacedCriterion> placed;
  AddGroups(rubric.groups, "rubric", placed);
  if (rubric.bonus.has_value()) AddCriteria(rubric.bonus->criteria, "rubric.bonus", true, placed);
  if (rubric.penalty.has_value()) {
    AddCriteria(rubric.penalty->criteria, "rubric.penalty", true, placed);
  }
  return placed;
}

Rational MaximumOf(const Group& group) {
  if (group.max_points.has_value()) return *group.max_points;
  Rational sum;
  for (const Criterion& criterion : group.criteria) sum += criterion.max_points;
  for (const Group& child : group.groups) sum += MaximumOf(child);
  return sum;
}

const Group* FindGroup(const Rubric& rubric, std::string_view id) {
  return FindGroupIn(rubric.groups, id);
}

const Criterion* FindCriterion(const Rubric& rubric, std::string_view id) {
  for (const PlacedCriterion& placed : CriteriaOf(rubric)) {
    if (placed.criterion->id == id) return placed.criterion;
  }
  return nullptr;
}

bool CountsEvents(const Criterion& criterion) {
  if (const Measure* measure = MeasureOf(criterion.formula)) return IsOfEvents(*measure);
  if (const auto* all_of = std::get_if<AllOf>(&criterion.formula)) return IsOfEvents(*all_of);
  const Count* count = CountOf(criterion);
  return count != nullptr && std::holds_alternative<EventCount>(*count);
}

const Measure* MeasureOf(const Formula& formula) {
  if (const auto* bands = std::get_if<Bands>(&formula)) {
    return bands->measure.has_value() ? &*bands->measure : nullptr;
  }
  if (const auto* posts = std::get_if<Goalposts>(&formula)) return &posts->measure;
  if (const auto* piecewise = std::get_if<Piecewise>(&formula)) return &piecewise->measure;
  if (const auto* relative = std::get_if<Relative>(&formula)) return &relative->measure;
  if (const auto* ranked = std::get_if<RankPoints>(&formula)) return &ranked->measure;
  return nullptr;
}

}  // namespace awards
