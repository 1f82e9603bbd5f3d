#include "services/awards/service/ballot_service.h"

#include "common/status/status_macros.h"
#include "services/awards/service/balloting.h"
#include "services/awards/service/reads.h"

namespace awards {

namespace v1 = thidua::awards::v1;
using common::storage::Transaction;

grpc::Status BallotService::OpenBallot(grpc::ServerContext* context,
                                       const v1::OpenBallotRequest* request,
                                       v1::OpenBallotResponse* response) {
  return Write(context, request, response, &awards::OpenBallot);
}

grpc::Status BallotService::GetBallot(grpc::ServerContext* context,
                                      const v1::GetBallotRequest* request,
                                      v1::GetBallotResponse* response) {
  return Answer(context, request, response, [&]() -> absl::StatusOr<v1::GetBallotResponse> {
    ASSIGN_OR_RETURN(const auto found, ReadNamed<Ballot>(ledger(), *request));
    v1::GetBallotResponse answer;
    *answer.mutable_ballot() = Render(found);
    return answer;
  });
}

grpc::Status BallotService::ListBallots(grpc::ServerContext* context,
                                        const v1::ListBallotsRequest* request,
                                        v1::ListBallotsResponse* response) {
  return Answer(context, request, response, [&]() -> absl::StatusOr<v1::ListBallotsResponse> {
    ASSIGN_OR_RETURN(const auto listing, ReadPage<Ballot>(ledger(), *request));
    v1::ListBallotsResponse answer;
    for (const auto& item : listing.items) *answer.add_ballots() = Render(item);
    answer.set_next_page_token(listing.next_page_token);
    return answer;
  });
}

grpc::Status BallotService::CastVote(grpc::ServerContext* context,
                                     const v1::CastVoteRequest* request,
                                     v1::CastVoteResponse* response) {
  return Answer(context, request, response, [&] {
    // What a vote is must not be told by the fingerprint of its request, which is stored.
    v1::CastVoteRequest content = *request;
    content.clear_choices();
    return Mutate<v1::CastVoteResponse>(
        content, [&](Transaction& transaction) { return awards::CastVote(transaction, *request); });
  });
}

grpc::Status BallotService::CloseBallot(grpc::ServerContext* context,
                                        const v1::CloseBallotRequest* request,
                                        v1::CloseBallotResponse* response) {
  return Write(context, request, response, &awards::CloseBallot);
}

grpc::Status BallotService::CancelBallot(grpc::ServerContext* context,
                                         const v1::CancelBallotRequest* request,
                                         v1::CancelBallotResponse* response) {
  return Write(context, request, response, &awards::CancelBallot);
}

}  // namespace awards
