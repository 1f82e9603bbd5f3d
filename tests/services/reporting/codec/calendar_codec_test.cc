// What the calls about calendars and achievements say and are told.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "services/reporting/codec/calendar.h"
#include "services/reporting/codec/pact.h"
#include "tests/services/reporting/domain/samples.h"

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

std::vector<std::string> Paths(const Violations& violations) {
  std::vector<std::string> paths;
  for (const auto& violation : violations.list()) paths.push_back(violation.field);
  return paths;
}

TEST(ExtensionCodecTest, WhatAClientSendsHasNoTime) {
  const auto message = FromText<v1::Extension>(R"pb(
    form: "forms/annual"
    period: "2020-Q3"
    value_kind: VALUE_KIND_FINAL
    due: "2020-10-20"
    grace_end: "2020-10-27"
    closes: "2020-12-06"
    reason: "Bão lũ"
    approver: "Cụm trưởng"
    time { seconds: 1600000001 })pb");
  Violations violations;
  const Extension extension = ParseExtension("extension", message, violations);
  EXPECT_THAT(Paths(violations), IsEmpty());
  EXPECT_EQ(extension, (Extension{.form = samples::AFormId("annual"),
                                  .period = samples::APeriod("2020-Q3"),
                                  .value_kind = ValueKind::kFinal,
                                  .due = samples::Day("2020-10-20"),
                                  .grace_end = samples::Day("2020-10-27"),
                                  .closes = samples::Day("2020-12-06"),
                                  .reason = "Bão lũ",
                                  .approver = "Cụm trưởng"}));
  EXPECT_EQ(DecodeExtension("e", message, violations).time, absl::FromUnixSeconds(1600000001));
}

TEST(ExtensionCodecTest, EveryMalformedFieldIsNamedWithItsPath) {
  const auto message = FromText<v1::Extension>(R"pb(
    unit: "ha-nam"
    form: "forms/A"
    period: "2020-Q5"
    value_kind: 9
    due: "2020-02-30"
    grace_end: "20201027"
    time { nanos: -1 })pb");
  Violations violations;
  ParseExtension("extension", message, violations);
  EXPECT_THAT(Paths(violations), ElementsAre("extension.unit", "extension.form", "extension.period",
                                             "extension.value_kind", "extension.due",
                                             "extension.grace_end", "extension.closes"));
}

TEST(ReportStatusCodecTest, TellsTheDaysThatHold) {
  const ReportStatus status{.id = IdOf(samples::AnnualDue(), samples::AUnitId("ha-nam")),
                            .report = samples::AnnualDue(),
                            .state = ReportState::kAccepted,
                            .timeliness = Timeliness::kInGrace};
  const auto expected = FromText<v1::ReportStatus>(R"pb(
    unit: "units/ha-nam"
    report {
      form: "forms/alliance-annual"
      period: "2020"
      value_kind: VALUE_KIND_ESTIMATE
      opens: "2020-11-15"
      due: "2020-12-01"
      grace_end: "2020-12-08"
      closes: "2020-12-12"
    }
    status: STATUS_ACCEPTED
    submission: "units/ha-nam/submissions/alliance-annual.2020.estimate"
    timeliness: TIMELINESS_IN_GRACE)pb");
  EXPECT_EQ(ToProto(status).DebugString(), expected.DebugString());
}

TEST(AchievementCodecTest, TellsTheFigureAndItsShare) {
  Achievement reached{.target = {.unit = samples::AUnitId("ha-nam"),
                                 .indicator = samples::Code("COOP_NEW"),
                                 .number = samples::Dec("30"),
                                 .period = samples::APeriod("2020-Q2")},
                      .status = AchievementStatus::kReported,
                      .number = samples::Dec("46.0"),
                      .submission = IdOf(samples::AnnualDue(), samples::AUnitId("ha-nam")),
                      .revision = 2};
  // 46 / 30 = 153.333... %
  EXPECT_EQ(ToProto(reached).DebugString(),
            FromText<v1::Achievement>(R"pb(
              target {
                unit: "units/ha-nam"
                indicator: "indicators/COOP_NEW"
                number: "30"
                period: "2020-Q2"
              }
              status: STATUS_REPORTED
              number: "46"
              percent: "153.33"
              submission: "units/ha-nam/submissions/alliance-annual.2020.estimate"
              revision: 2)pb")
                .DebugString());
  reached = {.target = reached.target, .status = AchievementStatus::kUnitMerged};
  EXPECT_EQ(ToProto(reached).DebugString(), FromText<v1::Achievement>(R"pb(
                                              target {
                                                unit: "units/ha-nam"
                                                indicator: "indicators/COOP_NEW"
                                                number: "30"
                                                period: "2020-Q2"
                                              }
                                              status: STATUS_UNIT_MERGED)pb")
                                                .DebugString());
}

}  // namespace
}  // namespace reporting
