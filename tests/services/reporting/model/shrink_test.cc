#include "tests/services/reporting/model/shrink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/testkit/case_name.h"

namespace reporting::model {
namespace {

struct ShrinkCase {
  std::string name;
  // What together makes it fail.
  std::vector<int> cause;
};

class ShrinkTest : public ::testing::TestWithParam<ShrinkCase> {};

TEST_P(ShrinkTest, LeavesTheCauseAlone) {
  std::vector<int> items;
  for (int i = 0; i < 40; ++i) items.push_back(i);
  const auto fails = [](const std::vector<int>& shorter) {
    return std::includes(shorter.begin(), shorter.end(), GetParam().cause.begin(),
                         GetParam().cause.end());
  };
  EXPECT_EQ(Shrink<int>(items, fails), GetParam().cause);
}

INSTANTIATE_TEST_SUITE_P(Causes, ShrinkTest,
                         ::testing::ValuesIn<ShrinkCase>({
                             {"TheFirst", {0}},
                             {"TheLast", {39}},
                             {"BothEnds", {0, 39}},
                             {"Neighbours", {19, 20, 21}},
                             {"FarApart", {3, 11, 17, 30, 38}},
                             {"Nothing", {}},
                         }),
                         testkit::CaseName<ShrinkCase>);

TEST(ShrinkTest, GoesOnUntilNothingElseCanGo) {
  // An even number of items fails, so single ones cannot go, but pairs can.
  const auto fails = [](const std::vector<int>& shorter) {
    return !shorter.empty() && shorter.size() % 2 == 0;
  };
  EXPECT_EQ(Shrink<int>({1, 2, 3, 4, 5, 6, 7, 8}, fails).size(), 2U);
}

}  // namespace
}  // namespace reporting::model
