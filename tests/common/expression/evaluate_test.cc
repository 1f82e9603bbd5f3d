#include "common/expression/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/common/expression/fixture.h"
#include "tests/testkit/case_name.h"

namespace common::expression {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct EvaluationCase {
  std::string name{};
  std::string text{};
  std::string value{};
};

class Evaluation : public ::testing::TestWithParam<EvaluationCase> {};

// A is 7, B is -5/2, Z is 0; M and whatever is not named is missing; D failed.
TEST_P(Evaluation, Gives) {
  const MapResolver resolver({{"A", Known(7)},
                              {"B", Known(Fraction(-5, 2))},
                              {"Z", Known(0)},
                              {"target(A)", Known(10)},
                              {"previous(A)", Known(6)},
                              {"last_year(A)", Known(4)},
                              {"sum(A, sector)", Known(8)},
                              {"D", ErrorKind::kDomain}});
  EXPECT_EQ(Evaluated(GetParam().text, resolver), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(Arithmetic, Evaluation,
                         ::testing::ValuesIn<EvaluationCase>({
                             {"Literal", "0.1 + 0.2", "3/10"},
                             {"Precedence", "2 + 3 * 4", "14"},
                             {"LeftToRight", "10 - 4 - 3", "3"},
                             {"Quotients", "24 / 4 / 3", "2"},
                             {"ExactThird", "1 / 3 * 3", "1"},
                             {"Sign", "-A - -A", "0"},
                             {"PowerFromTheRight", "2 ^ 3 ^ 2", "512"},
                             {"PowerBeforeSign", "-2 ^ 2", "-4"},
                             {"PowerOfSign", "(-2) ^ 3", "-8"},
                             {"NegativePower", "(2/3) ^ -2", "9/4"},
                             {"NegativeOddPower", "(-2) ^ -3", "-1/8"},
                             {"ZeroToZero", "0 ^ 0", "1"},
                             {"ZeroToPositive", "0 ^ (1/3)", "0"},
                             {"OneToHuge", "1 ^ 999999999999999999", "1"},
                             {"MinusOneToHuge", "(-1) ^ 999999999999999999", "-1"},
                             {"CubeRoot", "8 ^ (1/3)", "2"},
                             {"RootOfFraction", "(16/81) ^ (3/4)", "8/27"},
                             {"NegativeRoot", "4 ^ -0.5", "1/2"},
                             {"Sqrt", "sqrt(4/9)", "2/3"},
                             {"SqrtOfZero", "sqrt(0)", "0"},
                             {"SqrtOfLarge", "sqrt(999999999999999999 ^ 2)", "999999999999999999"},
                             {"LnOfOne", "ln(1)", "0"},
                             {"ExpOfZero", "exp(A - 7)", "1"},
                         }),
                         testkit::CaseName<EvaluationCase>);

INSTANTIATE_TEST_SUITE_P(Functions, Evaluation,
                         ::testing::ValuesIn<EvaluationCase>({
                             {"Min", "min(A, B, 3)", "-5/2"},
                             {"MinOfOne", "min(A)", "7"},
                             {"Max", "max(B, A, 3)", "7"},
                             {"Abs", "abs(B) + abs(2)", "9/2"},
                             {"RoundHalfUp", "round(2.5)", "3"},
                             {"RoundHalfDown", "round(-2.5)", "-3"},
                             {"RoundBelowHalf", "round(2.4999)", "2"},
                             {"RoundDecimals", "round(2 / 3, 2)", "67/100"},
                             {"RoundMostDecimals", "round(1 / 3, 18)",
                              "333333333333333333/1000000000000000000"},
                             {"Floor", "floor(2.99)", "2"},
                             {"FloorOfNegative", "floor(-2.01)", "-3"},
                             {"FloorDecimals", "floor(-2.001, 2)", "-201/100"},
                             {"Ceil", "ceil(2.01)", "3"},
                             {"CeilOfNegative", "ceil(-2.99)", "-2"},
                             {"CeilDecimals", "ceil(2.001, 2)", "201/100"},
                             {"Trunc", "trunc(2.99)", "2"},
                             {"TruncOfNegative", "trunc(-2.99)", "-2"},
                             {"TruncDecimals", "trunc(-2.999, 2)", "-299/100"},
                             {"If", "if(A > 0, 1, 2)", "1"},
                             {"Else", "if(A < 0, 1, 2)", "2"},
                             {"IfOfConditions", "if(A > 0, A > 100, A > 1)", "false"},
                             {"References", "target(A) + previous(A) * last_year(A)", "34"},
                             {"Sum", "sum(A, sector) - A", "1"},
                         }),
                         testkit::CaseName<EvaluationCase>);

INSTANTIATE_TEST_SUITE_P(Comparisons, Evaluation,
                         ::testing::ValuesIn<EvaluationCase>({
                             {"Equal", "A = 7", "true"},
                             {"EqualByValue", "1 / 3 = 2 / 6", "true"},
                             {"NotEqual", "A = 8", "false"},
                             {"Unequal", "A != 8", "true"},
                             {"NotUnequal", "A != 7", "false"},
                             {"Less", "B < A", "true"},
                             {"NotLess", "A < 7", "false"},
                             {"LessOrEqual", "A <= 7", "true"},
                             {"NotLessOrEqual", "A <= B", "false"},
                             {"Greater", "A > B", "true"},
                             {"NotGreater", "A > 7", "false"},
                             {"GreaterOrEqual", "A >= 7", "true"},
                             {"NotGreaterOrEqual", "B >= A", "false"},
                             {"ByAHair", "0.333333333333333333 < 1 / 3", "true"},
                         }),
                         testkit::CaseName<EvaluationCase>);

INSTANTIATE_TEST_SUITE_P(MissingValues, Evaluation,
                         ::testing::ValuesIn<EvaluationCase>({
                             {"Variable", "M", "missing"},
                             {"Reference", "target(M)", "missing"},
                             {"OnTheLeft", "M + 1", "missing"},
                             {"OnTheRight", "1 - M", "missing"},
                             {"TimesZero", "0 * M", "missing"},
                             {"Sign", "-M", "missing"},
                             {"Comparison", "M = M", "missing"},
                             {"Function", "sqrt(M)", "missing"},
                             {"Min", "min(1, M)", "missing"},
                             {"Max", "max(M, 1)", "missing"},
                             {"Round", "round(M, 2)", "missing"},
                             {"MissingIs", "missing(M)", "true"},
                             {"MissingIsNot", "missing(A)", "false"},
                             {"MissingInside", "missing(A + 2 * M)", "true"},
                             {"MissingCondition", "missing(M > 1)", "true"},
                             {"Coalesce", "coalesce(M, target(M), A, 1 / 0)", "7"},
                             {"CoalesceOfNothing", "coalesce(M, M + 1)", "missing"},
                             {"CoalesceOfConditions", "coalesce(M > 1, A > 1)", "true"},
                             {"IfOfMissing", "if(M > 1, 1, 2)", "missing"},
                             {"IfNotTaken", "if(A > 1, 1, M)", "1"},
                             {"IfTaken", "if(A > 1, M, 1)", "missing"},
                         }),
                         testkit::CaseName<EvaluationCase>);

INSTANTIATE_TEST_SUITE_P(Errors, Evaluation,
                         ::testing::ValuesIn<EvaluationCase>({
                             {"DivisionByZero", "1 + A / Z", "division-by-zero@7"},
                             {"ZeroByZero", "Z / Z", "division-by-zero@3"},
                             {"DivisionOfMissing", "M / 0", "missing"},
                             {"LnOfZero", "1 + ln(Z)", "domain@5"},
                             {"LnOfNegative", "ln(B)", "domain@1"},
                             {"SqrtOfNegative", "2 * sqrt(-4)", "domain@5"},
                             {"ZeroToNegative", "0 ^ -1", "domain@3"},
                             {"NegativeToFraction", "(-8) ^ (1/3)", "domain@6"},
                             {"OfTheHost", "1 + D", "domain@5"},
                             {"OfTheHostAgain", "if(missing(A), D, 0) + 2 * D", "domain@28"},
                             {"BeatsMissingOnTheLeft", "M + 1 / 0", "division-by-zero@7"},
                             {"BeatsMissingOnTheRight", "1 / 0 + M", "division-by-zero@3"},
                             {"BeatsMissingInArguments", "max(M, ln(0))", "domain@8"},
                             {"LeftmostFirst", "ln(0) + 1 / 0", "domain@1"},
                             {"InComparison", "1 / 0 = 1", "division-by-zero@3"},
                             {"NotSwallowedByMissing", "missing(1 / 0)", "division-by-zero@11"},
                             {"NotSwallowedByCoalesce", "coalesce(M, 1 / 0, 2)",
                              "division-by-zero@15"},
                             {"InConditionOfIf", "if(1 / 0 > 1, 1, 2)", "division-by-zero@6"},
                             {"InResultNotTaken", "if(Z = 0, 0, A / Z)", "0"},
                             {"Sign", "-(1 / 0)", "division-by-zero@5"},
                             {"Not", "not 1 / 0 = 1", "division-by-zero@7"},
                         }),
                         testkit::CaseName<EvaluationCase>);

INSTANTIATE_TEST_SUITE_P(Sizes, Evaluation,
                         ::testing::ValuesIn<EvaluationCase>({
                             {"TowerOfPowers", "9 ^ 9 ^ 9 ^ 9", "too-large@7"},
                             {"HugeExponent", "2 ^ 999999999999999999", "too-large@3"},
                             {"HugeNegativeExponent", "0.5 ^ 999999999999999999", "too-large@5"},
                             {"ReciprocalOfHuge", "2 ^ -999999999999999999", "too-large@3"},
                             {"LargestPower", "2 ^ 4095 / 2 ^ 4090", "32"},
                             {"BeyondTheLargestPower", "2 ^ 4096", "too-large@3"},
                             {"Product", "2 ^ 2048 * 2 ^ 2047 / 2 ^ 4095", "1"},
                             {"ProductBeyond", "2 ^ 2048 * 2 ^ 2048", "too-large@10"},
                             {"Sum", "2 ^ 4095 + 2 ^ 4095", "too-large@10"},
                             {"Difference", "-2 ^ 4095 - 2 ^ 4095", "too-large@11"},
                             {"Quotient", "1 / 2 ^ 4095 / 2", "too-large@14"},
                             {"HugeExp", "exp(2533)", "too-large@1"},
                             {"HugestExp", "exp(999999999999999999)", "too-large@1"},
                             {"TinyExp", "exp(-2535)", "~0"},
                             {"TiniestExp", "exp(-999999999999999999)", "~0"},
                             {"HugeFractionalPower", "2 ^ 9999.5", "too-large@3"},
                             {"TinyFractionalPower", "2 ^ -9999.5", "~0"},
                             {"ApproximationsBeyond", "exp(2000) * exp(2000)", "too-large@11"},
                             {"ApproximationsToZero", "exp(-2000) * exp(-2000)", "~0"},
                             {"LongChainOfApproximations", "exp(1) ^ 0", "~1"},
                         }),
                         testkit::CaseName<EvaluationCase>);

TEST(EvaluateTest, AsksForEachReferenceOnce) {
  const MapResolver resolver({{"A", Known(2)}});
  EXPECT_EQ(Evaluated("A * A + A + coalesce(M, A) + if(missing(M), 1, 2)", resolver), "9");
  EXPECT_THAT(resolver.asked(), ElementsAre("A", "M"));
}

TEST(EvaluateTest, AsksForNothingThatDoesNotMatter) {
  const MapResolver resolver;
  EXPECT_EQ(Evaluated("if(1 > 2, A, coalesce(3, B)) = 3 or C > 1", resolver), "true");
  EXPECT_THAT(resolver.asked(), IsEmpty());
}

TEST(EvaluateTest, KeepsTheApproximationsOfItsHost) {
  Number third;
  third.value = Fraction(1, 3);
  third.is_exact = false;
  const MapResolver resolver({{"A", third}});
  EXPECT_EQ(Evaluated("A", resolver),
            "~333333333333333333333333333333333333/1000000000000000000000000000000000000");
  EXPECT_EQ(Evaluated("round(A * 6)", resolver), "~2");
  EXPECT_EQ(Evaluated("min(A, 5, 0)", resolver), "~0");
}

TEST(EvaluateTest, RefusesNumbersOfItsHostThatAreTooLarge) {
  const Rational large = Rational::FromFraction(Rational::Integer(1) << 4096, 1).value();
  EXPECT_EQ(Evaluated("1 + A", MapResolver({{"A", Known(large)}})), "too-large@5");
}

}  // namespace
}  // namespace common::expression
