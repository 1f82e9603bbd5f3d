// Where awards keeps its resources: the service's words over the ledger.
//
// Kept are, each under its resource name: Rubric, Round, Appraisal, Event as the domain knows them,
// and the results of a round as the contract's messages, which are documents: ScoreSheet,
// Standings, Nomination, and, under the round's name, IssueNominationsResponse, the answer that
// closed it. The functions below exist for these types and no others. Every engine of the ledger
// passes tests/services/awards/store/awards_store_conformance.cc.
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
};

// Some of the resources of one kind.
struct Page {
  // `rounds/{round}`: only what is in this round. Empty for all, which is for rubrics and rounds.
  std::string round{};
  // Only names after this one, in byte order.
  std::string after{};
  // At most this many.
  int limit = 0;
};

// The newest version; nothing if there is none or it was removed.
template <typename T>
absl::StatusOr<std::optional<Stored<T>>> Find(common::storage::Reader& reader,
                                              std::string_view name);

// The newest versions by name in byte order. A page with fewer than `limit` is the last.
template <typename T>
absl::StatusOr<std::vector<Stored<T>>> List(common::storage::Reader& reader, const Page& page);

// All of a round, by name in byte order.
template <typename T>
absl::StatusOr<std::vector<Stored<T>>> ListAll(common::storage::Reader& reader,
                                               std::string_view round);

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

// Removes the resource from what Find and List give; its history stays.
template <typename T>
absl::Status Remove(common::storage::Transaction& transaction, const std::string& name);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_STORE_AWARDS_STORE_H_
