// Submissions over gRPC; what each call does and how it fails is said in
// proto/thidua/reporting/v1/submission_service.proto.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_SUBMISSION_SERVICE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_SUBMISSION_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>
#include <grpcpp/support/status.h>

#include <string_view>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "services/reporting/codec/submission.h"
#include "services/reporting/service/import_stream.h"
#include "services/reporting/service/revisions.h"
#include "services/reporting/service/service_base.h"
#include "services/reporting/store/definitions.h"
#include "thidua/reporting/v1/submission_service.grpc.pb.h"

namespace reporting {

// The import answers from the ledger's writer thread, so it is the one call with a reactor; it
// reads bytes rather than messages, because an item that cannot be read must not end the stream.
using SubmissionServiceBase =
    ServiceBase<thidua::reporting::v1::SubmissionService,
                thidua::reporting::v1::SubmissionService::WithRawCallbackMethod_ImportSubmissions<
                    thidua::reporting::v1::SubmissionService::Service>>;

// Thread-safe. Must be destroyed after the ledger was closed, which may still answer imports.
class SubmissionService final : public SubmissionServiceBase {
 public:
  using SubmissionServiceBase::SubmissionServiceBase;

  // Ends the imports under way, and those to come, with UNAVAILABLE, reason SHUTTING_DOWN, once
  // what they have sent is answered. Does not wait.
  void Drain() { imports_.Drain(); }

  absl::StatusOr<thidua::reporting::v1::SubmitResponse> Submit(
      const thidua::reporting::v1::SubmitRequest& request);
  absl::StatusOr<thidua::reporting::v1::CheckReportResponse> CheckReport(
      const thidua::reporting::v1::CheckReportRequest& request);
  absl::StatusOr<thidua::reporting::v1::SaveDraftResponse> SaveDraft(
      const thidua::reporting::v1::SaveDraftRequest& request);
  absl::StatusOr<thidua::reporting::v1::SubmitDraftResponse> SubmitDraft(
      const thidua::reporting::v1::SubmitDraftRequest& request);
  absl::StatusOr<thidua::reporting::v1::WithdrawDraftResponse> WithdrawDraft(
      const thidua::reporting::v1::WithdrawDraftRequest& request);
  absl::StatusOr<thidua::reporting::v1::CompareSubmissionsResponse> CompareSubmissions(
      const thidua::reporting::v1::CompareSubmissionsRequest& request);
  absl::StatusOr<thidua::reporting::v1::AcceptSubmissionResponse> AcceptSubmission(
      const thidua::reporting::v1::AcceptSubmissionRequest& request);
  absl::StatusOr<thidua::reporting::v1::ReturnSubmissionResponse> ReturnSubmission(
      const thidua::reporting::v1::ReturnSubmissionRequest& request);
  absl::StatusOr<thidua::reporting::v1::LockSubmissionResponse> LockSubmission(
      const thidua::reporting::v1::LockSubmissionRequest& request);
  absl::StatusOr<thidua::reporting::v1::RestateSubmissionResponse> RestateSubmission(
      const thidua::reporting::v1::RestateSubmissionRequest& request);
  absl::StatusOr<thidua::reporting::v1::GetSubmissionResponse> GetSubmission(
      const thidua::reporting::v1::GetSubmissionRequest& request);
  absl::StatusOr<thidua::reporting::v1::ListSubmissionsResponse> ListSubmissions(
      const thidua::reporting::v1::ListSubmissionsRequest& request);
  absl::StatusOr<thidua::reporting::v1::ListSubmissionVersionsResponse> ListSubmissionVersions(
      const thidua::reporting::v1::ListSubmissionVersionsRequest& request);

  grpc::Status Submit(grpc::ServerContext* context,
                      const thidua::reporting::v1::SubmitRequest* request,
                      thidua::reporting::v1::SubmitResponse* response) override;
  grpc::Status CheckReport(grpc::ServerContext* context,
                           const thidua::reporting::v1::CheckReportRequest* request,
                           thidua::reporting::v1::CheckReportResponse* response) override;
  grpc::Status SaveDraft(grpc::ServerContext* context,
                         const thidua::reporting::v1::SaveDraftRequest* request,
                         thidua::reporting::v1::SaveDraftResponse* response) override;
  grpc::Status SubmitDraft(grpc::ServerContext* context,
                           const thidua::reporting::v1::SubmitDraftRequest* request,
                           thidua::reporting::v1::SubmitDraftResponse* response) override;
  grpc::Status WithdrawDraft(grpc::ServerContext* context,
                             const thidua::reporting::v1::WithdrawDraftRequest* request,
                             thidua::reporting::v1::WithdrawDraftResponse* response) override;
  grpc::Status CompareSubmissions(
      grpc::ServerContext* context, const thidua::reporting::v1::CompareSubmissionsRequest* request,
      thidua::reporting::v1::CompareSubmissionsResponse* response) override;
  grpc::Status AcceptSubmission(grpc::ServerContext* context,
                                const thidua::reporting::v1::AcceptSubmissionRequest* request,
                                thidua::reporting::v1::AcceptSubmissionResponse* response) override;
  grpc::Status ReturnSubmission(grpc::ServerContext* context,
                                const thidua::reporting::v1::ReturnSubmissionRequest* request,
                                thidua::reporting::v1::ReturnSubmissionResponse* response) override;
  grpc::Status LockSubmission(grpc::ServerContext* context,
                              const thidua::reporting::v1::LockSubmissionRequest* request,
                              thidua::reporting::v1::LockSubmissionResponse* response) override;
  grpc::Status RestateSubmission(
      grpc::ServerContext* context, const thidua::reporting::v1::RestateSubmissionRequest* request,
      thidua::reporting::v1::RestateSubmissionResponse* response) override;
  grpc::Status GetSubmission(grpc::ServerContext* context,
                             const thidua::reporting::v1::GetSubmissionRequest* request,
                             thidua::reporting::v1::GetSubmissionResponse* response) override;
  grpc::Status ListSubmissions(grpc::ServerContext* context,
                               const thidua::reporting::v1::ListSubmissionsRequest* request,
                               thidua::reporting::v1::ListSubmissionsResponse* response) override;
  grpc::Status ListSubmissionVersions(
      grpc::ServerContext* context,
      const thidua::reporting::v1::ListSubmissionVersionsRequest* request,
      thidua::reporting::v1::ListSubmissionVersionsResponse* response) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ImportSubmissions(
      grpc::CallbackServerContext* context) override;

 private:
  // Stores what `move` makes of the submission that `request` names.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Move(
      const Request& request,
      absl::FunctionRef<absl::StatusOr<Submission>(StoreTransaction&, const Submission&)> move);

  // Whether the caller sees the drafts of `resource`, a unit or what a list is of.
  absl::StatusOr<Drafts> DraftsFor(std::string_view resource) const;

  DefinitionCache definitions_;
  ImportStreams imports_;
};

template <typename Response, typename Request>
absl::StatusOr<Response> SubmissionService::Move(
    const Request& request,
    absl::FunctionRef<absl::StatusOr<Submission>(StoreTransaction&, const Submission&)> move) {
  ASSIGN_OR_RETURN(const SubmissionId id, InField("name", SubmissionId::Parse(request.name())));
  return Mutate<Response>(request, [&](StoreTransaction& transaction) -> absl::StatusOr<Response> {
    ASSIGN_OR_RETURN(auto stored, transaction.Get<Submission>(id));
    RETURN_IF_ERROR(CheckEtag(request.etag(), stored.version));
    ASSIGN_OR_RETURN(const Submission moved, move(transaction, stored.value));
    ASSIGN_OR_RETURN(stored, transaction.PutIfChanged(std::move(stored), moved));
    Response response;
    *response.mutable_submission() = Render(stored);
    return response;
  });
}

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_SUBMISSION_SERVICE_H_
