#include "services/awards/service/rubric_service.h"

#include <optional>
#include <string_view>

#include "common/rpc/mutation.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/text/text.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/rubric_codec.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/reads.h"
#include "services/awards/service/requests.h"
#include "services/awards/store/awards_store.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::rpc::Guard;

constexpr std::string_view kCreateRubric = "thidua.awards.v1.RubricService/CreateRubric";
constexpr std::string_view kGetRubric = "thidua.awards.v1.RubricService/GetRubric";
constexpr std::string_view kListRubrics = "thidua.awards.v1.RubricService/ListRubrics";

}  // namespace

grpc::Status RubricService::CreateRubric(grpc::ServerContext* context,
                                         const v1::CreateRubricRequest* request,
                                         v1::CreateRubricResponse* response) {
  return Guard(environment_.rpc, context, kCreateRubric, *request, response,
               [&] { return CreateRubric(*request); });
}

absl::StatusOr<v1::CreateRubricResponse> RubricService::CreateRubric(
    const v1::CreateRubricRequest& request) {
  Violations violations;
  CheckNewId("rubric_id", request.rubric_id(), violations);
  Rubric rubric = ParseRubric(request.rubric(), violations);
  rubric.name = RubricName(request.rubric_id());
  RETURN_IF_ERROR(ValidateRubric(rubric, std::move(violations)).ToStatus(kRubricInvalid));
  return common::rpc::Mutate<v1::CreateRubricResponse>(
      environment_.ledger, kCreateRubric, AnonymousPrincipal(), request,
      [&rubric](common::storage::Transaction& transaction)
          -> absl::StatusOr<v1::CreateRubricResponse> {
        ASSIGN_OR_RETURN(const auto stored, Create(transaction, rubric));
        v1::CreateRubricResponse response;
        *response.mutable_rubric() = Answer(stored);
        return response;
      });
}

grpc::Status RubricService::GetRubric(grpc::ServerContext* context,
                                      const v1::GetRubricRequest* request,
                                      v1::GetRubricResponse* response) {
  return Guard(environment_.rpc, context, kGetRubric, *request, response,
               [&] { return GetRubric(*request); });
}

absl::StatusOr<v1::GetRubricResponse> RubricService::GetRubric(
    const v1::GetRubricRequest& request) {
  ASSIGN_OR_RETURN(const Stored<Rubric> rubric, ReadNamed<Rubric>(environment_.ledger, request));
  v1::GetRubricResponse response;
  *response.mutable_rubric() = Answer(rubric);
  return response;
}

grpc::Status RubricService::ListRubrics(grpc::ServerContext* context,
                                        const v1::ListRubricsRequest* request,
                                        v1::ListRubricsResponse* response) {
  return Guard(environment_.rpc, context, kListRubrics, *request, response,
               [&] { return ListRubrics(*request); });
}

absl::StatusOr<v1::ListRubricsResponse> RubricService::ListRubrics(
    const v1::ListRubricsRequest& request) {
  ASSIGN_OR_RETURN(const Listing<Rubric> listing,
                   ReadPage<Rubric>(environment_.ledger, request));
  v1::ListRubricsResponse response;
  for (const Stored<Rubric>& rubric : listing.items) *response.add_rubrics() = Answer(rubric);
  response.set_next_page_token(listing.next_page_token);
  return response;
}

}  // namespace awards
