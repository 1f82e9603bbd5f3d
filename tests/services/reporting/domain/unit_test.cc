#include "services/reporting/domain/unit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::Alliance;
using samples::Cooperative;
using samples::Day;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

TEST(MakeUnitTest, TakesAnAlliance) {
  EXPECT_THAT(MakeUnit(Alliance("bac-ninh"), nullptr, {}), IsOkAndHolds(Alliance("bac-ninh")));
}

TEST(MakeUnitTest, TakesACooperativeOfAnAlliance) {
  const Unit parent = Alliance("bac-ninh");
  const Unit unit = Cooperative("htx-bac-ninh", "bac-ninh");
  EXPECT_THAT(MakeUnit(unit, &parent, {}), IsOkAndHolds(unit));
}

TEST(MakeUnitTest, NormalisesTitles) {
  Unit unit = Alliance("ha-noi");
  unit.titles[0].title.vi = " Ha\u0300 No\u0323\u0302i ";
  EXPECT_EQ(MakeUnit(unit, nullptr, {})->titles[0].title.vi, "Hà Nội");
}

TEST(MakeUnitTest, TakesNamesAndCodesThatChangeOnLaterDays) {
  Unit unit = Alliance("bac-ninh");
  unit.titles.push_back({.title = {.vi = "Liên minh HTX"}, .valid_from = Day("2018-01-01")});
  unit.titles.push_back({.title = {.vi = "Liên minh"}, .valid_from = Day("2018-01-02")});
  unit.province_codes.push_back({.code = "24", .valid_from = Day("2025-07-01")});
  EXPECT_THAT(MakeUnit(unit, nullptr, {}), IsOkAndHolds(unit));
}

TEST(AllianceOfTest, IsTheParentOfACooperativeAndTheAllianceItself) {
  EXPECT_EQ(AllianceOf(Cooperative("htx", "ha-nam")).value(), "ha-nam");
  EXPECT_EQ(AllianceOf(Alliance("ha-nam")).value(), "ha-nam");
}

TEST(MakeUnitTest, TheParentIsNoHistoryWhenACooperativeIsFounded) {
  const Unit unit = Cooperative("htx-bac-ninh", "bac-ninh");
  const Unit later = samples::MergedInto(Alliance("bac-ninh"), "ha-nam", "2015-03-21");
  EXPECT_THAT(MakeUnit(unit, &later, {}), IsOkAndHolds(unit));
  const Unit merged = samples::MergedInto(Alliance("bac-ninh"), "ha-nam", "2015-03-20");
  const auto result = MakeUnit(unit, &merged, {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kUnitMerged));
  EXPECT_THAT(result, HasViolation("unit.parent"));
}

struct UnitCase {
  std::string name;
  std::function<void(Unit&)> spoil;
  std::string field;
  std::string_view reason;
};

class AllianceRefused : public ::testing::TestWithParam<UnitCase> {};

TEST_P(AllianceRefused, AtTheField) {
  Unit unit = Alliance("bac-ninh");
  GetParam().spoil(unit);
  const auto result = MakeUnit(unit, nullptr, {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasViolation(GetParam().field));
  EXPECT_THAT(result, HasReason(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, AllianceRefused,
    ::testing::ValuesIn<UnitCase>({
        {"NoKind", [](Unit& unit) { unit.kind = UnitKind::kUnspecified; }, "unit.kind",
         common::kRequiredFieldMissing},
        {"Sector", [](Unit& unit) { unit.sector = Sector::kAgriculture; }, "unit.sector",
         common::kInvalidField},
        {"Parent", [](Unit& unit) { unit.parent = samples::AUnitId("ha-nam"); }, "unit.parent",
         common::kInvalidField},
        {"NoTitle", [](Unit& unit) { unit.titles.clear(); }, "unit.titles",
         common::kRequiredFieldMissing},
        {"NoVietnamese", [](Unit& unit) { unit.titles[0].title = {.vi = " ", .en = "Alliance"}; },
         "unit.titles[0].title.vi", common::kRequiredFieldMissing},
        {"LongTitle", [](Unit& unit) { unit.titles[0].title.vi = std::string(501, 'x'); },
         "unit.titles[0].title.vi", common::kInvalidText},
        {"ControlCharacter", [](Unit& unit) { unit.titles[0].title.en = "a\x01"; },
         "unit.titles[0].title.en", common::kInvalidText},
        {"SecondTitleWithoutDay",
         [](Unit& unit) { unit.titles.push_back({.title = {.vi = "Liên minh"}}); },
         "unit.titles[1].valid_from", common::kRequiredFieldMissing},
        {"SecondTitleOnTheSameDay",
         [](Unit& unit) {
           unit.titles[0].valid_from = Day("2020-01-01");
           unit.titles.push_back({.title = {.vi = "Liên minh"}, .valid_from = Day("2020-01-01")});
         },
         "unit.titles[1].valid_from", common::kInvalidField},
        {"CodeOfOneDigit", [](Unit& unit) { unit.province_codes[0].code = "7"; },
         "unit.province_codes[0].code", common::kInvalidField},
        {"CodeOfLetters", [](Unit& unit) { unit.province_codes[0].code = "BN"; },
         "unit.province_codes[0].code", common::kInvalidField},
        {"SecondCodeWithoutDay", [](Unit& unit) { unit.province_codes.push_back({.code = "24"}); },
         "unit.province_codes[1].valid_from", common::kRequiredFieldMissing},
    }),
    testkit::CaseName<UnitCase>);

class CooperativeRefused : public ::testing::TestWithParam<UnitCase> {};

TEST_P(CooperativeRefused, AtTheField) {
  Unit unit = Cooperative("htx-bac-ninh", "bac-ninh");
  GetParam().spoil(unit);
  const Unit parent = Alliance("bac-ninh");
  const auto result = MakeUnit(unit, &parent, {});
  EXPECT_THAT(result, HasViolation(GetParam().field));
  EXPECT_THAT(result, HasReason(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(Fields, CooperativeRefused,
                         ::testing::ValuesIn<UnitCase>({
                             {"NoSector", [](Unit& unit) { unit.sector = Sector::kUnspecified; },
                              "unit.sector", common::kRequiredFieldMissing},
                             {"NoParent", [](Unit& unit) { unit.parent.reset(); }, "unit.parent",
                              common::kRequiredFieldMissing},
                             {"NoFoundingDate", [](Unit& unit) { unit.founding_date.reset(); },
                              "unit.founding_date", common::kRequiredFieldMissing},
                             {"ProvinceCode",
                              [](Unit& unit) { unit.province_codes = {{.code = "27"}}; },
                              "unit.province_codes", common::kInvalidField},
                         }),
                         testkit::CaseName<UnitCase>);

TEST(MakeUnitTest, NamesAllFieldsAtFaultTogetherWithThoseOfParsing) {
  Unit unit = Alliance("bac-ninh");
  unit.sector = Sector::kAgriculture;
  unit.province_codes[0].code = "x";
  const auto result = MakeUnit(
      unit, nullptr, samples::ParsedWrong("unit.titles[0].valid_from", common::kInvalidDate));
  EXPECT_THAT(result, HasReason(common::kInvalidDate));
  EXPECT_THAT(result, HasViolation("unit.titles[0].valid_from"));
  EXPECT_THAT(result, HasViolation("unit.sector"));
  EXPECT_THAT(result, HasViolation("unit.province_codes[0].code"));
}

TEST(MakeUnitTest, AParentThatIsNotThereIsUnknown) {
  const auto result = MakeUnit(Cooperative("htx", "bac-ninh"), nullptr, {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kUnitUnknown));
}

TEST(MakeUnitTest, AParentThatIsACooperativeIsUnknown) {
  const Unit parent = Cooperative("htx-cha", "bac-ninh");
  EXPECT_THAT(MakeUnit(Cooperative("htx", "htx-cha"), &parent, {}), HasReason(kUnitUnknown));
}

TEST(UpdateUnitTest, AddsToTheListsAndLeavesTheRest) {
  const Unit stored = Alliance("bac-ninh");
  Unit draft{.kind = UnitKind::kCooperative, .titles = stored.titles};
  draft.province_codes = {{.code = "27"}, {.code = "24", .valid_from = Day("2025-07-01")}};
  Unit expected = stored;
  expected.province_codes = draft.province_codes;
  EXPECT_THAT(UpdateUnit(stored, draft, {}), IsOkAndHolds(expected));
}

TEST(UpdateUnitTest, TheSameListsChangeNothing) {
  const Unit stored = Alliance("bac-ninh");
  EXPECT_THAT(UpdateUnit(stored, stored, {}), IsOkAndHolds(stored));
}

class UpdateRefused : public ::testing::TestWithParam<UnitCase> {};

TEST_P(UpdateRefused, WhereThePastIsRewritten) {
  Unit stored = Alliance("bac-ninh");
  stored.province_codes.push_back({.code = "24", .valid_from = Day("2025-07-01")});
  Unit draft = stored;
  GetParam().spoil(draft);
  const auto result = UpdateUnit(stored, draft, {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Lists, UpdateRefused,
    ::testing::ValuesIn<UnitCase>({
        {"ChangedTitle", [](Unit& unit) { unit.titles[0].title.vi = "Khác"; }, "unit.titles[0]",
         kHistoryRewritten},
        {"ChangedEnglish", [](Unit& unit) { unit.titles[0].title.en = "Other"; }, "unit.titles[0]",
         kHistoryRewritten},
        {"CodeLeftOut", [](Unit& unit) { unit.province_codes.pop_back(); }, "unit.province_codes",
         kHistoryRewritten},
        {"CodeOnAnotherDay",
         [](Unit& unit) { unit.province_codes[1].valid_from = Day("2025-07-02"); },
         "unit.province_codes[1]", kHistoryRewritten},
        {"TitlesLeftOut", [](Unit& unit) { unit.titles.clear(); }, "unit.titles",
         common::kRequiredFieldMissing},
    }),
    testkit::CaseName<UnitCase>);

}  // namespace
}  // namespace reporting
