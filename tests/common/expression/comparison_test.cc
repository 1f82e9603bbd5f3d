#include "common/expression/comparison.h"

#include <gtest/gtest.h>

#include <string>

namespace common::expression {
namespace {

Expression Parsed(const std::string& text) { return Expression::Parse(text).value(); }

struct Sides {
  std::string text;
  std::string left;
  std::string right;
};

class ComparisonSides : public ::testing::TestWithParam<Sides> {};

TEST_P(ComparisonSides, AreExpressionsOfTheirOwn) {
  const auto comparison = ComparisonOf(Parsed(GetParam().text));
  ASSERT_TRUE(comparison.has_value());
  EXPECT_EQ(comparison->left.ToText(), GetParam().left);
  EXPECT_EQ(comparison->right.ToText(), GetParam().right);
  EXPECT_EQ(comparison->left, Parsed(GetParam().left));
  EXPECT_EQ(comparison->right, Parsed(GetParam().right));
}

INSTANTIATE_TEST_SUITE_P(
    Comparisons, ComparisonSides,
    ::testing::ValuesIn<Sides>({
        {"A = B", "A", "B"},
        {"A + B = C", "A + B", "C"},
        {"1.5 <= max(A, previous(A), 2) * (B - 1)", "1.5", "max(A, previous(A), 2) * (B - 1)"},
        {"sum(A, sector) != if(A = B, 1, -2)", "sum(A, sector)", "if(A = B, 1, -2)"},
        {"(A > B)", "A", "B"},
    }));

TEST(ComparisonTest, AnythingElseIsNone) {
  for (const char* text : {"A", "A + B", "not A = B", "A = B and B = C", "missing(A)"}) {
    EXPECT_FALSE(ComparisonOf(Parsed(text)).has_value()) << text;
  }
}

TEST(ComparisonTest, ASideNamesOnlyWhatItRefersTo) {
  const auto comparison = ComparisonOf(Parsed("A = B + C"));
  ASSERT_TRUE(comparison.has_value());
  ASSERT_EQ(comparison->right.References().size(), 2U);
  EXPECT_EQ(comparison->right.References()[0].reference.variable, "B");
}

}  // namespace
}  // namespace common::expression
