#include "common/storage/sqlite/restore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "SQLiteCpp/Database.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/storage/sqlite/migrations.h"
#include "common/storage/token.h"
#include "tests/common/storage/ledger_conformance.h"
#include "tests/common/storage/sqlite/sqlite_home.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace common::storage::sqlite {
namespace {

using ::testing::HasSubstr;
using ::testkit::HasReason;
using ::testkit::IsOk;
using ::testkit::StatusIs;

class RestoreTest : public ::testing::Test {
 protected:
  // A store with two records, and its backup.
  RestoreTest() {
    auto ledger = home_.Open(clock_, ids_).value();
    EXPECT_THAT(ledger->Write({}, Puts({Unit("a", "one")})), IsOk());
    EXPECT_THAT(ledger->Write({}, Puts({Unit("a", "two")})), IsOk());
    identity_ = ledger->Identity();
    EXPECT_THAT(ledger->Backup(backup_, [] { return true; }), IsOk());
    hash_ = ledger->Changes(1, 1).value().front().hash;
  }

  RestoreOptions Options(bool replace = false) {
    return {.backup = backup_,
            .path = target_,
            .application_id = kTestApplicationId,
            .clock = &clock_,
            .replace = replace};
  }

  std::unique_ptr<SqliteLedger> OpenTarget() {
    SqliteOptions options = home_.Options(clock_, ids_);
    options.path = target_;
    return SqliteLedger::Open(options).value();
  }

  int64_t EpochByClock() { return absl::ToUnixSeconds(clock_.Now()); }

  // Changes the backup as somebody with access to it might.
  void Tamper(const std::string& sql) {
    SQLite::Database database(backup_, SQLite::OPEN_READWRITE);
    database.exec("DROP TRIGGER change_never_changes; " + sql);
  }

  SqliteHome home_{};
  testkit::TempDir folder_{};
  testkit::FakeClock clock_{};
  testkit::SequentialIds ids_{};
  const std::string backup_ = folder_.File("backup");
  const std::string target_ = folder_.File("store.db");
  StoreIdentity identity_{};
  std::string hash_{};
};

TEST_F(RestoreTest, BringsTheStoreBackInALaterEpoch) {
  const absl::StatusOr<RestoreReport> report = Restore(Options());
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->epoch_before, 1);
  EXPECT_EQ(report->store,
            (StoreIdentity{.store_id = identity_.store_id, .epoch = EpochByClock()}));
  EXPECT_EQ(report->head, (ChainPoint{.sequence = 2, .hash = hash_}));
  EXPECT_EQ(report->replaced, "");
  const auto ledger = OpenTarget();
  EXPECT_EQ(ledger->Identity(), report->store);
  EXPECT_EQ(Names(ledger->Changes(0, 10).value()), (std::vector<std::string>{"a", "a"}));
  EXPECT_THAT(ledger->Write({}, Puts({Unit("a", "three")})), IsOk());
}

TEST_F(RestoreTest, TokensOfTheStoreBeforeAreOutOfRange) {
  ASSERT_THAT(Restore(Options()), IsOk());
  const std::string token = EncodePosition({.store = identity_, .sequence = 2});
  EXPECT_THAT(ResolvePosition(token, OpenTarget()->Identity(), "", 2), HasReason(kTokenOutOfRange));
}

TEST_F(RestoreTest, TwiceFromOneBackupGivesTwoEpochs) {
  ASSERT_THAT(Restore(Options()), IsOk());
  const int64_t first = OpenTarget()->Identity().epoch;
  clock_.Advance(absl::Seconds(1));
  const absl::StatusOr<RestoreReport> second = Restore(Options(/*replace=*/true));
  ASSERT_THAT(second, IsOk());
  EXPECT_GT(second->store.epoch, first);
}

TEST_F(RestoreTest, RaisesTheEpochEvenIfTheClockIsFarBehind) {
  {
    SQLite::Database database(backup_, SQLite::OPEN_READWRITE);
    database.exec("UPDATE store SET epoch = 9000000000");
  }
  const absl::StatusOr<RestoreReport> report = Restore(Options());
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->store.epoch, 9'000'000'001);
}

TEST_F(RestoreTest, KeepsTheStoreThatItReplaces) {
  {
    const auto ledger = OpenTarget();
    ASSERT_THAT(ledger->Write({}, Puts({Unit("mine")})), IsOk());
  }
  EXPECT_THAT(Restore(Options()), StatusIs(absl::StatusCode::kFailedPrecondition));
  const absl::StatusOr<RestoreReport> report = Restore(Options(/*replace=*/true));
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->replaced, absl::StrCat(target_, ".replaced-", EpochByClock()));
  SqliteOptions options = home_.Options(clock_, ids_);
  options.path = report->replaced;
  EXPECT_EQ(Names((*SqliteLedger::Open(options))->Changes(0, 10).value()),
            std::vector<std::string>{"mine"});
  EXPECT_EQ(OpenTarget()->Head(), 2);
}

TEST_F(RestoreTest, RefusesAStoreInUse) {
  const auto ledger = OpenTarget();
  const absl::Status status = Restore(Options(/*replace=*/true)).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(status.message()), HasSubstr("in use"));
  EXPECT_THAT(ledger->Write({}, Puts({Unit("b")})), IsOk());
}

TEST_F(RestoreTest, CheckOnlyTellsAndTouchesNothing) {
  RestoreOptions options = Options();
  options.check_only = true;
  const auto ledger = OpenTarget();
  const absl::StatusOr<RestoreReport> report = Restore(options);
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->head.sequence, 2);
  EXPECT_EQ(ledger->Head(), 0);
  EXPECT_FALSE(std::filesystem::exists(target_ + ".checking"));
}

TEST_F(RestoreTest, RestoresAStoreOfAnEarlierSchema) {
  std::filesystem::remove(backup_);
  {
    SQLite::Database database(backup_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(Migrations()[0]);
    database.exec(absl::StrCat(
        "INSERT INTO store VALUES (1, '5c2f43ad-90d3-4f83-9d6c-52a2f6d62a55', 1);"
        "INSERT INTO change VALUES (1, 1, 'unit', 'a', 1, 1600000000000000, 'me', x'6f6e65');"
        "INSERT INTO current VALUES ('unit', 'a', 1, 1, x'');"
        "PRAGMA user_version = 1; PRAGMA application_id = ",
        kTestApplicationId));
  }
  ASSERT_THAT(Restore(Options()), IsOk());
  EXPECT_EQ(OpenTarget()->Head(), 1);
}

struct RefusalCase {
  std::string name;
  // Run on the backup.
  std::string sql;
  absl::StatusCode code;
  std::string message;
};

class RestoreRefusal : public RestoreTest, public ::testing::WithParamInterface<RefusalCase> {};

TEST_P(RestoreRefusal, LeavesNothingBehind) {
  Tamper(GetParam().sql);
  const absl::Status status = Restore(Options()).status();
  EXPECT_THAT(status, StatusIs(GetParam().code));
  EXPECT_THAT(std::string(status.message()), HasSubstr(GetParam().message));
  EXPECT_FALSE(std::filesystem::exists(target_));
  EXPECT_FALSE(std::filesystem::exists(target_ + ".restoring"));
}

INSTANTIATE_TEST_SUITE_P(
    Backups, RestoreRefusal,
    ::testing::ValuesIn<RefusalCase>({
        {"Altered", "UPDATE change SET payload = x'00' WHERE sequence = 1",
         absl::StatusCode::kDataLoss, "fault at position 1"},
        {"Gap", "DELETE FROM change WHERE sequence = 1", absl::StatusCode::kDataLoss, "gap"},
        {"CutOffWithin", "UPDATE change SET commit_sequence = 3 WHERE sequence = 2",
         absl::StatusCode::kDataLoss, "within a commit"},
        {"OlderVersionShown", "UPDATE current SET sequence = 1, version = 1",
         absl::StatusCode::kDataLoss, "fault at position 2"},
        {"OfAnotherStore", "UPDATE store SET store_id = 'another'", absl::StatusCode::kDataLoss,
         "fault at position 1"},
        {"WithoutIdentity", "DELETE FROM store", absl::StatusCode::kDataLoss, "identity"},
        {"OfAnotherService", "PRAGMA application_id = 7", absl::StatusCode::kFailedPrecondition,
         "not a store of this service"},
        {"OfANewerProgram", "PRAGMA user_version = 999", absl::StatusCode::kFailedPrecondition,
         "schema version 999"},
    }),
    testkit::CaseName<RefusalCase>);

TEST_F(RestoreTest, RefusesWhatIsNoBackup) {
  RestoreOptions options = Options();
  options.backup = folder_.File("nothing");
  EXPECT_THAT(Restore(options), StatusIs(absl::StatusCode::kFailedPrecondition));
  std::ofstream(options.backup) << std::string(5000, 'x');
  EXPECT_THAT(Restore(options), HasReason(kDataCorrupt));
  std::ofstream(options.backup, std::ios::trunc) << "";
  EXPECT_THAT(Restore(options), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_FALSE(std::filesystem::exists(target_));
}

TEST_F(RestoreTest, RefusesTheFileOfAStoreInUse) {
  const auto ledger = home_.Open(clock_, ids_).value();
  ASSERT_THAT(ledger->Write({}, Puts({Unit("b")})), IsOk());
  RestoreOptions options = Options();
  options.backup = home_.path();
  EXPECT_THAT(Restore(options), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(RestoreTest, NeedsItsOptions) {
  EXPECT_THAT(Restore({.backup = backup_}), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(RestoreTest, DropsTheLogOfAStoreWhoseFileIsGone) {
  std::ofstream(target_ + "-wal") << "left over";
  ASSERT_THAT(Restore(Options()), IsOk());
  EXPECT_EQ(OpenTarget()->Head(), 2);
}

}  // namespace
}  // namespace common::storage::sqlite
