#include "services/reporting/service/registry_service.h"

#include <optional>
#include <utility>
#include <vector>

#include "services/reporting/codec/cluster.h"
#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"
#include "services/reporting/codec/unit.h"
#include "services/reporting/domain/merger.h"
#include "services/reporting/service/listing.h"
#include "services/reporting/service/references.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

// `clusters/-` stands for all clusters.
absl::StatusOr<std::optional<ClusterId>> ParseClusterOrAll(const std::string& parent) {
  if (parent == "clusters/-") return std::nullopt;
  ASSIGN_OR_RETURN(ClusterId cluster, InField("parent", ClusterId::Parse(parent)));
  return cluster;
}

Merger ParseMerger(const v1::MergeUnitsRequest& request, Violations& violations) {
  return {.predecessors = ParseUnitNames("predecessors", request.predecessors(), violations),
          .successor = violations.Take("successor", UnitId::Parse(request.successor())),
          .date = violations.Take("date", ParseDate(request.date())),
          .legal_basis = request.legal_basis()};
}

// Stores those of `units` that a merger has changed and gives all as stored.
absl::StatusOr<std::vector<v1::Unit>> PutUnits(StoreTransaction& transaction,
                                               const std::vector<Unit>& units) {
  std::vector<v1::Unit> messages;
  for (const Unit& unit : units) {
    ASSIGN_OR_RETURN(auto stored, transaction.Get<Unit>(unit.id));
    ASSIGN_OR_RETURN(stored, transaction.PutIfChanged(std::move(stored), unit));
    messages.push_back(Render(stored));
  }
  return messages;
}

}  // namespace

absl::StatusOr<v1::CreateUnitResponse> RegistryService::CreateUnit(
    const v1::CreateUnitRequest& request) {
  Violations violations;
  Unit draft = ParseUnit("unit", request.unit(), violations);
  draft.id = violations.Take("unit_id", UnitId::FromId(request.unit_id()));
  return Mutate<v1::CreateUnitResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::CreateUnitResponse> {
        ASSIGN_OR_RETURN(const auto parent, FindReferenced<Unit>(transaction, draft.parent));
        ASSIGN_OR_RETURN(const Unit unit, MakeUnit(draft, PointerTo(parent), violations));
        ASSIGN_OR_RETURN(const auto stored, transaction.Create(unit));
        v1::CreateUnitResponse response;
        *response.mutable_unit() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::UpdateUnitResponse> RegistryService::UpdateUnit(
    const v1::UpdateUnitRequest& request) {
  Violations violations;
  Unit draft = ParseUnit("unit", request.unit(), violations);
  draft.id = violations.Take("unit.name", UnitId::Parse(request.unit().name()));
  if (request.etag().empty()) {
    violations.Add("etag", common::kRequiredFieldMissing,
                   "is required: the etag of the version that the update was made from");
  }
  return Mutate<v1::UpdateUnitResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::UpdateUnitResponse> {
        if (draft.id.empty()) return violations.ToStatus();
        ASSIGN_OR_RETURN(auto stored, transaction.Get<Unit>(draft.id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), stored.version));
        ASSIGN_OR_RETURN(const Unit unit, reporting::UpdateUnit(stored.value, draft, violations));
        ASSIGN_OR_RETURN(stored, transaction.PutIfChanged(std::move(stored), unit));
        v1::UpdateUnitResponse response;
        *response.mutable_unit() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::MergeUnitsResponse> RegistryService::MergeUnits(
    const v1::MergeUnitsRequest& request) {
  Violations violations;
  const Merger merger = ParseMerger(request, violations);
  return Mutate<v1::MergeUnitsResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::MergeUnitsResponse> {
        std::vector<UnitId> ids = merger.predecessors;
        ids.push_back(merger.successor);
        ASSIGN_OR_RETURN(const Units units, FindUnits(transaction, ids));
        ASSIGN_OR_RETURN(const Merged merged, reporting::MergeUnits(merger, units, violations));
        ASSIGN_OR_RETURN(const auto predecessors, PutUnits(transaction, merged.predecessors));
        ASSIGN_OR_RETURN(auto successor, PutUnits(transaction, {merged.successor}));
        v1::MergeUnitsResponse response;
        *response.mutable_unit() = std::move(successor.front());
        response.mutable_predecessors()->Add(predecessors.begin(), predecessors.end());
        return response;
      });
}

absl::StatusOr<v1::GetUnitResponse> RegistryService::GetUnit(const v1::GetUnitRequest& request) {
  ASSIGN_OR_RETURN(const UnitId id, InField("name", UnitId::Parse(request.name())));
  v1::GetUnitResponse response;
  ASSIGN_OR_RETURN(*response.mutable_unit(), GetFor<Unit>(request, id));
  return response;
}

absl::StatusOr<v1::ListUnitsResponse> RegistryService::ListUnits(
    const v1::ListUnitsRequest& request) {
  Violations violations;
  const auto kind = ParseEnum<UnitKind>("kind", request.kind(), violations);
  std::optional<common::storage::IndexKey> where;
  if (kind != UnitKind::kUnspecified) where = UnitsOfKind(kind);
  if (!request.parent().empty()) {
    where = UnitsOfParent(violations.Take("parent", UnitId::Parse(request.parent())));
  }
  RETURN_IF_ERROR(violations.ToStatus());
  v1::ListUnitsResponse response;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    const auto is_wanted = [kind](const Unit& unit) {
      return kind == UnitKind::kUnspecified || unit.kind == kind;
    };
    ASSIGN_OR_RETURN(auto page, ReadPage<Unit>(view, request, where, is_wanted));
    FillPage(std::move(page), response.mutable_units(), response);
    return absl::OkStatus();
  }));
  return response;
}

absl::StatusOr<v1::CreateClusterResponse> RegistryService::CreateCluster(
    const v1::CreateClusterRequest& request) {
  Violations violations;
  Cluster draft = ParseCluster(request.cluster());
  draft.id = violations.Take("cluster_id", ClusterId::FromId(request.cluster_id()));
  return Mutate<v1::CreateClusterResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::CreateClusterResponse> {
        ASSIGN_OR_RETURN(const Cluster cluster, MakeCluster(draft, violations));
        ASSIGN_OR_RETURN(const auto stored, transaction.Create(cluster));
        v1::CreateClusterResponse response;
        *response.mutable_cluster() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::GetClusterResponse> RegistryService::GetCluster(
    const v1::GetClusterRequest& request) {
  ASSIGN_OR_RETURN(const ClusterId id, InField("name", ClusterId::Parse(request.name())));
  v1::GetClusterResponse response;
  ASSIGN_OR_RETURN(*response.mutable_cluster(), GetFor<Cluster>(request, id));
  return response;
}

absl::StatusOr<v1::ListClustersResponse> RegistryService::ListClusters(
    const v1::ListClustersRequest& request) {
  v1::ListClustersResponse response;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(auto page, ReadPage<Cluster>(view, request, std::nullopt, IsAny<Cluster>));
    FillPage(std::move(page), response.mutable_clusters(), response);
    return absl::OkStatus();
  }));
  return response;
}

absl::StatusOr<v1::CreateClusterYearResponse> RegistryService::CreateClusterYear(
    const v1::CreateClusterYearRequest& request) {
  Violations violations;
  ClusterYear draft = ParseClusterYear("cluster_year", request.cluster_year(), violations);
  draft.id.cluster = violations.Take("parent", ClusterId::Parse(request.parent()));
  draft.id.year =
      violations.Take("cluster_year_id", ClusterYearId::ParseYear(request.cluster_year_id()));
  return Mutate<v1::CreateClusterYearResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::CreateClusterYearResponse> {
        if (draft.id.cluster.empty()) return violations.ToStatus();
        RETURN_IF_ERROR(transaction.Get<Cluster>(draft.id.cluster).status());
        ASSIGN_OR_RETURN(const Units members, FindMembers(transaction, draft));
        ASSIGN_OR_RETURN(const Forms forms, FindForms(transaction, draft));
        ASSIGN_OR_RETURN(const ClusterYear year,
                         MakeClusterYear(draft, {members, forms}, violations));
        ASSIGN_OR_RETURN(const auto stored, transaction.Create(year));
        v1::CreateClusterYearResponse response;
        *response.mutable_cluster_year() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::GetClusterYearResponse> RegistryService::GetClusterYear(
    const v1::GetClusterYearRequest& request) {
  ASSIGN_OR_RETURN(const ClusterYearId id, InField("name", ClusterYearId::Parse(request.name())));
  v1::GetClusterYearResponse response;
  ASSIGN_OR_RETURN(*response.mutable_cluster_year(), GetFor<ClusterYear>(request, id));
  return response;
}

absl::StatusOr<v1::ListClusterYearsResponse> RegistryService::ListClusterYears(
    const v1::ListClusterYearsRequest& request) {
  ASSIGN_OR_RETURN(const auto cluster, ParseClusterOrAll(request.parent()));
  std::optional<common::storage::IndexKey> where;
  if (cluster.has_value()) where = YearsOfCluster(*cluster);
  v1::ListClusterYearsResponse response;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(auto page, ReadPage<ClusterYear>(view, request, where, IsAny<ClusterYear>));
    FillPage(std::move(page), response.mutable_cluster_years(), response);
    return absl::OkStatus();
  }));
  return response;
}

absl::StatusOr<v1::AdvanceClusterYearResponse> RegistryService::AdvanceClusterYear(
    const v1::AdvanceClusterYearRequest& request) {
  Violations violations;
  const auto id = violations.Take("name", ClusterYearId::Parse(request.name()));
  const auto state = ParseEnum<ClusterState>("state", request.state(), violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return Mutate<v1::AdvanceClusterYearResponse>(
      request,
      [&](StoreTransaction& transaction) -> absl::StatusOr<v1::AdvanceClusterYearResponse> {
        ASSIGN_OR_RETURN(auto stored, transaction.Get<ClusterYear>(id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), stored.version));
        ASSIGN_OR_RETURN(const ClusterYear year, Advance(stored.value, state));
        ASSIGN_OR_RETURN(stored, transaction.PutIfChanged(std::move(stored), year));
        v1::AdvanceClusterYearResponse response;
        *response.mutable_cluster_year() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::HandOverClusterYearResponse> RegistryService::HandOverClusterYear(
    const v1::HandOverClusterYearRequest& request) {
  Violations violations;
  const auto id = violations.Take("name", ClusterYearId::Parse(request.name()));
  const ClusterYear next = ParseClusterYear("next", request.next(), violations);
  const auto date = violations.Take("date", ParseDate(request.date()));
  return Mutate<v1::HandOverClusterYearResponse>(
      request,
      [&](StoreTransaction& transaction) -> absl::StatusOr<v1::HandOverClusterYearResponse> {
        if (id.empty()) return violations.ToStatus();
        ASSIGN_OR_RETURN(const auto stored, transaction.Get<ClusterYear>(id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), stored.version));
        ASSIGN_OR_RETURN(const Units members,
                         FindMembers(transaction, next.members.empty() ? stored.value : next));
        ASSIGN_OR_RETURN(const Forms forms, FindForms(transaction, next));
        ASSIGN_OR_RETURN(const HandedOver both,
                         HandOver(stored.value, next, date, {members, forms}, violations));
        ASSIGN_OR_RETURN(const auto begun, transaction.Create(both.next));
        ASSIGN_OR_RETURN(const auto ended, transaction.Put(both.ended));
        v1::HandOverClusterYearResponse response;
        *response.mutable_cluster_year() = Render(ended);
        *response.mutable_next() = Render(begun);
        return response;
      });
}

grpc::Status RegistryService::CreateUnit(grpc::ServerContext* context,
                                         const v1::CreateUnitRequest* request,
                                         v1::CreateUnitResponse* response) {
  return Answer(context, request, response, [&] { return CreateUnit(*request); });
}

grpc::Status RegistryService::UpdateUnit(grpc::ServerContext* context,
                                         const v1::UpdateUnitRequest* request,
                                         v1::UpdateUnitResponse* response) {
  return Answer(context, request, response, [&] { return UpdateUnit(*request); });
}

grpc::Status RegistryService::MergeUnits(grpc::ServerContext* context,
                                         const v1::MergeUnitsRequest* request,
                                         v1::MergeUnitsResponse* response) {
  return Answer(context, request, response, [&] { return MergeUnits(*request); });
}

grpc::Status RegistryService::GetUnit(grpc::ServerContext* context,
                                      const v1::GetUnitRequest* request,
                                      v1::GetUnitResponse* response) {
  return Answer(context, request, response, [&] { return GetUnit(*request); });
}

grpc::Status RegistryService::ListUnits(grpc::ServerContext* context,
                                        const v1::ListUnitsRequest* request,
                                        v1::ListUnitsResponse* response) {
  return Answer(context, request, response, [&] { return ListUnits(*request); });
}

grpc::Status RegistryService::CreateCluster(grpc::ServerContext* context,
                                            const v1::CreateClusterRequest* request,
                                            v1::CreateClusterResponse* response) {
  return Answer(context, request, response, [&] { return CreateCluster(*request); });
}

grpc::Status RegistryService::GetCluster(grpc::ServerContext* context,
                                         const v1::GetClusterRequest* request,
                                         v1::GetClusterResponse* response) {
  return Answer(context, request, response, [&] { return GetCluster(*request); });
}

grpc::Status RegistryService::ListClusters(grpc::ServerContext* context,
                                           const v1::ListClustersRequest* request,
                                           v1::ListClustersResponse* response) {
  return Answer(context, request, response, [&] { return ListClusters(*request); });
}

grpc::Status RegistryService::CreateClusterYear(grpc::ServerContext* context,
                                                const v1::CreateClusterYearRequest* request,
                                                v1::CreateClusterYearResponse* response) {
  return Answer(context, request, response, [&] { return CreateClusterYear(*request); });
}

grpc::Status RegistryService::GetClusterYear(grpc::ServerContext* context,
                                             const v1::GetClusterYearRequest* request,
                                             v1::GetClusterYearResponse* response) {
  return Answer(context, request, response, [&] { return GetClusterYear(*request); });
}

grpc::Status RegistryService::ListClusterYears(grpc::ServerContext* context,
                                               const v1::ListClusterYearsRequest* request,
                                               v1::ListClusterYearsResponse* response) {
  return Answer(context, request, response, [&] { return ListClusterYears(*request); });
}

grpc::Status RegistryService::AdvanceClusterYear(grpc::ServerContext* context,
                                                 const v1::AdvanceClusterYearRequest* request,
                                                 v1::AdvanceClusterYearResponse* response) {
  return Answer(context, request, response, [&] { return AdvanceClusterYear(*request); });
}

grpc::Status RegistryService::HandOverClusterYear(grpc::ServerContext* context,
                                                  const v1::HandOverClusterYearRequest* request,
                                                  v1::HandOverClusterYearResponse* response) {
  return Answer(context, request, response, [&] { return HandOverClusterYear(*request); });
}

}  // namespace reporting
