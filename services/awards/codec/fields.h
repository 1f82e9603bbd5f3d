// Reading and writing the kinds of field that several messages have.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_FIELDS_H_
#define THIDUA_SERVICES_AWARDS_CODEC_FIELDS_H_

#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/decimal/decimal.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"
#include "thidua/type/v1/type.pb.h"

namespace awards {

// Longest texts, in characters.
inline constexpr size_t kTitleLimit = 500;
inline constexpr size_t kPersonLimit = 200;
inline constexpr size_t kTextLimit = 1000;

// An enum of ours from the number of its contract twin; kUnspecified for a number we do not know.
// Both count alike, from kUnspecified (0) to `kLast`.
template <auto kLast>
decltype(kLast) EnumFrom(int number) {
  using Enum = decltype(kLast);
  const bool known = number > 0 && number <= static_cast<int>(kLast);
  return known ? static_cast<Enum>(number) : Enum{};
}

// Its contract twin.
template <typename Proto, typename Enum>
Proto EnumTo(Enum value) {
  return static_cast<Proto>(static_cast<int>(value));
}

// A decimal. Empty is REQUIRED_FIELD_MISSING.
common::Decimal TakeDecimal(std::string_view path, std::string_view text, Violations& violations);

// A text, normalised; whether it may be empty is for the domain to say.
std::string TakeText(std::string_view path, std::string_view text, size_t limit,
                     Violations& violations);

LocalizedText TakeTitle(std::string_view path, const thidua::type::v1::LocalizedText& title,
                        Violations& violations);

// A member of a oneof that says something by being there, and so must be true.
void RequireTrue(std::string_view path, bool value, Violations& violations);

thidua::type::v1::LocalizedText ToProto(const LocalizedText& text);
google::protobuf::Timestamp ToProto(absl::Time time);
absl::Time TimeFrom(const google::protobuf::Timestamp& time);

// The etag of this version.
std::string Etag(int64_t version);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_FIELDS_H_
