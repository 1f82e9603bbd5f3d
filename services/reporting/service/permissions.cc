#include "services/reporting/service/permissions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {
namespace {

using common::auth::Permission;

// One letter for each role, see common::auth::Reach, in this order: unit reporter, cluster head,
// vice-head, national officer, administrator, auditor, service.
// clang-format off
const std::vector<Permission>& Rows() {
  static const std::vector<Permission> kRows = {
      // The register. Everybody who may do anything reads it.
      {"RegistryService/CreateUnit",               "*",                       "---ww--"},
      {"RegistryService/UpdateUnit",               "unit.name",               "---ww--"},
      {"RegistryService/MergeUnits",               "predecessors,successor",  "---ww--"},
      {"RegistryService/GetUnit",                  "name",                    "*******"},
      {"RegistryService/ListUnits",                "*",                       "*******"},
      {"RegistryService/CreateCluster",            "*",                       "---ww--"},
      {"RegistryService/GetCluster",               "name",                    "*******"},
      {"RegistryService/ListClusters",             "*",                       "*******"},
      {"RegistryService/CreateClusterYear",        "parent",                  "---ww--"},
      {"RegistryService/GetClusterYear",           "name",                    "*******"},
      {"RegistryService/ListClusterYears",         "parent",                  "*******"},
      {"RegistryService/AdvanceClusterYear",       "name",                    "-w-w---"},
      {"RegistryService/HandOverClusterYear",      "name",                    "-w-w---"},

      // Definitions belong to the nation.
      {"DefinitionService/CreateIndicator",        "*",                       "---ww--"},
      {"DefinitionService/UpdateIndicator",        "*",                       "---ww--"},
      {"DefinitionService/GetIndicator",           "name",                    "*******"},
      {"DefinitionService/ListIndicators",         "*",                       "*******"},
      {"DefinitionService/CreateForm",             "*",                       "---ww--"},
      {"DefinitionService/UpdateForm",             "*",                       "---ww--"},
      {"DefinitionService/GetForm",                "name",                    "*******"},
      {"DefinitionService/ListForms",              "*",                       "*******"},

      // The members of a cluster know each other's targets, and only a unit signs for itself.
      {"PactService/CreatePact",                   "parent",                  "-w-w---"},
      {"PactService/GetPact",                      "name",                    "pwwwwww"},
      {"PactService/UpdatePact",                   "pact.name",               "-w-w---"},
      {"PactService/RevisePact",                   "name",                    "-w-w---"},
      {"PactService/ListAchievements",             "unit|parent",             "wwwwwww"},
      {"PactService/SignPact",                     "unit",                    "w------"},

      {"CalendarService/ListDueReports",           "unit|cluster_year",       "wwwwwww"},
      {"CalendarService/ExtendReport",             "name",                    "-w-w---"},
      {"CalendarService/ReopenClusterYear",        "name",                    "-w-w---"},

      // A unit hands in for itself; what it reported is judged by others.
      {"SubmissionService/Submit",                 "report.unit",             "w------"},
      {"SubmissionService/CheckReport",            "report.unit",             "w------"},
      {"SubmissionService/SaveDraft",              "report.unit",             "w------"},
      {"SubmissionService/SubmitDraft",            "name",                    "w------"},
      {"SubmissionService/WithdrawDraft",          "name",                    "w------"},
      {"SubmissionService/CompareSubmissions",     "content.submission,base_content.submission",
                                                                              "wwwwwww"},
      {"SubmissionService/ImportSubmissions",      "report.unit",             "w------"},
      {"SubmissionService/AcceptSubmission",       "name",                    "-www---"},
      {"SubmissionService/ReturnSubmission",       "name",                    "-www---"},
      {"SubmissionService/LockSubmission",         "name",                    "-w-w---"},
      {"SubmissionService/RestateSubmission",      "name",                    "-w-w---"},
      {"SubmissionService/GetSubmission",          "name",                    "wwwwwww"},
      {"SubmissionService/ListSubmissions",        "unit|cluster_year",       "wwwwwww"},
      {"SubmissionService/ListSubmissionVersions", "name",                    "wwwwwww"},
      {kSeeDrafts,                                 "",                        "w----ww"},

      // Members see the totals of their cluster; those of others, and of the nation, are national.
      {"StatisticsService/ComputeTotals",          "cluster_year|units",      "pwwwwww"},
      {"StatisticsService/ComputeSeries",          "totals.cluster_year|totals.units",
                                                                              "pwwwwww"},

      // The feed and the audit log have everything, drafts included.
      {"ChangeFeedService/Watch",                  "*",                       "-----ww"},
      {"ChangeFeedService/ListChanges",            "*",                       "-----ww"},
      {"AuditService/ListAuditEvents",             "*",                       "-----w-"},
      {"AuditService/VerifyAudit",                 "*",                       "----ww-"},
  };
  return kRows;
}
// clang-format on

// The beginning of a name that is the name of a unit; none if it has no such form.
std::optional<UnitId> UnitOf(std::string_view resource) {
  const size_t slash = resource.find('/');
  const size_t next = slash == std::string_view::npos ? slash : resource.find('/', slash + 1);
  const absl::StatusOr<UnitId> unit = UnitId::Parse(resource.substr(0, next));
  if (!unit.ok()) return std::nullopt;
  return *unit;
}

bool HasPrefix(std::string_view resource, std::string_view scope) {
  return resource == scope ||
         absl::StartsWith(common::sv(resource), absl::StrCat(common::sv(scope), "/"));
}

// Whether `unit` is one of `members` itself, or belongs to one.
bool IsAmong(const UnitId& unit, const std::optional<UnitId>& parent, const ClusterYear& year) {
  return IsMember(year, unit) || (parent.has_value() && IsMember(year, *parent));
}

// The alliance that a unit belongs to; nothing if it has none or is not there.
absl::StatusOr<std::optional<UnitId>> ParentOf(StoreView& view, const UnitId& unit) {
  ASSIGN_OR_RETURN(const auto found, view.Find<Unit>(unit));
  if (!found.has_value()) return std::nullopt;
  return found->value.parent;
}

// Whether `unit`, or the alliance that it belongs to, is a member of a year of `cluster`.
absl::StatusOr<bool> IsInCluster(StoreView& view, const UnitId& unit, const ClusterId& cluster) {
  constexpr int kYearsAtOnce = 50;
  ASSIGN_OR_RETURN(const auto parent, ParentOf(view, unit));
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const auto years, view.List<ClusterYear>({.where = YearsOfCluster(cluster),
                                                               .after_name = after,
                                                               .limit = kYearsAtOnce}));
    const bool found = std::any_of(years.begin(), years.end(), [&](const auto& year) {
      return IsAmong(unit, parent, year.value);
    });
    if (found || years.size() < kYearsAtOnce) return found;
    after = years.back().value.id.ToName();
  }
}

// The same for one year.
absl::StatusOr<bool> IsInYear(StoreView& view, const UnitId& unit, const ClusterYearId& id) {
  ASSIGN_OR_RETURN(const auto parent, ParentOf(view, unit));
  ASSIGN_OR_RETURN(const auto year, view.Find<ClusterYear>(id));
  return year.has_value() && IsAmong(unit, parent, year->value);
}

// `clusters/{cluster}/years/{year}` at the beginning of a name; none if it has no such form.
std::optional<ClusterYearId> YearOf(std::string_view resource) {
  size_t end = 0;
  for (int part = 0; part < 4 && end != std::string_view::npos; ++part) {
    end = resource.find('/', part == 0 ? 0 : end + 1);
  }
  const absl::StatusOr<ClusterYearId> year = ClusterYearId::Parse(resource.substr(0, end));
  if (!year.ok()) return std::nullopt;
  return *year;
}

// Whether `unit` belongs to `group`, a cluster or something of one of its years.
absl::StatusOr<bool> Belongs(common::storage::Ledger& ledger, const UnitId& unit,
                             std::string_view group) {
  const std::optional<ClusterYearId> year = YearOf(group);
  const absl::StatusOr<ClusterId> cluster = ClusterId::Parse(group);
  if (!year.has_value() && !cluster.ok()) return false;
  bool belongs = false;
  RETURN_IF_ERROR(ReadStore(ledger, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(belongs, year.has_value() ? IsInYear(view, unit, *year)
                                               : IsInCluster(view, unit, *cluster));
    return absl::OkStatus();
  }));
  return belongs;
}

}  // namespace

absl::StatusOr<common::auth::PermissionTable> MakePermissions() {
  return common::auth::PermissionTable::Make(
      "thidua.reporting.v1",
      {"RegistryService", "DefinitionService", "PactService", "CalendarService",
       "SubmissionService", "StatisticsService", "ChangeFeedService", "AuditService"},
      Rows());
}

absl::StatusOr<bool> UnitScopes::IsWithin(std::string_view resource, std::string_view scope) {
  if (HasPrefix(resource, scope)) return true;
  const std::optional<UnitId> unit = UnitOf(resource);
  if (!unit.has_value()) return false;
  const absl::StatusOr<UnitId> owner = UnitId::Parse(scope);
  if (!owner.ok()) return Belongs(ledger_, *unit, scope);
  std::optional<UnitId> parent;
  RETURN_IF_ERROR(ReadStore(ledger_, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(parent, ParentOf(view, *unit));
    return absl::OkStatus();
  }));
  return parent == *owner;
}

absl::StatusOr<bool> UnitScopes::TakesPart(std::string_view scope, std::string_view resource) {
  const absl::StatusOr<UnitId> unit = UnitId::Parse(scope);
  if (!unit.ok()) return false;
  return Belongs(ledger_, *unit, resource);
}

absl::StatusOr<bool> UnitScopes::IsSettled(std::string_view /*resource*/) { return false; }

}  // namespace reporting
