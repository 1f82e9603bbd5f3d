// A clock that stands still until the test moves it.
#ifndef THIDUA_TESTS_TESTKIT_FAKE_CLOCK_H_
#define THIDUA_TESTS_TESTKIT_FAKE_CLOCK_H_

#include <mutex>

#include "absl/time/time.h"
#include "common/seams/clock.h"

namespace testkit {

// Starts at 2026-01-05 01:00:00 UTC (08:00 in Hà Nội). Thread-safe.
class FakeClock final : public common::Clock {
 public:
  FakeClock() = default;
  explicit FakeClock(absl::Time now) : now_(now) {}

  absl::Time Now() override {
    const std::lock_guard lock(mutex_);
    return now_;
  }

  void Set(absl::Time now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
  }

  // A negative step moves the clock back.
  void Advance(absl::Duration step) {
    const std::lock_guard lock(mutex_);
    now_ += step;
  }

 private:
  std::mutex mutex_;
  absl::Time now_ = absl::FromCivil(absl::CivilSecond(2026, 1, 5, 1, 0, 0), absl::UTCTimeZone());
};

}  // namespace testkit

#endif  // THIDUA_TESTS_TESTKIT_FAKE_CLOCK_H_
