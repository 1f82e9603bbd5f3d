// Follows the change feed of the reporting service for as long as awards runs.
#ifndef THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_FEED_CONSUMER_H_
#define THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_FEED_CONSUMER_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/storage/ledger.h"
#include "common/telemetry/log.h"
#include "services/awards/reporting_client/feed_progress.h"
#include "services/awards/reporting_client/projection_writer.h"

namespace awards {

// How long to pause after the `failures`-th stream in a row that brought nothing, counted from 0:
// up to 0.1 s, 0.2 s, 0.4 s, ..., 5 s, a random part of it, so that many consumers do not come back
// at once.
absl::Duration RandomisedPause(int failures);

struct FeedConsumerOptions {
  // To the reporting service.
  std::shared_ptr<grpc::Channel> channel{};
  // If given, in place of `channel`: asked before each stream, so that new certificates count.
  std::function<std::shared_ptr<grpc::Channel>()> connect{};
  // Adds what the service wants to know of us, such as a token, to each call.
  std::function<void(grpc::ClientContext& context)> prepare = [](grpc::ClientContext&) {};
  // Milliseconds between signs of life of a quiet feed.
  int checkpoint_interval_ms = 1000;
  // The pause before the next stream.
  std::function<absl::Duration(int failures)> pause = RandomisedPause;
  // Told when the feed is connected, and when not any more; on the consumer's thread.
  std::function<void(bool connected)> on_connection = [](bool) {};
};

// One thread that watches the feed from where the last one stopped and applies each response in one
// write, together with the position after it; so a crash at any instant repeats or loses nothing.
// Comes back by itself when the stream ends. When the reporting service does not know the position
// any more (it was restored or replaced), reads the log from its beginning; the copy is marked as
// resyncing until it has caught up.
class FeedConsumer {
 public:
  // `ledger`, `progress` and `logger` must outlive the consumer, which must be the only one on the
  // ledger.
  FeedConsumer(FeedConsumerOptions options, common::storage::Ledger& ledger, FeedProgress& progress,
               common::telemetry::Logger& logger);
  // Stops.
  ~FeedConsumer();
  FeedConsumer(const FeedConsumer&) = delete;
  FeedConsumer& operator=(const FeedConsumer&) = delete;

  // Reads the stored position and begins; the reporting service need not be there. Once.
  // Fails as the ledger does.
  absl::Status Start();

  // Cuts the stream, ends all waits on the progress and returns when the thread is gone.
  void Stop();

 private:
  void Run();
  // Watches until the stream ends and returns why; sets `heard` once anything came.
  absl::Status WatchOnce(bool& heard);
  void SetConnected(bool connected);
  absl::Status Apply(const thidua::reporting::v1::WatchResponse& response);
  // Whether `status` says that the position is not known any more.
  bool MustRestart(const absl::Status& status) const;
  absl::Status Restart(const absl::Status& cause);
  // Runs `work` as a write by the current generation and takes over the state it returns.
  absl::Status Write(
      std::function<absl::StatusOr<FeedState>(common::storage::Transaction& transaction)> work);
  // A new call to cancel at Stop; null if already stopping.
  std::shared_ptr<grpc::ClientContext> BeginCall();
  void EndCall();
  // False if stopping.
  bool Pause(absl::Duration duration);

  const FeedConsumerOptions options_;
  common::storage::Ledger& ledger_;
  FeedProgress& progress_;
  common::telemetry::Logger& logger_;
  // As stored. Used by the thread only, once it runs.
  FeedState state_{};
  bool connected_ = false;

  std::mutex mutex_;
  std::condition_variable stop_requested_;
  bool stopping_ = false;
  std::shared_ptr<grpc::ClientContext> call_{};
  std::thread thread_{};
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_FEED_CONSUMER_H_
