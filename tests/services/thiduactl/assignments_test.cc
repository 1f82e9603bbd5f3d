#include "services/thiduactl/assignments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/thiduactl/problem.h"
#include "tests/testkit/case_name.h"

namespace thiduactl {
namespace {

using ::google::protobuf::RepeatedPtrField;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::thidua::reporting::v1::Target;
using ::thidua::type::v1::Figure;

using Arguments = std::vector<std::string>;

// As `COOP_NEW=48`, or `PCF=n/a`.
std::vector<std::string> Texts(const std::vector<Figure>& figures) {
  std::vector<std::string> texts;
  for (const Figure& figure : figures) {
    texts.push_back(absl::StrCat(figure.indicator(), "=",
                                 figure.not_applicable() ? "n/a" : figure.number(),
                                 figure.definition_version() > 0 ? " defined" : ""));
  }
  return texts;
}

// As `units/a indicators/PCF 2020-Q1=5`.
std::vector<std::string> Texts(const std::vector<Target>& targets) {
  std::vector<std::string> texts;
  for (const Target& target : targets) {
    texts.push_back(absl::StrCat(target.unit(), " ", target.indicator(), " ", target.period(), "=",
                                 target.number()));
  }
  return texts;
}

RepeatedPtrField<Figure> StoredFigures() {
  RepeatedPtrField<Figure> figures;
  for (const char* code : {"indicators/COOP_NEW", "indicators/PCF"}) {
    figures.Add()->set_indicator(code);
    figures.rbegin()->set_number("1");
    figures.rbegin()->set_definition_version(3);
  }
  return figures;
}

RepeatedPtrField<Target> StoredTargets() {
  RepeatedPtrField<Target> targets;
  for (const char* period : {"", "2020-Q1"}) {
    Target& target = *targets.Add();
    target.set_unit("units/a");
    target.set_indicator("indicators/PCF");
    target.set_period(period);
    target.set_number("1");
  }
  return targets;
}

TEST(FiguresParsed, AreNumbersOrDoNotApply) {
  const auto figures = ParseFigures({"COOP_NEW=48", "PCF=N/A", "REV_AVG=-0.50"});
  ASSERT_TRUE(figures.ok()) << figures.status();
  // Whether a number is right is for the service to say.
  EXPECT_THAT(Texts(*figures), ElementsAre("indicators/COOP_NEW=48", "indicators/PCF=n/a",
                                           "indicators/REV_AVG=-0.50"));
}

TEST(FiguresChanged, StayInTheirPlaceComeBehindOrGo) {
  const auto changed = ChangeFigures(StoredFigures(), {"MEMBERS=5", "PCF=2", "COOP_NEW="});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_THAT(Texts(*changed), ElementsAre("indicators/PCF=2", "indicators/MEMBERS=5"));
}

TEST(FiguresChanged, GoBackWithoutWhatTheServiceSets) {
  const auto changed = ChangeFigures(StoredFigures(), {});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_THAT(Texts(*changed), ElementsAre("indicators/COOP_NEW=1", "indicators/PCF=1"));
}

TEST(TargetsChanged, AreOfTheYearOrOfAPartOfIt) {
  const auto changed =
      ChangeTargets(StoredTargets(), {"b/PCF=7", "a/PCF/2020-Q1=2", "a/PCF/2020-Q2=3"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_THAT(Texts(*changed),
              ElementsAre("units/a indicators/PCF =1", "units/a indicators/PCF 2020-Q1=2",
                          "units/b indicators/PCF =7", "units/a indicators/PCF 2020-Q2=3"));
}

TEST(TargetsChanged, OfTheYearMayNameIt) {
  const auto changed = ChangeTargets(StoredTargets(), {"a/PCF/2020=9", "a/PCF/2020-Q1="});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_THAT(Texts(*changed), ElementsAre("units/a indicators/PCF 2020=9"));
}

TEST(TextsParsed, MayHoldAnEqualsSign) {
  const auto explanations = ParseExplanations({"rules/x=vì a = b"});
  ASSERT_TRUE(explanations.ok()) << explanations.status();
  EXPECT_EQ(explanations->front().finding(), "rules/x");
  EXPECT_EQ(explanations->front().text(), "vì a = b");
  const auto reasons = ParseFigureReasons({"COOP_NEW=thiếu", "PCF=x=y"});
  ASSERT_TRUE(reasons.ok()) << reasons.status();
  EXPECT_EQ(reasons->back().indicator(), "indicators/PCF");
  EXPECT_EQ(reasons->back().reason(), "x=y");
}

struct RefusedCase {
  std::string name{};
  absl::Status (*read)(const Arguments&) = nullptr;
  Arguments arguments{};
  std::string complaint{};
};

absl::Status Parsed(const Arguments& arguments) { return ParseFigures(arguments).status(); }
absl::Status Changed(const Arguments& arguments) {
  return ChangeFigures(StoredFigures(), arguments).status();
}
absl::Status Targets(const Arguments& arguments) {
  return ChangeTargets(StoredTargets(), arguments).status();
}
absl::Status Explained(const Arguments& arguments) { return ParseExplanations(arguments).status(); }
absl::Status Reasons(const Arguments& arguments) { return ParseFigureReasons(arguments).status(); }

class AssignmentRefused : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(AssignmentRefused, AsAMistakeOnThisSide) {
  const absl::Status status = GetParam().read(GetParam().arguments);
  EXPECT_EQ(ExitCodeOf(status), ExitCode::kUsage);
  EXPECT_THAT(Headline(status), HasSubstr(GetParam().complaint));
}

INSTANTIATE_TEST_SUITE_P(
    Arguments, AssignmentRefused,
    ::testing::ValuesIn<RefusedCase>({
        {"NoValue", Parsed, {"PCF"}, "`PCF` is not of the form CODE=NUMBER"},
        {"NoName", Parsed, {"=5"}, "`=5` is not of the form CODE=NUMBER"},
        {"NoCode", Parsed, {"pcf=5"}, "`pcf` in `pcf=5` is no code"},
        {"Empty", Parsed, {"PCF="}, "`PCF=` says nothing behind `=`"},
        {"Twice", Parsed, {"PCF=1", "PCF=1"}, "`PCF` is given twice"},
        {"DecimalComma", Parsed, {"PCF=1,5"}, "PCF has a comma: 1,5"},
        {"Thousands", Changed, {"PCF=1,234"}, "PCF has a comma: 1,234"},
        {"NotThere", Changed, {"MEMBERS="}, "`MEMBERS=`: there is no such figure to take away"},
        {"NoUnit", Targets, {"PCF=1"}, "`PCF` is no target; write UNIT/CODE=NUMBER"},
        {"EmptyUnit", Targets, {"/PCF=1"}, "`/PCF` is no target"},
        {"EmptyPeriod", Targets, {"a/PCF/=1"}, "`a/PCF/` is no target"},
        {"TooManyParts", Targets, {"a/PCF/2020/Q1=1"}, "`a/PCF/2020/Q1` is no target"},
        {"TargetTwice", Targets, {"a/PCF=1", "a/PCF="}, "`a/PCF` is given twice"},
        {"TargetNotThere", Targets, {"b/PCF="}, "`b/PCF=`: there is no such target"},
        {"TargetNotApplicable", Targets, {"a/PCF=n/a"}, "`a/PCF=n/a`: a target is a number"},
        {"NoText", Explained, {"rules/x="}, "`rules/x=` says nothing behind `=`"},
        {"NoReason", Reasons, {"PCF="}, "`PCF=` says nothing behind `=`"},
        {"ReasonForNoCode", Reasons, {"pcf=x"}, "`pcf` in `pcf=x` is no code"},
    }),
    testkit::CaseName<RefusedCase>);

}  // namespace
}  // namespace thiduactl
