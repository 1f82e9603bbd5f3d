// Whether a store may take writes.
#ifndef THIDUA_COMMON_RPC_STORE_HEALTH_H_
#define THIDUA_COMMON_RPC_STORE_HEALTH_H_

#include <atomic>
#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "common/storage/ledger.h"

namespace common::rpc {

// Thread-safe.
class StoreHealth {
 public:
  // Below this much free space a service stops being ready, while it still can finish what it does.
  static constexpr int64_t kFreeBytesMin = int64_t{64} << 20;

  // What became of a transaction, as the store's observer tells it.
  void OnCommit(const absl::Status& status) {
    if (absl::IsUnavailable(status) || absl::IsDataLoss(status)) is_failing_ = true;
  }

  // OK, or why `ledger`, whose disk has `free_bytes` left, may not take writes. After a failure it
  // tries a small write of its own, so that the store recovers by itself.
  absl::Status Check(storage::Ledger& ledger, int64_t free_bytes);

 private:
  std::atomic<bool> is_failing_ = false;
};

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_STORE_HEALTH_H_
