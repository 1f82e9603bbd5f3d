#include "common/rpc/grpc_status.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/support/error_details.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/telemetry/utf8.h"
#include "thidua/type/v1/error_reason.pb.h"

namespace common::rpc {
namespace {

using ::thidua::type::v1::ErrorReason_descriptor;

// The message travels twice: in the details and, with three bytes for each that is not ASCII, in
// its own trailer. With these limits all trailers stay below the 8 KB that clients accept.
constexpr size_t kMessageBytesMax = 480;
constexpr size_t kDetailsBytesMax = 4000;
constexpr size_t kMetadataKeyBytesMax = 64;
constexpr size_t kMetadataValueBytesMax = 240;
constexpr size_t kMetadataEntriesMax = 5;
constexpr size_t kFieldBytesMax = 240;
constexpr size_t kDescriptionBytesMax = 320;
constexpr char kViolationsOmitted[] = "violations_omitted";
constexpr char kInternalMessage[] = "internal error";

#define THIDUA_SAME_CODE(absl_name, grpc_name)                      \
  static_assert(static_cast<int>(absl::StatusCode::k##absl_name) == \
                static_cast<int>(grpc::StatusCode::grpc_name))
THIDUA_SAME_CODE(Ok, OK);
THIDUA_SAME_CODE(Cancelled, CANCELLED);
THIDUA_SAME_CODE(Unknown, UNKNOWN);
THIDUA_SAME_CODE(InvalidArgument, INVALID_ARGUMENT);
THIDUA_SAME_CODE(DeadlineExceeded, DEADLINE_EXCEEDED);
THIDUA_SAME_CODE(NotFound, NOT_FOUND);
THIDUA_SAME_CODE(AlreadyExists, ALREADY_EXISTS);
THIDUA_SAME_CODE(PermissionDenied, PERMISSION_DENIED);
THIDUA_SAME_CODE(ResourceExhausted, RESOURCE_EXHAUSTED);
THIDUA_SAME_CODE(FailedPrecondition, FAILED_PRECONDITION);
THIDUA_SAME_CODE(Aborted, ABORTED);
THIDUA_SAME_CODE(OutOfRange, OUT_OF_RANGE);
THIDUA_SAME_CODE(Unimplemented, UNIMPLEMENTED);
THIDUA_SAME_CODE(Internal, INTERNAL);
THIDUA_SAME_CODE(Unavailable, UNAVAILABLE);
THIDUA_SAME_CODE(DataLoss, DATA_LOSS);
THIDUA_SAME_CODE(Unauthenticated, UNAUTHENTICATED);
#undef THIDUA_SAME_CODE

const google::protobuf::EnumValueDescriptor* FindReason(std::string_view reason) {
  return ErrorReason_descriptor()->FindValueByName(absl::StrCat("ERROR_REASON_", sv(reason)));
}

google::rpc::LocalizedMessage Localized(std::string_view reason, const std::string& language) {
  const auto* value = FindReason(reason);
  if (value == nullptr) value = ErrorReason_descriptor()->FindValueByNumber(0);
  const auto& text = value->options().GetExtension(thidua::type::v1::text);
  google::rpc::LocalizedMessage message;
  message.set_locale(language);
  message.set_message(language == "vi" ? text.vi() : text.en());
  return message;
}

google::rpc::ErrorInfo ToErrorInfo(const ErrorDetail& detail, const std::string& domain) {
  google::rpc::ErrorInfo error_info;
  error_info.set_reason(detail.reason);
  error_info.set_domain(domain);
  for (const auto& [key, value] : detail.metadata) {
    if (error_info.metadata().size() == kMetadataEntriesMax) break;
    (*error_info.mutable_metadata())[telemetry::QuotableText(key, kMetadataKeyBytesMax)] =
        telemetry::QuotableText(value, kMetadataValueBytesMax);
  }
  return error_info;
}

google::rpc::PreconditionFailure ToPreconditionFailure(const ErrorDetail& detail,
                                                       const std::string& message) {
  google::rpc::PreconditionFailure failure;
  auto* violation = failure.add_violations();
  violation->set_type(detail.reason);
  for (const char* key : {"resource", "name"}) {
    const auto found = detail.metadata.find(key);
    if (found == detail.metadata.end()) continue;
    violation->set_subject(telemetry::QuotableText(found->second, kMetadataValueBytesMax));
  }
  violation->set_description(message);
  return failure;
}

// As many of the fields at fault as fit into `bytes`, in order.
google::rpc::BadRequest ToBadRequest(const ErrorDetail& detail, size_t bytes) {
  google::rpc::BadRequest bad_request;
  for (const FieldViolation& violation : detail.violations) {
    auto* added = bad_request.add_field_violations();
    added->set_field(telemetry::QuotableText(violation.field, kFieldBytesMax));
    added->set_description(telemetry::QuotableText(violation.description, kDescriptionBytesMax));
    if (!violation.reason.empty() && violation.reason != detail.reason) {
      absl::StrAppend(added->mutable_description(), " [", violation.reason, "]");
    }
    if (bad_request.ByteSizeLong() > bytes) {
      bad_request.mutable_field_violations()->RemoveLast();
      break;
    }
  }
  return bad_request;
}

google::rpc::Status ToRpcStatus(absl::StatusCode code, const std::string& message,
                                const ErrorDetail& detail, const ErrorContext& context) {
  google::rpc::Status details;
  details.set_code(static_cast<int>(code));
  details.set_message(message);
  google::rpc::ErrorInfo error_info = ToErrorInfo(detail, context.domain);
  details.add_details()->PackFrom(error_info);
  details.add_details()->PackFrom(Localized(detail.reason, context.language));
  if (code == absl::StatusCode::kFailedPrecondition) {
    details.add_details()->PackFrom(ToPreconditionFailure(detail, message));
  }
  if (code == absl::StatusCode::kUnavailable || code == absl::StatusCode::kResourceExhausted) {
    google::rpc::RetryInfo retry_info;
    retry_info.mutable_retry_delay()->set_seconds(1);
    details.add_details()->PackFrom(retry_info);
  }
  if (detail.violations.empty()) return details;

  // Room for the packing of BadRequest and for the count of those that do not fit.
  constexpr size_t kReserve = 160;
  const size_t used = details.ByteSizeLong() + kReserve;
  const google::rpc::BadRequest bad_request =
      ToBadRequest(detail, kDetailsBytesMax - std::min(used, kDetailsBytesMax));
  details.add_details()->PackFrom(bad_request);
  const size_t shown = static_cast<size_t>(bad_request.field_violations_size());
  if (shown < detail.violations.size()) {
    (*error_info.mutable_metadata())[kViolationsOmitted] =
        absl::StrCat(detail.violations.size() - shown);
    details.mutable_details(0)->PackFrom(error_info);
  }
  return details;
}

// Splits ` [REASON]` off the end of a field's description.
FieldViolation ToViolation(const google::rpc::BadRequest::FieldViolation& from) {
  FieldViolation violation{.field = from.field(), .description = from.description()};
  const size_t open = violation.description.rfind(" [");
  if (open == std::string::npos || violation.description.back() != ']') return violation;
  std::string reason = violation.description.substr(open + 2);
  reason.pop_back();
  if (FindReason(reason) == nullptr) return violation;
  violation.description.resize(open);
  violation.reason = std::move(reason);
  return violation;
}

// A weight of `accept-language` such as `0.8`, in thousandths; 0 if it is malformed.
int Thousandths(std::string_view weight) {
  int value = 0;
  int place = 1000;
  for (const char c : weight) {
    if (c == '.') continue;
    if (c < '0' || c > '9') return 0;
    value += (c - '0') * place;
    place /= 10;
  }
  return value;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status, const ErrorContext& context) {
  if (status.ok()) return grpc::Status::OK;
  ErrorDetail detail = DetailOf(status);
  std::string message = telemetry::QuotableText(sv(status.message()), kMessageBytesMax);
  const absl::StatusCode code = status.code();
  if (code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown) {
    if (context.logger != nullptr) {
      context.logger->Log(telemetry::Level::kError, "internal error",
                          {{"error", std::string(status.message())},
                           {"code", absl::StatusCodeToString(code)},
                           {"reason", detail.reason}});
    }
    detail = {.reason = std::string(kInternal)};
    message = kInternalMessage;
  }
  if (detail.reason.empty()) detail.reason = absl::StatusCodeToString(code);
  const google::rpc::Status details = ToRpcStatus(code, message, detail, context);
  return grpc::Status(static_cast<grpc::StatusCode>(code), message, details.SerializeAsString());
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  google::rpc::Status details;
  if (status.error_details().empty() || !grpc::ExtractErrorDetails(status, &details).ok()) {
    return absl::Status(code, status.error_message());
  }
  google::rpc::ErrorInfo error_info;
  google::rpc::BadRequest bad_request;
  for (const google::protobuf::Any& any : details.details()) {
    if (any.Is<google::rpc::ErrorInfo>()) any.UnpackTo(&error_info);
    if (any.Is<google::rpc::BadRequest>()) any.UnpackTo(&bad_request);
  }
  Error error(code, error_info.reason(), status.error_message());
  for (const auto& [key, value] : error_info.metadata()) error.With(key, value);
  for (const auto& from : bad_request.field_violations()) {
    const FieldViolation violation = ToViolation(from);
    error.Field(violation.field, violation.description, violation.reason);
  }
  return error;
}

std::string LanguageFrom(std::string_view accept_language) {
  std::string best = "en";
  int best_weight = 0;
  for (absl::string_view range : absl::StrSplit(sv(accept_language), ',')) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(range, absl::MaxSplits(';', 1));
    const absl::string_view tag = absl::StripAsciiWhitespace(parts.first);
    absl::string_view weight = absl::StripAsciiWhitespace(parts.second);
    const int value = weight.empty()                       ? 1000
                      : absl::ConsumePrefix(&weight, "q=") ? Thousandths(sv(weight))
                                                           : 0;
    const std::string language = absl::AsciiStrToLower(tag.substr(0, tag.find('-')));
    if ((language == "vi" || language == "en") && value > best_weight) {
      best = language;
      best_weight = value;
    }
  }
  return best;
}

std::string LanguageOf(const grpc::ServerContextBase& context) {
  const auto found = context.client_metadata().find("accept-language");
  if (found == context.client_metadata().end()) return LanguageFrom("");
  return LanguageFrom({found->second.data(), found->second.size()});
}

}  // namespace common::rpc
