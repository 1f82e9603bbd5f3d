#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/status/reasons.h"
#include "services/awards/codec/ballot_codec.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/nomination_codec.h"
#include "services/awards/codec/result_codec.h"
#include "services/awards/codec/review_codec.h"
#include "services/awards/codec/round_codec.h"
#include "services/awards/codec/rubric_codec.h"
#include "thidua/ctl/v1/plan.pb.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using google::protobuf::util::MessageDifferencer;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

thidua::ctl::v1::Plan ReadPlan(const std::string& file) {
  std::ifstream stream(std::string(THIDUA_EXAMPLES) + "/red-river-2020/" + file);
  return Parse<thidua::ctl::v1::Plan>(
      std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()));
}

// `field reason` of each violation.
std::vector<std::string> Found(const Violations& violations) {
  std::vector<std::string> found;
  for (const auto& violation : violations.list()) {
    found.push_back(violation.field + " " + violation.reason);
  }
  return found;
}

template <typename Message>
void ExpectSame(const Message& actual, const Message& expected) {
  EXPECT_TRUE(MessageDifferencer::Equals(actual, expected)) << "actual:\n"
                                                            << actual.DebugString() << "expected:\n"
                                                            << expected.DebugString();
}

TEST(RubricCodecTest, BringsTheRubricsOfTheExampleThereAndBack) {
  const thidua::ctl::v1::Plan plan = ReadPlan("08-rubrics.txtpb");
  int rubrics = 0;
  for (const auto& step : plan.step()) {
    if (!step.has_create_rubric()) continue;
    Violations violations;
    const Rubric rubric = ParseRubric(step.create_rubric().rubric(), violations);
    EXPECT_THAT(Found(violations), IsEmpty());
    ExpectSame(ToProto(rubric), step.create_rubric().rubric());
    ++rubrics;
  }
  EXPECT_GE(rubrics, 2);
}

TEST(RubricCodecTest, BringsEveryKindOfFormulaThereAndBack) {
  const auto proto = Parse<v1::Rubric>(R"pb(
    name: "rubrics/all"
    title { vi: "Tất cả" en: "All" }
    legal_basis: "Quyết định 1"
    groups {
      id: "1"
      title { vi: "Nhóm" }
      criteria {
        id: "a"
        title { vi: "a" }
        max_points: "10"
        on_missing: ABSENCE_BLOCK
        on_not_applicable: ABSENCE_FULL
        ratio {
          indicators: "indicators/A"
          indicators: "indicators/B"
          zero_target: ZERO_TARGET_FULL
        }
      }
      criteria {
        id: "b"
        title {}
        max_points: "1.5"
        inverse_ratio { indicators: "indicators/A" }
      }
      criteria {
        id: "c"
        title {}
        max_points: "4"
        bands {
          numerator: "indicators/A"
          denominator: "indicators/B"
          bands { at_most: "5" points: "4" }
          otherwise: "0"
        }
      }
      criteria {
        id: "d"
        title {}
        max_points: "4"
        per_item {
          count { indicator: "indicators/A" }
          points: "0.5"
        }
      }
      criteria {
        id: "e"
        title {}
        max_points: "4"
        manual { step: "0.25" }
      }
      criteria {
        id: "f"
        title {}
        max_points: "4"
        on_time_share {}
      }
      criteria {
        id: "g"
        title {}
        max_points: "4"
        delta_events {
          start: "2"
          count { restatements: true }
          points: "-0.5"
        }
      }
      criteria {
        id: "i"
        title {}
        max_points: "1"
        all_of {
          conditions { target_reached { indicator: "indicators/A" percent: "120" } }
          conditions { full_marks: "c" }
        }
      }
      criteria {
        id: "j"
        title {}
        max_points: "5"
        reported_points { indicator: "indicators/A" }
      }
    }
    bonus {
      criteria {
        id: "+1"
        title {}
        max_points: "2"
        per_item {
          count { events: true }
          points: "1"
        }
      }
      cap: "5"
    }
    penalty {
      criteria {
        id: "-1"
        title {}
        max_points: "9"
        report_delays { in_grace: "0.25" late: "0.5" missing: "1" }
      }
      cap: "10"
    }
    rounding { scale: 2 mode: MODE_HALF_EVEN }
    rank_basis: RANK_BASIS_FULL_TOTAL
    tie_breaks { base_total: true }
    tie_breaks { group: "1" }
    tie_breaks { full_total: true }
    tie_breaks { penalty: true }
    rank_style: RANK_STYLE_DENSE
  )pb");
  Violations violations;
  ExpectSame(ToProto(ParseRubric(proto, violations)), proto);
  EXPECT_THAT(Found(violations), IsEmpty());
}

TEST(RubricCodecTest, ReportsEveryFieldThatCannotBeReadWithItsPath) {
  const auto proto = Parse<v1::Rubric>(R"pb(
    title { vi: "a\001b" }
    groups {
      criteria {
        max_points: "1e3"
        bands {
          bands { at_least: "x" points: "" }
          otherwise: "01"
        }
      }
    }
    bonus {
      criteria {
        delta_events {
          start: "1"
          count { events: false }
          points: "1,"
        }
      }
      cap: "+5"
    }
    tie_breaks { base_total: false }
  )pb");
  Violations violations;
  ParseRubric(proto, violations);
  EXPECT_THAT(
      Found(violations),
      UnorderedElementsAre(
          "rubric.title.vi INVALID_TEXT",
          "rubric.groups[0].criteria[0].max_points "
          "INVALID_DECIMAL",
          "rubric.groups[0].criteria[0].bands.bands[0].at_least INVALID_DECIMAL",
          "rubric.groups[0].criteria[0].bands.bands[0].points REQUIRED_FIELD_MISSING",
          "rubric.groups[0].criteria[0].bands.otherwise INVALID_DECIMAL",
          "rubric.bonus.criteria[0].max_points REQUIRED_FIELD_MISSING",
          "rubric.bonus.criteria[0].delta_events.count.events INVALID_FIELD",
          "rubric.bonus.criteria[0].delta_events.points INVALID_DECIMAL",
          "rubric.bonus.cap INVALID_DECIMAL", "rubric.tie_breaks[0].base_total INVALID_FIELD"));
}

TEST(RubricCodecTest, ReadsNumbersOfEnumsItDoesNotKnowAsUnspecified) {
  v1::Rubric proto;
  proto.set_rank_style(static_cast<v1::Rubric::RankStyle>(77));
  proto.set_rank_basis(static_cast<v1::Rubric::RankBasis>(-1));
  Violations violations;
  const Rubric rubric = ParseRubric(proto, violations);
  EXPECT_EQ(rubric.rank_style, RankStyle::kUnspecified);
  EXPECT_EQ(rubric.rank_basis, RankBasis::kUnspecified);
}

TEST(RubricCodecTest, NormalisesTexts) {
  v1::Rubric proto;
  // `Hà Nội` typed with combining marks.
  proto.mutable_title()->set_vi("  Ha\xCC\x80 No\xCC\xA3\xCC\x82i ");
  Violations violations;
  EXPECT_EQ(ParseRubric(proto, violations).title.vi, "Hà Nội");
}

TEST(RoundCodecTest, BringsTheRoundOfTheExampleThereAndBack) {
  const thidua::ctl::v1::Plan plan = ReadPlan("09-round-2020.txtpb");
  for (const auto& step : plan.step()) {
    if (!step.has_create_round()) continue;
    v1::Round expected = step.create_round().round();
    expected.set_state(v1::Round::STATE_OPEN);
    Violations violations;
    ExpectSame(ToProto(ParseRound(expected, violations)), expected);
    EXPECT_THAT(Found(violations), IsEmpty());
    return;
  }
  FAIL() << "the example has no round";
}

TEST(RoundCodecTest, KeepsWhatScoringFillsIn) {
  const auto proto = Parse<v1::Round>(R"pb(
    name: "rounds/r"
    title { vi: "r" }
    categories {
      title {}
      award {
        title {}
        fixed: 3
      }
      gates {
        title {}
        minimum_total: "80"
      }
    }
    state: STATE_NOMINATED
    snapshot_hash: "abc"
    score_time { seconds: 1608000000 nanos: 123456000 }
  )pb");
  Violations violations;
  ExpectSame(ToProto(ParseRound(proto, violations)), proto);
}

TEST(RoundCodecTest, ReportsEveryFieldThatCannotBeReadWithItsPath) {
  const auto proto = Parse<v1::Round>(R"pb(
    title { en: "a\177b" }
    categories {
      award { share { percent: "20%" } }
      gates { pact_signed: false }
      gates { minimum_total: "" }
      gates { figure_at_most { number: "three" } }
      gates { reports_complete: false }
    }
  )pb");
  Violations violations;
  ParseRound(proto, violations);
  EXPECT_THAT(
      Found(violations),
      UnorderedElementsAre("round.title.en INVALID_TEXT",
                           "round.categories[0].award.share.percent INVALID_DECIMAL",
                           "round.categories[0].gates[0].pact_signed INVALID_FIELD",
                           "round.categories[0].gates[1].minimum_total REQUIRED_FIELD_MISSING",
                           "round.categories[0].gates[2].figure_at_most.number INVALID_DECIMAL",
                           "round.categories[0].gates[3].reports_complete INVALID_FIELD"));
}

struct RecordingCase {
  std::string name{};
  std::string text{};
};

void PrintTo(const RecordingCase& row, std::ostream* out) { *out << row.name; }

class AppraisalRoundTrip : public ::testing::TestWithParam<RecordingCase> {};

TEST_P(AppraisalRoundTrip, IsExact) {
  const auto proto = Parse<v1::Appraisal>(GetParam().text);
  Violations violations;
  ExpectSame(ToProto(ParseAppraisal(proto, violations)), proto);
  EXPECT_THAT(Found(violations), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Appraisals, AppraisalRoundTrip,
    ::testing::ValuesIn<RecordingCase>({
        {"Points", R"(unit: "units/a" criterion: "4.1" points: "3.75" appraiser: "Nguyễn"
                      appraiser_unit: "units/b" reason: "r" evidence: "e")"},
        {"NotApplicable", R"(unit: "units/a" criterion: "4.1" not_applicable: true)"},
        {"NoVerdict", R"(unit: "units/a" criterion: "4.1")"},
    }),
    [](const auto& row) { return row.param.name; });

TEST(EventCodecTest, BringsAnEventThereAndBack) {
  const auto proto = Parse<v1::Event>(
      R"(unit: "units/a" criterion: "+1" count: 3 date: "2020-05-01" description: "d" evidence: "e")");
  Violations violations;
  ExpectSame(ToProto(ParseEvent(proto, violations)), proto);
}

TEST(EventCodecTest, ReportsTextsThatAreTooLong) {
  v1::Event proto;
  proto.set_description(std::string(1001, 'x'));
  Violations violations;
  ParseEvent(proto, violations);
  EXPECT_THAT(Found(violations), UnorderedElementsAre("event.description INVALID_TEXT"));
}

TEST(ResultCodecTest, PrintsASheetWithThePlacesOfTheRubric) {
  const Round round{.name = "rounds/r"};
  const Category category{.id = "c"};
  const Rubric rubric{.name = "rubrics/x", .rounding = {.scale = 2}};
  const common::Rational nine_tenths = *common::Rational(9).DividedBy(common::Rational(10));
  const common::Rational third = *common::Rational(1).DividedBy(common::Rational(3));
  const ScoreSheet sheet{
      .unit = "units/a",
      .rubric = "rubrics/x",
      .scale = 2,
      .groups = {{.id = "1",
                  .max_points = common::Rational(10),
                  .points = nine_tenths,
                  .lines = {{.criterion = "1.1",
                             .max_points = common::Decimal::FromInteger(10),
                             .points = nine_tenths,
                             .full_points = third,
                             .inputs = {{.source = "indicators/A",
                                         .number = "3",
                                         .target = "4",
                                         .from = {.resource = "units/a/submissions/s",
                                                  .revision = 2}}},
                             .working = "10 × 3 / 4"}}}},
      .totals = Totals{.base = nine_tenths, .total = nine_tenths, .full_total = third},
      .pins = {{.resource = "units/a/submissions/s", .revision = 2, .content_hash = "h"}}};
  ExpectSame(ToProto(round, category, rubric, sheet), Parse<v1::ScoreSheet>(R"pb(
               name: "rounds/r/scoreSheets/a"
               unit: "units/a"
               category: "c"
               rubric: "rubrics/x"
               state: STATE_SCORED
               groups {
                 id: "1"
                 max_points: "10"
                 points: "0.90"
                 lines {
                   criterion: "1.1"
                   max_points: "10"
                   points: "0.90"
                   full_points: "1/3"
                   basis: BASIS_FORMULA
                   inputs {
                     source: "indicators/A"
                     number: "3"
                     target: "4"
                     resource: "units/a/submissions/s"
                     revision: 2
                   }
                   working: "10 × 3 / 4"
                 }
               }
               base_total: "0.90"
               bonus: "0.00"
               penalty: "0.00"
               total: "0.90"
               full_total: "1/3"
               pins { resource: "units/a/submissions/s" revision: 2 content_hash: "h" }
             )pb"));
}

TEST(ResultCodecTest, PrintsABlockedSheetWithoutTotals) {
  const ScoreSheet sheet{.unit = "units/a",
                         .groups = {{.id = "1",
                                     .max_points = common::Rational(10),
                                     .lines = {{.criterion = "1.1",
                                                .max_points = common::Decimal::FromInteger(10),
                                                .basis = LineBasis::kMissing}}}}};
  const v1::ScoreSheet proto = ToProto(Round{}, Category{}, Rubric{}, sheet);
  EXPECT_EQ(proto.state(), v1::ScoreSheet::STATE_BLOCKED);
  EXPECT_EQ(proto.total(), "");
  EXPECT_EQ(proto.groups(0).points(), "");
  EXPECT_EQ(proto.groups(0).lines(0).points(), "");
}

TEST(FieldsTest, TimesKeepTheirMicroseconds) {
  const absl::Time time = absl::FromUnixMicros(1608000000123456);
  EXPECT_EQ(TimeFrom(ToProto(time)), time);
  EXPECT_EQ(ToProto(time).nanos(), 123456000);
  EXPECT_EQ(ToProto(absl::FromUnixMicros(-1)).seconds(), -1);
}

TEST(BallotCodecTest, BringsAClosedBallotThereAndBack) {
  const auto proto = Parse<v1::Ballot>(R"pb(
    name: "rounds/r/ballots/x"
    title { vi: "Bỏ phiếu" en: "Ballot" }
    purpose: PURPOSE_COUNCIL
    electors { id: "a" person: "Chủ tịch" unit: "units/a" }
    candidates: "rounds/r/nominations/flag.a"
    places: 1
    max_choices: 1
    quorum { numerator: 2 denominator: 3 }
    threshold { numerator: 1 denominator: 2 exceeded: true }
    state: STATE_CLOSED
    voted: "a"
    outcome: OUTCOME_DECIDED
    blank_votes: 2
    tallies {
      candidate: "rounds/r/nominations/flag.a"
      votes: 9
      reached_threshold: true
      elected: true
    }
    minutes: "Biên bản 1"
    closed_by: "Trưởng ban"
    reason: "Vì thế"
  )pb");
  Violations violations;
  ExpectSame(ToProto(ParseBallot(proto, violations)), proto);
  EXPECT_THAT(violations.list(), IsEmpty());
}

TEST(BallotCodecTest, ReadsBackTheSumsOfVotes) {
  const VoteSums sums{.blank = 3, .votes = {0, 12, 7}};
  EXPECT_EQ(EncodeVoteSums(sums), "3,0,12,7");
  EXPECT_EQ(DecodeVoteSums("3,0,12,7")->votes, sums.votes);
  EXPECT_EQ(DecodeVoteSums("3,0,12,7")->blank, 3);
  EXPECT_FALSE(DecodeVoteSums("3,x").ok());
}

TEST(ReviewCodecTest, BringsAssessmentsAndStatementsThereAndBack) {
  const auto assessment = Parse<v1::Assessment>(R"pb(
    unit: "units/a"
    criterion: "4.1"
    role: ROLE_AGREEMENT
    points: "3.5"
    person: "Chủ tịch"
    person_unit: "units/b"
    reason: "Theo hồ sơ"
    evidence { title: "Quyết định" reference: "Lưu trữ" content_hash: "aa" size_bytes: 7 }
  )pb");
  const auto statement = Parse<v1::Statement>(R"pb(
    unit: "units/a"
    criterion: "4.1"
    text: "Giải trình"
    person: "Giám đốc"
    person_unit: "units/a"
    evidence { title: "Công văn" reference: "Số 7" content_hash: "bb" size_bytes: 8 }
  )pb");
  Violations violations;
  ExpectSame(ToProto(ParseAssessment(assessment, violations)), assessment);
  ExpectSame(ToProto(ParseStatement(statement, violations)), statement);
  EXPECT_THAT(violations.list(), IsEmpty());
}

TEST(NominationCodecTest, BringsDecisionsRevocationsAndHoldsThereAndBack) {
  const auto decision = Parse<v1::Decision>(R"pb(
    number: "512/QĐ-LMHTXVN"
    date: "2021-01-10"
    authority: "Chủ tịch"
    legal_basis: "437"
    nominations: "rounds/r/nominations/flag.a"
    document { title: "Quyết định" reference: "Lưu trữ" content_hash: "aa" size_bytes: 7 }
  )pb");
  const auto revocation = Parse<v1::Revocation>(R"pb(
    ground: GROUND_LATER_VIOLATION
    reason: "Vi phạm"
    number: "77"
    date: "2021-06-01"
    authority: "Chủ tịch"
    recoveries { item: "Cờ" due: "2021-07-01" }
    recoveries { item: "Tiền" amount: "100" due: "2021-07-01" }
  )pb");
  const auto hold = Parse<v1::Hold>(R"pb(
    unit: "units/a"
    matter: MATTER_PRESS_REPORT
    reference: "Báo 3"
    person: "Thanh tra"
    begin_date: "2020-12-01"
    end_date: "2020-12-20"
    conclusion: "Không vi phạm"
    ended_by: "Thanh tra"
  )pb");
  Violations violations;
  ExpectSame(ToProto(ParseDecision(decision, violations)), decision);
  ExpectSame(ToProto(ParseRevocation(revocation, violations)), revocation);
  ExpectSame(ToProto(ParseHold(hold, violations)), hold);
  EXPECT_THAT(violations.list(), IsEmpty());
}

TEST(NamesTest, AreFormedAsTheContractSays) {
  EXPECT_EQ(AppraisalName("rounds/r", "units/a", "4.1"), "rounds/r/appraisals/a.4.1");
  EXPECT_EQ(EventName("rounds/r", "e"), "rounds/r/events/e");
  EXPECT_EQ(ScoreSheetName("rounds/r", "units/a"), "rounds/r/scoreSheets/a");
  EXPECT_EQ(StandingsName("rounds/r", "c"), "rounds/r/standings/c");
  EXPECT_EQ(NominationName("rounds/r", "flag", "units/a"), "rounds/r/nominations/flag.a");
}

TEST(NamesTest, TheRoundOfANameIsItsFirstTwoParts) {
  EXPECT_EQ(RoundOf("rounds/r/scoreSheets/a"), "rounds/r");
  EXPECT_EQ(RoundOf("rounds/r"), "rounds/r");
  EXPECT_EQ(RoundOf("rubrics/r"), "");
}

}  // namespace
}  // namespace awards
