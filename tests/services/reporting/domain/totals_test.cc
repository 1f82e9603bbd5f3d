#include "services/reporting/domain/totals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::AUnitId;
using samples::Code;
using samples::NotApplicable;
using samples::Number;
using samples::Year2020;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::StatusIs;

Submission SubmissionOf(std::string_view unit, std::vector<Figure> figures) {
  Submission submission = samples::AnnualSubmission(SubmissionState::kAccepted);
  submission.id.unit = AUnitId(unit);
  submission.figures = std::move(figures);
  return submission;
}

TotalsQuery QueryFor(std::vector<IndicatorId> indicators) {
  return {.cluster_year = Year2020().id,
          .form = samples::AnnualForm().id,
          .period = samples::APeriod("2020"),
          .indicators = std::move(indicators)};
}

Scope ScopeOf(const ClusterYear& year) {
  return {.units = {year.members.begin(), year.members.end()}, .year = year};
}

// What the members of `year` reported, put together.
absl::StatusOr<Totals> ComputeTotals(const TotalsQuery& query, const ClusterYear& year,
                                     const FormDefinition& form,
                                     const std::vector<Submission>& submissions,
                                     const Targets& targets = {}) {
  const Scope scope = ScopeOf(year);
  RETURN_IF_ERROR(CheckTotalsScope(query, scope, {}, form, {}));
  const Reporters reporters{.units = scope.units};
  TotalsBuilder builder(query, ReportOf(query, scope), form, reporters, targets);
  for (const Submission& submission : submissions) builder.Add(submission);
  return builder.Build();
}

absl::StatusOr<Totals> Compute(const TotalsQuery& query,
                               const std::vector<Submission>& submissions) {
  return ComputeTotals(query, Year2020(), samples::AnnualDefinition(), submissions);
}

// The number of one indicator over `submissions`.
std::string NumberOf(std::string_view code, const std::vector<Submission>& submissions) {
  return Compute(QueryFor({Code(code)}), submissions)->totals.at(0).number;
}

struct Row {
  std::string unit;
  std::string cooperatives;
  std::string members;
  std::string founded;
};

// Figures of 2020 as in deploy/examples/red-river-2020; their sums are the published ones of the
// cluster: 7,002 cooperatives, 3,057,365 members, 364 newly founded.
const std::vector<Row>& RowsOf2020() {
  static const auto& rows = *new std::vector<Row>{
      {"ha-noi", "2200", "598400", "96"},   {"quang-ninh", "640", "80764", "62"},
      {"vinh-phuc", "520", "150000", "30"}, {"bac-ninh", "662", "215000", "48"},
      {"hai-duong", "492", "330000", "22"}, {"hai-phong", "365", "130105", "20"},
      {"hung-yen", "415", "66096", "18"},   {"thai-binh", "520", "562000", "12"},
      {"ha-nam", "273", "190000", "16"},    {"nam-dinh", "498", "470000", "13"},
      {"ninh-binh", "417", "265000", "27"}};
  return rows;
}

TEST(ComputeTotalsTest, GivesThePublishedTotalsOfTheCluster) {
  ClusterYear year = Year2020();
  year.members.clear();
  std::vector<Submission> submissions;
  for (const Row& row : RowsOf2020()) {
    year.members.push_back(AUnitId(row.unit));
    submissions.push_back(
        SubmissionOf(row.unit, {Number("COOP_TOTAL", row.cooperatives),
                                Number("MEMBERS", row.members), Number("COOP_NEW", row.founded)}));
  }
  const auto totals =
      ComputeTotals(QueryFor({Code("COOP_TOTAL"), Code("MEMBERS"), Code("COOP_NEW")}), year,
                    samples::AnnualDefinition(), submissions);
  ASSERT_TRUE(totals.ok()) << totals.status();
  EXPECT_THAT(totals->totals,
              ElementsAre(Field(&Total::number, "7002"), Field(&Total::number, "3057365"),
                          Field(&Total::number, "364")));
  EXPECT_EQ(totals->expected_count, 11);
  EXPECT_EQ(totals->reported_count, 11);
  EXPECT_EQ(totals->on_time_count, 11);
  EXPECT_THAT(totals->missing_units, IsEmpty());
  EXPECT_EQ(totals->value_kind, ValueKind::kEstimate);
}

TEST(ComputeTotalsTest, TellsZeroMissingAndNotApplicableApart) {
  const auto totals =
      Compute(QueryFor({Code("MEMBERS")}), {SubmissionOf("bac-ninh", {Number("MEMBERS", "0")}),
                                            SubmissionOf("ha-nam", {NotApplicable("MEMBERS")}),
                                            SubmissionOf("vinh-phuc", {Number("COOP_NEW", "1")})});
  EXPECT_THAT(totals->totals, ElementsAre(Total{.indicator = Code("MEMBERS"),
                                                .number = "0",
                                                .unit_count = 1,
                                                .missing_count = 1,
                                                .not_applicable_count = 1}));
}

TEST(ComputeTotalsTest, WithoutFiguresThereIsNoNumber) {
  EXPECT_EQ(NumberOf("MEMBERS", {SubmissionOf("bac-ninh", {NotApplicable("MEMBERS")})}), "");
}

TEST(ComputeTotalsTest, SumsAreExactBeyondTheRangeOfDecimals) {
  EXPECT_EQ(
      NumberOf("MEMBERS", {SubmissionOf("bac-ninh", {Number("MEMBERS", "999999999999999999")}),
                           SubmissionOf("ha-nam", {Number("MEMBERS", "2")})}),
      "1000000000000000001");
}

TEST(ComputeTotalsTest, FractionsAreAddedExactly) {
  EXPECT_EQ(NumberOf("BALANCE", {SubmissionOf("bac-ninh", {Number("BALANCE", "0.1")}),
                                 SubmissionOf("ha-nam", {Number("BALANCE", "0.2")}),
                                 SubmissionOf("vinh-phuc", {Number("BALANCE", "-0.25")})}),
            "0.05");
}

TEST(ComputeTotalsTest, AMeanIsWeighted) {
  // (10 x 1 + 20 x 2 + 30 x 3) / 6 = 140 / 6 = 23.3333...
  EXPECT_EQ(
      NumberOf("REV_AVG",
               {SubmissionOf("bac-ninh", {Number("REV_AVG", "10"), Number("COOP_TOTAL", "1")}),
                SubmissionOf("ha-nam", {Number("REV_AVG", "20"), Number("COOP_TOTAL", "2")}),
                SubmissionOf("vinh-phuc", {Number("REV_AVG", "30"), Number("COOP_TOTAL", "3")})}),
      "23.33");
}

TEST(ComputeTotalsTest, AMeanIsRoundedHalfUpToTwoPlacesAtLeast) {
  // (0.1 x 3 + 0.2 x 1) / 4 = 0.125
  EXPECT_EQ(
      NumberOf("REV_AVG",
               {SubmissionOf("bac-ninh", {Number("REV_AVG", "0.1"), Number("COOP_TOTAL", "3")}),
                SubmissionOf("ha-nam", {Number("REV_AVG", "0.2"), Number("COOP_TOTAL", "1")})}),
      "0.13");
}

TEST(ComputeTotalsTest, AMeanLeavesOutUnitsWithoutWeight) {
  const auto totals =
      Compute(QueryFor({Code("REV_AVG")}),
              {SubmissionOf("bac-ninh", {Number("REV_AVG", "10"), Number("COOP_TOTAL", "5")}),
               SubmissionOf("ha-nam", {Number("REV_AVG", "20")}),
               SubmissionOf("vinh-phuc", {Number("REV_AVG", "30"), NotApplicable("COOP_TOTAL")})});
  EXPECT_THAT(totals->totals, ElementsAre(Total{.indicator = Code("REV_AVG"),
                                                .number = "10",
                                                .unit_count = 1,
                                                .missing_count = 1,
                                                .not_applicable_count = 1}));
}

TEST(ComputeTotalsTest, AMeanWithoutAnyWeightIsNoNumber) {
  EXPECT_EQ(
      NumberOf("REV_AVG",
               {SubmissionOf("bac-ninh", {Number("REV_AVG", "10"), Number("COOP_TOTAL", "0")})}),
      "");
}

TEST(ComputeTotalsTest, TakesAllThatCanBePutTogetherInTheOrderOfTheForm) {
  const auto totals = Compute(QueryFor({}), {});
  EXPECT_THAT(totals->totals, ElementsAre(Field(&Total::indicator, Code("COOP_TOTAL")),
                                          Field(&Total::indicator, Code("COOP_NEW")),
                                          Field(&Total::indicator, Code("MEMBERS")),
                                          Field(&Total::indicator, Code("REV_AVG")),
                                          Field(&Total::indicator, Code("BALANCE"))));
}

TEST(ComputeTotalsTest, SaysWhoIsMissingInTheOrderOfBytes) {
  const auto totals = Compute(QueryFor({}), {SubmissionOf("bac-ninh", {})});
  EXPECT_EQ(totals->expected_count, 3);
  EXPECT_EQ(totals->reported_count, 1);
  EXPECT_THAT(totals->missing_units, ElementsAre(AUnitId("ha-nam"), AUnitId("vinh-phuc")));
}

TEST(ComputeTotalsTest, CountsWhoIsOnTime) {
  Submission late = SubmissionOf("ha-nam", {});
  late.timeliness = Timeliness::kLate;
  Submission in_grace = SubmissionOf("vinh-phuc", {});
  in_grace.timeliness = Timeliness::kInGrace;
  const auto totals = Compute(QueryFor({}), {SubmissionOf("bac-ninh", {}), late, in_grace});
  EXPECT_EQ(totals->reported_count, 3);
  EXPECT_EQ(totals->on_time_count, 1);
}

struct SubmissionCase {
  std::string name;
  std::function<void(Submission&)> change;
};

class SubmissionCounted : public ::testing::TestWithParam<SubmissionCase> {};

TEST_P(SubmissionCounted, InThisState) {
  Submission submission = SubmissionOf("bac-ninh", {Number("MEMBERS", "7")});
  GetParam().change(submission);
  EXPECT_EQ(NumberOf("MEMBERS", {submission}), "7");
}

INSTANTIATE_TEST_SUITE_P(
    States, SubmissionCounted,
    ::testing::ValuesIn<SubmissionCase>({
        {"Submitted", [](Submission& it) { it.state = SubmissionState::kSubmitted; }},
        {"Accepted", [](Submission& it) { it.state = SubmissionState::kAccepted; }},
        {"Locked", [](Submission& it) { it.state = SubmissionState::kLocked; }},
    }),
    testkit::CaseName<SubmissionCase>);

class SubmissionLeftOut : public ::testing::TestWithParam<SubmissionCase> {};

TEST_P(SubmissionLeftOut, OfTheTotal) {
  Submission submission = SubmissionOf("bac-ninh", {Number("MEMBERS", "7")});
  GetParam().change(submission);
  const auto totals = Compute(QueryFor({Code("MEMBERS")}), {submission});
  EXPECT_EQ(totals->reported_count, 0);
  EXPECT_EQ(totals->totals.at(0).number, "");
}

INSTANTIATE_TEST_SUITE_P(
    Others, SubmissionLeftOut,
    ::testing::ValuesIn<SubmissionCase>({
        {"Returned", [](Submission& it) { it.state = SubmissionState::kReturned; }},
        {"Draft", [](Submission& it) { it.state = SubmissionState::kDraft; }},
        {"Withdrawn", [](Submission& it) { it.state = SubmissionState::kWithdrawn; }},
        {"OfNoMember", [](Submission& it) { it.id.unit = AUnitId("ha-noi"); }},
        {"OfAnotherForm", [](Submission& it) { it.id.form = samples::AFormId("other"); }},
        {"OfAnotherPeriod", [](Submission& it) { it.id.period = samples::APeriod("2019"); }},
        {"Final", [](Submission& it) { it.id.value_kind = ValueKind::kFinal; }},
    }),
    testkit::CaseName<SubmissionCase>);

TEST(ComputeTotalsTest, TakesTheValueKindThatIsAskedFor) {
  Submission final_one = SubmissionOf("bac-ninh", {Number("MEMBERS", "8")});
  final_one.id.value_kind = ValueKind::kFinal;
  TotalsQuery query = QueryFor({Code("MEMBERS")});
  query.value_kind = ValueKind::kFinal;
  const auto totals =
      Compute(query, {SubmissionOf("bac-ninh", {Number("MEMBERS", "7")}), final_one});
  EXPECT_EQ(totals->totals.at(0).number, "8");
  EXPECT_EQ(totals->value_kind, ValueKind::kFinal);
}

struct QueryCase {
  std::string name;
  TotalsQuery query;
  std::string field;
  std::string_view reason;
};

class TotalsRefused : public ::testing::TestWithParam<QueryCase> {};

TEST_P(TotalsRefused, AtTheField) {
  const auto result = Compute(GetParam().query, {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, TotalsRefused,
    ::testing::ValuesIn<QueryCase>({
        {"OtherLevel", {.period = samples::APeriod("2020-Q1")}, "period", kPeriodInvalid},
        {"OtherYear", {.period = samples::APeriod("2021")}, "period", kPeriodInvalid},
        {"NotInTheForm", QueryFor({Code("MEMBERS"), Code("OCOP")}), "indicators[1]",
         kIndicatorNotInForm},
        {"Twice", QueryFor({Code("MEMBERS"), Code("MEMBERS")}), "indicators[1]",
         kDuplicateIndicator},
        {"CannotBePutTogether", QueryFor({Code("RATE")}), "indicators[0]", common::kInvalidField},
    }),
    testkit::CaseName<QueryCase>);

TEST(ComputeTotalsTest, AMeanCannotBePutTogetherWithoutItsWeightInTheForm) {
  Form form = samples::AnnualForm();
  form.fields = {{.indicator = Code("REV_AVG")}, {.indicator = Code("MEMBERS")}};
  const auto definition = FormDefinition::Make(form, samples::SomeIndicators()).value();
  EXPECT_THAT(ComputeTotals(QueryFor({Code("REV_AVG")}), Year2020(), definition, {}),
              HasViolation("indicators[0]"));
  EXPECT_EQ(ComputeTotals(QueryFor({}), Year2020(), definition, {})->totals.size(), 1U);
}

TEST(ComputeTotalsTest, AReportCountsOnce) {
  const Submission submission = SubmissionOf("bac-ninh", {Number("MEMBERS", "7")});
  EXPECT_EQ(NumberOf("MEMBERS", {submission, submission}), "7");
}

// Reports of Hải Phòng and of Hải Dương, which became part of it.
absl::StatusOr<Totals> ComputeMerged(const std::vector<IndicatorId>& indicators,
                                     const std::vector<Submission>& submissions) {
  TotalsQuery query = QueryFor(indicators);
  query.cluster_year = {};
  query.units = {AUnitId("hai-phong")};
  query.value_kind = ValueKind::kEstimate;
  const Scope scope{.units = {AUnitId("hai-phong")}};
  const FormDefinition form = samples::AnnualDefinition();
  RETURN_IF_ERROR(CheckTotalsScope(query, scope, {}, form, {}));
  const Reporters reporters{.units = {AUnitId("hai-duong"), AUnitId("hai-phong")},
                            .stand_ins = {AUnitId("hai-duong")},
                            .merged = {AUnitId("hai-phong")}};
  const Targets none;
  TotalsBuilder builder(query, ReportOf(query, scope), form, reporters, none);
  for (const Submission& submission : submissions) builder.Add(submission);
  return builder.Build();
}

TEST(MergedTotalsTest, StocksAreAddedMeansWeightedAnewAndBothMarked) {
  // 492 + 365 = 857. (1700 x 492 + 2925 x 365) / 857 = 1904025 / 857 = 2221.7327...
  const auto totals = ComputeMerged(
      {Code("COOP_TOTAL"), Code("REV_AVG")},
      {SubmissionOf("hai-phong", {Number("COOP_TOTAL", "365"), Number("REV_AVG", "2925")}),
       SubmissionOf("hai-duong", {Number("COOP_TOTAL", "492"), Number("REV_AVG", "1700")})});
  ASSERT_TRUE(totals.ok()) << totals.status();
  EXPECT_THAT(
      totals->totals,
      ElementsAre(
          Total{.indicator = Code("COOP_TOTAL"), .number = "857", .unit_count = 2, .merged = true},
          Total{
              .indicator = Code("REV_AVG"), .number = "2221.73", .unit_count = 2, .merged = true}));
  EXPECT_THAT(totals->merged_units, ElementsAre(AUnitId("hai-phong")));
  EXPECT_EQ(totals->expected_count, 2);
}

TEST(MergedTotalsTest, WithoutAFigureOfAPredecessorNothingIsMarked) {
  const auto totals =
      ComputeMerged({Code("MEMBERS")}, {SubmissionOf("hai-phong", {Number("MEMBERS", "130105")}),
                                        SubmissionOf("hai-duong", {Number("COOP_NEW", "22")})});
  EXPECT_THAT(
      totals->totals,
      ElementsAre(Total{
          .indicator = Code("MEMBERS"), .number = "130105", .unit_count = 1, .missing_count = 1}));
}

TEST(MergedTotalsTest, WhoOfThePredecessorsIsMissingIsSaid) {
  const auto totals = ComputeMerged({}, {SubmissionOf("hai-phong", {Number("COOP_TOTAL", "365")})});
  EXPECT_EQ(totals->reported_count, 1);
  EXPECT_THAT(totals->missing_units, ElementsAre(AUnitId("hai-duong")));
}

TEST(TotalsTargetsTest, AreAddedAndReachedInPercent) {
  // Targets 40 + 15 = 55 over the units that have one; 48 of it by Bắc Ninh, 0 by Hà Nam:
  // 48 / 55 = 87.2727... %. Vĩnh Phúc has no target, so its 30 count only in the sum.
  const Targets targets = {
      {AUnitId("bac-ninh"), {{Code("COOP_NEW"), samples::Dec("40")}}},
      {AUnitId("ha-nam"), {{Code("COOP_NEW"), samples::Dec("15")}}},
      {AUnitId("ha-noi"), {{Code("COOP_NEW"), samples::Dec("1000")}}},
  };
  const auto totals = ComputeTotals(QueryFor({Code("COOP_NEW"), Code("MEMBERS")}), Year2020(),
                                    samples::AnnualDefinition(),
                                    {SubmissionOf("bac-ninh", {Number("COOP_NEW", "48")}),
                                     SubmissionOf("ha-nam", {Number("COOP_NEW", "0")}),
                                     SubmissionOf("vinh-phuc", {Number("COOP_NEW", "30")})},
                                    targets);
  ASSERT_TRUE(totals.ok()) << totals.status();
  EXPECT_EQ(totals->totals[0].number, "78");
  EXPECT_EQ(totals->totals[0].target, "55");
  EXPECT_EQ(totals->totals[0].percent_of_target, "87.27");
  EXPECT_EQ(totals->totals[1].target, "");
  EXPECT_EQ(totals->totals[1].percent_of_target, "");
}

struct TargetCase {
  std::string name;
  std::string target;
  std::vector<Figure> figures;
  std::string percent;
};

class PercentOfTarget : public ::testing::TestWithParam<TargetCase> {};

TEST_P(PercentOfTarget, IsRoundedHalfUp) {
  const Targets targets = {
      {AUnitId("bac-ninh"), {{Code("COOP_NEW"), samples::Dec(GetParam().target)}}}};
  const auto totals =
      ComputeTotals(QueryFor({Code("COOP_NEW")}), Year2020(), samples::AnnualDefinition(),
                    {SubmissionOf("bac-ninh", GetParam().figures)}, targets);
  EXPECT_EQ(totals->totals[0].target, GetParam().target);
  EXPECT_EQ(totals->totals[0].percent_of_target, GetParam().percent);
}

INSTANTIATE_TEST_SUITE_P(Targets, PercentOfTarget,
                         ::testing::ValuesIn<TargetCase>({
                             {"Reached", "40", {Number("COOP_NEW", "48")}, "120.00"},
                             // 1 / 800 = 0.125 %
                             {"Half", "800", {Number("COOP_NEW", "1")}, "0.13"},
                             {"OfNothing", "0", {Number("COOP_NEW", "5")}, ""},
                             {"Missing", "40", {}, ""},
                             {"NotApplicable", "40", {NotApplicable("COOP_NEW")}, ""},
                         }),
                         testkit::CaseName<TargetCase>);

struct ScopeCase {
  std::string name;
  std::function<void(TotalsQuery&)> change;
  std::string field;
  std::string_view reason;
};

class ScopeRefused : public ::testing::TestWithParam<ScopeCase> {};

TEST_P(ScopeRefused, AtTheField) {
  TotalsQuery query = QueryFor({});
  GetParam().change(query);
  Violations violations;
  CheckTotalsQuery(query, violations);
  ASSERT_EQ(violations.list().size(), 1U);
  EXPECT_EQ(violations.list()[0].field, GetParam().field);
  EXPECT_EQ(violations.list()[0].reason, GetParam().reason);
}

// Over units instead of the cluster year.
void AskUnits(TotalsQuery& query, std::vector<UnitId> units) {
  query.cluster_year = {};
  query.units = std::move(units);
  query.value_kind = ValueKind::kFinal;
}

INSTANTIATE_TEST_SUITE_P(
    Queries, ScopeRefused,
    ::testing::ValuesIn<ScopeCase>({
        {"Nobody", [](TotalsQuery& query) { query.cluster_year = {}; }, "cluster_year",
         common::kRequiredFieldMissing},
        {"UnitsBesideAYear", [](TotalsQuery& query) { query.units = {AUnitId("ha-nam")}; }, "units",
         common::kInvalidField},
        {"NationBesideAYear", [](TotalsQuery& query) { query.nationwide = true; }, "nationwide",
         common::kInvalidField},
        {"NationBesideUnits",
         [](TotalsQuery& query) {
           AskUnits(query, {AUnitId("ha-nam")});
           query.nationwide = true;
         },
         "nationwide", common::kInvalidField},
        {"NoKind",
         [](TotalsQuery& query) {
           AskUnits(query, {AUnitId("ha-nam")});
           query.value_kind = ValueKind::kUnspecified;
         },
         "value_kind", common::kRequiredFieldMissing},
        {"Twice",
         [](TotalsQuery& query) {
           AskUnits(query, {AUnitId("ha-nam"), AUnitId("ha-nam")});
         },
         "units[1]", common::kInvalidField},
        {"TooMany",
         [](TotalsQuery& query) {
           std::vector<UnitId> units;
           for (int i = 0; i < 1001; ++i) units.push_back(AUnitId("u" + std::to_string(i)));
           AskUnits(query, units);
         },
         "units", common::kInvalidField},
    }),
    testkit::CaseName<ScopeCase>);

TEST(CheckTotalsScopeTest, UnitsAreOfTheKindOfTheForm) {
  TotalsQuery query = QueryFor({});
  AskUnits(query, {AUnitId("ha-nam"), AUnitId("htx")});
  query.sector = Sector::kAgriculture;
  const Units units = {{AUnitId("ha-nam"), samples::Alliance("ha-nam")},
                       {AUnitId("htx"), samples::Cooperative("htx", "ha-nam")}};
  const Scope scope{.units = {AUnitId("ha-nam"), AUnitId("htx")}};
  const absl::Status status =
      CheckTotalsScope(query, scope, units, samples::AnnualDefinition(), {});
  EXPECT_THAT(status, HasReason(kFormNotForUnit));
  EXPECT_THAT(status, HasViolation("units[1]"));
  EXPECT_THAT(status, HasViolation("sector"));
}

TEST(CheckTotalsScopeTest, MembersMayBeFollowedToAnotherYear) {
  TotalsQuery query = QueryFor({});
  query.period = samples::APeriod("2026");
  query.any_year = true;
  EXPECT_THAT(CheckTotalsScope(query, ScopeOf(Year2020()), {}, samples::AnnualDefinition(), {}),
              testkit::IsOk());
}

}  // namespace
}  // namespace reporting
