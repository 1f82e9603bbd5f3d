// Puts a store back from a backup, while no process has it open.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_RESTORE_H_
#define THIDUA_COMMON_STORAGE_SQLITE_RESTORE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/seams/clock.h"
#include "common/storage/audit_chain.h"
#include "common/storage/ledger.h"
#include "common/storage/sqlite/guard.h"

namespace common::storage::sqlite {

struct RestoreOptions {
  // What Ledger::Backup made. Only read.
  std::string backup{};
  // Where the store is to be, as SqliteOptions::path.
  std::string path{};
  // As SqliteOptions::application_id.
  int32_t application_id = 0;
  // Required.
  Clock* clock = nullptr;
  // Whether a store at `path` may be moved away, to `path`.replaced-EPOCH with the new epoch.
  bool replace = false;
  // Do everything but the last step: the store at `path`, if any, stays.
  bool check_only = false;
  // Takes the driver's words on each error. May be empty.
  ErrorReport on_storage_error{};
};

struct RestoreReport {
  // The epoch in the backup, and the one of the restored store. No two restores give the same one
  // (unless within a second), so whatever was written after the backup and is lost, and whatever
  // was written after an earlier restore, is never taken for what the restored store writes.
  int64_t epoch_before = 0;
  StoreIdentity store{};
  // Last record of the log, whose chain of hashes is whole up to there; keep it for
  // ChainQuery::expected.
  ChainPoint head{};
  // Where the store that was there is now; empty if there was none.
  std::string replaced{};
};

// Copies the backup beside `path`, checks all of the copy (SQLite's integrity_check, the log
// without a gap, each record's hash), brings its schema up to date, raises its epoch and, only
// then, moves it to `path`. If it fails nothing at `path` has changed.
// INVALID_ARGUMENT: an option is missing.
// FAILED_PRECONDITION: the store is in use; there is one, and `replace` is not set; the backup is
// not there, is of another service or a newer program, or is the file of a store in use.
// DATA_LOSS, reason DATA_CORRUPT: a check failed; the message says which.
// UNAVAILABLE, reason STORAGE_UNAVAILABLE: the disk is full or failing.
absl::StatusOr<RestoreReport> Restore(const RestoreOptions& options);

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_RESTORE_H_
