// What the store must know of each kind of resource, in one place: how its id is called, what its
// records are called, and by which keys it is found.
#ifndef THIDUA_SERVICES_REPORTING_STORE_RESOURCE_H_
#define THIDUA_SERVICES_REPORTING_STORE_RESOURCE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "common/storage/ledger.h"
#include "services/reporting/codec/kinds.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/pact.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/domain/unit.h"

namespace reporting {

// A resource in one version, as stored.
template <typename Resource>
struct Versioned {
  Resource value{};
  // 1 for the first version, then one more each time.
  int64_t version = 0;
  // When it was stored.
  absl::Time update_time{};

  bool operator==(const Versioned&) const = default;
};

// For each resource: `Id`, `kRecord`, `kNoun` (for messages), `NameOf` an id, `IdOf` a resource.
template <typename Resource>
struct ResourceTraits;

// Of resources whose id has ToName() and is their member `id`.
template <typename Resource, typename IdType>
struct NamedResourceTraits {
  using Id = IdType;
  static std::string NameOf(const Id& id) { return id.ToName(); }
  static const Id& IdOf(const Resource& resource) { return resource.id; }
};

template <>
struct ResourceTraits<Unit> : NamedResourceTraits<Unit, UnitId> {
  static constexpr std::string_view kRecord = kUnitRecord;
  static constexpr std::string_view kNoun = "unit";
};
template <>
struct ResourceTraits<Cluster> : NamedResourceTraits<Cluster, ClusterId> {
  static constexpr std::string_view kRecord = kClusterRecord;
  static constexpr std::string_view kNoun = "cluster";
};
template <>
struct ResourceTraits<ClusterYear> : NamedResourceTraits<ClusterYear, ClusterYearId> {
  static constexpr std::string_view kRecord = kClusterYearRecord;
  static constexpr std::string_view kNoun = "cluster year";
};
template <>
struct ResourceTraits<Indicator> : NamedResourceTraits<Indicator, IndicatorId> {
  static constexpr std::string_view kRecord = kIndicatorRecord;
  static constexpr std::string_view kNoun = "indicator";
};
template <>
struct ResourceTraits<Form> : NamedResourceTraits<Form, FormId> {
  static constexpr std::string_view kRecord = kFormRecord;
  static constexpr std::string_view kNoun = "form";
};
template <>
struct ResourceTraits<Submission> : NamedResourceTraits<Submission, SubmissionId> {
  static constexpr std::string_view kRecord = kSubmissionRecord;
  static constexpr std::string_view kNoun = "submission";
};
// A cluster year has one pact, so the year's id is the pact's.
template <>
struct ResourceTraits<Pact> {
  using Id = ClusterYearId;
  static constexpr std::string_view kRecord = kPactRecord;
  static constexpr std::string_view kNoun = "pact";
  static std::string NameOf(const Id& id) { return ToPactName(id); }
  static const Id& IdOf(const Pact& pact) { return pact.cluster_year; }
};

template <typename Resource>
using IdFor = typename ResourceTraits<Resource>::Id;

// The keys to list by.
common::storage::IndexKey UnitsOfKind(UnitKind kind);
common::storage::IndexKey UnitsOfParent(const UnitId& parent);
common::storage::IndexKey YearsOfCluster(const ClusterId& cluster);
// Cluster years of the calendar year `year` that have this member.
common::storage::IndexKey YearsOfMember(const UnitId& member, int year);
// Indicators whose means are weighted by this one.
common::storage::IndexKey IndicatorsWeightedBy(const IndicatorId& weight);
common::storage::IndexKey SubmissionsOfYear(const ClusterYearId& year);
common::storage::IndexKey SubmissionsOfUnit(const UnitId& unit);

// All keys of a resource; none for a kind without an overload of its own.
std::vector<common::storage::IndexKey> KeysOf(const Unit& unit);
std::vector<common::storage::IndexKey> KeysOf(const ClusterYear& year);
std::vector<common::storage::IndexKey> KeysOf(const Indicator& indicator);
std::vector<common::storage::IndexKey> KeysOf(const Submission& submission);
template <typename Resource>
std::vector<common::storage::IndexKey> KeysOf(const Resource& /*resource*/) {
  return {};
}

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_STORE_RESOURCE_H_
