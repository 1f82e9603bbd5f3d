// Tokens that clients keep and send back: positions in a ledger's log, and places in a listing.
//
// They are opaque: base64url without padding, a version, and a checksum, so that a token that was
// cut, altered, made for something else or written by hand is refused and never misread. They are
// no secret and grant no right: whoever brings one is authorised as without it.
#ifndef THIDUA_COMMON_STORAGE_TOKEN_H_
#define THIDUA_COMMON_STORAGE_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"

namespace common::storage {

// A place in the log of one store; everything up to `sequence` lies before it.
struct Position {
  StoreIdentity store{};
  int64_t sequence = 0;
  // Fingerprint of the filter that was read with; empty if the position is for any reader.
  std::string filter{};

  bool operator==(const Position&) const = default;
};

std::string EncodePosition(const Position& position);

// INVALID_ARGUMENT, reason INVALID_TOKEN: EncodePosition did not make `token`.
absl::StatusOr<Position> DecodePosition(std::string_view token);

// The sequence that `token` means to a reader of `store` with this filter while the log ends at
// `head`.
// INVALID_ARGUMENT, reason INVALID_TOKEN: malformed, or of another store or filter.
// OUT_OF_RANGE, reason TOKEN_OUT_OF_RANGE: of another epoch, or beyond `head`.
absl::StatusOr<int64_t> ResolvePosition(std::string_view token, const StoreIdentity& store,
                                        std::string_view filter_fingerprint, int64_t head);

// The place after `after_name` in the listing whose parent, filter and order `query_fingerprint`
// stands for (the page size is not part of it: a client may change it between pages).
std::string EncodePageToken(std::string_view after_name, std::string_view query_fingerprint);

// The name to go on after.
// INVALID_ARGUMENT, reason INVALID_PAGE_TOKEN: malformed, or of another query.
absl::StatusOr<std::string> DecodePageToken(std::string_view token,
                                            std::string_view query_fingerprint);

}  // namespace common::storage

#endif  // THIDUA_COMMON_STORAGE_TOKEN_H_
