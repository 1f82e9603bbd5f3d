// A copy of a store while it is in use.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_BACKUP_H_
#define THIDUA_COMMON_STORAGE_SQLITE_BACKUP_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "common/storage/sqlite/connection.h"

namespace common::storage::sqlite {

// Writes what the open snapshot of `source` sees to the new file `path`: one file that needs no
// write-ahead log beside it, durable when this returns. As Ledger::Backup, whose errors it has;
// throws SQLite::Exception.
absl::Status CopyStore(Connection& source, const std::string& path,
                       absl::FunctionRef<bool()> is_wanted);

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_BACKUP_H_
