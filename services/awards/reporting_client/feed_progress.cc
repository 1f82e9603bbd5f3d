#include "services/awards/reporting_client/feed_progress.h"

#include <algorithm>

#include "absl/status/statusor.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/awards/domain/reasons.h"

namespace awards {

using common::storage::DecodePosition;
using common::storage::Position;

void FeedProgress::SetConsumed(const FeedState& state) {
  {
    const std::lock_guard lock(mutex_);
    state_ = state;
    consumed_.reset();
    if (!state.resyncing) {
      if (absl::StatusOr<Position> position = DecodePosition(state.resume_token); position.ok()) {
        consumed_ = *std::move(position);
      }
    }
  }
  changed_.notify_all();
}

void FeedProgress::SetConnected(bool connected) {
  const std::lock_guard lock(mutex_);
  connected_ = connected;
}

void FeedProgress::SetCaughtUp(absl::Time now) {
  const std::lock_guard lock(mutex_);
  caught_up_ = now;
}

absl::Duration FeedProgress::Staleness(absl::Time now) const {
  const std::lock_guard lock(mutex_);
  // A clock that was set back.
  return std::max(now - caught_up_, absl::ZeroDuration());
}

FeedView FeedProgress::View() const {
  const std::lock_guard lock(mutex_);
  return {.resume_token = state_.resume_token, .lag = state_.lag, .connected = connected_};
}

bool FeedProgress::IsConsumed(const Position& wanted) const {
  return consumed_.has_value() && consumed_->store == wanted.store &&
         consumed_->sequence >= wanted.sequence;
}

absl::Status FeedProgress::WaitUntilConsumed(std::string_view reporting_token,
                                             absl::Time deadline) {
  if (reporting_token.empty()) return absl::OkStatus();
  const absl::StatusOr<Position> wanted = DecodePosition(reporting_token);
  if (!wanted.ok()) {
    return common::InvalidField("min_reporting_token", common::kInvalidToken,
                                "is no commit token of the reporting service");
  }
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, absl::ToChronoTime(deadline),
                      [&] { return closed_ || IsConsumed(*wanted); });
  if (IsConsumed(*wanted)) return absl::OkStatus();
  if (closed_) {
    return common::Error(absl::StatusCode::kUnavailable, common::kShuttingDown,
                         "the service is stopping");
  }
  return common::Error(absl::StatusCode::kUnavailable, kProjectionBehind,
                       "the feed of the reporting service has not been consumed that far yet");
}

void FeedProgress::Close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

}  // namespace awards
