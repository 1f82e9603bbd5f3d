#include "services/reporting/service/references.h"

#include <utility>

#include "common/status/status_macros.h"

namespace reporting {
namespace {

// Adds the resource with this id to `found`, if it exists and is not there yet.
template <typename Resource, typename Id>
absl::Status AddReferenced(StoreView& view, const Id& id, std::map<Id, Resource>& found) {
  if (found.contains(id)) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::optional<Resource> resource, FindReferenced<Resource>(view, id));
  if (resource.has_value()) found.emplace(id, *std::move(resource));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Units> FindMembers(StoreView& view, const ClusterYear& year) {
  Units units;
  for (const UnitId& member : year.members) RETURN_IF_ERROR(AddReferenced(view, member, units));
  return units;
}

absl::StatusOr<Forms> FindForms(StoreView& view, const ClusterYear& year) {
  Forms forms;
  for (const DueReport& due : year.calendar) RETURN_IF_ERROR(AddReferenced(view, due.form, forms));
  return forms;
}

}  // namespace reporting
