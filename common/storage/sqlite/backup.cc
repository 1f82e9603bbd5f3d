#include "common/storage/sqlite/backup.h"

#include <sqlite3.h>

#include <filesystem>
#include <system_error>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Exception.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/storage/sqlite/durable_file.h"
#include "common/storage/sqlite/guard.h"

namespace common::storage::sqlite {
namespace {

// Pages between two questions whether the copy is still wanted: 4 MiB.
constexpr int kPagesPerStep = 1024;

// A file that goes away unless it is kept.
class NewFile {
 public:
  explicit NewFile(std::string path) : path_(std::move(path)) {}
  ~NewFile() {
    std::error_code ignored;
    if (!is_kept_) std::filesystem::remove(path_, ignored);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void Keep() { is_kept_ = true; }

 private:
  const std::string path_;
  bool is_kept_ = false;
};

// The source's snapshot stays open between the steps, so no write can make the copy start again.
absl::Status CopyPages(sqlite3* source, sqlite3* target, absl::FunctionRef<bool()> is_wanted) {
  sqlite3_backup* backup = sqlite3_backup_init(target, "main", source, "main");
  if (backup == nullptr) throw SQLite::Exception(target);
  int result = SQLITE_OK;
  bool wanted = true;
  while (result == SQLITE_OK && wanted) {
    result = sqlite3_backup_step(backup, kPagesPerStep);
    wanted = is_wanted();
  }
  const int finished = sqlite3_backup_finish(backup);
  if (result == SQLITE_DONE) return absl::OkStatus();
  if (!wanted) return absl::CancelledError("nobody waits for the copy any more");
  throw SQLite::Exception(target, finished == SQLITE_OK ? result : finished);
}

}  // namespace

absl::Status CopyStore(Connection& source, const std::string& path,
                       absl::FunctionRef<bool()> is_wanted) {
  if (std::error_code ignored; std::filesystem::exists(path, ignored)) {
    return absl::FailedPreconditionError(absl::StrCat("there is a file ", path, " already"));
  }
  NewFile file(path);
  {
    SQLite::Database target(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    RETURN_IF_ERROR(CopyPages(source.handle(), target.getHandle(), is_wanted));
  }
  {
    // The first page says that a write-ahead log belongs to the file, as it does to the source.
    SQLite::Database target(path, SQLite::OPEN_READWRITE);
    target.exec("PRAGMA journal_mode = DELETE");
  }
  if (!MakeDurable(path)) return StorageUnavailable();
  file.Keep();
  return absl::OkStatus();
}

}  // namespace common::storage::sqlite
