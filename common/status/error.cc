#include "common/status/error.h"

#include <charconv>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"

namespace common {
namespace {

constexpr char kPayloadType[] = "thidua/error-detail";

// The payload never leaves the process, so its form is ours alone: each text as its length, a
// colon and its bytes.
void Append(std::string& out, std::string_view text) {
  absl::StrAppend(&out, text.size(), ":", sv(text));
}

std::string Take(std::string_view& in) {
  size_t size = 0;
  const auto parsed = std::from_chars(in.data(), in.data() + in.size(), size);
  in.remove_prefix(static_cast<size_t>(parsed.ptr - in.data()) + 1);
  std::string text(in.substr(0, size));
  in.remove_prefix(size);
  return text;
}

std::string Encode(const ErrorDetail& detail) {
  std::string out;
  Append(out, detail.reason);
  Append(out, std::to_string(detail.metadata.size()));
  for (const auto& [key, value] : detail.metadata) {
    Append(out, key);
    Append(out, value);
  }
  for (const auto& violation : detail.violations) {
    Append(out, violation.field);
    Append(out, violation.description);
    Append(out, violation.reason);
  }
  return out;
}

ErrorDetail Decode(std::string_view in) {
  ErrorDetail detail{.reason = Take(in)};
  for (size_t left = std::stoul(Take(in)); left > 0; --left) {
    std::string key = Take(in);
    detail.metadata[std::move(key)] = Take(in);
  }
  while (!in.empty()) {
    FieldViolation violation;
    violation.field = Take(in);
    violation.description = Take(in);
    violation.reason = Take(in);
    detail.violations.push_back(std::move(violation));
  }
  return detail;
}

// The message of an error that is nothing but its fields.
std::string MessageOf(const std::vector<FieldViolation>& violations) {
  const FieldViolation& first = violations.front();
  std::string message =
      absl::StrCat(first.field, first.field.empty() ? "" : ": ", first.description);
  if (violations.size() > 1) {
    absl::StrAppend(&message, " (and ", violations.size() - 1, " more)");
  }
  return message;
}

}  // namespace

Error::Error(absl::StatusCode code, std::string_view reason, std::string_view message)
    : code_(code), message_(message), detail_{.reason = std::string(reason)} {}

Error& Error::With(std::string_view key, std::string_view value) {
  detail_.metadata[std::string(key)] = std::string(value);
  return *this;
}

Error& Error::Field(std::string_view field, std::string_view description, std::string_view reason) {
  detail_.violations.push_back({.field = std::string(field),
                                .description = std::string(description),
                                .reason = std::string(reason)});
  return *this;
}

Error& Error::Fields(const std::vector<FieldViolation>& violations) {
  detail_.violations.insert(detail_.violations.end(), violations.begin(), violations.end());
  return *this;
}

absl::Status Error::ToStatus() const {
  absl::Status status(code_, message_);
  status.SetPayload(kPayloadType, absl::Cord(Encode(detail_)));
  return status;
}

absl::Status InvalidFields(const std::vector<FieldViolation>& violations) {
  const std::string& reason = violations.front().reason;
  return Error(absl::StatusCode::kInvalidArgument,
               reason.empty() ? kInvalidField : std::string_view(reason), MessageOf(violations))
      .Fields(violations);
}

absl::Status InvalidField(std::string_view field, std::string_view reason,
                          std::string_view description) {
  return InvalidFields({{.field = std::string(field),
                         .description = std::string(description),
                         .reason = std::string(reason)}});
}

ErrorDetail DetailOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadType);
  return payload.has_value() ? Decode(std::string(*payload)) : ErrorDetail{};
}

absl::Status UnderField(std::string_view prefix, const absl::Status& status) {
  ErrorDetail detail = DetailOf(status);
  if (detail.violations.empty()) return status;
  const bool message_names_field = sv(status.message()) == MessageOf(detail.violations);
  for (auto& violation : detail.violations) {
    const bool joins_directly = violation.field.empty() || violation.field.front() == '[';
    violation.field = absl::StrCat(sv(prefix), joins_directly ? "" : ".", violation.field);
  }
  absl::Status moved =
      message_names_field ? absl::Status(status.code(), MessageOf(detail.violations)) : status;
  moved.SetPayload(kPayloadType, absl::Cord(Encode(detail)));
  return moved;
}

}  // namespace common
