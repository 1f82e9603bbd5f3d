#include "tests/bench/service/load.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "absl/time/clock.h"

namespace bench {
namespace {

// The calls of one load.
class Load {
 public:
  Load(const LoadOptions& options, const StartCall& start)
      : options_(options), start_(start), begin_(absl::Now()) {}

  LoadResult Run() {
    const absl::Time end = begin_ + options_.length;
    for (int64_t i = 0;; ++i) {
      const absl::Time due = WaitForTurn(i);
      if (due >= end) break;
      ++under_way_;
      start_(options_.first + i, [this, due](bool ok) { Finish(due, ok); });
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return under_way_ == 0; });
    result_.length = absl::Now() - begin_;
    std::sort(result_.latencies.begin(), result_.latencies.end());
    return std::move(result_);
  }

 private:
  // When call `i` is due; returns once it is and there is room for it.
  absl::Time WaitForTurn(int64_t i) {
    std::unique_lock lock(mutex_);
    if (options_.rate > 0) {
      const absl::Time due = begin_ + absl::Seconds(static_cast<double>(i) / options_.rate);
      const auto is_due = [due] { return absl::Now() >= due; };
      changed_.wait_until(lock, absl::ToChronoTime(due), is_due);
      changed_.wait(lock, [this] { return under_way_ < options_.in_flight; });
      return due;
    }
    changed_.wait(lock, [this] { return under_way_ < options_.in_flight; });
    return absl::Now();
  }

  void Finish(absl::Time due, bool ok) {
    const absl::Duration latency = absl::Now() - due;
    const std::lock_guard lock(mutex_);
    --under_way_;
    if (ok) {
      result_.latencies.push_back(latency);
    } else {
      ++result_.failed;
    }
    changed_.notify_one();
  }

  const LoadOptions& options_;
  const StartCall& start_;
  const absl::Time begin_;
  std::atomic<int> under_way_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  LoadResult result_{};
};

}  // namespace

double LoadResult::CallsPerSecond() const {
  return static_cast<double>(latencies.size()) / absl::ToDoubleSeconds(length);
}

absl::Duration LoadResult::Latency(double quantile) const {
  if (latencies.empty()) return absl::ZeroDuration();
  const double rank = std::ceil(quantile * static_cast<double>(latencies.size()));
  return latencies[static_cast<size_t>(std::max(rank, 1.0)) - 1];
}

LoadResult RunLoad(const LoadOptions& options, const StartCall& start) {
  return Load(options, start).Run();
}

}  // namespace bench
