#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/codec/totals.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <typename Message>
Message FromText(std::string_view text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &message));
  return message;
}

// The fields of the contract that `message` does not set.
std::vector<std::string> FieldsLeftOut(const google::protobuf::Message& message) {
  std::vector<std::string> left_out;
  const auto* descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    const bool is_set = field->is_repeated()
                            ? message.GetReflection()->FieldSize(message, field) > 0
                            : message.GetReflection()->HasField(message, field);
    if (!is_set) left_out.push_back(field->name());
  }
  return left_out;
}

TEST(TotalsCodecTest, EveryFieldOfTotalsIsTold) {
  const auto code = [](std::string_view id) { return IndicatorId::FromId(id).value(); };
  const auto unit = [](std::string_view id) { return UnitId::FromId(id).value(); };
  const Totals totals{.totals = {{.indicator = code("T"),
                                  .number = "7",
                                  .unit_count = 1,
                                  .missing_count = 2,
                                  .not_applicable_count = 3,
                                  .target = "14",
                                  .percent_of_target = "50.00",
                                  .merged = true,
                                  .breakdowns = {{.group = "sector",
                                                  .parts = {{.indicator = code("X"),
                                                             .number = "1.5",
                                                             .percent = "21.43"}}}}}},
                      .expected_count = 8,
                      .reported_count = 6,
                      .missing_units = {unit("a"), unit("b")},
                      .on_time_count = 5,
                      .value_kind = ValueKind::kFinal,
                      .merged_units = {unit("c")}};
  const v1::ComputeTotalsResponse response = ToProto(totals);
  EXPECT_EQ(response.DebugString(),
            FromText<v1::ComputeTotalsResponse>(R"pb(
              totals {
                indicator: "indicators/T"
                number: "7"
                unit_count: 1
                missing_count: 2
                not_applicable_count: 3
                target: "14"
                percent_of_target: "50.00"
                breakdowns {
                  group: "sector"
                  parts { indicator: "indicators/X" number: "1.5" percent: "21.43" }
                }
                merged: true
              }
              expected_count: 8
              reported_count: 6
              missing_units: "units/a"
              missing_units: "units/b"
              on_time_count: 5
              value_kind: VALUE_KIND_FINAL
              merged_units: "units/c")pb")
                .DebugString());
  EXPECT_THAT(FieldsLeftOut(response), ElementsAre("commit_token"));
  EXPECT_THAT(FieldsLeftOut(response.totals(0)), IsEmpty());
  EXPECT_THAT(FieldsLeftOut(response.totals(0).breakdowns(0)), IsEmpty());
  EXPECT_THAT(FieldsLeftOut(response.totals(0).breakdowns(0).parts(0)), IsEmpty());
}

TEST(TotalsCodecTest, EveryFieldOfAQueryIsRead) {
  Violations violations;
  const TotalsQuery query = ParseTotalsQuery(FromText<v1::ComputeTotalsRequest>(R"pb(
                                               cluster_year: "clusters/c/years/2020"
                                               form: "forms/f"
                                               period: "2020-Q3"
                                               value_kind: VALUE_KIND_FINAL
                                               indicators: "indicators/B"
                                               indicators: "indicators/A"
                                               units: "units/b"
                                               units: "units/a"
                                               nationwide: true
                                               sector: SECTOR_NON_AGRICULTURE)pb"),
                                             violations);
  EXPECT_TRUE(violations.empty());
  EXPECT_EQ(query.cluster_year.ToName(), "clusters/c/years/2020");
  EXPECT_EQ(query.form.ToName(), "forms/f");
  EXPECT_EQ(query.period.ToString(), "2020-Q3");
  EXPECT_EQ(query.value_kind, ValueKind::kFinal);
  EXPECT_EQ(query.indicators.at(1).ToName(), "indicators/A");
  EXPECT_EQ(query.units.at(0).ToName(), "units/b");
  EXPECT_TRUE(query.nationwide);
  EXPECT_EQ(query.sector, Sector::kNonAgriculture);
}

TEST(TotalsCodecTest, WhatIsMalformedIsNamed) {
  Violations violations;
  ParseTotalsQuery(FromText<v1::ComputeTotalsRequest>(R"pb(
                     cluster_year: "c"
                     period: "20"
                     value_kind: 9
                     indicators: "A"
                     units: "a"
                     sector: 9)pb"),
                   violations);
  std::vector<std::string> paths;
  for (const auto& violation : violations.list()) paths.push_back(violation.field);
  EXPECT_THAT(paths, ::testing::UnorderedElementsAre("cluster_year", "form", "period", "value_kind",
                                                     "indicators[0]", "units[0]", "sector"));
}

}  // namespace
}  // namespace reporting
