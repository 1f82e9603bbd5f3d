#include "services/reporting/service/definition_service.h"

#include <utility>
#include <vector>

#include "services/reporting/codec/definition.h"
#include "services/reporting/service/listing.h"
#include "services/reporting/service/references.h"
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

}  // namespace

absl::StatusOr<v1::CreateIndicatorResponse> DefinitionService::CreateIndicator(
    const v1::CreateIndicatorRequest& request) {
  Violations violations;
  Indicator draft = ParseIndicator("indicator", request.indicator(), violations);
  draft.id = violations.Take("indicator_id", IndicatorId::FromId(request.indicator_id()));
  return Mutate<v1::CreateIndicatorResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::CreateIndicatorResponse> {
        ASSIGN_OR_RETURN(const auto weight, FindReferenced<Indicator>(transaction, draft.weight));
        ASSIGN_OR_RETURN(const Indicator indicator,
                         MakeIndicator(draft, PointerTo(weight), violations));
        ASSIGN_OR_RETURN(const auto stored, transaction.Create(indicator));
        v1::CreateIndicatorResponse response;
        *response.mutable_indicator() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::GetIndicatorResponse> DefinitionService::GetIndicator(
    const v1::GetIndicatorRequest& request) {
  ASSIGN_OR_RETURN(const IndicatorId id, InField("name", IndicatorId::Parse(request.name())));
  v1::GetIndicatorResponse response;
  ASSIGN_OR_RETURN(*response.mutable_indicator(), GetFor<Indicator>(request, id));
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

absl::StatusOr<v1::GetFormResponse> DefinitionService::GetForm(const v1::GetFormRequest& request) {
  ASSIGN_OR_RETURN(const FormId id, InField("name", FormId::Parse(request.name())));
  v1::GetFormResponse response;
  ASSIGN_OR_RETURN(*response.mutable_form(), GetFor<Form>(request, id));
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
