#include "services/reporting/service/statistics_scope.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/status/status_macros.h"

namespace reporting {
namespace {

// More clusters than a unit can belong to in one year.
constexpr int kYearsMax = 100;

// Adds all units with the key `where` to `units`.
absl::Status AddUnits(StoreView& view, const common::storage::IndexKey& where, Units& units) {
  constexpr int kChunk = 500;
  std::string after;
  for (;;) {
    ASSIGN_OR_RETURN(auto found,
                     view.List<Unit>({.where = where, .after_name = after, .limit = kChunk}));
    const bool is_end = found.size() < kChunk;
    if (!found.empty()) after = found.back().value.id.ToName();
    for (auto& unit : found) units.emplace(unit.value.id, std::move(unit.value));
    if (is_end) return absl::OkStatus();
  }
}

// Adds to `units` what a line of mergers ties to `ids`, and these themselves.
absl::Status AddLineage(StoreView& view, std::vector<UnitId> ids, Units& units) {
  while (!ids.empty()) {
    const UnitId id = std::move(ids.back());
    ids.pop_back();
    if (units.contains(id)) continue;
    ASSIGN_OR_RETURN(auto unit, view.Get<Unit>(id));
    for (const Lineage& lineage : unit.value.predecessors) ids.push_back(lineage.unit);
    if (unit.value.successor.has_value()) ids.push_back(unit.value.successor->unit);
    units.emplace(id, std::move(unit.value));
  }
  return absl::OkStatus();
}

absl::Status LoadMembers(StoreView& view, const ClusterYearId& id, UnitKind kind,
                         LoadedScope& loaded) {
  ASSIGN_OR_RETURN(auto year, view.Get<ClusterYear>(id));
  loaded.scope.units = {year.value.members.begin(), year.value.members.end()};
  RETURN_IF_ERROR(AddLineage(view, year.value.members, loaded.units));
  loaded.scope.year = std::move(year.value);
  if (kind != UnitKind::kCooperative) return absl::OkStatus();
  for (const auto& [alliance, unused] : loaded.units) {
    RETURN_IF_ERROR(AddUnits(view, UnitsOfParent(alliance), loaded.cooperatives));
  }
  return absl::OkStatus();
}

absl::Status LoadNation(StoreView& view, UnitKind kind, LoadedScope& loaded) {
  Units& units = kind == UnitKind::kCooperative ? loaded.cooperatives : loaded.units;
  RETURN_IF_ERROR(AddUnits(view, UnitsOfKind(kind), units));
  for (const auto& [id, unused] : units) loaded.scope.units.insert(id);
  return absl::OkStatus();
}

absl::Status LoadUnits(StoreView& view, const std::vector<UnitId>& ids, LoadedScope& loaded) {
  loaded.scope.units = {ids.begin(), ids.end()};
  RETURN_IF_ERROR(AddLineage(view, ids, loaded.units));
  for (const UnitId& id : ids) loaded.cooperatives.emplace(id, loaded.units.at(id));
  return absl::OkStatus();
}

// The cluster years that `member` belongs to in a year.
absl::StatusOr<std::vector<ClusterYear>> FindYears(StoreView& view, const UnitId& member,
                                                   int year) {
  ASSIGN_OR_RETURN(auto stored, view.List<ClusterYear>(
                                    {.where = YearsOfMember(member, year), .limit = kYearsMax}));
  std::vector<ClusterYear> years;
  years.reserve(stored.size());
  for (auto& found : stored) years.push_back(std::move(found.value));
  return years;
}

// Of the units that are merged within the period, who belongs to a cluster year that has `report`
// in its calendar.
absl::StatusOr<std::set<UnitId>> FindOwing(StoreView& view, const Units& units,
                                           const ReportKind& report) {
  std::set<UnitId> owing;
  for (const UnitId& unit : MergedWithin(units, report.period)) {
    ASSIGN_OR_RETURN(const auto years, FindYears(view, unit, report.period.year()));
    const bool owes = std::any_of(years.begin(), years.end(), [&](const ClusterYear& year) {
      return FindDueReport(year, report.form, report.period, report.value_kind) != nullptr;
    });
    if (owes) owing.insert(unit);
  }
  return owing;
}

// Pacts that were looked up, as far as they exist.
using Pacts = std::map<ClusterYearId, std::optional<Pact>>;

absl::Status AddTargets(StoreView& view, const ClusterYearId& year, const UnitId& unit,
                        const Period& period, Pacts& pacts, Targets& targets) {
  auto pact = pacts.find(year);
  if (pact == pacts.end()) {
    ASSIGN_OR_RETURN(auto found, view.Find<Pact>(year));
    pact = pacts.emplace(year, std::nullopt).first;
    if (found.has_value()) pact->second = std::move(found->value);
  }
  if (!pact->second.has_value()) return absl::OkStatus();
  for (auto& [indicator, number] : TargetsOf(*pact->second, unit, period)) {
    targets[unit].emplace(indicator, number);
  }
  return absl::OkStatus();
}

// Targets in the pact of the cluster year of the scope; for periods of other years in those of the
// cluster years that each unit belonged to, one of the same cluster before others.
absl::StatusOr<Targets> LoadTargets(StoreView& view, const ClusterYear& of_scope,
                                    const Period& period, const Reporters& reporters) {
  Targets targets;
  Pacts pacts;
  for (const UnitId& unit : reporters.units) {
    const ClusterYearId same_cluster{.cluster = of_scope.id.cluster, .year = period.year()};
    RETURN_IF_ERROR(AddTargets(view, same_cluster, unit, period, pacts, targets));
    if (period.year() == of_scope.id.year || targets.contains(unit)) continue;
    ASSIGN_OR_RETURN(const auto years, FindYears(view, unit, period.year()));
    for (const ClusterYear& year : years) {
      RETURN_IF_ERROR(AddTargets(view, year.id, unit, period, pacts, targets));
    }
  }
  return targets;
}

}  // namespace

absl::StatusOr<LoadedScope> LoadScope(StoreView& view, const TotalsQuery& query, UnitKind kind) {
  LoadedScope loaded;
  if (query.nationwide) {
    RETURN_IF_ERROR(LoadNation(view, kind, loaded));
  } else if (!query.units.empty()) {
    RETURN_IF_ERROR(LoadUnits(view, query.units, loaded));
  } else {
    RETURN_IF_ERROR(LoadMembers(view, query.cluster_year, kind, loaded));
  }
  return loaded;
}

absl::StatusOr<Reporters> LoadReporters(StoreView& view, const TotalsQuery& query,
                                        const LoadedScope& loaded, const FormDefinition& form) {
  const ReportKind report = ReportOf(query, loaded.scope);
  ASSIGN_OR_RETURN(const auto owing, FindOwing(view, loaded.units, report));
  const ScopeFacts facts{.units = loaded.units, .owing = owing};
  if (form.form().unit_kind != UnitKind::kCooperative) {
    return FindReporters(loaded.scope, report, facts);
  }
  CooperativeFilter filter{.sector = query.sector};
  if (loaded.scope.year.has_value()) filter.parents = FindParents(loaded.scope, report, facts);
  return FindCooperatives(loaded.cooperatives, report.period, filter);
}

absl::StatusOr<Totals> LoadTotals(StoreView& view, const TotalsQuery& query,
                                  const LoadedScope& loaded, const FormDefinition& form,
                                  const Reporters& reporters) {
  const ReportKind report = ReportOf(query, loaded.scope);
  Targets targets;
  if (loaded.scope.year.has_value() && form.form().unit_kind == UnitKind::kAlliance) {
    ASSIGN_OR_RETURN(targets, LoadTargets(view, *loaded.scope.year, report.period, reporters));
  }
  TotalsBuilder builder(query, report, form, reporters, targets);
  for (const UnitId& unit : reporters.units) {
    ASSIGN_OR_RETURN(const auto found, view.Find<Submission>({.unit = unit,
                                                              .form = report.form,
                                                              .period = report.period,
                                                              .value_kind = report.value_kind}));
    if (found.has_value()) builder.Add(found->value);
  }
  return builder.Build();
}

}  // namespace reporting
