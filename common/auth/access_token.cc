#include "common/auth/access_token.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"

namespace common::auth {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

absl::Status Invalid(std::string_view what) {
  return Error(absl::StatusCode::kUnauthenticated, kAccessTokenInvalid,
               absl::StrCat("the token ", sv(what)));
}

absl::Status Expired(std::string_view what) {
  return Error(absl::StatusCode::kUnauthenticated, kAccessTokenExpired,
               absl::StrCat("the token ", sv(what)));
}

absl::StatusOr<Struct> ParsePart(std::string_view part) {
  const absl::StatusOr<std::string> json = DecodeBase64Url(part);
  Struct parsed;
  if (json.ok() && google::protobuf::util::JsonStringToMessage(*json, &parsed).ok()) return parsed;
  return Invalid("is malformed");
}

// Null if there is no such member.
const Value* Find(const Struct& json, const std::string& member) {
  const auto found = json.fields().find(member);
  return found == json.fields().end() ? nullptr : &found->second;
}

std::string TextOf(const Struct& json, const std::string& member) {
  const Value* value = Find(json, member);
  return value == nullptr ? "" : value->string_value();
}

// A claim in seconds since 1970; nothing if it is missing or no such number.
std::optional<absl::Time> TimeOf(const Struct& claims, const std::string& member) {
  constexpr double kYear9999 = 253'402'300'799.0;
  const Value* value = Find(claims, member);
  if (value == nullptr || value->kind_case() != Value::kNumberValue) return std::nullopt;
  const double seconds = value->number_value();
  if (!(seconds >= 0 && seconds <= kYear9999)) return std::nullopt;
  return absl::FromUnixSeconds(static_cast<int64_t>(std::floor(seconds)));
}

bool IsAudience(const Struct& claims, const std::string& audience) {
  const Value* value = Find(claims, "aud");
  if (value == nullptr) return false;
  if (value->kind_case() == Value::kStringValue) return value->string_value() == audience;
  const auto& values = value->list_value().values();
  return std::any_of(values.begin(), values.end(),
                     [&](const Value& each) { return each.string_value() == audience; });
}

absl::Status CheckSignature(std::string_view header_part, std::string_view signed_text,
                            std::string_view signature_part, const KeySet& keys) {
  ASSIGN_OR_RETURN(const Struct header, ParsePart(header_part));
  if (Find(header, "crit") != nullptr) return Invalid("has extensions that are not known here");
  const VerifyingKey* key = keys.Find(TextOf(header, "kid"));
  if (key == nullptr) return Invalid("names no key of the key set");
  if (TextOf(header, "alg") != AlgorithmName(key->algorithm())) {
    return Invalid("is not signed as its key signs");
  }
  const absl::StatusOr<std::string> signature = DecodeBase64Url(signature_part);
  if (signature.ok() && key->Verifies(signed_text, *signature)) return absl::OkStatus();
  return Invalid("is not signed by the key it names");
}

absl::Status CheckTimes(const Struct& claims, absl::Duration leeway, absl::Time now) {
  const std::optional<absl::Time> expiry = TimeOf(claims, "exp");
  if (!expiry.has_value()) return Invalid("has no expiry");
  if (now >= *expiry + leeway) return Expired("has expired");
  if (Find(claims, "nbf") == nullptr) return absl::OkStatus();
  const std::optional<absl::Time> begin = TimeOf(claims, "nbf");
  if (!begin.has_value()) return Invalid("has a beginning that is no time");
  return now + leeway < *begin ? Expired("is not valid yet") : absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> VerifyToken(std::string_view token, const KeySet& keys,
                                        const TokenRules& rules, absl::Time now) {
  if (token.size() > kTokenBytesMax) return Invalid("is too long");
  const std::vector<absl::string_view> parts = absl::StrSplit(sv(token), '.');
  if (parts.size() != 3) return Invalid("is malformed");
  const std::string_view signed_text = token.substr(0, parts[0].size() + 1 + parts[1].size());
  RETURN_IF_ERROR(CheckSignature(sv(parts[0]), signed_text, sv(parts[2]), keys));
  ASSIGN_OR_RETURN(const Struct claims, ParsePart(sv(parts[1])));
  if (TextOf(claims, "iss") != rules.issuer) return Invalid("is of another issuer");
  if (!IsAudience(claims, rules.audience)) return Invalid("is for another audience");
  RETURN_IF_ERROR(CheckTimes(claims, rules.leeway, now));
  std::string subject = TextOf(claims, "sub");
  if (subject.empty()) return Invalid("has no subject");
  return subject;
}

}  // namespace common::auth
