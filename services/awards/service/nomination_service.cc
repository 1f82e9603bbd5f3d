#include "services/awards/service/nomination_service.h"

#include "common/status/status_macros.h"
#include "services/awards/service/deciding.h"
#include "services/awards/service/nomination_moves.h"
#include "services/awards/service/reads.h"

namespace awards {

namespace v1 = thidua::awards::v1;

grpc::Status NominationService::OpenDossier(grpc::ServerContext* context,
                                            const v1::OpenDossierRequest* request,
                                            v1::OpenDossierResponse* response) {
  return Write(context, request, response, &awards::OpenDossier);
}

grpc::Status NominationService::SubmitDossierItem(grpc::ServerContext* context,
                                                  const v1::SubmitDossierItemRequest* request,
                                                  v1::SubmitDossierItemResponse* response) {
  return Write(context, request, response, &awards::SubmitDossierItem);
}

grpc::Status NominationService::MoveNomination(grpc::ServerContext* context,
                                               const v1::MoveNominationRequest* request,
                                               v1::MoveNominationResponse* response) {
  return Write(context, request, response, &awards::MoveNomination);
}

grpc::Status NominationService::PlaceHold(grpc::ServerContext* context,
                                          const v1::PlaceHoldRequest* request,
                                          v1::PlaceHoldResponse* response) {
  return Write(context, request, response, &awards::PlaceHold);
}

grpc::Status NominationService::EndHold(grpc::ServerContext* context,
                                        const v1::EndHoldRequest* request,
                                        v1::EndHoldResponse* response) {
  return Write(context, request, response, &awards::EndHold);
}

grpc::Status NominationService::GetHold(grpc::ServerContext* context,
                                        const v1::GetHoldRequest* request,
                                        v1::GetHoldResponse* response) {
  return Answer(context, request, response, [&]() -> absl::StatusOr<v1::GetHoldResponse> {
    ASSIGN_OR_RETURN(const auto found, ReadNamed<v1::Hold>(ledger(), *request));
    v1::GetHoldResponse answer;
    *answer.mutable_hold() = Render(found);
    return answer;
  });
}

grpc::Status NominationService::ListHolds(grpc::ServerContext* context,
                                          const v1::ListHoldsRequest* request,
                                          v1::ListHoldsResponse* response) {
  return Answer(context, request, response, [&]() -> absl::StatusOr<v1::ListHoldsResponse> {
    ASSIGN_OR_RETURN(const auto listing, ReadPage<v1::Hold>(ledger(), *request));
    v1::ListHoldsResponse answer;
    for (const auto& item : listing.items) *answer.add_holds() = Render(item);
    answer.set_next_page_token(listing.next_page_token);
    return answer;
  });
}

grpc::Status NominationService::RecordDecision(grpc::ServerContext* context,
                                               const v1::RecordDecisionRequest* request,
                                               v1::RecordDecisionResponse* response) {
  return Write(context, request, response, &awards::RecordDecision);
}

grpc::Status NominationService::GetDecision(grpc::ServerContext* context,
                                            const v1::GetDecisionRequest* request,
                                            v1::GetDecisionResponse* response) {
  return Answer(context, request, response, [&]() -> absl::StatusOr<v1::GetDecisionResponse> {
    ASSIGN_OR_RETURN(const auto found, ReadNamed<v1::Decision>(ledger(), *request));
    v1::GetDecisionResponse answer;
    *answer.mutable_decision() = Render(found);
    return answer;
  });
}

grpc::Status NominationService::ListDecisions(grpc::ServerContext* context,
                                              const v1::ListDecisionsRequest* request,
                                              v1::ListDecisionsResponse* response) {
  return Answer(context, request, response, [&]() -> absl::StatusOr<v1::ListDecisionsResponse> {
    ASSIGN_OR_RETURN(const auto listing, ReadPage<v1::Decision>(ledger(), *request));
    v1::ListDecisionsResponse answer;
    for (const auto& item : listing.items) *answer.add_decisions() = Render(item);
    answer.set_next_page_token(listing.next_page_token);
    return answer;
  });
}

grpc::Status NominationService::RevokeAward(grpc::ServerContext* context,
                                            const v1::RevokeAwardRequest* request,
                                            v1::RevokeAwardResponse* response) {
  return Write(context, request, response, &awards::RevokeAward);
}

grpc::Status NominationService::RecordRecovery(grpc::ServerContext* context,
                                               const v1::RecordRecoveryRequest* request,
                                               v1::RecordRecoveryResponse* response) {
  return Write(context, request, response, &awards::RecordRecovery);
}

}  // namespace awards
