#include "services/awards/service/rubric_service.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/rubric_codec.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/reads.h"
#include "services/awards/service/requests.h"

namespace awards {

namespace v1 = thidua::awards::v1;
using common::storage::Transaction;

grpc::Status RubricService::CreateRubric(grpc::ServerContext* context,
                                         const v1::CreateRubricRequest* request,
                                         v1::CreateRubricResponse* response) {
  return Answer(context, request, response, [&] { return CreateRubric(*request); });
}

grpc::Status RubricService::GetRubric(grpc::ServerContext* context,
                                      const v1::GetRubricRequest* request,
                                      v1::GetRubricResponse* response) {
  return Answer(context, request, response, [&] { return GetRubric(*request); });
}

grpc::Status RubricService::ListRubrics(grpc::ServerContext* context,
                                        const v1::ListRubricsRequest* request,
                                        v1::ListRubricsResponse* response) {
  return Answer(context, request, response, [&] { return ListRubrics(*request); });
}

absl::StatusOr<v1::CreateRubricResponse> RubricService::CreateRubric(
    const v1::CreateRubricRequest& request) {
  Violations violations;
  CheckNewId("rubric_id", request.rubric_id(), violations);
  Rubric rubric = ParseRubric(request.rubric(), violations);
  rubric.name = RubricName(request.rubric_id());
  RETURN_IF_ERROR(ValidateRubric(rubric, std::move(violations)).ToStatus(kRubricInvalid));
  return Mutate<v1::CreateRubricResponse>(
      request, [&rubric](Transaction& transaction) -> absl::StatusOr<v1::CreateRubricResponse> {
        ASSIGN_OR_RETURN(const Stored<Rubric> stored, Create(transaction, rubric));
        v1::CreateRubricResponse response;
        *response.mutable_rubric() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::GetRubricResponse> RubricService::GetRubric(
    const v1::GetRubricRequest& request) {
  ASSIGN_OR_RETURN(const Stored<Rubric> rubric, ReadNamed<Rubric>(ledger(), request));
  v1::GetRubricResponse response;
  *response.mutable_rubric() = Render(rubric);
  return response;
}

absl::StatusOr<v1::ListRubricsResponse> RubricService::ListRubrics(
    const v1::ListRubricsRequest& request) {
  ASSIGN_OR_RETURN(const Listing<Rubric> listing, ReadPage<Rubric>(ledger(), request));
  v1::ListRubricsResponse response;
  for (const Stored<Rubric>& rubric : listing.items) *response.add_rubrics() = Render(rubric);
  response.set_next_page_token(listing.next_page_token);
  return response;
}

}  // namespace awards
