// thidua.awards.v1.NominationService; the contract says what each call does and when it fails.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_NOMINATION_SERVICE_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_NOMINATION_SERVICE_H_

#include "services/awards/service/service_base.h"
#include "thidua/awards/v1/nomination_service.grpc.pb.h"

namespace awards {

// Thread-safe.
class NominationService final : public ServiceBase<thidua::awards::v1::NominationService> {
 public:
  using ServiceBase::ServiceBase;

  grpc::Status OpenDossier(grpc::ServerContext* context,
                           const thidua::awards::v1::OpenDossierRequest* request,
                           thidua::awards::v1::OpenDossierResponse* response) override;
  grpc::Status SubmitDossierItem(grpc::ServerContext* context,
                                 const thidua::awards::v1::SubmitDossierItemRequest* request,
                                 thidua::awards::v1::SubmitDossierItemResponse* response) override;
  grpc::Status MoveNomination(grpc::ServerContext* context,
                              const thidua::awards::v1::MoveNominationRequest* request,
                              thidua::awards::v1::MoveNominationResponse* response) override;
  grpc::Status PlaceHold(grpc::ServerContext* context,
                         const thidua::awards::v1::PlaceHoldRequest* request,
                         thidua::awards::v1::PlaceHoldResponse* response) override;
  grpc::Status EndHold(grpc::ServerContext* context,
                       const thidua::awards::v1::EndHoldRequest* request,
                       thidua::awards::v1::EndHoldResponse* response) override;
  grpc::Status GetHold(grpc::ServerContext* context,
                       const thidua::awards::v1::GetHoldRequest* request,
                       thidua::awards::v1::GetHoldResponse* response) override;
  grpc::Status ListHolds(grpc::ServerContext* context,
                         const thidua::awards::v1::ListHoldsRequest* request,
                         thidua::awards::v1::ListHoldsResponse* response) override;
  grpc::Status RecordDecision(grpc::ServerContext* context,
                              const thidua::awards::v1::RecordDecisionRequest* request,
                              thidua::awards::v1::RecordDecisionResponse* response) override;
  grpc::Status GetDecision(grpc::ServerContext* context,
                           const thidua::awards::v1::GetDecisionRequest* request,
                           thidua::awards::v1::GetDecisionResponse* response) override;
  grpc::Status ListDecisions(grpc::ServerContext* context,
                             const thidua::awards::v1::ListDecisionsRequest* request,
                             thidua::awards::v1::ListDecisionsResponse* response) override;
  grpc::Status RevokeAward(grpc::ServerContext* context,
                           const thidua::awards::v1::RevokeAwardRequest* request,
                           thidua::awards::v1::RevokeAwardResponse* response) override;
  grpc::Status RecordRecovery(grpc::ServerContext* context,
                              const thidua::awards::v1::RecordRecoveryRequest* request,
                              thidua::awards::v1::RecordRecoveryResponse* response) override;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_NOMINATION_SERVICE_H_
