#include "services/awards/domain/round.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace awards {
namespace {

using common::Decimal;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

Category SomeCategory(const std::string& id, Entrants entrants, std::vector<Gate> gates) {
  return {.id = id,
          .title = {.vi = "Hạng"},
          .entrants = entrants,
          .rubric = "rubrics/default",
          .form = "forms/annual",
          .period = "2020",
          .award = {.id = id + "-flag",
                    .title = {.vi = "Cờ thi đua"},
                    .quota = ShareQuota{D("20"), ShareBasis::kEntrants},
                    .boundary = Boundary::kBallot},
          .gates = std::move(gates)};
}

Gate SomeGate(const std::string& id, GateCondition condition) {
  return {.id = id, .title = {.vi = "Điều kiện"}, .condition = std::move(condition)};
}

Round ValidRound() {
  return {.title = {.vi = "Bình xét thi đua năm 2020"},
          .cluster_year = "clusters/red-river-delta/years/2020",
          .categories = {SomeCategory("alliances", Entrants::kMembers,
                                      {SomeGate("pact", PactSigned{}),
                                       SomeGate("reports", ReportsComplete{})}),
                         SomeCategory("agri", Entrants::kAgriculturalCooperatives,
                                      {SomeGate("total", MinimumTotal{D("80")}),
                                       SomeGate("age", MinimumAge{12, "2020-12-31"}),
                                       SomeGate("idle", FigureAtMost{"indicators/IDLE", D("3")})})},
          .flags_per_province = 1};
}

struct RoundCase {
  std::string name{};
  std::function<void(Round&)> change{};
  std::string field{};
  std::string reason{};
};

class RoundAllowed : public ::testing::TestWithParam<RoundCase> {};

TEST_P(RoundAllowed, HasNoViolation) {
  Round round = ValidRound();
  GetParam().change(round);
  EXPECT_THAT(ValidateRound(round).list(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Rounds, RoundAllowed,
    ::testing::ValuesIn<RoundCase>({
        {"Plain", [](Round&) {}},
        {"NoLimit", [](Round& r) { r.flags_per_province = 0; }},
        {"FixedQuota", [](Round& r) { r.categories[0].award.quota = FixedQuota{1}; }},
        {"ShareOfAll",
         [](Round& r) {
           r.categories[0].award.quota = ShareQuota{D("100"), ShareBasis::kEligible};
         }},
        {"HalfYear", [](Round& r) { r.categories[0].period = "2020-H2"; }},
        {"Quarter", [](Round& r) { r.categories[0].period = "2020-Q4"; }},
        {"Month", [](Round& r) { r.categories[0].period = "2020-12"; }},
        {"NoGates", [](Round& r) { r.categories[0].gates.clear(); }},
    }),
    testkit::CaseName<RoundCase>);

class RoundRefused : public ::testing::TestWithParam<RoundCase> {};

TEST_P(RoundRefused, NamesTheFieldAndNoOther) {
  Round round = ValidRound();
  GetParam().change(round);
  const Violations violations = ValidateRound(round);
  ASSERT_EQ(violations.list().size(), 1U);
  EXPECT_EQ(violations.list()[0].field, GetParam().field);
  EXPECT_EQ(violations.list()[0].reason, GetParam().reason);
}

constexpr char kInvalid[] = "INVALID_FIELD";
constexpr char kRequired[] = "REQUIRED_FIELD_MISSING";
constexpr char kName[] = "INVALID_NAME";

INSTANTIATE_TEST_SUITE_P(
    Rounds, RoundRefused,
    ::testing::ValuesIn<RoundCase>({
        {"NoTitle", [](Round& r) { r.title.vi.clear(); }, "round.title.vi", kRequired},
        {"NoClusterYear", [](Round& r) { r.cluster_year.clear(); }, "round.cluster_year",
         kRequired},
        {"ClusterYearName", [](Round& r) { r.cluster_year = "clusters/a/years/20"; },
         "round.cluster_year", kName},
        {"NoCategory", [](Round& r) { r.categories.clear(); }, "round.categories", kRequired},
        {"LimitBelowNothing", [](Round& r) { r.flags_per_province = -1; },
         "round.flags_per_province", kInvalid},
        {"CategoryIdTwice", [](Round& r) { r.categories[1].id = "alliances"; },
         "round.categories[1].id", kInvalid},
        {"CategoryIdForm", [](Round& r) { r.categories[1].id = "Agri"; }, "round.categories[1].id",
         kName},
        {"SameEntrants",
         [](Round& r) {
           r.categories[1].entrants = Entrants::kMembers;
           r.categories[1].gates.clear();
         },
         "round.categories[1].entrants", kInvalid},
        {"NoEntrants", [](Round& r) { r.categories[0].entrants = Entrants::kUnspecified; },
         "round.categories[0].entrants", kRequired},
        {"RubricName", [](Round& r) { r.categories[0].rubric = "default"; },
         "round.categories[0].rubric", kName},
        {"NoForm", [](Round& r) { r.categories[0].form.clear(); }, "round.categories[0].form",
         kRequired},
        {"ThirdHalfYear", [](Round& r) { r.categories[0].period = "2020-H3"; },
         "round.categories[0].period", kInvalid},
        {"ThirteenthMonth", [](Round& r) { r.categories[0].period = "2020-13"; },
         "round.categories[0].period", kInvalid},
        {"AwardIdTwice", [](Round& r) { r.categories[1].award.id = "alliances-flag"; },
         "round.categories[1].award.id", kInvalid},
        {"NoQuota", [](Round& r) { r.categories[0].award.quota = {}; },
         "round.categories[0].award.quota", kRequired},
        {"QuotaOfNothing", [](Round& r) { r.categories[0].award.quota = FixedQuota{0}; },
         "round.categories[0].award.fixed", kInvalid},
        {"MoreThanAll",
         [](Round& r) {
           r.categories[0].award.quota = ShareQuota{D("100.01"), ShareBasis::kEntrants};
         },
         "round.categories[0].award.share.percent", kInvalid},
        {"ShareOfNobody",
         [](Round& r) { r.categories[0].award.quota = ShareQuota{.percent = D("20")}; },
         "round.categories[0].award.share.basis", kRequired},
        {"NoBoundary", [](Round& r) { r.categories[0].award.boundary = Boundary::kUnspecified; },
         "round.categories[0].award.boundary", kRequired},
    }),
    testkit::CaseName<RoundCase>);

INSTANTIATE_TEST_SUITE_P(
    Gates, RoundRefused,
    ::testing::ValuesIn<RoundCase>({
        {"IdTwice", [](Round& r) { r.categories[0].gates[1].id = "pact"; },
         "round.categories[0].gates[1].id", kInvalid},
        {"NoTitle", [](Round& r) { r.categories[0].gates[1].title.vi.clear(); },
         "round.categories[0].gates[1].title.vi", kRequired},
        {"NoCondition", [](Round& r) { r.categories[0].gates[1].condition = {}; },
         "round.categories[0].gates[1].condition", kRequired},
        {"CooperativesSignNoPact",
         [](Round& r) { r.categories[1].gates[0].condition = PactSigned{}; },
         "round.categories[1].gates[0].pact_signed", kInvalid},
        {"AlliancesHaveNoAge",
         [](Round& r) {
           r.categories[0].gates[0].condition = MinimumAge{12, "2020-12-31"};
         },
         "round.categories[0].gates[0].minimum_age", kInvalid},
        {"NoMonths",
         [](Round& r) {
           r.categories[1].gates[1].condition = MinimumAge{0, "2020-12-31"};
         },
         "round.categories[1].gates[1].minimum_age.months", kInvalid},
        {"NoDay",
         [](Round& r) {
           r.categories[1].gates[1].condition = MinimumAge{12, "2020-13-01"};
         },
         "round.categories[1].gates[1].minimum_age.date", "INVALID_DATE"},
        {"NoIndicator",
         [](Round& r) { r.categories[1].gates[2].condition = FigureAtMost{.number = D("3")}; },
         "round.categories[1].gates[2].figure_at_most.indicator", kRequired},
    }),
    testkit::CaseName<RoundCase>);

TEST(ValidateRound, AllowsTwentyCategoriesAtMost) {
  Round round = ValidRound();
  round.categories.resize(21);
  EXPECT_THAT(ValidateRound(round).ToStatus(), testkit::HasViolation("round.categories"));
}

// What a unit is like, and whether it passes.
struct GateCase {
  std::string name{};
  GateCondition condition{};
  std::function<void(UnitInputs&, ScoreSheet&)> unit{};
};

class GatePassed : public ::testing::TestWithParam<GateCase> {};

std::vector<std::string> FailedGatesOf(const GateCase& row) {
  UnitInputs inputs;
  ScoreSheet sheet;
  row.unit(inputs, sheet);
  return FailedGates({.gates = {{.id = "g", .condition = row.condition}}}, inputs, sheet);
}

TEST_P(GatePassed, LetsTheUnitBeNominated) { EXPECT_THAT(FailedGatesOf(GetParam()), IsEmpty()); }

const MinimumAge kOneYear{.months = 12, .date = "2020-12-31"};
const MinimumAge kOneMonthToEndOfFebruary{.months = 1, .date = "2020-02-29"};
const FigureAtMost kIdleAtMost3{.indicator = "indicators/IDLE", .number = D("3")};

INSTANTIATE_TEST_SUITE_P(
    Gates, GatePassed,
    ::testing::ValuesIn<GateCase>({
        {"PactSigned", PactSigned{}, [](auto& unit, auto&) { unit.pact_signed = true; }},
        {"LateReportsAreThere", ReportsComplete{},
         [](auto& unit, auto&) { unit.reports = {.required = 2, .late = 2}; }},
        {"TotalReached", MinimumTotal{D("80")},
         [](auto&, auto& sheet) {
           sheet.totals =
               Totals{.total = common::Rational(80), .full_total = common::Rational(D("79.995"))};
         }},
        {"AYearOldToTheDay", kOneYear,
         [](auto& unit, auto&) { unit.founding_date = "2019-12-31"; }},
        {"ShortMonth", kOneMonthToEndOfFebruary,
         [](auto& unit, auto&) { unit.founding_date = "2020-01-31"; }},
        {"FigureOnTheLimit", kIdleAtMost3,
         [](auto& unit, auto&) { unit.figures["indicators/IDLE"].number = D("3"); }},
    }),
    testkit::CaseName<GateCase>);

class GateFailed : public ::testing::TestWithParam<GateCase> {};

TEST_P(GateFailed, IsNamed) { EXPECT_THAT(FailedGatesOf(GetParam()), ElementsAre("g")); }

INSTANTIATE_TEST_SUITE_P(
    Gates, GateFailed,
    ::testing::ValuesIn<GateCase>({
        {"PactNotSigned", PactSigned{}, [](auto&, auto&) {}},
        {"ReportMissing", ReportsComplete{},
         [](auto& unit, auto&) { unit.reports = {.required = 2, .on_time = 1, .missing = 1}; }},
        {"TotalNotReached", MinimumTotal{D("80")},
         [](auto&, auto& sheet) { sheet.totals = Totals{.total = common::Rational(D("79.99"))}; }},
        {"NoTotal", MinimumTotal{D("0")}, [](auto&, auto&) {}},
        {"ADayTooYoung", kOneYear, [](auto& unit, auto&) { unit.founding_date = "2020-01-01"; }},
        {"FoundingDayUnknown", kOneYear, [](auto&, auto&) {}},
        {"FigureAboveTheLimit", kIdleAtMost3,
         [](auto& unit, auto&) { unit.figures["indicators/IDLE"].number = D("3.000001"); }},
        {"FigureMissing", kIdleAtMost3, [](auto&, auto&) {}},
        {"FigureNotApplicable", kIdleAtMost3,
         [](auto& unit, auto&) { unit.figures["indicators/IDLE"] = {}; }},
    }),
    testkit::CaseName<GateCase>);

TEST(FailedGates, StandInTheOrderOfTheCategory) {
  const Category category = SomeCategory(
      "k", Entrants::kMembers,
      {SomeGate("z", PactSigned{}), SomeGate("m", ReportsComplete{}), SomeGate("a", PactSigned{})});
  EXPECT_THAT(FailedGates(category, {}, {}), ElementsAre("z", "a"));
}

// What happened to a unit, gate by gate.
TEST(FailedGates, LookAtWhatHappenedToTheUnit) {
  const Category category{.gates = {{.id = "hold", .condition = NoHold{}},
                                    {.id = "total", .condition = MinimumTotal{D("1")}},
                                    {.id = "revoked", .condition = NoRevocation{}},
                                    {.id = "merged", .condition = NotDissolved{}}}};
  const ScoreSheet sheet{.totals = Totals{.total = common::Rational(5)}};
  EXPECT_THAT(FailedGates(category, {}, sheet), IsEmpty());
  EXPECT_THAT(FailedGates(category, {}, sheet, {.has_hold = true}), ElementsAre("hold"));
  EXPECT_THAT(FailedGates(category, {}, sheet, {.has_revocation = true}), ElementsAre("revoked"));
  EXPECT_THAT(FailedGates(category, {}, sheet, {.is_dissolved = true}), ElementsAre("merged"));
  const UnitRecord everything{.has_hold = true, .has_revocation = true, .is_dissolved = true};
  EXPECT_THAT(FailedGates(category, {}, {}, everything),
              ElementsAre("hold", "total", "revoked", "merged"));
  EXPECT_THAT(FailedByRecord(category, everything), ElementsAre("hold", "revoked", "merged"));
  EXPECT_THAT(FailedByRecord(category, {}), IsEmpty());
}

TEST(Standards, AreReachedByTheTotalAsPrinted) {
  const Award award{.quota = ShareQuota{D("20"), ShareBasis::kMeetingStandard, D("90")}};
  const auto sheet = [](int64_t total) {
    return ScoreSheet{.totals = Totals{.total = common::Rational(total)}};
  };
  EXPECT_TRUE(MeetsStandard(award, sheet(90)));
  EXPECT_FALSE(MeetsStandard(award, sheet(89)));
  EXPECT_FALSE(MeetsStandard(award, ScoreSheet()));
  EXPECT_FALSE(MeetsStandard({.quota = FixedQuota{1}}, sheet(100)));
}

TEST(ValidateRound, WantsTheStandardOfItsBasisAndOfNoOther) {
  Round round = ValidRound();
  round.categories[0].award.quota = ShareQuota{D("20"), ShareBasis::kMeetingStandard, D("90")};
  EXPECT_THAT(ValidateRound(round).list(), IsEmpty());
  for (const ShareQuota& quota : {ShareQuota{D("20"), ShareBasis::kMeetingStandard},
                                  ShareQuota{D("20"), ShareBasis::kEntrants, D("90")}}) {
    round.categories[0].award.quota = quota;
    EXPECT_TRUE(ValidateRound(round).Has("round.categories[0].award.share.standard"));
  }
}

}  // namespace
}  // namespace awards
