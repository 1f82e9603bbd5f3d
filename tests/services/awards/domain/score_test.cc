#include "services/awards/domain/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/awards/domain/ranking.h"

namespace awards {
namespace {

using common::Decimal;
using common::RoundingMode;
using ::testing::ElementsAre;
using ::testing::Field;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

Criterion Reported(const std::string& id, std::string_view max) {
  return {.id = id,
          .max_points = D(max),
          .on_missing = Absence::kBlock,
          .on_not_applicable = Absence::kRedistribute,
          .formula = ReportedPoints{absl::StrCat("indicators/", id)}};
}

// Lines A and B of at most 10 in group 1, bonus X (at most 1), penalty Y (at most 2).
Rubric SmallRubric() {
  return {.name = "rubrics/small",
          .groups = {{.id = "1", .criteria = {Reported("A", "10"), Reported("B", "10")}}},
          .bonus = Extra{.criteria = {Reported("X", "5")}, .cap = D("1")},
          .penalty = Extra{.criteria = {Reported("Y", "5")}, .cap = D("2")},
          .rounding = {.scale = 1, .mode = RoundingMode::kHalfUp},
          .rank_basis = RankBasis::kRoundedTotal,
          .rank_style = RankStyle::kCompetition};
}

UnitInputs Unit(const std::string& name, std::string_view a, std::string_view b,
                std::string_view x = "0", std::string_view y = "0") {
  return {.unit = absl::StrCat("units/", name),
          .figures = {{"indicators/A", {.number = D(a)}},
                      {"indicators/B", {.number = D(b)}},
                      {"indicators/X", {.number = D(x)}},
                      {"indicators/Y", {.number = D(y)}}}};
}

std::string Fixed(const common::Rational& points) {
  return points.ToFixed(3, RoundingMode::kHalfEven);
}

TEST(Score, AddsUpRoundedLinesAndKeepsTheExactTotal) {
  const ScoreSheet sheet = Score(SmallRubric(), Unit("u", "1.05", "2.05"));
  ASSERT_TRUE(sheet.totals.has_value());
  EXPECT_EQ(Fixed(sheet.totals->total), "3.200");
  EXPECT_EQ(Fixed(sheet.totals->full_total), "3.100");
}

TEST(Score, CapsBonusAndPenaltyApart) {
  const ScoreSheet sheet = Score(SmallRubric(), Unit("u", "5", "5", "3", "4"));
  ASSERT_TRUE(sheet.totals.has_value());
  EXPECT_EQ(Fixed(sheet.totals->base), "10.000");
  EXPECT_EQ(Fixed(sheet.totals->bonus), "1.000");
  EXPECT_EQ(Fixed(sheet.totals->penalty), "2.000");
  EXPECT_EQ(Fixed(sheet.totals->total), "9.000");
  EXPECT_EQ(Fixed(sheet.totals->full_total), "9.000");
}

TEST(Score, CanFallBelowNothing) {
  const ScoreSheet sheet = Score(SmallRubric(), Unit("u", "0", "0.5", "0", "2"));
  ASSERT_TRUE(sheet.totals.has_value());
  EXPECT_EQ(Fixed(sheet.totals->total), "-1.500");
}

TEST(Score, HasNoTotalIfAnyLineBlocks) {
  for (const std::string line : {"A", "B", "X", "Y"}) {
    UnitInputs unit = Unit("u", "1", "1");
    unit.figures.erase(absl::StrCat("indicators/", line));
    EXPECT_FALSE(Score(SmallRubric(), unit).totals.has_value()) << line;
  }
}

TEST(Score, KeepsTheMaximumOfAGroupWhenALineDropsOut) {
  UnitInputs unit = Unit("u", "10", "0");
  unit.figures["indicators/B"].number.reset();
  const ScoreSheet sheet = Score(SmallRubric(), unit);
  ASSERT_TRUE(sheet.totals.has_value());
  EXPECT_EQ(Fixed(sheet.totals->base), "20.000");
  EXPECT_EQ(sheet.groups[0].lines[0].redistribution, common::Rational(2));
  EXPECT_EQ(sheet.groups[0].lines[1].redistribution, std::nullopt);
}

TEST(Score, SortsPinsAndNamesEachOnce) {
  const Pin a{.resource = "a", .revision = 1, .content_hash = "x"};
  const Pin a2{.resource = "a", .revision = 2, .content_hash = "x"};
  const Pin b{.resource = "b", .revision = 1, .content_hash = "x"};
  UnitInputs unit = Unit("u", "1", "1");
  unit.pins = {b, a2, a, b};
  EXPECT_THAT(Score(SmallRubric(), unit).pins, ElementsAre(a, a2, b));
}

TEST(SnapshotHash, IsTheHashOfAllPinsInOrder) {
  // printf 'a\n1\nx\nb\n2\ny\n' | sha256sum
  const std::string expected = "c28cf6a66c7e39da22c88390e1399de6714411b0a4d109b097f53d8c69debe87";
  const Pin a{.resource = "a", .revision = 1, .content_hash = "x"};
  const Pin b{.resource = "b", .revision = 2, .content_hash = "y"};
  const std::vector<ScoreSheet> one_way = {{.unit = "u", .pins = {a}},
                                           {.unit = "v", .pins = {a, b}}};
  const std::vector<ScoreSheet> other_way = {{.unit = "v", .pins = {a, b}}, {.unit = "u"}};
  EXPECT_EQ(SnapshotHash(one_way), expected);
  EXPECT_EQ(SnapshotHash(other_way), expected);
}

TEST(SnapshotHash, ChangesWithEveryPartOfAPin) {
  const Pin pin{.resource = "a", .revision = 1, .content_hash = "x"};
  const std::vector<Pin> others = {{.resource = "b", .revision = 1, .content_hash = "x"},
                                   {.resource = "a", .revision = 2, .content_hash = "x"},
                                   {.resource = "a", .revision = 1, .content_hash = "y"}};
  const std::vector<ScoreSheet> sheets = {{.pins = {pin}}};
  for (const Pin& other : others) {
    const std::vector<ScoreSheet> other_sheets = {{.pins = {other}}};
    EXPECT_NE(SnapshotHash(other_sheets), SnapshotHash(sheets));
  }
}

std::vector<ScoreSheet> SheetsOf(const Rubric& rubric, const std::vector<UnitInputs>& units) {
  std::vector<ScoreSheet> sheets;
  for (const UnitInputs& unit : units) sheets.push_back(Score(rubric, unit));
  return sheets;
}

TEST(Rank, SharesRanksByCompetitionStyle) {
  const Rubric rubric = SmallRubric();
  const auto sheets = SheetsOf(
      rubric, {Unit("a", "1", "1"), Unit("b", "5", "1"), Unit("c", "1", "5"), Unit("d", "9", "9")});
  EXPECT_THAT(Rank(rubric, sheets),
              ElementsAre(Field(&Standing::rank, 1), Field(&Standing::rank, 2),
                          Field(&Standing::rank, 2), Field(&Standing::rank, 4)));
}

TEST(Rank, SharesRanksByDenseStyle) {
  Rubric rubric = SmallRubric();
  rubric.rank_style = RankStyle::kDense;
  const auto sheets = SheetsOf(
      rubric, {Unit("a", "1", "1"), Unit("b", "5", "1"), Unit("c", "1", "5"), Unit("d", "9", "9")});
  EXPECT_THAT(Rank(rubric, sheets),
              ElementsAre(Field(&Standing::rank, 1), Field(&Standing::rank, 2),
                          Field(&Standing::rank, 2), Field(&Standing::rank, 3)));
}

// 3.1 rounded in each line is 3.2 or 3.1, by how it is spread.
TEST(Rank, GoesByTheExactTotalIfTheRubricSaysSo) {
  Rubric rubric = SmallRubric();
  rubric.rank_basis = RankBasis::kFullTotal;
  const auto sheets =
      SheetsOf(rubric, {Unit("rounded-up", "1.05", "2.05"), Unit("more", "1.1", "2.04")});
  EXPECT_THAT(Rank(rubric, sheets), ElementsAre(Field(&Standing::unit, "units/more"),
                                                Field(&Standing::unit, "units/rounded-up")));
}

struct TieBreakCase {
  TieBreak step{};
  UnitInputs better{};
  std::string decided_by{};
};

// All have 10 points in total; the name of the better one comes last.
TEST(Rank, TakesEachStepOfTheChainInTurn) {
  const std::vector<TieBreakCase> cases = {
      {ByBaseTotal{}, Unit("z", "5", "5"), "base_total"},
      {ByGroup{"1"}, Unit("z", "5", "5"), "group 1"},
      {ByPenalty{}, Unit("z", "5", "4", "1", "0"), "penalty"},
      {ByFullTotal{}, Unit("z", "5.04", "5", "1", "1"), "full_total"}};
  for (const TieBreakCase& row : cases) {
    Rubric rubric = SmallRubric();
    rubric.tie_breaks = {row.step};
    const UnitInputs other = row.decided_by == "penalty" || row.decided_by == "full_total"
                                 ? Unit("a", "5", "5", "1", "1")
                                 : Unit("a", "5", "4", "1", "0");
    const auto standings = Rank(rubric, SheetsOf(rubric, {other, row.better}));
    EXPECT_THAT(standings, ElementsAre(Field(&Standing::unit, "units/z"),
                                       Field(&Standing::decided_by, row.decided_by)))
        << row.decided_by;
  }
}

TEST(Rank, ReportsATieThatTheChainDoesNotResolve) {
  Rubric rubric = SmallRubric();
  rubric.tie_breaks = {ByBaseTotal{}, ByGroup{"1"}, ByFullTotal{}, ByPenalty{}};
  const auto standings = Rank(
      rubric, SheetsOf(rubric, {Unit("b", "3", "5"), Unit("a", "5", "3"), Unit("c", "1", "1")}));
  ASSERT_EQ(standings.size(), 3U);
  EXPECT_TRUE(standings[0].unresolved_tie);
  EXPECT_TRUE(standings[1].unresolved_tie);
  EXPECT_FALSE(standings[2].unresolved_tie);
  EXPECT_EQ(standings[1].rank, 1);
  EXPECT_EQ(standings[1].decided_by, "");
  EXPECT_EQ(standings[2].rank, 3);
  EXPECT_EQ(standings[2].decided_by, "total");
}

TEST(Rank, PutsUnitsWithoutATotalAtTheEndWithoutARank) {
  const Rubric rubric = SmallRubric();
  UnitInputs blocked = Unit("a", "9", "9");
  blocked.figures.erase("indicators/X");
  const auto standings = Rank(rubric, SheetsOf(rubric, {blocked, Unit("b", "0", "0", "0", "2")}));
  EXPECT_THAT(standings, ElementsAre(Field(&Standing::rank, 1), Field(&Standing::rank, 0)));
  EXPECT_EQ(standings[1].unit, "units/a");
  EXPECT_EQ(standings[1].decided_by, "");
  EXPECT_FALSE(standings[1].totals.has_value());
}

TEST(Rank, DoesNotDependOnTheOrderOfSheets) {
  const Rubric rubric = SmallRubric();
  std::mt19937 random(7);
  std::vector<UnitInputs> units;
  for (int i = 0; i < 40; ++i) {
    units.push_back(Unit(absl::StrCat("u", i), absl::StrCat(random() % 4),
                         absl::StrCat(random() % 4), "0", absl::StrCat(random() % 2)));
  }
  auto sheets = SheetsOf(rubric, units);
  const auto expected = Rank(rubric, sheets);
  for (int round = 0; round < 20; ++round) {
    std::ranges::shuffle(sheets, random);
    const auto standings = Rank(rubric, sheets);
    for (size_t i = 0; i < standings.size(); ++i) {
      ASSERT_EQ(standings[i].unit, expected[i].unit);
      ASSERT_EQ(standings[i].rank, expected[i].rank);
      ASSERT_EQ(standings[i].decided_by, expected[i].decided_by);
    }
  }
}

}  // namespace
}  // namespace awards
