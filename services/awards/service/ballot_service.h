// thidua.awards.v1.BallotService; the contract says what each call does and when it fails.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_BALLOT_SERVICE_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_BALLOT_SERVICE_H_

#include "services/awards/service/service_base.h"
#include "thidua/awards/v1/ballot_service.grpc.pb.h"

namespace awards {

// Thread-safe.
class BallotService final : public ServiceBase<thidua::awards::v1::BallotService> {
 public:
  using ServiceBase::ServiceBase;

  grpc::Status OpenBallot(grpc::ServerContext* context,
                          const thidua::awards::v1::OpenBallotRequest* request,
                          thidua::awards::v1::OpenBallotResponse* response) override;
  grpc::Status GetBallot(grpc::ServerContext* context,
                         const thidua::awards::v1::GetBallotRequest* request,
                         thidua::awards::v1::GetBallotResponse* response) override;
  grpc::Status ListBallots(grpc::ServerContext* context,
                           const thidua::awards::v1::ListBallotsRequest* request,
                           thidua::awards::v1::ListBallotsResponse* response) override;
  grpc::Status CastVote(grpc::ServerContext* context,
                        const thidua::awards::v1::CastVoteRequest* request,
                        thidua::awards::v1::CastVoteResponse* response) override;
  grpc::Status CloseBallot(grpc::ServerContext* context,
                           const thidua::awards::v1::CloseBallotRequest* request,
                           thidua::awards::v1::CloseBallotResponse* response) override;
  grpc::Status CancelBallot(grpc::ServerContext* context,
                            const thidua::awards::v1::CancelBallotRequest* request,
                            thidua::awards::v1::CancelBallotResponse* response) override;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_BALLOT_SERVICE_H_
