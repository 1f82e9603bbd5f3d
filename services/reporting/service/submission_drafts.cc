// SubmissionService: drafts.
#include <optional>
#include <utility>

#include "services/reporting/domain/draft.h"
#include "services/reporting/service/intake.h"
#include "services/reporting/service/submission_service.h"

namespace reporting {

namespace v1 = ::thidua::reporting::v1;

absl::StatusOr<v1::SaveDraftResponse> SubmissionService::SaveDraft(
    const v1::SaveDraftRequest& request) {
  Intake intake(request.report(), cache_);
  auto response = Mutate<v1::SaveDraftResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::SaveDraftResponse> {
        ASSIGN_OR_RETURN(const auto draft, intake.Keep(transaction, request.etag()));
        v1::SaveDraftResponse answer;
        *answer.mutable_submission() = Render(draft);
        return answer;
      });
  if (response.ok()) intake.OnCommitted();
  return response;
}

absl::StatusOr<v1::SubmitDraftResponse> SubmissionService::SubmitDraft(
    const v1::SubmitDraftRequest& request) {
  ASSIGN_OR_RETURN(const SubmissionId id, InField("name", SubmissionId::Parse(request.name())));
  std::optional<Intake> intake;
  auto response = Mutate<v1::SubmitDraftResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::SubmitDraftResponse> {
        ASSIGN_OR_RETURN(const auto draft, transaction.Get<Submission>(id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), draft.version));
        ASSIGN_OR_RETURN(Report report, ReportOf(draft.value));
        intake.emplace(std::move(report), cache_);
        ASSIGN_OR_RETURN(const TakenIn taken, intake->Run(transaction));
        v1::SubmitDraftResponse answer;
        *answer.mutable_submission() = Render(taken.submission);
        return answer;
      });
  if (response.ok() && intake.has_value()) intake->OnCommitted();
  return response;
}

absl::StatusOr<v1::WithdrawDraftResponse> SubmissionService::WithdrawDraft(
    const v1::WithdrawDraftRequest& request) {
  return Move<v1::WithdrawDraftResponse>(
      request, [](StoreTransaction& /*transaction*/, const Submission& submission) {
        return Withdraw(submission);
      });
}

grpc::Status SubmissionService::SaveDraft(grpc::ServerContext* context,
                                          const v1::SaveDraftRequest* request,
                                          v1::SaveDraftResponse* response) {
  return Answer(context, request, response, [&] { return SaveDraft(*request); });
}

grpc::Status SubmissionService::SubmitDraft(grpc::ServerContext* context,
                                            const v1::SubmitDraftRequest* request,
                                            v1::SubmitDraftResponse* response) {
  return Answer(context, request, response, [&] { return SubmitDraft(*request); });
}

grpc::Status SubmissionService::WithdrawDraft(grpc::ServerContext* context,
                                              const v1::WithdrawDraftRequest* request,
                                              v1::WithdrawDraftResponse* response) {
  return Answer(context, request, response, [&] { return WithdrawDraft(*request); });
}

}  // namespace reporting
