#include "common/storage/sqlite/restore.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/sqlite/connection.h"
#include "common/storage/sqlite/durable_file.h"
#include "common/storage/sqlite/lock_file.h"
#include "common/storage/sqlite/record_reader.h"
#include "common/storage/sqlite/schema.h"
#include "common/storage/sqlite/snapshot.h"

namespace common::storage::sqlite {
namespace {

namespace fs = std::filesystem;

// Records whose hashes are computed between two looks at the result.
constexpr int kVerifyPage = 20'000;

// What SQLite keeps beside a file.
constexpr const char* kSuffixes[] = {"", "-wal", "-shm", "-journal"};

absl::Status Corrupt(std::string_view message) {
  return Error(absl::StatusCode::kDataLoss, kDataCorrupt, message);
}

bool Exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// Removes a store's file and what belongs to it.
void RemoveStore(const std::string& path) {
  std::error_code ignored;
  for (const char* suffix : kSuffixes) fs::remove(path + suffix, ignored);
}

absl::Status MoveStore(const std::string& from, const std::string& to) {
  for (const char* suffix : kSuffixes) {
    if (!Exists(from + suffix)) continue;
    std::error_code error;
    fs::rename(from + suffix, to + suffix, error);
    if (error) {
      return absl::FailedPreconditionError(
          absl::StrCat("cannot move ", from, suffix, ": ", error.message()));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRequest(const RestoreOptions& options) {
  if (options.path.empty() || options.application_id <= 0 || options.clock == nullptr) {
    return absl::InvalidArgumentError("a restore needs a path, an application id and a clock");
  }
  if (std::error_code ignored; !fs::is_regular_file(options.backup, ignored)) {
    return absl::FailedPreconditionError(absl::StrCat("there is no file ", options.backup));
  }
  if (Exists(options.backup + "-wal")) {
    return absl::FailedPreconditionError(
        absl::StrCat(options.backup, "-wal lies beside it, so ", options.backup,
                     " is the file of a store in use and not a backup"));
  }
  if (!options.check_only && !options.replace && Exists(options.path)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "there is a store at ", options.path, ", which would have to be replaced; back it up"));
  }
  return absl::OkStatus();
}

// Recomputes the whole chain of hashes and returns the last point of it.
absl::StatusOr<ChainPoint> VerifyWholeChain(Connection& connection, const std::string& store_id,
                                            const ErrorReport& report) {
  const Snapshot snapshot(connection);
  RecordReader reader(connection, report, SelectHead(connection));
  ChainQuery query{.limit = kVerifyPage};
  while (true) {
    ASSIGN_OR_RETURN(const ChainReport verdict, VerifyChain(reader, store_id, query));
    if (verdict.fault.has_value()) {
      return Corrupt(absl::StrCat("the chain of hashes has a fault at position ",
                                  verdict.fault->position, ": ", verdict.fault->description));
    }
    if (verdict.is_complete) return verdict.verified;
    query.after = verdict.verified;
  }
}

// Checks the store in `path` and makes it the next one of its line. Throws SQLite::Exception.
absl::StatusOr<RestoreReport> Prepare(const std::string& path, const RestoreOptions& options) {
  const std::unique_ptr<Connection> connection = Connection::ForWriting(path);
  if (connection->SelectInt("SELECT count(*) FROM sqlite_schema") == 0) {
    return absl::FailedPreconditionError(absl::StrCat(options.backup, " is empty"));
  }
  RETURN_IF_ERROR(CheckFile(*connection, options.application_id));
  if (connection->SelectText("PRAGMA integrity_check(1)") != "ok") {
    return Corrupt("the store is damaged: it fails SQLite's integrity_check");
  }
  Migrate(*connection, options.application_id);
  RETURN_IF_ERROR(CheckLog(*connection));
  if (connection->SelectInt("SELECT count(*) FROM store") != 1) {
    return Corrupt("the store has no identity");
  }
  RestoreReport report;
  report.store = SelectIdentity(*connection);
  ASSIGN_OR_RETURN(report.head,
                   VerifyWholeChain(*connection, report.store.store_id, options.on_storage_error));
  report.epoch_before = report.store.epoch;
  report.store.epoch = std::max(report.epoch_before + 1, absl::ToUnixSeconds(options.clock->Now()));
  RaiseEpoch(*connection, report.store.epoch);
  return report;
}

// Leaves the checked store in `aside`, or nothing.
absl::StatusOr<RestoreReport> CopyAndPrepare(const std::string& aside,
                                             const RestoreOptions& options) {
  RemoveStore(aside);
  std::error_code error;
  if (!fs::copy_file(options.backup, aside, error)) {
    if (options.on_storage_error) options.on_storage_error("copy: " + error.message());
    return StorageUnavailable();
  }
  absl::StatusOr<RestoreReport> report =
      Guard(options.on_storage_error, [&] { return Prepare(aside, options); });
  if (report.ok() && !MakeDurable(aside)) report = StorageUnavailable();
  return report;
}

absl::Status PutInPlace(const std::string& aside, const RestoreOptions& options,
                        RestoreReport& report) {
  if (Exists(options.path)) {
    report.replaced = absl::StrCat(options.path, ".replaced-", report.store.epoch);
    RETURN_IF_ERROR(MoveStore(options.path, report.replaced));
  }
  // What belonged to a store whose file is gone must not be taken for the log of this one.
  RemoveStore(options.path);
  if (const absl::Status moved = MoveStore(aside, options.path); !moved.ok()) {
    if (!report.replaced.empty()) (void)MoveStore(report.replaced, options.path);
    return moved;
  }
  return MakeDurable(options.path) ? absl::OkStatus() : StorageUnavailable();
}

}  // namespace

absl::StatusOr<RestoreReport> Restore(const RestoreOptions& options) {
  RETURN_IF_ERROR(CheckRequest(options));
  if (options.check_only) {
    const std::string aside = options.path + ".checking";
    const absl::StatusOr<RestoreReport> report = CopyAndPrepare(aside, options);
    RemoveStore(aside);
    return report;
  }
  ASSIGN_OR_RETURN(const LockFile lock, LockFile::Acquire(options.path + ".lock"));
  const std::string aside = options.path + ".restoring";
  absl::StatusOr<RestoreReport> report = CopyAndPrepare(aside, options);
  if (report.ok()) {
    if (const absl::Status placed = PutInPlace(aside, options, *report); !placed.ok()) {
      report = placed;
    }
  }
  RemoveStore(aside);
  return report;
}

}  // namespace common::storage::sqlite
