#include "services/reporting/service/submit_call.h"

#include <string>
#include <utility>

#include "common/rpc/mutation.h"
#include "common/status/status_macros.h"
#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/submission.h"
#include "services/reporting/service/service_base.h"
#include "thidua/reporting/v1/submission_service.grpc.pb.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

const std::string& MethodName() { return CallNameOf<v1::SubmissionService, v1::SubmitRequest>(); }

}  // namespace

SubmitCall* SubmitCall::Begin(const SubmitResources& resources,
                              const grpc::CallbackServerContext& context,
                              const v1::SubmitRequest& request, v1::SubmitResponse& response) {
  std::unique_ptr<SubmitCall> call(new SubmitCall(resources, context, request, response));
  SubmitCall* const reactor = call.get();
  call->self_ = std::move(call);
  reactor->Start();
  return reactor;
}

SubmitCall::SubmitCall(const SubmitResources& resources, const grpc::CallbackServerContext& context,
                       const v1::SubmitRequest& request, v1::SubmitResponse& response)
    : resources_(resources),
      request_(request),
      response_(response),
      deadline_(absl::FromChrono(context.deadline())),
      call_(resources.rpc, context, MethodName(), &request, common::rpc::Admission::kFree),
      intake_(request.report(), resources.cache) {}

void SubmitCall::Start() {
  if (const absl::Status admitted = call_.Admit(); !admitted.ok()) return End(admitted);
  auto options = common::rpc::MutationOptions(MethodName(), std::string(kPrincipal), request_);
  if (!options.ok()) return End(options.status());
  resources_.ledger.WriteAsync(
      *std::move(options),
      [this](common::storage::Transaction& transaction) { return TakeIn(transaction); },
      [this](const absl::StatusOr<common::storage::WriteResult>& result) {
        End(result.ok() ? Complete(*result) : result.status());
      });
}

absl::StatusOr<std::string> SubmitCall::TakeIn(common::storage::Transaction& ledger_transaction) {
  RETURN_IF_ERROR(CheckAwaited());
  StoreTransaction transaction(ledger_transaction);
  ASSIGN_OR_RETURN(const TakenIn taken, intake_.Run(transaction));
  *response_.mutable_submission() = Render(taken.submission);
  response_.set_outcome(ToProto(taken.outcome));
  // Without a request id nobody can ask for the answer again.
  if (request_.request_id().empty()) return "";
  return common::rpc::SerializeDeterministically(response_);
}

absl::Status SubmitCall::CheckAwaited() const {
  if (is_cancelled_) return absl::CancelledError("the caller has cancelled the call");
  if (deadline_ <= absl::Now()) {
    return absl::DeadlineExceededError("the deadline passed before the report's turn came");
  }
  return absl::OkStatus();
}

absl::Status SubmitCall::Complete(const common::storage::WriteResult& result) {
  intake_.OnCommitted();
  if (result.replayed) {
    ASSIGN_OR_RETURN(response_, common::rpc::StoredResponse<v1::SubmitResponse>(result));
  }
  if (!request_.validate_only()) {
    response_.set_commit_token(common::rpc::CommitToken(resources_.ledger, result.commit_sequence));
  }
  return absl::OkStatus();
}

void SubmitCall::End(const absl::Status& status) {
  // This may end the call, and this object with it.
  Finish(call_.Finish(status));
}

void SubmitCall::OnDone() { const std::unique_ptr<SubmitCall> last = std::move(self_); }

}  // namespace reporting
