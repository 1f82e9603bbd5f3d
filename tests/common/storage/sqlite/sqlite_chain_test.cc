// What VerifyChain says of a log that somebody changed behind the ledger's back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/storage/audit_chain.h"
#include "tests/common/storage/ledger_conformance.h"
#include "tests/common/storage/sqlite/sqlite_home.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::storage::sqlite {
namespace {

using ::testing::AllOf;
using ::testing::Field;
using ::testing::Optional;
using ::testkit::IsOk;

constexpr int kAll = 1000;

auto IsFault(ChainFaultKind kind, int64_t position) {
  return Field(&ChainReport::fault, Optional(AllOf(Field(&ChainFault::kind, kind),
                                                   Field(&ChainFault::position, position))));
}

auto IsVerifiedTo(int64_t sequence) {
  return Field(&ChainReport::verified, Field(&ChainPoint::sequence, sequence));
}

// A log of ten records: two writes of a, b and c each, then a alone in writes of its own.
class SqliteChainTest : public ::testing::Test {
 protected:
  static constexpr int64_t kHead = 10;

  SqliteChainTest() {
    ledger_ = home_.Open(clock_, ids_).value();
    for (const char* payload : {"one", "two"}) {
      Write({Unit("a", payload), Unit("b", payload), Unit("c", payload)});
    }
    for (int i = 0; i < 4; ++i) Write({Unit("a", absl::StrCat(i))});
  }

  void Write(std::vector<NewRecord> records) {
    clock_.Advance(absl::Seconds(1));
    EXPECT_THAT(ledger_->Write({.actor = "me", .method = "Put"}, Puts(std::move(records))), IsOk());
  }

  // Runs `sql` on the open file, with nothing in its way.
  void Tamper(std::string_view sql) {
    SQLite::Database database(home_.path(), SQLite::OPEN_READWRITE);
    database.exec(absl::StrCat(
        "PRAGMA ignore_check_constraints = ON; DROP TRIGGER change_never_changes; ", sv(sql)));
  }

  ChainReport Verify(const ChainQuery& query = {.limit = kAll}) {
    ChainReport report;
    EXPECT_THAT(ledger_->Read([&](Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(report, VerifyChain(reader, ledger_->Identity().store_id, query));
      return absl::OkStatus();
    }),
                IsOk());
    return report;
  }

  ChainPoint PointAt(int64_t sequence) {
    return {.sequence = sequence, .hash = ledger_->Changes(sequence - 1, 1)->front().hash};
  }

  SqliteHome home_{};
  testkit::FakeClock clock_{};
  testkit::SequentialIds ids_{};
  std::unique_ptr<Ledger> ledger_{};
};

TEST_F(SqliteChainTest, UntouchedLogIsWhole) {
  EXPECT_THAT(Verify(), IsWholeUpTo(kHead));
  EXPECT_EQ(Verify().verified, PointAt(kHead));
}

TEST_F(SqliteChainTest, EmptyLogIsWholeAtItsStart) {
  SqliteHome home;
  ledger_ = home.Open(clock_, ids_).value();
  EXPECT_THAT(Verify(), IsWholeUpTo(0));
  EXPECT_EQ(Verify().verified.hash, ChainStart(ledger_->Identity().store_id));
}

TEST_F(SqliteChainTest, CallsThatGoOnCheckAllOfIt) {
  ChainReport report;
  for (int64_t call = 1; call <= 3; ++call) {
    report = Verify({.after = report.verified, .limit = 3});
    EXPECT_THAT(report, IsVerifiedTo(3 * call));
    EXPECT_FALSE(report.is_complete);
  }
  EXPECT_THAT(Verify({.after = report.verified, .limit = 3}), IsWholeUpTo(kHead));
}

TEST_F(SqliteChainTest, LogThatGrewIsWholeBehindAnEarlierHead) {
  const ChainPoint head = PointAt(kHead);
  Write({Unit("d")});
  EXPECT_THAT(Verify({.after = head, .limit = kAll}), IsWholeUpTo(kHead + 1));
  EXPECT_THAT(Verify({.expected = head, .limit = kAll}), IsWholeUpTo(kHead + 1));
}

struct TamperCase {
  std::string name{};
  std::string sql{};
  ChainFaultKind kind{};
  int64_t position = 0;
};

class SqliteTamperTest : public SqliteChainTest,
                         public ::testing::WithParamInterface<TamperCase> {};

TEST_P(SqliteTamperTest, IsFoundWhereItWasDone) {
  Tamper(GetParam().sql);
  const ChainReport report = Verify();
  EXPECT_THAT(report, IsFault(GetParam().kind, GetParam().position)) << report.fault->description;
  EXPECT_THAT(report, IsVerifiedTo(GetParam().position - 1));
  EXPECT_FALSE(report.is_complete);
}

TEST_P(SqliteTamperTest, IsFoundByTheCallThatComesUponIt) {
  // Before the tampering, so that the way there is whole.
  const int64_t position = GetParam().position;
  const ChainPoint before = position == 1 ? ChainPoint{} : PointAt(position - 1);
  Tamper(GetParam().sql);
  EXPECT_THAT(Verify({.after = before, .limit = 2}), IsFault(GetParam().kind, position));
}

constexpr char kSwap[] =
    "CREATE TABLE aside AS SELECT * FROM change WHERE sequence IN (4, 5);"
    "DELETE FROM change WHERE sequence IN (4, 5);"
    "UPDATE aside SET sequence = 9 - sequence;"
    "INSERT INTO change SELECT * FROM aside; DROP TABLE aside";

INSTANTIATE_TEST_SUITE_P(
    Tampering, SqliteTamperTest,
    ::testing::ValuesIn<TamperCase>({
        {"FirstDeleted", "DELETE FROM change WHERE sequence = 1", ChainFaultKind::kMissing, 1},
        {"OneDeleted", "DELETE FROM change WHERE sequence = 4", ChainFaultKind::kMissing, 4},
        {"DeletedAndClosedUp",
         "DELETE FROM change WHERE sequence = 7; UPDATE change SET sequence = sequence - 1,"
         " commit_sequence = commit_sequence - 1 WHERE sequence > 7",
         ChainFaultKind::kAltered, 7},
        {"CommitCutAtTheEnd", "DELETE FROM change WHERE sequence > 5", ChainFaultKind::kMissing, 6},
        {"Payload", "UPDATE change SET payload = x'00' WHERE sequence = 5",
         ChainFaultKind::kAltered, 5},
        {"Actor", "UPDATE change SET actor = 'you' WHERE sequence = 1", ChainFaultKind::kAltered,
         1},
        {"Time", "UPDATE change SET time_us = time_us + 1 WHERE sequence = 10",
         ChainFaultKind::kAltered, 10},
        {"Method", "UPDATE change SET method = '' WHERE sequence = 6", ChainFaultKind::kAltered, 6},
        {"Hash", "UPDATE change SET hash = zeroblob(32) WHERE sequence = 6",
         ChainFaultKind::kAltered, 6},
        {"Swapped", kSwap, ChainFaultKind::kReordered, 4},
    }),
    testkit::CaseName<TamperCase>);

TEST_F(SqliteChainTest, CutTailShowsAgainstAnEarlierHead) {
  const ChainPoint head = PointAt(kHead);
  Tamper(
      "DELETE FROM change WHERE sequence > 8; UPDATE current SET sequence = 8, version = 4"
      " WHERE name = 'a'");
  EXPECT_THAT(Verify(), IsWholeUpTo(8));
  EXPECT_THAT(Verify({.expected = head, .limit = kAll}), IsFault(ChainFaultKind::kMissing, 9));
  EXPECT_THAT(Verify({.after = head, .limit = kAll}), IsFault(ChainFaultKind::kMissing, kHead));
}

TEST_F(SqliteChainTest, LogWrittenAnewShowsAgainstAnEarlierHead) {
  ChainPoint other = PointAt(5);
  other.hash[0] = static_cast<char>(other.hash[0] ^ 1);
  EXPECT_THAT(Verify({.expected = other, .limit = kAll}),
              AllOf(IsFault(ChainFaultKind::kReplaced, 5), IsVerifiedTo(4)));
  EXPECT_THAT(Verify({.after = other, .limit = kAll}),
              AllOf(IsFault(ChainFaultKind::kReplaced, 5), IsVerifiedTo(0)));
  EXPECT_THAT(Verify({.after = PointAt(7), .expected = other, .limit = kAll}),
              IsFault(ChainFaultKind::kReplaced, 5));
}

TEST_F(SqliteChainTest, OldVersionShownAsTheNewestIsFound) {
  Tamper("UPDATE current SET sequence = 2, version = 1 WHERE name = 'b'");
  EXPECT_THAT(Verify(), IsFault(ChainFaultKind::kHidden, 5));
}

TEST_F(SqliteChainTest, NameThatIsNoLongerFoundIsFound) {
  Tamper("DELETE FROM current WHERE name = 'c'");
  EXPECT_THAT(Verify(), IsFault(ChainFaultKind::kHidden, 6));
}

TEST_F(SqliteChainTest, LogOfAnotherStoreIsFound) {
  Tamper("UPDATE store SET store_id = 'another'");
  ledger_.reset();
  ledger_ = home_.Open(clock_, ids_).value();
  EXPECT_THAT(Verify(), IsFault(ChainFaultKind::kAltered, 1));
}

TEST_F(SqliteChainTest, TriggerForbidsAnUpdate) {
  SQLite::Database database(home_.path(), SQLite::OPEN_READWRITE);
  EXPECT_THROW(database.exec("UPDATE change SET actor = 'you'"), SQLite::Exception);
}

}  // namespace
}  // namespace common::storage::sqlite
