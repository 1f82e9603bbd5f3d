// Numbers at the edge of their range, texts of strange characters, and the minute around midnight
// at the end of the year: taken where a person would expect it, else refused with reason and field.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using testkit::HasReason;
using testkit::IsOk;
using testkit::StatusIs;
using Submissions = v1::SubmissionService::Stub;

// Beside the world: MONEY with six places from the least decimal on, in a form that is due at the
// end of 2026, the final figures with days of grace and the estimate without.
void BuildYearEnd(ReportingServer& server) {
  BuildWorld(server);
  EXPECT_THAT(server.Call(&v1::DefinitionService::Stub::CreateIndicator, R"pb(
    indicator_id: "MONEY"
    indicator {
      title { vi: "Số dư quỹ" }
      unit_of_measure { vi: "đồng" }
      scale: 6
      measure: MEASURE_STOCK
      aggregation: AGGREGATION_SUM
      minimum: "-999999999999999999"
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(&v1::DefinitionService::Stub::CreateForm, R"pb(
    form_id: "year-end"
    form {
      title { vi: "Báo cáo cuối năm" }
      unit_kind: KIND_ALLIANCE
      period_level: PERIOD_LEVEL_YEAR
      fields { indicator: "indicators/MONEY" }
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(&v1::RegistryService::Stub::CreateCluster, R"pb(
    cluster_id: "year-end"
    cluster { title { vi: "Cụm cuối năm" } })pb"),
              IsOk());
  EXPECT_THAT(server.Call(&v1::RegistryService::Stub::CreateClusterYear, R"pb(
    parent: "clusters/year-end"
    cluster_year_id: "2026"
    cluster_year {
      members: "units/bac-ninh"
      head: "units/bac-ninh"
      calendar {
        form: "forms/year-end"
        period: "2026"
        value_kind: VALUE_KIND_ESTIMATE
        opens: "2026-01-01"
        due: "2026-12-31"
        grace_end: "2026-12-31"
        closes: "2026-12-31"
      }
      calendar {
        form: "forms/year-end"
        period: "2026"
        value_kind: VALUE_KIND_FINAL
        opens: "2026-01-01"
        due: "2026-12-31"
        grace_end: "2027-01-05"
        closes: "2027-01-31"
      }
      scored_value_kind: VALUE_KIND_FINAL
      receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(&v1::RegistryService::Stub::AdvanceClusterYear, R"pb(
    name: "clusters/year-end/years/2026"
    state: STATE_RUNNING)pb"),
              IsOk());
}

v1::SubmitRequest MoneyReport(const std::string& number) {
  auto request = FromText<v1::SubmitRequest>(R"pb(
    report {
      unit: "units/bac-ninh"
      form: "forms/year-end"
      period: "2026"
      value_kind: VALUE_KIND_ESTIMATE
      figures { indicator: "indicators/MONEY" }
    })pb");
  request.mutable_report()->mutable_figures(0)->set_number(number);
  return request;
}

struct NumberCase {
  std::string name;
  std::string number;
  // As it is stored.
  std::string stored;
};

class NumberAtTheEdge : public ::testing::TestWithParam<NumberCase> {};

TEST_P(NumberAtTheEdge, IsTakenExactly) {
  ReportingServer server;
  BuildYearEnd(server);
  const auto response = server.Call(&Submissions::Submit, MoneyReport(GetParam().number));
  ASSERT_THAT(response, IsOk());
  server.Restart();
  const auto read = server.Call(&Submissions::GetSubmission,
                                R"pb(name: "units/bac-ninh/submissions/year-end.2026.estimate")pb");
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->submission().figures(0).number(), GetParam().stored);
}

INSTANTIATE_TEST_SUITE_P(Numbers, NumberAtTheEdge,
                         ::testing::ValuesIn<NumberCase>({
                             {"Greatest", "999999999999999999", "999999999999999999"},
                             {"Least", "-999999999999999999", "-999999999999999999"},
                             {"MostPlaces", "999999999999.999999", "999999999999.999999"},
                             {"LeastWithPlaces", "-999999999999.999999", "-999999999999.999999"},
                             {"Smallest", "0.000001", "0.000001"},
                             {"SmallestNegative", "-0.000001", "-0.000001"},
                             {"ZerosAreCut", "1.500000", "1.5"},
                             {"ZeroWithPlaces", "0.000000", "0"},
                         }),
                         testkit::CaseName<NumberCase>);

struct Strange {
  std::string name;
  std::string text;
};

// A call with a text, and the path at which the text stands.
struct Place {
  std::string name;
  std::function<absl::Status(ReportingServer& server, const std::string& text)> call;
  std::string field;
  // The call is about SomeReport, which must be there.
  bool needs_report = false;
};

absl::Status SubmitReportWith(ReportingServer& server,
                              const std::function<void(v1::Report&)>& change) {
  v1::SubmitRequest request = SomeReport();
  change(*request.mutable_report());
  return server.Call(&Submissions::Submit, request).status();
}

std::vector<Place> Places() {
  return {
      {"UnitTitle",
       [](ReportingServer& server, const std::string& text) {
         auto request = FromText<v1::CreateUnitRequest>(R"pb(
           unit_id: "hung-yen"
           unit {
             kind: KIND_ALLIANCE
             titles {}
           })pb");
         request.mutable_unit()->mutable_titles(0)->mutable_title()->set_vi(text);
         return server.Call(&v1::RegistryService::Stub::CreateUnit, request).status();
       },
       "unit.titles[0].title.vi"},
      {"Note",
       [](ReportingServer& server, const std::string& text) {
         return SubmitReportWith(server, [&](auto& it) { it.mutable_figures(1)->set_note(text); });
       },
       "report.figures[1].note"},
      {"Source",
       [](ReportingServer& server, const std::string& text) {
         return SubmitReportWith(server, [&](auto& it) { it.set_source(text); });
       },
       "report.source"},
      {"Author",
       [](ReportingServer& server, const std::string& text) {
         return SubmitReportWith(server, [&](auto& it) { it.set_author(text); });
       },
       "report.author"},
      {"DraftSource",
       [](ReportingServer& server, const std::string& text) {
         v1::SaveDraftRequest request;
         *request.mutable_report() = SomeReport().report();
         request.mutable_report()->set_source(text);
         return server.Call(&Submissions::SaveDraft, request).status();
       },
       "report.source"},
      {"ReturnReason",
       [](ReportingServer& server, const std::string& text) {
         v1::ReturnSubmissionRequest request;
         request.mutable_return_reason()->set_reviewer("Tổ giúp việc");
         request.mutable_return_reason()->set_reason(text);
         request.set_name("units/bac-ninh/submissions/alliance-annual.2026.estimate");
         return server.Call(&Submissions::ReturnSubmission, request).status();
       },
       "return_reason.reason", true},
  };
}

class StrangeText : public ::testing::TestWithParam<Place> {
 protected:
  static void Build(ReportingServer& server) {
    BuildWorld(server);
    if (!GetParam().needs_report) return;
    EXPECT_THAT(server.Call(&Submissions::Submit, SomeReport()), IsOk());
  }
};

TEST_P(StrangeText, ThatPeopleWriteIsTaken) {
  const std::vector<Strange> texts = {
      {"Emoji", "\U0001F33E Hợp tác xã \U0001F3C6"},
      {"WomanFarmer", "\U0001F469\U0001F3FD\u200d\U0001F33E"},
      {"FlagOfVietNam", "\U0001F1FB\U0001F1F3"},
      {"Hebrew", "\u05e9\u05dc\u05d5\u05dd"},
      {"Chinese", "\u8d8a\u5357"},
      {"TwoLines", "Dòng một\n\tDòng hai"},
  };
  for (const Strange& strange : texts) {
    SCOPED_TRACE(strange.name);
    ReportingServer server;
    Build(server);
    EXPECT_THAT(GetParam().call(server, strange.text), IsOk());
  }
}

TEST_P(StrangeText, ThatLooksLikeAnotherIsRefusedAtItsField) {
  const std::vector<Strange> texts = {
      {"RightToLeftMark", "Bắc\u200f Ninh"}, {"RightToLeftOverride", "Bắc \u202eNinh"},
      {"Isolate", "\u2067Bắc Ninh\u2069"},   {"ZeroWidthSpace", "Bắc\u200bNinh"},
      {"ByteOrderMark", "\ufeffBắc Ninh"},   {"JoinerOfLetters", "Bắc\u200dNinh"},
      {"Nul", std::string("Bac\0Ninh", 8)},
  };
  ReportingServer server;
  Build(server);
  const int64_t head = server.ledger().Head();
  for (const Strange& strange : texts) {
    SCOPED_TRACE(strange.name);
    const absl::Status status = GetParam().call(server, strange.text);
    EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(status, HasReason("INVALID_TEXT"));
    EXPECT_THAT(status, testkit::HasViolation(GetParam().field));
    EXPECT_EQ(server.ledger().Head(), head);
  }
}

INSTANTIATE_TEST_SUITE_P(Places, StrangeText, ::testing::ValuesIn(Places()),
                         testkit::CaseName<Place>);

class NumberRefused : public ::testing::TestWithParam<NumberCase> {};

TEST_P(NumberRefused, AtItsField) {
  ReportingServer server;
  BuildYearEnd(server);
  const auto refused = server.Call(&Submissions::Submit, MoneyReport(GetParam().number));
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasReason("INVALID_DECIMAL"));
  EXPECT_THAT(refused, testkit::HasViolation("report.figures[0].number"));
}

INSTANTIATE_TEST_SUITE_P(Numbers, NumberRefused,
                         ::testing::ValuesIn<NumberCase>({
                             {"NineteenDigits", "1000000000000000000", ""},
                             {"NineteenDigitsWithPlaces", "1000000000000.000001", ""},
                             {"SevenPlaces", "0.0000001", ""},
                             {"NegativeZero", "-0", ""},
                             {"NegativeZeroWithPlaces", "-0.000000", ""},
                             {"ArabicDigits", "\u0661\u0662", ""},
                             {"FullWidthDigits", "\uff11\uff12", ""},
                             {"MinusSign", "\u22125", ""},
                             {"HiddenSpace", "1\u200b000", ""},
                         }),
                         testkit::CaseName<NumberCase>);

struct MidnightCase {
  std::string name;
  // Before or after the midnight in Hà Nội that ends 2026.
  absl::Duration offset;
  v1::ValueKind kind;
  // The timeliness, or the reason of the refusal.
  std::string answer;
};

class YearEnd : public ::testing::TestWithParam<MidnightCase> {};

TEST_P(YearEnd, IsAtMidnightInHaNoi) {
  const absl::Time midnight =
      absl::FromCivil(absl::CivilDay(2027, 1, 1), absl::FixedTimeZone(7 * 3600));
  ReportingServer server;
  BuildYearEnd(server);
  server.clock().Set(midnight + GetParam().offset);
  v1::SubmitRequest request = MoneyReport("1");
  request.mutable_report()->set_value_kind(GetParam().kind);
  const auto response = server.Call(&Submissions::Submit, request);
  if (!response.ok()) {
    EXPECT_THAT(response, StatusIs(StatusCode::kFailedPrecondition));
    EXPECT_THAT(response, HasReason(GetParam().answer));
    return;
  }
  const v1::Submission& submission = response->submission();
  EXPECT_EQ(v1::Timeliness_Name(submission.timeliness()), GetParam().answer);
  // To the millisecond as the clock gave it.
  EXPECT_EQ(absl::FromUnixSeconds(submission.receive_time().seconds()) +
                absl::Nanoseconds(submission.receive_time().nanos()),
            midnight + GetParam().offset);
}

INSTANTIATE_TEST_SUITE_P(
    Moments, YearEnd,
    ::testing::ValuesIn<MidnightCase>({
        {"LastMillisecondFinal", -absl::Milliseconds(1), v1::VALUE_KIND_FINAL,
         "TIMELINESS_ON_TIME"},
        {"LastMillisecondEstimate", -absl::Milliseconds(1), v1::VALUE_KIND_ESTIMATE,
         "TIMELINESS_ON_TIME"},
        {"MidnightFinal", absl::ZeroDuration(), v1::VALUE_KIND_FINAL, "TIMELINESS_IN_GRACE"},
        {"MidnightEstimate", absl::ZeroDuration(), v1::VALUE_KIND_ESTIMATE, "REPORT_NOT_OPEN"},
        {"MinuteAfterFinal", absl::Minutes(1), v1::VALUE_KIND_FINAL, "TIMELINESS_IN_GRACE"},
        {"MinuteAfterEstimate", absl::Minutes(1), v1::VALUE_KIND_ESTIMATE, "REPORT_NOT_OPEN"},
        // Seven hours later the year ends in London, too.
        {"MidnightInLondonFinal", absl::Hours(7) - absl::Milliseconds(1), v1::VALUE_KIND_FINAL,
         "TIMELINESS_IN_GRACE"},
    }),
    testkit::CaseName<MidnightCase>);

}  // namespace
}  // namespace reporting
