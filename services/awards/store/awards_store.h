// Where awards keeps its resources: the service's words over the ledger.
//
// Kept are, each under its resource name: Rubric, Round, Appraisal, Event, Assessment, Statement
// and Ballot as the domain knows them, and as the contract's messages what is a document:
// ScoreSheet, Standings, Nomination, Review, RoundResult, Hold, Decision, RegisterEntry, and, under
// the round's name, IssueNominationsResponse, the answer that closed it. The functions below exist
// for these types and no others. Every engine of the ledger passes
// tests/services/awards/store/awards_store_conformance.cc.
//
// All may fail as the ledger does; DATA_LOSS, reason DATA_CORRUPT, if a stored resource cannot be
// read.
#ifndef THIDUA_SERVICES_AWARDS_STORE_AWARDS_STORE_H_
#define THIDUA_SERVICES_AWARDS_STORE_AWARDS_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/ledger.h"
#include "services/awards/domain/ballot.h"

namespace awards {

// A version of a resource.
template <typename T>
struct Stored {
  std::string name{};
  T value{};
  // 1 for the first, then one more each time.
  int64_t version = 0;
  // When it was stored.
  absl::Time time{};
  // Its place in the log: of two that are stored, the later one has the greater.
  int64_t sequence = 0;
};

// Some of the resources of one kind.
struct Page {
  // `rounds/{round}`: only what is in this round. Empty for all, which is for what is in none.
  std::string round{};
  // `units/{unit}`: only what is about this unit; for holds and register entries, which are in no
  // round. Empty for all.
  std::string unit{};
  // Only names after this one, in byte order.
  std::string after{};
  // At most this many.
  int limit = 0;
};

// The newest version; nothing if there is none or it was removed.
template <typename T>
absl::StatusOr<std::optional<Stored<T>>> Find(common::storage::Reader& reader,
                                              std::string_view name);

// The newest version as it was known at `sequence`.
template <typename T>
absl::StatusOr<std::optional<Stored<T>>> FindAt(common::storage::Reader& reader,
                                                std::string_view name, int64_t sequence);

// The newest versions by name in byte order. A page with fewer than `limit` is the last.
template <typename T>
absl::StatusOr<std::vector<Stored<T>>> List(common::storage::Reader& reader, const Page& page);

// All of a round, by name in byte order; all there are for an empty one.
template <typename T>
absl::StatusOr<std::vector<Stored<T>>> ListAll(common::storage::Reader& reader,
                                               std::string_view round);

// All about a unit, by name in byte order; see Page.
template <typename T>
absl::StatusOr<std::vector<Stored<T>>> ListOfUnit(common::storage::Reader& reader,
                                                  std::string_view unit);

// All versions, oldest first, at most `limit`.
template <typename T>
absl::StatusOr<std::vector<Stored<T>>> History(common::storage::Reader& reader,
                                               std::string_view name, int limit);

// One version; nothing if there is no such one.
template <typename T>
absl::StatusOr<std::optional<Stored<T>>> FindVersion(common::storage::Reader& reader,
                                                     std::string_view name, int64_t version);

// Stores `value` as the next version and returns it, unless the newest version is the same: then
// that one is returned and nothing is written.
template <typename T>
absl::StatusOr<Stored<T>> Put(common::storage::Transaction& transaction, const std::string& name,
                              const T& value);

// What the votes of an open ballot add up to; empty sums before the first. Kept beside the log and
// overwritten by the next, so that no version of them tells what a single vote was.
absl::StatusOr<VoteSums> ReadVoteSums(common::storage::Reader& reader, std::string_view ballot);
absl::Status WriteVoteSums(common::storage::Transaction& transaction, std::string_view ballot,
                           const VoteSums& sums);

// Removes the resource from what Find and List give; its history stays.
template <typename T>
absl::Status Remove(common::storage::Transaction& transaction, const std::string& name);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_STORE_AWARDS_STORE_H_
