// Copies of a store that is in use.
#include "common/storage/sqlite/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/storage/audit_chain.h"
#include "tests/common/storage/ledger_conformance.h"
#include "tests/common/storage/sqlite/sqlite_home.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace common::storage::sqlite {
namespace {

using ::testing::ElementsAre;
using ::testkit::HasReason;
using ::testkit::IsOk;
using ::testkit::StatusIs;

bool Always() { return true; }

class BackupTest : public ::testing::Test {
 protected:
  BackupTest() : ledger_(home_.Open(clock_, ids_).value()) {}

  // What a store in the file `path`, opened as any other, holds.
  std::vector<Record> RecordsIn(const std::string& path) {
    SqliteOptions options = home_.Options(clock_, ids_);
    options.path = path;
    auto copy = SqliteLedger::Open(options);
    EXPECT_THAT(copy, IsOk());
    return copy.ok() ? (*copy)->Changes(0, 100'000).value() : std::vector<Record>();
  }

  SqliteHome home_{};
  testkit::TempDir folder_{};
  testkit::FakeClock clock_{};
  testkit::SequentialIds ids_{};
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(BackupTest, IsAStoreWithTheSameRecordsInOneFile) {
  ASSERT_THAT(ledger_->Write({}, Puts({Unit("a", "one"), Unit("b", "two")})), IsOk());
  const std::string path = folder_.File("copy");
  const absl::StatusOr<BackupInfo> info = ledger_->Backup(path, Always);
  ASSERT_THAT(info, IsOk());
  const std::vector<Record> records = ledger_->Changes(0, 100).value();
  EXPECT_EQ(*info, (BackupInfo{.store = ledger_->Identity(),
                               .head = 2,
                               .hash = records.back().hash,
                               .bytes = static_cast<int64_t>(std::filesystem::file_size(path))}));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
  EXPECT_EQ(RecordsIn(path), records);
}

TEST_F(BackupTest, OfAnEmptyStoreEndsWhereTheChainBegins) {
  const absl::StatusOr<BackupInfo> info = ledger_->Backup(folder_.File("copy"), Always);
  ASSERT_THAT(info, IsOk());
  EXPECT_EQ(info->head, 0);
  EXPECT_EQ(info->hash, ChainStart(ledger_->Identity().store_id));
}

TEST_F(BackupTest, IsOneInstantWhileWritesGoOn) {
  // Enough pages for several steps, so that writes fall between them.
  ASSERT_THAT(ledger_->Write({}, Puts({Unit("large", std::string(10 << 20, 'x'))})), IsOk());
  std::atomic<int> written = 0;
  int steps = 0;
  const auto write_between_steps = [&] {
    ++steps;
    const std::string name = absl::StrCat("n", written++);
    EXPECT_THAT(ledger_->Write({}, Puts({Unit(name), Unit(name + "-twin")})), IsOk());
    return true;
  };
  const std::string path = folder_.File("copy");
  const absl::StatusOr<BackupInfo> info = ledger_->Backup(path, write_between_steps);
  ASSERT_THAT(info, IsOk());
  EXPECT_GE(steps, 3);
  EXPECT_EQ(info->head, 1);
  EXPECT_EQ(Names(RecordsIn(path)), std::vector<std::string>{"large"});
  EXPECT_EQ(ledger_->Head(), 1 + 2 * written);
}

TEST_F(BackupTest, LeavesNothingWhenItIsNotWantedAnyMore) {
  ASSERT_THAT(ledger_->Write({}, Puts({Unit("large", std::string(10 << 20, 'x'))})), IsOk());
  EXPECT_THAT(ledger_->Backup(folder_.File("copy"), [] { return false; }),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(BackupTest, NeverOverwritesAFile) {
  const std::string path = folder_.File("copy");
  ASSERT_THAT(ledger_->Backup(path, Always), IsOk());
  EXPECT_THAT(ledger_->Backup(path, Always), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(BackupTest, FailsAsTheDiskDoes) {
  EXPECT_THAT(ledger_->Backup(folder_.File("missing/copy"), Always),
              HasReason(kStorageUnavailable));
  ledger_->Close();
  EXPECT_THAT(ledger_->Backup(folder_.File("copy"), Always), HasReason(kShuttingDown));
}

TEST_F(BackupTest, StatsTellTheSizes) {
  auto& ledger = dynamic_cast<SqliteLedger&>(*ledger_);
  ASSERT_THAT(ledger.Write({}, Puts({Unit("a")})), IsOk());
  const SqliteStats stats = ledger.Stats();
  EXPECT_EQ(stats.queue_depth, 0u);
  EXPECT_EQ(stats.database_bytes, static_cast<int64_t>(std::filesystem::file_size(home_.path())));
  EXPECT_EQ(stats.wal_bytes,
            static_cast<int64_t>(std::filesystem::file_size(home_.path() + "-wal")));
  EXPECT_GT(stats.wal_bytes, 0);
  EXPECT_GT(stats.free_bytes, 0);
}

TEST(BatchReports, TellWhatBecameOfEachBatch) {
  SqliteHome home;
  testkit::FakeClock clock;
  testkit::SequentialIds ids;
  std::vector<BatchReport> reports;
  SqliteOptions options = home.Options(clock, ids);
  options.on_batch = [&](const BatchReport& report) { reports.push_back(report); };
  auto ledger = SqliteLedger::Open(options).value();
  const WriteOptions with_id{.request = Request("00000000-0000-4000-8000-00000000000a")};
  ASSERT_THAT(ledger->Write(with_id, Puts({Unit("a")})), IsOk());
  ASSERT_THAT(ledger->Write(with_id, Puts({Unit("a")})), IsOk());
  ASSERT_THAT(ledger->Write({.validate_only = true}, Puts({Unit("b")})), IsOk());
  ledger->Close();
  const auto report = [](bool is_commit, size_t replayed) {
    return ::testing::AllOf(
        ::testing::Field(&BatchReport::writes, 1u),
        ::testing::Field(&BatchReport::replayed, replayed),
        ::testing::Field(&BatchReport::is_commit, is_commit),
        ::testing::Field(&BatchReport::status, IsOk()),
        ::testing::Field(&BatchReport::duration, ::testing::Gt(absl::ZeroDuration())));
  };
  EXPECT_THAT(reports, ElementsAre(report(true, 0), report(false, 1), report(false, 0)));
}

}  // namespace
}  // namespace common::storage::sqlite
