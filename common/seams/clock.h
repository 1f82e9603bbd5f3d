// Time as an argument: whoever needs the time takes a Clock, and tests hand in one they control.
#ifndef THIDUA_COMMON_SEAMS_CLOCK_H_
#define THIDUA_COMMON_SEAMS_CLOCK_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace common {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() = 0;
};

// The machine's wall clock.
class SystemClock final : public Clock {
 public:
  absl::Time Now() override { return absl::Now(); }
};

}  // namespace common

#endif  // THIDUA_COMMON_SEAMS_CLOCK_H_
