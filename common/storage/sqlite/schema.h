// What a store's file must be before the ledger works on it.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_SCHEMA_H_
#define THIDUA_COMMON_STORAGE_SQLITE_SCHEMA_H_

#include <cstdint>

#include "absl/status/status.h"
#include "common/seams/id_source.h"
#include "common/storage/ledger.h"
#include "common/storage/sqlite/connection.h"

namespace common::storage::sqlite {

// The functions here run once, while a ledger opens or is restored, and throw SQLite::Exception.

// Makes sure that the file may be touched: it is empty, or a store with this application id whose
// schema is not newer than this program, and SQLite finds no damage in it.
// FAILED_PRECONDITION: a file of something else, or of a newer program.
// DATA_LOSS, reason DATA_CORRUPT: damaged.
absl::Status CheckFile(Connection& connection, int32_t application_id);

// Brings the schema up to date, one transaction per step. `application_id` marks a new file.
void Migrate(Connection& connection, int32_t application_id);

// The identity in the file. A new store gets an id from `ids` and epoch 1.
StoreIdentity EnsureIdentity(Connection& connection, IdSource& ids);

// The identity of a store that has one.
StoreIdentity SelectIdentity(Connection& connection);

// Sets the epoch, which is above the one in the file.
void RaiseEpoch(Connection& connection, int64_t epoch);

// DATA_LOSS, reason DATA_CORRUPT: the log has a gap or ends within a commit, or a record points at
// a version that is not there. Reads indexes only, in full.
absl::Status CheckLog(Connection& connection);

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_SCHEMA_H_
