#include "services/reporting/domain/indicator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::Count;
using samples::Dec;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

TEST(MakeIndicatorTest, TakesACount) {
  EXPECT_THAT(MakeIndicator(Count("COOP_NEW"), {}, {}), IsOkAndHolds(Count("COOP_NEW")));
}

TEST(MakeIndicatorTest, TakesAMeanWithItsWeight) {
  const Indicator weight = Count("COOP_TOTAL");
  const Indicator mean = samples::SomeIndicators().at(samples::Code("REV_AVG"));
  EXPECT_THAT(MakeIndicator(mean, {{weight.id, weight}}, {}), IsOkAndHolds(mean));
}

TEST(MakeIndicatorTest, AWeightThatDoesNotExistIsUnknown) {
  const Indicator mean = samples::SomeIndicators().at(samples::Code("REV_AVG"));
  const auto result = MakeIndicator(mean, {}, {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kIndicatorUnknown));
}

TEST(MakeIndicatorTest, AWeightThatMayBeNegativeIsRefused) {
  Indicator weight = Count("COOP_TOTAL");
  weight.minimum = Dec("-1");
  const Indicator mean = samples::SomeIndicators().at(samples::Code("REV_AVG"));
  EXPECT_THAT(MakeIndicator(mean, {{weight.id, weight}}, {}), HasViolation("indicator.weight"));
}

struct IndicatorCase {
  std::string name;
  std::function<void(Indicator&)> spoil;
  std::string field;
  std::string_view reason;
};

class IndicatorRefused : public ::testing::TestWithParam<IndicatorCase> {};

TEST_P(IndicatorRefused, AtTheField) {
  Indicator indicator = Count("COOP_NEW");
  GetParam().spoil(indicator);
  const auto result = MakeIndicator(indicator, {}, {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, IndicatorRefused,
    ::testing::ValuesIn<IndicatorCase>({
        {"NoTitle", [](Indicator& it) { it.title.vi.clear(); }, "indicator.title.vi",
         common::kRequiredFieldMissing},
        {"NoUnitOfMeasure", [](Indicator& it) { it.unit_of_measure = {}; },
         "indicator.unit_of_measure.vi", common::kRequiredFieldMissing},
        {"ScaleTooGreat", [](Indicator& it) { it.scale = 7; }, "indicator.scale",
         common::kInvalidField},
        {"ScaleNegative", [](Indicator& it) { it.scale = -1; }, "indicator.scale",
         common::kInvalidField},
        {"NoMeasure", [](Indicator& it) { it.measure = Measure::kUnspecified; },
         "indicator.measure", common::kRequiredFieldMissing},
        {"NoAggregation", [](Indicator& it) { it.aggregation = Aggregation::kUnspecified; },
         "indicator.aggregation", common::kRequiredFieldMissing},
        {"MeanWithoutWeight", [](Indicator& it) { it.aggregation = Aggregation::kWeightedMean; },
         "indicator.weight", common::kRequiredFieldMissing},
        {"SumWithWeight", [](Indicator& it) { it.weight = samples::Code("MEMBERS"); },
         "indicator.weight", common::kInvalidField},
        {"MaximumBelowZero", [](Indicator& it) { it.maximum = Dec("-1"); }, "indicator.maximum",
         common::kInvalidField},
        {"MaximumBelowMinimum",
         [](Indicator& it) {
           it.minimum = Dec("10");
           it.maximum = Dec("9.99");
         },
         "indicator.maximum", common::kInvalidField},
    }),
    testkit::CaseName<IndicatorCase>);

struct NumberCase {
  std::string name;
  std::string code;
  std::string number;
  std::string_view reason;
};

class NumberTaken : public ::testing::TestWithParam<NumberCase> {};

TEST_P(NumberTaken, WithinScaleAndBounds) {
  Violations violations;
  CheckNumber(samples::SomeIndicators().at(samples::Code(GetParam().code)), Dec(GetParam().number),
              "number", violations);
  EXPECT_THAT(violations.ToStatus(), IsOk());
}

INSTANTIATE_TEST_SUITE_P(Numbers, NumberTaken,
                         ::testing::ValuesIn<NumberCase>({
                             {"ZeroCount", "COOP_NEW", "0", ""},
                             {"GreatestCount", "COOP_NEW", "999999999999999999", ""},
                             {"TrailingZeros", "COOP_NEW", "12.00", ""},
                             {"OnePlace", "REV_AVG", "1521.5", ""},
                             {"AtTheMaximum", "REV_AVG", "9000", ""},
                             {"AtANegativeMinimum", "BALANCE", "-100.00", ""},
                         }),
                         testkit::CaseName<NumberCase>);

class NumberRefused : public ::testing::TestWithParam<NumberCase> {};

TEST_P(NumberRefused, OutsideScaleOrBounds) {
  Violations violations;
  CheckNumber(samples::SomeIndicators().at(samples::Code(GetParam().code)), Dec(GetParam().number),
              "number", violations);
  EXPECT_THAT(violations.ToStatus(), HasReason(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(Numbers, NumberRefused,
                         ::testing::ValuesIn<NumberCase>({
                             {"NegativeCount", "COOP_NEW", "-1", kFigureOutOfBounds},
                             {"FractionalCount", "COOP_NEW", "12.5", kFigureScaleExceeded},
                             {"TwoPlaces", "REV_AVG", "1521.55", kFigureScaleExceeded},
                             {"AboveTheMaximum", "REV_AVG", "9000.1", kFigureOutOfBounds},
                             {"BelowTheMinimum", "BALANCE", "-100.01", kFigureOutOfBounds},
                         }),
                         testkit::CaseName<NumberCase>);

}  // namespace
}  // namespace reporting
