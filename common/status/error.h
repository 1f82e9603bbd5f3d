// The one language of errors: an absl::Status that carries a reason from the contract's enum
// `thidua.type.v1.ErrorReason`, the dynamic values of its message, and every field at fault.
//
// Domain code makes these, the store passes them through, and common/rpc/grpc_status turns them
// into google.rpc details at the one door where errors leave a service.
#ifndef THIDUA_COMMON_STATUS_ERROR_H_
#define THIDUA_COMMON_STATUS_ERROR_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace common {

// Debian's Abseil does not alias the standard string_view; this crosses the border.
inline absl::string_view sv(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view sv(absl::string_view text) { return {text.data(), text.size()}; }

// One field of a request that is wrong.
struct FieldViolation {
  // Path from the request's root, such as `submission.figures[3].number`.
  std::string field{};
  // What is wrong and what would be right, a sentence in English.
  std::string description{};
  // The reason of this field alone; empty if it is the error's own.
  std::string reason{};

  bool operator==(const FieldViolation&) const = default;
};

// What an error says beyond its code and message.
struct ErrorDetail {
  // A value of `thidua.type.v1.ErrorReason` without its prefix, such as `REQUEST_ID_REUSED`.
  std::string reason{};
  // Every dynamic value of the message, by name.
  std::map<std::string, std::string> metadata{};
  // All fields at fault, in the order of the request.
  std::vector<FieldViolation> violations{};

  bool operator==(const ErrorDetail&) const = default;
};

// Builds an error status:
//   return Error(absl::StatusCode::kNotFound, kUnitUnknown, "no unit has this name")
//       .With("unit", name);
// Converts to absl::Status and, through it, to any absl::StatusOr.
class Error {
 public:
  Error(absl::StatusCode code, std::string_view reason, std::string_view message);

  // Adds a dynamic value of the message.
  Error& With(std::string_view key, std::string_view value);
  // Adds a field at fault. `reason` is needed only where it differs from the error's own.
  Error& Field(std::string_view field, std::string_view description, std::string_view reason = "");
  // Adds fields at fault.
  Error& Fields(const std::vector<FieldViolation>& violations);

  absl::Status ToStatus() const;
  operator absl::Status() const { return ToStatus(); }  // NOLINT(google-explicit-constructor)

 private:
  absl::StatusCode code_;
  std::string message_;
  ErrorDetail detail_;
};

// INVALID_ARGUMENT for all of `violations`, which must not be empty. The error's reason is the
// first violation's own, or INVALID_FIELD where it has none.
absl::Status InvalidFields(const std::vector<FieldViolation>& violations);

// INVALID_ARGUMENT for one field.
absl::Status InvalidField(std::string_view field, std::string_view reason,
                          std::string_view description);

// The detail `status` was built with; empty for OK or a status made elsewhere.
ErrorDetail DetailOf(const absl::Status& status);

// `status` with `prefix` put before the path of each field at fault; used where a part of a
// request was checked by itself. Joined by a dot, unless the path is empty or begins with '['.
// A message made by InvalidFields names the new path; all else stays.
absl::Status UnderField(std::string_view prefix, const absl::Status& status);

}  // namespace common

#endif  // THIDUA_COMMON_STATUS_ERROR_H_
