#include "services/reporting/service/import_stream.h"

#include <string>
#include <utility>

#include "common/rpc/mutation.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/problem.h"
#include "services/reporting/service/intake.h"
#include "services/reporting/service/service_base.h"
#include "thidua/reporting/v1/submission_service.grpc.pb.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

const std::string& MethodName() {
  return CallNameOf<v1::SubmissionService, v1::ImportSubmissionsRequest>();
}

// Whether an item's error is the client's to mend; any other ends the stream.
bool IsRejection(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kResourceExhausted:
      return true;
    default:
      return false;
  }
}

v1::ImportSubmissionsResponse Rejected(const absl::Status& status) {
  v1::ImportSubmissionsResponse response;
  response.set_outcome(v1::OUTCOME_REJECTED);
  *response.mutable_rejection() = ToProblem(status);
  return response;
}

absl::StatusOr<v1::ImportSubmissionsRequest> ParseItem(grpc::ByteBuffer bytes) {
  v1::ImportSubmissionsRequest request;
  const grpc::Status parsed =
      grpc::SerializationTraits<v1::ImportSubmissionsRequest>::Deserialize(&bytes, &request);
  if (parsed.ok()) return request;
  return common::Error(absl::StatusCode::kInvalidArgument, common::kInvalidText,
                       "the item cannot be read: it is no ImportSubmissionsRequest, or one of its "
                       "texts is not UTF-8");
}

common::storage::Ledger::Work WorkOf(std::shared_ptr<Intake> intake) {
  return common::rpc::MutationWork<v1::ImportSubmissionsResponse>(
      [intake = std::move(intake)](common::storage::Transaction& ledger_transaction)
          -> absl::StatusOr<v1::ImportSubmissionsResponse> {
        StoreTransaction transaction(ledger_transaction);
        ASSIGN_OR_RETURN(const TakenIn taken, intake->Run(transaction));
        v1::ImportSubmissionsResponse response;
        response.set_outcome(ToProto(taken.outcome));
        response.set_submission(taken.submission.value.id.ToName());
        response.set_revision(taken.submission.value.revision);
        return response;
      });
}

absl::Status ShuttingDown() {
  return common::Error(absl::StatusCode::kUnavailable, common::kShuttingDown,
                       "the service is stopping; send what was not answered again");
}

}  // namespace

void ImportStreams::Drain() {
  const std::lock_guard lock(mutex_);
  is_draining_ = true;
  for (ImportStream* stream : streams_) stream->Drain();
}

void ImportStreams::Add(ImportStream* stream) {
  const std::lock_guard lock(mutex_);
  streams_.insert(stream);
  if (is_draining_) stream->Drain();
}

void ImportStreams::Remove(ImportStream* stream) {
  const std::lock_guard lock(mutex_);
  streams_.erase(stream);
}

ImportStream* ImportStream::Begin(const ImportResources& resources,
                                  const grpc::CallbackServerContext& context) {
  const std::shared_ptr<ImportStream> stream(new ImportStream(resources, context));
  stream->self_ = stream;
  resources.streams.Add(stream.get());
  const std::lock_guard lock(stream->mutex_);
  if (absl::Status admitted = stream->call_.Admit(/*request=*/nullptr); !admitted.ok()) {
    stream->failure_ = admitted;
  }
  stream->Proceed();
  return stream.get();
}

ImportStream::ImportStream(const ImportResources& resources,
                           const grpc::CallbackServerContext& context)
    : resources_(resources),
      call_(resources.rpc, context, MethodName(), /*request=*/nullptr,
            common::rpc::Admission::kFree) {}

void ImportStream::Drain() {
  const std::lock_guard lock(mutex_);
  is_draining_ = true;
  Proceed();
}

void ImportStream::OnReadDone(bool ok) {
  std::shared_ptr<Item> item;
  {
    const std::lock_guard lock(mutex_);
    if (!ok) is_read_out_ = true;
    if (ok && !is_draining_ && !is_finishing_) {
      item = std::make_shared<Item>(Item{.number = ++read_count_, .bytes = incoming_.Length()});
      items_.push_back(item);
      bytes_ += item->bytes;
    }
  }
  // Without the lock, since the ledger may answer at once.
  if (item != nullptr) StartItem(item);
  const std::lock_guard lock(mutex_);
  is_reading_ = false;
  Proceed();
}

void ImportStream::StartItem(const std::shared_ptr<Item>& item) {
  const absl::StatusOr<v1::ImportSubmissionsRequest> request = ParseItem(incoming_);
  incoming_.Clear();
  if (!request.ok()) return FinishItem(*item, request.status());
  if (absl::Status permitted = call_.Permit(&*request); !permitted.ok()) {
    return FinishItem(*item, std::move(permitted));
  }
  auto options = common::rpc::MutationOptions(MethodName(), call_.CallerName(), *request);
  if (!options.ok()) return FinishItem(*item, options.status());
  auto intake = std::make_shared<Intake>(request->report(), resources_.definitions);
  resources_.ledger.WriteAsync(
      *std::move(options), WorkOf(intake),
      [self = self_, item, intake, validate_only = request->validate_only()](
          const absl::StatusOr<common::storage::WriteResult>& result) {
        if (!result.ok()) return self->FinishItem(*item, result.status());
        intake->OnCommitted();
        self->FinishItem(*item, common::rpc::MutationResponse<Response>(self->resources_.ledger,
                                                                        validate_only, *result));
      });
}

void ImportStream::FinishItem(Item& item, absl::StatusOr<Response> answer) {
  if (!answer.ok() && IsRejection(answer.status())) answer = Rejected(answer.status());
  if (answer.ok()) answer->set_item(item.number);
  const std::lock_guard lock(mutex_);
  item.answer = std::move(answer);
  Proceed();
}

void ImportStream::OnWriteDone(bool ok) {
  const std::lock_guard lock(mutex_);
  is_writing_ = false;
  if (!ok) failure_ = absl::CancelledError("the caller is gone");
  Proceed();
}

void ImportStream::OnCancel() {
  const std::lock_guard lock(mutex_);
  failure_ = absl::CancelledError("the caller has cancelled the call");
  Proceed();
}

void ImportStream::OnDone() {
  resources_.streams.Remove(this);
  const std::shared_ptr<ImportStream> last = std::move(self_);
}

void ImportStream::Proceed() {
  if (is_finishing_) return;
  WriteNextAnswer();
  if (MayRead()) {
    is_reading_ = true;
    StartRead(&incoming_);
  }
  if (is_writing_) return;
  if (failure_.has_value()) return End(*failure_);
  if (!items_.empty()) return;
  if (is_read_out_) return End(absl::OkStatus());
  if (is_draining_) return End(ShuttingDown());
}

bool ImportStream::MayRead() const {
  const bool is_over = failure_.has_value() || is_read_out_ || is_draining_;
  return !is_over && !is_reading_ && items_.size() < kInFlightMax && bytes_ < kInFlightBytesMax;
}

void ImportStream::WriteNextAnswer() {
  if (is_writing_ || failure_.has_value() || items_.empty()) return;
  if (!items_.front()->answer.has_value()) return;
  const absl::StatusOr<Response> answer = *std::move(items_.front()->answer);
  bytes_ -= items_.front()->bytes;
  items_.pop_front();
  if (!answer.ok()) {
    failure_ = answer.status();
    return;
  }
  outgoing_.Clear();  // Serialize takes only an empty buffer.
  bool own_buffer = false;
  const grpc::Status serialized =
      grpc::SerializationTraits<Response>::Serialize(*answer, &outgoing_, &own_buffer);
  if (!serialized.ok()) {
    failure_ = absl::InternalError(serialized.error_message());
    return;
  }
  is_writing_ = true;
  StartWrite(&outgoing_);
}

void ImportStream::End(const absl::Status& status) {
  is_finishing_ = true;
  Finish(call_.Finish(status));
}

}  // namespace reporting
