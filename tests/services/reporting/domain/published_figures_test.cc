// The published figures that motivate the rules, each caught or let pass. Sources by the numbers of
// the list of sources: S10, S42, S44, S46, S51, S52, S57, S58, S61 to S64.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/reporting/domain/receive.h"
#include "tests/services/reporting/domain/rule_samples.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"

namespace reporting {
namespace {

using samples::APeriod;
using samples::ARule;
using samples::Count;
using samples::Dec;
using samples::DefinitionOf;
using samples::FindingsOf;
using samples::Flow;
using samples::Number;
using samples::NumbersFrom;
using samples::Parts;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

struct SumCase {
  std::string name;
  std::string total;
  std::vector<std::string> parts;
  std::vector<std::string> findings;
};

class PublishedSum : public ::testing::TestWithParam<SumCase> {};

TEST_P(PublishedSum, IsCaughtUnlessItIsRight) {
  const std::vector<std::string_view> codes = {"P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"};
  Indicator total = Count("COOP_TOTAL");
  total.breakdowns = {Parts("sector", BreakdownKind::kExhaustive, {})};
  std::vector<Indicator> indicators = {total};
  std::vector<Figure> figures = {Number("COOP_TOTAL", GetParam().total)};
  for (size_t i = 0; i < GetParam().parts.size(); ++i) {
    indicators[0].breakdowns[0].parts.push_back(samples::Code(codes[i]));
    indicators.push_back(Count(codes[i]));
    figures.push_back(Number(codes[i], GetParam().parts[i]));
  }
  EXPECT_THAT(FindingsOf(DefinitionOf(indicators), figures), ElementsAreArray(GetParam().findings));
}

INSTANTIATE_TEST_SUITE_P(Sums, PublishedSum,
                         ::testing::ValuesIn<SumCase>({
                             {"BacNinh2025",
                              "2086",
                              {"1439", "602", "46"},
                              {"breakdowns/COOP_TOTAL/sector: 2087 against 2086"}},
                             {"HaiPhong2019",
                              "342",
                              {"166", "54", "49", "26", "24", "9", "8", "5"},
                              {"breakdowns/COOP_TOTAL/sector: 341 against 342"}},
                             {"NinhBinh2020",
                              "417",
                              {"323", "61", "39"},
                              {"breakdowns/COOP_TOTAL/sector: 423 against 417"}},
                             {"QuangNinh2023", "878", {"665", "3", "210"}, {}},
                             {"ThaiBinh2021", "331", {"318", "4", "6", "3"}, {}},
                             // Only its total is known here.
                             {"ThaiBinh2013", "528", {}, {}},
                             {"HaNoiGroups2021", "1393", {"1254", "139"}, {}},
                         }),
                         testkit::CaseName<SumCase>);

// "105 specialised" is a subset of the 323 agricultural ones and of the total, not a part beside
// the three: declared as overlapping it passes, declared as exhaustive it would be caught.
TEST(PublishedFigures, NinhBinh2020SpecialisedOnesOverlap) {
  Indicator total = Count("COOP_TOTAL");
  total.breakdowns = {Parts("trait", BreakdownKind::kOverlapping, {"COOP_AGRI", "COOP_SPECIAL"})};
  const std::vector<Figure> figures = {Number("COOP_TOTAL", "417"), Number("COOP_AGRI", "323"),
                                       Number("COOP_SPECIAL", "105")};
  EXPECT_THAT(FindingsOf(DefinitionOf({total, Count("COOP_AGRI"), Count("COOP_SPECIAL")}), figures),
              IsEmpty());
  total.breakdowns[0].kind = BreakdownKind::kExhaustive;
  EXPECT_THAT(FindingsOf(DefinitionOf({total, Count("COOP_AGRI"), Count("COOP_SPECIAL")}), figures),
              ElementsAre("breakdowns/COOP_TOTAL/trait: 428 against 417"));
}

// 130,105 members after a fall by 32.33 %: 192,263 before. (192263 - 130105) / 192263 = 0.32329...
TEST(PublishedFigures, HaiPhong2019MembersNeedAnExplanation) {
  Indicator members = Count("MEMBERS");
  members.year_on_year_threshold = Dec("30");
  const FormDefinition form = DefinitionOf({members});
  const RuleContext context{.period = APeriod("2019"),
                            .last_year = NumbersFrom({Number("MEMBERS", "192263")})};
  const auto findings = Assess(form, {Number("MEMBERS", "130105")}, context).findings;
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].finding, "year-on-year/MEMBERS");
  EXPECT_EQ(findings[0].severity, Severity::kWarning);
  EXPECT_THAT(findings[0].message.en, ::testing::HasSubstr("changed by -32.33 % within a year"));
  // The 4.9 % by which its cooperatives grew, to 342, need none.
  Indicator total = Count("COOP_TOTAL");
  total.year_on_year_threshold = Dec("30");
  EXPECT_THAT(FindingsOf(DefinitionOf({total}), {Number("COOP_TOTAL", "342")},
                         {.last_year = NumbersFrom({Number("COOP_TOTAL", "326")})}),
              IsEmpty());
}

// 342 "active" in 2019 and 577 in 2022, of which 219 idle, are different things: with one indicator
// for each the parts must sum, and a figure keeps the definition it was reported under.
TEST(PublishedFigures, HaiPhong2022ActiveIsNotRegistered) {
  Indicator total = Count("COOP_TOTAL");
  total.breakdowns = {
      Parts("activity", BreakdownKind::kExhaustive, {"COOP_ACTIVE", "COOP_INACTIVE"})};
  const FormDefinition form = DefinitionOf({total, Count("COOP_ACTIVE"), Count("COOP_INACTIVE")});
  EXPECT_THAT(FindingsOf(form, {Number("COOP_TOTAL", "577"), Number("COOP_ACTIVE", "358"),
                                Number("COOP_INACTIVE", "219")}),
              IsEmpty());
  EXPECT_THAT(FindingsOf(form, {Number("COOP_TOTAL", "342"), Number("COOP_ACTIVE", "342"),
                                Number("COOP_INACTIVE", "219")}),
              ElementsAre("breakdowns/COOP_TOTAL/activity: 561 against 342"));
}

// About 1,400 groups in 2020, declared by themselves, and 556 in 2024, certified: a figure carries
// the version of the definition, so a new one under the same code can be told from the old.
TEST(PublishedFigures, HungYenGroupsCarryTheirDefinition) {
  Indicator groups = Count("GROUPS");
  Indicator certified = groups;
  certified.title = {.vi = "Số tổ hợp tác có chứng thực"};
  certified = UpdateIndicator(groups, certified, {}, {}).value();
  const auto version_in = [](const FormDefinition& form, std::string_view number) {
    std::vector<Figure> figures = {Number("GROUPS", number)};
    Violations violations;
    CheckFigures(form, "figures", figures, violations);
    return figures[0].definition_version;
  };
  EXPECT_EQ(version_in(DefinitionOf({groups}), "1400"), 1);
  EXPECT_EQ(version_in(DefinitionOf({certified}), "556"), 2);
}

// 119,710 groups (alliance) or 71,000 (ministry): both are kept with where they come from.
TEST(PublishedFigures, EveryNumberCarriesItsSource) {
  Figure alliance = Number("GROUPS", "119710");
  alliance.note = "Liên minh Hợp tác xã Việt Nam, 2021";
  Figure ministry = alliance;
  ministry.note = "Bộ Kế hoạch và Đầu tư, 2022";
  EXPECT_NE(ContentHash({alliance}), ContentHash({ministry}));
}

// 240 new ones while 400 of 1,087 are idle: a rule of the form asks why.
TEST(PublishedFigures, QuangNinh2024FoundedForTheCount) {
  const FormDefinition form = DefinitionOf(
      {Count("COOP_TOTAL"), Flow("COOP_NEW"), Count("COOP_INACTIVE")},
      {ARule("idle", "COOP_NEW = 0 or COOP_INACTIVE <= 0.3 * COOP_TOTAL", Severity::kWarning)});
  EXPECT_THAT(FindingsOf(form, {Number("COOP_TOTAL", "1087"), Number("COOP_NEW", "240"),
                                Number("COOP_INACTIVE", "400")}),
              ElementsAre("warning rules/idle"));
  EXPECT_THAT(FindingsOf(form, {Number("COOP_TOTAL", "1087"), Number("COOP_NEW", "240"),
                                Number("COOP_INACTIVE", "326")}),
              IsEmpty());
}

}  // namespace
}  // namespace reporting
