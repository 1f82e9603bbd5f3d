#include "services/awards/domain/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/awards/domain/reasons.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace awards {
namespace {

using enum ReviewStage;
using common::Decimal;
using ::testing::ElementsAre;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;

ClusterRoles Cluster(int members, int year = 2020) {
  ClusterRoles roles{.cluster_year = absl::StrCat("clusters/c/years/", year)};
  for (int i = 0; i < members; ++i) roles.members.push_back(absl::StrCat("units/u", i));
  roles.head = roles.members.front();
  return roles;
}

TEST(CrossChecks, AreNeverOfOneselfNorMutualFromThreeUp) {
  for (int members = 2; members <= 40; ++members) {
    for (int year = 2018; year <= 2060; ++year) {
      const auto pairs = CrossCheckPairs(Cluster(members, year));
      ASSERT_EQ(pairs.size(), static_cast<size_t>(members));
      std::set<std::string> checkers;
      for (const auto& [unit, checker] : pairs) {
        ASSERT_NE(unit, checker) << members << " in " << year;
        if (members > 2) {
          ASSERT_NE(pairs.at(checker), unit) << members << " in " << year;
        }
        checkers.insert(checker);
      }
      // Everybody checks one.
      ASSERT_EQ(checkers.size(), static_cast<size_t>(members));
    }
  }
}

TEST(CrossChecks, ChangeFromYearToYearAndNotWithTheOrderOfMembers) {
  ClusterRoles roles = Cluster(11, 2020);
  const auto pairs = CrossCheckPairs(roles);
  EXPECT_NE(pairs, CrossCheckPairs(Cluster(11, 2021)));
  std::reverse(roles.members.begin(), roles.members.end());
  EXPECT_EQ(pairs, CrossCheckPairs(roles));
}

TEST(CrossChecks, NeedTwo) { EXPECT_TRUE(CrossCheckPairs(Cluster(1)).empty()); }

TEST(Duties, OfTheHeadsOwnSheetAreTheViceHeads) {
  ClusterRoles roles = Cluster(5);
  roles.vice_heads = {"units/u3", "units/u1"};
  EXPECT_EQ(AssignDuties(roles, "units/u2").appraiser_unit, "units/u0");
  EXPECT_EQ(AssignDuties(roles, "units/u0").appraiser_unit, "units/u3");
  roles.vice_heads.clear();
  const ReviewDuties duties = AssignDuties(roles, "units/u0");
  EXPECT_EQ(duties.appraiser_unit, duties.cross_checker);
  EXPECT_NE(duties.appraiser_unit, "units/u0");
}

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

Rubric SomeRubric() {
  return {
      .groups = {{.id = "4",
                  .criteria = {{.id = "4.1", .max_points = D("4"), .formula = Manual{D("0.5")}},
                               {.id = "4.2", .max_points = D("5"), .formula = OnTimeShare{}}}}},
      .bonus = Extra{.criteria = {{.id = "B1", .max_points = D("1"), .formula = Manual{D("1")}}},
                     .cap = D("1")}};
}

const ReviewDuties kDuties{
    .own_unit = "units/own", .cross_checker = "units/checker", .appraiser_unit = "units/head"};

Evidence SomeEvidence() {
  return {.title = "Quyết định 12",
          .reference = "Lưu trữ 12/2020",
          .content_hash = std::string(64, 'a'),
          .size_bytes = 1000};
}

Assessment By(AssessmentRole role, const std::string& person_unit) {
  return {.unit = "units/own",
          .criterion = "4.1",
          .role = role,
          .verdict = D("3"),
          .person = "Chánh văn phòng",
          .person_unit = person_unit,
          .reason = "Theo hồ sơ",
          .evidence = {SomeEvidence()}};
}

struct RoleCase {
  std::string name{};
  AssessmentRole role{};
  std::string person_unit{};
  std::set<ReviewStage> stages{};
};

class Roles : public ::testing::TestWithParam<RoleCase> {};

TEST_P(Roles, BelongToTheirStagesAndUnits) {
  for (int i = 1; i <= static_cast<int>(kPublished); ++i) {
    const auto stage = static_cast<ReviewStage>(i);
    EXPECT_EQ(
        CheckAssessment(SomeRubric(), kDuties, stage, By(GetParam().role, GetParam().person_unit))
            .ok(),
        GetParam().stages.contains(stage))
        << NameOf(stage);
  }
  for (const char* other : {"units/own", "units/checker", "units/head", "units/stranger"}) {
    if (other == GetParam().person_unit) continue;
    const absl::Status refused = CheckAssessment(SomeRubric(), kDuties, *GetParam().stages.begin(),
                                                 By(GetParam().role, other));
    const bool own = std::string_view(other) == "units/own";
    EXPECT_THAT(refused, HasReason(own ? kOwnUnitAppraised : kNotInCharge)) << other;
    EXPECT_THAT(refused, HasViolation("assessment.person_unit"));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, Roles,
    ::testing::ValuesIn<RoleCase>({
        {"Self", AssessmentRole::kSelf, "units/own", {kComputed}},
        {"CrossCheck", AssessmentRole::kCrossCheck, "units/checker", {kSelfScored}},
        {"Agreement", AssessmentRole::kAgreement, "units/head", {kAppraised, kExplained}},
    }),
    testkit::CaseName<RoleCase>);

struct AssessmentCase {
  std::string name{};
  std::function<void(Assessment&)> alter{};
  std::string_view reason{};
  std::string field{};
};

class BadAssessments : public ::testing::TestWithParam<AssessmentCase> {};

TEST_P(BadAssessments, AreRefused) {
  Assessment assessment = By(AssessmentRole::kSelf, "units/own");
  GetParam().alter(assessment);
  const absl::Status refused = CheckAssessment(SomeRubric(), kDuties, kComputed, assessment);
  EXPECT_THAT(refused, HasReason(GetParam().reason));
  EXPECT_THAT(refused, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadAssessments,
    ::testing::ValuesIn<AssessmentCase>({
        {"NoManualLine", [](Assessment& a) { a.criterion = "4.2"; }, kCriterionUnknown,
         "assessment.criterion"},
        {"TooManyPoints", [](Assessment& a) { a.verdict = D("4.5"); }, kPointsOutOfRange,
         "assessment.points"},
        {"OffTheStep", [](Assessment& a) { a.verdict = D("3.25"); }, kPointsNotOnStep,
         "assessment.points"},
        {"NoVerdict", [](Assessment& a) { a.verdict = {}; }, common::kRequiredFieldMissing,
         "assessment.points"},
        {"NoEvidence", [](Assessment& a) { a.evidence.clear(); }, kEvidenceRequired,
         "assessment.evidence"},
        {"TooMuchEvidence", [](Assessment& a) { a.evidence.assign(21, SomeEvidence()); },
         kEvidenceOverLimit, "assessment.evidence"},
        {"TooLargeADocument",
         [](Assessment& a) { a.evidence[0].size_bytes = 50LL * 1024 * 1024 + 1; },
         kEvidenceOverLimit, "assessment.evidence[0].size_bytes"},
        {"NoHash", [](Assessment& a) { a.evidence[0].content_hash = std::string(64, 'A'); },
         common::kInvalidField, "assessment.evidence[0].content_hash"},
        {"NoReference", [](Assessment& a) { a.evidence[0].reference = ""; },
         common::kRequiredFieldMissing, "assessment.evidence[0].reference"},
        {"NoPerson", [](Assessment& a) { a.person = ""; }, common::kRequiredFieldMissing,
         "assessment.person"},
        {"AnAppraisal", [](Assessment& a) { a.role = AssessmentRole::kAppraisal; },
         common::kInvalidField, "assessment.role"},
        {"NoUnit", [](Assessment& a) { a.unit = "own"; }, common::kInvalidName, "assessment.unit"},
    }),
    testkit::CaseName<AssessmentCase>);

TEST(Assessments, OfTheUnitItselfNeedNoReason) {
  Assessment assessment = By(AssessmentRole::kSelf, "units/own");
  assessment.reason = "";
  EXPECT_THAT(CheckAssessment(SomeRubric(), kDuties, kComputed, assessment), IsOk());
  assessment.role = AssessmentRole::kCrossCheck;
  EXPECT_THAT(CheckAssessment(SomeRubric(), kDuties, kSelfScored, assessment),
              HasViolation("assessment.reason"));
}

TEST(Appraisals, BelongToTheAppraiserAfterTheCrossCheck) {
  EXPECT_THAT(CheckAppraiser(kDuties, kCrossChecked, "units/own", "units/head"), IsOk());
  EXPECT_THAT(CheckAppraiser(kDuties, kCrossChecked, "units/own", "units/checker"),
              HasReason(kNotInCharge));
  EXPECT_THAT(CheckAppraiser(kDuties, kSelfScored, "units/own", "units/head"),
              HasReason(common::kIllegalStateChange));
}

// The contract's list of moves, written out once more: from, to, by whom.
struct AllowedStep {
  ReviewStage from{};
  ReviewStage to{};
  std::string by{};
};

TEST(Steps, AreThoseOfTheContract) {
  const std::vector<AllowedStep> allowed{
      {kComputed, kSelfScored, "units/own"},     {kSelfScored, kCrossChecked, "units/checker"},
      {kSelfScored, kComputed, "units/checker"}, {kCrossChecked, kAppraised, "units/head"},
      {kCrossChecked, kComputed, "units/head"},  {kAppraised, kExplained, "units/own"},
      {kAppraised, kAgreed, "units/head"},       {kExplained, kAgreed, "units/head"},
      {kExplained, kCrossChecked, "units/head"}, {kAgreed, kPublished, "units/head"},
      {kAgreed, kAppraised, "units/head"}};
  for (int from = 1; from <= 7; ++from) {
    for (int to = 1; to <= 7; ++to) {
      for (const char* by : {"units/own", "units/checker", "units/head", "units/stranger"}) {
        const ReviewStep step{.name = "rounds/r/reviews/own",
                              .from = static_cast<ReviewStage>(from),
                              .to = static_cast<ReviewStage>(to),
                              .person = "Ai đó",
                              .person_unit = by,
                              .reason = "Vì thế"};
        const auto found = std::find_if(allowed.begin(), allowed.end(), [&](const AllowedStep& a) {
          return a.from == step.from && a.to == step.to;
        });
        const absl::Status status = CheckStep(kDuties, step);
        if (found == allowed.end()) {
          EXPECT_THAT(status, HasReason(common::kIllegalStateChange));
        } else if (found->by != by) {
          EXPECT_THAT(status, HasReason(kNotInCharge));
        } else {
          EXPECT_THAT(status, IsOk());
        }
      }
    }
  }
}

TEST(Steps, BackNeedAReason) {
  EXPECT_THAT(CheckStep(kDuties, {.name = "n",
                                  .from = kSelfScored,
                                  .to = kComputed,
                                  .person = "Ai đó",
                                  .person_unit = "units/checker"}),
              HasViolation("reason"));
}

TEST(Stages, AreCompleteWithAllManualLines) {
  EXPECT_THAT(ManualCriteria(SomeRubric()), ElementsAre("4.1", "B1"));
  EXPECT_THAT(CheckComplete(SomeRubric(), "n", {"4.1", "B1", "x"}), IsOk());
  const absl::Status refused = CheckComplete(SomeRubric(), "n", {"4.1"});
  EXPECT_THAT(refused, HasReason(kStageIncomplete));
  EXPECT_EQ(common::DetailOf(refused).metadata.at("criteria"), "B1");
}

TEST(Sheets, AreSeenByAllMembersOnlyWhenPublished) {
  const std::vector<std::string> members{"units/own", "units/checker", "units/head", "units/other"};
  for (const char* viewer : {"", "units/own", "units/checker", "units/head"}) {
    EXPECT_THAT(CheckVisible(kDuties, kComputed, members, "n", viewer), IsOk()) << viewer;
  }
  EXPECT_THAT(CheckVisible(kDuties, kAgreed, members, "n", "units/other"),
              HasReason(kSheetNotVisible));
  EXPECT_THAT(CheckVisible(kDuties, kPublished, members, "n", "units/other"), IsOk());
  EXPECT_THAT(CheckVisible(kDuties, kPublished, members, "n", "units/stranger"),
              HasReason(kSheetNotVisible));
}

TEST(Statements, AreTheUnitsOwnOnAnyLineAfterTheAppraisal) {
  Statement statement{.unit = "units/own",
                      .criterion = "4.2",
                      .text = "Báo cáo gửi đúng hạn",
                      .person = "Giám đốc",
                      .person_unit = "units/own"};
  EXPECT_THAT(CheckStatement(SomeRubric(), kDuties, kAppraised, statement), IsOk());
  EXPECT_THAT(CheckStatement(SomeRubric(), kDuties, kAgreed, statement),
              HasReason(common::kIllegalStateChange));
  statement.person_unit = "units/head";
  EXPECT_THAT(CheckStatement(SomeRubric(), kDuties, kAppraised, statement),
              HasReason(kNotInCharge));
  statement.criterion = "9";
  statement.text = "";
  const absl::Status refused = CheckStatement(SomeRubric(), kDuties, kAppraised, statement);
  EXPECT_THAT(refused, HasViolation("statement.criterion"));
  EXPECT_THAT(refused, HasViolation("statement.text"));
}

}  // namespace
}  // namespace awards
