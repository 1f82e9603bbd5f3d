// The log as a chain: the hash of each record covers the record and the hash before it. Whoever
// keeps one hash can tell later whether anything up to its record was altered, dropped, added or
// moved, without trusting the store.
//
// To recompute the chain elsewhere, take f(x) = the number of bytes of x in decimal digits, a
// colon, and the bytes of x, where a number stands for its decimal digits (with a minus if it is
// negative) and a text for its bytes as stored. Then
//
//   hash of record 0 = SHA-256(f("ledger-chain-1") f(store id))      there is no record 0
//   hash of record n = SHA-256(f(hash of record n-1, as 32 bytes) f(sequence) f(commit sequence)
//                              f(kind) f(name) f(version) f(time) f(actor) f(method) f(payload))
//
// with the time in microseconds since 1970-01-01 00:00 UTC. The store id begins the chain, so that
// the log of one store cannot stand in for that of another. In SQLite the parts are columns of the
// table `change`, and the store id is in the table `store`.
//
// What the chain cannot show: a log that was written anew as a whole, or cut off at its end, is a
// chain as well. Only a head kept elsewhere tells; see ChainQuery::expected.
#ifndef THIDUA_COMMON_STORAGE_AUDIT_CHAIN_H_
#define THIDUA_COMMON_STORAGE_AUDIT_CHAIN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"

namespace common::storage {

// The hash that the first record of a store goes on from, 32 bytes.
std::string ChainStart(std::string_view store_id);

// The hash of `record`, 32 bytes, if the record before it has the hash `before`. Of `record`, all
// but `hash` counts.
std::string ChainHash(std::string_view before, const Record& record);

// A record of the log by its sequence, with the hash it has or should have.
struct ChainPoint {
  // 0 for the beginning of the log; `hash` is not looked at then.
  int64_t sequence = 0;
  std::string hash{};

  bool operator==(const ChainPoint&) const = default;
};

enum class ChainFaultKind {
  // There is no record at this position, though there should be.
  kMissing,
  // The record here is not what was written here.
  kAltered,
  // What was written here stands a little further on.
  kReordered,
  // The record is sound in itself, but has not the hash that the caller knows it by: the log up to
  // here was written anew.
  kReplaced,
  // The log is whole, but a read of the newest version does not give the one that was written here
  // or a later one.
  kHidden,
};

struct ChainFault {
  ChainFaultKind kind = ChainFaultKind::kMissing;
  // The sequence at which it shows.
  int64_t position = 0;
  // A sentence in English.
  std::string description{};

  bool operator==(const ChainFault&) const = default;
};

struct ChainQuery {
  // Where to go on: `verified` of the call before, or a head kept from an earlier time. The log
  // must still have this record with this hash.
  ChainPoint after{};
  // A head kept from an earlier time, which the log must have come by. If the sequence lies behind
  // the end of the log, the end was cut off.
  std::optional<ChainPoint> expected{};
  // Looks at no more records than this, or than make about 64 MiB. Positive.
  int limit = 0;
};

struct ChainReport {
  // Up to here the chain is whole: at least `after`, unless that is at fault itself; then the
  // beginning, whose hash is that of ChainStart.
  ChainPoint verified{};
  // The whole log was looked at, as it was when the view of the reader was taken.
  bool is_complete = false;
  // The first one; nothing is looked at behind it.
  std::optional<ChainFault> fault{};
};

// Checks the log of the store `store_id` behind `query.after`, in bounded work; calls that each go
// on where the one before stopped check all of it. Every record must have the hash that the chain
// demands, sequences must have no gap, commits must be whole, times must not go back, the versions
// of a name must be consecutive (within a call), and the newest version of each name must be found
// under it. A fault is a result; errors are those of `reader`.
absl::StatusOr<ChainReport> VerifyChain(Reader& reader, std::string_view store_id,
                                        const ChainQuery& query);

}  // namespace common::storage

#endif  // THIDUA_COMMON_STORAGE_AUDIT_CHAIN_H_
