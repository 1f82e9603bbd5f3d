// Units, clusters and cluster years.
#include <algorithm>
#include <set>

#include "tests/services/reporting/model/model.h"

namespace reporting::model {
namespace {

template <typename Dated>
bool Continues(const google::protobuf::RepeatedPtrField<Dated>& stored,
               const google::protobuf::RepeatedPtrField<Dated>& given) {
  if (given.size() < stored.size()) return false;
  for (int i = 0; i < stored.size(); ++i) {
    if (stored[i].SerializeAsString() != given[i].SerializeAsString()) return false;
  }
  return true;
}

template <typename Dated>
void CheckRising(const google::protobuf::RepeatedPtrField<Dated>& list, Faults& faults) {
  for (int i = 1; i < list.size(); ++i) {
    if (list[i].valid_from().empty()) faults.Invalid("REQUIRED_FIELD_MISSING");
    if (list[i].valid_from() <= list[i - 1].valid_from()) faults.Invalid("INVALID_FIELD");
  }
}

void CheckUnit(const v1::Unit& unit, Faults& faults) {
  if (unit.titles().empty()) faults.Invalid("REQUIRED_FIELD_MISSING");
  CheckRising(unit.titles(), faults);
  CheckRising(unit.province_codes(), faults);
  if (unit.kind() == v1::Unit::KIND_ALLIANCE) {
    if (unit.sector() != v1::Unit::SECTOR_UNSPECIFIED) faults.Invalid("INVALID_FIELD");
    if (!unit.parent().empty()) faults.Invalid("INVALID_FIELD");
    return;
  }
  const bool lacks = unit.sector() == v1::Unit::SECTOR_UNSPECIFIED || unit.parent().empty() ||
                     unit.founding_date().empty();
  if (lacks) faults.Invalid("REQUIRED_FIELD_MISSING");
  if (!unit.province_codes().empty()) faults.Invalid("INVALID_FIELD");
}

bool IsAlliance(const v1::Unit* unit) {
  return unit != nullptr && unit->kind() == v1::Unit::KIND_ALLIANCE;
}

v1::Lineage LineageOf(const v1::MergeUnitsRequest& request, const std::string& unit) {
  v1::Lineage lineage;
  lineage.set_unit(unit);
  lineage.set_date(request.date());
  lineage.set_legal_basis(request.legal_basis());
  return lineage;
}

// In the order of days; those of a day in the order they were merged in.
void AddPredecessor(v1::Unit& unit, const v1::Lineage& lineage) {
  auto& all = *unit.mutable_predecessors();
  *all.Add() = lineage;
  for (int i = all.size() - 1; i > 0 && all[i - 1].date() > all[i].date(); --i) {
    all.SwapElements(i - 1, i);
  }
}

bool MayAdvance(v1::ClusterYear::State from, v1::ClusterYear::State to) {
  if (from == v1::ClusterYear::STATE_HANDED_OVER) return to == v1::ClusterYear::STATE_ARCHIVED;
  return from < to && to <= v1::ClusterYear::STATE_DECIDED;
}

}  // namespace

Expected<v1::CreateUnitResponse> Model::Handle(const v1::CreateUnitRequest& request) {
  Expected<v1::CreateUnitResponse> expected;
  v1::Unit unit = request.unit();
  unit.set_name("units/" + request.unit_id());
  CheckUnit(unit, expected.faults);
  if (!unit.parent().empty()) {
    const auto* parent = history_.Find<v1::Unit>(unit.parent());
    if (!IsAlliance(parent)) {
      expected.faults.Failed("UNIT_UNKNOWN");
    } else if (IsMergedBy(*parent, unit.founding_date())) {
      expected.faults.Failed("UNIT_MERGED");
    }
  }
  if (history_.Find<v1::Unit>(unit.name()) != nullptr) expected.faults.Exists();
  *expected.response.mutable_unit() = Put(unit);
  return expected;
}

Expected<v1::UpdateUnitResponse> Model::Handle(const v1::UpdateUnitRequest& request) {
  Expected<v1::UpdateUnitResponse> expected;
  if (request.etag().empty()) expected.faults.Invalid("REQUIRED_FIELD_MISSING");
  const auto* stored = Get<v1::Unit>(request.unit().name(), expected.faults);
  if (stored == nullptr) return expected;
  CheckEtag(request.etag(), stored->etag(), expected.faults);
  v1::Unit unit = *stored;
  *unit.mutable_titles() = request.unit().titles();
  *unit.mutable_province_codes() = request.unit().province_codes();
  CheckUnit(unit, expected.faults);
  if (!Continues(stored->titles(), unit.titles()) ||
      !Continues(stored->province_codes(), unit.province_codes())) {
    expected.faults.Invalid("HISTORY_REWRITTEN");
  }
  *expected.response.mutable_unit() = Put(*stored, unit);
  return expected;
}

Expected<v1::MergeUnitsResponse> Model::Handle(const v1::MergeUnitsRequest& request) {
  Expected<v1::MergeUnitsResponse> expected;
  Faults& faults = expected.faults;
  const auto& names = request.predecessors();
  if (names.empty() || request.legal_basis().empty()) faults.Invalid("REQUIRED_FIELD_MISSING");
  if (std::set<std::string>(names.begin(), names.end()).size() < size_t(names.size()) ||
      std::find(names.begin(), names.end(), request.successor()) != names.end()) {
    faults.Invalid("INVALID_FIELD");
  }
  const auto* successor = history_.Find<v1::Unit>(request.successor());
  bool are_known = IsAlliance(successor);
  bool is_stored = !names.empty();
  for (const std::string& name : names) {
    const auto* unit = history_.Find<v1::Unit>(name);
    are_known = are_known && IsAlliance(unit);
    is_stored = is_stored && unit != nullptr &&
                unit->successor().SerializeAsString() ==
                    LineageOf(request, request.successor()).SerializeAsString();
  }
  if (!are_known) {
    faults.Failed("UNIT_UNKNOWN");
    return expected;
  }
  if (!is_stored && IsMergedBy(*successor, request.date())) faults.Failed("UNIT_MERGED");
  v1::Unit after = *successor;
  for (const std::string& name : names) {
    const auto* before = history_.Find<v1::Unit>(name);
    v1::Unit predecessor = *before;
    if (!is_stored) {
      if (before->has_successor()) faults.Failed("UNIT_MERGED");
      for (const v1::Lineage& earlier : before->predecessors()) {
        if (earlier.date() >= request.date()) faults.Invalid("INVALID_FIELD");
      }
      *predecessor.mutable_successor() = LineageOf(request, request.successor());
      AddPredecessor(after, LineageOf(request, name));
    }
    *expected.response.add_predecessors() = Put(*before, predecessor);
  }
  *expected.response.mutable_unit() = Put(*successor, after);
  return expected;
}

Expected<v1::GetUnitResponse> Model::Handle(const v1::GetUnitRequest& request) {
  Expected<v1::GetUnitResponse> expected;
  const auto* unit = Get<v1::Unit>(request.name(), expected.faults);
  if (unit != nullptr) *expected.response.mutable_unit() = *unit;
  return expected;
}

Expected<v1::ListUnitsResponse> Model::Handle(const v1::ListUnitsRequest& request) {
  Expected<v1::ListUnitsResponse> expected;
  for (const auto& [name, versions] : history_.All<v1::Unit>()) {
    const v1::Unit& unit = versions.back().value;
    if (request.kind() != v1::Unit::KIND_UNSPECIFIED && unit.kind() != request.kind()) continue;
    if (!request.parent().empty() && unit.parent() != request.parent()) continue;
    *expected.response.add_units() = unit;
  }
  return expected;
}

Expected<v1::CreateClusterResponse> Model::Handle(const v1::CreateClusterRequest& request) {
  Expected<v1::CreateClusterResponse> expected;
  v1::Cluster cluster = request.cluster();
  cluster.set_name("clusters/" + request.cluster_id());
  if (history_.Find<v1::Cluster>(cluster.name()) != nullptr) expected.faults.Exists();
  *expected.response.mutable_cluster() = Put(cluster);
  return expected;
}

void Model::CheckClusterYear(const v1::ClusterYear& year, Faults& faults) const {
  const std::string number = year.name().substr(year.name().rfind('/') + 1);
  if (year.members().empty()) faults.Invalid("REQUIRED_FIELD_MISSING");
  for (const std::string& member : year.members()) {
    const auto* unit = history_.Find<v1::Unit>(member);
    if (unit == nullptr) {
      faults.Failed("UNIT_UNKNOWN");
    } else if (!IsAlliance(unit)) {
      faults.Invalid("INVALID_FIELD");
    } else if (IsMergedBy(*unit, FirstDay(number))) {
      faults.Failed("UNIT_MERGED");
    }
  }
  if (!IsMember(year, year.head())) faults.Invalid("UNIT_NOT_A_MEMBER");
  for (const std::string& vice_head : year.vice_heads()) {
    if (!IsMember(year, vice_head)) faults.Invalid("UNIT_NOT_A_MEMBER");
    if (vice_head == year.head()) faults.Invalid("INVALID_FIELD");
  }
  for (const v1::DueReport& due : year.calendar()) {
    if (history_.Find<v1::Form>(due.form()) == nullptr) faults.Failed("FORM_UNKNOWN");
    if (due.period() != number) faults.Invalid("PERIOD_INVALID");
    const bool is_ordered =
        due.opens() <= due.due() && due.due() <= due.grace_end() && due.grace_end() <= due.closes();
    if (!is_ordered) faults.Invalid("INVALID_FIELD");
  }
}

Expected<v1::CreateClusterYearResponse> Model::Handle(const v1::CreateClusterYearRequest& request) {
  Expected<v1::CreateClusterYearResponse> expected;
  v1::ClusterYear year = request.cluster_year();
  year.set_name(absl::StrCat(request.parent(), "/years/", request.cluster_year_id()));
  year.set_state(v1::ClusterYear::STATE_PLANNED);
  Get<v1::Cluster>(request.parent(), expected.faults);
  CheckClusterYear(year, expected.faults);
  if (history_.Find<v1::ClusterYear>(year.name()) != nullptr) expected.faults.Exists();
  *expected.response.mutable_cluster_year() = Put(year);
  return expected;
}

Expected<v1::GetClusterYearResponse> Model::Handle(const v1::GetClusterYearRequest& request) {
  Expected<v1::GetClusterYearResponse> expected;
  const auto* year = Get<v1::ClusterYear>(request.name(), expected.faults);
  if (year != nullptr) *expected.response.mutable_cluster_year() = *year;
  return expected;
}

Expected<v1::ListClusterYearsResponse> Model::Handle(const v1::ListClusterYearsRequest& request) {
  Expected<v1::ListClusterYearsResponse> expected;
  for (const auto& [name, versions] : history_.All<v1::ClusterYear>()) {
    if (name.rfind(request.parent() + "/", 0) != 0) continue;
    *expected.response.add_cluster_years() = versions.back().value;
  }
  return expected;
}

Expected<v1::AdvanceClusterYearResponse> Model::Handle(
    const v1::AdvanceClusterYearRequest& request) {
  Expected<v1::AdvanceClusterYearResponse> expected;
  const auto* stored = Get<v1::ClusterYear>(request.name(), expected.faults);
  if (stored == nullptr) return expected;
  CheckEtag(request.etag(), stored->etag(), expected.faults);
  v1::ClusterYear year = *stored;
  year.set_state(request.state());
  const bool moves = request.state() != stored->state();
  if (moves && !MayAdvance(stored->state(), request.state())) expected.faults.IllegalState();
  *expected.response.mutable_cluster_year() = Put(*stored, year);
  return expected;
}

Expected<v1::HandOverClusterYearResponse> Model::Handle(
    const v1::HandOverClusterYearRequest& request) {
  Expected<v1::HandOverClusterYearResponse> expected;
  const auto* stored = Get<v1::ClusterYear>(request.name(), expected.faults);
  if (stored == nullptr) return expected;
  CheckEtag(request.etag(), stored->etag(), expected.faults);
  const bool may = stored->state() >= v1::ClusterYear::STATE_VOTED &&
                   stored->state() <= v1::ClusterYear::STATE_DECIDED;
  if (!may) expected.faults.IllegalState();
  const size_t slash = stored->name().rfind('/') + 1;
  v1::ClusterYear next = request.next();
  next.set_name(
      absl::StrCat(stored->name().substr(0, slash), std::stoi(stored->name().substr(slash)) + 1));
  next.set_state(v1::ClusterYear::STATE_PLANNED);
  if (next.members().empty()) *next.mutable_members() = stored->members();
  CheckClusterYear(next, expected.faults);
  if (history_.Find<v1::ClusterYear>(next.name()) != nullptr) expected.faults.Exists();
  v1::ClusterYear ended = *stored;
  ended.set_state(v1::ClusterYear::STATE_HANDED_OVER);
  ended.mutable_handover()->set_from(stored->head());
  ended.mutable_handover()->set_to(next.head());
  ended.mutable_handover()->set_date(request.date());
  ended.mutable_handover()->set_next_cluster_year(next.name());
  *expected.response.mutable_next() = Put(next);
  *expected.response.mutable_cluster_year() = Put(ended);
  return expected;
}

}  // namespace reporting::model
