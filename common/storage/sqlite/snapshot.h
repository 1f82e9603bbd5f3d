// One view of a store for several reads.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_SNAPSHOT_H_
#define THIDUA_COMMON_STORAGE_SQLITE_SNAPSHOT_H_

#include "common/storage/sqlite/connection.h"

namespace common::storage::sqlite {

// All reads of `connection` in the lifetime of this see the store as the first of them does. The
// constructor throws SQLite::Exception.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection) : connection_(connection) {
    connection_.Execute("BEGIN");
  }
  ~Snapshot() { connection_.Rollback(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Connection& connection_;
};

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_SNAPSHOT_H_
