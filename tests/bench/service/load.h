// A load on a server: calls that are begun without waiting for those before, and how long they
// took.
#ifndef THIDUA_TESTS_BENCH_SERVICE_LOAD_H_
#define THIDUA_TESTS_BENCH_SERVICE_LOAD_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/time/time.h"

namespace bench {

// Begins call number `index`, and calls `done` once, on any thread, when it is over.
using StartCall = std::function<void(int64_t index, std::function<void(bool ok)> done)>;

struct LoadOptions {
  // Calls under way at most; with no rate, always this many.
  int in_flight = 64;
  // Calls to begin a second, at even distances, whether or not those before are over; 0: as many as
  // `in_flight` allows.
  double rate = 0;
  absl::Duration length = absl::Seconds(10);
  // The number of the first call.
  int64_t first = 0;
};

struct LoadResult {
  int64_t failed = 0;
  // From the first call to the end of the last.
  absl::Duration length{};
  // Of every call that succeeded, shortest first: from when it was to begin, so that a server that
  // falls behind is charged for what it keeps waiting.
  std::vector<absl::Duration> latencies{};

  double CallsPerSecond() const;
  // The latency that a share of `quantile` of the calls do not exceed; zero without calls.
  absl::Duration Latency(double quantile) const;
};

LoadResult RunLoad(const LoadOptions& options, const StartCall& start);

}  // namespace bench

#endif  // THIDUA_TESTS_BENCH_SERVICE_LOAD_H_
