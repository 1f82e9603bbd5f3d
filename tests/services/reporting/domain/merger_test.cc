#include "services/reporting/domain/merger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::Alliance;
using samples::AUnitId;
using samples::Day;
using ::testing::ElementsAre;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

constexpr char kResolution[] = "Nghị quyết 202/2025/QH15";

// Four alliances and a cooperative of one.
Units SomeUnits() {
  Units units;
  for (const char* id : {"hai-duong", "hai-phong", "ha-nam", "ninh-binh"}) {
    units.emplace(AUnitId(id), Alliance(id));
  }
  units.emplace(AUnitId("htx"), samples::Cooperative("htx", "hai-duong"));
  return units;
}

Merger AMerger(const std::vector<std::string>& predecessors, std::string_view successor,
               std::string_view date = "2025-07-01") {
  Merger merger{.successor = AUnitId(successor), .date = Day(date), .legal_basis = kResolution};
  for (const std::string& id : predecessors) merger.predecessors.push_back(AUnitId(id));
  return merger;
}

Lineage ALineage(std::string_view unit, std::string_view date = "2025-07-01") {
  return {.unit = AUnitId(unit), .date = Day(date), .legal_basis = kResolution};
}

// `units` after a merger that must be taken.
Units After(Units units, const Merger& merger) {
  const auto merged = MergeUnits(merger, units, {});
  EXPECT_THAT(merged, IsOk());
  if (!merged.ok()) return units;
  units.at(merged->successor.id) = merged->successor;
  for (const Unit& unit : merged->predecessors) units.at(unit.id) = unit;
  return units;
}

TEST(MergeUnitsTest, WritesBothEndsOfTheLineageAndNothingElse) {
  const Units units = SomeUnits();
  Merged expected{.successor = units.at(AUnitId("ninh-binh")),
                  .predecessors = {units.at(AUnitId("ha-nam")), units.at(AUnitId("hai-duong"))}};
  expected.successor.predecessors = {ALineage("ha-nam"), ALineage("hai-duong")};
  expected.predecessors[0].successor = ALineage("ninh-binh");
  expected.predecessors[1].successor = ALineage("ninh-binh");
  EXPECT_THAT(MergeUnits(AMerger({"ha-nam", "hai-duong"}, "ninh-binh"), units, {}),
              IsOkAndHolds(expected));
}

TEST(MergeUnitsTest, NormalisesTheLegalBasis) {
  Merger merger = AMerger({"ha-nam"}, "ninh-binh");
  merger.legal_basis = "  Lua\u0323\u0302t ";
  EXPECT_EQ(MergeUnits(merger, SomeUnits(), {})->predecessors.at(0).successor->legal_basis, "Luật");
}

TEST(MergeUnitsTest, PredecessorsStandInTheOrderOfTheirDays) {
  Units units = After(SomeUnits(), AMerger({"hai-duong"}, "hai-phong", "2025-07-01"));
  units = After(units, AMerger({"ninh-binh"}, "hai-phong", "2010-01-01"));
  units = After(units, AMerger({"ha-nam"}, "hai-phong", "2025-07-01"));
  EXPECT_THAT(
      units.at(AUnitId("hai-phong")).predecessors,
      ElementsAre(ALineage("ninh-binh", "2010-01-01"), ALineage("hai-duong"), ALineage("ha-nam")));
}

TEST(MergeUnitsTest, AStoredMergerIsRepeatedWithoutChange) {
  const Merger merger = AMerger({"ha-nam", "hai-duong"}, "ninh-binh");
  const Units units = After(SomeUnits(), merger);
  EXPECT_THAT(MergeUnits(merger, units, {}),
              IsOkAndHolds(Merged{
                  .successor = units.at(AUnitId("ninh-binh")),
                  .predecessors = {units.at(AUnitId("ha-nam")), units.at(AUnitId("hai-duong"))}}));
}

TEST(MergeUnitsTest, MergersFormChainsInWhateverOrderTheyAreRecorded) {
  const Merger early = AMerger({"ha-nam"}, "ninh-binh", "2010-01-01");
  const Merger late = AMerger({"ninh-binh"}, "hai-phong", "2025-07-01");
  EXPECT_EQ(After(After(SomeUnits(), early), late), After(After(SomeUnits(), late), early));
}

struct MergerCase {
  std::string name;
  std::function<void(Merger&)> spoil;
  std::string field;
  std::string_view reason;
};

class MergerInvalid : public ::testing::TestWithParam<MergerCase> {};

TEST_P(MergerInvalid, AtTheField) {
  Merger merger = AMerger({"ha-nam"}, "ninh-binh");
  GetParam().spoil(merger);
  const auto result = MergeUnits(merger, SomeUnits(), {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasViolation(GetParam().field));
  EXPECT_THAT(result, HasReason(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, MergerInvalid,
    ::testing::ValuesIn<MergerCase>({
        {"Nobody", [](Merger& it) { it.predecessors.clear(); }, "predecessors",
         common::kRequiredFieldMissing},
        {"TooMany",
         [](Merger& it) {
           it.predecessors.clear();
           for (int i = 0; i < 21; ++i) it.predecessors.push_back(AUnitId("u" + std::to_string(i)));
         },
         "predecessors", common::kInvalidField},
        {"Twice", [](Merger& it) { it.predecessors.push_back(AUnitId("ha-nam")); },
         "predecessors[1]", common::kInvalidField},
        {"IntoItself", [](Merger& it) { it.predecessors.push_back(it.successor); },
         "predecessors[1]", common::kInvalidField},
        {"NoLegalBasis", [](Merger& it) { it.legal_basis = " "; }, "legal_basis",
         common::kRequiredFieldMissing},
        {"LongLegalBasis", [](Merger& it) { it.legal_basis = std::string(501, 'a'); },
         "legal_basis", common::kInvalidText},
    }),
    testkit::CaseName<MergerCase>);

TEST(MergeUnitsTest, TellsWhatParsingFound) {
  EXPECT_THAT(MergeUnits(AMerger({"ha-nam"}, "ninh-binh"), SomeUnits(),
                         samples::ParsedWrong("date", common::kInvalidDate)),
              HasViolation("date"));
}

struct PreconditionCase {
  std::string name;
  // Recorded before.
  std::vector<Merger> before;
  Merger merger;
  absl::StatusCode code;
  std::string_view reason;
  std::string field;
};

class MergerRefused : public ::testing::TestWithParam<PreconditionCase> {};

TEST_P(MergerRefused, WithItsReason) {
  Units units = SomeUnits();
  for (const Merger& merger : GetParam().before) units = After(units, merger);
  const auto result = MergeUnits(GetParam().merger, units, {});
  EXPECT_THAT(result, StatusIs(GetParam().code));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

Merger WithOtherBasis(Merger merger) {
  merger.legal_basis = "Luật khác";
  return merger;
}

INSTANTIATE_TEST_SUITE_P(States, MergerRefused,
                         ::testing::ValuesIn<PreconditionCase>({
                             {"UnknownPredecessor",
                              {},
                              AMerger({"ha-nam", "nowhere"}, "ninh-binh"),
                              absl::StatusCode::kFailedPrecondition,
                              kUnitUnknown,
                              "predecessors[1]"},
                             {"UnknownSuccessor",
                              {},
                              AMerger({"ha-nam"}, "nowhere"),
                              absl::StatusCode::kFailedPrecondition,
                              kUnitUnknown,
                              "successor"},
                             {"PredecessorIsACooperative",
                              {},
                              AMerger({"htx"}, "ninh-binh"),
                              absl::StatusCode::kFailedPrecondition,
                              kUnitUnknown,
                              "predecessors[0]"},
                             {"SuccessorIsACooperative",
                              {},
                              AMerger({"ha-nam"}, "htx"),
                              absl::StatusCode::kFailedPrecondition,
                              kUnitUnknown,
                              "successor"},
                             {"MergedIntoAnother",
                              {AMerger({"ha-nam"}, "ninh-binh")},
                              AMerger({"hai-duong", "ha-nam"}, "hai-phong"),
                              absl::StatusCode::kFailedPrecondition,
                              kUnitMerged,
                              "predecessors[1]"},
                             {"OnAnotherDay",
                              {AMerger({"ha-nam"}, "ninh-binh")},
                              AMerger({"ha-nam"}, "ninh-binh", "2025-07-02"),
                              absl::StatusCode::kFailedPrecondition,
                              kUnitMerged,
                              "predecessors[0]"},
                             {"OnAnotherLegalBasis",
                              {AMerger({"ha-nam"}, "ninh-binh")},
                              WithOtherBasis(AMerger({"ha-nam"}, "ninh-binh")),
                              absl::StatusCode::kFailedPrecondition,
                              kUnitMerged,
                              "predecessors[0]"},
                             {"OnlyPartlyStored",
                              {AMerger({"ha-nam"}, "ninh-binh")},
                              AMerger({"hai-duong", "ha-nam"}, "ninh-binh"),
                              absl::StatusCode::kFailedPrecondition,
                              kUnitMerged,
                              "predecessors[1]"},
                             {"SuccessorIsHistory",
                              {AMerger({"ninh-binh"}, "hai-phong", "2010-01-01")},
                              AMerger({"ha-nam"}, "ninh-binh", "2010-01-01"),
                              absl::StatusCode::kFailedPrecondition,
                              kUnitMerged,
                              "successor"},
                             {"InACircle",
                              {AMerger({"ninh-binh"}, "ha-nam", "2030-01-01")},
                              AMerger({"ha-nam"}, "ninh-binh", "2025-07-01"),
                              absl::StatusCode::kInvalidArgument,
                              common::kInvalidField,
                              "date"},
                             {"InALongCircle",
                              {AMerger({"ha-nam"}, "ninh-binh", "2010-01-01"),
                               AMerger({"ninh-binh"}, "hai-phong", "2020-01-01")},
                              AMerger({"hai-phong"}, "ha-nam", "2030-01-01"),
                              absl::StatusCode::kFailedPrecondition,
                              kUnitMerged,
                              "successor"},
                         }),
                         testkit::CaseName<PreconditionCase>);

}  // namespace
}  // namespace reporting
