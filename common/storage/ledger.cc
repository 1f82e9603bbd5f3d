#include "common/storage/ledger.h"

#include <future>
#include <memory>
#include <utility>

namespace common::storage {

absl::StatusOr<WriteResult> Ledger::Write(WriteOptions options, Work work) {
  // Shared, because the writer may still be inside set_value when this thread has the answer.
  auto answer = std::make_shared<std::promise<absl::StatusOr<WriteResult>>>();
  auto future = answer->get_future();
  WriteAsync(std::move(options), std::move(work), [answer](absl::StatusOr<WriteResult> result) {
    answer->set_value(std::move(result));
  });
  return future.get();
}

}  // namespace common::storage
