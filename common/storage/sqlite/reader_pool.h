// The connections that reads share.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_READER_POOL_H_
#define THIDUA_COMMON_STORAGE_SQLITE_READER_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "common/storage/sqlite/connection.h"
#include "common/storage/sqlite/guard.h"

namespace common::storage::sqlite {

// Thread-safe.
class ReaderPool {
 public:
  // `report` must outlive the pool.
  ReaderPool(std::vector<std::unique_ptr<Connection>> connections, const ErrorReport& report)
      : total_(connections.size()), report_(report), idle_(std::move(connections)) {}
  ~ReaderPool() { Close(); }

  // Runs `read` with a connection of its own, once one is idle, and returns what it returns, or
  // what Guard makes of its exceptions.
  // UNAVAILABLE, reason SHUTTING_DOWN: the pool is closed.
  absl::Status With(absl::FunctionRef<absl::Status(Connection& connection)> read);

  // Refuses new reads, waits for those under way, and closes the connections. Idempotent.
  void Close();

 private:
  const size_t total_;
  const ErrorReport& report_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  bool closed_ = false;
};

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_READER_POOL_H_
