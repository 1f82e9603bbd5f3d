#include "services/reporting/service/statistics_scope.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/status/status_macros.h"
#include "services/reporting/service/lineage.h"
#include "services/reporting/service/references.h"

namespace reporting {
namespace {

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
    ASSIGN_OR_RETURN(const auto years, FindYearsOf(view, unit, period.year()));
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
                                  const Reporters& reporters, const IsCancelled& is_cancelled) {
  const ReportKind report = ReportOf(query, loaded.scope);
  Targets targets;
  if (loaded.scope.year.has_value() && form.form().unit_kind == UnitKind::kAlliance) {
    ASSIGN_OR_RETURN(targets, LoadTargets(view, *loaded.scope.year, report.period, reporters));
  }
  TotalsBuilder builder(query, report, form, reporters, targets);
  for (const UnitId& unit : reporters.units) {
    if (is_cancelled()) return absl::CancelledError("the caller has cancelled the call");
    ASSIGN_OR_RETURN(const auto found, view.Find<Submission>({.unit = unit,
                                                              .form = report.form,
                                                              .period = report.period,
                                                              .value_kind = report.value_kind}));
    if (found.has_value()) builder.Add(found->value);
  }
  return builder.Build();
}

}  // namespace reporting
