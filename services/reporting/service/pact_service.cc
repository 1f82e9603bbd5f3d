#include "services/reporting/service/pact_service.h"

#include <utility>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/pact.h"
#include "services/reporting/service/achievements.h"
#include "services/reporting/service/listing.h"
#include "services/reporting/store/definitions.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

std::vector<IndicatorId> IndicatorsOf(const std::vector<Target>& targets) {
  std::vector<IndicatorId> ids;
  ids.reserve(targets.size());
  for (const Target& target : targets) ids.push_back(target.indicator);
  return ids;
}

AchievementQuery ParseQuery(const v1::ListAchievementsRequest& request, Violations& violations) {
  AchievementQuery query;
  if (!request.unit().empty()) {
    query.unit = violations.Take("unit", UnitId::Parse(request.unit()));
  }
  if (!request.indicator().empty()) {
    query.indicator = violations.Take("indicator", IndicatorId::Parse(request.indicator()));
  }
  if (!request.period().empty()) {
    query.period = violations.Take("period", Period::Parse(request.period()));
  }
  query.value_kind = ParseEnum<ValueKind>("value_kind", request.value_kind(), violations);
  return query;
}

}  // namespace

absl::StatusOr<v1::CreatePactResponse> PactService::CreatePact(
    const v1::CreatePactRequest& request) {
  Violations violations;
  const auto id = violations.Take("parent", ClusterYearId::Parse(request.parent()));
  const std::vector<Target> targets =
      ParseTargets("pact.targets", request.pact().targets(), violations);
  return Mutate<v1::CreatePactResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::CreatePactResponse> {
        if (id.empty()) return violations.ToStatus();
        ASSIGN_OR_RETURN(const auto year, transaction.Get<ClusterYear>(id));
        ASSIGN_OR_RETURN(const Indicators indicators,
                         FindIndicators(transaction, IndicatorsOf(targets)));
        ASSIGN_OR_RETURN(const Pact pact, MakePact({year.value, indicators}, targets, violations));
        ASSIGN_OR_RETURN(const auto stored, transaction.Create(pact));
        v1::CreatePactResponse response;
        *response.mutable_pact() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::GetPactResponse> PactService::GetPact(const v1::GetPactRequest& request) {
  ASSIGN_OR_RETURN(const ClusterYearId id, InField("name", ParsePactName(request.name())));
  v1::GetPactResponse response;
  ASSIGN_OR_RETURN(*response.mutable_pact(), GetFor<Pact>(request, id));
  return response;
}

absl::StatusOr<v1::UpdatePactResponse> PactService::UpdatePact(
    const v1::UpdatePactRequest& request) {
  Violations violations;
  const auto id = violations.Take("pact.name", ParsePactName(request.pact().name()));
  const auto targets = ParseTargets("pact.targets", request.pact().targets(), violations);
  if (request.etag().empty()) {
    violations.Add("etag", common::kRequiredFieldMissing,
                   "is required: the etag of the version that the update was made from");
  }
  return Mutate<v1::UpdatePactResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::UpdatePactResponse> {
        if (id.empty()) return violations.ToStatus();
        ASSIGN_OR_RETURN(auto stored, transaction.Get<Pact>(id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), stored.version));
        ASSIGN_OR_RETURN(const auto year, transaction.Get<ClusterYear>(id));
        ASSIGN_OR_RETURN(const Indicators indicators,
                         FindIndicators(transaction, IndicatorsOf(targets)));
        ASSIGN_OR_RETURN(
            const Pact pact,
            reporting::UpdatePact(stored.value, {year.value, indicators}, targets, violations));
        ASSIGN_OR_RETURN(stored, transaction.PutIfChanged(std::move(stored), pact));
        v1::UpdatePactResponse response;
        *response.mutable_pact() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::RevisePactResponse> PactService::RevisePact(
    const v1::RevisePactRequest& request) {
  Violations violations;
  const auto id = violations.Take("name", ParsePactName(request.name()));
  const Revision revision{.targets = ParseTargets("targets", request.targets(), violations),
                          .reason = request.reason()};
  return Mutate<v1::RevisePactResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::RevisePactResponse> {
        if (id.empty()) return violations.ToStatus();
        ASSIGN_OR_RETURN(const auto stored, transaction.Get<Pact>(id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), stored.version));
        ASSIGN_OR_RETURN(const auto year, transaction.Get<ClusterYear>(id));
        ASSIGN_OR_RETURN(const Indicators indicators,
                         FindIndicators(transaction, IndicatorsOf(revision.targets)));
        ASSIGN_OR_RETURN(const Pact pact,
                         reporting::RevisePact(stored.value, {year.value, indicators}, revision,
                                               transaction.Now(), violations));
        ASSIGN_OR_RETURN(const auto revised, transaction.Put(pact));
        v1::RevisePactResponse response;
        *response.mutable_pact() = Render(revised);
        return response;
      });
}

absl::StatusOr<v1::ListAchievementsResponse> PactService::ListAchievements(
    const v1::ListAchievementsRequest& request) {
  Violations violations;
  const auto id = violations.Take("parent", ParsePactName(request.parent()));
  AchievementQuery query = ParseQuery(request, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(query.page_size, common::rpc::PageSize(request.page_size()));
  ASSIGN_OR_RETURN(const std::string start, PageStart(request));
  ASSIGN_OR_RETURN(query.start, ParseAchievementPlace(start));
  AchievementPage page;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(page, ReadAchievements(view, id, query));
    return absl::OkStatus();
  }));
  v1::ListAchievementsResponse response;
  for (const Achievement& reached : page.achievements) {
    *response.add_achievements() = ToProto(reached);
  }
  if (page.next.has_value()) {
    response.set_next_page_token(
        common::storage::EncodePageToken(ToText(*page.next), QueryFingerprint(request)));
  }
  return response;
}

absl::StatusOr<v1::SignPactResponse> PactService::SignPact(const v1::SignPactRequest& request) {
  Violations violations;
  const auto id = violations.Take("name", ParsePactName(request.name()));
  Signature signature;
  signature.unit = violations.Take("unit", UnitId::Parse(request.unit()));
  signature.signer = request.signer();
  signature.date = violations.Take("date", ParseDate(request.date()));
  return Mutate<v1::SignPactResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::SignPactResponse> {
        if (id.empty()) return violations.ToStatus();
        ASSIGN_OR_RETURN(const auto pact, transaction.Get<Pact>(id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), pact.version));
        ASSIGN_OR_RETURN(const auto year, transaction.Get<ClusterYear>(id));
        signature.record_time = transaction.Now();
        ASSIGN_OR_RETURN(const Signed after, Sign(pact.value, year.value, signature, violations));
        ASSIGN_OR_RETURN(const auto stored, transaction.Put(after.pact));
        if (after.year != year.value) RETURN_IF_ERROR(transaction.Put(after.year).status());
        v1::SignPactResponse response;
        *response.mutable_pact() = Render(stored);
        return response;
      });
}

grpc::Status PactService::CreatePact(grpc::ServerContext* context,
                                     const v1::CreatePactRequest* request,
                                     v1::CreatePactResponse* response) {
  return Answer(context, request, response, [&] { return CreatePact(*request); });
}

grpc::Status PactService::GetPact(grpc::ServerContext* context, const v1::GetPactRequest* request,
                                  v1::GetPactResponse* response) {
  return Answer(context, request, response, [&] { return GetPact(*request); });
}

grpc::Status PactService::UpdatePact(grpc::ServerContext* context,
                                     const v1::UpdatePactRequest* request,
                                     v1::UpdatePactResponse* response) {
  return Answer(context, request, response, [&] { return UpdatePact(*request); });
}

grpc::Status PactService::RevisePact(grpc::ServerContext* context,
                                     const v1::RevisePactRequest* request,
                                     v1::RevisePactResponse* response) {
  return Answer(context, request, response, [&] { return RevisePact(*request); });
}

grpc::Status PactService::ListAchievements(grpc::ServerContext* context,
                                           const v1::ListAchievementsRequest* request,
                                           v1::ListAchievementsResponse* response) {
  return Answer(context, request, response, [&] { return ListAchievements(*request); });
}

grpc::Status PactService::SignPact(grpc::ServerContext* context, const v1::SignPactRequest* request,
                                   v1::SignPactResponse* response) {
  return Answer(context, request, response, [&] { return SignPact(*request); });
}

}  // namespace reporting
