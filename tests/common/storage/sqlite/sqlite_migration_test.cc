// Stores of earlier schemas, made by the scripts that made them then.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "SQLiteCpp/Database.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/storage/audit_chain.h"
#include "common/storage/sqlite/migrations.h"
#include "tests/common/storage/ledger_conformance.h"
#include "tests/common/storage/sqlite/sqlite_home.h"
#include "tests/testkit/status_matchers.h"

namespace common::storage::sqlite {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::Optional;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;

constexpr char kRows[] =
    "INSERT INTO store VALUES (1, '5c2f43ad-90d3-4f83-9d6c-52a2f6d62a55', 3);"
    "INSERT INTO change VALUES (1, 2, 'unit', 'a', 1, 1600000000000000, 'me', x'6f6e65'),"
    " (2, 2, 'unit', 'b', 1, 1600000000000000, 'me', x''),"
    " (3, 3, 'unit', 'a', 2, 1600000000000007, 'Bà Năm', x'74776f');"
    "INSERT INTO current VALUES ('unit', 'a', 3, 2, x''), ('unit', 'b', 2, 1, x'')";

class SqliteMigrationTest : public ::testing::Test {
 protected:
  // Makes a store as the schema `version` had it.
  void MakeStore(size_t version, const std::string& rows) {
    SQLite::Database database(home_.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    for (size_t i = 0; i < version; ++i) database.exec(Migrations()[i]);
    database.exec(rows);
    database.exec(absl::StrCat("PRAGMA application_id = ", kTestApplicationId,
                               "; PRAGMA user_version = ", version));
  }

  ChainReport Verify(Ledger& ledger) {
    ChainReport report;
    EXPECT_THAT(ledger.Read([&](Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(report, VerifyChain(reader, ledger.Identity().store_id, {.limit = 1000}));
      return absl::OkStatus();
    }),
                IsOk());
    return report;
  }

  SqliteHome home_{};
  testkit::FakeClock clock_{};
  testkit::SequentialIds ids_{};
};

TEST_F(SqliteMigrationTest, StoreOfSchemaOneIsKeptAndChained) {
  MakeStore(1, kRows);
  auto ledger = home_.Open(clock_, ids_);
  ASSERT_THAT(ledger, IsOk());
  EXPECT_EQ((*ledger)->Identity(),
            (StoreIdentity{.store_id = "5c2f43ad-90d3-4f83-9d6c-52a2f6d62a55", .epoch = 3}));
  EXPECT_THAT((*ledger)->Changes(0, 100),
              IsOkAndHolds(ElementsAre(
                  AllOf(Field(&Record::payload, "one"), Field(&Record::commit_sequence, 2)),
                  AllOf(Field(&Record::name, "b"), Field(&Record::method, "")),
                  AllOf(Field(&Record::payload, "two"), Field(&Record::actor, "Bà Năm")))));
  EXPECT_THAT(Verify(**ledger), IsWholeUpTo(3));
}

TEST_F(SqliteMigrationTest, MigratedStoreGoesOnAndOpensAgain) {
  MakeStore(1, kRows);
  const std::string hash = Verify(**home_.Open(clock_, ids_)).verified.hash;
  auto ledger = home_.Open(clock_, ids_);
  ASSERT_THAT(ledger, IsOk());
  EXPECT_EQ(Verify(**ledger).verified.hash, hash);
  ASSERT_THAT((*ledger)->Write({}, Puts({Unit("a", "three")})), IsOk());
  EXPECT_THAT(Verify(**ledger), IsWholeUpTo(4));
  (*ledger)->Close();
  SQLite::Database database(home_.path(), SQLite::OPEN_READWRITE);
  EXPECT_THROW(database.exec("UPDATE change SET hash = x'' WHERE sequence = 1"), SQLite::Exception);
}

TEST_F(SqliteMigrationTest, StoreOfSchemaTwoKeepsItsHashesAndHasNoTraces) {
  MakeStore(1, kRows);
  const std::string hash = Verify(**home_.Open(clock_, ids_)).verified.hash;
  // Takes the third step back.
  {
    SQLite::Database database(home_.path(), SQLite::OPEN_READWRITE);
    database.exec("ALTER TABLE change DROP COLUMN trace; PRAGMA user_version = 2");
  }
  auto ledger = home_.Open(clock_, ids_);
  ASSERT_THAT(ledger, IsOk());
  EXPECT_EQ(Verify(**ledger).verified.hash, hash);
  ASSERT_THAT((*ledger)->Write({.trace = "t"}, Puts({Unit("a", "three")})), IsOk());
  EXPECT_THAT((*ledger)->Changes(2, 100),
              IsOkAndHolds(ElementsAre(Field(&Record::trace, ""), Field(&Record::trace, "t"))));
}

TEST_F(SqliteMigrationTest, EmptyStoreOfSchemaOneOpens) {
  MakeStore(1, "");
  auto ledger = home_.Open(clock_, ids_);
  ASSERT_THAT(ledger, IsOk());
  EXPECT_THAT((*ledger)->Write({}, Puts({Unit("a")})), IsOk());
  EXPECT_THAT(Verify(**ledger), IsWholeUpTo(1));
}

}  // namespace
}  // namespace common::storage::sqlite
