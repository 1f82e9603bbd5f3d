#include "common/storage/sqlite/reader_pool.h"

#include <utility>

#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common::storage::sqlite {

absl::Status ReaderPool::With(absl::FunctionRef<absl::Status(Connection& connection)> read) {
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return closed_ || !idle_.empty(); });
    if (closed_) {
      return Error(absl::StatusCode::kUnavailable, kShuttingDown, "the store is closing");
    }
    connection = std::move(idle_.back());
    idle_.pop_back();
  }
  absl::Status status = Guard(report_, [&] { return read(*connection); });
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_.notify_all();
  return status;
}

void ReaderPool::Close() {
  std::unique_lock lock(mutex_);
  if (closed_) return;
  closed_ = true;
  returned_.notify_all();
  returned_.wait(lock, [this] { return idle_.size() == total_; });
  idle_.clear();
}

}  // namespace common::storage::sqlite
