// What a write leaves behind: versions, sequences, times, keys, answers; and what it must not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/audit_chain.h"
#include "tests/common/storage/ledger_conformance.h"
#include "tests/testkit/status_matchers.h"

namespace common::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testkit::HasReason;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

absl::Status Refusal() {
  return Error(absl::StatusCode::kFailedPrecondition, kIllegalStateChange, "not now");
}

// A work that writes `record` and then fails.
Ledger::Work PutsThenFails(NewRecord record) {
  return [record](Transaction& transaction) -> absl::StatusOr<std::string> {
    RETURN_IF_ERROR(transaction.Put(record).status());
    RETURN_IF_ERROR(transaction.SetValue("left", "behind"));
    return Refusal();
  };
}

TEST_P(LedgerConformance, NewLedgerIsEmpty) {
  EXPECT_EQ(ledger().Head(), 0);
  EXPECT_THAT(Changes(), IsEmpty());
  EXPECT_EQ(Get("units/a"), std::nullopt);
  EXPECT_EQ(GetValue("token"), std::nullopt);
}

TEST_P(LedgerConformance, WriteStoresAllOfARecord) {
  const WriteResult result = Write({Unit("units/a", "content")},
                                   {.actor = "Nguyễn Văn A", .method = "UnitService/Create"});
  EXPECT_EQ(result.commit_sequence, 1);
  EXPECT_FALSE(result.replayed);
  Record expected{.kind = "unit",
                  .name = "units/a",
                  .payload = "content",
                  .version = 1,
                  .sequence = 1,
                  .commit_sequence = 1,
                  .time = clock_.Now(),
                  .actor = "Nguyễn Văn A",
                  .method = "UnitService/Create"};
  expected.hash = ChainHash(ChainStart(ledger().Identity().store_id), expected);
  EXPECT_THAT(Get("units/a"), Optional(expected));
  EXPECT_THAT(Changes(), ElementsAre(expected));
}

TEST_P(LedgerConformance, WriteStoresTheTraceOutsideTheChain) {
  const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  Write({Unit("units/a"), Unit("units/b")}, {.trace = trace});
  Write({Unit("units/a")});
  EXPECT_THAT(Changes(), ElementsAre(Field(&Record::trace, trace), Field(&Record::trace, trace),
                                     Field(&Record::trace, "")));
  EXPECT_THAT(Get("units/b"), Optional(Field(&Record::trace, trace)));
  Record untraced = *Get("units/b");
  untraced.trace.clear();
  EXPECT_EQ(ChainHash(Changes().front().hash, untraced), untraced.hash);
}

TEST_P(LedgerConformance, WriteReturnsWhatTheWorkAnswers) {
  EXPECT_THAT(ledger().Write({}, Puts({Unit("units/a")}, "the answer")),
              IsOkAndHolds(Field(&WriteResult::answer, "the answer")));
}

TEST_P(LedgerConformance, PutReturnsTheVersionWithoutItsCommit) {
  Record put;
  ASSERT_THAT(ledger().Write({.actor = "me"},
                             [&](Transaction& transaction) -> absl::StatusOr<std::string> {
                               ASSIGN_OR_RETURN(put, transaction.Put(Unit("units/a", "content")));
                               return "";
                             }),
              IsOk());
  Record expected = Get("units/a").value_or(Record{});
  expected.commit_sequence = 0;
  expected.hash.clear();
  EXPECT_EQ(put, expected);
}

TEST_P(LedgerConformance, EachVersionIsOneMoreThanTheLast) {
  Write({Unit("units/a", "one")});
  Write({Unit("units/b", "other")});
  Write({Unit("units/a", "two"), Unit("units/a", "three")});
  EXPECT_THAT(History("units/a"),
              ElementsAre(Field(&Record::version, 1), Field(&Record::version, 2),
                          Field(&Record::version, 3)));
  EXPECT_THAT(Get("units/a"), Optional(Field(&Record::payload, "three")));
  EXPECT_THAT(Get("units/b"), Optional(Field(&Record::version, 1)));
}

TEST_P(LedgerConformance, SequencesHaveNoGapsAfterFailedAndValidatedWrites) {
  Write({Unit("units/a")});
  EXPECT_THAT(ledger().Write({}, PutsThenFails(Unit("units/b"))), HasReason(kIllegalStateChange));
  Write({Unit("units/c")}, {.validate_only = true});
  Write({Unit("units/d"), Unit("units/e")});
  EXPECT_THAT(Sequences(Changes()), ElementsAre(1, 2, 3));
  EXPECT_EQ(ledger().Head(), 3);
}

TEST_P(LedgerConformance, RecordsOfOneWriteShareItsCommitSequence) {
  Write({Unit("units/a"), Unit("units/b"), Unit("units/c")});
  EXPECT_EQ(Write({Unit("units/d")}).commit_sequence, 4);
  EXPECT_THAT(Changes(),
              ElementsAre(Field(&Record::commit_sequence, 3), Field(&Record::commit_sequence, 3),
                          Field(&Record::commit_sequence, 3), Field(&Record::commit_sequence, 4)));
}

TEST_P(LedgerConformance, HashesGoOnOverFailedAndValidatedWritesAndReopening) {
  Write({Unit("units/a"), Unit("units/a", "two")}, {.actor = "me", .method = "Create"});
  EXPECT_THAT(ledger().Write({}, PutsThenFails(Unit("units/b"))), HasReason(kIllegalStateChange));
  Write({Unit("units/c")}, {.validate_only = true});
  Write({});
  Write({Unit("units/d")});
  Reopen();
  Write({Unit("units/e")});
  std::string before = ChainStart(ledger().Identity().store_id);
  for (const Record& record : Changes()) {
    EXPECT_EQ(record.hash, ChainHash(before, record)) << record.sequence;
    before = record.hash;
  }
  EXPECT_EQ(ledger().Head(), 4);
}

// One of them fails amid the others, which may share its commit.
TEST_P(LedgerConformance, HashesGoOnOverWritesThatShareACommit) {
  for (int i = 0; i < 50; ++i) {
    const auto ignore = [](const absl::StatusOr<WriteResult>&) {};
    ledger().WriteAsync({}, Puts({Unit(std::to_string(i)), Unit("units/all")}), ignore);
    ledger().WriteAsync({}, PutsThenFails(Unit("units/all")), ignore);
  }
  Write({Unit("units/last")});
  EXPECT_THAT(Verify(), IsWholeUpTo(101));
}

TEST_P(LedgerConformance, WriteWithoutRecordsAnswersTheHead) {
  Write({Unit("units/a")});
  EXPECT_EQ(Write({}).commit_sequence, 1);
  EXPECT_EQ(ledger().Head(), 1);
}

TEST_P(LedgerConformance, TimesAreCutToWholeMicroseconds) {
  const absl::Time whole = clock_.Now();
  clock_.Set(whole + absl::Nanoseconds(1999));
  Write({Unit("units/a")});
  EXPECT_THAT(Get("units/a"), Optional(Field(&Record::time, whole + absl::Microseconds(1))));
}

TEST_P(LedgerConformance, TimesDoNotGoBackWithTheClock) {
  const absl::Time start = clock_.Now();
  Write({Unit("units/a")});
  clock_.Advance(-absl::Hours(1));
  Write({Unit("units/b")});
  Reopen();
  Write({Unit("units/c")});
  EXPECT_THAT(Changes(), ElementsAre(Field(&Record::time, start), Field(&Record::time, start),
                                     Field(&Record::time, start)));
}

TEST_P(LedgerConformance, AllRecordsOfAWriteGetTheTimeTheWorkSees) {
  absl::Time seen;
  ASSERT_THAT(ledger().Write({},
                             [&](Transaction& transaction) -> absl::StatusOr<std::string> {
                               seen = transaction.Now();
                               clock_.Advance(absl::Seconds(1));
                               RETURN_IF_ERROR(transaction.Put(Unit("units/a")).status());
                               return "";
                             }),
              IsOk());
  EXPECT_THAT(Get("units/a"), Optional(Field(&Record::time, seen)));
}

TEST_P(LedgerConformance, RepeatedRequestGetsTheFirstAnswerAndWritesNothing) {
  const WriteOptions options{.request = Request("id-1")};
  ASSERT_THAT(ledger().Write(options, Puts({Unit("units/a", "first")}, "first")), IsOk());
  Write({Unit("units/b")});
  const auto repeated = ledger().Write(options, Puts({Unit("units/a", "second")}, "second"));
  ASSERT_THAT(repeated, IsOk());
  EXPECT_EQ(repeated->answer, "first");
  EXPECT_EQ(repeated->commit_sequence, 1);
  EXPECT_TRUE(repeated->replayed);
  EXPECT_EQ(ledger().Head(), 2);
}

TEST_P(LedgerConformance, AnswersToRequestsSurviveReopening) {
  const WriteOptions options{.request = Request("id-1")};
  const std::string answer("an answer\0with a NUL", 20);
  ASSERT_THAT(ledger().Write(options, Puts({Unit("units/a")}, answer)), IsOk());
  Reopen();
  EXPECT_THAT(ledger().Write(options, Puts({Unit("units/a")}, "second")),
              IsOkAndHolds(Field(&WriteResult::answer, answer)));
}

TEST_P(LedgerConformance, RequestThatWroteNothingIsRememberedToo) {
  const WriteOptions options{.request = Request("id-1")};
  ASSERT_THAT(ledger().Write(options, Puts({}, "first")), IsOk());
  Reopen();
  EXPECT_THAT(ledger().Write(options, Puts({}, "second")),
              IsOkAndHolds(Field(&WriteResult::answer, "first")));
}

TEST_P(LedgerConformance, RequestIdWithOtherContentIsRefused) {
  Write({Unit("units/a")}, {.request = Request("id-1", "content")});
  const auto reused = ledger().Write({.request = Request("id-1", "other")}, Puts({}));
  EXPECT_THAT(reused, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(reused, HasReason(kRequestIdReused));
}

TEST_P(LedgerConformance, RequestIdsOfOtherPrincipalsAndMethodsAreTheirOwn) {
  RequestKey other_principal = Request("id-1");
  other_principal.principal = "cluster-head";
  RequestKey other_method = Request("id-1");
  other_method.method = "UpdateUnit";
  for (const RequestKey& request : {Request("id-1"), other_principal, other_method}) {
    EXPECT_FALSE(Write({Unit("units/a")}, {.request = request}).replayed);
  }
  EXPECT_EQ(ledger().Head(), 3);
}

TEST_P(LedgerConformance, FailedRequestMayBeTriedAgainWithItsId) {
  const WriteOptions options{.request = Request("id-1")};
  EXPECT_THAT(ledger().Write(options, PutsThenFails(Unit("units/a"))),
              HasReason(kIllegalStateChange));
  EXPECT_FALSE(Write({Unit("units/a")}, options).replayed);
}

TEST_P(LedgerConformance, ValidatedWriteLeavesNothingAndNotEvenItsRequestId) {
  Write({Unit("units/a", "old", {{"state", "open"}})});
  const WriteOptions dry{.request = Request("id-1"), .validate_only = true};
  const auto validated =
      ledger().Write(dry, [](Transaction& transaction) -> absl::StatusOr<std::string> {
        RETURN_IF_ERROR(transaction.Put(Unit("units/a", "new", {{"state", "shut"}})).status());
        RETURN_IF_ERROR(transaction.SetValue("token", "new"));
        return "would do";
      });
  ASSERT_THAT(validated, IsOk());
  EXPECT_EQ(validated->answer, "would do");
  EXPECT_EQ(validated->commit_sequence, 1);
  EXPECT_THAT(Get("units/a"), Optional(Field(&Record::payload, "old")));
  EXPECT_EQ(GetValue("token"), std::nullopt);
  EXPECT_EQ(ledger().Head(), 1);
  EXPECT_FALSE(Write({Unit("units/a")}, {.request = Request("id-1", "other")}).replayed);
}

TEST_P(LedgerConformance, ValidatedWriteFailsAsTheRealOneWould) {
  EXPECT_THAT(ledger().Write({.validate_only = true}, PutsThenFails(Unit("units/a"))),
              HasReason(kIllegalStateChange));
}

TEST_P(LedgerConformance, ValidatedRepetitionIsAnsweredAsTheRealOne) {
  Write({Unit("units/a")}, {.request = Request("id-1")});
  EXPECT_TRUE(Write({}, {.request = Request("id-1"), .validate_only = true}).replayed);
  EXPECT_THAT(
      ledger().Write({.request = Request("id-1", "other"), .validate_only = true}, Puts({})),
      HasReason(kRequestIdReused));
}

TEST_P(LedgerConformance, FailingWorkLeavesNothingAndItsErrorIsReturnedAsItIs) {
  const auto failed = ledger().Write({}, PutsThenFails(Unit("units/a", "", {{"state", "open"}})));
  EXPECT_EQ(failed.status(), Refusal());
  EXPECT_EQ(Get("units/a"), std::nullopt);
  EXPECT_THAT(List({.kind = "unit", .where = IndexKey{"state", "open"}, .limit = 10}), IsEmpty());
  EXPECT_EQ(GetValue("left"), std::nullopt);
  EXPECT_EQ(ledger().Head(), 0);
}

TEST_P(LedgerConformance, WorkThatThrowsIsAnInternalErrorAndLeavesNothing) {
  EXPECT_THAT(ledger().Write({},
                             [](Transaction& transaction) -> absl::StatusOr<std::string> {
                               RETURN_IF_ERROR(transaction.Put(Unit("units/a")).status());
                               throw std::runtime_error("a mistake");
                             }),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_EQ(ledger().Head(), 0);
  Write({Unit("units/b")});
}

// Puts many writes into the queue while the writer is held up, so that they share a commit.
TEST_P(LedgerConformance, WritesThatShareACommitDoNotShareTheirFate) {
  std::promise<void> release;
  std::vector<std::promise<absl::StatusOr<WriteResult>>> results(5);
  const auto deliver = [&](size_t i) {
    return [&results, i](absl::StatusOr<WriteResult> result) {
      results[i].set_value(std::move(result));
    };
  };
  ledger().WriteAsync(
      {},
      [&](Transaction&) -> absl::StatusOr<std::string> {
        release.get_future().wait();
        return "";
      },
      deliver(0));
  ledger().WriteAsync({}, Puts({Unit("units/a", "1"), Unit("units/b")}), deliver(1));
  ledger().WriteAsync({}, PutsThenFails(Unit("units/a", "2")), deliver(2));
  ledger().WriteAsync({.validate_only = true}, Puts({Unit("units/a", "3")}), deliver(3));
  ledger().WriteAsync({}, Puts({Unit("units/a", "4")}), deliver(4));
  release.set_value();
  std::vector<absl::StatusOr<WriteResult>> got;
  for (auto& result : results) got.push_back(result.get_future().get());

  EXPECT_THAT(got[1], IsOkAndHolds(Field(&WriteResult::commit_sequence, 2)));
  EXPECT_THAT(got[2], HasReason(kIllegalStateChange));
  EXPECT_THAT(got[3], IsOkAndHolds(Field(&WriteResult::commit_sequence, 2)));
  EXPECT_THAT(got[4], IsOkAndHolds(Field(&WriteResult::commit_sequence, 3)));
  EXPECT_THAT(History("units/a"),
              ElementsAre(Field(&Record::payload, "1"), Field(&Record::payload, "4")));
}

TEST_P(LedgerConformance, NamesKindsAndKeysDifferingOnlyInCaseAreDistinct) {
  Write({Unit("units/a", "lower", {{"state", "open"}}),
         Unit("units/A", "upper", {{"state", "Open"}})});
  EXPECT_THAT(Get("units/a"), Optional(Field(&Record::payload, "lower")));
  EXPECT_THAT(Get("units/A"), Optional(Field(&Record::payload, "upper")));
  EXPECT_EQ(Get("units/a", "UNIT"), std::nullopt);
  EXPECT_THAT(Names(List({.kind = "unit", .where = IndexKey{"state", "open"}, .limit = 10})),
              ElementsAre("units/a"));
}

TEST_P(LedgerConformance, TrailingSpacesAndComposedLettersDistinguishNames) {
  // "é" as one character and as "e" with an accent look alike and are different bytes.
  Write({Unit("a"), Unit("a "), Unit("\xc3\xa9"), Unit("e\xcc\x81")});
  EXPECT_THAT(Names(List({.kind = "unit", .limit = 10})),
              ElementsAre("a", "a ", "e\xcc\x81", "\xc3\xa9"));
}

TEST_P(LedgerConformance, SameNameInTwoKindsIsTwoRecords) {
  Write({{.kind = "unit", .name = "x", .payload = "u"},
         {.kind = "pact", .name = "x", .payload = "p"}});
  EXPECT_THAT(Get("x", "unit"), Optional(Field(&Record::payload, "u")));
  EXPECT_THAT(Get("x", "pact"), Optional(Field(&Record::payload, "p")));
  EXPECT_THAT(Names(List({.kind = "pact", .limit = 10})), ElementsAre("x"));
}

TEST_P(LedgerConformance, PayloadsAndNamesKeepNulBytes) {
  const std::string payload("\0a\0\xff\0", 5);
  const std::string name("a\0b", 3);
  Write({Unit(name, payload), Unit("a", "plain")});
  EXPECT_THAT(Get(name), Optional(Field(&Record::payload, payload)));
  EXPECT_THAT(Get("a"), Optional(Field(&Record::payload, "plain")));
}

TEST_P(LedgerConformance, EmptyPayloadsAndBigOnesComeBackWhole) {
  std::string big(size_t{8} << 20, 'x');
  big.back() = 'y';
  Write({Unit("empty", ""), Unit("big", big)});
  EXPECT_THAT(Get("empty"), Optional(Field(&Record::payload, "")));
  const std::optional<Record> record = Get("big");
  ASSERT_TRUE(record.has_value());
  EXPECT_TRUE(record->payload == big);
}

TEST_P(LedgerConformance, KindsAreRefusedWhenEmptyOrLongerThan64Bytes) {
  EXPECT_THAT(ledger().Write({}, Puts({{.kind = "", .name = "x"}})),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(ledger().Write({}, Puts({{.kind = std::string(65, 'k'), .name = "x"}})),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(ledger().Write({}, Puts({{.kind = std::string(64, 'k'), .name = "x"}})), IsOk());
}

TEST_P(LedgerConformance, NamedValuesAreSetAndReplacedWithTheWrite) {
  const auto set = [this](std::string value) {
    EXPECT_THAT(ledger().Write({},
                               [value](Transaction& t) -> absl::StatusOr<std::string> {
                                 RETURN_IF_ERROR(t.SetValue("token", value));
                                 return "";
                               }),
                IsOk());
  };
  set("one");
  EXPECT_THAT(GetValue("token"), Optional(Eq("one")));
  set("");
  EXPECT_THAT(GetValue("token"), Optional(Eq("")));
  Reopen();
  EXPECT_THAT(GetValue("token"), Optional(Eq("")));
  EXPECT_EQ(GetValue("TOKEN"), std::nullopt);
  EXPECT_EQ(ledger().Head(), 0);
}

}  // namespace
}  // namespace common::storage
