#include "services/reporting/domain/totals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
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
  return {.period = samples::APeriod("2020"), .indicators = std::move(indicators)};
}

absl::StatusOr<Totals> Compute(const TotalsQuery& query,
                               const std::vector<Submission>& submissions) {
  return ComputeTotals(query, Year2020(), samples::AnnualDefinition(), submissions, {});
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
                    samples::AnnualDefinition(), submissions, {});
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

TEST(ComputeTotalsTest, NeedsAFormForAlliances) {
  Form form = samples::AnnualForm();
  form.unit_kind = UnitKind::kCooperative;
  const auto definition = FormDefinition::Make(form, samples::SomeIndicators()).value();
  const auto result = ComputeTotals(QueryFor({}), Year2020(), definition, {}, {});
  EXPECT_THAT(result, HasReason(kFormNotForUnit));
  EXPECT_THAT(result, HasViolation("form"));
}

TEST(ComputeTotalsTest, AMeanCannotBePutTogetherWithoutItsWeightInTheForm) {
  Form form = samples::AnnualForm();
  form.fields = {{.indicator = Code("REV_AVG")}, {.indicator = Code("MEMBERS")}};
  const auto definition = FormDefinition::Make(form, samples::SomeIndicators()).value();
  EXPECT_THAT(ComputeTotals(QueryFor({Code("REV_AVG")}), Year2020(), definition, {}, {}),
              HasViolation("indicators[0]"));
  EXPECT_EQ(ComputeTotals(QueryFor({}), Year2020(), definition, {}, {})->totals.size(), 1U);
}

}  // namespace
}  // namespace reporting
