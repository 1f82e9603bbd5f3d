#include "services/reporting/store/resource.h"

#include "absl/strings/str_cat.h"

namespace reporting {

using common::storage::IndexKey;

IndexKey UnitsOfKind(UnitKind kind) {
  return {.index = "kind", .value = kind == UnitKind::kAlliance ? "alliance" : "cooperative"};
}

IndexKey UnitsOfParent(const UnitId& parent) {
  return {.index = "parent", .value = parent.ToName()};
}

IndexKey YearsOfCluster(const ClusterId& cluster) {
  return {.index = "cluster", .value = cluster.ToName()};
}

IndexKey YearsOfMember(const UnitId& member, int year) {
  return {.index = "member", .value = absl::StrCat(member.ToName(), "|", year)};
}

IndexKey IndicatorsWeightedBy(const IndicatorId& weight) {
  return {.index = "weight", .value = weight.ToName()};
}

IndexKey SubmissionsOfYear(const ClusterYearId& year) {
  return {.index = "cluster_year", .value = year.ToName()};
}

IndexKey SubmissionsOfUnit(const UnitId& unit) { return {.index = "unit", .value = unit.ToName()}; }

std::vector<IndexKey> KeysOf(const Unit& unit) {
  std::vector<IndexKey> keys = {UnitsOfKind(unit.kind)};
  if (unit.parent.has_value()) keys.push_back(UnitsOfParent(*unit.parent));
  return keys;
}

std::vector<IndexKey> KeysOf(const ClusterYear& year) {
  std::vector<IndexKey> keys = {YearsOfCluster(year.id.cluster)};
  for (const UnitId& member : year.members) keys.push_back(YearsOfMember(member, year.id.year));
  return keys;
}

std::vector<IndexKey> KeysOf(const Indicator& indicator) {
  if (!indicator.weight.has_value()) return {};
  return {IndicatorsWeightedBy(*indicator.weight)};
}

std::vector<IndexKey> KeysOf(const Submission& submission) {
  return {SubmissionsOfYear(submission.cluster_year), SubmissionsOfUnit(submission.id.unit)};
}

}  // namespace reporting
