#include "services/thiduactl/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/text/sha256.h"
#include "services/thiduactl/problem.h"
#include "tests/services/thiduactl/run_program.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/temp_dir.h"

namespace thiduactl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(PlanParsed, KnowsTheLineOfEachStep) {
  const auto file = ParsePlan(
      "# a comment\n"
      "step { sign_pact { unit: \"units/ha-nam\" } }\n"
      "\n"
      "step {\n"
      "  create_cluster { cluster_id: \"x\" cluster { title { vi: \"Cụm\" } } }\n"
      "}\n",
      "p.txtpb");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_THAT(file->lines, ElementsAre(2, 4));
  EXPECT_EQ(file->PlaceOf(1), "p.txtpb:4");
  EXPECT_EQ(StepKind(file->plan.step(0)), "sign_pact");
  EXPECT_EQ(file->plan.step(1).create_cluster().cluster().title().vi(), "Cụm");
}

struct RefusedCase {
  std::string name{};
  std::string text{};
  std::string message{};
};

class PlanRefused : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(PlanRefused, NamesFileLineAndColumn) {
  const auto file = ParsePlan(GetParam().text, "p.txtpb");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(ExitCodeOf(file.status()), ExitCode::kUsage);
  EXPECT_THAT(std::string(file.status().message()), StartsWith(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Plans, PlanRefused,
    ::testing::ValuesIn<RefusedCase>({
        {"UnknownField", "step {\n  create_unti { }\n}\n", "p.txtpb:2:15: "},
        {"UnknownEnumValue", "step { create_unit { unit { kind: KIND_CITY } } }\n",
         "p.txtpb:1:43: Unknown enumeration value"},
        {"NotClosed", "step { sign_pact { unit: \"a\" }\n", "p.txtpb:2:1: "},
        {"TwoCalls", "step { sign_pact { } create_unit { } }\n", "p.txtpb:1:34: "},
        {"NoCall", "step { sign_pact { } }\n\n  step { }\n", "p.txtpb:3:3: the step has no call"},
    }),
    testkit::CaseName<RefusedCase>);

TEST(PlanLoaded, ChecksTheTablesItNames) {
  const testkit::TempDir folder;
  WriteFile(folder.File("plan.txtpb"), "\nstep { import_csv { file: \"t.csv\" } }\n");
  WriteFile(folder.File("t.csv"), "unit,PCF\nha-nam,\"1,5\"\n");
  const auto file = LoadPlan(folder.File("plan.txtpb"));
  EXPECT_EQ(ExitCodeOf(file.status()), ExitCode::kUsage);
  EXPECT_THAT(std::string(file.status().message()), HasSubstr("plan.txtpb:2: "));
  EXPECT_THAT(std::string(file.status().message()), HasSubstr("t.csv:2: PCF has a comma"));
}

TEST(RequestIdsMade, AreTheSameForTheSameSequence) {
  thidua::reporting::v1::CreateUnitRequest request;
  request.set_unit_id("ha-nam");
  RequestIds first("plan");
  RequestIds second("plan");
  EXPECT_EQ(first.Next("unit", request), second.Next("unit", request));
  EXPECT_EQ(first.Next("unit", request), second.Next("unit", request));
}

TEST(RequestIdsMade, DifferByPositionContentCallAndSeed) {
  thidua::reporting::v1::CreateUnitRequest request;
  request.set_unit_id("ha-nam");
  thidua::reporting::v1::CreateUnitRequest other;
  other.set_unit_id("ha-noi");
  RequestIds ids("plan");
  const std::string id = ids.Next("unit", request);
  EXPECT_TRUE(common::IsUuid(id));
  EXPECT_NE(ids.Next("unit", request), id);
  EXPECT_NE(ids.Next("unit", other), id);
  EXPECT_NE(ids.Next("cluster", request), id);
  EXPECT_NE(RequestIds("another").Next("unit", request), id);
}

}  // namespace
}  // namespace thiduactl
