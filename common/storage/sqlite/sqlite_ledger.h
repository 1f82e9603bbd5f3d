// The ledger in one SQLite file: for one process, with no server to run.
//
// A commit is on the disk before it is answered (WAL, synchronous=FULL). Writes go through one
// thread, which lets all that wait share a commit; reads have connections of their own and never
// wait for a write.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_SQLITE_LEDGER_H_
#define THIDUA_COMMON_STORAGE_SQLITE_SQLITE_LEDGER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/seams/clock.h"
#include "common/seams/id_source.h"
#include "common/storage/ledger.h"
#include "common/storage/sqlite/head_watch.h"
#include "common/storage/sqlite/lock_file.h"
#include "common/storage/sqlite/reader_pool.h"
#include "common/storage/sqlite/writer.h"

namespace common::storage::sqlite {

struct SqliteOptions {
  // The file, on a local disk; created if missing, and so are `path`.lock and SQLite's own
  // `path`-wal and `path`-shm beside it. The folder must exist. Not `:memory:`.
  std::string path{};
  // Marks the file as a store of this service; positive.
  int32_t application_id = 0;
  // Reads at the same time; more wait. At least 1.
  int readers = 2;
  // Writes that may wait; more are refused. At least 1.
  size_t queue_limit = 4096;
  // Writes that share a commit at most. At least 1.
  int batch_limit = 256;
  // Required; must outlive the ledger.
  Clock* clock = nullptr;
  // Required; must outlive the ledger. Names a new store.
  IdSource* ids = nullptr;
  // Takes the driver's words on each error, for the log. Called on any thread; must not block.
  std::function<void(std::string text)> on_storage_error{};
  // Takes what became of each transaction, for metrics and health. Called on the writer's thread;
  // must not block, nor touch the ledger.
  std::function<void(const BatchReport& report)> on_batch{};
};

// What a ledger takes, now.
struct SqliteStats {
  // Writes that wait.
  size_t queue_depth = 0;
  int64_t database_bytes = 0;
  // What was committed and is not in the database file yet; 0 after Close().
  int64_t wal_bytes = 0;
  // What the disk still has for this process.
  int64_t free_bytes = 0;
};

class SqliteLedger final : public Ledger {
 public:
  // Opens or creates the store, brings its schema up to date and checks it for damage, which
  // reads the whole file.
  // INVALID_ARGUMENT: an option is out of range.
  // FAILED_PRECONDITION: another process has the store open, the file belongs to something else
  // or to a newer program, or its folder cannot be written to. The message is for the operator.
  // Else as of Ledger.
  static absl::StatusOr<std::unique_ptr<SqliteLedger>> Open(SqliteOptions options);

  ~SqliteLedger() override { Close(); }

  void WriteAsync(WriteOptions options, Work work, Done done) override;
  absl::Status Read(absl::FunctionRef<absl::Status(Reader& reader)> read) override;
  absl::StatusOr<std::vector<Record>> Changes(int64_t after_sequence, int limit) override;
  int64_t WaitForHead(int64_t sequence, absl::Duration timeout) override;
  void Wake() override { watch_.Wake(); }
  int64_t Head() override { return watch_.Head(); }
  StoreIdentity Identity() const override { return identity_; }
  absl::StatusOr<BackupInfo> Backup(const std::string& path,
                                    absl::FunctionRef<bool()> is_wanted) override;
  // Zero for what cannot be found out.
  SqliteStats Stats();
  // Waits for the reads under way, too; not for backups, which go on with what there is. Not to be
  // called by a Work, a Done or a read.
  void Close() override;

 private:
  SqliteLedger(const SqliteOptions& options, LockFile lock)
      : path_(options.path), lock_(std::move(lock)), report_(options.on_storage_error) {}

  // Prepares the file and starts the writer and the readers. Throws SQLite::Exception.
  absl::Status Start(const SqliteOptions& options);

  const std::string path_;
  // Nothing after Close().
  std::optional<LockFile> lock_;
  const ErrorReport report_;
  StoreIdentity identity_{};
  HeadWatch watch_{};
  std::mutex close_mutex_{};
  // Both set by Start() and kept until the end, for calls that come after Close().
  std::unique_ptr<ReaderPool> readers_{};
  std::unique_ptr<Writer> writer_{};
};

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_SQLITE_LEDGER_H_
