// What remains when the disk or the process fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/seams/clock.h"
#include "common/status/reasons.h"
#include "tests/common/storage/ledger_conformance.h"
#include "tests/common/storage/sqlite/sqlite_home.h"
#include "tests/testkit/status_matchers.h"

namespace common::storage::sqlite {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::Not;
using ::testing::Optional;
using ::testkit::HasReason;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

// Lets no file of this process grow beyond `bytes`, as if the disk were full, until it goes.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

class SqliteFaultTest : public ::testing::Test {
 protected:
  SqliteFaultTest() { Reopen(); }

  void Reopen() {
    ledger_.reset();
    ledger_ = home_.Open(clock_, ids_).value();
  }

  SqliteHome home_{};
  testkit::FakeClock clock_{};
  testkit::SequentialIds ids_{};
  std::unique_ptr<Ledger> ledger_{};
};

// The disk gives out while the commit is written: nobody can say what a restart will find.
TEST_F(SqliteFaultTest, CommitOnAFullDiskIsUnavailableAndTheNextOneWorks) {
  const WriteOptions options{.request = Request("id-1")};
  ASSERT_THAT(ledger_->Write({}, Puts({Unit("a", "before")})), IsOk());
  {
    const FullDisk full(std::filesystem::file_size(home_.path() + "-wal") + 5000);
    const auto failed = ledger_->Write(options, Puts({Unit("a", std::string(100'000, 'x'))}));
    EXPECT_THAT(failed, StatusIs(absl::StatusCode::kUnavailable));
    EXPECT_THAT(failed, AnyOf(HasReason(kOutcomeUnknown), HasReason(kStorageUnavailable)));
    EXPECT_EQ(ledger_->Head(), 1);
    EXPECT_THAT(ledger_->Changes(0, 10),
                IsOkAndHolds(ElementsAre(Field(&Record::payload, "before"))));
  }
  EXPECT_THAT(ledger_->Write(options, Puts({Unit("a", "after")})),
              IsOkAndHolds(Field(&WriteResult::commit_sequence, 2)));
  Reopen();
  EXPECT_THAT(ledger_->Changes(0, 10), IsOkAndHolds(ElementsAre(Field(&Record::payload, "before"),
                                                                Field(&Record::payload, "after"))));
}

TEST_F(SqliteFaultTest, WorkThatFillsTheDiskBeforeItsCommitLeavesNothing) {
  ASSERT_THAT(ledger_->Write({}, Puts({Unit("a", "before")})), IsOk());
  {
    // More than the page cache holds, so that SQLite writes before the commit.
    std::vector<NewRecord> records;
    for (int i = 0; i < 4; ++i)
      records.push_back(Unit(absl::StrCat(i), std::string(40 << 20, 'x')));
    const FullDisk full(rlim_t{20} << 20);
    const auto failed = ledger_->Write({}, Puts(std::move(records)));
    EXPECT_THAT(failed, HasReason(kStorageUnavailable));
  }
  EXPECT_THAT(ledger_->Write({}, Puts({Unit("b")})),
              IsOkAndHolds(Field(&WriteResult::commit_sequence, 2)));
  Reopen();
  EXPECT_EQ(ledger_->Head(), 2);
}

// Writes for ever from several threads and tells `out` each acknowledged sequence. `round` keeps
// the request ids of several children apart.
[[noreturn]] void WriteUntilKilled(SqliteHome& home, int round, int out) {
  SystemClock clock;
  testkit::SequentialIds ids;
  auto ledger = home.Open(clock, ids);
  if (!ledger.ok()) std::abort();
  const auto write = [&](int thread) {
    for (int i = 0;; ++i) {
      const std::string name = absl::StrCat("u", round, "-", thread, "-", i);
      const auto result =
          (*ledger)->Write({.request = Request(name)}, Puts({Unit(name), Unit("shared")}, name));
      if (!result.ok()) std::abort();
      const int64_t sequence = result->commit_sequence;
      if (::write(out, &sequence, sizeof sequence) != sizeof sequence) std::abort();
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(write, i);
  for (std::thread& thread : threads) thread.join();
  std::abort();
}

// What a child that ran WriteUntilKilled acknowledged before it was killed.
std::vector<int64_t> AcknowledgedByAKilledChild(SqliteHome& home, int round, size_t at_least) {
  int ends[2] = {-1, -1};
  if (pipe(ends) != 0) return {};
  const pid_t child = fork();
  if (child == 0) WriteUntilKilled(home, round, ends[1]);
  close(ends[1]);
  std::vector<int64_t> acknowledged;
  int64_t sequence = 0;
  while (read(ends[0], &sequence, sizeof sequence) == sizeof sequence) {
    acknowledged.push_back(sequence);
    if (acknowledged.size() == at_least) kill(child, SIGKILL);
  }
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return acknowledged;
}

TEST(SqliteKillTest, EverythingAcknowledgedBeforeAKillIsThereAfterwards) {
  SqliteHome home;
  testkit::FakeClock clock;
  testkit::SequentialIds ids;
  size_t total = 0;
  for (int round = 1; round <= 3; ++round) {
    const std::vector<int64_t> acknowledged = AcknowledgedByAKilledChild(home, round, 150);
    ASSERT_GE(acknowledged.size(), 150U);
    auto ledger = home.Open(clock, ids);
    ASSERT_THAT(ledger, IsOk());
    for (const int64_t sequence : acknowledged) {
      const auto records = (*ledger)->Changes(sequence - 1, 1);
      ASSERT_THAT(records, IsOk());
      ASSERT_FALSE(records->empty()) << "lost: " << sequence;
      EXPECT_EQ(records->front().commit_sequence, sequence);
      EXPECT_EQ(records->front().name, "shared");
    }
    EXPECT_EQ((*ledger)->Head() % 2, 0) << "a write was cut in two";
    total += acknowledged.size();
    EXPECT_GE((*ledger)->Head(), static_cast<int64_t>(2 * total));
  }
}

}  // namespace
}  // namespace common::storage::sqlite
