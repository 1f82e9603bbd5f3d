// What stands around every handler: refuse what need not begin, learn who calls, limit what runs at
// once, ask whether the caller may, catch what is thrown, map the error for the wire, and log one
// line per call.
#ifndef THIDUA_COMMON_RPC_GUARD_H_
#define THIDUA_COMMON_RPC_GUARD_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/gatekeeper.h"
#include "common/rpc/grpc_status.h"
#include "common/seams/clock.h"
#include "common/telemetry/log.h"

namespace common::rpc {

// What everybody is called where there are no identities.
inline constexpr std::string_view kAnonymous = "anonymous";

struct RpcEnvironmentOptions {
  // The service in error details, such as `reporting.thidua`.
  std::string domain{};
  // Counted calls beyond this number are refused with RESOURCE_EXHAUSTED, reason OVERLOADED.
  int max_in_flight = 128;
  // Null: everybody may do everything, and is anonymous. Outlives the environment.
  Gatekeeper* gatekeeper = nullptr;
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
// time, but for what is const; does not refer to the context or the request after its constructor.
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

  // Whether to begin; once, before anything else. `request` as for Permit.
  // CANCELLED, DEADLINE_EXCEEDED: nobody waits for the answer any more.
  // UNAUTHENTICATED, PERMISSION_DENIED, RESOURCE_EXHAUSTED: as Gatekeeper::Identify and Permit say.
  // RESOURCE_EXHAUSTED, reason OVERLOADED: too many calls run at once.
  absl::Status Admit(const google::protobuf::Message* request);

  // Whether the caller may do what `request` says by this call; without a request, whether it may
  // make such calls at all, which leaves the rest for each message of a stream. Only if Admit let
  // the call begin. Errors are those of Gatekeeper::Permit.
  absl::Status Permit(const google::protobuf::Message* request) const;

  // Who calls, for the audit log.
  std::string CallerName() const;

  // Whether the caller has a right beyond the call itself, on `resource`.
  absl::StatusOr<bool> CallerHasRight(std::string_view right, std::string_view resource) const;

  // What goes to the client; once. Logs the call: at info if it failed or is a mutation, otherwise
  // at debug, with `method`, `code`, `reason`, `duration_ms`, `peer`, `principal`, `request_id`.
  grpc::Status Finish(const absl::Status& status);

 private:
  RpcEnvironment& environment_;
  const std::string_view method_;
  const absl::Time begin_;
  const absl::Status arrival_;
  const std::string language_;
  const std::string peer_;
  const bool is_mutation_;
  const std::string request_id_;
  const Admission admission_;
  // Null for the anonymous.
  const absl::StatusOr<std::shared_ptr<const auth::Principal>> caller_;
  bool is_counted_ = false;
};

// Who makes the call whose handler this thread runs; for what a handler calls, so that it need not
// be handed down. Anonymous on any other thread.
std::string CallerName();

// The same for a right: GuardedCall::CallerHasRight. INTERNAL on any other thread.
absl::StatusOr<bool> CallerHasRight(std::string_view right, std::string_view resource);

// Runs `work` as the guarded call `method` and returns its answer. An exception is INTERNAL.
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
