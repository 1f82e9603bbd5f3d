// A connection to a SQLite file, set up as the ledger needs it, and its prepared statements.
//
// What is here throws SQLite::Exception and is called inside Guard only.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_CONNECTION_H_
#define THIDUA_COMMON_STORAGE_SQLITE_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"

namespace common::storage::sqlite {

// One use of a prepared statement: bind, then step. The destructor resets it for the next use.
class Query {
 public:
  explicit Query(SQLite::Statement& statement) : statement_(statement) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // Bind the next parameter. Texts and blobs are not copied and must live as long as the Query.
  Query& Int(int64_t value);
  Query& Text(const std::string& value);
  Query& Blob(const std::string& value);

  // Goes to the next row; false if there is none.
  bool Step();
  // Runs a statement that returns no row.
  void Run();

  // A column of the row that Step() went to, counted from 0.
  int64_t IntAt(int column) const;
  std::string BytesAt(int column) const;

 private:
  SQLite::Statement& statement_;
  int bound_ = 0;
};

// Used by one thread at a time.
class Connection {
 public:
  // Opens `path` to read and write, and creates it if missing. Changes nothing in the file.
  static std::unique_ptr<Connection> ForWriting(const std::string& path);
  // Opens `path`, which a writing connection has prepared, to read only.
  static std::unique_ptr<Connection> ForReading(const std::string& path);

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // The statement of `sql`, a constant of static lifetime, prepared at the first use. Only one
  // Query of a constant may be alive at a time.
  Query Use(const char* sql);

  // Runs each statement of `sql`.
  void Execute(const char* sql) { database_.exec(sql); }

  // The first column of the only row that `sql` returns.
  int64_t SelectInt(const char* sql) { return database_.execAndGet(sql).getInt64(); }
  std::string SelectText(const char* sql) { return database_.execAndGet(sql).getString(); }

  // A transaction is open. It may not be: SQLite ends one by itself when the disk fails.
  bool InTransaction() const;

  // Drops what the transaction wrote, if one is open. Never fails: without a transaction there is
  // nothing to drop.
  void Rollback();

  sqlite3* handle() const { return database_.getHandle(); }

 private:
  Connection(const std::string& path, int flags);

  SQLite::Database database_;
  // By the address of the constant. After the database, since they must go before it.
  std::unordered_map<const char*, SQLite::Statement> statements_{};
};

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_CONNECTION_H_
