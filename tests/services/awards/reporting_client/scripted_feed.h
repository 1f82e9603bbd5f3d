// The reporting service's change feed as a test tells it to be: a real gRPC server that speaks the
// contract from a log held in memory.
#ifndef THIDUA_TESTS_SERVICES_AWARDS_REPORTING_CLIENT_SCRIPTED_FEED_H_
#define THIDUA_TESTS_SERVICES_AWARDS_REPORTING_CLIENT_SCRIPTED_FEED_H_

#include <grpcpp/channel.h>
#include <grpcpp/server.h>

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/storage/ledger.h"
#include "thidua/reporting/v1/change_feed_service.grpc.pb.h"

namespace awards {

// Thread-safe.
class ScriptedFeed final : private thidua::reporting::v1::ChangeFeedService::Service {
 public:
  // Listens on a free port of the loopback, or on `address`, such as `unix:/path`.
  explicit ScriptedFeed(const std::string& address = "127.0.0.1:0");
  ~ScriptedFeed() override;

  std::shared_ptr<grpc::Channel> OpenChannel() const;

  // Appends a commit and returns its commit token. Versions are counted by the feed.
  std::string Commit(std::vector<thidua::reporting::v1::Change> changes);

  // Forgets the log and goes on as another store, without telling those who watch; end the streams
  // to make them notice.
  void BecomeStore(const common::storage::StoreIdentity& identity);

  // Ends the streams that are open with UNAVAILABLE.
  void EndStreams();

  // From now on each stream ends with UNAVAILABLE after this many responses; 0 for no limit.
  void EndEachStreamAfter(int responses);

  // From now on each response repeats the commit before its own.
  void RepeatCommits();

  // From now on nothing beyond this many commits is told.
  void TellOnly(size_t commits);

  // Responses without changes sent so far.
  int checkpoints() const;
  // Streams that were asked for so far.
  int streams() const;
  // Waits until the count is reached.
  void WaitForCheckpoints(int count);

 private:
  using Commits = std::vector<std::vector<thidua::reporting::v1::Change>>;

  grpc::Status Watch(grpc::ServerContext* context,
                     const thidua::reporting::v1::WatchRequest* request,
                     grpc::ServerWriter<thidua::reporting::v1::WatchResponse>* writer) override;

  // The token after this many commits. Needs `mutex_`; positions count commits.
  std::string TokenAfter(size_t commits) const;
  // The commits that are told. Needs `mutex_`.
  size_t Told() const;
  // The next response of a stream that has told `position` commits. Needs `mutex_`.
  thidua::reporting::v1::WatchResponse NextResponse(size_t& position);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  common::storage::StoreIdentity identity_{.store_id = "11111111-1111-4111-8111-111111111111",
                                           .epoch = 1};
  Commits commits_{};
  std::map<std::string, int64_t> versions_{};
  size_t tell_only_ = SIZE_MAX;
  int stream_limit_ = 0;
  int generation_ = 0;
  bool repeat_ = false;
  int checkpoints_ = 0;
  int streams_ = 0;
  std::string target_{};
  std::unique_ptr<grpc::Server> server_{};
};

}  // namespace awards

#endif  // THIDUA_TESTS_SERVICES_AWARDS_REPORTING_CLIENT_SCRIPTED_FEED_H_
