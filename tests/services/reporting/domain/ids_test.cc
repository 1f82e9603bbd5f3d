#include "services/reporting/domain/ids.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/status/reasons.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using ::testkit::HasReason;
using ::testkit::StatusIs;

struct NameCase {
  std::string name;
  std::string text;
};

TEST(IdTest, NamesAreReadAndWritten) {
  EXPECT_EQ(UnitId::Parse("units/bac-ninh")->value(), "bac-ninh");
  EXPECT_EQ(UnitId::Parse("units/bac-ninh")->ToName(), "units/bac-ninh");
  EXPECT_EQ(IndicatorId::Parse("indicators/COOP_NEW")->value(), "COOP_NEW");
  EXPECT_EQ(FormId::FromId("alliance-annual")->ToName(), "forms/alliance-annual");
  EXPECT_EQ(ClusterId::FromId("red-river-delta")->ToName(), "clusters/red-river-delta");
}

TEST(IdTest, OrderIsThatOfBytes) {
  EXPECT_LT(*UnitId::FromId("ha-noi"), *UnitId::FromId("ha0"));
  EXPECT_EQ(*UnitId::FromId("ha-nam"), *UnitId::Parse("units/ha-nam"));
}

TEST(IdTest, AnEmptyTextIsARequiredFieldThatIsMissing) {
  EXPECT_THAT(UnitId::Parse(""), HasReason(common::kRequiredFieldMissing));
  EXPECT_THAT(UnitId::FromId(""), HasReason(common::kRequiredFieldMissing));
  EXPECT_THAT(ClusterYearId::Parse(""), HasReason(common::kRequiredFieldMissing));
  EXPECT_THAT(ClusterYearId::ParseYear(""), HasReason(common::kRequiredFieldMissing));
  EXPECT_THAT(SubmissionId::Parse(""), HasReason(common::kRequiredFieldMissing));
}

class UnitNameRefused : public ::testing::TestWithParam<NameCase> {};

TEST_P(UnitNameRefused, AsInvalid) {
  EXPECT_THAT(UnitId::Parse(GetParam().text), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(UnitId::Parse(GetParam().text), HasReason(common::kInvalidName));
}

INSTANTIATE_TEST_SUITE_P(Names, UnitNameRefused,
                         ::testing::ValuesIn<NameCase>({
                             {"NoCollection", "bac-ninh"},
                             {"OtherCollection", "forms/bac-ninh"},
                             {"NoId", "units/"},
                             {"CollectionAlone", "units"},
                             {"LongerCollection", "unitss/bac-ninh"},
                             {"UpperCase", "units/Bac-Ninh"},
                             {"Diacritics", "units/bắc-ninh"},
                             {"MoreParts", "units/bac-ninh/x"},
                             {"LeadingSlash", "/units/bac-ninh"},
                             {"Space", "units/bac ninh"},
                             {"Wildcard", "units/-"},
                         }),
                         testkit::CaseName<NameCase>);

TEST(ClusterYearIdTest, NamesAreReadAndWritten) {
  const auto id = ClusterYearId::Parse("clusters/red-river-delta/years/2020");
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(id->cluster.value(), "red-river-delta");
  EXPECT_EQ(id->year, 2020);
  EXPECT_EQ(id->ToName(), "clusters/red-river-delta/years/2020");
  EXPECT_EQ(ToPactName(*id), "clusters/red-river-delta/years/2020/pact");
  EXPECT_EQ(*ParsePactName("clusters/red-river-delta/years/2020/pact"), *id);
}

class ClusterYearNameRefused : public ::testing::TestWithParam<NameCase> {};

TEST_P(ClusterYearNameRefused, AsInvalid) {
  EXPECT_THAT(ClusterYearId::Parse(GetParam().text), HasReason(common::kInvalidName));
}

INSTANTIATE_TEST_SUITE_P(Names, ClusterYearNameRefused,
                         ::testing::ValuesIn<NameCase>({
                             {"Pact", "clusters/c/years/2020/pact"},
                             {"NoYear", "clusters/c/years"},
                             {"ShortYear", "clusters/c/years/20"},
                             {"EarlyYear", "clusters/c/years/1899"},
                             {"Half", "clusters/c/years/2020-H1"},
                             {"OtherChild", "clusters/c/pacts/2020"},
                             {"OtherCollection", "units/c/years/2020"},
                             {"BadCluster", "clusters/C/years/2020"},
                         }),
                         testkit::CaseName<NameCase>);

TEST(PactNameTest, NeedsItsLastPart) {
  EXPECT_THAT(ParsePactName("clusters/c/years/2020"), HasReason(common::kInvalidName));
  EXPECT_THAT(ParsePactName("clusters/c/years/2020/pacts"), HasReason(common::kInvalidName));
}

TEST(SubmissionIdTest, NamesAreReadAndWritten) {
  for (const std::string name : {"units/bac-ninh/submissions/alliance-annual.2020.estimate",
                                 "units/ha-nam/submissions/alliance-quarter.2020-Q3.final"}) {
    const auto id = SubmissionId::Parse(name);
    ASSERT_TRUE(id.ok()) << id.status();
    EXPECT_EQ(id->ToName(), name);
  }
}

class SubmissionNameRefused : public ::testing::TestWithParam<NameCase> {};

TEST_P(SubmissionNameRefused, AsInvalid) {
  EXPECT_THAT(SubmissionId::Parse(GetParam().text), HasReason(common::kInvalidName));
}

INSTANTIATE_TEST_SUITE_P(Names, SubmissionNameRefused,
                         ::testing::ValuesIn<NameCase>({
                             {"NoKind", "units/u/submissions/f.2020"},
                             {"OtherKind", "units/u/submissions/f.2020.draft"},
                             {"BadPeriod", "units/u/submissions/f.2020-Q5.final"},
                             {"BadForm", "units/u/submissions/F.2020.final"},
                             {"BadUnit", "units/U/submissions/f.2020.final"},
                             {"MoreKeys", "units/u/submissions/f.2020.final.x"},
                             {"OtherChild", "units/u/reports/f.2020.final"},
                         }),
                         testkit::CaseName<NameCase>);

}  // namespace
}  // namespace reporting
