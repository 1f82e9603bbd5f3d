// How often each principal may call.
#ifndef THIDUA_COMMON_AUTH_RATE_LIMITER_H_
#define THIDUA_COMMON_AUTH_RATE_LIMITER_H_

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/seams/clock.h"

namespace common::auth {

// A bucket for each principal: it holds as many calls as it may make in a second, and fills up
// evenly. Keeps a few words for each name it was asked for, which the policy bounds. Thread-safe.
class RateLimiter {
 public:
  // `clock` must outlive it.
  explicit RateLimiter(Clock& clock) : clock_(clock) {}

  // Takes a call of `principal`, if there is one left; 0 `calls_per_second` is no limit. A clock
  // that goes back costs nobody anything.
  bool Take(std::string_view principal, int calls_per_second);

 private:
  struct Bucket {
    // When it would have been empty, had it filled since then without a limit.
    absl::Time empty_at{};
  };

  Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace common::auth

#endif  // THIDUA_COMMON_AUTH_RATE_LIMITER_H_
