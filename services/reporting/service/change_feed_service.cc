#include "services/reporting/service/change_feed_service.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/rpc/page.h"
#include "common/status/reasons.h"
#include "services/reporting/service/change_log.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

// Records of the log in one message of a watch.
constexpr int kWatchPage = 500;
// A watcher looks this often whether its caller is still there.
constexpr absl::Duration kLookAround = absl::Milliseconds(500);

// Paces signs of life; the first is due at once. By the machine's steady clock, as the waiting is.
class Pacer {
 public:
  explicit Pacer(absl::Duration interval) : interval_(absl::ToChronoMilliseconds(interval)) {}

  absl::Duration TimeLeft() const {
    return std::max(absl::FromChrono(due_ - std::chrono::steady_clock::now()),
                    absl::ZeroDuration());
  }

  void Restart() { due_ = std::chrono::steady_clock::now() + interval_; }

 private:
  const std::chrono::milliseconds interval_;
  std::chrono::steady_clock::time_point due_ = std::chrono::steady_clock::now();
};

absl::StatusOr<absl::Duration> ParseInterval(int32_t milliseconds) {
  constexpr int32_t kDefault = 1'000;
  constexpr int32_t kLeast = 100;
  constexpr int32_t kMost = 60'000;
  if (milliseconds == 0) return absl::Milliseconds(kDefault);
  if (milliseconds >= kLeast && milliseconds <= kMost) return absl::Milliseconds(milliseconds);
  return common::InvalidField("checkpoint_interval_ms", common::kInvalidField,
                              absl::StrCat("must be 0, or between ", kLeast, " and ", kMost));
}

// One of a limited number of places, for as long as it lives.
class Place {
 public:
  explicit Place(std::atomic<int>& taken) : taken_(taken), number_(++taken_) {}
  ~Place() { --taken_; }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  int number() const { return number_; }

 private:
  std::atomic<int>& taken_;
  const int number_;
};

}  // namespace

void ChangeFeedService::Drain() {
  is_draining_ = true;
  ledger().Wake();
}

absl::StatusOr<v1::ListChangesResponse> ChangeFeedService::ListChanges(
    const v1::ListChangesRequest& request) {
  ASSIGN_OR_RETURN(const int page_size, common::rpc::PageSize(request.page_size()));
  ASSIGN_OR_RETURN(ChangeLog log,
                   ChangeLog::Open(ledger(), request.resume_token(), request.kinds()));
  v1::ListChangesResponse response;
  ASSIGN_OR_RETURN(*response.mutable_changes(), log.Read(page_size));
  response.set_resume_token(log.ResumeToken());
  response.set_lag(log.Lag());
  return response;
}

absl::Status ChangeFeedService::Watch(const v1::WatchRequest& request,
                                      const grpc::ServerContext& context,
                                      grpc::ServerWriter<v1::WatchResponse>& stream) {
  ASSIGN_OR_RETURN(const absl::Duration interval, ParseInterval(request.checkpoint_interval_ms()));
  ASSIGN_OR_RETURN(ChangeLog log,
                   ChangeLog::Open(ledger(), request.resume_token(), request.kinds()));
  const Place place(watcher_count_);
  if (place.number() > kWatchersMax) {
    return common::Error(absl::StatusCode::kResourceExhausted, common::kOverloaded,
                         "too many watchers; try again later");
  }
  Pacer pacer(interval);
  while (!context.IsCancelled()) {
    if (is_draining_) {
      return common::Error(absl::StatusCode::kUnavailable, common::kShuttingDown,
                           "the service is stopping; go on with the last resume token");
    }
    v1::WatchResponse response;
    if (log.Lag() > 0) {
      ASSIGN_OR_RETURN(*response.mutable_changes(), log.Read(kWatchPage));
    }
    if (response.changes().empty() && pacer.TimeLeft() > absl::ZeroDuration()) {
      log.Wait(std::min(pacer.TimeLeft(), kLookAround));
      continue;
    }
    response.set_checkpoint(response.changes().empty());
    response.set_resume_token(log.ResumeToken());
    response.set_lag(log.Lag());
    if (!stream.Write(response)) break;
    pacer.Restart();
  }
  return absl::CancelledError("the caller is gone");
}

grpc::Status ChangeFeedService::ListChanges(grpc::ServerContext* context,
                                            const v1::ListChangesRequest* request,
                                            v1::ListChangesResponse* response) {
  return Answer(context, request, response, [&] { return ListChanges(*request); });
}

grpc::Status ChangeFeedService::Watch(grpc::ServerContext* context, const v1::WatchRequest* request,
                                      grpc::ServerWriter<v1::WatchResponse>* stream) {
  return common::rpc::GuardStream(rpc(), context,
                                  CallNameOf<v1::ChangeFeedService, v1::WatchRequest>(), request,
                                  [&] { return Watch(*request, *context, *stream); });
}

}  // namespace reporting
