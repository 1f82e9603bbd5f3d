// thidua.awards.v1.RoundService; the contract says what each call does and when it fails.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_ROUND_SERVICE_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_ROUND_SERVICE_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/awards/service/service_base.h"
#include "thidua/awards/v1/round_service.grpc.pb.h"

namespace awards {

// Thread-safe.
class RoundService final : public ServiceBase<thidua::awards::v1::RoundService> {
 public:
  using ServiceBase::ServiceBase;

  grpc::Status CreateRound(grpc::ServerContext* context,
                           const thidua::awards::v1::CreateRoundRequest* request,
                           thidua::awards::v1::CreateRoundResponse* response) override;
  grpc::Status GetRound(grpc::ServerContext* context,
                        const thidua::awards::v1::GetRoundRequest* request,
                        thidua::awards::v1::GetRoundResponse* response) override;
  grpc::Status ListRounds(grpc::ServerContext* context,
                          const thidua::awards::v1::ListRoundsRequest* request,
                          thidua::awards::v1::ListRoundsResponse* response) override;
  grpc::Status RecordAppraisal(grpc::ServerContext* context,
                               const thidua::awards::v1::RecordAppraisalRequest* request,
                               thidua::awards::v1::RecordAppraisalResponse* response) override;
  grpc::Status RecordEvent(grpc::ServerContext* context,
                           const thidua::awards::v1::RecordEventRequest* request,
                           thidua::awards::v1::RecordEventResponse* response) override;
  grpc::Status ScoreRound(grpc::ServerContext* context,
                          const thidua::awards::v1::ScoreRoundRequest* request,
                          thidua::awards::v1::ScoreRoundResponse* response) override;
  grpc::Status GetStandings(grpc::ServerContext* context,
                            const thidua::awards::v1::GetStandingsRequest* request,
                            thidua::awards::v1::GetStandingsResponse* response) override;
  grpc::Status GetScoreSheet(grpc::ServerContext* context,
                             const thidua::awards::v1::GetScoreSheetRequest* request,
                             thidua::awards::v1::GetScoreSheetResponse* response) override;
  grpc::Status ListScoreSheets(grpc::ServerContext* context,
                               const thidua::awards::v1::ListScoreSheetsRequest* request,
                               thidua::awards::v1::ListScoreSheetsResponse* response) override;
  grpc::Status IssueNominations(grpc::ServerContext* context,
                                const thidua::awards::v1::IssueNominationsRequest* request,
                                thidua::awards::v1::IssueNominationsResponse* response) override;
  grpc::Status GetNomination(grpc::ServerContext* context,
                             const thidua::awards::v1::GetNominationRequest* request,
                             thidua::awards::v1::GetNominationResponse* response) override;
  grpc::Status ListNominations(grpc::ServerContext* context,
                               const thidua::awards::v1::ListNominationsRequest* request,
                               thidua::awards::v1::ListNominationsResponse* response) override;
  grpc::Status PreviewRescoring(grpc::ServerContext* context,
                                const thidua::awards::v1::PreviewRescoringRequest* request,
                                thidua::awards::v1::PreviewRescoringResponse* response) override;
  grpc::Status ReopenRound(grpc::ServerContext* context,
                           const thidua::awards::v1::ReopenRoundRequest* request,
                           thidua::awards::v1::ReopenRoundResponse* response) override;
  grpc::Status GetRoundResult(grpc::ServerContext* context,
                              const thidua::awards::v1::GetRoundResultRequest* request,
                              thidua::awards::v1::GetRoundResultResponse* response) override;
  grpc::Status ListRoundResults(grpc::ServerContext* context,
                                const thidua::awards::v1::ListRoundResultsRequest* request,
                                thidua::awards::v1::ListRoundResultsResponse* response) override;
  grpc::Status GetFeedPosition(grpc::ServerContext* context,
                               const thidua::awards::v1::GetFeedPositionRequest* request,
                               thidua::awards::v1::GetFeedPositionResponse* response) override;

 private:
  absl::StatusOr<thidua::awards::v1::CreateRoundResponse> CreateRound(
      const thidua::awards::v1::CreateRoundRequest& request);
  absl::StatusOr<thidua::awards::v1::GetRoundResponse> GetRound(
      const thidua::awards::v1::GetRoundRequest& request);
  absl::StatusOr<thidua::awards::v1::ListRoundsResponse> ListRounds(
      const thidua::awards::v1::ListRoundsRequest& request);
  absl::StatusOr<thidua::awards::v1::RecordAppraisalResponse> RecordAppraisal(
      const thidua::awards::v1::RecordAppraisalRequest& request);
  absl::StatusOr<thidua::awards::v1::RecordEventResponse> RecordEvent(
      const thidua::awards::v1::RecordEventRequest& request);
  // Waits for the feed until `deadline` at most.
  absl::StatusOr<thidua::awards::v1::ScoreRoundResponse> ScoreRound(
      const thidua::awards::v1::ScoreRoundRequest& request, absl::Time deadline);
  absl::StatusOr<thidua::awards::v1::GetStandingsResponse> GetStandings(
      const thidua::awards::v1::GetStandingsRequest& request);
  absl::StatusOr<thidua::awards::v1::ListScoreSheetsResponse> ListScoreSheets(
      const thidua::awards::v1::ListScoreSheetsRequest& request);
  // Waits for the feed until `deadline` at most.
  absl::StatusOr<thidua::awards::v1::IssueNominationsResponse> IssueNominations(
      const thidua::awards::v1::IssueNominationsRequest& request, absl::Time deadline);
  // Waits for the feed until `deadline` at most.
  absl::StatusOr<thidua::awards::v1::PreviewRescoringResponse> PreviewRescoring(
      const thidua::awards::v1::PreviewRescoringRequest& request, absl::Time deadline);
  absl::StatusOr<thidua::awards::v1::GetNominationResponse> GetNomination(
      const thidua::awards::v1::GetNominationRequest& request);
  absl::StatusOr<thidua::awards::v1::ListNominationsResponse> ListNominations(
      const thidua::awards::v1::ListNominationsRequest& request);
  absl::StatusOr<thidua::awards::v1::GetFeedPositionResponse> GetFeedPosition(
      const thidua::awards::v1::GetFeedPositionRequest& request);
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_ROUND_SERVICE_H_
