#include "common/rpc/guard.h"

#include <google/protobuf/descriptor.h>

#include <chrono>
#include <exception>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"

namespace common::rpc {
namespace {

using google::protobuf::FieldDescriptor;

const FieldDescriptor* RequestIdField(const google::protobuf::Message* request) {
  if (request == nullptr) return nullptr;
  const FieldDescriptor* field = request->GetDescriptor()->FindFieldByName("request_id");
  const bool is_text = field != nullptr && !field->is_repeated() &&
                       field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return is_text ? field : nullptr;
}

std::string RequestId(const google::protobuf::Message* request) {
  const FieldDescriptor* field = RequestIdField(request);
  return field == nullptr ? "" : request->GetReflection()->GetString(*request, field);
}

// Whether somebody still waits for the answer.
absl::Status Arrival(const grpc::ServerContextBase& context) {
  if (context.IsCancelled()) return absl::CancelledError("the caller has cancelled the call");
  if (context.deadline() <= std::chrono::system_clock::now()) {
    return absl::DeadlineExceededError("the deadline had passed before the call began");
  }
  return absl::OkStatus();
}

// The call whose handler the thread runs.
thread_local const GuardedCall* current_call = nullptr;

class CurrentCall {
 public:
  explicit CurrentCall(const GuardedCall* call) : before_(current_call) { current_call = call; }
  ~CurrentCall() { current_call = before_; }
  CurrentCall(const CurrentCall&) = delete;
  CurrentCall& operator=(const CurrentCall&) = delete;

 private:
  const GuardedCall* const before_;
};

absl::StatusOr<std::shared_ptr<const auth::Principal>> Identify(
    Gatekeeper* gatekeeper, const grpc::ServerContextBase& context) {
  if (gatekeeper == nullptr) return nullptr;
  return gatekeeper->Identify(context);
}

absl::Status RunCatching(absl::FunctionRef<absl::Status()> work) {
  try {
    return work();
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("exception: ", error.what()));
  } catch (...) {
    return absl::InternalError("exception of an unknown type");
  }
}

}  // namespace

GuardedCall::GuardedCall(RpcEnvironment& environment, const grpc::ServerContextBase& context,
                         std::string_view method, const google::protobuf::Message* request,
                         Admission admission)
    : environment_(environment),
      method_(method),
      begin_(environment.clock_.Now()),
      arrival_(Arrival(context)),
      language_(LanguageOf(context)),
      peer_(context.peer()),
      is_mutation_(RequestIdField(request) != nullptr),
      request_id_(RequestId(request)),
      admission_(admission),
      caller_(Identify(environment.options_.gatekeeper, context)) {}

GuardedCall::~GuardedCall() {
  if (is_counted_) --environment_.in_flight_;
}

absl::Status GuardedCall::Admit(const google::protobuf::Message* request) {
  RETURN_IF_ERROR(arrival_);
  RETURN_IF_ERROR(caller_.status());
  if (admission_ == Admission::kCounted) {
    is_counted_ = true;
    if (++environment_.in_flight_ > environment_.options_.max_in_flight) {
      return Error(absl::StatusCode::kResourceExhausted, kOverloaded,
                   "too many calls at once; try again later");
    }
  }
  return Permit(request);
}

absl::Status GuardedCall::Permit(const google::protobuf::Message* request) const {
  RETURN_IF_ERROR(caller_.status());
  if (*caller_ == nullptr) return absl::OkStatus();
  return environment_.options_.gatekeeper->Permit(**caller_, method_, request);
}

std::string GuardedCall::CallerName() const {
  const bool is_known = caller_.ok() && *caller_ != nullptr;
  return is_known ? (*caller_)->name : std::string(kAnonymous);
}

absl::StatusOr<bool> GuardedCall::CallerHasRight(std::string_view right,
                                                 std::string_view resource) const {
  RETURN_IF_ERROR(caller_.status());
  if (*caller_ == nullptr) return true;
  return environment_.options_.gatekeeper->HasRight(**caller_, right, resource);
}

grpc::Status GuardedCall::Finish(const absl::Status& status) {
  const bool is_notable = !status.ok() || is_mutation_;
  const auto level = is_notable ? telemetry::Level::kInfo : telemetry::Level::kDebug;
  if (environment_.logger_.IsEnabled(level)) {
    const std::string code = absl::StatusCodeToString(status.code());
    const std::string reason = DetailOf(status).reason;
    const std::string principal = CallerName();
    std::vector<telemetry::Field> fields = {
        {"method", method_},
        {"code", code},
        {"duration_ms", environment_.clock_.Now() - begin_},
        {"peer", peer_},
        {"principal", principal},
    };
    if (!reason.empty()) fields.emplace_back("reason", reason);
    if (!request_id_.empty()) fields.emplace_back("request_id", request_id_);
    // The code is part of the message, so that a flood of one outcome does not hide another.
    environment_.logger_.Log(level, absl::StrCat(sv(method_), " ", code), fields);
  }
  return ToGrpcStatus(status, {.domain = environment_.options_.domain,
                               .language = language_,
                               .logger = &environment_.logger_});
}

std::string CallerName() {
  return current_call == nullptr ? std::string(kAnonymous) : current_call->CallerName();
}

absl::StatusOr<bool> CallerHasRight(std::string_view right, std::string_view resource) {
  if (current_call == nullptr)
    return absl::InternalError("a right was asked for outside of a call");
  return current_call->CallerHasRight(right, resource);
}

grpc::Status GuardWork(RpcEnvironment& environment, const grpc::ServerContextBase& context,
                       std::string_view method, const google::protobuf::Message* request,
                       Admission admission, absl::FunctionRef<absl::Status()> work) {
  GuardedCall call(environment, context, method, request, admission);
  const CurrentCall current(&call);
  if (const absl::Status admitted = call.Admit(request); !admitted.ok()) {
    return call.Finish(admitted);
  }
  return call.Finish(RunCatching(work));
}

}  // namespace common::rpc
