#include "common/storage/sqlite/sqlite_ledger.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/storage/audit_chain.h"
#include "common/storage/sqlite/backup.h"
#include "common/storage/sqlite/connection.h"
#include "common/storage/sqlite/guard.h"
#include "common/storage/sqlite/record_reader.h"
#include "common/storage/sqlite/schema.h"
#include "common/storage/sqlite/snapshot.h"

namespace common::storage::sqlite {
namespace {

// 0 if there is no such file.
int64_t SizeOf(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<int64_t>(size);
}

absl::Status CheckOptions(const SqliteOptions& options) {
  if (options.path.empty() || options.path == ":memory:") {
    return absl::InvalidArgumentError("the store needs a file");
  }
  if (options.application_id <= 0) {
    return absl::InvalidArgumentError("the application id must be positive");
  }
  if (options.readers < 1 || options.batch_limit < 1 || options.queue_limit < 1) {
    return absl::InvalidArgumentError("readers, batch limit and queue limit must be positive");
  }
  if (options.clock == nullptr || options.ids == nullptr) {
    return absl::InvalidArgumentError("the store needs a clock and a source of ids");
  }
  return absl::OkStatus();
}

absl::Status UseWriteAheadLog(Connection& connection) {
  if (connection.SelectText("PRAGMA journal_mode = WAL") != "wal") {
    return absl::FailedPreconditionError(
        "SQLite cannot use a write-ahead log here; put the store on a local disk");
  }
  // What a burst of writes made the log grow to is given back above 64 MiB.
  connection.SelectInt("PRAGMA journal_size_limit = 67108864");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteLedger>> SqliteLedger::Open(SqliteOptions options) {
  RETURN_IF_ERROR(CheckOptions(options));
  ASSIGN_OR_RETURN(LockFile lock, LockFile::Acquire(options.path + ".lock"));
  std::unique_ptr<SqliteLedger> ledger(new SqliteLedger(options, std::move(lock)));
  RETURN_IF_ERROR(Guard(ledger->report_, [&] { return ledger->Start(options); }));
  return ledger;
}

absl::Status SqliteLedger::Start(const SqliteOptions& options) {
  std::unique_ptr<Connection> connection = Connection::ForWriting(options.path);
  RETURN_IF_ERROR(CheckFile(*connection, options.application_id));
  RETURN_IF_ERROR(UseWriteAheadLog(*connection));
  Migrate(*connection, options.application_id);
  RETURN_IF_ERROR(CheckLog(*connection));
  identity_ = EnsureIdentity(*connection, *options.ids);

  std::vector<std::unique_ptr<Connection>> readers;
  readers.reserve(static_cast<size_t>(options.readers));
  for (int i = 0; i < options.readers; ++i) readers.push_back(Connection::ForReading(options.path));
  readers_ = std::make_unique<ReaderPool>(std::move(readers), report_);
  const Writer::Limits limits{.queue = options.queue_limit,
                              .batch = static_cast<size_t>(options.batch_limit)};
  writer_ = std::make_unique<Writer>(std::move(connection), ChainStart(identity_.store_id), limits,
                                     *options.clock, watch_, report_, options.on_batch);
  return absl::OkStatus();
}

void SqliteLedger::WriteAsync(WriteOptions options, Work work, Done done) {
  writer_->Submit(std::move(options), std::move(work), std::move(done));
}

absl::Status SqliteLedger::Read(absl::FunctionRef<absl::Status(Reader& reader)> read) {
  return readers_->With([&](Connection& connection) -> absl::Status {
    const Snapshot snapshot(connection);
    RecordReader reader(connection, report_, SelectHead(connection));
    return read(reader);
  });
}

absl::StatusOr<std::vector<Record>> SqliteLedger::Changes(int64_t after_sequence, int limit) {
  std::vector<Record> records;
  RETURN_IF_ERROR(readers_->With([&](Connection& connection) -> absl::Status {
    records = SelectChanges(connection, after_sequence, limit);
    return absl::OkStatus();
  }));
  return records;
}

int64_t SqliteLedger::WaitForHead(int64_t sequence, absl::Duration timeout) {
  return watch_.Wait(sequence, timeout);
}

absl::StatusOr<BackupInfo> SqliteLedger::Backup(const std::string& path,
                                                absl::FunctionRef<bool()> is_wanted) {
  // A closed ledger says so.
  RETURN_IF_ERROR(readers_->With([](Connection&) { return absl::OkStatus(); }));
  BackupInfo info{.store = identity_, .hash = ChainStart(identity_.store_id)};
  RETURN_IF_ERROR(Guard(report_, [&]() -> absl::Status {
    const std::unique_ptr<Connection> connection = Connection::ForReading(path_);
    const Snapshot snapshot(*connection);
    info.head = SelectHead(*connection);
    info.hash = SelectLastHash(*connection).value_or(info.hash);
    return CopyStore(*connection, path, is_wanted);
  }));
  info.bytes = SizeOf(path);
  return info;
}

SqliteStats SqliteLedger::Stats() {
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(path_, error);
  return {.queue_depth = writer_->QueueDepth(),
          .database_bytes = SizeOf(path_),
          .wal_bytes = SizeOf(path_ + "-wal"),
          .free_bytes = error ? 0 : static_cast<int64_t>(space.available)};
}

void SqliteLedger::Close() {
  const std::lock_guard lock(close_mutex_);
  watch_.Close();
  // The readers go first, so that nothing keeps the last checkpoint from moving everything.
  if (writer_ != nullptr) writer_->Drain();
  if (readers_ != nullptr) readers_->Close();
  if (writer_ != nullptr) writer_->CloseFile();
  lock_.reset();
}

}  // namespace common::storage::sqlite
