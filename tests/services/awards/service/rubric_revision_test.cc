// Correcting rubrics, telling them apart, and what they refer to.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "services/awards/domain/reasons.h"
#include "tests/services/awards/service/awards_fixture.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::SequentialIds;
using testkit::StatusIs;

class RubricRevisionTest : public AwardsFixture {
 protected:
  v1::Rubric Get(int revision = 0) {
    v1::GetRubricRequest request;
    request.set_name("rubrics/alliances");
    request.set_revision(revision);
    const auto found = Call(&RubricStub::GetRubric, request);
    EXPECT_THAT(found, IsOk());
    return found.ok() ? found->rubric() : v1::Rubric();
  }

  absl::StatusOr<v1::UpdateRubricResponse> Update(const v1::Rubric& rubric) {
    v1::UpdateRubricRequest request;
    *request.mutable_rubric() = rubric;
    request.set_etag(rubric.etag());
    return Call(&RubricStub::UpdateRubric, request);
  }

  // The alliance rubric with another maximum of its first line.
  v1::Rubric Corrected(const std::string& max_points) {
    v1::Rubric rubric = Get();
    rubric.mutable_groups(0)->mutable_criteria(0)->set_max_points(max_points);
    return rubric;
  }

  void Create() { ASSERT_THAT(Call(&RubricStub::CreateRubric, AllianceRubric()), IsOk()); }
};

TEST_F(RubricRevisionTest, ACorrectionIsTheNextRevisionAndTheFirstStaysReadable) {
  Create();
  const auto updated = Update(Corrected("12"));
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->rubric().revision(), 2);
  EXPECT_EQ(Get().groups(0).criteria(0).max_points(), "12");
  EXPECT_EQ(Get(1).groups(0).criteria(0).max_points(), "10");
  EXPECT_EQ(Get(1).revision(), 1);
  v1::GetRubricRequest request;
  request.set_name("rubrics/alliances");
  request.set_revision(3);
  EXPECT_THAT(Call(&RubricStub::GetRubric, request), HasReason(common::kResourceNotFound));
}

TEST_F(RubricRevisionTest, TheSameContentChangesNothing) {
  Create();
  const auto updated = Update(Get());
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->rubric().revision(), 1);
}

TEST_F(RubricRevisionTest, RefusesACorrectionOfWhatHasChangedSince) {
  Create();
  const v1::Rubric stale = Corrected("12");
  ASSERT_THAT(Update(Corrected("11")), IsOk());
  const auto refused = Update(stale);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(refused, HasReason(common::kEtagMismatch));
  EXPECT_EQ(Get().groups(0).criteria(0).max_points(), "11");
}

TEST_F(RubricRevisionTest, RefusesACorrectionThatIsNotValidOrOfNothing) {
  Create();
  v1::Rubric rubric = Corrected("-1");
  rubric.clear_etag();
  const auto refused = Update(rubric);
  EXPECT_THAT(refused, HasViolation("etag"));
  EXPECT_THAT(refused, HasViolation("rubric.groups[0].criteria[0].max_points"));
  rubric = Corrected("12");
  rubric.set_name("rubrics/none");
  EXPECT_THAT(Update(rubric), HasReason(common::kResourceNotFound));
}

TEST_F(RubricRevisionTest, RefusesACorrectionOnceARoundUsesIt) {
  SetUpRound();
  const auto refused = Update(Corrected("12"));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason(kRubricInUse));
  EXPECT_EQ(Get().revision(), 1);
}

TEST_F(RubricRevisionTest, ValidatingOnlyStoresNothing) {
  Create();
  v1::UpdateRubricRequest request;
  *request.mutable_rubric() = Corrected("12");
  request.set_etag(request.rubric().etag());
  request.set_validate_only(true);
  EXPECT_THAT(Call(&RubricStub::UpdateRubric, request), IsOk());
  EXPECT_EQ(Get().revision(), 1);
}

TEST_F(RubricRevisionTest, TellsRevisionsAndSuccessorsApart) {
  Create();
  ASSERT_THAT(Update(Corrected("12")), IsOk());
  v1::CreateRubricRequest successor = AllianceRubric();
  successor.set_rubric_id("alliances-2021");
  successor.mutable_rubric()->set_predecessor("rubrics/alliances");
  successor.mutable_rubric()->mutable_groups(1)->mutable_criteria()->RemoveLast();
  *successor.mutable_rubric()->mutable_groups(1)->add_criteria() =
      successor.rubric().groups(0).criteria(1);
  successor.mutable_rubric()->mutable_groups(0)->mutable_criteria()->RemoveLast();
  ASSERT_THAT(Call(&RubricStub::CreateRubric, successor), IsOk());
  const auto diff = [&](const std::string& base, int revision, const std::string& changed) {
    v1::DiffRubricsRequest request;
    request.set_base(base);
    request.set_base_revision(revision);
    request.set_changed(changed);
    const auto answer = Call(&RubricStub::DiffRubrics, request);
    EXPECT_THAT(answer, IsOk());
    std::vector<std::string> changes;
    for (const v1::RubricChange& change : answer->changes()) {
      changes.push_back(v1::RubricChange::Kind_Name(change.kind()) + " " + change.source() + " " +
                        change.field() + " " + change.before() + " " + change.after());
    }
    return changes;
  };
  EXPECT_THAT(diff("rubrics/alliances", 1, "rubrics/alliances"),
              ElementsAre("KIND_CHANGED criteria/1.1 max_points 10 12"));
  EXPECT_THAT(
      diff("rubrics/alliances", 1, "rubrics/alliances-2021"),
      ElementsAre("KIND_MOVED criteria/1.2  groups/1 groups/2", "KIND_REMOVED criteria/2.1   "));
  EXPECT_THAT(diff("rubrics/alliances", 2, "rubrics/alliances"), IsEmpty());
  v1::DiffRubricsRequest request;
  request.set_base("rubrics/alliances");
  request.set_changed("rubrics/none");
  EXPECT_THAT(Call(&RubricStub::DiffRubrics, request), HasReason(common::kResourceNotFound));
}

TEST_F(RubricRevisionTest, RefusesAPredecessorThatDoesNotExist) {
  v1::CreateRubricRequest request = AllianceRubric();
  request.mutable_rubric()->set_predecessor("rubrics/none");
  EXPECT_THAT(Call(&RubricStub::CreateRubric, request), HasReason(kRubricUnknown));
}

thidua::reporting::v1::Change Indicator(const std::string& code) {
  thidua::reporting::v1::Change change;
  change.mutable_indicator()->set_name("indicators/" + code);
  return change;
}

TEST_F(RubricRevisionTest, RefusesIndicatorsThatReportingDoesNotHave) {
  Tell({Indicator("OTHER")});
  const auto refused = Call(&RubricStub::CreateRubric, AllianceRubric());
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasReason(kRubricInvalid));
  EXPECT_THAT(refused, HasViolation("rubric.groups[0].criteria[0].ratio.indicators[0]"));
  Tell({Indicator("COOP_NEW")});
  EXPECT_THAT(Call(&RubricStub::CreateRubric, AllianceRubric()), IsOk());
}

TEST_F(RubricRevisionTest, WaitsForTheIndicatorsOfACommit) {
  v1::CreateRubricRequest request = AllianceRubric();
  request.set_min_reporting_token(feed_.Commit({Indicator("COOP_NEW")}));
  request.set_request_id(SequentialIds::Uuid(5));
  ASSERT_THAT(Call(&RubricStub::CreateRubric, request), IsOk());
  // A repeat that knows of a newer commit is the same request.
  request.set_min_reporting_token(feed_.Commit({Indicator("LATER")}));
  EXPECT_THAT(Call(&RubricStub::CreateRubric, request), IsOk());
}

}  // namespace
}  // namespace awards
