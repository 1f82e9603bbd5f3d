// What stands around every handler: refuse what need not begin, limit what runs at once, catch
// what is thrown, map the error for the wire, and log one line per call.
#ifndef THIDUA_COMMON_RPC_GUARD_H_
#define THIDUA_COMMON_RPC_GUARD_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <atomic>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/grpc_status.h"
#include "common/seams/clock.h"
#include "common/telemetry/log.h"
#include "common/telemetry/trace.h"

namespace common::rpc {

struct RpcEnvironmentOptions {
  // The service in error details, such as `reporting.thidua`.
  std::string domain{};
  // Counted calls beyond this number are refused with RESOURCE_EXHAUSTED, reason OVERLOADED.
  int max_in_flight = 128;
};

// What all handlers of one service share. Thread-safe; outlives every call.
class RpcEnvironment {
 public:
  // `logger` and `clock` must outlive the environment.
  RpcEnvironment(RpcEnvironmentOptions options, telemetry::Logger& logger, Clock& clock)
      : options_(std::move(options)), logger_(logger), clock_(clock) {}

  // Number of counted calls that run now.
  int in_flight() const { return in_flight_.load(); }

  // The service's time, for what a call answers by it.
  absl::Time Now() const { return clock_.Now(); }

 private:
  friend class GuardedCall;

  const RpcEnvironmentOptions options_;
  telemetry::Logger& logger_;
  Clock& clock_;
  std::atomic<int> in_flight_ = 0;
};

// Whether a call takes one of the places of `max_in_flight`. Streams, which last, do not; they
// have limits of their own.
enum class Admission { kCounted, kFree };

// One call from its arrival to its answer. Guard and GuardStream are made of it; a handler that
// answers on another thread keeps one in its reactor: Admit, work, Finish. Used by one thread at a
// time; does not refer to the context or the request after its constructor.
class GuardedCall {
 public:
  // `method` is the full name, such as `thidua.reporting.v1.RegistryService/CreateUnit`; the text
  // must outlive the call. `request` may be null; its field `request_id`, if it has one, makes the
  // call a mutation.
  GuardedCall(RpcEnvironment& environment, const grpc::ServerContextBase& context,
              std::string_view method, const google::protobuf::Message* request,
              Admission admission);
  ~GuardedCall();
  GuardedCall(const GuardedCall&) = delete;
  GuardedCall& operator=(const GuardedCall&) = delete;

  // Whether to begin; once, before anything else.
  // CANCELLED, DEADLINE_EXCEEDED: nobody waits for the answer any more.
  // RESOURCE_EXHAUSTED, reason OVERLOADED: too many calls run at once.
  absl::Status Admit();

  // What goes to the client; once. Logs the call: at info if it failed or is a mutation, otherwise
  // at debug, with `method`, `code`, `reason`, `duration_ms`, `peer`, `request_id`, `trace_id`,
  // `span_id`.
  grpc::Status Finish(const absl::Status& status);

  // The span of this call, in the trace that the caller's metadata names, or else in a new one.
  const telemetry::TraceContext& trace() const { return trace_; }

 private:
  RpcEnvironment& environment_;
  const std::string_view method_;
  const absl::Time begin_;
  const absl::Status arrival_;
  const std::string language_;
  const std::string peer_;
  const telemetry::TraceContext trace_;
  const bool is_mutation_;
  const std::string request_id_;
  const Admission admission_;
  bool is_counted_ = false;
};

// Runs `work` as the guarded call `method` and returns its answer. An exception is INTERNAL. The
// call's span is the current one of the thread meanwhile: telemetry::CurrentTraceparent().
grpc::Status GuardWork(RpcEnvironment& environment, const grpc::ServerContextBase& context,
                       std::string_view method, const google::protobuf::Message* request,
                       Admission admission, absl::FunctionRef<absl::Status()> work);

// A unary handler: `work` takes nothing and returns absl::StatusOr<Response>, which fills
// `response`. `method` as for GuardedCall.
template <typename Response, typename Work>
grpc::Status Guard(RpcEnvironment& environment, const grpc::ServerContextBase* context,
                   std::string_view method, const google::protobuf::Message& request,
                   Response* response, Work&& work) {
  static_assert(std::is_same_v<std::invoke_result_t<Work>, absl::StatusOr<Response>>);
  return GuardWork(environment, *context, method, &request, Admission::kCounted,
                   [&]() -> absl::Status {
                     absl::StatusOr<Response> result = std::forward<Work>(work)();
                     if (!result.ok()) return result.status();
                     *response = *std::move(result);
                     return absl::OkStatus();
                   });
}

// A streaming handler: `work` takes nothing, reads and writes the stream itself and returns
// absl::Status. `request` is the one of a server stream, or null.
template <typename Work>
grpc::Status GuardStream(RpcEnvironment& environment, const grpc::ServerContextBase* context,
                         std::string_view method, const google::protobuf::Message* request,
                         Work&& work) {
  return GuardWork(environment, *context, method, request, Admission::kFree,
                   std::forward<Work>(work));
}

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_GUARD_H_
