// Many threads at once, waiting for the head, and closing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "tests/common/storage/ledger_conformance.h"
#include "tests/testkit/status_matchers.h"

namespace common::storage {
namespace {

using ::testing::Each;
using ::testing::Field;
using ::testing::Optional;
using ::testing::SizeIs;
using ::testkit::HasReason;
using ::testkit::IsOk;
using ::testkit::StatusIs;

constexpr int kThreads = 8;
// Longer than any healthy run takes; a wait that lasts so long has failed.
constexpr absl::Duration kForever = absl::Hours(1);

// Runs `body` on each of kThreads threads and waits for them.
template <typename Body>
void InParallel(Body body) {
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back([&body, i] { body(i); });
  for (std::thread& thread : threads) thread.join();
}

absl::StatusOr<std::string> Increment(Transaction& transaction) {
  ASSIGN_OR_RETURN(const std::optional<Record> counter, transaction.Get("unit", "counter"));
  int value = 0;
  if (counter.has_value() && !absl::SimpleAtoi(counter->payload, &value)) {
    return absl::InternalError("not a number");
  }
  RETURN_IF_ERROR(transaction.Put(Unit("counter", absl::StrCat(value + 1))).status());
  return absl::StrCat(value + 1);
}

TEST_P(LedgerConformance, ThreadsThatIncrementOneRecordLoseNoUpdate) {
  constexpr int kRounds = 25;
  InParallel([this](int) {
    for (int i = 0; i < kRounds; ++i) EXPECT_THAT(ledger().Write({}, Increment), IsOk());
  });
  const Record counter = Get("counter").value_or(Record{});
  EXPECT_EQ(counter.payload, absl::StrCat(kThreads * kRounds));
  EXPECT_EQ(counter.version, kThreads * kRounds);
  EXPECT_EQ(ledger().Head(), kThreads * kRounds);
}

TEST_P(LedgerConformance, ParallelRepetitionsOfARequestRunTheWorkOnce) {
  std::atomic<int> runs = 0;
  std::atomic<int> replays = 0;
  InParallel([&](int) {
    const auto result = ledger().Write({.request = Request("id-1")}, [&](Transaction& t) {
      ++runs;
      return Increment(t);
    });
    ASSERT_THAT(result, IsOk());
    EXPECT_EQ(result->answer, "1");
    EXPECT_EQ(result->commit_sequence, 1);
    replays += result->replayed ? 1 : 0;
  });
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(replays, kThreads - 1);
  EXPECT_EQ(ledger().Head(), 1);
}

TEST_P(LedgerConformance, EveryThreadReadsItsOwnAnsweredWrites) {
  InParallel([this](int thread) {
    for (int i = 0; i < 20; ++i) {
      const std::string name = absl::StrCat("units/", thread, "-", i);
      const WriteResult result = Write({Unit(name)});
      EXPECT_GE(ledger().Head(), result.commit_sequence);
      EXPECT_TRUE(Get(name).has_value()) << name;
      EXPECT_THAT(ledger().Read([&](Reader& reader) -> absl::Status {
        EXPECT_GE(reader.Head(), result.commit_sequence);
        return absl::OkStatus();
      }),
                  IsOk());
    }
  });
}

TEST_P(LedgerConformance, ConsumerOfChangesSeesEachSequenceOnceAndCommitsWhole) {
  constexpr int64_t kTotal = int64_t{kThreads} * 20 * 2;
  std::thread consumer([&] {
    int64_t position = 0;
    while (position < kTotal) {
      ASSERT_GT(ledger().WaitForHead(position, kForever), position);
      const std::vector<Record> records = Changes(position, 7);
      ASSERT_FALSE(records.empty());
      for (const Record& record : records) ASSERT_EQ(record.sequence, ++position);
      ASSERT_EQ(records.back().sequence, records.back().commit_sequence);
    }
  });
  InParallel([this](int thread) {
    for (int i = 0; i < 20; ++i) Write({Unit(absl::StrCat(thread)), Unit(absl::StrCat("x", i))});
  });
  consumer.join();
  EXPECT_EQ(ledger().Head(), kTotal);
}

TEST_P(LedgerConformance, DoneIsCalledOnceForEachWriteInTheOrderOfTheQueue) {
  constexpr int kWrites = 50;
  std::vector<int64_t> answered;
  std::promise<void> all;
  for (int i = 0; i < kWrites; ++i) {
    ledger().WriteAsync({}, Puts({Unit(absl::StrCat(i))}), [&](absl::StatusOr<WriteResult> result) {
      answered.push_back(result.ok() ? result->commit_sequence : -1);
      if (answered.size() == kWrites) all.set_value();
    });
  }
  all.get_future().wait();
  EXPECT_THAT(answered, SizeIs(kWrites));
  EXPECT_TRUE(std::is_sorted(answered.begin(), answered.end()));
  EXPECT_EQ(answered.front(), 1);
}

TEST_P(LedgerConformance, WriteIsReadableWhenDoneIsCalled) {
  std::promise<int64_t> head;
  ledger().WriteAsync({}, Puts({Unit("a")}),
                      [&](const absl::StatusOr<WriteResult>&) { head.set_value(ledger().Head()); });
  EXPECT_EQ(head.get_future().get(), 1);
}

TEST_P(LedgerConformance, WaitForHeadReturnsAtOnceWhenTheHeadIsBeyond) {
  Write({Unit("a"), Unit("b")});
  EXPECT_EQ(ledger().WaitForHead(1, kForever), 2);
}

TEST_P(LedgerConformance, WaitForHeadEndsWithTheNextWrite) {
  std::promise<void> waiting;
  std::thread waiter([&] {
    waiting.set_value();
    EXPECT_EQ(ledger().WaitForHead(0, absl::InfiniteDuration()), 1);
  });
  waiting.get_future().wait();
  Write({Unit("a")});
  waiter.join();
}

TEST_P(LedgerConformance, WaitForHeadGivesUpAfterItsTimeout) {
  Write({Unit("a")});
  EXPECT_EQ(ledger().WaitForHead(1, absl::Milliseconds(1)), 1);
  EXPECT_EQ(ledger().WaitForHead(1, -absl::Seconds(1)), 1);
}

TEST_P(LedgerConformance, WakeEndsTheWaitsUnderWay) {
  std::atomic<int> ended = 0;
  std::thread waker([&] {
    // A wake before the wait has begun does not count, so it is repeated until it does.
    while (ended < kThreads) {
      ledger().Wake();
      std::this_thread::yield();
    }
  });
  InParallel([&](int) {
    EXPECT_EQ(ledger().WaitForHead(0, kForever), 0);
    ++ended;
  });
  waker.join();
}

TEST_P(LedgerConformance, CloseEndsTheWaitsUnderWayAndToCome) {
  std::promise<void> waiting;
  std::thread waiter([&] {
    waiting.set_value();
    EXPECT_EQ(ledger().WaitForHead(0, kForever), 0);
  });
  waiting.get_future().wait();
  ledger().Close();
  waiter.join();
  EXPECT_EQ(ledger().WaitForHead(0, kForever), 0);
}

TEST_P(LedgerConformance, CloseFinishesTheQueuedWritesFirst) {
  std::vector<absl::StatusOr<WriteResult>> results;
  for (int i = 0; i < 20; ++i) {
    ledger().WriteAsync({}, Puts({Unit(absl::StrCat(i))}), [&](absl::StatusOr<WriteResult> result) {
      results.push_back(std::move(result));
    });
  }
  ledger().Close();
  EXPECT_THAT(results, SizeIs(20));
  EXPECT_THAT(results, Each(IsOk()));
  EXPECT_EQ(ledger().Head(), 20);
  Reopen();
  EXPECT_THAT(Changes(), SizeIs(20));
}

TEST_P(LedgerConformance, ClosedLedgerRefusesWritesAndReads) {
  Write({Unit("a")});
  ledger().Close();
  ledger().Close();
  const auto write = ledger().Write({}, Puts({Unit("b")}));
  EXPECT_THAT(write, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(write, HasReason(kShuttingDown));
  EXPECT_THAT(ledger().Read([](Reader&) { return absl::OkStatus(); }), HasReason(kShuttingDown));
  EXPECT_THAT(ledger().Changes(0, 10), HasReason(kShuttingDown));
  EXPECT_EQ(ledger().Head(), 1);
  Reopen();
  EXPECT_THAT(Get("a"), Optional(Field(&Record::version, 1)));
  EXPECT_EQ(ledger().Head(), 1);
}

}  // namespace
}  // namespace common::storage
