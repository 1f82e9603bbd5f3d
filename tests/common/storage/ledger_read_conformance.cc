// What readers see: listings, histories, the change log, and a work's view of its own writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "tests/common/storage/ledger_conformance.h"
#include "tests/testkit/status_matchers.h"

namespace common::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;
using ::testkit::HasReason;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;

IndexKey InState(std::string state) { return {.index = "state", .value = std::move(state)}; }

// Asks for the units whose state is open.
ListQuery OpenOnes(std::string after_name = "", int limit = 100) {
  return {.kind = "unit",
          .where = InState("open"),
          .after_name = std::move(after_name),
          .limit = limit};
}

TEST_P(LedgerConformance, ListGoesByTheBytesOfTheNames) {
  Write({Unit("b"), Unit("a"), Unit("B"), Unit("a/1"), Unit("a-1"), Unit("á"), Unit("z")});
  EXPECT_THAT(Names(List({.kind = "unit", .limit = 100})),
              ElementsAre("B", "a", "a-1", "a/1", "b", "z", "á"));
}

TEST_P(LedgerConformance, ListGivesTheNewestVersions) {
  Write({Unit("a", "old"), Unit("b", "only")});
  Write({Unit("a", "new")});
  EXPECT_THAT(List({.kind = "unit", .limit = 100}),
              ElementsAre(Field(&Record::payload, "new"), Field(&Record::payload, "only")));
}

TEST_P(LedgerConformance, ListStopsAtItsLimitAndGoesOnAfterAName) {
  Write({Unit("a"), Unit("b"), Unit("c")});
  EXPECT_THAT(Names(List({.kind = "unit", .limit = 2})), ElementsAre("a", "b"));
  EXPECT_THAT(Names(List({.kind = "unit", .after_name = "b", .limit = 2})), ElementsAre("c"));
  EXPECT_THAT(Names(List({.kind = "unit", .after_name = "aa", .limit = 2})), ElementsAre("b", "c"));
  EXPECT_THAT(List({.kind = "unit", .after_name = "c", .limit = 2}), IsEmpty());
}

TEST_P(LedgerConformance, ListByKeyFindsWhatHasTheKey) {
  Write({Unit("c", "", {InState("open")}),
         Unit("a", "", {InState("open"), {"cluster", "red-river"}}),
         Unit("b", "", {InState("shut")}),
         {.kind = "pact", .name = "d", .payload = "", .keys = {InState("open")}}});
  EXPECT_THAT(Names(List(OpenOnes())), ElementsAre("a", "c"));
  EXPECT_THAT(Names(List(OpenOnes("", 1))), ElementsAre("a"));
  EXPECT_THAT(Names(List(OpenOnes("a"))), ElementsAre("c"));
  EXPECT_THAT(List({.kind = "unit", .where = IndexKey{"open", "state"}, .limit = 9}), IsEmpty());
}

TEST_P(LedgerConformance, ARecordMayHaveSeveralValuesUnderOneIndex) {
  Write({Unit("a", "", {{"member", "x"}, {"member", "y"}, {"member", "x"}})});
  EXPECT_THAT(Names(List({.kind = "unit", .where = IndexKey{"member", "x"}, .limit = 9})),
              ElementsAre("a"));
  EXPECT_THAT(Names(List({.kind = "unit", .where = IndexKey{"member", "y"}, .limit = 9})),
              ElementsAre("a"));
}

TEST_P(LedgerConformance, EachVersionReplacesTheKeysOfTheOneBefore) {
  const IndexKey kept{"cluster", "red-river"};
  Write({Unit("a", "", {InState("open"), kept})});
  Write({Unit("a", "", {InState("shut"), kept})});
  EXPECT_THAT(List(OpenOnes()), IsEmpty());
  EXPECT_THAT(Names(List({.kind = "unit", .where = InState("shut"), .limit = 9})),
              ElementsAre("a"));
  EXPECT_THAT(Names(List({.kind = "unit", .where = kept, .limit = 9})), ElementsAre("a"));
  Write({Unit("a")});
  EXPECT_THAT(List({.kind = "unit", .where = InState("shut"), .limit = 9}), IsEmpty());
  EXPECT_THAT(List({.kind = "unit", .where = kept, .limit = 9}), IsEmpty());
  EXPECT_THAT(Names(List({.kind = "unit", .limit = 9})), ElementsAre("a"));
}

TEST_P(LedgerConformance, KeysOfTwoVersionsInOneWriteAreThoseOfTheLast) {
  Write({Unit("a", "", {InState("open")}), Unit("a", "", {InState("shut")})});
  EXPECT_THAT(List(OpenOnes()), IsEmpty());
  EXPECT_THAT(Names(List({.kind = "unit", .where = InState("shut"), .limit = 9})),
              ElementsAre("a"));
}

TEST_P(LedgerConformance, PagingWhileOthersWriteShowsEachOldNameOnce) {
  for (int i = 10; i < 20; ++i) Write({Unit(absl::StrCat("u", i), "", {InState("open")})});
  std::vector<std::string> seen;
  std::string after;
  for (int page = 0; page < 5; ++page) {
    const std::vector<std::string> names = Names(List(OpenOnes(after, 2)));
    ASSERT_THAT(names, SizeIs(2));
    seen.insert(seen.end(), names.begin(), names.end());
    after = names.back();
    // One that sorts before the place, and a new version of one that was shown.
    Write({Unit(absl::StrCat("a", page), "", {InState("open")}),
           Unit(names.front(), "new", {InState("open")})});
  }
  EXPECT_THAT(seen,
              ElementsAre("u10", "u11", "u12", "u13", "u14", "u15", "u16", "u17", "u18", "u19"));
  EXPECT_THAT(List(OpenOnes(after)), IsEmpty());
}

TEST_P(LedgerConformance, HistoryGivesTheVersionsAfterOne) {
  for (const char* payload : {"1", "2", "3", "4"}) Write({Unit("a", payload), Unit("b")});
  EXPECT_THAT(History("a", 1, 2),
              ElementsAre(Field(&Record::payload, "2"), Field(&Record::payload, "3")));
  EXPECT_THAT(History("a", 4), IsEmpty());
  EXPECT_THAT(History("nobody"), IsEmpty());
}

TEST_P(LedgerConformance, GetAtGivesTheNewestVersionUpToASequence) {
  Write({Unit("a", "1"), Unit("b")});
  Write({Unit("a", "2"), Unit("a", "3")});
  EXPECT_EQ(GetAt("a", 0), std::nullopt);
  EXPECT_THAT(GetAt("a", 1), Optional(Field(&Record::payload, "1")));
  EXPECT_THAT(GetAt("a", 2), Optional(Field(&Record::payload, "1")));
  EXPECT_THAT(GetAt("a", 3), Optional(Field(&Record::payload, "2")));
  EXPECT_EQ(GetAt("a", 4), Get("a"));
  EXPECT_EQ(GetAt("a", 99), Get("a"));
  EXPECT_EQ(GetAt("b", 1), std::nullopt);
  EXPECT_EQ(GetAt("nobody", 99), std::nullopt);
}

TEST_P(LedgerConformance, PositionAtIsThatOfTheLastRecordUpToATime) {
  const absl::Time first = clock_.Now();
  EXPECT_EQ(PositionAt(first), 0);
  Write({Unit("a"), Unit("b")});
  clock_.Advance(absl::Seconds(10));
  Write({Unit("c")});
  Write({Unit("d")});
  clock_.Advance(absl::Seconds(10));
  Write({Unit("e")});
  EXPECT_EQ(PositionAt(absl::InfinitePast()), 0);
  EXPECT_EQ(PositionAt(first - absl::Microseconds(1)), 0);
  EXPECT_EQ(PositionAt(first), 2);
  EXPECT_EQ(PositionAt(first + absl::Seconds(10) - absl::Microseconds(1)), 2);
  EXPECT_EQ(PositionAt(first + absl::Seconds(10)), 4);
  EXPECT_EQ(PositionAt(first + absl::Seconds(19)), 4);
  EXPECT_EQ(PositionAt(first + absl::Seconds(20)), 5);
  EXPECT_EQ(PositionAt(absl::InfiniteFuture()), 5);
}

TEST_P(LedgerConformance, PositionAtHoldsWhenTheClockWentBack) {
  const absl::Time first = clock_.Now();
  Write({Unit("a")});
  clock_.Advance(-absl::Hours(1));
  Write({Unit("b")});
  EXPECT_EQ(PositionAt(first - absl::Microseconds(1)), 0);
  EXPECT_EQ(PositionAt(first), 2);
}

TEST_P(LedgerConformance, WorkSeesItsOwnWritesAsKnownNow) {
  const absl::Time before = clock_.Now();
  Write({Unit("a", "1")});
  clock_.Advance(absl::Seconds(1));
  const auto work = [&](Transaction& transaction) -> absl::StatusOr<std::string> {
    RETURN_IF_ERROR(transaction.Put(Unit("a", "2")).status());
    RETURN_IF_ERROR(transaction.Put(Unit("a", "3")).status());
    EXPECT_THAT(transaction.GetAt("unit", "a", 1),
                IsOkAndHolds(Optional(Field(&Record::payload, "1"))));
    EXPECT_THAT(transaction.GetAt("unit", "a", 2),
                IsOkAndHolds(Optional(Field(&Record::payload, "2"))));
    EXPECT_THAT(transaction.GetAt("unit", "a", 9),
                IsOkAndHolds(Optional(Field(&Record::payload, "3"))));
    EXPECT_THAT(transaction.PositionAt(before), IsOkAndHolds(1));
    EXPECT_THAT(transaction.PositionAt(transaction.Now()), IsOkAndHolds(3));
    EXPECT_THAT(Sequences(transaction.Log(0, 2).value()), ElementsAre(1, 2));
    EXPECT_THAT(Sequences(transaction.Log(1, 9).value()), ElementsAre(2, 3));
    EXPECT_THAT(Sequences(transaction.Log(2, 9).value()), ElementsAre(3));
    return "";
  };
  EXPECT_THAT(ledger().Write({}, work), IsOk());
}

TEST_P(LedgerConformance, LogGoesOnAfterASequenceAndMayCutACommit) {
  Write({Unit("a"), Unit("b"), Unit("c")});
  Write({Unit("d")});
  EXPECT_THAT(Names(Log(0, 2)), ElementsAre("a", "b"));
  EXPECT_THAT(Names(Log(2, 2)), ElementsAre("c", "d"));
  EXPECT_THAT(Log(4, 2), IsEmpty());
}

TEST_P(LedgerConformance, LogStopsAtAboutOneMebibyte) {
  const std::string half(size_t{600} << 10, 'x');
  Write({Unit("a", half), Unit("b", half), Unit("c", half)});
  EXPECT_THAT(Names(Log(0, 100)), ElementsAre("a", "b"));
}

TEST_P(LedgerConformance, ChangesGoOnAfterASequence) {
  for (const char* name : {"a", "b", "c"}) Write({Unit(name)});
  EXPECT_THAT(Names(Changes(1)), ElementsAre("b", "c"));
  EXPECT_THAT(Names(Changes(0, 2)), ElementsAre("a", "b"));
  EXPECT_THAT(Changes(3), IsEmpty());
  EXPECT_THAT(Changes(99), IsEmpty());
}

TEST_P(LedgerConformance, ChangesHoldOldVersionsAsTheyWere) {
  Write({Unit("a", "old")});
  const std::vector<Record> before = Changes();
  Write({Unit("a", "new")});
  EXPECT_THAT(Changes(0, 1), ElementsAreArray(before));
}

TEST_P(LedgerConformance, ChangesNeverCutACommit) {
  Write({Unit("a"), Unit("b"), Unit("c")});
  Write({Unit("d"), Unit("e")});
  EXPECT_THAT(Names(Changes(0, 1)), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Names(Changes(0, 3)), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Names(Changes(0, 4)), ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_THAT(Names(Changes(3, 1)), ElementsAre("d", "e"));
}

TEST_P(LedgerConformance, ChangesStopAtAboutOneMebibyte) {
  const std::string half(size_t{600} << 10, 'x');
  for (const char* name : {"a", "b", "c"}) Write({Unit(name, half)});
  EXPECT_THAT(Names(Changes()), ElementsAre("a", "b"));
  Write({Unit("d", std::string(size_t{3} << 20, 'x'))});
  EXPECT_THAT(Names(Changes(3)), ElementsAre("d"));
}

TEST_P(LedgerConformance, WorkSeesWhatItWroteBefore) {
  Write({Unit("a", "old", {InState("open")}), Unit("b", "", {InState("open")}),
         Unit("d", "", {InState("open")})});
  const auto work = [](Transaction& transaction) -> absl::StatusOr<std::string> {
    RETURN_IF_ERROR(transaction.Put(Unit("a", "new", {InState("shut")})).status());
    RETURN_IF_ERROR(transaction.Put(Unit("c", "", {InState("open")})).status());
    RETURN_IF_ERROR(transaction.SetValue("token", "new"));
    EXPECT_THAT(transaction.Get("unit", "a"),
                IsOkAndHolds(Optional(Field(&Record::payload, "new"))));
    EXPECT_THAT(transaction.GetValue("token"), IsOkAndHolds(Optional(std::string("new"))));
    EXPECT_EQ(transaction.Head(), 5);
    EXPECT_THAT(Names(transaction.List(OpenOnes()).value()), ElementsAre("b", "c", "d"));
    EXPECT_THAT(Names(transaction.List(OpenOnes("", 2)).value()), ElementsAre("b", "c"));
    EXPECT_THAT(Names(transaction.List(OpenOnes("b", 9)).value()), ElementsAre("c", "d"));
    EXPECT_THAT(Names(transaction.List({.kind = "unit", .limit = 3}).value()),
                ElementsAre("a", "b", "c"));
    EXPECT_THAT(
        transaction.History("unit", "a", 0, 9),
        IsOkAndHolds(ElementsAre(Field(&Record::payload, "old"), Field(&Record::payload, "new"))));
    EXPECT_THAT(transaction.History("unit", "a", 0, 1),
                IsOkAndHolds(ElementsAre(Field(&Record::payload, "old"))));
    return "";
  };
  EXPECT_THAT(ledger().Write({}, work), IsOk());
}

TEST_P(LedgerConformance, WorkSeesTheWritesBefore) {
  Write({Unit("a", "old", {InState("open")})});
  EXPECT_THAT(ledger().Write({},
                             [](Transaction& t) -> absl::StatusOr<std::string> {
                               ASSIGN_OR_RETURN(const auto record, t.Get("unit", "a"));
                               return record.has_value() ? record->payload : "nothing";
                             }),
              IsOkAndHolds(Field(&WriteResult::answer, "old")));
}

TEST_P(LedgerConformance, ReadStaysOnItsSnapshotWhileOthersWrite) {
  Write({Unit("a", "old", {InState("open")})});
  EXPECT_THAT(ledger().Read([&](Reader& reader) -> absl::Status {
    Write({Unit("a", "new"), Unit("b", "", {InState("open")})});
    EXPECT_EQ(reader.Head(), 1);
    EXPECT_THAT(reader.Get("unit", "a"), IsOkAndHolds(Optional(Field(&Record::payload, "old"))));
    EXPECT_THAT(Names(reader.List(OpenOnes()).value()), ElementsAre("a"));
    EXPECT_THAT(reader.History("unit", "a", 0, 9), IsOkAndHolds(SizeIs(1)));
    return absl::OkStatus();
  }),
              IsOk());
  EXPECT_THAT(Get("a"), Optional(Field(&Record::payload, "new")));
}

TEST_P(LedgerConformance, ReadReturnsWhatItsFunctionReturns) {
  EXPECT_EQ(ledger().Read([](Reader&) { return absl::NotFoundError("no such unit"); }),
            absl::NotFoundError("no such unit"));
}

TEST_P(LedgerConformance, EverythingSurvivesReopening) {
  Write({Unit("a", "old", {InState("open")}), Unit("b", "", {InState("open")})}, {.actor = "me"});
  Write({Unit("a", "new", {InState("shut")})});
  const std::vector<Record> changes = Changes();
  const StoreIdentity identity = ledger().Identity();
  Reopen();
  EXPECT_EQ(ledger().Head(), 3);
  EXPECT_EQ(ledger().Identity(), identity);
  EXPECT_THAT(Changes(), ElementsAreArray(changes));
  EXPECT_THAT(Names(List(OpenOnes())), ElementsAre("b"));
  Write({Unit("a", "newest")});
  EXPECT_THAT(Get("a"), Optional(Field(&Record::version, 3)));
  EXPECT_EQ(ledger().Head(), 4);
}

TEST_P(LedgerConformance, NewStoreIsNamedByTheSourceOfIdsAndHasTheFirstEpoch) {
  EXPECT_EQ(ledger().Identity(),
            (StoreIdentity{.store_id = testkit::SequentialIds::Uuid(1), .epoch = 1}));
}

}  // namespace
}  // namespace common::storage
