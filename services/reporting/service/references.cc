#include "services/reporting/service/references.h"

#include <utility>

#include "common/status/status_macros.h"

namespace reporting {
namespace {

// More clusters than a unit can belong to in one year.
constexpr int kYearsMax = 100;

// Adds the resource with this id to `found`, if it exists and is not there yet.
template <typename Resource, typename Id>
absl::Status AddReferenced(StoreView& view, const Id& id, std::map<Id, Resource>& found) {
  if (found.contains(id)) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::optional<Resource> resource, FindReferenced<Resource>(view, id));
  if (resource.has_value()) found.emplace(id, *std::move(resource));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Units> FindUnits(StoreView& view, const std::vector<UnitId>& ids) {
  Units units;
  for (const UnitId& id : ids) RETURN_IF_ERROR(AddReferenced(view, id, units));
  return units;
}

absl::StatusOr<UnitId> FindAllianceAt(StoreView& view, const Unit& unit, absl::CivilDay day) {
  if (!unit.parent.has_value()) return unit.id;
  UnitId alliance = *unit.parent;
  // The days along a line of successors rise, so it ends.
  for (;;) {
    ASSIGN_OR_RETURN(const auto found, view.Get<Unit>(alliance));
    if (!IsMergedBy(found.value, day)) return alliance;
    alliance = found.value.successor->unit;
  }
}

absl::StatusOr<std::vector<ClusterYear>> FindYearsOf(StoreView& view, const UnitId& member,
                                                     int year) {
  ASSIGN_OR_RETURN(auto stored, view.List<ClusterYear>(
                                    {.where = YearsOfMember(member, year), .limit = kYearsMax}));
  std::vector<ClusterYear> years;
  years.reserve(stored.size());
  for (auto& found : stored) years.push_back(std::move(found.value));
  return years;
}

absl::StatusOr<Units> FindMembers(StoreView& view, const ClusterYear& year) {
  return FindUnits(view, year.members);
}

absl::StatusOr<Forms> FindForms(StoreView& view, const ClusterYear& year) {
  Forms forms;
  for (const DueReport& due : year.calendar) RETURN_IF_ERROR(AddReferenced(view, due.form, forms));
  return forms;
}

}  // namespace reporting
