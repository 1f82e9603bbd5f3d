#include "tests/services/awards/store/awards_store_conformance.h"

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/domain/appraisal.h"
#include "services/awards/domain/ballot.h"
#include "services/awards/domain/review.h"
#include "services/awards/domain/round.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/store/awards_store.h"
#include "tests/testkit/status_matchers.h"
#include "thidua/awards/v1/nomination.pb.h"
#include "thidua/awards/v1/score_sheet.pb.h"

namespace awards {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;
using common::storage::Transaction;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::IsOk;

void AwardsStoreConformance::Write(absl::FunctionRef<absl::Status(Transaction&)> work) {
  ASSERT_THAT(ledger_->Write({.actor = "test"},
                             [&](Transaction& transaction) -> absl::StatusOr<std::string> {
                               RETURN_IF_ERROR(work(transaction));
                               return "";
                             }),
              IsOk());
}

void AwardsStoreConformance::Read(absl::FunctionRef<absl::Status(Reader&)> read) {
  ASSERT_THAT(ledger_->Read(read), IsOk());
}

namespace {

template <typename T>
std::vector<std::string> NamesOf(const std::vector<Stored<T>>& all) {
  std::vector<std::string> names;
  for (const Stored<T>& stored : all) names.push_back(stored.name);
  return names;
}

v1::ScoreSheet Sheet(const std::string& name, const std::string& total = "1.00") {
  v1::ScoreSheet sheet;
  sheet.set_name(name);
  sheet.set_total(total);
  return sheet;
}

Appraisal Appraise(const std::string& reason) {
  return {.unit = "units/a", .criterion = "4.1", .verdict = DoesNotApply{}, .reason = reason};
}

TEST_P(AwardsStoreConformance, FindsWhatWasPut) {
  const Round round{.name = "rounds/r",
                    .title = {.vi = "Bình xét", .en = "Review"},
                    .cluster_year = "clusters/c/years/2020",
                    .state = RoundState::kScored,
                    .snapshot_hash = "h"};
  Write([&](Transaction& transaction) -> absl::Status {
    return Put(transaction, round.name, round).status();
  });
  Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto found, Find<Round>(reader, "rounds/r"));
    EXPECT_TRUE(found.has_value());
    if (!found.has_value()) return absl::OkStatus();
    EXPECT_EQ(found->value.title, round.title);
    EXPECT_EQ(found->value.state, RoundState::kScored);
    EXPECT_EQ(found->version, 1);
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, FindsNothingUnderAnotherNameOrKind) {
  Write([](Transaction& transaction) -> absl::Status {
    return Put(transaction, "rounds/r", Round{.name = "rounds/r"}).status();
  });
  Read([](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto other, Find<Round>(reader, "rounds/R"));
    EXPECT_FALSE(other.has_value());
    ASSIGN_OR_RETURN(const auto kind, Find<Rubric>(reader, "rounds/r"));
    EXPECT_FALSE(kind.has_value());
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, PuttingTheSameAgainIsNoNewVersion) {
  Write([](Transaction& transaction) -> absl::Status {
    for (int i = 0; i < 3; ++i) {
      ASSIGN_OR_RETURN(const auto stored,
                       Put(transaction, "rounds/r/appraisals/a.4.1", Appraise("always the same")));
      EXPECT_EQ(stored.version, 1);
    }
    return absl::OkStatus();
  });
  EXPECT_EQ(ledger_->Head(), 1);
}

TEST_P(AwardsStoreConformance, KeepsEarlierVersionsReadable) {
  Write([](Transaction& transaction) -> absl::Status {
    for (const char* reason : {"first", "second", "third"}) {
      RETURN_IF_ERROR(Put(transaction, "rounds/r/appraisals/a.4.1", Appraise(reason)).status());
    }
    return absl::OkStatus();
  });
  Read([](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto all, History<Appraisal>(reader, "rounds/r/appraisals/a.4.1", 10));
    EXPECT_EQ(all.size(), 3U);
    EXPECT_EQ(all.at(0).value.reason, "first");
    EXPECT_EQ(all.at(2).value.reason, "third");
    EXPECT_EQ(all.at(2).version, 3);
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, ListsARoundByNameAPageAtATime) {
  Write([](Transaction& transaction) -> absl::Status {
    for (const char* name : {"rounds/r/scoreSheets/c", "rounds/r/scoreSheets/a",
                             "rounds/s/scoreSheets/b", "rounds/r/scoreSheets/b"}) {
      RETURN_IF_ERROR(Put(transaction, name, Sheet(name)).status());
    }
    return absl::OkStatus();
  });
  Read([](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto first,
                     List<v1::ScoreSheet>(reader, {.round = "rounds/r", .after = "", .limit = 2}));
    EXPECT_THAT(NamesOf(first), ElementsAre("rounds/r/scoreSheets/a", "rounds/r/scoreSheets/b"));
    ASSIGN_OR_RETURN(
        const auto second,
        List<v1::ScoreSheet>(reader,
                             {.round = "rounds/r", .after = "rounds/r/scoreSheets/b", .limit = 2}));
    EXPECT_THAT(NamesOf(second), ElementsAre("rounds/r/scoreSheets/c"));
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, ListsAllOfAKindWithoutARound) {
  Write([](Transaction& transaction) -> absl::Status {
    RETURN_IF_ERROR(Put(transaction, "rounds/b", Round{.name = "rounds/b"}).status());
    return Put(transaction, "rounds/a", Round{.name = "rounds/a"}).status();
  });
  Read([](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto rounds,
                     List<Round>(reader, {.round = "", .after = "", .limit = 9}));
    EXPECT_THAT(NamesOf(rounds), ElementsAre("rounds/a", "rounds/b"));
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, FindsWhatHasNoContentAtAll) {
  Write([](Transaction& transaction) -> absl::Status {
    return Put(transaction, "rounds/r/scoreSheets/a", v1::ScoreSheet()).status();
  });
  Read([](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto found, Find<v1::ScoreSheet>(reader, "rounds/r/scoreSheets/a"));
    EXPECT_TRUE(found.has_value());
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, ListAllGoesBeyondOnePage) {
  constexpr int kSheets = 1203;
  Write([](Transaction& transaction) -> absl::Status {
    for (int i = 0; i < kSheets; ++i) {
      const std::string name = "rounds/r/scoreSheets/u" + std::to_string(i);
      RETURN_IF_ERROR(Put(transaction, name, Sheet(name)).status());
    }
    return absl::OkStatus();
  });
  Read([](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto all, ListAll<v1::ScoreSheet>(reader, "rounds/r"));
    EXPECT_EQ(all.size(), static_cast<size_t>(kSheets));
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, WhatIsRemovedIsNeitherFoundNorListed) {
  const std::string name = "rounds/r/scoreSheets/a";
  Write([&](Transaction& transaction) -> absl::Status {
    RETURN_IF_ERROR(Put(transaction, name, Sheet(name)).status());
    return Remove<v1::ScoreSheet>(transaction, name);
  });
  Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto found, Find<v1::ScoreSheet>(reader, name));
    EXPECT_FALSE(found.has_value());
    ASSIGN_OR_RETURN(const auto all, ListAll<v1::ScoreSheet>(reader, "rounds/r"));
    EXPECT_THAT(all, IsEmpty());
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, WhatIsRemovedCanComeBack) {
  const std::string name = "rounds/r/scoreSheets/a";
  Write([&](Transaction& transaction) -> absl::Status {
    RETURN_IF_ERROR(Put(transaction, name, Sheet(name)).status());
    RETURN_IF_ERROR(Remove<v1::ScoreSheet>(transaction, name));
    return Put(transaction, name, Sheet(name)).status();
  });
  Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto all, ListAll<v1::ScoreSheet>(reader, "rounds/r"));
    EXPECT_THAT(NamesOf(all), ElementsAre(name));
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, OutlivesTheProcess) {
  Write([](Transaction& transaction) -> absl::Status {
    v1::Nomination nomination;
    nomination.set_name("rounds/r/nominations/flag.a");
    nomination.set_grounds("rank 1 of 2");
    return Put(transaction, nomination.name(), nomination).status();
  });
  ledger_.reset();
  ledger_ = GetParam().open(folder_);
  Read([](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto found, Find<v1::Nomination>(reader, "rounds/r/nominations/flag.a"));
    EXPECT_TRUE(found.has_value());
    EXPECT_EQ(found->value.grounds(), "rank 1 of 2");
    return absl::OkStatus();
  });
}

v1::Hold SomeHold(const std::string& name, const std::string& unit) {
  v1::Hold hold;
  hold.set_name(name);
  hold.set_unit(unit);
  return hold;
}

TEST_P(AwardsStoreConformance, ListsWhatIsAboutAUnit) {
  Write([](Transaction& transaction) -> absl::Status {
    RETURN_IF_ERROR(Put(transaction, "holds/b", SomeHold("holds/b", "units/a")).status());
    RETURN_IF_ERROR(Put(transaction, "holds/a", SomeHold("holds/a", "units/a")).status());
    return Put(transaction, "holds/c", SomeHold("holds/c", "units/c")).status();
  });
  Read([](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto of_a, ListOfUnit<v1::Hold>(reader, "units/a"));
    EXPECT_THAT(NamesOf(of_a), ElementsAre("holds/a", "holds/b"));
    ASSIGN_OR_RETURN(const auto all, ListAll<v1::Hold>(reader, ""));
    EXPECT_THAT(NamesOf(all), ElementsAre("holds/a", "holds/b", "holds/c"));
    ASSIGN_OR_RETURN(const auto none, ListOfUnit<v1::Hold>(reader, "units/b"));
    EXPECT_THAT(none, IsEmpty());
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, FindsWhatWasKnownBefore) {
  const std::string name = "rounds/r/scoreSheets/a";
  int64_t before = 0;
  Write([&](Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const auto stored, Put(transaction, name, Sheet(name, "1.00")));
    before = stored.sequence;
    return absl::OkStatus();
  });
  Write([&](Transaction& transaction) -> absl::Status {
    return Put(transaction, name, Sheet(name, "2.00")).status();
  });
  Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto old, FindAt<v1::ScoreSheet>(reader, name, before));
    EXPECT_EQ(old.has_value() ? old->value.total() : "", "1.00");
    ASSIGN_OR_RETURN(const auto none, FindAt<v1::ScoreSheet>(reader, name, before - 1));
    EXPECT_FALSE(none.has_value());
    ASSIGN_OR_RETURN(const auto now, Find<v1::ScoreSheet>(reader, name));
    EXPECT_GT(now->sequence, before);
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, KeepsTheSumsOfAVoteBesideTheLog) {
  const std::string name = "rounds/r/ballots/x";
  for (const int64_t votes : {1, 2}) {
    Write([&](Transaction& transaction) -> absl::Status {
      return WriteVoteSums(transaction, name, {.blank = 1, .votes = {votes, 0}});
    });
  }
  EXPECT_EQ(ledger_->Head(), 0);
  Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const VoteSums sums, ReadVoteSums(reader, name));
    EXPECT_EQ(sums.blank, 1);
    EXPECT_THAT(sums.votes, ElementsAre(2, 0));
    ASSIGN_OR_RETURN(const VoteSums other, ReadVoteSums(reader, "rounds/r/ballots/y"));
    EXPECT_THAT(other.votes, IsEmpty());
    return absl::OkStatus();
  });
  Write([&](Transaction& transaction) -> absl::Status {
    return WriteVoteSums(transaction, name, {});
  });
  Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const VoteSums sums, ReadVoteSums(reader, name));
    EXPECT_THAT(sums.votes, IsEmpty());
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, BringsBallotsAndAssessmentsBack) {
  const Ballot ballot{.name = "rounds/r/ballots/x",
                      .purpose = BallotPurpose::kTie,
                      .award = "flag",
                      .electors = {{.id = "a", .person = "A", .unit = "units/a"}},
                      .candidates = {"units/a", "units/b"},
                      .places = 1,
                      .quorum = {.numerator = 2, .denominator = 3},
                      .voted = {"a"}};
  const Assessment assessment{.unit = "units/a",
                              .criterion = "4.1",
                              .role = AssessmentRole::kCrossCheck,
                              .verdict = DoesNotApply{},
                              .evidence = {{.title = "t", .reference = "r", .size_bytes = 5}}};
  Write([&](Transaction& transaction) -> absl::Status {
    RETURN_IF_ERROR(Put(transaction, ballot.name, ballot).status());
    return Put(transaction, "rounds/r/assessments/a.4.1.cross-check", assessment).status();
  });
  Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto ballots, ListAll<Ballot>(reader, "rounds/r"));
    EXPECT_THAT(NamesOf(ballots), ElementsAre(ballot.name));
    EXPECT_EQ(ballots.at(0).value.voted, ballot.voted);
    EXPECT_EQ(ballots.at(0).value.state, BallotState::kOpen);
    EXPECT_EQ(ballots.at(0).value.quorum.denominator, 3);
    ASSIGN_OR_RETURN(const auto assessments, ListAll<Assessment>(reader, "rounds/r"));
    EXPECT_EQ(assessments.at(0).value.role, AssessmentRole::kCrossCheck);
    EXPECT_EQ(assessments.at(0).value.evidence, assessment.evidence);
    return absl::OkStatus();
  });
}

TEST_P(AwardsStoreConformance, SaysSoWhenAResourceCannotBeRead) {
  Write([](Transaction& transaction) -> absl::Status {
    return transaction
        .Put({.kind = "round", .name = "rounds/r", .payload = "\xFF\xFF no message", .keys = {}})
        .status();
  });
  EXPECT_THAT(ledger_->Read([](Reader& reader) -> absl::Status {
    return Find<Round>(reader, "rounds/r").status();
  }),
              HasReason(common::kDataCorrupt));
}

}  // namespace
}  // namespace awards
