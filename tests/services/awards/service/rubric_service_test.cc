#include <gmock/gmock.h>

#include <string>

#include "common/status/reasons.h"
#include "services/awards/domain/reasons.h"
#include "tests/services/awards/service/awards_fixture.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using ::testing::IsEmpty;
using ::testing::Not;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::SequentialIds;
using testkit::StatusIs;

class RubricServiceTest : public AwardsFixture {
 protected:
  absl::StatusOr<v1::CreateRubricResponse> Create(const v1::CreateRubricRequest& request) {
    return Call(&RubricStub::CreateRubric, request);
  }
  absl::StatusOr<v1::GetRubricResponse> Get(const std::string& name,
                                            const std::string& min_commit_token = "") {
    v1::GetRubricRequest request;
    request.set_name(name);
    request.set_min_commit_token(min_commit_token);
    return Call(&RubricStub::GetRubric, request);
  }
  absl::StatusOr<v1::ListRubricsResponse> List(int page_size, const std::string& page_token = "") {
    v1::ListRubricsRequest request;
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return Call(&RubricStub::ListRubrics, request);
  }
};

TEST_F(RubricServiceTest, StoresWhatWasSent) {
  const auto created = Create(AllianceRubric());
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->rubric().name(), "rubrics/alliances");
  EXPECT_EQ(created->rubric().etag(), "v1");
  EXPECT_TRUE(created->rubric().has_update_time());
  const auto found = Get("rubrics/alliances", created->commit_token());
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->rubric().SerializeAsString(), created->rubric().SerializeAsString());
}

TEST_F(RubricServiceTest, RefusesARubricThatContradictsItselfWithAllFieldsAtFault) {
  v1::CreateRubricRequest request = AllianceRubric();
  request.mutable_rubric()->mutable_groups(0)->mutable_criteria(0)->set_max_points("ten");
  request.mutable_rubric()->clear_rank_style();
  const auto refused = Create(request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasReason(kRubricInvalid));
  EXPECT_THAT(refused, HasViolation("rubric.groups[0].criteria[0].max_points"));
  EXPECT_THAT(refused, HasViolation("rubric.rank_style"));
}

TEST_F(RubricServiceTest, RefusesAnIdOfAnotherForm) {
  v1::CreateRubricRequest request = AllianceRubric();
  request.set_rubric_id("Alliances");
  EXPECT_THAT(Create(request), HasViolation("rubric_id"));
}

TEST_F(RubricServiceTest, RefusesATakenId) {
  ASSERT_THAT(Create(AllianceRubric()), IsOk());
  const auto refused = Create(AllianceRubric());
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(refused, HasReason(common::kResourceAlreadyExists));
}

TEST_F(RubricServiceTest, ARepeatedRequestGetsTheFirstAnswer) {
  v1::CreateRubricRequest request = AllianceRubric();
  request.set_request_id(SequentialIds::Uuid(77));
  const auto first = Create(request);
  const auto second = Create(request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->SerializeAsString(), first->SerializeAsString());
}

TEST_F(RubricServiceTest, RefusesARequestIdWithOtherContent) {
  v1::CreateRubricRequest request = AllianceRubric();
  request.set_request_id(SequentialIds::Uuid(77));
  ASSERT_THAT(Create(request), IsOk());
  request.set_rubric_id("other");
  const auto refused = Create(request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(refused, HasReason(common::kRequestIdReused));
}

TEST_F(RubricServiceTest, ValidatingOnlyStoresNothing) {
  v1::CreateRubricRequest request = AllianceRubric();
  request.set_validate_only(true);
  const auto validated = Create(request);
  ASSERT_THAT(validated, IsOk());
  EXPECT_THAT(validated->commit_token(), IsEmpty());
  EXPECT_THAT(Get("rubrics/alliances"), HasReason(common::kResourceNotFound));
}

TEST_F(RubricServiceTest, DoesNotFindWhatIsNotThere) {
  const auto missing = Get("rubrics/none");
  EXPECT_THAT(missing, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(missing, HasReason(common::kResourceNotFound));
}

TEST_F(RubricServiceTest, RefusesACommitTokenOfAnotherStore) {
  ASSERT_THAT(Create(AllianceRubric()), IsOk());
  EXPECT_THAT(Get("rubrics/alliances", feed_.Commit({Alliance("a")})),
              HasViolation("min_commit_token"));
}

TEST_F(RubricServiceTest, ListsByNameAPageAtATime) {
  CreateRubrics();
  const auto first = List(1);
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->rubrics_size(), 1);
  EXPECT_EQ(first->rubrics(0).name(), "rubrics/alliances");
  EXPECT_THAT(first->next_page_token(), Not(IsEmpty()));
  const auto second = List(5, first->next_page_token());
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->rubrics_size(), 1);
  EXPECT_EQ(second->rubrics(0).name(), "rubrics/cooperatives");
  EXPECT_THAT(second->next_page_token(), IsEmpty());
}

TEST_F(RubricServiceTest, RefusesAnAlteredPageToken) {
  CreateRubrics();
  const auto first = List(1);
  ASSERT_THAT(first, IsOk());
  const auto refused = List(1, first->next_page_token() + "A");
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasReason(common::kInvalidPageToken));
}

TEST_F(RubricServiceTest, RefusesAPageTokenOfAnotherList) {
  CreateRubrics();
  const auto first = List(1);
  ASSERT_THAT(first, IsOk());
  v1::ListRoundsRequest request;
  request.set_page_token(first->next_page_token());
  EXPECT_THAT(Call(&RoundStub::ListRounds, request), HasReason(common::kInvalidPageToken));
}

TEST_F(RubricServiceTest, RefusesANegativePageSize) {
  EXPECT_THAT(List(-1), HasViolation("page_size"));
}

}  // namespace
}  // namespace awards
