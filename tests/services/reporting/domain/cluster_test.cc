#include "services/reporting/domain/cluster.h"

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

using samples::AUnitId;
using samples::Day;
using samples::Year2020;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

absl::StatusOr<ClusterYear> Make(ClusterYear draft, Violations violations = {}) {
  const Units units = samples::MembersOf2020();
  const Forms forms = {{samples::AnnualForm().id, samples::AnnualForm()}};
  return MakeClusterYear(std::move(draft), {.units = units, .forms = forms}, std::move(violations));
}

TEST(MakeClusterTest, TakesATitleInNormalForm) {
  Cluster cluster{.id = ClusterId::FromId("red-river-delta").value(),
                  .title = {.vi = " Cụm thi đua "}};
  EXPECT_EQ(MakeCluster(cluster, {})->title.vi, "Cụm thi đua");
}

TEST(MakeClusterTest, RefusesAClusterWithoutTitle) {
  EXPECT_THAT(MakeCluster({}, {}), HasViolation("cluster.title.vi"));
}

TEST(MakeClusterYearTest, BeginsPlannedWhateverTheDraftSays) {
  ClusterYear draft = Year2020();
  draft.state = ClusterState::kVoted;
  draft.handover = Handover{};
  ClusterYear expected = Year2020();
  expected.state = ClusterState::kPlanned;
  EXPECT_THAT(Make(draft), IsOkAndHolds(expected));
}

TEST(MakeClusterYearTest, TakesOneDayForAllAndNoViceHead) {
  ClusterYear draft = Year2020();
  draft.vice_heads.clear();
  DueReport& due = draft.calendar[0];
  due.opens = due.due = due.grace_end = due.closes = Day("2020-02-29");
  EXPECT_THAT(Make(draft), testkit::IsOk());
}

TEST(MakeClusterYearTest, TakesTheSameReportOnceAsEstimateAndOnceFinal) {
  ClusterYear draft = Year2020();
  draft.calendar.push_back(samples::AnnualDue());
  draft.calendar[1].value_kind = ValueKind::kFinal;
  EXPECT_THAT(Make(draft), testkit::IsOk());
}

struct YearCase {
  std::string name;
  std::function<void(ClusterYear&)> spoil;
  std::string field;
  std::string_view reason;
};

class ClusterYearRefused : public ::testing::TestWithParam<YearCase> {};

TEST_P(ClusterYearRefused, AtTheField) {
  ClusterYear draft = Year2020();
  GetParam().spoil(draft);
  const auto result = Make(draft);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    People, ClusterYearRefused,
    ::testing::ValuesIn<YearCase>({
        {"NoMembers", [](ClusterYear& year) { year.members.clear(); }, "cluster_year.members",
         common::kRequiredFieldMissing},
        {"TooManyMembers", [](ClusterYear& year) { year.members.resize(101, AUnitId("bac-ninh")); },
         "cluster_year.members", common::kInvalidField},
        {"MemberTwice", [](ClusterYear& year) { year.members[2] = AUnitId("bac-ninh"); },
         "cluster_year.members[2]", common::kInvalidField},
        {"HeadNoMember", [](ClusterYear& year) { year.head = AUnitId("ha-noi"); },
         "cluster_year.head", kUnitNotAMember},
        {"ViceHeadNoMember", [](ClusterYear& year) { year.vice_heads[0] = AUnitId("ha-noi"); },
         "cluster_year.vice_heads[0]", kUnitNotAMember},
        {"ViceHeadIsHead", [](ClusterYear& year) { year.vice_heads[0] = year.head; },
         "cluster_year.vice_heads[0]", common::kInvalidField},
        {"ViceHeadTwice", [](ClusterYear& year) { year.vice_heads.push_back(year.vice_heads[0]); },
         "cluster_year.vice_heads[1]", common::kInvalidField},
        {"NoScoredKind",
         [](ClusterYear& year) { year.scored_value_kind = ValueKind::kUnspecified; },
         "cluster_year.scored_value_kind", common::kRequiredFieldMissing},
        {"NoReceiptBasis",
         [](ClusterYear& year) { year.receipt_basis = ReceiptBasis::kUnspecified; },
         "cluster_year.receipt_basis", common::kRequiredFieldMissing},
    }),
    testkit::CaseName<YearCase>);

INSTANTIATE_TEST_SUITE_P(
    Calendar, ClusterYearRefused,
    ::testing::ValuesIn<YearCase>({
        {"DueBeforeItOpens", [](ClusterYear& year) { year.calendar[0].due = Day("2020-11-14"); },
         "cluster_year.calendar[0].due", common::kInvalidField},
        {"GraceBeforeDue",
         [](ClusterYear& year) { year.calendar[0].grace_end = Day("2020-11-30"); },
         "cluster_year.calendar[0].grace_end", common::kInvalidField},
        {"ClosesBeforeGraceEnds",
         [](ClusterYear& year) { year.calendar[0].closes = Day("2020-12-07"); },
         "cluster_year.calendar[0].closes", common::kInvalidField},
        {"PeriodOfAnotherYear",
         [](ClusterYear& year) { year.calendar[0].period = samples::APeriod("2021"); },
         "cluster_year.calendar[0].period", kPeriodInvalid},
        {"PeriodOfAnotherLevel",
         [](ClusterYear& year) { year.calendar[0].period = samples::APeriod("2020-Q1"); },
         "cluster_year.calendar[0].period", kPeriodInvalid},
        {"NoValueKind",
         [](ClusterYear& year) { year.calendar[0].value_kind = ValueKind::kUnspecified; },
         "cluster_year.calendar[0].value_kind", common::kRequiredFieldMissing},
        {"Twice", [](ClusterYear& year) { year.calendar.push_back(year.calendar[0]); },
         "cluster_year.calendar[1]", common::kInvalidField},
    }),
    testkit::CaseName<YearCase>);

TEST(MakeClusterYearTest, AMemberMustBeAnAlliance) {
  Units units = samples::MembersOf2020();
  units[AUnitId("ha-nam")] = samples::Cooperative("ha-nam", "bac-ninh");
  const Forms forms = {{samples::AnnualForm().id, samples::AnnualForm()}};
  EXPECT_THAT(MakeClusterYear(Year2020(), {.units = units, .forms = forms}, {}),
              HasViolation("cluster_year.members[2]"));
}

TEST(MakeClusterYearTest, MembersThatDoNotExistAreUnknown) {
  ClusterYear draft = Year2020();
  draft.members.push_back(AUnitId("ha-noi"));
  const auto result = Make(draft);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kUnitUnknown));
  EXPECT_THAT(result, HasViolation("cluster_year.members[3]"));
}

TEST(MakeClusterYearTest, AMemberIsNoHistoryOnTheFirstDayOfTheYear) {
  const Forms forms = {{samples::AnnualForm().id, samples::AnnualForm()}};
  const auto make = [&](std::string_view date) {
    Units units = samples::MembersOf2020();
    Unit& member = units.at(AUnitId("ha-nam"));
    member = samples::MergedInto(member, "bac-ninh", date);
    return MakeClusterYear(Year2020(), {.units = units, .forms = forms}, {});
  };
  EXPECT_TRUE(make("2020-01-02").ok());
  const auto result = make("2020-01-01");
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kUnitMerged));
  EXPECT_THAT(result, HasViolation("cluster_year.members[2]"));
  EXPECT_EQ(common::DetailOf(result.status()).metadata.at("successor"), "units/bac-ninh");
}

TEST(MakeClusterYearTest, FormsThatDoNotExistAreUnknown) {
  ClusterYear draft = Year2020();
  draft.calendar[0].form = samples::AFormId("not-there");
  const auto result = Make(draft);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kFormUnknown));
  EXPECT_THAT(result, HasViolation("cluster_year.calendar[0].form"));
}

TEST(MakeClusterYearTest, DaysThatCouldNotBeParsedAreReportedOnce) {
  ClusterYear draft = Year2020();
  draft.calendar[0].due = {};
  const auto result =
      Make(draft, samples::ParsedWrong("cluster_year.calendar[0].due", common::kInvalidDate));
  EXPECT_EQ(common::DetailOf(result.status()).violations.size(), 1U);
  EXPECT_THAT(result, HasReason(common::kInvalidDate));
}

TEST(FindDueReportTest, NeedsFormPeriodAndKind) {
  const ClusterYear year = Year2020();
  const DueReport due = samples::AnnualDue();
  EXPECT_EQ(FindDueReport(year, due.form, due.period, ValueKind::kEstimate), &year.calendar[0]);
  EXPECT_EQ(FindDueReport(year, due.form, due.period, ValueKind::kFinal), nullptr);
  EXPECT_EQ(FindDueReport(year, due.form, samples::APeriod("2021"), due.value_kind), nullptr);
  EXPECT_EQ(FindDueReport(year, samples::AFormId("x"), due.period, due.value_kind), nullptr);
}

}  // namespace
}  // namespace reporting
