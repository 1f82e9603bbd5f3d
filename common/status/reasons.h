// Reasons that both services give, by the names they have in `thidua.type.v1.ErrorReason`; the
// enum's comments say what each means and what a client can do about it.
#ifndef THIDUA_COMMON_STATUS_REASONS_H_
#define THIDUA_COMMON_STATUS_REASONS_H_

#include <string_view>

namespace common {

inline constexpr std::string_view kInvalidField = "INVALID_FIELD";
inline constexpr std::string_view kRequiredFieldMissing = "REQUIRED_FIELD_MISSING";
inline constexpr std::string_view kInvalidName = "INVALID_NAME";
inline constexpr std::string_view kInvalidDecimal = "INVALID_DECIMAL";
inline constexpr std::string_view kInvalidText = "INVALID_TEXT";
inline constexpr std::string_view kInvalidPageToken = "INVALID_PAGE_TOKEN";
inline constexpr std::string_view kInvalidToken = "INVALID_TOKEN";
inline constexpr std::string_view kTokenOutOfRange = "TOKEN_OUT_OF_RANGE";
inline constexpr std::string_view kRequestIdReused = "REQUEST_ID_REUSED";
inline constexpr std::string_view kEtagMismatch = "ETAG_MISMATCH";
inline constexpr std::string_view kResourceNotFound = "RESOURCE_NOT_FOUND";
inline constexpr std::string_view kResourceAlreadyExists = "RESOURCE_ALREADY_EXISTS";
inline constexpr std::string_view kIllegalStateChange = "ILLEGAL_STATE_CHANGE";
inline constexpr std::string_view kShuttingDown = "SHUTTING_DOWN";
inline constexpr std::string_view kOverloaded = "OVERLOADED";
inline constexpr std::string_view kStorageUnavailable = "STORAGE_UNAVAILABLE";
inline constexpr std::string_view kDataCorrupt = "DATA_CORRUPT";
inline constexpr std::string_view kOutcomeUnknown = "OUTCOME_UNKNOWN";
inline constexpr std::string_view kInternal = "INTERNAL";
inline constexpr std::string_view kInvalidDate = "INVALID_DATE";
inline constexpr std::string_view kExpressionInvalid = "EXPRESSION_INVALID";
inline constexpr std::string_view kNotAuthenticated = "NOT_AUTHENTICATED";
inline constexpr std::string_view kAccessTokenInvalid = "ACCESS_TOKEN_INVALID";
inline constexpr std::string_view kAccessTokenExpired = "ACCESS_TOKEN_EXPIRED";
inline constexpr std::string_view kPrincipalUnknown = "PRINCIPAL_UNKNOWN";
inline constexpr std::string_view kNotPermitted = "NOT_PERMITTED";
inline constexpr std::string_view kRateExceeded = "RATE_EXCEEDED";

}  // namespace common

#endif  // THIDUA_COMMON_STATUS_REASONS_H_
