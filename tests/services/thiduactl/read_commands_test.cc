// The commands that only read: totals, standings, explain, nominations, cluster-year, pact.
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <string>

#include "common/status/error.h"
#include "tests/services/thiduactl/run_program.h"
#include "thidua/awards/v1/round_service.pb.h"
#include "thidua/awards/v1/rubric_service.pb.h"
#include "thidua/reporting/v1/definition_service.pb.h"
#include "thidua/reporting/v1/pact_service.pb.h"
#include "thidua/reporting/v1/registry_service.pb.h"
#include "thidua/reporting/v1/statistics_service.pb.h"

namespace thiduactl {
namespace {

using ::testing::HasSubstr;
namespace awards = ::thidua::awards::v1;
namespace reporting = ::thidua::reporting::v1;

template <typename Message>
Message Proto(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

// A server with a cluster year of two members.
class ReadCommands : public ::testing::Test {
 protected:
  ReadCommands() {
    server_.Answer<reporting::GetClusterYearRequest>(Proto<reporting::GetClusterYearResponse>(
        R"pb(cluster_year {
               name: "clusters/delta/years/2020"
               members: "units/bac-ninh"
               members: "units/ha-nam"
               head: "units/bac-ninh"
               vice_heads: "units/ha-nam"
               calendar {
                 form: "forms/quarter"
                 period: "2020-Q1"
                 value_kind: VALUE_KIND_FINAL
                 opens: "2020-04-01"
                 due: "2020-04-10"
                 grace_end: "2020-04-17"
                 closes: "2020-06-30"
               }
               calendar { form: "forms/annual" period: "2020" value_kind: VALUE_KIND_ESTIMATE }
               calendar { form: "forms/annual" period: "2020" value_kind: VALUE_KIND_FINAL }
               calendar { form: "forms/assessment" period: "2020" value_kind: VALUE_KIND_ESTIMATE }
               scored_value_kind: VALUE_KIND_ESTIMATE
               receipt_basis: RECEIPT_BASIS_TRANSCRIBED
               state: STATE_HANDED_OVER
               handover {
                 from: "units/bac-ninh"
                 to: "units/ha-nam"
                 date: "2020-12-15"
                 next_cluster_year: "clusters/delta/years/2021"
               }
             })pb"));
    server_.On<reporting::GetUnitRequest, reporting::GetUnitResponse>(
        [](const reporting::GetUnitRequest& request) {
          reporting::GetUnitResponse response;
          auto& title = *response.mutable_unit()->add_titles()->mutable_title();
          title.set_vi(request.name() == "units/bac-ninh" ? "Bắc Ninh" : "Hà Nam");
          return response;
        });
    server_.On<reporting::GetFormRequest, reporting::GetFormResponse>(
        [](const reporting::GetFormRequest& request) {
          reporting::GetFormResponse response;
          response.mutable_form()->set_unit_kind(request.name() == "forms/assessment"
                                                     ? reporting::Unit::KIND_COOPERATIVE
                                                     : reporting::Unit::KIND_ALLIANCE);
          return response;
        });
  }

  void AnswerTotals() {
    server_.Answer<reporting::ListIndicatorsRequest>(Proto<reporting::ListIndicatorsResponse>(R"pb(
      indicators {
        name: "indicators/COOP_TOTAL"
        title { vi: "Tổng số hợp tác xã" en: "Cooperatives" }
        unit_of_measure { vi: "HTX" }
      })pb"));
    server_.Answer<reporting::ComputeTotalsRequest>(Proto<reporting::ComputeTotalsResponse>(R"pb(
      totals { indicator: "indicators/COOP_TOTAL" number: "7002" unit_count: 1 }
      expected_count: 2
      reported_count: 1
      missing_units: "units/ha-nam"
      on_time_count: 1
      value_kind: VALUE_KIND_ESTIMATE)pb"));
  }

  ScriptedServer server_;
};

TEST_F(ReadCommands, TotalsShowTheScoredReportOfAlliancesOnTheYear) {
  AnswerTotals();
  const RunResult result = RunAgainst(server_, {"totals", "delta/2020"});
  EXPECT_EQ(result.out,
            "annual 2020 ESTIMATE\n"
            "\n"
            "INDICATOR   TITLE         TOTAL  MEASURE  FIGURES  MISSING  N/A\n"
            "COOP_TOTAL  Cooperatives  7,002  HTX            1        0    0\n"
            "\n"
            "reported: 1 of 2, on time: 1\n"
            "missing: ha-nam (Hà Nam)\n");
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.code, ExitCode::kOk);
  const auto asked = server_.Received<reporting::ComputeTotalsRequest>();
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].cluster_year(), "clusters/delta/years/2020");
  EXPECT_EQ(asked[0].form(), "forms/annual");
  EXPECT_EQ(asked[0].period(), "2020");
  EXPECT_EQ(asked[0].value_kind(), reporting::VALUE_KIND_ESTIMATE);
}

TEST_F(ReadCommands, TotalsOfAQuarterTakeTheKindOfTheCalendar) {
  AnswerTotals();
  RunAgainst(server_, {"totals", "clusters/delta/years/2020", "--period", "2020-Q1", "--indicator",
                       "COOP_NEW"});
  const auto asked = server_.Received<reporting::ComputeTotalsRequest>();
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].form(), "forms/quarter");
  EXPECT_EQ(asked[0].value_kind(), reporting::VALUE_KIND_FINAL);
  ASSERT_EQ(asked[0].indicators_size(), 1);
  EXPECT_EQ(asked[0].indicators(0), "indicators/COOP_NEW");
}

TEST_F(ReadCommands, TotalsOfAReportThatIsNotDueNameThoseThatAre) {
  const RunResult result = RunAgainst(server_, {"totals", "delta/2020", "--period", "2020-Q4"});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, HasSubstr("quarter 2020-Q1 FINAL, annual 2020 ESTIMATE"));
}

TEST_F(ReadCommands, TotalsAsJsonKeepTheNamesOfTheContract) {
  AnswerTotals();
  const RunResult result = RunAgainst(server_, {"--output", "json", "totals", "delta/2020"});
  reporting::ComputeTotalsResponse totals;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(result.out, &totals).ok());
  EXPECT_EQ(totals.totals(0).number(), "7002");
  EXPECT_THAT(result.out, HasSubstr("\"not_applicable_count\": 0"));
}

TEST_F(ReadCommands, ClusterYearShowsTheNextHead) {
  const RunResult result = RunAgainst(server_, {"cluster-year", "delta/2020"});
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_THAT(result.out, HasSubstr("clusters/delta/years/2020  HANDED_OVER\n"));
  EXPECT_THAT(result.out, HasSubstr("head: bac-ninh  Bắc Ninh\n"));
  EXPECT_THAT(result.out, HasSubstr("handed over: 2020-12-15, clusters/delta/years/2021\n"
                                    "next head: ha-nam  Hà Nam\n"));
  EXPECT_THAT(result.out,
              HasSubstr("quarter     2020-Q1  FINAL     2020-04-01  2020-04-10  2020-04-17  "
                        "2020-06-30\n"));
}

TEST_F(ReadCommands, PactCountsSignaturesAgainstMembers) {
  server_.Answer<reporting::GetPactRequest>(Proto<reporting::GetPactResponse>(
      R"pb(pact {
             name: "clusters/delta/years/2020/pact"
             state: STATE_OPEN
             targets { unit: "units/ha-nam" indicator: "indicators/MEDIA" number: "5" }
             signatures { unit: "units/ha-nam" signer: "Chủ tịch" date: "2020-01-15" }
           })pb"));
  const RunResult result = RunAgainst(server_, {"pact", "delta/2020"});
  EXPECT_EQ(result.out,
            "clusters/delta/years/2020/pact  OPEN\n"
            "targets: 1, signed: 1 of 2\n"
            "\n"
            "UNIT      NAME      SIGNED      SIGNER\n"
            "bac-ninh  Bắc Ninh  -\n"
            "ha-nam    Hà Nam    2020-01-15  Chủ tịch\n");
  EXPECT_EQ(server_.Received<reporting::GetPactRequest>()[0].name(),
            "clusters/delta/years/2020/pact");
}

class RoundCommands : public ReadCommands {
 protected:
  RoundCommands() {
    server_.Answer<awards::GetRoundRequest>(
        Proto<awards::GetRoundResponse>(R"pb(round {
                                               name: "rounds/r"
                                               categories {
                                                 id: "alliances"
                                                 title { vi: "Liên minh" en: "Alliances" }
                                                 award {
                                                   id: "flag"
                                                   title { vi: "Cờ thi đua" en: "Flag" }
                                                 }
                                               }
                                               categories {
                                                 id: "agri"
                                                 title { vi: "HTX" }
                                                 award {
                                                   id: "flag-2"
                                                   title { vi: "Cờ" }
                                                 }
                                               }
                                             })pb"));
    server_.On<awards::GetStandingsRequest, awards::GetStandingsResponse>(
        [](const awards::GetStandingsRequest& request) {
          auto response = Proto<awards::GetStandingsResponse>(
              R"pb(standings {
                     standings {
                       unit: "units/bac-ninh"
                       unit_title { vi: "Bắc Ninh" }
                       rank: 1
                       base_total: "95.50"
                       bonus: "2.00"
                       penalty: "0.00"
                       total: "97.50"
                     }
                     standings {
                       unit: "units/ha-nam"
                       unit_title { vi: "Hà Nam" }
                       rank: 2
                       base_total: "95.50"
                       bonus: "1.00"
                       penalty: "0.00"
                       total: "96.50"
                       decided_by: "total"
                       failed_gates: "pact"
                       failed_gates: "reports"
                     }
                     standings {
                       unit: "units/ha-noi"
                       unit_title { vi: "Hà Nội" }
                     }
                     quota: 1
                     quota_working: "max(1, floor(3 × 20 / 100)) = 1"
                     stale_resources: "units/ha-noi/submissions/a"
                   })pb");
          response.mutable_standings()->set_name(request.name());
          return response;
        });
  }
};

TEST_F(RoundCommands, StandingsOfOneCategory) {
  const RunResult result = RunAgainst(server_, {"standings", "r/alliances"});
  EXPECT_EQ(result.out,
            "Alliances (alliances), Flag: quota 1, max(1, floor(3 × 20 / 100)) = 1\n"
            "\n"
            "RANK  UNIT      NAME       BASE  BONUS  PENALTY  TOTAL  DECIDED BY  FAILED GATES\n"
            "   1  bac-ninh  Bắc Ninh  95.50   2.00     0.00  97.50\n"
            "   2  ha-nam    Hà Nam    95.50   1.00     0.00  96.50  total       pact, reports\n"
            "   -  ha-noi    Hà Nội\n"
            "\n"
            "changed since the round was scored: units/ha-noi/submissions/a\n");
  EXPECT_EQ(result.code, ExitCode::kOk);
}

TEST_F(RoundCommands, StandingsOfAllCategoriesInTheRoundsOrder) {
  RunAgainst(server_, {"standings", "rounds/r"});
  const auto asked = server_.Received<awards::GetStandingsRequest>();
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[0].name(), "rounds/r/standings/alliances");
  EXPECT_EQ(asked[1].name(), "rounds/r/standings/agri");
}

TEST_F(RoundCommands, StandingsAsJsonAreAnArray) {
  const RunResult result = RunAgainst(server_, {"standings", "r", "--output", "json"});
  google::protobuf::ListValue list;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(result.out, &list).ok()) << result.out;
  EXPECT_EQ(list.values_size(), 2);
}

TEST_F(RoundCommands, NominationsSayWhy) {
  server_.Answer<awards::ListNominationsRequest>(Proto<awards::ListNominationsResponse>(R"pb(
    nominations {
      unit: "units/bac-ninh"
      award_title { vi: "Cờ thi đua" en: "Flag" }
      unit_title { vi: "Bắc Ninh" }
      province_unit: "units/bac-ninh"
      rank: 1
      total: "97.50"
      grounds: "rank 1 of 11, place 1 of quota 2"
      state: STATE_PROPOSED
    })pb"));
  const RunResult result = RunAgainst(server_, {"nominations", "r", "--language", "vi"});
  EXPECT_EQ(result.out,
            "AWARD       UNIT      NAME      PROVINCE  RANK  TOTAL  STATE     GROUNDS\n"
            "Cờ thi đua  bac-ninh  Bắc Ninh  bac-ninh     1  97.50  PROPOSED  rank 1 of 11, place "
            "1 of quota 2\n");
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_EQ(server_.Language(), "vi");
}

TEST_F(RoundCommands, NominationsStandByAwardThenRank) {
  server_.Answer<awards::ListNominationsRequest>(Proto<awards::ListNominationsResponse>(R"pb(
    nominations { award: "a" unit: "units/second" rank: 2 }
    nominations { award: "b" unit: "units/third" rank: 1 }
    nominations { award: "a" unit: "units/first" rank: 1 }
  )pb"));
  const RunResult result = RunAgainst(server_, {"nominations", "r"});
  EXPECT_LT(result.out.find("first"), result.out.find("second"));
  EXPECT_LT(result.out.find("second"), result.out.find("third"));
}

TEST_F(RoundCommands, NoNominationsAreANegativeAnswer) {
  server_.Answer<awards::ListNominationsRequest>(awards::ListNominationsResponse());
  const RunResult result = RunAgainst(server_, {"nominations", "r"});
  EXPECT_EQ(result.out, "no nominations\n");
  EXPECT_EQ(result.code, ExitCode::kNegative);
}

TEST_F(RoundCommands, NominationsComeFromAllPages) {
  server_.On<awards::ListNominationsRequest, awards::ListNominationsResponse>(
      [](const awards::ListNominationsRequest& request) {
        awards::ListNominationsResponse page;
        page.add_nominations()->set_grounds("page " + request.page_token());
        if (request.page_token().empty()) page.set_next_page_token("two");
        return page;
      });
  const RunResult result = RunAgainst(server_, {"nominations", "r", "--output", "json"});
  google::protobuf::ListValue list;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(result.out, &list).ok()) << result.out;
  EXPECT_EQ(list.values_size(), 2);
  EXPECT_THAT(result.out, HasSubstr("page two"));
}

TEST_F(RoundCommands, ExplainShowsLinesSumsAndPins) {
  server_.Answer<awards::GetRubricRequest>(
      Proto<awards::GetRubricResponse>(R"pb(rubric {
                                              groups {
                                                id: "1"
                                                title { vi: "Tuyên truyền" }
                                                criteria {
                                                  id: "1.1"
                                                  title { vi: "Truyền thông" }
                                                }
                                                criteria {
                                                  id: "1.2"
                                                  title { vi: "Sự kiện" }
                                                }
                                              }
                                              bonus {
                                                criteria {
                                                  id: "B1"
                                                  title { vi: "Mô hình" }
                                                }
                                              }
                                            })pb"));
  server_.Answer<awards::GetScoreSheetRequest>(Proto<awards::GetScoreSheetResponse>(
      R"pb(score_sheet {
             unit: "units/bac-ninh"
             category: "alliances"
             rubric: "rubrics/default"
             state: STATE_SCORED
             groups {
               id: "1"
               max_points: "6"
               points: "4.50"
               lines {
                 criterion: "1.1"
                 max_points: "3"
                 points: "3.00"
                 basis: BASIS_FORMULA
                 working: "3 × min(1, 1130 / 1120)"
                 redistribution: "6/5"
                 inputs { source: "indicators/MEDIA" number: "1130" target: "1120" }
               }
               lines {
                 criterion: "1.2"
                 max_points: "3"
                 points: "1.50"
                 basis: BASIS_MISSING
                 working: "0"
                 inputs { source: "indicators/EVENTS" }
                 inputs { source: "reports" not_applicable: true }
               }
             }
             bonus_lines {
               criterion: "B1"
               max_points: "2"
               points: "2.00"
               basis: BASIS_FORMULA
               working: "1 × 2"
             }
             base_total: "4.50"
             bonus: "2.00"
             penalty: "0.00"
             total: "6.50"
             full_total: "13/2"
             pins {
               resource: "units/bac-ninh/submissions/annual.2020.estimate"
               revision: 2
               content_hash: "0123456789abcdef0123"
             }
           })pb"));
  const RunResult result = RunAgainst(server_, {"explain", "r", "bac-ninh"});
  EXPECT_EQ(
      result.out,
      "Bắc Ninh (bac-ninh), category alliances, rubrics/default, SCORED\n"
      "\n"
      "LINE     TITLE         POINTS  OF  WORKING                        INPUTS\n"
      "1        Tuyên truyền    4.50   6\n"
      "  1.1    Truyền thông    3.00   3  3 × min(1, 1130 / 1120) × 6/5  MEDIA 1,130 (target "
      "1,120)\n"
      "  1.2    Sự kiện         1.50   3  missing: 0                     EVENTS missing, reports "
      "n/a\n"
      "base                     4.50\n"
      "bonus                    2.00\n"
      "  B1     Mô hình         2.00   2  1 × 2\n"
      "penalty                  0.00\n"
      "total                    6.50      unrounded 13/2\n"
      "\n"
      "made from:\n"
      "RESOURCE                                         REVISION  SHA-256\n"
      "units/bac-ninh/submissions/annual.2020.estimate         2  0123456789ab\n");
  EXPECT_EQ(server_.Received<awards::GetScoreSheetRequest>()[0].name(),
            "rounds/r/scoreSheets/bac-ninh");
}

TEST_F(RoundCommands, ARefusalIsToldWithReasonAndInTheCallersLanguage) {
  server_.On<awards::GetRoundRequest, awards::GetRoundResponse>(
      [](const awards::GetRoundRequest& request) -> absl::StatusOr<awards::GetRoundResponse> {
        return common::Error(absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND",
                             "no round has the name " + request.name())
            .ToStatus();
      });
  const RunResult result = RunAgainst(server_, {"standings", "x", "--language", "vi"});
  EXPECT_EQ(result.code, ExitCode::kRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "thiduactl: NOT_FOUND RESOURCE_NOT_FOUND: no round has the name rounds/x\n"
            "  Không tìm thấy tài nguyên.\n");
}

}  // namespace
}  // namespace thiduactl
