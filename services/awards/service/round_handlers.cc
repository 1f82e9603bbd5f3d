// The gRPC side of RoundService: each override is one statement.
#include "absl/time/clock.h"
#include "common/status/status_macros.h"
#include "services/awards/service/reads.h"
#include "services/awards/service/requests.h"
#include "services/awards/service/restating.h"
#include "services/awards/service/round_service.h"

namespace awards {

namespace v1 = thidua::awards::v1;

grpc::Status RoundService::CreateRound(grpc::ServerContext* context,
                                       const v1::CreateRoundRequest* request,
                                       v1::CreateRoundResponse* response) {
  return Answer(context, request, response, [&] { return CreateRound(*request); });
}

grpc::Status RoundService::GetRound(grpc::ServerContext* context,
                                    const v1::GetRoundRequest* request,
                                    v1::GetRoundResponse* response) {
  return Answer(context, request, response, [&] { return GetRound(*request); });
}

grpc::Status RoundService::ListRounds(grpc::ServerContext* context,
                                      const v1::ListRoundsRequest* request,
                                      v1::ListRoundsResponse* response) {
  return Answer(context, request, response, [&] { return ListRounds(*request); });
}

grpc::Status RoundService::RecordAppraisal(grpc::ServerContext* context,
                                           const v1::RecordAppraisalRequest* request,
                                           v1::RecordAppraisalResponse* response) {
  return Answer(context, request, response, [&] { return RecordAppraisal(*request); });
}

grpc::Status RoundService::RecordEvent(grpc::ServerContext* context,
                                       const v1::RecordEventRequest* request,
                                       v1::RecordEventResponse* response) {
  return Answer(context, request, response, [&] { return RecordEvent(*request); });
}

grpc::Status RoundService::ScoreRound(grpc::ServerContext* context,
                                      const v1::ScoreRoundRequest* request,
                                      v1::ScoreRoundResponse* response) {
  return Answer(context, request, response,
                [&] { return ScoreRound(*request, WaitDeadline(*context, absl::Now())); });
}

grpc::Status RoundService::GetStandings(grpc::ServerContext* context,
                                        const v1::GetStandingsRequest* request,
                                        v1::GetStandingsResponse* response) {
  return Answer(context, request, response, [&] { return GetStandings(*request); });
}

grpc::Status RoundService::GetScoreSheet(grpc::ServerContext* context,
                                         const v1::GetScoreSheetRequest* request,
                                         v1::GetScoreSheetResponse* response) {
  return Read(context, request, response, &awards::GetScoreSheet);
}

grpc::Status RoundService::ListScoreSheets(grpc::ServerContext* context,
                                           const v1::ListScoreSheetsRequest* request,
                                           v1::ListScoreSheetsResponse* response) {
  return Answer(context, request, response, [&] { return ListScoreSheets(*request); });
}

grpc::Status RoundService::IssueNominations(grpc::ServerContext* context,
                                            const v1::IssueNominationsRequest* request,
                                            v1::IssueNominationsResponse* response) {
  return Answer(context, request, response,
                [&] { return IssueNominations(*request, WaitDeadline(*context, absl::Now())); });
}

grpc::Status RoundService::GetNomination(grpc::ServerContext* context,
                                         const v1::GetNominationRequest* request,
                                         v1::GetNominationResponse* response) {
  return Answer(context, request, response, [&] { return GetNomination(*request); });
}

grpc::Status RoundService::ListNominations(grpc::ServerContext* context,
                                           const v1::ListNominationsRequest* request,
                                           v1::ListNominationsResponse* response) {
  return Answer(context, request, response, [&] { return ListNominations(*request); });
}

grpc::Status RoundService::PreviewRescoring(grpc::ServerContext* context,
                                            const v1::PreviewRescoringRequest* request,
                                            v1::PreviewRescoringResponse* response) {
  return Answer(context, request, response,
                [&] { return PreviewRescoring(*request, WaitDeadline(*context, absl::Now())); });
}

grpc::Status RoundService::ReopenRound(grpc::ServerContext* context,
                                       const v1::ReopenRoundRequest* request,
                                       v1::ReopenRoundResponse* response) {
  return Write(context, request, response, &awards::ReopenRound);
}

grpc::Status RoundService::GetRoundResult(grpc::ServerContext* context,
                                          const v1::GetRoundResultRequest* request,
                                          v1::GetRoundResultResponse* response) {
  return Answer(context, request, response, [&]() -> absl::StatusOr<v1::GetRoundResultResponse> {
    ASSIGN_OR_RETURN(const auto found, ReadNamed<v1::RoundResult>(ledger(), *request));
    v1::GetRoundResultResponse answer;
    *answer.mutable_round_result() = Render(found);
    return answer;
  });
}

grpc::Status RoundService::ListRoundResults(grpc::ServerContext* context,
                                            const v1::ListRoundResultsRequest* request,
                                            v1::ListRoundResultsResponse* response) {
  return Answer(context, request, response, [&]() -> absl::StatusOr<v1::ListRoundResultsResponse> {
    ASSIGN_OR_RETURN(const auto listing, ReadPage<v1::RoundResult>(ledger(), *request));
    v1::ListRoundResultsResponse answer;
    for (const auto& item : listing.items) *answer.add_round_results() = Render(item);
    answer.set_next_page_token(listing.next_page_token);
    return answer;
  });
}

grpc::Status RoundService::GetFeedPosition(grpc::ServerContext* context,
                                           const v1::GetFeedPositionRequest* request,
                                           v1::GetFeedPositionResponse* response) {
  return Answer(context, request, response, [&] { return GetFeedPosition(*request); });
}

}  // namespace awards
