#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/expression/expression.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::expression {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testkit::IsOk;

Expression Parsed(std::string_view text) { return Expression::Parse(text).value(); }

struct CanonicalCase {
  std::string name{};
  std::string text{};
  std::string canonical{};
};

class Canonical : public ::testing::TestWithParam<CanonicalCase> {};

TEST_P(Canonical, TextIsWrittenOneWay) {
  const auto expression = Expression::Parse(GetParam().text);
  ASSERT_THAT(expression, IsOk());
  EXPECT_EQ(expression->ToText(), GetParam().canonical);
}

TEST_P(Canonical, TextIsReadAsTheSameExpression) {
  EXPECT_EQ(Parsed(GetParam().canonical), Parsed(GetParam().text));
  EXPECT_EQ(Parsed(GetParam().canonical).ToText(), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Canonical,
    ::testing::ValuesIn<CanonicalCase>({
        {"Integer", "42", "42"},
        {"Decimal", "3.50", "3.5"},
        {"LeadingZeros", "007.0", "7"},
        {"SmallDecimal", "0.000000000000000001", "0.000000000000000001"},
        {"LargeNumber", "999999999999999999.25", "999999999999999999.25"},
        {"Variable", " COOP_NEW2 ", "COOP_NEW2"},
        {"Spaces", "A+B\t*\r\nC", "A + B * C"},
        {"NeedlessParentheses", "((A)*(B))+((C))", "A * B + C"},
        {"LeftAssociativeSum", "(A-B)-C", "A - B - C"},
        {"RightSumKeepsParentheses", "A-(B-C)", "A - (B - C)"},
        {"RightSumOfSum", "A+(B+C)", "A + (B + C)"},
        {"RightProduct", "A/(B*C)", "A / (B * C)"},
        {"ProductOfSums", "(A+B)*(C-D)", "(A + B) * (C - D)"},
        {"PowersFromTheRight", "A^(B^C)", "A ^ B ^ C"},
        {"PowersFromTheLeft", "(A^B)^C", "(A ^ B) ^ C"},
        {"SignOfPower", "-(A^2)", "-A ^ 2"},
        {"PowerOfSign", "(-A)^2", "(-A) ^ 2"},
        {"SignInExponent", "A^(-B)", "A ^ -B"},
        {"SignOfPowerInExponent", "A^(-(B^C))", "A ^ -B ^ C"},
        {"SignOfProduct", "-(A*B)", "-(A * B)"},
        {"ProductOfSigns", "(-A)*(-B)", "-A * -B"},
        {"DoubleSign", "-(-A)", "--A"},
        {"DifferenceOfSign", "A-(-B)", "A - -B"},
        {"Comparison", "A+1<=(B)", "A + 1 <= B"},
        {"NotOfComparison", "not(A=B)", "not A = B"},
        {"DoubleNot", "not(not(A=B))", "not not A = B"},
        {"NotOfAnd", "not(A=1 and B=2)", "not (A = 1 and B = 2)"},
        {"AndBeforeOr", "(A=1 and B=2)or C=3", "A = 1 and B = 2 or C = 3"},
        {"OrInAnd", "A=1 and(B=2 or C=3)", "A = 1 and (B = 2 or C = 3)"},
        {"AndOnTheRight", "A=1 and(B=2 and C=3)", "A = 1 and (B = 2 and C = 3)"},
        {"AndOfNots", "(not A=1)and(not B=2)", "not A = 1 and not B = 2"},
        {"KeywordNextToSign", "A=1 and-1<B", "A = 1 and -1 < B"},
        {"If", "if(A>B,A,B)", "if(A > B, A, B)"},
        {"ArgumentsNeedNoParentheses", "max((A),(B+C),(2))", "max(A, B + C, 2)"},
        {"NoDecimals", "round(A,0)", "round(A)"},
        {"Decimals", "round( A , 02 )", "round(A, 2)"},
        {"RoundingFunctions", "floor(A,1)+ceil(A,2)+trunc(A)",
         "floor(A, 1) + ceil(A, 2) + trunc(A)"},
        {"Functions", "abs(ln(exp(sqrt(A))))", "abs(ln(exp(sqrt(A))))"},
        {"MissingOfCondition", "missing((A>1))", "missing(A > 1)"},
        {"Coalesce", "coalesce(A,0)", "coalesce(A, 0)"},
        {"CoalesceOfConditions", "coalesce(A>1,1=0)", "coalesce(A > 1, 1 = 0)"},
        {"References", "target( A )-previous(B)*last_year(C)",
         "target(A) - previous(B) * last_year(C)"},
        {"Sum", "sum(A,sector)", "sum(A, sector)"},
        {"GroupWithHyphen", "sum(A, by-sector-2)-1", "sum(A, by-sector-2) - 1"},
        {"GroupNamedLikeAFunction", "sum(A,if)+sum(A,and)", "sum(A, if) + sum(A, and)"},
    }),
    testkit::CaseName<CanonicalCase>);

struct PrecedenceCase {
  std::string name{};
  std::string text{};
  std::string meant{};
  std::string not_meant{};
};

class Precedence : public ::testing::TestWithParam<PrecedenceCase> {};

TEST_P(Precedence, IsThatOfTheGrammar) {
  EXPECT_EQ(Parsed(GetParam().text), Parsed(GetParam().meant));
  EXPECT_FALSE(Parsed(GetParam().text) == Parsed(GetParam().not_meant));
}

INSTANTIATE_TEST_SUITE_P(
    Operators, Precedence,
    ::testing::ValuesIn<PrecedenceCase>({
        {"ProductBeforeSum", "A + B * C", "A + (B * C)", "(A + B) * C"},
        {"SumsFromTheLeft", "A - B + C", "(A - B) + C", "A - (B + C)"},
        {"ProductsFromTheLeft", "A / B * C", "(A / B) * C", "A / (B * C)"},
        {"PowersFromTheRight", "A ^ B ^ C", "A ^ (B ^ C)", "(A ^ B) ^ C"},
        {"PowerBeforeSign", "-A ^ B", "-(A ^ B)", "(-A) ^ B"},
        {"SignBeforeProduct", "-A * B", "(-A) * B", "-(A * B)"},
        {"PowerBeforeProduct", "A * B ^ C", "A * (B ^ C)", "(A * B) ^ C"},
        {"SignInExponent", "A ^ -B ^ C", "A ^ (-(B ^ C))", "(A ^ -B) ^ C"},
        {"ProductAfterExponent", "A ^ -B * C", "(A ^ (-B)) * C", "A ^ (-B * C)"},
        {"SumBeforeComparison", "A = B + C", "A = (B + C)", "A + B = C"},
        {"ComparisonBeforeNot", "not A = B", "not (A = B)", "A = B"},
        {"NotBeforeAnd", "not A = B and C = D", "(not A = B) and C = D", "not (A = B and C = D)"},
        {"AndBeforeOr", "A = 1 or B = 1 and C = 1", "A = 1 or (B = 1 and C = 1)",
         "(A = 1 or B = 1) and C = 1"},
    }),
    testkit::CaseName<PrecedenceCase>);

TEST(ExpressionTest, HasAType) {
  EXPECT_EQ(Parsed("A + 1").type(), ValueType::kNumber);
  EXPECT_EQ(Parsed("A + 1 > 2").type(), ValueType::kBoolean);
  EXPECT_EQ(Parsed("missing(A)").type(), ValueType::kBoolean);
  EXPECT_EQ(Parsed("if(A > 1, B > 1, C > 1)").type(), ValueType::kBoolean);
  EXPECT_EQ(Parsed("if(A > 1, B, C)").type(), ValueType::kNumber);
  EXPECT_EQ(Parsed("coalesce(A > 1, B > 1)").type(), ValueType::kBoolean);
}

TEST(ExpressionTest, MayBeOfTheTypeAskedFor) {
  EXPECT_THAT(Expression::Parse("A", {.type = ValueType::kNumber}), IsOk());
  EXPECT_THAT(Expression::Parse("A > 0", {.type = ValueType::kBoolean}), IsOk());
}

TEST(ExpressionTest, ListsEachReferenceOnceWhereItIsMadeFirst) {
  const Expression expression =
      Parsed("B + A * target(A) - A\n  + sum(A, sector) + sum(A, size) / B");
  EXPECT_THAT(
      expression.References(),
      ElementsAre(
          Mention{.reference = {.kind = ReferenceKind::kCurrent, .variable = "B"}, .column = 1},
          Mention{.reference = {.kind = ReferenceKind::kCurrent, .variable = "A"}, .column = 5},
          Mention{.reference = {.kind = ReferenceKind::kTarget, .variable = "A"}, .column = 9},
          Mention{.reference = {.kind = ReferenceKind::kSum, .variable = "A", .group = "sector"},
                  .column = 27},
          Mention{.reference = {.kind = ReferenceKind::kSum, .variable = "A", .group = "size"},
                  .column = 44}));
}

TEST(ExpressionTest, MayReferToNothing) { EXPECT_THAT(Parsed("1 + 2").References(), IsEmpty()); }

TEST(ExpressionTest, WritesReferencesAsTheyAreRead) {
  EXPECT_EQ(ToText(Reference{.kind = ReferenceKind::kPrevious, .variable = "A"}), "previous(A)");
  EXPECT_EQ(ToText(Reference{.kind = ReferenceKind::kLastYear, .variable = "A"}), "last_year(A)");
}

TEST(ExpressionTest, DiffersByWhatItSays) {
  const std::vector<std::string> texts = {"A",           "B",        "1",         "target(A)",
                                          "A + B",       "B + A",    "A - B",     "round(A)",
                                          "round(A, 1)", "floor(A)", "sum(A, x)", "sum(A, y)"};
  for (const auto& a : texts) {
    for (const auto& b : texts) EXPECT_EQ(Parsed(a) == Parsed(b), a == b) << a << " and " << b;
  }
}

TEST(ExpressionTest, OutlivesTheTextItWasMadeOf) {
  auto text = std::make_unique<std::string>("COOP_NEW + sum(COOP_NEW, sector)");
  const Expression expression = Parsed(*text);
  const Expression copy = expression;
  text.reset();
  EXPECT_EQ(copy.ToText(), "COOP_NEW + sum(COOP_NEW, sector)");
  EXPECT_EQ(copy.References().front().reference.variable, "COOP_NEW");
}

}  // namespace
}  // namespace common::expression
