#include "services/reporting/domain/reporters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "services/reporting/domain/merger.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"

namespace reporting {
namespace {

using samples::AUnitId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::vector<std::string> Ids(const std::set<UnitId>& units) {
  std::vector<std::string> ids;
  for (const UnitId& unit : units) ids.push_back(unit.value());
  return ids;
}

std::set<UnitId> IdsOf(const std::vector<std::string>& units) {
  std::set<UnitId> ids;
  for (const std::string& unit : units) ids.insert(AUnitId(unit));
  return ids;
}

// An alliance that a merger founds.
Unit Founded(std::string_view id, std::string_view day) {
  Unit unit = samples::Alliance(id);
  unit.titles.front().valid_from = samples::Day(day);
  return unit;
}

void Merge(Units& units, const std::vector<std::string>& predecessors, std::string_view successor,
           std::string_view date) {
  Merger merger{.successor = AUnitId(successor),
                .date = samples::Day(date),
                .legal_basis = "Nghị quyết 202/2025/QH15"};
  for (const std::string& id : predecessors) merger.predecessors.push_back(AUnitId(id));
  const auto merged = MergeUnits(merger, units, {});
  ASSERT_TRUE(merged.ok()) << merged.status();
  units.at(merged->successor.id) = merged->successor;
  for (const Unit& unit : merged->predecessors) units.at(unit.id) = unit;
}

// DOMAIN.md 4.1: Bắc Ninh and Bắc Giang found a new Bắc Ninh; Hải Phòng takes in Hải Dương, Hưng
// Yên Thái Bình, Ninh Bình Hà Nam and Nam Định, Phú Thọ Vĩnh Phúc and Hòa Bình; Hà Nội and Quảng
// Ninh stay. Hà Tây became part of Hà Nội in 2008.
Units UnitsOf2025() {
  Units units;
  for (const char* id : {"ha-noi", "ha-tay", "quang-ninh", "vinh-phuc", "phu-tho", "hoa-binh",
                         "bac-ninh", "bac-giang", "hai-duong", "hai-phong", "hung-yen", "thai-binh",
                         "ha-nam", "nam-dinh", "ninh-binh"}) {
    units.emplace(AUnitId(id), samples::Alliance(id));
  }
  units.emplace(AUnitId("bac-ninh-24"), Founded("bac-ninh-24", "2025-07-01"));
  Merge(units, {"ha-tay"}, "ha-noi", "2008-08-01");
  Merge(units, {"bac-ninh", "bac-giang"}, "bac-ninh-24", "2025-07-01");
  Merge(units, {"hai-duong"}, "hai-phong", "2025-07-01");
  Merge(units, {"thai-binh"}, "hung-yen", "2025-07-01");
  Merge(units, {"ha-nam", "nam-dinh"}, "ninh-binh", "2025-07-01");
  Merge(units, {"vinh-phuc", "hoa-binh"}, "phu-tho", "2025-07-01");
  return units;
}

ReportKind Final(std::string_view period) {
  return {.form = samples::AFormId("f"),
          .period = samples::APeriod(period),
          .value_kind = ValueKind::kFinal};
}

// Of a year that has the yearly report in its calendar.
ClusterYear YearOf(int year, const std::vector<std::string>& members) {
  ClusterYear found;
  found.id = ClusterYearId::Parse("clusters/c/years/" + std::to_string(year)).value();
  for (const std::string& member : members) found.members.push_back(AUnitId(member));
  DueReport due;
  due.form = samples::AFormId("f");
  due.period = samples::APeriod(std::to_string(year));
  due.value_kind = ValueKind::kFinal;
  found.calendar.push_back(due);
  return found;
}

// Of 2025, with a quarter in its calendar.
ClusterYear QuarterOf2025(const std::vector<std::string>& members, std::string_view period) {
  ClusterYear year = YearOf(2025, members);
  year.calendar.front().period = samples::APeriod(period);
  return year;
}

struct UnitsCase {
  std::string name;
  std::vector<std::string> scope;
  std::string period;
  std::vector<std::string> owing;
  std::vector<std::string> reporters;
  std::vector<std::string> stand_ins;
  std::vector<std::string> merged;
};

class ReportersOfUnits : public ::testing::TestWithParam<UnitsCase> {};

TEST_P(ReportersOfUnits, AreThoseWhoOweTheReport) {
  const Units units = UnitsOf2025();
  const std::set<UnitId> owing = IdsOf(GetParam().owing);
  const Reporters found = FindReporters({.units = IdsOf(GetParam().scope)},
                                        Final(GetParam().period), {.units = units, .owing = owing});
  EXPECT_EQ(Ids(found.units), GetParam().reporters);
  EXPECT_EQ(Ids(found.stand_ins), GetParam().stand_ins);
  EXPECT_EQ(Ids(found.merged), GetParam().merged);
}

INSTANTIATE_TEST_SUITE_P(
    Scopes, ReportersOfUnits,
    ::testing::ValuesIn<UnitsCase>({
        {"NeverMerged", {"quang-ninh"}, "2020", {}, {"quang-ninh"}, {}, {}},
        {"AProvinceThatGoesOnBefore",
         {"hai-phong"},
         "2020",
         {},
         {"hai-duong", "hai-phong"},
         {"hai-duong"},
         {"hai-phong"}},
        {"AProvinceThatGoesOnAfter", {"hai-phong"}, "2026", {}, {"hai-phong"}, {}, {}},
        {"AProvinceThatIsFoundedBefore",
         {"bac-ninh-24"},
         "2020",
         {},
         {"bac-giang", "bac-ninh"},
         {"bac-giang", "bac-ninh"},
         {"bac-ninh-24"}},
        {"AProvinceThatIsFoundedAfter", {"bac-ninh-24"}, "2026", {}, {"bac-ninh-24"}, {}, {}},
        {"TheOldBacNinhBefore", {"bac-ninh"}, "2020", {}, {"bac-ninh"}, {}, {}},
        {"TheOldBacNinhAfter", {"bac-ninh"}, "2026", {}, {}, {}, {}},
        {"ThePeriodThatEndsTheDayBefore",
         {"hai-phong"},
         "2025-06",
         {},
         {"hai-duong", "hai-phong"},
         {"hai-duong"},
         {"hai-phong"}},
        {"ThePeriodThatBeginsOnTheDay", {"hai-phong"}, "2025-07", {}, {"hai-phong"}, {}, {}},
        {"BothInTheScopeCountOnce",
         {"hai-duong", "hai-phong"},
         "2020",
         {},
         {"hai-duong", "hai-phong"},
         {},
         {}},
        {"OnlyOneOfTwoPredecessorsInTheScope",
         {"ha-nam", "ninh-binh"},
         "2020",
         {},
         {"ha-nam", "nam-dinh", "ninh-binh"},
         {"nam-dinh"},
         {"ninh-binh"}},
        {"TheYearOfTheMergerByTheNewUnit",
         {"bac-ninh-24", "hai-phong"},
         "2025",
         {},
         {"bac-ninh-24", "hai-phong"},
         {},
         {}},
        {"TheYearOfTheMergerByTheOldUnits",
         {"bac-ninh-24", "hai-phong"},
         "2025",
         {"bac-ninh", "bac-giang", "hai-duong"},
         {"bac-giang", "bac-ninh", "hai-duong", "hai-phong"},
         {"bac-giang", "bac-ninh", "hai-duong"},
         {"bac-ninh-24", "hai-phong"}},
        {"TheYearOfTheMergerOfWhoOwesNothing", {"hai-duong"}, "2025", {}, {}, {}, {}},
        {"TheYearOfTheMergerOfWhoOwes",
         {"hai-duong"},
         "2025",
         {"hai-duong"},
         {"hai-duong"},
         {},
         {}},
    }),
    testkit::CaseName<UnitsCase>);

TEST(FindReportersTest, TheNationCountsEveryHistoricUnitOnceAndNothingIsMerged) {
  const Units units = UnitsOf2025();
  Scope scope;
  for (const auto& [id, unused] : units) scope.units.insert(id);
  const Reporters before = FindReporters(scope, Final("2020"), {.units = units, .owing = {}});
  EXPECT_THAT(Ids(before.units),
              ElementsAre("bac-giang", "bac-ninh", "ha-nam", "ha-noi", "hai-duong", "hai-phong",
                          "hoa-binh", "hung-yen", "nam-dinh", "ninh-binh", "phu-tho", "quang-ninh",
                          "thai-binh", "vinh-phuc"));
  EXPECT_THAT(Ids(before.merged), IsEmpty());
  EXPECT_THAT(Ids(before.passed), ElementsAre("ha-tay"));
  const Reporters after = FindReporters(scope, Final("2026"), {.units = units, .owing = {}});
  EXPECT_THAT(Ids(after.units), ElementsAre("bac-ninh-24", "ha-noi", "hai-phong", "hung-yen",
                                            "ninh-binh", "phu-tho", "quang-ninh"));
}

// A became part of B in 2010 and B of C in 2025; D, of C too, in 2015.
Units AChain() {
  Units units;
  for (const char* id : {"a", "b", "c", "d"}) units.emplace(AUnitId(id), samples::Alliance(id));
  Merge(units, {"b"}, "c", "2025-07-01");
  Merge(units, {"a"}, "b", "2010-01-01");
  Merge(units, {"d"}, "c", "2015-01-01");
  return units;
}

TEST(FindReportersTest, ChainsAreFollowedToTheirEndInEachPeriod) {
  const Units units = AChain();
  const auto reporters = [&](std::string_view period) {
    return Ids(
        FindReporters({.units = IdsOf({"c"})}, Final(period), {.units = units, .owing = {}}).units);
  };
  EXPECT_THAT(reporters("2009"), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(reporters("2010"), ElementsAre("b", "c", "d"));
  EXPECT_THAT(reporters("2015"), ElementsAre("b", "c"));
  EXPECT_THAT(reporters("2026"), ElementsAre("c"));
}

TEST(FindReportersTest, APredecessorIsCountedOnceForSeveralUnitsOfTheScope) {
  const Units units = AChain();
  const Reporters found =
      FindReporters({.units = IdsOf({"b", "c"})}, Final("2009"), {.units = units, .owing = {}});
  EXPECT_THAT(Ids(found.units), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(Ids(found.stand_ins), ElementsAre("a", "d"));
  EXPECT_THAT(Ids(found.merged), ElementsAre("b", "c"));
}

TEST(FindReportersTest, AMergerWithinThePeriodIsAheadAsLongAsOneOfTheLineOwes) {
  Units units;
  for (const char* id : {"a", "b", "c"}) units.emplace(AUnitId(id), samples::Alliance(id));
  Merge(units, {"a"}, "b", "2025-03-01");
  Merge(units, {"b"}, "c", "2025-07-01");
  const std::set<UnitId> owing = IdsOf({"a"});
  EXPECT_THAT(
      Ids(FindReporters({.units = IdsOf({"c"})}, Final("2025"), {.units = units, .owing = owing})
              .units),
      ElementsAre("a", "c"));
}

const std::vector<std::string>& MembersOf2020() {
  static const auto& members = *new std::vector<std::string>{
      "bac-ninh", "ha-nam",    "ha-noi",     "hai-duong", "hai-phong", "hung-yen",
      "nam-dinh", "ninh-binh", "quang-ninh", "thai-binh", "vinh-phuc"};
  return members;
}

struct YearCase {
  std::string name;
  ClusterYear year;
  std::string period;
  std::vector<std::string> owing;
  std::vector<std::string> reporters;
  std::vector<std::string> merged;
};

class ReportersOfAYear : public ::testing::TestWithParam<YearCase> {};

TEST_P(ReportersOfAYear, AreItsMembersAsTheyWereThen) {
  const Units units = UnitsOf2025();
  const std::set<UnitId> owing = IdsOf(GetParam().owing);
  Scope scope{.year = GetParam().year};
  scope.units = {scope.year->members.begin(), scope.year->members.end()};
  const Reporters found =
      FindReporters(scope, Final(GetParam().period), {.units = units, .owing = owing});
  EXPECT_EQ(Ids(found.units), GetParam().reporters);
  EXPECT_EQ(Ids(found.merged), GetParam().merged);
}

INSTANTIATE_TEST_SUITE_P(
    Years, ReportersOfAYear,
    ::testing::ValuesIn<YearCase>({
        {"TheYearItself", YearOf(2020, MembersOf2020()), "2020", {}, MembersOf2020(), {}},
        {"ALaterYearBeforeTheMerger",
         YearOf(2020, MembersOf2020()),
         "2024",
         {},
         MembersOf2020(),
         {}},
        // Phú Thọ took in Vĩnh Phúc, and the new Bắc Ninh stands for the old one.
        {"ALaterYearAfterTheMerger",
         YearOf(2020, MembersOf2020()),
         "2026",
         {},
         {"bac-ninh-24", "ha-noi", "hai-phong", "hung-yen", "ninh-binh", "phu-tho", "quang-ninh"},
         {}},
        {"TheYearOfTheMergerInTheNewOrder",
         YearOf(2020, MembersOf2020()),
         "2025",
         {},
         {"bac-ninh-24", "ha-noi", "hai-phong", "hung-yen", "ninh-binh", "phu-tho", "quang-ninh"},
         {}},
        // A member of that year is the province before it grew.
        {"WhatAMemberTookInLaterIsNotPartOfIt",
         YearOf(2020, {"hai-phong"}),
         "2019",
         {},
         {"hai-phong"},
         {}},
        {"WhatFormedAMemberStandsForItBefore",
         YearOf(2020, {"ha-noi"}),
         "2007",
         {},
         {"ha-noi", "ha-tay"},
         {"ha-noi"}},
        {"TheYearOfTheNewOrderBefore",
         YearOf(2026, {"hai-phong", "bac-ninh-24"}),
         "2024",
         {},
         {"bac-giang", "bac-ninh", "hai-duong", "hai-phong"},
         {"bac-ninh-24", "hai-phong"}},
        {"MembersOfTheYearOfTheMergerOweWhatItsCalendarHas",
         YearOf(2025, {"hai-duong", "hai-phong", "bac-ninh-24"}),
         "2025",
         {},
         {"bac-ninh-24", "hai-duong", "hai-phong"},
         {}},
        {"AMemberThatIsMergedWhenThePeriodBeginsOwesNothing",
         QuarterOf2025({"hai-duong", "hai-phong"}, "2025-Q3"),
         "2025-Q3",
         {},
         {"hai-phong"},
         {}},
        {"AMemberThatIsMergedTheDayAfterThePeriodOwes",
         QuarterOf2025({"hai-duong", "hai-phong"}, "2025-Q2"),
         "2025-Q2",
         {},
         {"hai-duong", "hai-phong"},
         {}},
        // The year was set up before the merger was recorded: Hải Dương can report no more, and the
        // new Bắc Ninh, which is no member, owes nothing.
        {"MembersThatWereMergedByTheFirstDayOweNothing",
         YearOf(2026, {"bac-ninh", "hai-duong", "hai-phong"}),
         "2026",
         {},
         {"hai-phong"},
         {}},
        {"AQuarterOfTheYearOfTheMergerThatItsCalendarLacks",
         YearOf(2025, {"hai-phong"}),
         "2025-Q1",
         {},
         {"hai-duong", "hai-phong"},
         {"hai-phong"}},
    }),
    testkit::CaseName<YearCase>);

TEST(FindReportersTest, MergersThatAreBehindAreTold) {
  const Units units = UnitsOf2025();
  const ClusterYear year = YearOf(2020, {"hai-duong", "hai-phong", "ha-noi"});
  const Scope of_year{.units = IdsOf({"hai-duong", "hai-phong", "ha-noi"}), .year = year};
  const auto passed = [&](const Scope& scope, std::string_view period) {
    return Ids(FindReporters(scope, Final(period), {.units = units, .owing = {}}).passed);
  };
  EXPECT_THAT(passed(of_year, "2008"), ElementsAre("ha-tay"));
  EXPECT_THAT(passed(of_year, "2007"), IsEmpty());
  EXPECT_THAT(passed(of_year, "2020"), ElementsAre("ha-tay"));
  EXPECT_THAT(passed(of_year, "2026"), UnorderedElementsAre("ha-tay", "hai-duong"));
  const Scope of_unit{.units = IdsOf({"hai-phong"})};
  EXPECT_THAT(passed(of_unit, "2024"), IsEmpty());
  EXPECT_THAT(passed(of_unit, "2026"), ElementsAre("hai-duong"));
}

TEST(MergedWithinTest, LeavesOutTheFirstDay) {
  const Units units = UnitsOf2025();
  EXPECT_EQ(MergedWithin(units, samples::APeriod("2025")).size(), 8U);
  EXPECT_THAT(MergedWithin(units, samples::APeriod("2025-Q3")), IsEmpty());
  EXPECT_THAT(MergedWithin(units, samples::APeriod("2025-Q2")), IsEmpty());
  EXPECT_THAT(MergedWithin(units, samples::APeriod("2008-Q3")), ElementsAre(AUnitId("ha-tay")));
}

TEST(FindParentsTest, CooperativesBelongWhereTheSuccessorDoes) {
  const Units units = UnitsOf2025();
  const auto parents = [&](const ClusterYear& year, std::string_view period) {
    Scope scope{.year = year};
    scope.units = {year.members.begin(), year.members.end()};
    return Ids(FindParents(scope, Final(period), {.units = units, .owing = {}}));
  };
  EXPECT_THAT(parents(YearOf(2026, {"hai-phong"}), "2026"), ElementsAre("hai-duong", "hai-phong"));
  EXPECT_THAT(parents(YearOf(2026, {"hai-phong"}), "2020"), ElementsAre("hai-duong", "hai-phong"));
  EXPECT_THAT(parents(YearOf(2020, {"hai-phong"}), "2020"), ElementsAre("hai-phong"));
  EXPECT_THAT(parents(YearOf(2020, {"hai-phong"}), "2026"), ElementsAre("hai-duong", "hai-phong"));
  EXPECT_THAT(parents(YearOf(2020, {"bac-ninh"}), "2026"),
              ElementsAre("bac-giang", "bac-ninh", "bac-ninh-24"));
  EXPECT_THAT(parents(YearOf(2025, {"hai-phong"}), "2025"), ElementsAre("hai-phong"));
  // Both quarters are in the calendar; the second of them begins with the merger.
  EXPECT_THAT(parents(QuarterOf2025({"hai-duong", "hai-phong"}, "2025-Q2"), "2025-Q2"),
              ElementsAre("hai-duong", "hai-phong"));
  EXPECT_THAT(parents(QuarterOf2025({"hai-phong"}, "2025-Q3"), "2025-Q3"),
              ElementsAre("hai-duong", "hai-phong"));
  EXPECT_THAT(parents(QuarterOf2025({"bac-ninh"}, "2025-Q3"), "2025-Q3"), IsEmpty());
  // Bắc Ninh's cooperatives went where its successor is no member, Hải Dương's stayed.
  EXPECT_THAT(parents(YearOf(2026, {"bac-ninh", "hai-duong", "hai-phong"}), "2026"),
              ElementsAre("hai-duong", "hai-phong"));
}

TEST(FindCooperativesTest, TakesThoseFoundedByThenOfTheParentsAndSector) {
  Units units;
  for (const char* id : {"p-old", "p-new", "q-old"}) {
    units.emplace(AUnitId(id), samples::Cooperative(id, std::string(1, id[0])));
  }
  units.at(AUnitId("p-new")).founding_date = samples::Day("2020-12-31");
  units.at(AUnitId("q-old")).sector = Sector::kNonAgriculture;
  const auto find = [&](std::string_view period, const CooperativeFilter& filter) {
    return Ids(FindCooperatives(units, samples::APeriod(period), filter).units);
  };
  EXPECT_THAT(find("2020", {}), ElementsAre("p-new", "p-old", "q-old"));
  EXPECT_THAT(find("2019", {}), ElementsAre("p-old", "q-old"));
  EXPECT_THAT(find("2020", {.sector = Sector::kNonAgriculture}), ElementsAre("q-old"));
  EXPECT_THAT(find("2020", {.parents = IdsOf({"p"})}), ElementsAre("p-new", "p-old"));
  EXPECT_THAT(find("2020", {.parents = std::set<UnitId>()}), IsEmpty());
}

}  // namespace
}  // namespace reporting
