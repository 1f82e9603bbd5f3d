// The promises of the feed, each with a validator of its own, on logs with commits of one and of
// several records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/rpc/mutation.h"
#include "common/storage/token.h"
#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::Each;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::StatusIs;
using Feed = v1::ChangeFeedService::Stub;

// A change as "name@version".
std::string Label(const v1::Change& change) {
  const auto* field = change.GetReflection()->GetOneofFieldDescriptor(
      change, change.GetDescriptor()->FindOneofByName("resource"));
  const auto& resource = change.GetReflection()->GetMessage(change, field);
  const std::string name = resource.GetReflection()->GetString(
      resource, resource.GetDescriptor()->FindFieldByName("name"));
  return name + "@" + std::to_string(change.version());
}

template <typename Changes>
std::vector<std::string> Labels(const Changes& changes) {
  std::vector<std::string> labels;
  for (const v1::Change& change : changes) labels.push_back(Label(change));
  return labels;
}

// One watch under way.
class Watcher {
 public:
  Watcher(ReportingServer& server, const v1::WatchRequest& request)
      : stream_(server.stub<Feed>().Watch(&context_, request)) {}
  ~Watcher() {
    context_.TryCancel();
    if (!is_over_) End().IgnoreError();
  }
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  // The next message; empty at the end of the stream.
  v1::WatchResponse Next() {
    v1::WatchResponse response;
    stream_->Read(&response);
    return response;
  }

  // Reads until the stream has caught up; returns all messages up to there.
  std::vector<v1::WatchResponse> CatchUp() {
    std::vector<v1::WatchResponse> messages;
    do {
      messages.push_back(Next());
    } while (messages.back().lag() > 0);
    return messages;
  }

  // How the stream ends; what it still has is dropped.
  absl::Status End() {
    v1::WatchResponse ignored;
    while (stream_->Read(&ignored)) {
    }
    is_over_ = true;
    return common::rpc::FromGrpcStatus(stream_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> stream_;
  bool is_over_ = false;
};

class ChangeFeedTest : public ::testing::Test {
 protected:
  ChangeFeedTest() {
    BuildWorld(server_);
    // A commit of two records: the last signature moves the year.
    EXPECT_THAT(
        server_.Call(
            &v1::PactService::Stub::CreatePact, R"pb(
              parent: "clusters/red-river/years/2020"
              pact {
                targets { unit: "units/bac-ninh" indicator: "indicators/COOP_NEW" number: "5" }
              })pb"),
        IsOk());
    EXPECT_THAT(server_.Call(&v1::RegistryService::Stub::AdvanceClusterYear, R"pb(
      name: "clusters/red-river/years/2020"
      state: STATE_VOTED)pb"),
                IsOk());
    EXPECT_THAT(server_.Call(&v1::RegistryService::Stub::HandOverClusterYear, R"pb(
      name: "clusters/red-river/years/2020"
      date: "2020-12-15"
      next {
        head: "units/bac-ninh"
        scored_value_kind: VALUE_KIND_FINAL
        receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
      })pb"),
                IsOk());
    EXPECT_THAT(server_.Call(&v1::SubmissionService::Stub::Submit, SomeReport()), IsOk());
  }

  // What the ledger has: the truth that the feed is held against.
  std::vector<common::storage::Record> Log() { return server_.ledger().Changes(0, 100000).value(); }
  std::vector<std::string> LogLabels() {
    std::vector<std::string> labels;
    for (const auto& record : Log()) {
      labels.push_back(record.name + "@" + std::to_string(record.version));
    }
    return labels;
  }

  // All changes behind `token`, a page of `page_size` at a time.
  std::vector<v1::Change> Page(v1::ListChangesRequest request) {
    std::vector<v1::Change> changes;
    int64_t lag = 0;
    do {
      const auto page = server_.Call(&Feed::ListChanges, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      for (const auto& change : page->changes()) changes.push_back(change);
      request.set_resume_token(page->resume_token());
      lag = page->lag();
    } while (lag > 0);
    return changes;
  }

  void Rename(const std::string& cluster_id) {
    auto request = FromText<v1::CreateClusterRequest>(R"pb(cluster { title { vi: "Cụm" } })pb");
    request.set_cluster_id(cluster_id);
    EXPECT_THAT(server_.Call(&v1::RegistryService::Stub::CreateCluster, request), IsOk());
  }

  ReportingServer server_;
};

TEST_F(ChangeFeedTest, ChangesComeInCommitOrderEachOnceAndNoneIsLeftOut) {
  EXPECT_THAT(Labels(Page({})), ElementsAreArray(LogLabels()));
  Watcher watcher(server_, {});
  std::vector<std::string> labels;
  for (const auto& message : watcher.CatchUp()) {
    for (const auto& label : Labels(message.changes())) labels.push_back(label);
  }
  EXPECT_THAT(labels, ElementsAreArray(LogLabels()));
}

TEST_F(ChangeFeedTest, AChangeCarriesTheResourceAsItWasThen) {
  std::map<std::string, v1::Change> by_label;
  for (const v1::Change& change : Page({})) by_label[Label(change)] = change;
  const v1::Change& first = by_label.at("clusters/red-river/years/2020@1");
  EXPECT_EQ(first.cluster_year().state(), v1::ClusterYear::STATE_PLANNED);
  EXPECT_EQ(first.cluster_year().etag(), "v1");
  EXPECT_EQ(first.actor(), "anonymous");
  EXPECT_EQ(absl::FromUnixSeconds(first.commit_time().seconds()), server_.clock().Now());
  const v1::Change& last = by_label.at("clusters/red-river/years/2020@4");
  const auto now = server_.Call(&v1::RegistryService::Stub::GetClusterYear, R"pb(
    name: "clusters/red-river/years/2020")pb");
  ASSERT_THAT(now, IsOk());
  EXPECT_EQ(last.cluster_year().SerializeAsString(), now->cluster_year().SerializeAsString());
}

TEST_F(ChangeFeedTest, TheChangesOfACommitComeTogether) {
  for (const int page_size : {1, 2, 3, 7}) {
    v1::ListChangesRequest request;
    request.set_page_size(page_size);
    int64_t lag = 0;
    do {
      const auto page = server_.Call(&Feed::ListChanges, request);
      ASSERT_THAT(page, IsOk());
      ASSERT_GT(page->changes_size(), 0);
      EXPECT_TRUE(page->changes(page->changes_size() - 1).ends_commit());
      request.set_resume_token(page->resume_token());
      lag = page->lag();
    } while (lag > 0);
  }
  std::vector<bool> ends;
  for (const v1::Change& change : Page({})) ends.push_back(change.ends_commit());
  std::vector<bool> expected;
  for (const auto& record : Log()) expected.push_back(record.sequence == record.commit_sequence);
  EXPECT_EQ(ends, expected);
  EXPECT_THAT(expected, ::testing::Contains(false)) << "no commit of several records to try";
}

TEST_F(ChangeFeedTest, AResumedConsumerGoesOnExactlyBehindItsToken) {
  const std::vector<std::string> all = LogLabels();
  v1::ListChangesRequest request;
  request.set_page_size(1);
  std::vector<std::string> seen;
  int64_t lag = 0;
  do {
    const auto page = server_.Call(&Feed::ListChanges, request);
    ASSERT_THAT(page, IsOk());
    for (const auto& label : Labels(page->changes())) seen.push_back(label);
    request.set_resume_token(page->resume_token());
    lag = page->lag();
    // From each position: the rest, by a new watch, also after the server was gone.
    v1::WatchRequest watch;
    watch.set_resume_token(page->resume_token());
    std::vector<std::string> joined = seen;
    Watcher watcher(server_, watch);
    for (const auto& message : watcher.CatchUp()) {
      for (const auto& label : Labels(message.changes())) joined.push_back(label);
    }
    EXPECT_EQ(joined, all);
  } while (lag > 0);
}

TEST_F(ChangeFeedTest, TokensHoldOverARestart) {
  const std::vector<std::string> all = LogLabels();
  v1::ListChangesRequest request;
  request.set_page_size(5);
  const auto page = server_.Call(&Feed::ListChanges, request);
  ASSERT_THAT(page, IsOk());
  std::vector<std::string> joined = Labels(page->changes());
  server_.Restart();
  v1::ListChangesRequest rest;
  rest.set_resume_token(page->resume_token());
  for (const auto& label : Labels(Page(rest))) joined.push_back(label);
  EXPECT_EQ(joined, all);
}

TEST_F(ChangeFeedTest, ChangesArriveAsTheyAreCommitted) {
  Watcher watcher(server_, {});
  watcher.CatchUp();
  Rename("new");
  v1::WatchResponse message = watcher.Next();
  while (message.checkpoint()) message = watcher.Next();
  EXPECT_THAT(Labels(message.changes()), ElementsAreArray({"clusters/new@1"}));
  EXPECT_EQ(message.lag(), 0);
}

TEST_F(ChangeFeedTest, NothingAtOrBeforeACheckpointComesLater) {
  v1::WatchRequest request;
  request.set_checkpoint_interval_ms(100);
  Watcher watcher(server_, request);
  watcher.CatchUp();
  const v1::WatchResponse checkpoint = watcher.Next();
  ASSERT_TRUE(checkpoint.checkpoint());
  EXPECT_THAT(checkpoint.changes(), IsEmpty());
  Rename("later");
  v1::ListChangesRequest rest;
  rest.set_resume_token(checkpoint.resume_token());
  EXPECT_THAT(Labels(Page(rest)), ElementsAreArray({"clusters/later@1"}));
}

TEST_F(ChangeFeedTest, AWatchOfNothingGetsACheckpointAtOnce) {
  v1::WatchRequest request;
  request.set_resume_token(common::rpc::CommitToken(server_.ledger(), server_.ledger().Head()));
  request.set_checkpoint_interval_ms(60'000);
  Watcher watcher(server_, request);
  EXPECT_TRUE(watcher.Next().checkpoint());
}

TEST_F(ChangeFeedTest, AFilterDropsOnlyWhatItSays) {
  v1::ListChangesRequest request;
  request.add_kinds(v1::RESOURCE_KIND_CLUSTER_YEAR);
  request.add_kinds(v1::RESOURCE_KIND_UNIT);
  request.set_page_size(1);
  std::vector<std::string> expected;
  for (const auto& record : Log()) {
    if (record.kind == "cluster_year" || record.kind == "unit") {
      expected.push_back(record.name + "@" + std::to_string(record.version));
    }
  }
  EXPECT_THAT(Labels(Page(request)), ElementsAreArray(expected));
  v1::WatchRequest watch;
  *watch.mutable_kinds() = request.kinds();
  Watcher watcher(server_, watch);
  std::vector<std::string> labels;
  for (const auto& message : watcher.CatchUp()) {
    for (const auto& label : Labels(message.changes())) labels.push_back(label);
  }
  EXPECT_THAT(labels, ElementsAreArray(expected));
}

TEST_F(ChangeFeedTest, TheTokenOfAQuietFilteredWatchMovesOn) {
  v1::WatchRequest request;
  request.add_kinds(v1::RESOURCE_KIND_PACT);
  request.set_checkpoint_interval_ms(100);
  Watcher watcher(server_, request);
  watcher.CatchUp();
  for (int i = 0; i < 3; ++i) Rename("c" + std::to_string(i));
  v1::WatchResponse message = watcher.Next();
  while (message.lag() > 0) message = watcher.Next();
  message = watcher.Next();
  EXPECT_TRUE(message.checkpoint());
  v1::ListChangesRequest rest;
  *rest.mutable_kinds() = request.kinds();
  rest.set_resume_token(message.resume_token());
  const auto page = server_.Call(&Feed::ListChanges, rest);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->lag(), 0);
}

TEST_F(ChangeFeedTest, WatchersAndWritersAtTheSameTimeSeeOneOrder) {
  constexpr size_t kWriters = 4;
  constexpr size_t kEach = 25;
  const int64_t before = server_.ledger().Head();
  v1::WatchRequest request;
  request.set_resume_token(common::rpc::CommitToken(server_.ledger(), before));
  std::vector<std::vector<std::string>> seen(3);
  {
    std::vector<std::jthread> threads;
    for (auto& labels : seen) {
      threads.emplace_back([&] {
        Watcher watcher(server_, request);
        while (labels.size() < kWriters * kEach) {
          for (const auto& label : Labels(watcher.Next().changes())) labels.push_back(label);
        }
      });
    }
    for (size_t writer = 0; writer < kWriters; ++writer) {
      threads.emplace_back([this, writer] {
        for (size_t i = 0; i < kEach; ++i) {
          Rename("w" + std::to_string(writer) + "-" + std::to_string(i));
        }
      });
    }
  }
  const std::vector<std::string> log = LogLabels();
  const std::vector<std::string> expected(log.begin() + before, log.end());
  ASSERT_EQ(expected.size(), kWriters * kEach);
  EXPECT_THAT(seen, Each(ElementsAreArray(expected)));
}

TEST_F(ChangeFeedTest, ACommitTokenIsGoodForEveryFilter) {
  Rename("x");
  v1::ListChangesRequest request;
  request.set_resume_token(common::rpc::CommitToken(server_.ledger(), server_.ledger().Head() - 1));
  EXPECT_THAT(Page(request), SizeIs(1));
  request.add_kinds(v1::RESOURCE_KIND_UNIT);
  EXPECT_THAT(Page(request), IsEmpty());
}

TEST_F(ChangeFeedTest, AResumeTokenIsForItsFilter) {
  const auto page = server_.Call(&Feed::ListChanges, "");
  ASSERT_THAT(page, IsOk());
  v1::ListChangesRequest request;
  request.set_resume_token(page->resume_token());
  request.add_kinds(v1::RESOURCE_KIND_UNIT);
  const auto refused = server_.Call(&Feed::ListChanges, request);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasReason("INVALID_TOKEN"));
  EXPECT_THAT(refused, HasViolation("resume_token"));
}

TEST_F(ChangeFeedTest, ATokenOfAnotherStoreOrOfTheFutureIsRefused) {
  v1::ListChangesRequest request;
  request.set_resume_token(common::rpc::CommitToken(server_.ledger(), server_.ledger().Head() + 1));
  EXPECT_THAT(server_.Call(&Feed::ListChanges, request), StatusIs(StatusCode::kOutOfRange));
  EXPECT_THAT(server_.Call(&Feed::ListChanges, request), HasReason("TOKEN_OUT_OF_RANGE"));
  request.set_resume_token(common::storage::EncodePosition(
      {.store = {.store_id = "another"}, .sequence = 1, .filter = ""}));
  EXPECT_THAT(server_.Call(&Feed::ListChanges, request), HasReason("INVALID_TOKEN"));
}

absl::Status EndOfWatch(ReportingServer& server, std::string_view request) {
  Watcher watcher(server, FromText<v1::WatchRequest>(request));
  watcher.Next();
  return watcher.End();
}

TEST_F(ChangeFeedTest, WatchesAreCheckedBeforeTheyBegin) {
  EXPECT_THAT(EndOfWatch(server_, "resume_token: 'abc'"), HasReason("INVALID_TOKEN"));
  EXPECT_THAT(EndOfWatch(server_, "kinds: 0"), HasViolation("kinds[0]"));
  EXPECT_THAT(EndOfWatch(server_, "kinds: 1 kinds: 99"), HasViolation("kinds[1]"));
  EXPECT_THAT(EndOfWatch(server_, "checkpoint_interval_ms: 99"),
              HasViolation("checkpoint_interval_ms"));
}

TEST_F(ChangeFeedTest, AStoppingServiceEndsItsWatches) {
  Watcher watcher(server_, {});
  watcher.CatchUp();
  server_.Stop();
  const absl::Status status = watcher.End();
  EXPECT_THAT(status, StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(status, HasReason("SHUTTING_DOWN"));
}

TEST_F(ChangeFeedTest, OneWatcherTooManyIsRefusedUntilAnotherGoes) {
  std::vector<std::unique_ptr<Watcher>> watchers;
  for (int i = 0; i < ChangeFeedService::kWatchersMax; ++i) {
    watchers.push_back(std::make_unique<Watcher>(server_, v1::WatchRequest()));
    watchers.back()->CatchUp();
  }
  const absl::Status refused = EndOfWatch(server_, "");
  EXPECT_THAT(refused, StatusIs(StatusCode::kResourceExhausted));
  EXPECT_THAT(refused, HasReason("OVERLOADED"));
  watchers.pop_back();
  // The place is free once the server has noticed.
  v1::WatchResponse first;
  while (first.resume_token().empty()) first = Watcher(server_, {}).Next();
  EXPECT_THAT(first.resume_token(), Not(IsEmpty()));
}

}  // namespace
}  // namespace reporting
