// How far the feed of the reporting service has been consumed, for those who ask and wait.
#ifndef THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_FEED_PROGRESS_H_
#define THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_FEED_PROGRESS_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/storage/token.h"
#include "services/awards/reporting_client/projection_writer.h"

namespace awards {

// What GetFeedPosition tells.
struct FeedView {
  std::string resume_token{};
  int64_t lag = 0;
  bool connected = false;
};

// Set by the one consumer, read by the services. Thread-safe.
class FeedProgress {
 public:
  // `state` is durable.
  void SetConsumed(const FeedState& state);
  void SetConnected(bool connected);

  FeedView View() const;

  // At `now` the copy was known to be complete: the feed had nothing more to tell. Also called
  // when the consumer begins, which then counts from there.
  void SetCaughtUp(absl::Time now);
  // How long ago that was; what the copy may have missed is no older.
  absl::Duration Staleness(absl::Time now) const;

  // Waits until everything up to `reporting_token`, a commit or resume token of the reporting
  // service, has been consumed; an empty one is OK at once.
  // INVALID_ARGUMENT, reason INVALID_TOKEN, field `min_reporting_token`: it is malformed.
  // UNAVAILABLE, reason PROJECTION_BEHIND: not reached by `deadline`; so are tokens of a store
  // that is not the one consumed from.
  // UNAVAILABLE, reason SHUTTING_DOWN: Close was called.
  absl::Status WaitUntilConsumed(std::string_view reporting_token, absl::Time deadline);

  // Ends all waits, now and later.
  void Close();

 private:
  // Whether `wanted` is consumed. Needs `mutex_`.
  bool IsConsumed(const common::storage::Position& wanted) const;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  FeedState state_{};
  // `state_.resume_token` decoded; nothing before the first response and while starting again.
  std::optional<common::storage::Position> consumed_{};
  absl::Time caught_up_ = absl::InfinitePast();
  bool connected_ = false;
  bool closed_ = false;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_FEED_PROGRESS_H_
