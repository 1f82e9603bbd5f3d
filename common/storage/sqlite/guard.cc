#include "common/storage/sqlite/guard.h"

#include <sqlite3.h>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common::storage::sqlite {

absl::Status StorageUnavailable() {
  return Error(absl::StatusCode::kUnavailable, kStorageUnavailable,
               "the store cannot be used at the moment");
}

absl::Status ToStatus(const SQLite::Exception& error, const ErrorReport& report) {
  if (report) {
    report(absl::StrCat("SQLite ", error.getExtendedErrorCode(), ": ", error.what()));
  }
  switch (error.getErrorCode() & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
      return StorageUnavailable();
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Error(absl::StatusCode::kDataLoss, kDataCorrupt, "the store is damaged");
    default:
      return absl::InternalError("the store refused a statement");
  }
}

absl::Status UnexpectedException(const char* what, const ErrorReport& report) {
  if (report) report(absl::StrCat("unexpected exception: ", what));
  return absl::InternalError("unexpected exception");
}

}  // namespace common::storage::sqlite
