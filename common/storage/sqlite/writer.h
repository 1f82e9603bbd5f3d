// The thread that writes.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_WRITER_H_
#define THIDUA_COMMON_STORAGE_SQLITE_WRITER_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/seams/clock.h"
#include "common/storage/ledger.h"
#include "common/storage/sqlite/buffered_transaction.h"
#include "common/storage/sqlite/connection.h"
#include "common/storage/sqlite/guard.h"
#include "common/storage/sqlite/head_watch.h"

namespace common::storage::sqlite {

// What became of writes that shared one transaction of SQLite.
struct BatchReport {
  // Writes in the transaction, and how many of them were answered as an earlier time.
  size_t writes = 0;
  size_t replayed = 0;
  // From the beginning of the first work to the answer of the disk.
  absl::Duration duration{};
  // There was something to commit.
  bool is_commit = false;
  // If not OK, nothing of the batch was written, or perhaps all of it: OUTCOME_UNKNOWN.
  absl::Status status{};
};

// Owns the only connection that writes. Takes all writes that wait, runs their works one after
// the other in one transaction of SQLite, commits it, and answers them. Also does all
// checkpoints, between commits.
class Writer {
 public:
  struct Limits {
    // Writes that may wait; more are refused.
    size_t queue = 0;
    // Writes that share a commit at most.
    size_t batch = 0;
  };

  // Told of each batch before it is answered, on the writer's thread. May be empty.
  using BatchObserver = std::function<void(const BatchReport& report)>;

  // Starts the thread. The log goes on after its last record, or, if it is empty, after
  // `chain_start`. `clock`, `watch` and `report` must outlive this.
  Writer(std::unique_ptr<Connection> connection, std::string chain_start, Limits limits,
         Clock& clock, HeadWatch& watch, const ErrorReport& report, BatchObserver on_batch = {});
  ~Writer() { Drain(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // See Ledger::WriteAsync. Thread-safe.
  void Submit(WriteOptions options, Ledger::Work work, Ledger::Done done);

  // Refuses new writes, and returns when those that wait are answered. Thread-safe, idempotent;
  // not to be called on the writer's thread.
  void Drain();

  // Writes that wait now. Thread-safe.
  size_t QueueDepth();

  // Moves the whole log of SQLite into the file and closes it. Only after Drain(), and when no
  // other connection is open.
  void CloseFile();

 private:
  struct PendingWrite {
    WriteOptions options{};
    Ledger::Work work{};
    Ledger::Done done{};
    absl::StatusOr<WriteResult> result{};
  };

  // Takes `write` into the queue, or says why not and leaves it as it is.
  absl::Status Enqueue(PendingWrite& write);
  void Run();
  // Waits for writes and takes them; none if there will be no more.
  std::vector<PendingWrite> TakeBatch();
  void RunBatch(std::vector<PendingWrite>& batch);

  void Observe(const std::vector<PendingWrite>& batch, absl::Duration duration,
               const absl::Status& status);
  // Sets the result of each write and makes them durable together. If it fails nothing was
  // written, or, with OUTCOME_UNKNOWN, perhaps everything.
  absl::Status Execute(std::vector<PendingWrite>& batch);
  absl::Status Begin();
  // Sets the result of `write`. Fails if the transaction of the batch is lost.
  absl::Status RunOne(PendingWrite& write);
  absl::StatusOr<WriteResult> RunWork(PendingWrite& write, BufferedTransaction& transaction);
  absl::Status Apply(const WriteOptions& options, BufferedTransaction& transaction,
                     const WriteResult& result);
  absl::Status Commit();

  // The stored answer to a request, or REQUEST_ID_REUSED; nothing if the id is new.
  std::optional<absl::StatusOr<WriteResult>> SelectAnswer(const RequestKey& request);
  void InsertAnswer(const RequestKey& request, const WriteResult& result, absl::Time time);

  // The clock's time in whole microseconds, but never before the time of an earlier write.
  absl::Time NextTime();
  void CheckpointIfDue();

  const Limits limits_;
  Clock& clock_;
  HeadWatch& watch_;
  const ErrorReport& report_;
  const BatchObserver on_batch_;

  // Touched by the writer's thread only, while it runs. `connection_` is null after CloseFile().
  std::unique_ptr<Connection> connection_;
  int64_t head_ = 0;
  // Of the record at head_.
  std::string hash_;
  absl::Time last_time_ = absl::InfinitePast();
  // The transaction of the batch holds something to commit.
  bool dirty_ = false;
  // Pages in SQLite's write-ahead log, now and at the last checkpoint.
  int wal_pages_ = 0;
  int checkpointed_pages_ = 0;

  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<PendingWrite> queue_{};
  bool draining_ = false;
  std::mutex join_mutex_;
  std::thread thread_{};
};

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_WRITER_H_
