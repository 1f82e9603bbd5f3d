// Dossiers, decisions, revocations, holds, the register, and what a restatement would change.
#include "services/awards/domain/decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/awards/domain/dossier.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/register.h"
#include "services/awards/domain/restatement.h"
#include "tests/testkit/status_matchers.h"

namespace awards {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;

const absl::CivilDay kToday(2020, 12, 1);

Dossier SomeDossier() {
  return {.items = {{.id = "report", .title = {.vi = "Báo cáo thành tích"}, .due = "2020-12-03"},
                    {.id = "minutes", .title = {.vi = "Biên bản"}},
                    {.id = "photos", .title = {.vi = "Ảnh"}, .optional = true}},
          .due = "2020-12-05"};
}

TEST(Dossiers, NameAllThatIsWrong) {
  EXPECT_THAT(ValidateDossier(SomeDossier(), kToday).list(), IsEmpty());
  Dossier dossier = SomeDossier();
  dossier.items[0].due = "2020-12-06";
  dossier.items[1].id = "report";
  dossier.items[2].title = {};
  dossier.items.push_back({.id = "X", .title = {.vi = "x"}, .due = "2020-02-30"});
  const absl::Status refused = ValidateDossier(dossier, kToday).ToStatus();
  for (const char* path :
       {"items[0].due", "items[1].id", "items[2].title.vi", "items[3].id", "items[3].due"}) {
    EXPECT_THAT(refused, HasViolation(path));
  }
  EXPECT_THAT(ValidateDossier(SomeDossier(), absl::CivilDay(2020, 12, 6)).ToStatus(),
              HasViolation("due"));
  EXPECT_THAT(ValidateDossier({}, kToday).ToStatus(), HasViolation("items"));
}

TEST(Dossiers, AreLateItemByItem) {
  const Dossier dossier = SomeDossier();
  const DossierItem& report = dossier.items[0];
  const DossierItem& minutes = dossier.items[1];
  EXPECT_THAT(CheckInTime(dossier, report, "n", absl::CivilDay(2020, 12, 3)), IsOk());
  EXPECT_THAT(CheckInTime(dossier, report, "n", absl::CivilDay(2020, 12, 4)),
              HasReason(kDossierLate));
  EXPECT_THAT(CheckInTime(dossier, minutes, "n", absl::CivilDay(2020, 12, 5)), IsOk());
  EXPECT_THAT(CheckExpired(dossier, "n", absl::CivilDay(2020, 12, 5)), HasReason(kDossierNotLate));
  EXPECT_THAT(CheckExpired(dossier, "n", absl::CivilDay(2020, 12, 6)), IsOk());
}

TEST(Dossiers, AreCompleteWithoutWhatIsOptional) {
  Dossier dossier = SomeDossier();
  dossier.items[0].is_there = true;
  EXPECT_FALSE(IsComplete(dossier));
  dossier.items[1].is_there = true;
  EXPECT_TRUE(IsComplete(dossier));
}

TEST(Decisions, NameAllThatIsWrong) {
  EXPECT_THAT(ValidateDecision({.number = "512/QĐ-LMHTXVN",
                                .date = "2021-01-10",
                                .authority = "Chủ tịch",
                                .legal_basis = "Quy chế 429",
                                .nominations = {"rounds/r/nominations/x"}})
                  .list(),
              IsEmpty());
  const absl::Status refused =
      ValidateDecision({.date = "10/01/2021", .nominations = {"x", "x"}, .document = Evidence{}})
          .ToStatus();
  for (const char* path :
       {"decision.number", "decision.date", "decision.authority", "decision.legal_basis",
        "decision.nominations[1]", "decision.document.content_hash"}) {
    EXPECT_THAT(refused, HasViolation(path));
  }
  EXPECT_THAT(ValidateDecision({}).ToStatus(), HasViolation("decision.nominations"));
}

TEST(Revocations, NameAllThatIsWrong) {
  const Revocation revocation{
      .ground = RevocationGround::kFalseDeclaration,
      .reason = "Khai khống",
      .number = "77/QĐ-LMHTXVN",
      .date = "2021-06-01",
      .authority = "Chủ tịch",
      .recoveries = {{.item = "Cờ", .due = "2021-07-01"},
                     {.item = "Tiền thưởng", .amount = "15600000", .due = "2021-07-01"}}};
  EXPECT_THAT(ValidateRevocation(revocation, "2021-01-10").list(), IsEmpty());
  EXPECT_THAT(ValidateRevocation(revocation, "2021-06-02").ToStatus(),
              HasViolation("revocation.date"));
  const absl::Status refused =
      ValidateRevocation({.recoveries = {{.amount = "0.5"}, {.amount = "many"}}}, "2021-01-10")
          .ToStatus();
  for (const char* path :
       {"revocation.ground", "revocation.reason", "revocation.number", "revocation.date",
        "revocation.recoveries[0].item", "revocation.recoveries[0].amount",
        "revocation.recoveries[0].due", "revocation.recoveries[1].amount"}) {
    EXPECT_THAT(refused, HasViolation(path));
  }
}

TEST(Holds, NameAllThatIsWrong) {
  const absl::Status refused = ValidateHold({.unit = "x"}).ToStatus();
  for (const char* path :
       {"hold.unit", "hold.matter", "hold.reference", "hold.person", "hold.begin_date"}) {
    EXPECT_THAT(refused, HasViolation(path));
  }
}

TEST(DoubleAwards, AreOfTheSameUnitYearAndKind) {
  const std::vector<Honour> others{
      {.name = "1", .unit = "units/a", .year = "2019", .kind = AwardKind::kMerit},
      {.name = "2", .unit = "units/a", .year = "2020", .kind = AwardKind::kThematic},
      {.name = "3", .unit = "units/b", .year = "2020"},
      {.name = "4",
       .unit = "units/a",
       .year = "2020",
       .kind = AwardKind::kMerit,
       .is_revoked = true}};
  const Honour honour{.name = "new", .unit = "units/a", .year = "2020", .kind = AwardKind::kMerit};
  EXPECT_EQ(FindSameAchievement(honour, others), nullptr);
  std::vector<Honour> more = others;
  more.push_back({.name = "5", .unit = "units/a", .year = "2020"});
  const Honour* found = FindSameAchievement(honour, more);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->name, "5");
  Honour same = honour;
  same.name = "5";
  EXPECT_EQ(FindSameAchievement(same, more), nullptr);
}

TEST(History, FollowsMergersToTheirEnds) {
  const Lineage lineage{
      {"units/ninh-binh", {{"units/ha-nam", "2025-07-01"}, {"units/nam-dinh", "2025-07-01"}}},
      {"units/ha-nam", {{"units/old", "1997-01-01"}}},
      {"units/old", {{"units/ninh-binh", "1900-01-01"}}}};
  EXPECT_THAT(
      HistoryOf("units/ninh-binh", lineage),
      ElementsAre(HistoricUnit{"units/ninh-binh", ""}, HistoricUnit{"units/ha-nam", "2025-07-01"},
                  HistoricUnit{"units/nam-dinh", "2025-07-01"},
                  HistoricUnit{"units/old", "1997-01-01"}));
  EXPECT_THAT(HistoryOf("units/a", lineage), ElementsAre(HistoricUnit{"units/a", ""}));
}

TEST(RotatingFlag, PassesFromHeadToHead) {
  const std::vector<FlagYear> years{{"y/2020", "a", "b", "2020-12-15"},
                                    {"y/2021", "b", "", ""},
                                    {"y/2022", "c", "d", "2022-12-20"}};
  EXPECT_THAT(HoldersOf(years), ElementsAre(FlagHolder{"y/2020", "a", "", "", "b", "2020-12-15"},
                                            FlagHolder{"y/2021", "b", "a", "2020-12-15", "", ""},
                                            FlagHolder{"y/2022", "c", "", "", "d", "2022-12-20"}));
}

TEST(Restatements, ShowUnitsAndLinesThatChange) {
  const std::vector<ShownPlace> before{
      {"a", "9.00", 1, {{"1", "4.00", "4 × 1"}, {"2", "5.00", "5"}}},
      {"b", "8.00", 2, {{"1", "3.00", "3"}}},
      {"gone", "1.00", 3, {}}};
  const std::vector<ShownPlace> after{
      {"b", "8.00", 1, {{"1", "3.00", "3 again"}}},
      {"a", "7.50", 2, {{"1", "2.50", "4 × 2.5/4"}, {"2", "5.00", "5"}}},
      {"come", "", 0, {}}};
  const auto changes = ChangedPlaces(before, after);
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].after.unit, "a");
  ASSERT_EQ(changes[0].lines.size(), 1U);
  EXPECT_EQ(changes[0].lines[0].before.points, "4.00");
  EXPECT_EQ(changes[0].lines[0].after.points, "2.50");
  EXPECT_EQ(changes[1].before.rank, 2);
  EXPECT_THAT(changes[1].lines, IsEmpty());
  EXPECT_EQ(changes[2].before.unit, "gone");
  EXPECT_EQ(changes[2].after.rank, 0);
  EXPECT_THAT(ChangedPlaces(before, before), IsEmpty());
  EXPECT_THAT(Without({"a", "b"}, {"b", "c"}), ElementsAre("a"));
}

}  // namespace
}  // namespace awards
