// Three-valued logic: every pair of true, false, missing and an error.
#include <gtest/gtest.h>

#include <string>

#include "tests/common/expression/fixture.h"

namespace common::expression {
namespace {

struct LogicCase {
  char left = 't';
  char right = 't';
  std::string conjunction{};
  std::string disjunction{};
};

// T is true, F false, M missing, and the error is at the place of its sign of division.
std::string Term(char value) {
  switch (value) {
    case 't':
      return "1 = 1";
    case 'f':
      return "1 = 2";
    case 'm':
      return "M = 1";
    default:
      return "1 / 0 = 1";
  }
}

std::string CaseNameOf(const ::testing::TestParamInfo<LogicCase>& info) {
  return std::string{info.param.left, info.param.right};
}

class Logic : public ::testing::TestWithParam<LogicCase> {};

TEST_P(Logic, And) {
  const LogicCase& row = GetParam();
  EXPECT_EQ(Evaluated(Term(row.left) + " and " + Term(row.right)), row.conjunction);
}

TEST_P(Logic, Or) {
  const LogicCase& row = GetParam();
  EXPECT_EQ(Evaluated(Term(row.left) + " or " + Term(row.right)), row.disjunction);
}

INSTANTIATE_TEST_SUITE_P(Kleene, Logic,
                         ::testing::ValuesIn<LogicCase>({
                             {'t', 't', "true", "true"},
                             {'t', 'f', "false", "true"},
                             {'t', 'm', "missing", "true"},
                             {'t', 'e', "division-by-zero@13", "true"},
                             {'f', 't', "false", "true"},
                             {'f', 'f', "false", "false"},
                             {'f', 'm', "false", "missing"},
                             {'f', 'e', "false", "division-by-zero@12"},
                             {'m', 't', "missing", "true"},
                             {'m', 'f', "false", "missing"},
                             {'m', 'm', "missing", "missing"},
                             {'m', 'e', "division-by-zero@13", "division-by-zero@12"},
                             {'e', 't', "division-by-zero@3", "division-by-zero@3"},
                             {'e', 'f', "division-by-zero@3", "division-by-zero@3"},
                             {'e', 'm', "division-by-zero@3", "division-by-zero@3"},
                             {'e', 'e', "division-by-zero@3", "division-by-zero@3"},
                         }),
                         CaseNameOf);

TEST(LogicTest, NotTurnsTruthAround) {
  EXPECT_EQ(Evaluated("not 1 = 1"), "false");
  EXPECT_EQ(Evaluated("not 1 = 2"), "true");
  EXPECT_EQ(Evaluated("not M = 1"), "missing");
  EXPECT_EQ(Evaluated("not 1 / 0 = 1"), "division-by-zero@7");
}

TEST(LogicTest, ChainsGoFromTheLeft) {
  EXPECT_EQ(Evaluated("M = 1 and 1 = 2 or 1 = 1"), "true");
  EXPECT_EQ(Evaluated("1 = 2 or M = 1 or 1 = 1"), "true");
  EXPECT_EQ(Evaluated("1 = 1 and M = 1 and 1 = 2"), "false");
  EXPECT_EQ(Evaluated("1 = 2 and 1 / 0 = 1 or M = 1"), "missing");
}

TEST(LogicTest, GuardsADivision) {
  const MapResolver zero({{"A", Known(1)}, {"B", Known(0)}});
  EXPECT_EQ(Evaluated("B != 0 and A / B > 2", zero), "false");
  EXPECT_EQ(Evaluated("B = 0 or A / B > 2", zero), "true");
}

}  // namespace
}  // namespace common::expression
