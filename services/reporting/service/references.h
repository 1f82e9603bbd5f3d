// What requests refer to, as far as it is stored.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_REFERENCES_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_REFERENCES_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// The resource with this id; nothing if no id is given, or an empty one (which stands for a name
// that could not be read), or there is none.
template <typename Resource>
absl::StatusOr<std::optional<Resource>> FindReferenced(StoreView& view,
                                                       const std::optional<IdFor<Resource>>& id) {
  if (!id.has_value() || id->empty()) return std::nullopt;
  auto found = view.Find<Resource>(*id);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return std::nullopt;
  return (*std::move(found))->value;
}

// Null if there is nothing.
template <typename Resource>
const Resource* PointerTo(const std::optional<Resource>& resource) {
  return resource.has_value() ? &*resource : nullptr;
}

// The stored ones among `ids`; empty ids are passed over.
absl::StatusOr<Units> FindUnits(StoreView& view, const std::vector<UnitId>& ids);

// The alliance that stands for AllianceOf(unit) on `day`: itself, or the last of its line of
// successors that has begun by then.
absl::StatusOr<UnitId> FindAllianceAt(StoreView& view, const Unit& unit, absl::CivilDay day);

// The cluster years that `member`, an alliance, belongs to in the calendar year `year`.
absl::StatusOr<std::vector<ClusterYear>> FindYearsOf(StoreView& view, const UnitId& member,
                                                     int year);

// The members and the forms of `year` that exist.
absl::StatusOr<Units> FindMembers(StoreView& view, const ClusterYear& year);
absl::StatusOr<Forms> FindForms(StoreView& view, const ClusterYear& year);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_REFERENCES_H_
