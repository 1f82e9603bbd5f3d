#include "common/storage/sqlite/sqlite_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "common/status/reasons.h"
#include "tests/common/storage/ledger_conformance.h"
#include "tests/common/storage/sqlite/sqlite_home.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::storage {

INSTANTIATE_TEST_SUITE_P(Sqlite, LedgerConformance,
                         ::testing::Values(LedgerBackend{
                             .name = "File",
                             .make_home = [] { return std::make_unique<sqlite::SqliteHome>(); }}),
                         testkit::CaseName<LedgerBackend>);

namespace sqlite {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testkit::HasReason;
using ::testkit::IsOk;
using ::testkit::StatusIs;

// Runs `sql` on the file, as a stranger might.
void Tamper(const std::string& path, const std::string& sql) {
  SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(sql);
}

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class SqliteLedgerTest : public ::testing::Test {
 protected:
  SqliteOptions Options() { return home_.Options(clock_, ids_); }
  absl::StatusOr<std::unique_ptr<SqliteLedger>> Open() { return SqliteLedger::Open(Options()); }

  // A store with a few records, closed.
  void MakeStore() {
    auto ledger = Open();
    ASSERT_THAT(ledger, IsOk());
    for (const char* name : {"a", "b", "c"}) {
      ASSERT_THAT((*ledger)->Write({}, Puts({Unit(name, std::string(5000, 'x'))})), IsOk());
    }
  }

  SqliteHome home_{};
  testkit::FakeClock clock_{};
  testkit::SequentialIds ids_{};
};

TEST_F(SqliteLedgerTest, SecondOneOnTheSameFileIsRefusedUntilTheFirstCloses) {
  auto first = Open();
  ASSERT_THAT(first, IsOk());
  const auto second = Open();
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(second.status().message()),
              AllOf(HasSubstr("in use"), HasSubstr(home_.path() + ".lock")));
  (*first)->Close();
  EXPECT_THAT(Open(), IsOk());
}

TEST_F(SqliteLedgerTest, CloseLeavesOneFileWithEverything) {
  MakeStore();
  EXPECT_FALSE(std::filesystem::exists(home_.path() + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(home_.path() + "-shm"));
}

TEST_F(SqliteLedgerTest, StoreOfANewerProgramIsRefusedAndLeftAlone) {
  MakeStore();
  Tamper(home_.path(), "PRAGMA user_version = 1000");
  const std::string before = Contents(home_.path());
  const auto opened = Open();
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr("schema version 1000"));
  EXPECT_EQ(Contents(home_.path()), before);
}

TEST_F(SqliteLedgerTest, DatabaseOfSomethingElseIsRefusedAndLeftAlone) {
  Tamper(home_.path(), "CREATE TABLE recipe (name TEXT)");
  const std::string before = Contents(home_.path());
  const auto opened = Open();
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr("not a store"));
  EXPECT_EQ(Contents(home_.path()), before);
}

TEST_F(SqliteLedgerTest, StoreOfAnotherServiceIsRefused) {
  MakeStore();
  SqliteOptions options = Options();
  options.application_id += 1;
  EXPECT_THAT(SqliteLedger::Open(options), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(SqliteLedgerTest, FileThatIsNoDatabaseIsCorrupt) {
  std::ofstream(home_.path()) << std::string(10000, 'x');
  EXPECT_THAT(Open(), HasReason(kDataCorrupt));
}

TEST_F(SqliteLedgerTest, MissingFolderIsRefused) {
  SqliteOptions options = Options();
  options.path = home_.path() + "/nowhere/ledger.db";
  EXPECT_THAT(SqliteLedger::Open(options), StatusIs(absl::StatusCode::kFailedPrecondition));
}

struct DamageCase {
  std::string name{};
  std::string sql{};
};

class SqliteDamageTest : public SqliteLedgerTest,
                         public ::testing::WithParamInterface<DamageCase> {};

TEST_P(SqliteDamageTest, IsFoundWhenOpening) {
  MakeStore();
  Tamper(home_.path(), GetParam().sql);
  const auto opened = Open();
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(opened, HasReason(kDataCorrupt));
}

INSTANTIATE_TEST_SUITE_P(
    Damages, SqliteDamageTest,
    ::testing::ValuesIn<DamageCase>({
        {"GapInTheLog",
         "PRAGMA foreign_keys = OFF; DELETE FROM change WHERE sequence = 2;"
         "DELETE FROM current WHERE sequence = 2"},
        {"CommitCutShort",
         "DROP TRIGGER change_never_changes; UPDATE change SET commit_sequence = 4"
         " WHERE sequence = 3"},
        {"RecordWithoutItsVersion",
         "PRAGMA foreign_keys = OFF; UPDATE current SET sequence = 9 WHERE name = 'c'"},
        {"KeyTooWide", "PRAGMA ignore_check_constraints = ON; UPDATE current SET version = -1"},
    }),
    testkit::CaseName<DamageCase>);

TEST_F(SqliteLedgerTest, OverwrittenPageIsFoundWhenOpening) {
  MakeStore();
  std::fstream file(home_.path(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  for (int i = 0; i < 3 * 4096; ++i) file.put('\x5a');
  file.close();
  EXPECT_THAT(Open(), HasReason(kDataCorrupt));
}

TEST_F(SqliteLedgerTest, DriversWordsGoToTheLogAndNotIntoTheStatus) {
  std::ofstream(home_.path()) << std::string(10000, 'x');
  std::vector<std::string> log;
  SqliteOptions options = Options();
  options.on_storage_error = [&log](std::string text) { log.push_back(std::move(text)); };
  const absl::Status status = SqliteLedger::Open(options).status();
  EXPECT_THAT(log, Not(IsEmpty()));
  EXPECT_THAT(log.front(), HasSubstr("not a database"));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("not a database")));
}

TEST_F(SqliteLedgerTest, OptionsOutOfRangeAreRefused) {
  SqliteOptions options = Options();
  options.readers = 0;
  EXPECT_THAT(SqliteLedger::Open(options), StatusIs(absl::StatusCode::kInvalidArgument));
  options = Options();
  options.application_id = 0;
  EXPECT_THAT(SqliteLedger::Open(options), StatusIs(absl::StatusCode::kInvalidArgument));
  options = Options();
  options.path = ":memory:";
  EXPECT_THAT(SqliteLedger::Open(options), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(SqliteLedgerTest, WriteBeyondTheQueueIsRefusedAndTheQueuedOnesAreDone) {
  SqliteOptions options = Options();
  options.queue_limit = 2;
  auto opened = SqliteLedger::Open(options);
  ASSERT_THAT(opened, IsOk());
  SqliteLedger& ledger = **opened;
  std::promise<void> started;
  std::promise<void> release;
  const auto ignore = [](const absl::StatusOr<WriteResult>&) {};
  ledger.WriteAsync(
      {},
      [&](Transaction&) -> absl::StatusOr<std::string> {
        started.set_value();
        release.get_future().wait();
        return "";
      },
      ignore);
  started.get_future().wait();
  for (const char* name : {"a", "b"}) ledger.WriteAsync({}, Puts({Unit(name)}), ignore);
  const auto refused = ledger.Write({}, Puts({Unit("c")}));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(refused, HasReason(kOverloaded));
  release.set_value();
  ledger.Close();
  EXPECT_EQ(ledger.Head(), 2);
}

TEST_F(SqliteLedgerTest, WriteAheadLogIsCheckpointedWhileItIsOpen) {
  auto ledger = Open();
  ASSERT_THAT(ledger, IsOk());
  const std::string payload(size_t{1} << 20, 'x');
  for (int i = 0; i < 40; ++i) {
    ASSERT_THAT((*ledger)->Write({}, Puts({Unit(std::to_string(i), payload)})), IsOk());
  }
  EXPECT_LT(std::filesystem::file_size(home_.path() + "-wal"), size_t{12} << 20);
}

}  // namespace
}  // namespace sqlite
}  // namespace common::storage
