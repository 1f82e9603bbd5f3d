#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/expression/expression.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::expression {
namespace {

using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::StatusIs;

struct RefusalCase {
  std::string name{};
  std::string text{};
  int column = 0;
  std::string sentence{};
  std::optional<ValueType> type{};
};

class Refusal : public ::testing::TestWithParam<RefusalCase> {};

TEST_P(Refusal, SaysWhatIsWrongAndWhere) {
  const auto expression = Expression::Parse(GetParam().text, {.type = GetParam().type});
  ASSERT_THAT(expression, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(expression, HasReason(kExpressionInvalid));
  EXPECT_EQ(sv(expression.status().message()),
            absl::StrCat("column ", GetParam().column, ": ", GetParam().sentence));
  EXPECT_EQ(DetailOf(expression.status()).metadata.at("column"), std::to_string(GetParam().column));
}

INSTANTIATE_TEST_SUITE_P(
    Characters, Refusal,
    ::testing::ValuesIn<RefusalCase>({
        {"Empty", "", 1, "the expression is empty"},
        {"Blank", "  \n ", 5, "the expression is empty"},
        {"NotEqualInC", "A == 1", 3, "`==` has no meaning; write `=`"},
        {"NotEqualInSql", "A <> 1", 3, "`<>` has no meaning; write `!=`"},
        {"Exclamation", "!(A = 1)", 1, "`!` has no meaning; write `not`"},
        {"Ampersand", "A = 1 && B = 1", 7, "`&` has no meaning; write `and`"},
        {"LessOrEqualSign", "A ≤ 1", 3, "`≤` has no meaning; write `<=`"},
        {"EnDash", "A – 1", 3, "`–` has no meaning; write `-`"},
        {"TimesSign", "A × 2", 3, "`×` has no meaning; write `*`"},
        {"Percent", "A * 5%", 6, "`%` has no meaning"},
        {"Quote", "\"A\"", 1, "`\"` has no meaning"},
        {"NoBreakSpace", "A +\u00a0B", 4, "the character U+00A0 has no meaning"},
        {"Vietnamese", "A + Đ", 5, "the character U+0110 has no meaning"},
        {"ChangesDirection", "A\u202e", 2, "the character U+202E has no meaning"},
        {"Null", std::string("A\0B", 3), 2, "the character U+0000 has no meaning"},
        {"Delete", "\x7f", 1, "the character U+007F has no meaning"},
        {"NotUtf8", "A + \xff", 5, "the text is not valid UTF-8"},
        {"CutUtf8", "A \xc4", 3, "the text is not valid UTF-8"},
        {"MixedCase", "1 + Coop", 5,
         "`Coop` is neither a variable, which has 1 to 63 upper-case letters, digits and "
         "underscores, nor a function, which is lower case"},
        {"CamelCase", "coopNew", 1,
         "`coopNew` is neither a variable, which has 1 to 63 upper-case letters, digits and "
         "underscores, nor a function, which is lower case"},
        {"Underscore", "_A", 1, "`_` has no meaning"},
        {"LetterAfterNumber", "2A", 2,
         "an operator is missing between the number and the letter after it"},
        {"Exponent", "1.5e3", 4,
         "an operator is missing between the number and the letter after it"},
        {"NoDecimals", "1. + 2", 1, "a digit is missing after the point"},
        {"NoWholePart", ".5", 1, "`.` has no meaning"},
        {"TwoPoints", "1.2.3", 4, "`.` has no meaning"},
        {"DecimalComma", "1,5 * A", 2,
         "`,` stands only between the arguments of a function; decimals follow a point"},
    }),
    testkit::CaseName<RefusalCase>);

INSTANTIATE_TEST_SUITE_P(
    Grammar, Refusal,
    ::testing::ValuesIn<RefusalCase>({
        {"NoRightOperand", "A +", 4,
         "a number, a variable, a function or `(` is missing, but there is the end"},
        {"NoLeftOperand", "* A", 1,
         "a number, a variable, a function or `(` is missing, but there is `*`"},
        {"UnarySign", "+A", 1,
         "a number, a variable, a function or `(` is missing, but there is `+`"},
        {"NothingBeforeAnd", "and A = 1", 1,
         "a number, a variable, a function or `(` is missing, but there is `and`"},
        {"EmptyParentheses", "()", 2,
         "a number, a variable, a function or `(` is missing, but there is `)`"},
        {"NoOperator", "A B", 3, "an operator is missing before `B`"},
        {"UpperCaseAnd", "A = 1 AND B = 1", 7,
         "an operator is missing before `AND`; operators are lower case"},
        {"NotClosed", "1 + (A * (B)", 13,
         "`)` is missing for the `(` of column 5, but there is the end"},
        {"NotOpened", "A + B)", 6, "`)` closes no parenthesis"},
        {"Chain", "1 < A < 3", 7, "comparisons do not chain; join two of them with `and`"},
        {"ChainOfEquals", "A = B != C", 7, "comparisons do not chain; join two of them with `and`"},
        {"NotAfterOperator", "A = 1 = not B = 1", 7,
         "comparisons do not chain; join two of them with `and`"},
        {"NotInSum", "1 + not A = 1", 5,
         "`not` binds weaker than what is before it; put it and its condition in parentheses"},
        {"UnknownFunction", "1 + avg(A)", 5,
         "there is no function `avg`; a variable is upper case"},
        {"LowerCaseVariable", "coop_new", 1,
         "there is no function `coop_new`; a variable is upper case"},
        {"UpperCaseFunction", "MAX(A, B)", 1,
         "`MAX` is a variable, but a `(` follows as after a function; functions are lower case"},
        {"FunctionWithoutCall", "abs + 1", 5, "`(` is missing after `abs`, but there is `+`"},
        {"CallNotClosed", "abs(A", 6, "`)` is missing at the end of `abs`, but there is the end"},
        {"NoArgument", "max()", 5,
         "a number, a variable, a function or `(` is missing, but there is `)`"},
        {"NoArgumentAfterComma", "max(A,)", 7,
         "a number, a variable, a function or `(` is missing, but there is `)`"},
        {"TooManyArguments", "1 + abs(A, B)", 5, "`abs` takes 1 argument, but has 2"},
        {"TooFewForIf", "if(A = 1, B)", 1, "`if` takes 3 arguments, but has 2"},
        {"TooManyForIf", "if(A = 1, B, C, D)", 1, "`if` takes 3 arguments, but has 4"},
        {"DecimalsNotPlain", "round(A, 1 + 1)", 12,
         "`)` is missing at the end of `round`, but there is `+`"},
        {"DecimalsOfVariable", "round(A, B)", 10,
         "the last argument of `round` is how many decimals to keep, a plain number from 0 to 18, "
         "but there is `B`"},
        {"NegativeDecimals", "floor(A, -1)", 10,
         "the last argument of `floor` is how many decimals to keep, a plain number from 0 to 18, "
         "but there is `-`"},
        {"TooManyDecimals", "ceil(A, 19)", 9,
         "the last argument of `ceil` is how many decimals to keep, a plain number from 0 to 18, "
         "but there is `19`"},
        {"BrokenDecimals", "trunc(A, 1.5)", 10,
         "the last argument of `trunc` is how many decimals to keep, a plain number from 0 to 18, "
         "but there is `1.5`"},
        {"TargetOfExpression", "target(A + 1)", 10,
         "`)` is missing at the end of `target`, but there is `+`"},
        {"PreviousOfNumber", "previous(1)", 10,
         "`previous` takes the name of a variable, but there is `1`"},
        {"PreviousOfTarget", "previous(target(A))", 10,
         "`previous` takes the name of a variable, but there is `target`"},
        {"SumWithoutGroup", "sum(A)", 6,
         "`sum` takes a variable, a comma and a group of its breakdown, but there is `)`"},
        {"SumWithEmptyGroup", "sum(A, )", 8, "a group such as `sector` is missing here"},
        {"UpperCaseGroup", "sum(A, SECTOR)", 8,
         "`SECTOR` is no group: it has 1 to 63 lower-case letters, digits and hyphens, begins with "
         "a letter and does not end with a hyphen"},
        {"GroupEndsWithHyphen", "sum(A, sector-)", 8,
         "`sector-` is no group: it has 1 to 63 lower-case letters, digits and hyphens, begins "
         "with a letter and does not end with a hyphen"},
        {"TwoGroups", "sum(A, sector, size)", 14,
         "`)` is missing at the end of `sum`, but there is `,`"},
    }),
    testkit::CaseName<RefusalCase>);

INSTANTIATE_TEST_SUITE_P(
    Types, Refusal,
    ::testing::ValuesIn<RefusalCase>({
        {"AndOfNumber", "A + B * 2   and C = 1", 13,
         "`and` needs conditions on both sides, but the left one is a number"},
        {"OrOfNumber", "A = 1 or B", 7,
         "`or` needs conditions on both sides, but the right one is a number"},
        {"SumOfCondition", "(A = 1) + 1", 9,
         "`+` needs numbers on both sides, but the left one is a condition"},
        {"ComparedConditions", "1 = (A = 2)", 3,
         "`=` needs numbers on both sides, but the right one is a condition"},
        {"NotOfNumber", "not A", 1, "`not` needs a condition after it, but there is a number"},
        {"SignOfCondition", "-(A = 1)", 1, "`-` needs a number after it, but there is a condition"},
        {"FunctionOfCondition", "max(1, A = 1)", 1,
         "`max` takes numbers, but argument 2 is a condition"},
        {"RoundOfCondition", "round(A = 1, 2)", 1,
         "`round` takes numbers, but argument 1 is a condition"},
        {"IfOfNumber", "if(A, 1, 2)", 1, "`if` needs a condition first, but there is a number"},
        {"IfOfBoth", "1 + if(A = 1, 2, B = 3)", 5,
         "`if` gives one of its arguments, but argument 2 is a number and argument 3 is a "
         "condition"},
        {"CoalesceOfBoth", "coalesce(A = 1, 0)", 1,
         "`coalesce` gives one of its arguments, but argument 1 is a condition and argument 2 is "
         "a number"},
        {"NumberNeeded", "A + 1 > 2", 7, "the expression must be a number, but this is a condition",
         ValueType::kNumber},
        {"ConditionNeeded", "  A", 3, "the expression must be a condition, but this is a number",
         ValueType::kBoolean},
    }),
    testkit::CaseName<RefusalCase>);

TEST(RefusalTest, NamesTheFieldItIsPutUnder) {
  const auto status = UnderField("rule.condition", Expression::Parse("A +").status());
  EXPECT_THAT(status, HasReason(kExpressionInvalid));
  EXPECT_THAT(status, HasViolation("rule.condition"));
  EXPECT_EQ(sv(status.message()),
            "rule.condition: column 4: a number, a variable, a function or `(` is missing, but "
            "there is the end");
  EXPECT_EQ(DetailOf(status).metadata.at("column"), "4");
  EXPECT_EQ(DetailOf(status).violations.front().reason, kExpressionInvalid);
}

TEST(RefusalTest, DoesNotRepeatALongWord) {
  const auto expression = Expression::Parse(std::string(3000, 'a'));
  EXPECT_EQ(sv(expression.status().message()),
            absl::StrCat("column 1: there is no function `", std::string(70, 'a'),
                         "...`; a variable is upper case"));
}

}  // namespace
}  // namespace common::expression
