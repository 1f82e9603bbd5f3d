// Whole rounds against golden/*.expected, which a second implementation made (reference.py).
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include "services/awards/domain/rubric.h"
#include "tests/services/awards/domain/case_file.h"

namespace awards {
namespace {

std::string ReadGolden(const std::string& file) {
  const std::string path = std::string(AWARDS_GOLDEN_DIR) + "/" + file;
  std::ifstream stream(path);
  EXPECT_TRUE(stream) << "cannot read " << path;
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string TestName(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::erase(name, '-');
  return name;
}

class Golden : public ::testing::TestWithParam<std::string> {
 protected:
  CaseFile file_ = ReadCase(ReadGolden(GetParam() + ".case"));
  std::string expected_ = ReadGolden(GetParam() + ".expected");
};

TEST_P(Golden, FollowsTheReferenceToTheLastCharacter) { EXPECT_EQ(Expectation(file_), expected_); }

TEST_P(Golden, RubricsAreValid) {
  for (const auto& [id, rubric] : file_.rubrics) {
    const Violations violations = ValidateRubric(rubric);
    EXPECT_TRUE(violations.empty())
        << violations.list().front().field << ": " << violations.list().front().description;
  }
}

// The units stay in their order, since the expectation lists sheets by it.
TEST_P(Golden, DoesNotDependOnTheOrderOfEventsAndPins) {
  std::mt19937 random(20201231);
  for (int round = 0; round < 10; ++round) {
    for (auto& [category, units] : file_.units) {
      for (CaseUnit& unit : units) {
        for (auto& [criterion, events] : unit.inputs.events) {
          std::ranges::shuffle(events, random);
        }
        if (!unit.inputs.pins.empty()) unit.inputs.pins.push_back(unit.inputs.pins.front());
        std::ranges::shuffle(unit.inputs.pins, random);
      }
    }
    ASSERT_EQ(Expectation(file_), expected_);
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden,
                         ::testing::Values("absence", "boundaries", "comparison", "formulas",
                                           "nesting", "published-values", "scales", "undefined",
                                           "round"),
                         TestName);

}  // namespace
}  // namespace awards
