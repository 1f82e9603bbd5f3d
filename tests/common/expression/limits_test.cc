// Expressions at their limits and one step beyond.
#include "common/expression/limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/common/expression/fixture.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::expression {
namespace {

using ::testing::HasSubstr;
using ::testkit::IsOk;

std::string Repeated(std::string_view text, size_t times) {
  std::string result;
  for (size_t i = 0; i < times; ++i) result += text;
  return result;
}

struct NestingCase {
  std::string name{};
  // Written once per level.
  std::string before{};
  std::string innermost{};
  std::string after{};
  // Where the level that is one too many begins.
  int column_beyond = 0;
};

class Nesting : public ::testing::TestWithParam<NestingCase> {
 protected:
  static absl::StatusOr<Expression> Nested(size_t levels) {
    return Expression::Parse(absl::StrCat(Repeated(GetParam().before, levels), GetParam().innermost,
                                          Repeated(GetParam().after, levels)));
  }
};

TEST_P(Nesting, GoesToTheLimit) {
  const auto expression = Nested(64);
  ASSERT_THAT(expression, IsOk());
  EXPECT_EQ(Expression::Parse(expression->ToText()).value(), *expression);
  Evaluate(*expression, MapResolver({{"A", Known(1)}}));
}

TEST_P(Nesting, GoesNotBeyond) {
  for (const size_t levels : {65U, 300U}) {
    EXPECT_EQ(sv(Nested(levels).status().message()),
              absl::StrCat("column ", GetParam().column_beyond,
                           ": the expression is nested more than 64 levels deep"));
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, Nesting,
                         ::testing::ValuesIn<NestingCase>({
                             {"Parentheses", "(", "A", ")", 65},
                             {"Signs", "-", "A", "", 65},
                             {"Nots", "not ", "A = 1", "", 257},
                             {"Powers", "A^", "A", "", 130},
                             {"Calls", "abs(", "A", ")", 257},
                             {"RightOperands", "1-(", "A", ")", 195},
                             {"Conditions", "if(A=1,", "A", ",1)", 449},
                         }),
                         testkit::CaseName<NestingCase>);

TEST(LimitsTest, NestingIsNotWhatWasClosed) {
  EXPECT_THAT(Expression::Parse(absl::StrCat(Repeated("(A)+-1+A^2+abs(A)+", 70), "A")), IsOk());
}

TEST(LimitsTest, BoundsNestingOfUnclosedGarbage) {
  EXPECT_THAT(Expression::Parse(Repeated("(", 4000)).status().message(), HasSubstr("64 levels"));
  EXPECT_THAT(Expression::Parse(Repeated("-", 4000)).status().message(), HasSubstr("64 levels"));
  EXPECT_THAT(Expression::Parse(Repeated("not ", 1000)).status().message(), HasSubstr("64 levels"));
}

TEST(LimitsTest, AChainIsNoNesting) {
  const std::string chain = absl::StrCat(Repeated("A + ", 499), "A");
  EXPECT_EQ(Evaluated(chain, MapResolver({{"A", Known(2)}})), "1000");
  const std::string conditions = absl::StrCat(Repeated("A=1 or ", 249), "A=2");
  EXPECT_EQ(Evaluated(conditions, MapResolver({{"A", Known(2)}})), "true");
}

TEST(LimitsTest, BoundsNodes) {
  EXPECT_THAT(Expression::Parse(absl::StrCat("-", Repeated("A+", 499), "A")), IsOk());
  EXPECT_EQ(sv(Expression::Parse(absl::StrCat("--", Repeated("A+", 499), "A")).status().message()),
            "column 1000: the expression has more than 1000 numbers, references, operators and "
            "calls");
}

TEST(LimitsTest, BoundsBytes) {
  EXPECT_THAT(Expression::Parse("A" + std::string(3999, ' ')), IsOk());
  EXPECT_EQ(sv(Expression::Parse("A" + std::string(4000, ' ')).status().message()),
            "column 1: the expression has more than 4000 bytes");
}

TEST(LimitsTest, BoundsBytesOfTheCanonicalText) {
  // 300 variables of 12 bytes and 299 signs: 3,899 bytes, and 598 more with spaces.
  const auto expression = Expression::Parse(Repeated("VARIABLE_ABC+", 299) + "VARIABLE_ABC");
  EXPECT_EQ(sv(expression.status().message()),
            "column 1: the expression has more than 4000 bytes when it is written with the usual "
            "spaces");
}

TEST(LimitsTest, BoundsDigits) {
  const std::string most(18, '9');
  EXPECT_THAT(Expression::Parse(absl::StrCat(most, ".", most)), IsOk());
  for (const auto& text : {absl::StrCat("1", most), absl::StrCat("1.1", most)}) {
    EXPECT_EQ(sv(Expression::Parse(text).status().message()),
              "column 1: the number has more than 18 digits before or after its point");
  }
}

TEST(LimitsTest, BoundsNames) {
  const std::string code(63, 'A');
  const std::string group(63, 'a');
  EXPECT_THAT(Expression::Parse(absl::StrCat("sum(", code, ",", group, ")")), IsOk());
  EXPECT_THAT(Expression::Parse(code + "A").status().message(), HasSubstr("1 to 63 upper-case"));
  EXPECT_THAT(Expression::Parse(absl::StrCat("sum(A,", group, "a)")).status().message(),
              HasSubstr("1 to 63 lower-case"));
}

}  // namespace
}  // namespace common::expression
