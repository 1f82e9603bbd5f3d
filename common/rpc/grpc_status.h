// The one door through which errors leave a service, and enter a client: absl::Status with the
// detail of common/status/error.h on our side, grpc::Status with google.rpc details on the wire.
#ifndef THIDUA_COMMON_RPC_GRPC_STATUS_H_
#define THIDUA_COMMON_RPC_GRPC_STATUS_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "common/telemetry/log.h"

namespace common::rpc {

// Who reports an error, and to whom.
struct ErrorContext {
  // The service, as `google.rpc.ErrorInfo.domain`, such as `reporting.thidua`.
  std::string domain{};
  // Language of the localised message: `vi` or `en`.
  std::string language = "en";
  // Where internal errors are written in full; may be null. Not owned.
  telemetry::Logger* logger = nullptr;
};

// `status` as it goes to a client. An error carries, in the binary trailer:
// - ErrorInfo, exactly one: the reason (the name of the code, such as `CANCELLED`, if the status
//   has none), the domain, the metadata;
// - LocalizedMessage: the text of the reason in the contract's `ErrorReason`, in the language;
// - BadRequest, if fields are at fault: each with its path and description. A field whose reason
//   is not the error's own has it at the end of its description, such as ` [INVALID_DECIMAL]`;
// - PreconditionFailure, for FAILED_PRECONDITION: reason, the metadata `name` or `resource`,
// message;
// - RetryInfo of one second, for UNAVAILABLE and RESOURCE_EXHAUSTED.
// All of it stays below 4 KB, because larger trailers are refused by clients and the error is
// lost: long texts are cut, metadata beyond the room for it is left out, and fields that do not
// fit are counted in the metadata `violations_omitted`.
//
// INTERNAL and UNKNOWN say "internal error", reason INTERNAL, and nothing else; what they are goes
// to the log.
grpc::Status ToGrpcStatus(const absl::Status& status, const ErrorContext& context);

// The status that a service meant, with its reason, metadata and fields at fault. A field's reason
// is empty where it is the error's own. Statuses made by the transport have no reason.
absl::Status FromGrpcStatus(const grpc::Status& status);

// The language of an `accept-language` header, such as `vi-VN, en;q=0.8`: the one of `vi` and `en`
// with the higher weight, the first at a tie, `en` if there is neither.
std::string LanguageFrom(std::string_view accept_language);

// The language a caller asks for by `accept-language` metadata.
std::string LanguageOf(const grpc::ServerContextBase& context);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_GRPC_STATUS_H_
