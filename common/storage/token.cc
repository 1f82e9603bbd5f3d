#include "common/storage/token.h"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/text/sha256.h"

namespace common::storage {
namespace {

// The first byte of a token: what it is for, and the version of its form.
constexpr char kPositionForm = '\x11';
constexpr char kPageForm = '\x21';
constexpr size_t kChecksumSize = 12;
// No token of ours comes near; spares the decoder work on rubbish.
constexpr size_t kMaxTokenSize = 4096;

std::string Checksum(std::string_view body) { return Sha256(body).substr(0, kChecksumSize); }

// A token is base64url(form byte, each field as length, colon and bytes, checksum).
std::string Seal(char form, const std::vector<std::string_view>& fields) {
  std::string body(1, form);
  for (const std::string_view field : fields) {
    absl::StrAppend(&body, field.size(), ":", sv(field));
  }
  body += Checksum(body);
  return absl::WebSafeBase64Escape(body);
}

std::optional<std::string> TakeField(std::string_view& in) {
  size_t size = 0;
  const auto [end, error] = std::from_chars(in.data(), in.data() + in.size(), size);
  if (error != std::errc()) return std::nullopt;
  in.remove_prefix(static_cast<size_t>(end - in.data()));
  if (in.empty() || in.front() != ':' || in.size() - 1 < size) return std::nullopt;
  std::string field(in.substr(1, size));
  in.remove_prefix(1 + size);
  return field;
}

// The fields of a token that Seal made with this form and number of fields; nothing otherwise.
std::optional<std::vector<std::string>> Unseal(char form, size_t count, std::string_view token) {
  std::string bytes;
  if (token.size() > kMaxTokenSize || !absl::WebSafeBase64Unescape(sv(token), &bytes) ||
      bytes.size() < 1 + kChecksumSize || bytes.front() != form) {
    return std::nullopt;
  }
  // Base64 has several spellings of the same bytes; only ours is a token.
  if (absl::WebSafeBase64Escape(bytes) != sv(token)) return std::nullopt;
  std::string_view body = std::string_view(bytes).substr(0, bytes.size() - kChecksumSize);
  if (Checksum(body) != std::string_view(bytes).substr(body.size())) return std::nullopt;
  body.remove_prefix(1);
  std::vector<std::string> fields;
  while (!body.empty()) {
    std::optional<std::string> field = TakeField(body);
    if (!field.has_value()) return std::nullopt;
    fields.push_back(*std::move(field));
  }
  if (fields.size() != count) return std::nullopt;
  return fields;
}

// A number that a token may hold: decimal and not negative.
std::optional<int64_t> ParseNumber(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

absl::Status InvalidToken(std::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, kInvalidToken, message);
}

absl::Status OutOfRange(std::string_view message) {
  return Error(absl::StatusCode::kOutOfRange, kTokenOutOfRange, message);
}

}  // namespace

std::string EncodePosition(const Position& position) {
  return Seal(kPositionForm, {position.store.store_id, std::to_string(position.store.epoch),
                              std::to_string(position.sequence), position.filter});
}

absl::StatusOr<Position> DecodePosition(std::string_view token) {
  std::optional<std::vector<std::string>> fields = Unseal(kPositionForm, 4, token);
  if (!fields.has_value()) return InvalidToken("the token is malformed");
  const std::optional<int64_t> epoch = ParseNumber((*fields)[1]);
  const std::optional<int64_t> sequence = ParseNumber((*fields)[2]);
  if (!epoch.has_value() || !sequence.has_value()) return InvalidToken("the token is malformed");
  return Position{.store = {.store_id = std::move((*fields)[0]), .epoch = *epoch},
                  .sequence = *sequence,
                  .filter = std::move((*fields)[3])};
}

absl::StatusOr<int64_t> ResolvePosition(std::string_view token, const StoreIdentity& store,
                                        std::string_view filter_fingerprint, int64_t head) {
  ASSIGN_OR_RETURN(const Position position, DecodePosition(token));
  if (position.store.store_id != store.store_id) {
    return InvalidToken("the token was made by another store");
  }
  if (position.filter != filter_fingerprint) {
    return InvalidToken("the token was made for another filter");
  }
  if (position.store.epoch != store.epoch) {
    return OutOfRange("the store was restored from a backup since the token was made");
  }
  if (position.sequence > head) return OutOfRange("the token points beyond the end of the log");
  return position.sequence;
}

std::string EncodePageToken(std::string_view after_name, std::string_view query_fingerprint) {
  return Seal(kPageForm, {after_name, query_fingerprint});
}

absl::StatusOr<std::string> DecodePageToken(std::string_view token,
                                            std::string_view query_fingerprint) {
  std::optional<std::vector<std::string>> fields = Unseal(kPageForm, 2, token);
  if (!fields.has_value() || (*fields)[1] != query_fingerprint) {
    return Error(absl::StatusCode::kInvalidArgument, kInvalidPageToken,
                 "the page token does not belong to this query");
  }
  return std::move((*fields)[0]);
}

}  // namespace common::storage
