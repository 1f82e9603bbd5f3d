#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using testkit::IsOk;
using Definitions = v1::DefinitionService::Stub;

class DefinitionServiceTest : public ::testing::Test {
 protected:
  DefinitionServiceTest() { BuildWorld(server_); }

  ReportingServer server_;
};

TEST_F(DefinitionServiceTest, AnIndicatorIsReadAsItWasCreated) {
  const auto created = server_.Call(&Definitions::CreateIndicator, R"pb(
    indicator_id: "DEBT"
    indicator {
      title { vi: "Dư nợ" en: "Debt" }
      unit_of_measure { vi: "triệu đồng" }
      scale: 3
      direction: DIRECTION_LOWER_IS_BETTER
      measure: MEASURE_STOCK
      aggregation: AGGREGATION_NONE
      minimum: "-12.500"
      maximum: "100"
    })pb");
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->indicator().name(), "indicators/DEBT");
  EXPECT_EQ(created->indicator().minimum(), "-12.5");
  EXPECT_EQ(created->indicator().definition_version(), 1);
  EXPECT_EQ(created->indicator().direction(), v1::Indicator::DIRECTION_LOWER_IS_BETTER);
  const auto read = server_.Call(&Definitions::GetIndicator, R"pb(name: "indicators/DEBT")pb");
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->indicator().SerializeAsString(), created->indicator().SerializeAsString());
}

TEST_F(DefinitionServiceTest, AFormKeepsTheOrderOfItsFields) {
  const auto read = server_.Call(&Definitions::GetForm, R"pb(name: "forms/alliance-annual")pb");
  ASSERT_THAT(read, IsOk());
  ASSERT_EQ(read->form().fields_size(), 3);
  EXPECT_EQ(read->form().fields(0).indicator(), "indicators/COOP_TOTAL");
  EXPECT_TRUE(read->form().fields(0).required());
  EXPECT_EQ(read->form().fields(2).indicator(), "indicators/INCOME");
  EXPECT_EQ(read->form().unit_kind(), v1::Unit::KIND_ALLIANCE);
}

TEST_F(DefinitionServiceTest, ListsAreInTheByteOrderOfNames) {
  const auto indicators = server_.Call(&Definitions::ListIndicators, "");
  ASSERT_THAT(indicators, IsOk());
  ASSERT_EQ(indicators->indicators_size(), 3);
  EXPECT_EQ(indicators->indicators(0).name(), "indicators/COOP_NEW");
  EXPECT_EQ(indicators->indicators(2).name(), "indicators/INCOME");
  const auto forms = server_.Call(&Definitions::ListForms, "");
  ASSERT_THAT(forms, IsOk());
  ASSERT_EQ(forms->forms_size(), 2);
  EXPECT_EQ(forms->forms(0).name(), "forms/alliance-annual");
}

class DefinitionsRefuse : public ::testing::TestWithParam<Refusal> {};

TEST_P(DefinitionsRefuse, AsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Definitions, DefinitionsRefuse,
                         ::testing::ValuesIn<Refusal>({
                             {"MalformedIndicator",
                              Calling(&Definitions::CreateIndicator, R"pb(
                                indicator_id: "coop"
                                indicator {
                                  title { vi: "Tên" }
                                  unit_of_measure { vi: "HTX" }
                                  scale: 7
                                  measure: MEASURE_STOCK
                                  aggregation: AGGREGATION_SUM
                                  minimum: "1e3"
                                })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_DECIMAL",
                              {"indicator.minimum", "indicator_id", "indicator.scale"}},
                             {"WeightUnknown",
                              Calling(&Definitions::CreateIndicator, R"pb(
                                indicator_id: "X"
                                indicator {
                                  title { vi: "Tên" }
                                  unit_of_measure { vi: "%" }
                                  measure: MEASURE_STOCK
                                  aggregation: AGGREGATION_WEIGHTED_MEAN
                                  weight: "indicators/NONE"
                                })pb"),
                              StatusCode::kFailedPrecondition,
                              "INDICATOR_UNKNOWN",
                              {"indicator.weight"}},
                             {"IndicatorIdTaken",
                              Calling(&Definitions::CreateIndicator, R"pb(
                                indicator_id: "COOP_NEW"
                                indicator {
                                  title { vi: "Tên" }
                                  unit_of_measure { vi: "HTX" }
                                  measure: MEASURE_STOCK
                                  aggregation: AGGREGATION_SUM
                                })pb"),
                              StatusCode::kAlreadyExists,
                              "RESOURCE_ALREADY_EXISTS",
                              {}},
                             {"UnknownIndicator",
                              Calling(&Definitions::GetIndicator, R"pb(name: "indicators/X")pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"IndicatorPageToken",
                              Calling(&Definitions::ListIndicators, R"pb(page_token: "x")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_PAGE_TOKEN",
                              {"page_token"}},
                             {"FormOfUnknownIndicator",
                              Calling(&Definitions::CreateForm, R"pb(
                                form_id: "f"
                                form {
                                  title { vi: "Tên" }
                                  unit_kind: KIND_ALLIANCE
                                  period_level: PERIOD_LEVEL_YEAR
                                  fields { indicator: "indicators/NONE" }
                                })pb"),
                              StatusCode::kFailedPrecondition,
                              "INDICATOR_UNKNOWN",
                              {"form.fields[0].indicator"}},
                             {"FormWithAnIndicatorTwice",
                              Calling(&Definitions::CreateForm, R"pb(
                                form_id: "f"
                                form {
                                  title { vi: "Tên" }
                                  unit_kind: KIND_ALLIANCE
                                  period_level: PERIOD_LEVEL_YEAR
                                  fields { indicator: "indicators/COOP_NEW" }
                                  fields { indicator: "indicators/COOP_NEW" }
                                })pb"),
                              StatusCode::kInvalidArgument,
                              "DUPLICATE_INDICATOR",
                              {"form.fields[1].indicator"}},
                             {"FormIdTaken",
                              Calling(&Definitions::CreateForm, R"pb(
                                form_id: "alliance-annual"
                                form {
                                  title { vi: "Tên" }
                                  unit_kind: KIND_ALLIANCE
                                  period_level: PERIOD_LEVEL_YEAR
                                  fields { indicator: "indicators/COOP_NEW" }
                                })pb"),
                              StatusCode::kAlreadyExists,
                              "RESOURCE_ALREADY_EXISTS",
                              {}},
                             {"UnknownForm",
                              Calling(&Definitions::GetForm, R"pb(name: "forms/x")pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"FormPageToken",
                              Calling(&Definitions::ListForms, R"pb(page_token: "x")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_PAGE_TOKEN",
                              {"page_token"}},
                         }),
                         testkit::CaseName<Refusal>);

}  // namespace
}  // namespace reporting
