#include "services/awards/reporting_client/feed_consumer.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>

#include "common/rpc/grpc_status.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/token.h"
#include "thidua/reporting/v1/change_feed_service.grpc.pb.h"

namespace awards {

namespace v1 = thidua::reporting::v1;
using common::telemetry::Level;

// The call whose answers are written here.
constexpr char kWatchMethod[] = "thidua.reporting.v1.ChangeFeedService/Watch";

absl::Duration RandomisedPause(int failures) {
  constexpr absl::Duration kLongest = absl::Seconds(5);
  const absl::Duration longest =
      std::min(absl::Milliseconds(100) * (int64_t{1} << std::min(failures, 10)), kLongest);
  thread_local std::mt19937 random(std::random_device{}());
  std::uniform_int_distribution<int64_t> micros(0, absl::ToInt64Microseconds(longest));
  return absl::Microseconds(micros(random));
}

FeedConsumer::FeedConsumer(FeedConsumerOptions options, common::storage::Ledger& ledger,
                           FeedProgress& progress, common::telemetry::Logger& logger)
    : options_(std::move(options)), ledger_(ledger), progress_(progress), logger_(logger) {}

FeedConsumer::~FeedConsumer() { Stop(); }

absl::Status FeedConsumer::Start() {
  RETURN_IF_ERROR(ledger_.Read([&](common::storage::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(state_, ReadFeedState(reader));
    return absl::OkStatus();
  }));
  progress_.SetConsumed(state_);
  thread_ = std::thread([this] { Run(); });
  return absl::OkStatus();
}

void FeedConsumer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (call_ != nullptr) call_->TryCancel();
  }
  stop_requested_.notify_all();
  progress_.Close();
  if (thread_.joinable()) thread_.join();
}

void FeedConsumer::Run() {
  int failures = 0;
  do {
    bool heard = false;
    absl::Status ended = WatchOnce(heard);
    SetConnected(false);
    if (MustRestart(ended)) ended = Restart(ended);
    failures = heard || ended.ok() ? 0 : failures + 1;
    const bool is_usual = ended.ok() || absl::IsUnavailable(ended) || absl::IsCancelled(ended);
    logger_.Log(is_usual ? Level::kInfo : Level::kWarning, "feed ended",
                {{"code", absl::StatusCodeToString(ended.code())},
                 {"error", common::sv(ended.message())},
                 {"resume_token", state_.resume_token}});
  } while (Pause(options_.pause(failures)));
}

absl::Status FeedConsumer::WatchOnce(bool& heard) {
  const std::shared_ptr<grpc::ClientContext> call = BeginCall();
  if (call == nullptr) return absl::CancelledError("stopping");
  options_.prepare(*call);
  // The channel waits between its attempts to connect; the stream need not.
  call->set_wait_for_ready(true);
  v1::WatchRequest request;
  request.set_resume_token(state_.resume_token);
  request.set_checkpoint_interval_ms(options_.checkpoint_interval_ms);
  const auto stub =
      v1::ChangeFeedService::NewStub(options_.connect ? options_.connect() : options_.channel);
  const auto stream = stub->Watch(call.get(), request);
  v1::WatchResponse response;
  absl::Status applied;
  while (applied.ok() && stream->Read(&response)) {
    heard = true;
    applied = Apply(response);
    SetConnected(applied.ok());
  }
  if (!applied.ok()) call->TryCancel();
  const grpc::Status ended = stream->Finish();
  EndCall();
  return applied.ok() ? common::rpc::FromGrpcStatus(ended) : applied;
}

void FeedConsumer::SetConnected(bool connected) {
  if (connected == connected_) return;
  connected_ = connected;
  progress_.SetConnected(connected);
  options_.on_connection(connected);
}

absl::Status FeedConsumer::Apply(const v1::WatchResponse& response) {
  const bool is_news = response.changes_size() > 0 || response.lag() != state_.lag ||
                       response.resume_token() != state_.resume_token || state_.resyncing;
  if (!is_news) return absl::OkStatus();
  return Write([&response](common::storage::Transaction& transaction) {
    return ApplyFeed(transaction, response);
  });
}

bool FeedConsumer::MustRestart(const absl::Status& status) const {
  if (state_.resume_token.empty()) return false;
  const std::string reason = common::DetailOf(status).reason;
  return reason == common::kTokenOutOfRange || reason == common::kInvalidToken ||
         absl::IsOutOfRange(status);
}

absl::Status FeedConsumer::Restart(const absl::Status& cause) {
  logger_.Log(Level::kWarning, "feed starts again from the beginning",
              {{"refused_token", state_.resume_token}, {"error", common::sv(cause.message())}});
  return Write(RestartFeed);
}

absl::Status FeedConsumer::Write(
    std::function<absl::StatusOr<FeedState>(common::storage::Transaction& transaction)> work) {
  FeedState after = state_;
  RETURN_IF_ERROR(
      ledger_
          .Write({.actor = FeedActor(state_), .method = kWatchMethod},
                 [&](common::storage::Transaction& transaction) -> absl::StatusOr<std::string> {
                   ASSIGN_OR_RETURN(after, work(transaction));
                   return std::string();
                 })
          .status());
  state_ = std::move(after);
  progress_.SetConsumed(state_);
  return absl::OkStatus();
}

std::shared_ptr<grpc::ClientContext> FeedConsumer::BeginCall() {
  const std::lock_guard lock(mutex_);
  if (stopping_) return nullptr;
  call_ = std::make_shared<grpc::ClientContext>();
  return call_;
}

void FeedConsumer::EndCall() {
  const std::lock_guard lock(mutex_);
  call_.reset();
}

bool FeedConsumer::Pause(absl::Duration duration) {
  std::unique_lock lock(mutex_);
  stop_requested_.wait_for(lock, absl::ToChronoNanoseconds(duration), [&] { return stopping_; });
  return !stopping_;
}

}  // namespace awards
