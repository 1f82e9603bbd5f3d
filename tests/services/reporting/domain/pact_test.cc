#include "services/reporting/domain/pact.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::AUnitId;
using samples::Code;
using samples::Dec;
using samples::Year2020;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::StatusIs;

Target ATarget(std::string_view unit, std::string_view code, std::string_view number) {
  return {.unit = AUnitId(unit), .indicator = Code(code), .number = Dec(number)};
}

std::vector<Target> SomeTargets() {
  return {ATarget("bac-ninh", "COOP_NEW", "40"), ATarget("vinh-phuc", "COOP_NEW", "30"),
          ATarget("bac-ninh", "REV_AVG", "1521.5")};
}

Target Milestone(std::string_view unit, std::string_view code, std::string_view number,
                 std::string_view period) {
  Target target = ATarget(unit, code, number);
  target.period = samples::APeriod(period);
  return target;
}

ClusterYear YearIn(ClusterState state) {
  ClusterYear year = Year2020();
  year.state = state;
  return year;
}

absl::StatusOr<Pact> Make(const ClusterYear& year, const std::vector<Target>& targets) {
  return MakePact({year, samples::SomeIndicators()}, targets, {});
}

TEST(MakePactTest, OpensAPactForSigning) {
  const auto pact = Make(YearIn(ClusterState::kPlanned), SomeTargets());
  ASSERT_TRUE(pact.ok()) << pact.status();
  EXPECT_EQ(*pact, (Pact{.cluster_year = Year2020().id,
                         .targets = SomeTargets(),
                         .state = PactState::kOpen,
                         .revision = 1}));
}

struct TargetCase {
  std::string name;
  Target more;
  std::string field;
  std::string_view reason;
};

class PactRefused : public ::testing::TestWithParam<TargetCase> {};

TEST_P(PactRefused, AtTheField) {
  std::vector<Target> targets = SomeTargets();
  targets.push_back(GetParam().more);
  const auto result = Make(Year2020(), targets);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Targets, PactRefused,
    ::testing::ValuesIn<TargetCase>({
        {"NoMember", ATarget("ha-noi", "COOP_NEW", "1"), "pact.targets[3].unit", kUnitNotAMember},
        {"Twice", ATarget("bac-ninh", "COOP_NEW", "41"), "pact.targets[3].indicator",
         kDuplicateIndicator},
        {"Fraction", ATarget("ha-nam", "COOP_NEW", "1.5"), "pact.targets[3].number",
         kFigureScaleExceeded},
        {"Negative", ATarget("ha-nam", "COOP_NEW", "-1"), "pact.targets[3].number",
         kFigureOutOfBounds},
        {"AboveTheMaximum", ATarget("ha-nam", "REV_AVG", "9001"), "pact.targets[3].number",
         kFigureOutOfBounds},
        {"TwiceForTheYear", Milestone("bac-ninh", "COOP_NEW", "41", "2020"),
         "pact.targets[3].indicator", kDuplicateIndicator},
        {"QuarterOfAnotherYear", Milestone("ha-nam", "COOP_NEW", "1", "2021-Q1"),
         "pact.targets[3].period", kPeriodInvalid},
        {"AnotherYear", Milestone("bac-ninh", "COOP_NEW", "1", "2019"), "pact.targets[3].period",
         kPeriodInvalid},
    }),
    testkit::CaseName<TargetCase>);

TEST(MakePactTest, TakesMilestonesBesideTheTargetOfTheYear) {
  const std::vector<Target> targets = {ATarget("bac-ninh", "COOP_NEW", "40"),
                                       Milestone("bac-ninh", "COOP_NEW", "18", "2020-H1"),
                                       Milestone("bac-ninh", "COOP_NEW", "8", "2020-Q1"),
                                       Milestone("bac-ninh", "COOP_NEW", "10", "2020-Q2"),
                                       Milestone("bac-ninh", "COOP_NEW", "3", "2020-12")};
  const auto pact = Make(Year2020(), targets);
  ASSERT_TRUE(pact.ok()) << pact.status();
  EXPECT_EQ(pact->targets, targets);
}

TEST(MakePactTest, TheYearWrittenOutIsStoredWithoutAPeriod) {
  const auto pact = Make(Year2020(), {Milestone("bac-ninh", "COOP_NEW", "40", "2020")});
  ASSERT_TRUE(pact.ok()) << pact.status();
  EXPECT_EQ(pact->targets, std::vector{ATarget("bac-ninh", "COOP_NEW", "40")});
}

TEST(MakePactTest, RefusesAMilestoneThatStandsTwice) {
  EXPECT_THAT(Make(Year2020(), {Milestone("bac-ninh", "COOP_NEW", "8", "2020-Q1"),
                                Milestone("bac-ninh", "COOP_NEW", "9", "2020-Q1")}),
              HasReason(kDuplicateIndicator));
}

TEST(MakePactTest, RefusesMoreTargetsThanAPactHolds) {
  const std::vector<Target> targets(20001, ATarget("bac-ninh", "COOP_NEW", "1"));
  EXPECT_THAT(Make(Year2020(), targets), HasViolation("pact.targets"));
}

TEST(MakePactTest, IndicatorsThatDoNotExistAreUnknown) {
  const auto result = Make(Year2020(), {ATarget("bac-ninh", "NOT_THERE", "1")});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kIndicatorUnknown));
  EXPECT_THAT(result, HasViolation("pact.targets[0].indicator"));
}

TEST(MakePactTest, RefusesAYearThatIsClosed) {
  const auto result = Make(YearIn(ClusterState::kScoring), SomeTargets());
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kClusterYearClosed));
}

Signature SignatureOf(std::string_view unit) {
  return {.unit = AUnitId(unit),
          .signer = "Chủ tịch Liên minh",
          .date = samples::Day("2020-01-15"),
          .record_time = samples::Instant("2020-01-15T10:00:00+07:00")};
}

// The pact signed by `units`, in a year in `state`.
Signed SignedBy(const std::vector<std::string>& units, ClusterState state) {
  Signed result{.pact = Make(YearIn(ClusterState::kPlanned), SomeTargets()).value(),
                .year = YearIn(state)};
  for (const auto& unit : units) {
    result = Sign(result.pact, result.year, SignatureOf(unit), {}).value();
  }
  return result;
}

TEST(SignTest, KeepsThePactOpenUntilAllHaveSigned) {
  const Signed result = SignedBy({"vinh-phuc", "bac-ninh"}, ClusterState::kRegistration);
  EXPECT_EQ(result.pact.state, PactState::kOpen);
  EXPECT_EQ(result.year.state, ClusterState::kRegistration);
  EXPECT_EQ(result.pact.signatures,
            (std::vector{SignatureOf("vinh-phuc"), SignatureOf("bac-ninh")}));
}

struct LastCase {
  std::string name;
  ClusterState before;
  ClusterState after;
};

class LastSignature : public ::testing::TestWithParam<LastCase> {};

TEST_P(LastSignature, FreezesThePactAndMovesAYearThatHasNotBegun) {
  const Signed result = SignedBy({"vinh-phuc", "bac-ninh", "ha-nam"}, GetParam().before);
  EXPECT_EQ(result.pact.state, PactState::kSigned);
  EXPECT_EQ(result.year.state, GetParam().after);
}

INSTANTIATE_TEST_SUITE_P(States, LastSignature,
                         ::testing::ValuesIn<LastCase>({
                             {"Planned", ClusterState::kPlanned, ClusterState::kPactSigned},
                             {"Registration", ClusterState::kRegistration,
                              ClusterState::kPactSigned},
                             {"PactSigned", ClusterState::kPactSigned, ClusterState::kPactSigned},
                             {"Running", ClusterState::kRunning, ClusterState::kRunning},
                             {"Scoring", ClusterState::kScoring, ClusterState::kScoring},
                         }),
                         testkit::CaseName<LastCase>);

TEST(SignTest, RefusesAUnitThatIsNoMember) {
  const Signed current = SignedBy({}, ClusterState::kRegistration);
  const auto result = Sign(current.pact, current.year, SignatureOf("ha-noi"), {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kUnitNotAMember));
}

TEST(SignTest, RefusesASecondSignature) {
  const Signed current = SignedBy({"bac-ninh"}, ClusterState::kRegistration);
  const auto result = Sign(current.pact, current.year, SignatureOf("bac-ninh"), {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(result, HasReason(kPactAlreadySigned));
}

TEST(SignTest, RefusesASecondSignatureUnderASignedPact) {
  const Signed current = SignedBy({"bac-ninh", "ha-nam", "vinh-phuc"}, ClusterState::kPlanned);
  EXPECT_THAT(Sign(current.pact, current.year, SignatureOf("ha-nam"), {}),
              HasReason(kPactAlreadySigned));
}

TEST(SignTest, NeedsASigner) {
  const Signed current = SignedBy({}, ClusterState::kRegistration);
  Signature signature = SignatureOf("bac-ninh");
  signature.signer = "  ";
  const auto result = Sign(current.pact, current.year, signature,
                           samples::ParsedWrong("date", common::kInvalidDate));
  EXPECT_THAT(result, HasViolation("signer"));
  EXPECT_THAT(result, HasViolation("date"));
}

TEST(TargetsOfTest, AreThoseOfTheUnitForTheYearOrTheMilestone) {
  const auto target = [](std::string_view unit, std::string_view number, Period period) {
    return Target{.unit = samples::AUnitId(unit),
                  .indicator = samples::Code("A"),
                  .number = samples::Dec(number),
                  .period = period};
  };
  const Pact pact{
      .cluster_year = Year2020().id,
      .targets = {target("ha-nam", "4", {}), target("ha-nam", "2", samples::APeriod("2020-H1")),
                  target("bac-ninh", "9", {})}};
  const auto number = [&](std::string_view period) -> std::string {
    const auto targets = TargetsOf(pact, samples::AUnitId("ha-nam"), samples::APeriod(period));
    return targets.empty() ? "" : targets.at(samples::Code("A")).ToString();
  };
  EXPECT_EQ(number("2020"), "4");
  EXPECT_EQ(number("2020-H1"), "2");
  EXPECT_EQ(number("2020-H2"), "");
  EXPECT_EQ(number("2021"), "");
}

}  // namespace
}  // namespace reporting
