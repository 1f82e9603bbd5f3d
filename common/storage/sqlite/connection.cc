#include "common/storage/sqlite/connection.h"

#include <sqlite3.h>

#include "SQLiteCpp/Column.h"
#include "SQLiteCpp/Exception.h"

namespace common::storage::sqlite {
namespace {

// Guards only the start and backups; nobody else writes.
constexpr int kBusyTimeoutMs = 5000;

// Pages kept in memory, in KiB (SQLite counts them below zero). The writer and its readers together
// take 56 MiB at most, whatever the size of the file, so that a service stays below 140 MiB.
constexpr char kWriterSettings[] = "PRAGMA synchronous = FULL; PRAGMA cache_size = -40960;";
constexpr char kReaderSettings[] = "PRAGMA query_only = ON; PRAGMA cache_size = -8192;";

void Configure(sqlite3* handle, int option, int value) {
  const int result = sqlite3_db_config(handle, option, value, nullptr);
  if (result != SQLITE_OK) throw SQLite::Exception(handle, result);
}

}  // namespace

Query::~Query() {
  statement_.tryReset();
  statement_.clearBindings();
}

Query& Query::Int(int64_t value) {
  statement_.bind(++bound_, value);
  return *this;
}

Query& Query::Text(const std::string& value) {
  statement_.bindNoCopy(++bound_, value);
  return *this;
}

Query& Query::Blob(const std::string& value) {
  statement_.bindNoCopy(++bound_, value.data(), static_cast<int>(value.size()));
  return *this;
}

bool Query::Step() { return statement_.executeStep(); }

void Query::Run() { statement_.exec(); }

int64_t Query::IntAt(int column) const { return statement_.getColumn(column).getInt64(); }

std::string Query::BytesAt(int column) const { return statement_.getColumn(column).getString(); }

Connection::Connection(const std::string& path, int flags)
    : database_(path, flags | SQLite::OPEN_NOMUTEX, kBusyTimeoutMs) {
  sqlite3_extended_result_codes(handle(), 1);
  Configure(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1);
  Configure(handle(), SQLITE_DBCONFIG_DQS_DML, 0);
  Configure(handle(), SQLITE_DBCONFIG_DQS_DDL, 0);
  Execute(
      "PRAGMA foreign_keys = ON;"
      "PRAGMA trusted_schema = OFF;"
      "PRAGMA temp_store = MEMORY;"
      "PRAGMA mmap_size = 0;"
      // Only the writer checkpoints, when it chooses to (SQLite 3.40 may lose a commit that
      // another connection's checkpoint races).
      "PRAGMA wal_autocheckpoint = 0;");
}

std::unique_ptr<Connection> Connection::ForWriting(const std::string& path) {
  std::unique_ptr<Connection> connection(
      new Connection(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE));
  connection->Execute(kWriterSettings);
  return connection;
}

std::unique_ptr<Connection> Connection::ForReading(const std::string& path) {
  std::unique_ptr<Connection> connection(new Connection(path, SQLite::OPEN_READONLY));
  Configure(connection->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);
  connection->Execute(kReaderSettings);
  return connection;
}

Query Connection::Use(const char* sql) {
  return Query(statements_.try_emplace(sql, database_, sql).first->second);
}

bool Connection::InTransaction() const { return sqlite3_get_autocommit(handle()) == 0; }

void Connection::Rollback() {
  if (InTransaction()) database_.tryExec("ROLLBACK");
}

}  // namespace common::storage::sqlite
