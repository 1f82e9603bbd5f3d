// Where a service keeps its resources: an append-only log of every version of every resource, and
// the newest version of each, read by name or by index. State, change, and the answer to a request
// id are one transaction, so a consumer of the log misses nothing and a retry does nothing twice.
// The log is a chain of hashes, so that what is changed behind the ledger's back is found:
// common/storage/audit_chain.h.
//
// The ledger knows no domain word: a record is a kind, a name and bytes. The stores of the services
// (services/*/store) put types on top. An engine passes
// tests/common/storage/ledger_conformance.cc, which is this contract in executable form.
#ifndef THIDUA_COMMON_STORAGE_LEDGER_H_
#define THIDUA_COMMON_STORAGE_LEDGER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace common::storage {

// A record is found by each of its keys; `value` is compared byte for byte.
struct IndexKey {
  std::string index{};
  std::string value{};

  bool operator==(const IndexKey&) const = default;
};

// The next version of a resource, to be written.
struct NewRecord {
  // What it is, such as `submission`. At most 64 bytes.
  std::string kind{};
  // Its resource name, unique within its kind; compared byte for byte.
  std::string name{};
  // Its content; opaque to the ledger.
  std::string payload{};
  // All keys of this version; those of the version before are dropped.
  std::vector<IndexKey> keys{};
};

// One version of one resource, as stored. Never changes.
struct Record {
  std::string kind{};
  std::string name{};
  std::string payload{};
  // 1 for the first version of this name, then one more each time.
  int64_t version = 0;
  // Position in the log: 1, 2, 3, ... over all resources, in commit order, without gaps.
  int64_t sequence = 0;
  // The sequence of the last record of the same write. A write is atomic: it is delivered whole.
  int64_t commit_sequence = 0;
  // When it was written, by the service's clock; whole microseconds. Never before the time of an
  // earlier record.
  absl::Time time{};
  // Who wrote it: the principal of the write.
  std::string actor{};
  // The call that wrote it; see WriteOptions. Empty for what was written before calls were kept.
  std::string method{};
  // 32 bytes that cover this record and, through the hash before, all earlier ones: ChainHash in
  // common/storage/audit_chain.h.
  std::string hash{};
  // The trace of the call that wrote it; see WriteOptions. Helps to find the logs of that call and
  // proves nothing, so the hash does not cover it.
  std::string trace{};

  bool operator==(const Record&) const = default;
};

struct ListQuery {
  std::string kind{};
  // Only records with this key, if given.
  std::optional<IndexKey> where{};
  // Only names after this one, in byte order; empty for the beginning.
  std::string after_name{};
  // At most this many; positive.
  int limit = 0;
};

// Identifies a client's request, so that a retry gets the first answer.
struct RequestKey {
  std::string principal{};
  std::string method{};
  // A UUID chosen by the client.
  std::string request_id{};
  // Hash of the request's content; the same id with another fingerprint is refused.
  std::string fingerprint{};
};

// A consistent view of the newest versions. Valid only within the call that provides it; used by
// one thread.
class Reader {
 public:
  virtual ~Reader() = default;

  // The newest version; nothing if there is none.
  virtual absl::StatusOr<std::optional<Record>> Get(std::string_view kind,
                                                    std::string_view name) = 0;

  // The newest version as it was known at `sequence`: that with the highest sequence up to there;
  // nothing if there was none.
  virtual absl::StatusOr<std::optional<Record>> GetAt(std::string_view kind, std::string_view name,
                                                      int64_t sequence) = 0;

  // Sequence of the last record written at or before `time`; 0 if there was none. It ends a write,
  // since the records of a write share their time. With GetAt: what was known at that time.
  virtual absl::StatusOr<int64_t> PositionAt(absl::Time time) = 0;

  // The newest versions that match, by name in byte order.
  virtual absl::StatusOr<std::vector<Record>> List(const ListQuery& query) = 0;

  // All versions of one resource with a version above `after_version`, oldest first.
  virtual absl::StatusOr<std::vector<Record>> History(std::string_view kind, std::string_view name,
                                                      int64_t after_version, int limit) = 0;

  // Records of the log with a sequence above `after_sequence`, in order: no more once `limit`
  // records or about 1 MiB are reached, and at least one if there is any. May end within a commit.
  virtual absl::StatusOr<std::vector<Record>> Log(int64_t after_sequence, int limit) = 0;

  // A small named value kept beside the records, such as a consumer's resume token.
  virtual absl::StatusOr<std::optional<std::string>> GetValue(std::string_view key) = 0;

  // Sequence of the last record visible here; 0 if there is none.
  virtual int64_t Head() = 0;
};

// A view that also writes. Reads see what this transaction wrote before.
class Transaction : public Reader {
 public:
  // Writes the next version and returns it. Its `commit_sequence` and `hash` are not known before
  // the end of the write: they are 0 and empty here, and so they are in what this transaction
  // reads of its own.
  virtual absl::StatusOr<Record> Put(NewRecord record) = 0;

  // Sets a named value.
  virtual absl::Status SetValue(std::string_view key, std::string_view value) = 0;

  // The time all records of this write get.
  virtual absl::Time Now() = 0;
};

struct WriteOptions {
  // Stored with each record.
  std::string actor{};
  // Full name of the call that writes, such as `store.v1.UnitService/CreateUnit`. Stored with each
  // record.
  std::string method{};
  // Where the call stands in a distributed trace, as W3C Trace Context writes `traceparent`; empty
  // if unknown. Stored with each record.
  std::string trace{};
  // If given, the answer is stored and a repeated request gets it without running the work.
  std::optional<RequestKey> request{};
  // Runs the work with all its checks, then drops what it wrote; stores no request id. A request
  // id that is known already is answered, or refused, as in a real write.
  bool validate_only = false;
};

struct WriteResult {
  // What the work returned, now or the first time.
  std::string answer{};
  // Head of the ledger after this write (now or the first time); the write's commit position.
  int64_t commit_sequence = 0;
  // The answer is that of an earlier call with the same request id.
  bool replayed = false;
};

// Identity of what is stored, for tokens: positions mean nothing in another store or epoch.
struct StoreIdentity {
  // A UUID made when the store was created.
  std::string store_id{};
  // Raised when the store is restored from a backup.
  int64_t epoch = 0;

  bool operator==(const StoreIdentity&) const = default;
};

// What a copy of a store holds.
struct BackupInfo {
  StoreIdentity store{};
  // Sequence of the last record; 0 if there is none.
  int64_t head = 0;
  // Of the last record, or what the log of this store begins with.
  std::string hash{};
  // Size of the file.
  int64_t bytes = 0;

  bool operator==(const BackupInfo&) const = default;
};

// The durable log and state of one service. Thread-safe.
//
// Every method may return:
// - UNAVAILABLE, reason STORAGE_UNAVAILABLE: the disk is full or failing; nothing was written.
// - UNAVAILABLE, reason OUTCOME_UNKNOWN: the commit failed half-way; repeat with the request id.
// - UNAVAILABLE, reason SHUTTING_DOWN: the ledger is closing.
// - RESOURCE_EXHAUSTED, reason OVERLOADED: too many writes wait; nothing was written.
// - DATA_LOSS, reason DATA_CORRUPT: the store is damaged.
class Ledger {
 public:
  // Computes and writes; returns the answer for the client. Runs on the writer's thread, at most
  // once per write, and must neither block nor touch the ledger except through `transaction`.
  // If it fails, nothing it wrote remains and its error is returned as it is; an exception counts
  // as INTERNAL.
  using Work = std::function<absl::StatusOr<std::string>(Transaction& transaction)>;
  using Done = std::function<void(absl::StatusOr<WriteResult> result)>;

  virtual ~Ledger() = default;

  // Runs `work` in a transaction of its own, after all writes queued before, and returns once it
  // is durable. Writes that wait together share one commit to disk, never one fate.
  // ALREADY_EXISTS, reason REQUEST_ID_REUSED: the request id is known with another fingerprint.
  absl::StatusOr<WriteResult> Write(WriteOptions options, Work work);

  // The same without waiting: `done` is called once, on the writer's thread, after the commit; or
  // on this thread before the call returns, if the write is refused with OVERLOADED or
  // SHUTTING_DOWN. It must neither block nor throw, nor touch the ledger but for WriteAsync.
  virtual void WriteAsync(WriteOptions options, Work work, Done done) = 0;

  // Runs `read` on a consistent snapshot that contains every write answered before this call.
  // Returns what `read` returns. Keep it short: a snapshot held open costs disk space.
  virtual absl::Status Read(absl::FunctionRef<absl::Status(Reader& reader)> read) = 0;

  // Records of the log with a sequence above `after_sequence`, in order. Returns whole commits: at
  // least one if there is any, and no more once `limit` records or about 1 MiB are reached.
  virtual absl::StatusOr<std::vector<Record>> Changes(int64_t after_sequence, int limit) = 0;

  // Waits until the head is beyond `sequence`, `timeout` has passed, or Wake() or Close() is
  // called; returns the head. Starts to return at once when closing.
  virtual int64_t WaitForHead(int64_t sequence, absl::Duration timeout) = 0;

  // Ends all waits of WaitForHead that are under way.
  virtual void Wake() = 0;

  // Sequence of the last durable record.
  virtual int64_t Head() = 0;

  virtual StoreIdentity Identity() const = 0;

  // Writes a copy of the store, as it is at one instant after this call began, to `path`, a file
  // that does not exist. Reads and writes go on meanwhile. `is_wanted` is asked again and again;
  // once it says no, the copy ends with CANCELLED. No file remains if it fails. Takes as much space
  // on the disk as the store itself.
  // FAILED_PRECONDITION: there is such a file.
  virtual absl::StatusOr<BackupInfo> Backup(const std::string& path,
                                            absl::FunctionRef<bool()> is_wanted) = 0;

  // Refuses new writes, finishes the queued ones and the reads under way, checkpoints and closes.
  // Idempotent; the destructor does it too. Head() and Identity() still answer afterwards.
  virtual void Close() = 0;
};

}  // namespace common::storage

#endif  // THIDUA_COMMON_STORAGE_LEDGER_H_
