#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/codec/change.h"
#include "services/reporting/codec/cluster.h"
#include "services/reporting/codec/definition.h"
#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"
#include "services/reporting/codec/kinds.h"
#include "services/reporting/codec/pact.h"
#include "services/reporting/codec/payload.h"
#include "services/reporting/codec/problem.h"
#include "services/reporting/codec/stored.h"
#include "services/reporting/codec/submission.h"
#include "services/reporting/codec/unit.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::IsOk;
using testkit::StatusIs;

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

constexpr std::string_view kUnit = R"pb(
  name: "units/htx-tan-chi"
  kind: KIND_COOPERATIVE
  sector: SECTOR_NON_AGRICULTURE
  parent: "units/bac-ninh"
  titles { title { vi: "HTX Tân Chi" en: "Tan Chi" } }
  titles {
    title { vi: "HTX mới" }
    valid_from: "2025-07-01"
  }
  province_codes { code: "24" }
  province_codes { code: "27" valid_from: "2004-07-08" }
  founding_date: "2015-03-02"
  predecessors {
    unit: "units/bac-giang"
    date: "2025-07-01"
    legal_basis: "Nghị quyết 202/2025/QH15"
  }
  successor { unit: "units/dong-bac" date: "2030-01-01" legal_basis: "Luật" })pb";

constexpr std::string_view kClusterYear = R"pb(
  name: "clusters/red-river/years/2020"
  members: "units/bac-ninh"
  members: "units/ha-nam"
  head: "units/bac-ninh"
  vice_heads: "units/ha-nam"
  calendar {
    form: "forms/annual"
    period: "2020-Q3"
    value_kind: VALUE_KIND_FINAL
    opens: "2020-10-01"
    due: "2020-10-10"
    grace_end: "2020-10-17"
    closes: "2020-12-05"
  }
  scored_value_kind: VALUE_KIND_ESTIMATE
  receipt_basis: RECEIPT_BASIS_TRANSCRIBED
  state: STATE_HANDED_OVER
  handover {
    from: "units/bac-ninh"
    to: "units/ha-nam"
    date: "2020-12-15"
    next_cluster_year: "clusters/red-river/years/2021"
  }
  extensions {
    unit: "units/ha-nam"
    form: "forms/annual"
    period: "2020-Q3"
    value_kind: VALUE_KIND_FINAL
    due: "2020-10-20"
    grace_end: "2020-10-27"
    closes: "2020-12-06"
    reason: "Bão lũ"
    approver: "Cụm trưởng"
    time { seconds: 1600000001 }
  }
  reopenings {
    from: STATE_SCORING
    reason: "Sai số liệu"
    approver: "Liên minh Hợp tác xã Việt Nam"
    time { seconds: 1600000002 }
  })pb";

constexpr std::string_view kIndicator = R"pb(
  name: "indicators/INCOME"
  title { vi: "Thu nhập" en: "Income" }
  unit_of_measure { vi: "triệu đồng" }
  scale: 2
  direction: DIRECTION_HIGHER_IS_BETTER
  measure: MEASURE_FLOW
  aggregation: AGGREGATION_WEIGHTED_MEAN
  weight: "indicators/MEMBERS"
  minimum: "-1.5"
  maximum: "999999999999.999999"
  definition_version: 3
  breakdowns {
    group: "sector"
    title { vi: "Theo lĩnh vực" en: "By sector" }
    kind: KIND_OVERLAPPING
    parts: "indicators/A"
    parts: "indicators/B"
  }
  year_on_year_threshold: "30.5"
  stock_identity {
    inflows: "indicators/NEW"
    outflows: "indicators/GONE"
    severity: SEVERITY_WARNING
  }
  expression: "round(A / B * 100, 2)")pb";

constexpr std::string_view kForm = R"pb(
  name: "forms/annual"
  title { vi: "Báo cáo năm" }
  unit_kind: KIND_ALLIANCE
  period_level: PERIOD_LEVEL_MONTH
  fields { indicator: "indicators/B" required: true }
  fields { indicator: "indicators/A" }
  rules {
    rule: "a-within-b"
    message { vi: "A không quá B" en: "A is at most B" }
    condition: "A <= B or missing(target(A))"
    severity: SEVERITY_ERROR
    missing: MISSING_BROKEN
  }
  version: 4)pb";

constexpr std::string_view kPact = R"pb(
  name: "clusters/red-river/years/2020/pact"
  targets { unit: "units/ha-nam" indicator: "indicators/A" number: "12.5" }
  targets { unit: "units/ha-nam" indicator: "indicators/A" number: "3" period: "2020-Q1" }
  signatures {
    unit: "units/ha-nam"
    signer: "Chủ tịch"
    date: "2020-01-15"
    record_time { seconds: 1579046400 nanos: 123456000 }
  }
  state: STATE_SIGNED
  revision: 2
  proposal {
    targets { unit: "units/ha-nam" indicator: "indicators/A" number: "11" period: "2020-H2" }
    reason: "Dịch bệnh"
    signatures {
      unit: "units/ha-nam"
      signer: "Phó Chủ tịch"
      date: "2020-07-01"
      record_time { seconds: 1593579600 }
    }
    time { seconds: 1593500000 nanos: 5000 }
  }
  revision_reason: "Bão lũ")pb";

constexpr std::string_view kSubmission = R"pb(
  name: "units/bac-ninh/submissions/annual.2020-07.final"
  unit: "units/bac-ninh"
  form: "forms/annual"
  period: "2020-07"
  value_kind: VALUE_KIND_FINAL
  cluster_year: "clusters/red-river/years/2020"
  state: STATE_RETURNED
  revision: 3
  figures { indicator: "indicators/A" number: "0" note: "không có" definition_version: 2 }
  figures { indicator: "indicators/B" not_applicable: true }
  figures { indicator: "indicators/C" number: "-1.5" }
  content_hash: "abc"
  source: "BC 12"
  author: "Phó Chủ tịch"
  receive_time { seconds: 1600000000 nanos: 999999999 }
  transcribed: true
  timeliness: TIMELINESS_LATE
  return_reason {
    reviewer: "Cụm trưởng"
    reason: "Xem lại"
    figures { indicator: "indicators/A" reason: "Sai" }
  }
  restatements {
    revision: 2
    reason: "Nhầm"
    approver: "Chủ tịch"
    time { seconds: 1600000001 }
  }
  form_version: 4
  derived_figures { indicator: "indicators/D" number: "12.5" definition_version: 1 }
  findings {
    finding: "year-on-year/A"
    severity: SEVERITY_WARNING
    indicators: "indicators/A"
    message { vi: "Thay đổi" en: "Changed" }
    actual: "-32.33"
    expected: "30"
    explanation: "Rà soát lại danh sách"
  }
  accepted_revision: 2)pb";

constexpr std::string_view kDraft = R"pb(
  name: "units/bac-ninh/submissions/annual.2020-07.final"
  unit: "units/bac-ninh"
  form: "forms/annual"
  period: "2020-07"
  value_kind: VALUE_KIND_FINAL
  cluster_year: "clusters/red-river/years/2020"
  state: STATE_DRAFT
  content_hash: "abc")pb";

// What a message says survives the domain: nothing is lost either way.
template <typename Resource, typename Message>
void ExpectRoundTrip(std::string_view text) {
  const auto message = FromText<Message>(text);
  Violations violations;
  const Resource resource = Decode(message, violations);
  EXPECT_THAT(Paths(violations), IsEmpty());
  EXPECT_EQ(ToProto(resource).DebugString(), message.DebugString());
  EXPECT_THAT(DecodePayload<Resource>(EncodePayload(resource)), testkit::IsOkAndHolds(resource));
}

TEST(CodecTest, ResourcesSurviveTheDomainWithEveryField) {
  ExpectRoundTrip<Unit, v1::Unit>(kUnit);
  ExpectRoundTrip<Cluster, v1::Cluster>(R"pb(name: "clusters/red-river"
                                             title { vi: "Cụm" en: "Cluster" })pb");
  ExpectRoundTrip<ClusterYear, v1::ClusterYear>(kClusterYear);
  ExpectRoundTrip<Indicator, v1::Indicator>(kIndicator);
  ExpectRoundTrip<Form, v1::Form>(kForm);
  ExpectRoundTrip<Pact, v1::Pact>(kPact);
  ExpectRoundTrip<Submission, v1::Submission>(kSubmission);
  ExpectRoundTrip<Submission, v1::Submission>(kDraft);
}

// Every field that the contract has today is in the texts above, so that the next one is not
// forgotten in the codec.
template <typename Message>
std::vector<std::string> FieldsLeftOut(std::string_view text) {
  const auto message = FromText<Message>(text);
  std::vector<const google::protobuf::FieldDescriptor*> set;
  message.GetReflection()->ListFields(message, &set);
  std::vector<std::string> left_out;
  for (int i = 0; i < Message::descriptor()->field_count(); ++i) {
    const auto* field = Message::descriptor()->field(i);
    if (std::find(set.begin(), set.end(), field) == set.end()) left_out.push_back(field->name());
  }
  return left_out;
}

TEST(CodecTest, TheTestKnowsEveryField) {
  EXPECT_THAT(FieldsLeftOut<v1::Unit>(kUnit), ElementsAre("etag", "update_time"));
  EXPECT_THAT(FieldsLeftOut<v1::ClusterYear>(kClusterYear), ElementsAre("etag", "update_time"));
  EXPECT_THAT(FieldsLeftOut<v1::Indicator>(kIndicator), ElementsAre("etag", "update_time"));
  EXPECT_THAT(FieldsLeftOut<v1::Form>(kForm), ElementsAre("etag", "update_time"));
  EXPECT_THAT(FieldsLeftOut<v1::Pact>(kPact), ElementsAre("etag", "update_time"));
  EXPECT_THAT(FieldsLeftOut<v1::Submission>(kSubmission), ElementsAre("etag", "update_time"));
}

TEST(CodecTest, APayloadThatIsNoResourceIsCorruption) {
  EXPECT_THAT(DecodePayload<Unit>("\xFF\xFF"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodePayload<Unit>("\xFF\xFF"), HasReason(common::kDataCorrupt));
  const auto nameless = FromText<v1::Unit>(R"pb(kind: KIND_ALLIANCE)pb");
  EXPECT_THAT(DecodePayload<Unit>(nameless.SerializeAsString()), HasReason(common::kDataCorrupt));
}

TEST(CodecTest, WhatAClientSaysOfOutputOnlyFieldsIsIgnored) {
  auto message = FromText<v1::ClusterYear>(kClusterYear);
  message.set_name("nonsense");
  message.set_state(static_cast<v1::ClusterYear::State>(99));
  message.mutable_handover()->set_date("nonsense");
  Violations violations;
  const ClusterYear year = ParseClusterYear("cluster_year", message, violations);
  EXPECT_THAT(Paths(violations), IsEmpty());
  EXPECT_TRUE(year.id.empty());
  EXPECT_EQ(year.state, ClusterState::kUnspecified);
  EXPECT_FALSE(year.handover.has_value());
}

TEST(CodecTest, EveryMalformedFieldIsNamedWithItsPath) {
  const auto message = FromText<v1::Report>(R"pb(
    unit: "bac-ninh"
    period: "2020-13"
    value_kind: 9
    figures { indicator: "A" number: "x" }
    figures { indicator: "indicators/B" not_applicable: false }
    receive_time { nanos: 1000000000 })pb");
  Violations violations;
  ParseReport("report", message, violations);
  EXPECT_THAT(Paths(violations),
              ElementsAre("report.unit", "report.form", "report.period", "report.value_kind",
                          "report.figures[0].indicator", "report.figures[0].number",
                          "report.figures[1].not_applicable", "report.receive_time"));
}

TEST(CodecTest, AnExpressionIsKeptInCanonicalForm) {
  Violations violations;
  const auto expression = ParseOptionalExpression(
      "e", "( A+B )*1.50", common::expression::ValueType::kNumber, violations);
  EXPECT_THAT(Paths(violations), IsEmpty());
  EXPECT_EQ(ToText(expression), "(A + B) * 1.5");
}

TEST(CodecTest, AnExpressionThatCannotBeReadIsNamedWithItsColumn) {
  auto form = FromText<v1::Form>(kForm);
  form.mutable_rules(0)->set_condition("A + ");
  auto indicator = FromText<v1::Indicator>(kIndicator);
  indicator.set_expression("A = B");
  Violations violations;
  ParseForm("form", form, violations);
  ParseIndicator("indicator", indicator, violations);
  EXPECT_THAT(Paths(violations), ElementsAre("form.rules[0].condition", "indicator.expression"));
  EXPECT_EQ(violations.list()[0].reason, common::kExpressionInvalid);
  EXPECT_THAT(violations.list()[0].description, ::testing::StartsWith("column "));
}

TEST(CodecTest, AFigureIsANumberOrNotApplicableOrNothing) {
  const auto message = FromText<v1::Report>(R"pb(
    figures { indicator: "indicators/A" number: "0.50" }
    figures { indicator: "indicators/B" not_applicable: true }
    figures { indicator: "indicators/C" })pb");
  Violations violations;
  const std::vector<Figure> figures = ParseFigures("figures", message.figures(), violations);
  EXPECT_THAT(Paths(violations), IsEmpty());
  ASSERT_EQ(figures.size(), 3U);
  EXPECT_EQ(figures[0].number->ToString(), "0.5");
  EXPECT_TRUE(figures[1].not_applicable);
  EXPECT_FALSE(figures[2].number.has_value() || figures[2].not_applicable);
}

TEST(CodecTest, TimesKeepTheirNanosecondsBeforeAndAfter1970) {
  for (const auto& [seconds, nanos] :
       std::vector<std::pair<int64_t, int32_t>>{{0, 0}, {1600000000, 999999999}, {-1, 1}}) {
    google::protobuf::Timestamp timestamp;
    timestamp.set_seconds(seconds);
    timestamp.set_nanos(nanos);
    const auto time = ParseTimestamp(timestamp);
    ASSERT_THAT(time, IsOk());
    EXPECT_EQ(ToTimestamp(*time).DebugString(), timestamp.DebugString());
  }
}

struct NoTime {
  std::string name{};
  int64_t seconds = 0;
  int32_t nanos = 0;
};

class NotATime : public ::testing::TestWithParam<NoTime> {};

TEST_P(NotATime, IsRefused) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(GetParam().seconds);
  timestamp.set_nanos(GetParam().nanos);
  EXPECT_THAT(ParseTimestamp(timestamp), HasReason(common::kInvalidField));
}

INSTANTIATE_TEST_SUITE_P(Timestamps, NotATime,
                         ::testing::ValuesIn<NoTime>({
                             {"BeforeYearOne", -62135596801, 0},
                             {"AfterYear9999", 253402300800, 0},
                             {"NegativeNanos", 0, -1},
                             {"AWholeSecondOfNanos", 0, 1000000000},
                         }),
                         testkit::CaseName<NoTime>);

TEST(ChangeTest, EveryKindOfResourceIsTold) {
  for (int number = v1::ResourceKind_MIN; number <= v1::ResourceKind_MAX; ++number) {
    const auto kind = static_cast<v1::ResourceKind>(number);
    if (kind == v1::RESOURCE_KIND_UNSPECIFIED) continue;
    const auto change = ToChange({.kind = std::string(RecordKindOf(kind)),
                                  .version = 2,
                                  .time = absl::FromUnixMicros(1600000000123456),
                                  .actor = "someone"});
    ASSERT_THAT(change, IsOk()) << v1::ResourceKind_Name(kind);
    EXPECT_NE(change->resource_case(), v1::Change::RESOURCE_NOT_SET);
    EXPECT_EQ(change->version(), 2);
    EXPECT_EQ(change->actor(), "someone");
    EXPECT_EQ(change->commit_time().nanos(), 123456000);
  }
  EXPECT_EQ(RecordKindOf(v1::RESOURCE_KIND_UNSPECIFIED), "");
}

TEST(ChangeTest, TheVersionIsInTheResource) {
  const auto change = ToChange({.kind = std::string(kUnitRecord),
                                .payload = FromText<v1::Unit>(kUnit).SerializeAsString(),
                                .version = 7,
                                .time = absl::FromUnixSeconds(5)});
  ASSERT_THAT(change, IsOk());
  EXPECT_EQ(change->unit().name(), "units/htx-tan-chi");
  EXPECT_EQ(change->unit().etag(), "v7");
  EXPECT_EQ(change->unit().update_time().seconds(), 5);
}

TEST(ChangeTest, AnUnknownRecordIsCorruption) {
  EXPECT_THAT(ToChange({.kind = "score"}), HasReason(common::kDataCorrupt));
}

TEST(ProblemTest, SaysWhatAStatusSays) {
  const auto problem = ToProblem(common::InvalidFields(
      {{.field = "report.figures[0].number", .description = "is no decimal", .reason = "R1"},
       {.field = "report.period", .description = "is no period", .reason = "R2"}}));
  EXPECT_EQ(problem.code(), 3);
  EXPECT_EQ(problem.reason(), "R1");
  ASSERT_EQ(problem.fields_size(), 2);
  EXPECT_EQ(problem.fields(0).field(), "report.figures[0].number");
  EXPECT_EQ(problem.fields(0).reason(), "");
  EXPECT_EQ(problem.fields(1).description(), "is no period");
  EXPECT_EQ(problem.fields(1).reason(), "R2");
}

TEST(ProblemTest, TellsFiftyFieldsAtMost) {
  std::vector<common::FieldViolation> violations(60, {.field = "f", .description = "d"});
  EXPECT_EQ(ToProblem(common::InvalidFields(violations)).fields_size(), 50);
}

}  // namespace
}  // namespace reporting
