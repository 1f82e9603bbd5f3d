// The durable home of reporting's resources, in the domain's words, over a ledger of any engine.
// What it promises is checked by tests/services/reporting/store/store_conformance.cc.
#ifndef THIDUA_SERVICES_REPORTING_STORE_REPORTING_STORE_H_
#define THIDUA_SERVICES_REPORTING_STORE_REPORTING_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/ledger.h"
#include "services/reporting/store/resource.h"

namespace reporting {

// Which resources a list is to have.
struct Listing {
  // Only those with this key (store/resource.h), if given.
  std::optional<common::storage::IndexKey> where{};
  // Only names after this one, in byte order; empty for the beginning.
  std::string after_name{};
  // At most this many; positive.
  int limit = 0;
};

// What a call answers for a resource that is not there.
// NOT_FOUND, reason RESOURCE_NOT_FOUND, metadata `name`.
template <typename Resource>
absl::Status NotThere(const IdFor<Resource>& id);

// A consistent view of what is stored. Valid as long as the reader it was made of.
//
// `Resource` is Unit, Cluster, ClusterYear, Indicator, Form, Pact or Submission. Every method may
// fail as the ledger may (common/storage/ledger.h), with DATA_LOSS, reason DATA_CORRUPT, if what is
// stored cannot be read.
class StoreView {
 public:
  // With `as_of`, everything is as it was at that position of the log: later versions do not exist.
  // Lists then find resources by the keys of their newest version, which for units, cluster years
  // and submissions are those they always had.
  explicit StoreView(common::storage::Reader& reader, std::optional<int64_t> as_of = std::nullopt)
      : reader_(reader), as_of_(as_of) {}

  // The newest version; nothing if there is none.
  template <typename Resource>
  absl::StatusOr<std::optional<Versioned<Resource>>> Find(const IdFor<Resource>& id);

  // The newest version. NOT_FOUND, reason RESOURCE_NOT_FOUND, metadata `name`: there is none.
  template <typename Resource>
  absl::StatusOr<Versioned<Resource>> Get(const IdFor<Resource>& id);

  // The newest versions, in the byte order of names.
  template <typename Resource>
  absl::StatusOr<std::vector<Versioned<Resource>>> List(const Listing& listing);

  // Versions of one resource above `after_version`, oldest first, at most `limit`.
  template <typename Resource>
  absl::StatusOr<std::vector<Versioned<Resource>>> History(const IdFor<Resource>& id,
                                                           int64_t after_version, int limit);

  // The version `version` of a resource. NOT_FOUND, reason RESOURCE_NOT_FOUND, metadata `name` and
  // `version`: there is none.
  template <typename Resource>
  absl::StatusOr<Versioned<Resource>> GetVersion(const IdFor<Resource>& id, int64_t version);

  // Changes with every write of an indicator or a form, and with nothing else; so what was made of
  // definitions in a view of one generation holds in every other of the same.
  absl::StatusOr<int64_t> DefinitionsGeneration();

  // Position in the log that this is a view of.
  int64_t Head() { return as_of_.value_or(reader_.Head()); }

  // The position of the last write at `time` or before; 0 if there is none.
  absl::StatusOr<int64_t> PositionAt(absl::Time time) { return reader_.PositionAt(time); }

 private:
  // `newest`, or the version that was the newest at `as_of_`, if there was one.
  absl::StatusOr<std::optional<common::storage::Record>> AsOf(common::storage::Record newest);
  absl::StatusOr<std::optional<common::storage::Record>> FindRecord(std::string_view kind,
                                                                    const std::string& name);

  common::storage::Reader& reader_;
  std::optional<int64_t> as_of_;
};

// A view that also writes; within one write of the ledger.
class StoreTransaction : public StoreView {
 public:
  explicit StoreTransaction(common::storage::Transaction& transaction)
      : StoreView(transaction), transaction_(transaction) {}

  // Stores the next version; of an indicator or a form, also the next generation of definitions.
  template <typename Resource>
  absl::StatusOr<Versioned<Resource>> Put(const Resource& resource);

  // Stores `next` as the version after `stored`, unless it says the same: then `stored` stays.
  template <typename Resource>
  absl::StatusOr<Versioned<Resource>> PutIfChanged(Versioned<Resource> stored,
                                                   const Resource& next) {
    if (next == stored.value) return stored;
    return Put(next);
  }

  // Stores the first version. ALREADY_EXISTS, reason RESOURCE_ALREADY_EXISTS, metadata `name`: the
  // id is taken.
  template <typename Resource>
  absl::StatusOr<Versioned<Resource>> Create(const Resource& resource);

  // The time all versions of this write get.
  absl::Time Now() { return transaction_.Now(); }

 private:
  absl::Status BeginDefinitionsGeneration();

  common::storage::Transaction& transaction_;
};

// Runs `read` on a snapshot that has every write answered before.
absl::Status ReadStore(common::storage::Ledger& ledger,
                       absl::FunctionRef<absl::Status(StoreView& view)> read);

// The same on a view of the store as it was at the position `as_of` of the log.
absl::Status ReadStoreAt(common::storage::Ledger& ledger, int64_t as_of,
                         absl::FunctionRef<absl::Status(StoreView& view)> read);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_STORE_REPORTING_STORE_H_
