#include "services/reporting/domain/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::Code;
using samples::NotApplicable;
using samples::Number;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

std::vector<FigureChange> Changes(const std::vector<Figure>& before,
                                  const std::vector<Figure>& after) {
  return Compare(before, after, samples::AnnualDefinition());
}

struct NumberCase {
  std::string name;
  std::string before;
  std::string after;
  std::string difference;
  std::string percent;
};

class NumbersCompared : public ::testing::TestWithParam<NumberCase> {};

TEST_P(NumbersCompared, ExactlyAndInPercent) {
  const auto& [name, before, after, difference, percent] = GetParam();
  EXPECT_THAT(Changes({Number("BALANCE", before)}, {Number("BALANCE", after)}),
              ElementsAre(FigureChange{.indicator = Code("BALANCE"),
                                       .before = Number("BALANCE", before),
                                       .after = Number("BALANCE", after),
                                       .difference = difference,
                                       .percent = percent}));
}

// Worked out by hand.
INSTANTIATE_TEST_SUITE_P(Numbers, NumbersCompared,
                         ::testing::ValuesIn<NumberCase>({
                             {"Rose", "48", "60", "12", "25"},
                             {"Fell", "60", "48", "-12", "-20"},
                             {"FromZeroHasNoPercent", "0", "5", "5", ""},
                             {"ToZero", "5", "0", "-5", "-100"},
                             {"AThirdIsRounded", "3", "4", "1", "33.33"},
                             {"TwoThirdsAreRounded", "3", "5", "2", "66.67"},
                             // 0.125 % and -0.125 %.
                             {"HalfGoesUp", "800", "801", "1", "0.13"},
                             {"HalfGoesAwayFromZero", "800", "799", "-1", "-0.13"},
                             {"TooLittleForTwoPlaces", "100000", "100001", "1", "0"},
                             // 3 in percent of -4.
                             {"OfANegativeNumber", "-4", "-1", "3", "-75"},
                             {"AcrossZero", "-1", "1", "2", "-200"},
                             {"SmallestStep", "0.000001", "0.000002", "0.000001", "100"},
                             {"MixedPlaces", "0.3", "0.25", "-0.05", "-16.67"},
                             {"BeyondTheRangeOfDecimals", "-999999999999999999",
                              "999999999999999999", "1999999999999999998", "-200"},
                             {"ManyPlacesOfPercent", "0.000001", "999999999999.999999",
                              "999999999999.999998", "99999999999999999800"},
                         }),
                         testkit::CaseName<NumberCase>);

struct StateCase {
  std::string name;
  std::optional<Figure> before;
  std::optional<Figure> after;
};

class StatesCompared : public ::testing::TestWithParam<StateCase> {};

std::vector<Figure> ListOf(const std::optional<Figure>& figure) {
  return figure.has_value() ? std::vector({*figure}) : std::vector<Figure>();
}

TEST_P(StatesCompared, AreKeptApartAndHaveNoDifference) {
  const auto& [name, before, after] = GetParam();
  EXPECT_THAT(
      Changes(ListOf(before), ListOf(after)),
      ElementsAre(FigureChange{.indicator = Code("MEMBERS"), .before = before, .after = after}));
}

INSTANTIATE_TEST_SUITE_P(
    States, StatesCompared,
    ::testing::ValuesIn<StateCase>({
        {"MissingThenZero", std::nullopt, Number("MEMBERS", "0")},
        {"ZeroThenMissing", Number("MEMBERS", "0"), std::nullopt},
        {"MissingThenNotApplicable", std::nullopt, NotApplicable("MEMBERS")},
        {"NotApplicableThenMissing", NotApplicable("MEMBERS"), std::nullopt},
        {"ZeroThenNotApplicable", Number("MEMBERS", "0"), NotApplicable("MEMBERS")},
        {"NotApplicableThenZero", NotApplicable("MEMBERS"), Number("MEMBERS", "0")},
    }),
    testkit::CaseName<StateCase>);

TEST(CompareTest, EqualContentsDifferInNothingWhateverTheirOrder) {
  EXPECT_THAT(Changes({Number("COOP_NEW", "48.0"), NotApplicable("MEMBERS")},
                      {NotApplicable("MEMBERS"), Number("COOP_NEW", "48")}),
              IsEmpty());
  EXPECT_THAT(Changes({}, {}), IsEmpty());
}

TEST(CompareTest, AnotherNoteIsAChangeWithoutADifference) {
  Figure noted = Number("MEMBERS", "7");
  noted.note = "ước";
  EXPECT_THAT(Changes({Number("MEMBERS", "7")}, {noted}),
              ElementsAre(FigureChange{.indicator = Code("MEMBERS"),
                                       .before = Number("MEMBERS", "7"),
                                       .after = noted,
                                       .difference = "0",
                                       .percent = "0"}));
}

TEST(CompareTest, ChangesStandInTheOrderOfTheFormAndStrangersLast) {
  EXPECT_THAT(Changes({Number("RATE", "1"), Number("OLD_B", "1"), Number("COOP_TOTAL", "1")},
                      {Number("OLD_A", "1"), Number("MEMBERS", "1"), Number("COOP_NEW", "1")}),
              ElementsAre(Field(&FigureChange::indicator, Code("COOP_TOTAL")),
                          Field(&FigureChange::indicator, Code("COOP_NEW")),
                          Field(&FigureChange::indicator, Code("MEMBERS")),
                          Field(&FigureChange::indicator, Code("RATE")),
                          Field(&FigureChange::indicator, Code("OLD_A")),
                          Field(&FigureChange::indicator, Code("OLD_B"))));
}

TEST(LastAcceptedTest, IsTheRevisionThatWasAcceptedLast) {
  Submission submission = samples::AnnualSubmission(SubmissionState::kAccepted);
  submission.accepted_revision = 3;
  EXPECT_THAT(LastAccepted(submission), testkit::IsOkAndHolds(3));
}

TEST(LastAcceptedTest, MustBeThere) {
  const auto result = LastAccepted(samples::AnnualSubmission(SubmissionState::kReturned));
  EXPECT_THAT(result, testkit::StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, testkit::HasReason(kNeverAccepted));
  EXPECT_EQ(common::DetailOf(result.status()).metadata.at("state"), "RETURNED");
}

}  // namespace
}  // namespace reporting
