#include "common/auth/rate_limiter.h"

#include <algorithm>

namespace common::auth {

bool RateLimiter::Take(std::string_view principal, int calls_per_second) {
  if (calls_per_second <= 0) return true;
  const absl::Time now = clock_.Now();
  const absl::Duration price = absl::Seconds(1) / calls_per_second;
  const std::lock_guard lock(mutex_);
  auto found = buckets_.find(principal);
  if (found == buckets_.end()) {
    found =
        buckets_.emplace(std::string(principal), Bucket{.empty_at = absl::InfinitePast()}).first;
  }
  absl::Time& empty_at = found->second.empty_at;
  const absl::Time full = now - absl::Seconds(1);
  // It is never later than now, unless the clock went back.
  empty_at = empty_at > now ? full : std::max(empty_at, full);
  if (now - empty_at < price) return false;
  empty_at += price;
  return true;
}

}  // namespace common::auth
