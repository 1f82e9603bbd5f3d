#include "common/storage/sqlite/head_watch.h"

#include <algorithm>

namespace common::storage::sqlite {

int64_t HeadWatch::Head() {
  const std::lock_guard lock(mutex_);
  return head_;
}

void HeadWatch::Advance(int64_t head) {
  {
    const std::lock_guard lock(mutex_);
    head_ = head;
  }
  changed_.notify_all();
}

int64_t HeadWatch::Wait(int64_t sequence, absl::Duration timeout) {
  // The standard library overflows on waits without end.
  constexpr absl::Duration kLongest = absl::Hours(24 * 365);
  const auto patience = absl::ToChronoNanoseconds(std::clamp(timeout, absl::Duration(), kLongest));
  std::unique_lock lock(mutex_);
  const int64_t wakes_before = wakes_;
  changed_.wait_for(lock, patience,
                    [&] { return closed_ || head_ > sequence || wakes_ != wakes_before; });
  return head_;
}

void HeadWatch::Wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  changed_.notify_all();
}

void HeadWatch::Close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

}  // namespace common::storage::sqlite
