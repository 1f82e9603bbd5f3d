#include "services/reporting/service/definition_service.h"

#include <utility>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/codec/definition.h"
#include "services/reporting/service/listing.h"
#include "services/reporting/store/definitions.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

std::vector<IndicatorId> IndicatorsOf(const Form& form) {
  std::vector<IndicatorId> ids;
  ids.reserve(form.fields.size());
  for (const FormField& field : form.fields) ids.push_back(field.indicator);
  return ids;
}

// What the next definition `draft` of an indicator is checked against: what it refers to, and one
// that is weighted by it.
absl::StatusOr<Indicators> FindAround(StoreView& view, const IndicatorId& id,
                                      const Indicator& draft) {
  ASSIGN_OR_RETURN(Indicators known, FindIndicators(view, ReferencesOf(draft)));
  ASSIGN_OR_RETURN(auto weighted,
                   view.List<Indicator>({.where = IndicatorsWeightedBy(id), .limit = 1}));
  for (auto& one : weighted) known.emplace(one.value.id, std::move(one.value));
  return known;
}

void CheckEtagGiven(const std::string& etag, Violations& violations) {
  if (!etag.empty()) return;
  violations.Add("etag", common::kRequiredFieldMissing,
                 "give the etag of the version this was made from");
}

}  // namespace

absl::StatusOr<v1::CreateIndicatorResponse> DefinitionService::CreateIndicator(
    const v1::CreateIndicatorRequest& request) {
  Violations violations;
  Indicator draft = ParseIndicator("indicator", request.indicator(), violations);
  draft.id = violations.Take("indicator_id", IndicatorId::FromId(request.indicator_id()));
  return Mutate<v1::CreateIndicatorResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::CreateIndicatorResponse> {
        ASSIGN_OR_RETURN(const Indicators known, FindIndicators(transaction, ReferencesOf(draft)));
        ASSIGN_OR_RETURN(const Indicator indicator, MakeIndicator(draft, known, violations));
        ASSIGN_OR_RETURN(const auto stored, transaction.Create(indicator));
        v1::CreateIndicatorResponse response;
        *response.mutable_indicator() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::UpdateIndicatorResponse> DefinitionService::UpdateIndicator(
    const v1::UpdateIndicatorRequest& request) {
  Violations violations;
  const Indicator draft = ParseIndicator("indicator", request.indicator(), violations);
  const auto id = violations.Take("indicator.name", IndicatorId::Parse(request.indicator().name()));
  CheckEtagGiven(request.etag(), violations);
  if (id.empty()) return violations.ToStatus();
  return Mutate<v1::UpdateIndicatorResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::UpdateIndicatorResponse> {
        ASSIGN_OR_RETURN(auto stored, transaction.Get<Indicator>(id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), stored.version));
        ASSIGN_OR_RETURN(const Indicators known, FindAround(transaction, id, draft));
        ASSIGN_OR_RETURN(const Indicator next,
                         reporting::UpdateIndicator(stored.value, draft, known, violations));
        ASSIGN_OR_RETURN(stored, transaction.PutIfChanged(std::move(stored), next));
        v1::UpdateIndicatorResponse response;
        *response.mutable_indicator() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::GetIndicatorResponse> DefinitionService::GetIndicator(
    const v1::GetIndicatorRequest& request) {
  ASSIGN_OR_RETURN(const IndicatorId id, InField("name", IndicatorId::Parse(request.name())));
  v1::GetIndicatorResponse response;
  ASSIGN_OR_RETURN(
      *response.mutable_indicator(),
      GetVersionFor<Indicator>(request, id, "definition_version", request.definition_version()));
  return response;
}

absl::StatusOr<v1::ListIndicatorsResponse> DefinitionService::ListIndicators(
    const v1::ListIndicatorsRequest& request) {
  v1::ListIndicatorsResponse response;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(auto page, ReadPage<Indicator>(view, request, std::nullopt, IsAny<Indicator>));
    FillPage(std::move(page), response.mutable_indicators(), response);
    return absl::OkStatus();
  }));
  return response;
}

absl::StatusOr<v1::CreateFormResponse> DefinitionService::CreateForm(
    const v1::CreateFormRequest& request) {
  Violations violations;
  Form draft = ParseForm("form", request.form(), violations);
  draft.id = violations.Take("form_id", FormId::FromId(request.form_id()));
  return Mutate<v1::CreateFormResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::CreateFormResponse> {
        ASSIGN_OR_RETURN(const Indicators indicators,
                         FindIndicators(transaction, IndicatorsOf(draft)));
        ASSIGN_OR_RETURN(const Form form, MakeForm(draft, indicators, violations));
        ASSIGN_OR_RETURN(const auto stored, transaction.Create(form));
        v1::CreateFormResponse response;
        *response.mutable_form() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::UpdateFormResponse> DefinitionService::UpdateForm(
    const v1::UpdateFormRequest& request) {
  Violations violations;
  const Form draft = ParseForm("form", request.form(), violations);
  const auto id = violations.Take("form.name", FormId::Parse(request.form().name()));
  CheckEtagGiven(request.etag(), violations);
  if (id.empty()) return violations.ToStatus();
  return Mutate<v1::UpdateFormResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::UpdateFormResponse> {
        ASSIGN_OR_RETURN(auto stored, transaction.Get<Form>(id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), stored.version));
        ASSIGN_OR_RETURN(const Indicators indicators,
                         FindIndicators(transaction, IndicatorsOf(draft)));
        ASSIGN_OR_RETURN(const Form next,
                         reporting::UpdateForm(stored.value, draft, indicators, violations));
        ASSIGN_OR_RETURN(stored, transaction.PutIfChanged(std::move(stored), next));
        v1::UpdateFormResponse response;
        *response.mutable_form() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::GetFormResponse> DefinitionService::GetForm(const v1::GetFormRequest& request) {
  ASSIGN_OR_RETURN(const FormId id, InField("name", FormId::Parse(request.name())));
  v1::GetFormResponse response;
  ASSIGN_OR_RETURN(*response.mutable_form(),
                   GetVersionFor<Form>(request, id, "version", request.version()));
  return response;
}

absl::StatusOr<v1::ListFormsResponse> DefinitionService::ListForms(
    const v1::ListFormsRequest& request) {
  v1::ListFormsResponse response;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(auto page, ReadPage<Form>(view, request, std::nullopt, IsAny<Form>));
    FillPage(std::move(page), response.mutable_forms(), response);
    return absl::OkStatus();
  }));
  return response;
}

grpc::Status DefinitionService::CreateIndicator(grpc::ServerContext* context,
                                                const v1::CreateIndicatorRequest* request,
                                                v1::CreateIndicatorResponse* response) {
  return Answer(context, request, response, [&] { return CreateIndicator(*request); });
}

grpc::Status DefinitionService::UpdateIndicator(grpc::ServerContext* context,
                                                const v1::UpdateIndicatorRequest* request,
                                                v1::UpdateIndicatorResponse* response) {
  return Answer(context, request, response, [&] { return UpdateIndicator(*request); });
}

grpc::Status DefinitionService::GetIndicator(grpc::ServerContext* context,
                                             const v1::GetIndicatorRequest* request,
                                             v1::GetIndicatorResponse* response) {
  return Answer(context, request, response, [&] { return GetIndicator(*request); });
}

grpc::Status DefinitionService::ListIndicators(grpc::ServerContext* context,
                                               const v1::ListIndicatorsRequest* request,
                                               v1::ListIndicatorsResponse* response) {
  return Answer(context, request, response, [&] { return ListIndicators(*request); });
}

grpc::Status DefinitionService::CreateForm(grpc::ServerContext* context,
                                           const v1::CreateFormRequest* request,
                                           v1::CreateFormResponse* response) {
  return Answer(context, request, response, [&] { return CreateForm(*request); });
}

grpc::Status DefinitionService::UpdateForm(grpc::ServerContext* context,
                                           const v1::UpdateFormRequest* request,
                                           v1::UpdateFormResponse* response) {
  return Answer(context, request, response, [&] { return UpdateForm(*request); });
}

grpc::Status DefinitionService::GetForm(grpc::ServerContext* context,
                                        const v1::GetFormRequest* request,
                                        v1::GetFormResponse* response) {
  return Answer(context, request, response, [&] { return GetForm(*request); });
}

grpc::Status DefinitionService::ListForms(grpc::ServerContext* context,
                                          const v1::ListFormsRequest* request,
                                          v1::ListFormsResponse* response) {
  return Answer(context, request, response, [&] { return ListForms(*request); });
}

}  // namespace reporting
