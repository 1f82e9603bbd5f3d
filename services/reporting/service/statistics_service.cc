#include "services/reporting/service/statistics_service.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "services/reporting/codec/totals.h"
#include "services/reporting/domain/totals.h"
#include "services/reporting/store/definitions.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

absl::StatusOr<std::shared_ptr<const FormDefinition>> GetDefinition(StoreView& view,
                                                                    const FormId& id) {
  ASSIGN_OR_RETURN(auto definition, FindDefinition(view, id));
  if (definition != nullptr) return definition;
  return common::Error(absl::StatusCode::kNotFound, common::kResourceNotFound,
                       absl::StrCat("no form has the name ", id.ToName()))
      .With("name", id.ToName());
}

// What the members of `year` reported of what `query` asks for.
absl::StatusOr<std::vector<Submission>> FindReported(StoreView& view, const TotalsQuery& query,
                                                     const ClusterYear& year, const FormId& form) {
  std::vector<Submission> submissions;
  if (query.period.empty()) return submissions;
  for (const UnitId& member : year.members) {
    ASSIGN_OR_RETURN(auto found, view.Find<Submission>({.unit = member,
                                                        .form = form,
                                                        .period = query.period,
                                                        .value_kind = ValueKindOf(query, year)}));
    if (found.has_value()) submissions.push_back(std::move(found->value));
  }
  return submissions;
}

}  // namespace

absl::StatusOr<v1::ComputeTotalsResponse> StatisticsService::ComputeTotals(
    const v1::ComputeTotalsRequest& request) {
  Violations violations;
  const TotalsQuery query = ParseTotalsQuery(request, violations);
  const auto id = violations.Take("cluster_year", ClusterYearId::Parse(request.cluster_year()));
  const auto form = violations.Take("form", FormId::Parse(request.form()));
  if (id.empty() || form.empty()) return violations.ToStatus();
  v1::ComputeTotalsResponse response;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const auto year, view.Get<ClusterYear>(id));
    ASSIGN_OR_RETURN(const auto definition, GetDefinition(view, form));
    ASSIGN_OR_RETURN(const auto submissions, FindReported(view, query, year.value, form));
    ASSIGN_OR_RETURN(const Totals totals, reporting::ComputeTotals(query, year.value, *definition,
                                                                   submissions, violations));
    response = ToProto(totals);
    response.set_commit_token(common::rpc::CommitToken(ledger(), view.Head()));
    return absl::OkStatus();
  }));
  return response;
}

grpc::Status StatisticsService::ComputeTotals(grpc::ServerContext* context,
                                              const v1::ComputeTotalsRequest* request,
                                              v1::ComputeTotalsResponse* response) {
  return Answer(context, request, response, [&] { return ComputeTotals(*request); });
}

}  // namespace reporting
