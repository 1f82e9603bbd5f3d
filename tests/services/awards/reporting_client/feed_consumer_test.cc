#include "services/awards/reporting_client/feed_consumer.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "common/telemetry/trace.h"
#include "services/awards/domain/reasons.h"
#include "tests/services/awards/reporting_client/changes.h"
#include "tests/services/awards/reporting_client/scripted_feed.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace awards {
namespace {

namespace v1 = thidua::reporting::v1;
using common::storage::Reader;
using common::storage::Record;
using common::storage::sqlite::SqliteLedger;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;
using testkit::HasReason;
using testkit::IsOk;
using testkit::StatusIs;

constexpr absl::Duration kPatience = absl::Seconds(30);

// The present resources of the copy: name to the change that told of it.
using Copy = std::map<std::string, v1::Change>;

class FeedConsumerTest : public ::testing::Test {
 protected:
  FeedConsumerTest() { OpenLedger(); }

  void OpenLedger() {
    ledger_.reset();
    ledger_ = SqliteLedger::Open({.path = folder_.File("awards.db"),
                                  .application_id = 1,
                                  .clock = &clock_,
                                  .ids = &ids_})
                  .value();
  }

  // A consumer that comes back without a pause.
  void StartConsumer(std::shared_ptr<grpc::Channel> channel) {
    progress_ = std::make_unique<FeedProgress>();
    consumer_ = std::make_unique<FeedConsumer>(
        FeedConsumerOptions{.channel = std::move(channel),
                            .checkpoint_interval_ms = 100,
                            .pause = [](int) { return absl::ZeroDuration(); }},
        *ledger_, *progress_, logger_);
    ASSERT_THAT(consumer_->Start(), IsOk());
  }

  void StopConsumer() { consumer_.reset(); }

  absl::Status WaitFor(const std::string& token) {
    return progress_->WaitUntilConsumed(token, absl::Now() + kPatience);
  }

  Copy ReadCopy() {
    Copy copy;
    EXPECT_THAT(ledger_->Read([&](Reader& reader) -> absl::Status {
      for (const auto kind :
           {kProjectedUnit, kProjectedCluster, kProjectedClusterYear, kProjectedIndicator,
            kProjectedForm, kProjectedPact, kProjectedSubmission}) {
        ASSIGN_OR_RETURN(
            const std::vector<Record> records,
            reader.List({.kind = std::string(kind), .where = {}, .after_name = "", .limit = 1000}));
        for (const Record& record : records) {
          if (!record.payload.empty()) copy[record.name].ParseFromString(record.payload);
        }
      }
      return absl::OkStatus();
    }),
                IsOk());
    return copy;
  }

  // The text of the copy, to compare copies with.
  std::string Describe() {
    std::string text;
    for (const auto& [name, change] : ReadCopy()) text += change.ShortDebugString() + "\n";
    return text;
  }

  testkit::TempDir folder_;
  testkit::FakeClock clock_;
  testkit::SequentialIds ids_;
  common::telemetry::Logger logger_{{.service = "test", .sink = [](std::string_view) {}}, clock_};
  std::unique_ptr<SqliteLedger> ledger_;
  ScriptedFeed feed_;
  std::unique_ptr<FeedProgress> progress_;
  std::unique_ptr<FeedConsumer> consumer_;
};

// A log of several commits; returns the token of its end.
std::string CommitStory(ScriptedFeed& feed) {
  feed.Commit({Alliance("a"), Alliance("b")});
  feed.Commit({Form(kAnnualForm, v1::Unit::KIND_ALLIANCE)});
  feed.Commit({ClusterYear({"a", "b"})});
  feed.Commit({Submission({.unit = "a", .figures = {{"COOP_NEW", "1"}}})});
  feed.Commit({Submission({.unit = "b", .figures = {{"COOP_NEW", "2"}}})});
  return feed.Commit({Submission({.unit = "a", .figures = {{"COOP_NEW", "3"}}, .revision = 2}),
                      Pact({{"a", "5"}}, {"a"})});
}

TEST_F(FeedConsumerTest, CopiesTheNewestStateOfEveryResource) {
  const std::string end = CommitStory(feed_);
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(end), IsOk());
  const Copy copy = ReadCopy();
  EXPECT_THAT(copy,
              ElementsAre(Key(std::string(kClusterYear)), Key(std::string(kClusterYear) + "/pact"),
                          Key(kAnnualForm), Key("units/a"), Key(AnnualName("a")), Key("units/b"),
                          Key(AnnualName("b"))));
  EXPECT_EQ(copy.at(AnnualName("a")).submission().figures(0).number(), "3");
  EXPECT_EQ(copy.at(AnnualName("a")).version(), 2);
}

TEST_F(FeedConsumerTest, KeepsTheTraceOfEachChangeAndWritesInOneOfItsOwn) {
  v1::Change traced = Alliance("traced");
  traced.set_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  const std::string token = feed_.Commit({traced});
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(token), IsOk());
  EXPECT_EQ(ReadCopy().at("units/traced").traceparent(), traced.traceparent());
  const std::vector<Record> records = ledger_->Changes(0, 1).value();
  ASSERT_EQ(records.size(), 1u);
  EXPECT_TRUE(common::telemetry::ParseTraceparent(records[0].trace).has_value());
  EXPECT_NE(records[0].trace, traced.traceparent());
}

TEST_F(FeedConsumerTest, FollowsWhatIsCommittedLater) {
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(CommitStory(feed_)), IsOk());
  ASSERT_THAT(WaitFor(feed_.Commit({Alliance("c")})), IsOk());
  EXPECT_THAT(ReadCopy(), Contains(Key("units/c")));
}

TEST_F(FeedConsumerTest, TellsItsPositionAndThatItIsConnected) {
  const std::string end = CommitStory(feed_);
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(end), IsOk());
  feed_.WaitForCheckpoints(2);
  EXPECT_EQ(progress_->View().resume_token, end);
  EXPECT_EQ(progress_->View().lag, 0);
  EXPECT_TRUE(progress_->View().connected);
}

TEST_F(FeedConsumerTest, DropsCommitsThatAreToldTwice) {
  const std::string end = CommitStory(feed_);
  feed_.RepeatCommits();
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(end), IsOk());
  // Eight changes were committed; a repeated one would be a ninth record.
  EXPECT_EQ(ledger_->Head(), 8);
}

TEST_F(FeedConsumerTest, GoesOnWhereAStreamWasCut) {
  const std::string end = CommitStory(feed_);
  feed_.EndEachStreamAfter(1);
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(end), IsOk());
  EXPECT_GE(feed_.streams(), 6);
  EXPECT_EQ(ledger_->Head(), 8);
}

TEST_F(FeedConsumerTest, QuietCheckpointsWriteNothing) {
  const std::string end = CommitStory(feed_);
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(end), IsOk());
  feed_.WaitForCheckpoints(3);
  StopConsumer();
  EXPECT_EQ(ledger_->Head(), 8);
}

// Stopping after any number of commits and opening the store again must give the same copy as
// reading the feed in one go.
class FeedConsumerReopened : public FeedConsumerTest,
                             public ::testing::WithParamInterface<size_t> {};

TEST_P(FeedConsumerReopened, ResumesToTheSameCopy) {
  const std::string end = CommitStory(feed_);
  feed_.TellOnly(GetParam());
  StartConsumer(feed_.OpenChannel());
  feed_.WaitForCheckpoints(1);
  StopConsumer();
  OpenLedger();
  feed_.TellOnly(SIZE_MAX);
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(end), IsOk());
  EXPECT_EQ(ledger_->Head(), 8);
  EXPECT_EQ(ReadCopy().at(AnnualName("a")).version(), 2);
}

INSTANTIATE_TEST_SUITE_P(AfterCommits, FeedConsumerReopened, ::testing::Range<size_t>(0, 7));

TEST_F(FeedConsumerTest, AReplacedReportingServiceReplacesTheCopy) {
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(CommitStory(feed_)), IsOk());
  feed_.BecomeStore({.store_id = "22222222-2222-4222-8222-222222222222", .epoch = 1});
  feed_.Commit({Alliance("a")});
  const std::string end = feed_.Commit({Submission({.unit = "a", .figures = {{"COOP_NEW", "9"}}})});
  feed_.EndStreams();
  ASSERT_THAT(WaitFor(end), IsOk());
  const Copy copy = ReadCopy();
  EXPECT_THAT(copy, ElementsAre(Key("units/a"), Key(AnnualName("a"))));
  // Its version is lower than the copied one was; the content is what counts.
  EXPECT_EQ(copy.at(AnnualName("a")).submission().figures(0).number(), "9");
}

TEST_F(FeedConsumerTest, ARestoredReportingServiceTakesTheCopyBack) {
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(CommitStory(feed_)), IsOk());
  // The same store, restored to its first commit under the next epoch, and gone another way.
  feed_.BecomeStore({.store_id = "11111111-1111-4111-8111-111111111111", .epoch = 2});
  feed_.Commit({Alliance("a"), Alliance("b")});
  const std::string end = feed_.Commit({Alliance("d")});
  feed_.EndStreams();
  ASSERT_THAT(WaitFor(end), IsOk());
  EXPECT_THAT(ReadCopy(), ElementsAre(Key("units/a"), Key("units/b"), Key("units/d")));
}

TEST_F(FeedConsumerTest, ALogThatLostItsEndIsReadAgain) {
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(CommitStory(feed_)), IsOk());
  // An old copy of the store's file, without a new epoch: only the position is out of range.
  feed_.BecomeStore({.store_id = "11111111-1111-4111-8111-111111111111", .epoch = 1});
  feed_.Commit({Alliance("a")});
  feed_.EndStreams();
  while (ReadCopy().size() != 1) feed_.WaitForCheckpoints(feed_.checkpoints() + 1);
  EXPECT_THAT(ReadCopy(), ElementsAre(Key("units/a")));
}

TEST_F(FeedConsumerTest, IsMarkedAsResyncingUntilItHasCaughtUp) {
  StartConsumer(feed_.OpenChannel());
  ASSERT_THAT(WaitFor(CommitStory(feed_)), IsOk());
  feed_.TellOnly(1);
  feed_.BecomeStore({.store_id = "22222222-2222-4222-8222-222222222222", .epoch = 1});
  const std::string first = feed_.Commit({Alliance("x")});
  const std::string end = feed_.Commit({Alliance("y")});
  feed_.EndStreams();
  feed_.WaitForCheckpoints(feed_.checkpoints() + 2);
  // Even what has been consumed cannot be relied on while old resources are still in the copy.
  EXPECT_THAT(progress_->WaitUntilConsumed(first, absl::Now()), HasReason(kProjectionBehind));
  EXPECT_THAT(ReadCopy(), Contains(Key("units/b")));
  feed_.TellOnly(SIZE_MAX);
  ASSERT_THAT(WaitFor(end), IsOk());
  EXPECT_THAT(ReadCopy(), Not(Contains(Key("units/b"))));
}

TEST_F(FeedConsumerTest, StartsBeforeTheReportingServiceDoes) {
  const std::string address = "unix:" + folder_.File("feed.sock");
  StartConsumer(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  EXPECT_FALSE(progress_->View().connected);
  ScriptedFeed late(address);
  EXPECT_THAT(WaitFor(late.Commit({Alliance("a")})), IsOk());
}

TEST_F(FeedConsumerTest, StopsWhileTheFeedIsQuiet) {
  StartConsumer(feed_.OpenChannel());
  feed_.WaitForCheckpoints(1);
  consumer_->Stop();
  EXPECT_FALSE(progress_->View().connected);
  EXPECT_THAT(progress_->WaitUntilConsumed(feed_.Commit({Alliance("a")}), absl::InfiniteFuture()),
              HasReason(common::kShuttingDown));
}

TEST(FeedProgressTest, AnEmptyTokenNeedsNoWaiting) {
  FeedProgress progress;
  EXPECT_THAT(progress.WaitUntilConsumed("", absl::InfinitePast()), IsOk());
}

TEST(FeedProgressTest, IsAsStaleAsTheLastTimeItHadCaughtUp) {
  FeedProgress progress;
  const absl::Time begin = absl::FromUnixSeconds(1'600'000'000);
  EXPECT_EQ(progress.Staleness(begin), absl::InfiniteDuration());
  progress.SetCaughtUp(begin);
  EXPECT_EQ(progress.Staleness(begin + absl::Seconds(7)), absl::Seconds(7));
  progress.SetCaughtUp(begin + absl::Seconds(8));
  EXPECT_EQ(progress.Staleness(begin + absl::Seconds(9)), absl::Seconds(1));
  // The clock was set back.
  EXPECT_EQ(progress.Staleness(begin), absl::ZeroDuration());
}

TEST(FeedProgressTest, RefusesAMalformedToken) {
  FeedProgress progress;
  const absl::Status status = progress.WaitUntilConsumed("yesterday", absl::InfiniteFuture());
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasReason(common::kInvalidToken));
  EXPECT_THAT(status, testkit::HasViolation("min_reporting_token"));
}

struct BehindCase {
  std::string name{};
  common::storage::Position wanted{};
};

class FeedProgressBehind : public ::testing::TestWithParam<BehindCase> {};

TEST_P(FeedProgressBehind, IsSaidAtTheDeadline) {
  FeedProgress progress;
  progress.SetConsumed({.resume_token = common::storage::EncodePosition(
                            {.store = {.store_id = "s", .epoch = 2}, .sequence = 7})});
  const absl::Status status =
      progress.WaitUntilConsumed(common::storage::EncodePosition(GetParam().wanted), absl::Now());
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(status, HasReason(kProjectionBehind));
}

INSTANTIATE_TEST_SUITE_P(
    Tokens, FeedProgressBehind,
    ::testing::ValuesIn<BehindCase>({
        {"Later", {.store = {.store_id = "s", .epoch = 2}, .sequence = 8}},
        {"OfAnotherStore", {.store = {.store_id = "t", .epoch = 2}, .sequence = 1}},
        {"OfAnotherEpoch", {.store = {.store_id = "s", .epoch = 1}, .sequence = 1}},
    }),
    [](const auto& row) { return row.param.name; });

TEST(RandomisedPauseTest, GrowsToFiveSecondsAtMost) {
  for (int failures = 0; failures < 100; ++failures) {
    EXPECT_LE(RandomisedPause(failures), absl::Seconds(5));
    EXPECT_GE(RandomisedPause(failures), absl::ZeroDuration());
  }
  for (int i = 0; i < 100; ++i) EXPECT_LE(RandomisedPause(0), absl::Milliseconds(100));
}

}  // namespace
}  // namespace awards
