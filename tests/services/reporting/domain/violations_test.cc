#include "services/reporting/domain/violations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/status/reasons.h"
#include "services/reporting/domain/ids.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOk;
using ::testkit::StatusIs;

TEST(ViolationsTest, NothingWrongIsOk) { EXPECT_THAT(Violations().ToStatus(), IsOk()); }

TEST(ViolationsTest, EverythingWrongIsInOneStatusUnderTheFirstReason) {
  Violations violations;
  violations.Add("unit.kind", common::kRequiredFieldMissing, "say which");
  violations.Add("unit.sector", common::kInvalidField, "an alliance has none");
  const absl::Status status = violations.ToStatus();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasReason(common::kRequiredFieldMissing));
  EXPECT_THAT(status, HasViolation("unit.kind"));
  EXPECT_THAT(status, HasViolation("unit.sector"));
}

TEST(ViolationsTest, APathIsReportedOnceByWhoSawItFirst) {
  Violations violations;
  violations.Add("a", common::kInvalidName, "first");
  violations.Add("a", common::kInvalidField, "second");
  EXPECT_THAT(violations.list(), ElementsAre(Field(&common::FieldViolation::description, "first")));
}

TEST(ViolationsTest, TakeReturnsTheParsedValue) {
  Violations violations;
  EXPECT_EQ(violations.Take("unit", UnitId::Parse("units/ha-nam")).value(), "ha-nam");
  EXPECT_TRUE(violations.empty());
}

TEST(ViolationsTest, TakeReportsWhatCannotBeParsedAtItsPathAndReturnsNothing) {
  Violations violations;
  EXPECT_TRUE(violations.Take("unit.parent", UnitId::Parse("Ha Nam")).empty());
  EXPECT_THAT(violations.ToStatus(), HasViolation("unit.parent"));
  EXPECT_THAT(violations.ToStatus(), HasReason(common::kInvalidName));
}

TEST(ViolationsTest, AnErrorWithoutFieldsKeepsItsReason) {
  Violations violations;
  violations.AddError("x", common::Error(absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND", "no"));
  EXPECT_THAT(violations.ToStatus(), HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(violations.ToStatus(), HasViolation("x"));
}

TEST(ViolationsTest, AppendAddsWhatIsNotReportedYet) {
  Violations one;
  one.Add("a", common::kInvalidName, "mine");
  Violations other;
  other.Add("a", common::kInvalidField, "yours");
  other.Add("b", common::kInvalidField, "yours");
  one.Append(other);
  EXPECT_THAT(one.list(), ElementsAre(Field(&common::FieldViolation::description, "mine"),
                                      Field(&common::FieldViolation::field, "b")));
}

struct CoverCase {
  std::string name;
  std::string reported;
  std::string asked;
};

class ReportedPath : public ::testing::TestWithParam<CoverCase> {};

TEST_P(ReportedPath, IsKnown) {
  Violations violations;
  violations.Add("figures[10].note", common::kInvalidText, "other");
  violations.Add(GetParam().reported, common::kInvalidField, "wrong");
  EXPECT_TRUE(violations.Has(GetParam().asked));
}

INSTANTIATE_TEST_SUITE_P(Paths, ReportedPath,
                         ::testing::ValuesIn<CoverCase>({
                             {"Itself", "unit.kind", "unit.kind"},
                             {"FieldBelow", "figures[1].number", "figures[1]"},
                             {"ItemBelow", "figures[1].number", "figures"},
                             {"BehindALongerName", "title.vi", "title"},
                         }),
                         testkit::CaseName<CoverCase>);

class OtherPath : public ::testing::TestWithParam<CoverCase> {};

TEST_P(OtherPath, IsNotKnown) {
  Violations violations;
  violations.Add(GetParam().reported, common::kInvalidField, "wrong");
  EXPECT_FALSE(violations.Has(GetParam().asked));
}

INSTANTIATE_TEST_SUITE_P(Paths, OtherPath,
                         ::testing::ValuesIn<CoverCase>({
                             {"LongerIndex", "figures[10].number", "figures[1]"},
                             {"LongerName", "unit.titles", "unit.title"},
                             {"Above", "figures[1]", "figures[1].number"},
                         }),
                         testkit::CaseName<CoverCase>);

TEST(QuoteTest, CutsLongTextsBetweenCharacters) {
  const std::string text = std::string(63, 'a') + "ệ and more";
  EXPECT_EQ(Quote(text), "\"" + std::string(63, 'a') + "...\"");
  EXPECT_EQ(Quote("ngắn"), "\"ngắn\"");
}

}  // namespace
}  // namespace reporting
