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

std::string_view Traceparent(const grpc::ServerContextBase& context) {
  const auto& metadata = context.client_metadata();
  const std::string_view key = telemetry::kTraceparentKey;
  const auto found = metadata.find(grpc::string_ref(key.data(), key.size()));
  if (found == metadata.end()) return {};
  return {found->second.data(), found->second.size()};
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
      trace_(telemetry::BeginSpan(Traceparent(context))),
      is_mutation_(RequestIdField(request) != nullptr),
      request_id_(RequestId(request)),
      admission_(admission) {}

GuardedCall::~GuardedCall() {
  if (is_counted_) --environment_.in_flight_;
}

absl::Status GuardedCall::Admit() {
  RETURN_IF_ERROR(arrival_);
  if (admission_ == Admission::kFree) return absl::OkStatus();
  is_counted_ = true;
  if (++environment_.in_flight_ <= environment_.options_.max_in_flight) return absl::OkStatus();
  return Error(absl::StatusCode::kResourceExhausted, kOverloaded,
               "too many calls at once; try again later");
}

grpc::Status GuardedCall::Finish(const absl::Status& status) {
  const bool is_notable = !status.ok() || is_mutation_;
  const auto level = is_notable ? telemetry::Level::kInfo : telemetry::Level::kDebug;
  if (environment_.logger_.IsEnabled(level)) {
    const std::string code = absl::StatusCodeToString(status.code());
    const std::string reason = DetailOf(status).reason;
    std::vector<telemetry::Field> fields = {
        {"method", method_},
        {"code", code},
        {"duration_ms", environment_.clock_.Now() - begin_},
        {"peer", peer_},
        {"trace_id", trace_.trace_id},
        {"span_id", trace_.span_id},
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

grpc::Status GuardWork(RpcEnvironment& environment, const grpc::ServerContextBase& context,
                       std::string_view method, const google::protobuf::Message* request,
                       Admission admission, absl::FunctionRef<absl::Status()> work) {
  GuardedCall call(environment, context, method, request, admission);
  if (const absl::Status admitted = call.Admit(); !admitted.ok()) return call.Finish(admitted);
  const telemetry::TraceScope scope(telemetry::ToTraceparent(call.trace()));
  return call.Finish(RunCatching(work));
}

}  // namespace common::rpc
