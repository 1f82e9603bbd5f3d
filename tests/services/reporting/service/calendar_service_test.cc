#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::StatusIs;
using Calendar = v1::CalendarService::Stub;
using Registry = v1::RegistryService::Stub;
using Status = v1::ReportStatus;
using Submissions = v1::SubmissionService::Stub;

constexpr char kRequestId[] = "0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10";

// Ten days more for Hà Nam.
constexpr std::string_view kExtension = R"pb(
  name: "clusters/red-river/years/2026"
  extension {
    unit: "units/ha-nam"
    form: "forms/alliance-annual"
    period: "2026"
    value_kind: VALUE_KIND_ESTIMATE
    due: "2026-01-20"
    grace_end: "2026-01-22"
    closes: "2026-01-30"
    reason: "Lũ lụt"
    approver: "Nguyễn Văn A, Cụm trưởng"
  })pb";

constexpr std::string_view kReopening = R"pb(
  name: "clusters/red-river/years/2026"
  reason: "Thiếu báo cáo của Hà Nam"
  approver: "Nguyễn Văn A, Cụm trưởng")pb";

// One line of a list: unit, form, period and kind, and where it stands.
std::string Line(const Status& report) {
  return absl::StrCat(report.submission(), " ",
                      v1::ReportStatus::Status_Name(report.status()).substr(7));
}

class CalendarServiceTest : public ::testing::Test {
 protected:
  CalendarServiceTest() { BuildWorld(server_); }

  // The lines of all pages of `request`, a ListDueReportsRequest without the year.
  std::vector<std::string> List(std::string_view text = "", int page_size = 1000) {
    auto request = FromText<v1::ListDueReportsRequest>(text);
    request.set_cluster_year("clusters/red-river/years/2026");
    request.set_page_size(page_size);
    std::vector<std::string> lines;
    do {
      const auto page = server_.Call(&Calendar::ListDueReports, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return lines;
      EXPECT_LE(page->reports_size(), page_size);
      for (const Status& report : page->reports()) lines.push_back(Line(report));
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return lines;
  }

  void SetDay(int month, int day) {
    server_.clock().Set(
        absl::FromCivil(absl::CivilSecond(2026, month, day, 5, 0, 0), absl::UTCTimeZone()));
  }

  absl::StatusOr<v1::SubmitResponse> Submit(const std::string& unit) {
    auto request = SomeReport();
    request.mutable_report()->set_unit(unit);
    return server_.Call(&Submissions::Submit, request);
  }

  void Advance(v1::ClusterYear::State state) {
    v1::AdvanceClusterYearRequest request;
    request.set_name("clusters/red-river/years/2026");
    request.set_state(state);
    EXPECT_THAT(server_.Call(&Registry::AdvanceClusterYear, request), IsOk());
  }

  ReportingServer server_;
};

TEST_F(CalendarServiceTest, WhatIsDueIsListedInTheOrderOfTheCalendar) {
  EXPECT_THAT(List(),
              ElementsAre("units/bac-ninh/submissions/alliance-annual.2026.estimate AWAITED",
                          "units/ha-nam/submissions/alliance-annual.2026.estimate AWAITED",
                          "units/htx-tan-chi/submissions/cooperative-annual.2026.estimate AWAITED",
                          "units/bac-ninh/submissions/alliance-annual.2026.final NOT_OPEN",
                          "units/ha-nam/submissions/alliance-annual.2026.final NOT_OPEN"));
}

TEST_F(CalendarServiceTest, EachReportHasItsDaysAndHowItCame) {
  SetDay(1, 11);
  ASSERT_THAT(Submit("units/ha-nam"), IsOk());
  const auto page = server_.Call(&Calendar::ListDueReports, R"pb(
    cluster_year: "clusters/red-river/years/2026"
    unit: "units/ha-nam"
    value_kind: VALUE_KIND_ESTIMATE)pb");
  ASSERT_THAT(page, IsOk());
  ASSERT_EQ(page->reports_size(), 1);
  EXPECT_EQ(page->reports(0).DebugString(),
            FromText<Status>(R"pb(
              unit: "units/ha-nam"
              report {
                form: "forms/alliance-annual"
                period: "2026"
                value_kind: VALUE_KIND_ESTIMATE
                opens: "2026-01-02"
                due: "2026-01-10"
                grace_end: "2026-01-12"
                closes: "2026-01-20"
              }
              status: STATUS_SUBMITTED
              submission: "units/ha-nam/submissions/alliance-annual.2026.estimate"
              timeliness: TIMELINESS_IN_GRACE)pb")
                .DebugString());
}

TEST_F(CalendarServiceTest, AReportIsFollowedToItsAcceptance) {
  const auto state = [&] { return List(R"pb(unit: "units/bac-ninh" value_kind: 1)pb"); };
  const std::string name = "units/bac-ninh/submissions/alliance-annual.2026.estimate";
  v1::SaveDraftRequest draft;
  *draft.mutable_report() = SomeReport().report();
  ASSERT_THAT(server_.Call(&Submissions::SaveDraft, draft), IsOk());
  EXPECT_THAT(state(), ElementsAre(name + " DRAFT"));
  ASSERT_THAT(Submit("units/bac-ninh"), IsOk());
  EXPECT_THAT(state(), ElementsAre(name + " SUBMITTED"));
  v1::ReturnSubmissionRequest back;
  back.set_name(name);
  back.mutable_return_reason()->set_reviewer("Cụm trưởng");
  back.mutable_return_reason()->set_reason("Xem lại");
  ASSERT_THAT(server_.Call(&Submissions::ReturnSubmission, back), IsOk());
  EXPECT_THAT(state(), ElementsAre(name + " RETURNED"));
  auto again = SomeReport();
  again.mutable_report()->mutable_figures(0)->set_number("660");
  ASSERT_THAT(server_.Call(&Submissions::Submit, again), IsOk());
  v1::AcceptSubmissionRequest accept;
  accept.set_name(name);
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, accept), IsOk());
  EXPECT_THAT(state(), ElementsAre(name + " ACCEPTED"));
}

struct FilterCase {
  std::string name;
  std::string filter;
  std::vector<std::string> lines;
};

class CalendarFilters : public CalendarServiceTest,
                        public ::testing::WithParamInterface<FilterCase> {};

// On 25 January, when estimates are taken no more; Bắc Ninh has handed in its own.
TEST_P(CalendarFilters, RestrictTheList) {
  ASSERT_THAT(Submit("units/bac-ninh"), IsOk());
  SetDay(1, 25);
  for (const int page_size : {1, 2, 1000}) {
    EXPECT_THAT(List(GetParam().filter, page_size), ElementsAreArray(GetParam().lines));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Filters, CalendarFilters,
    ::testing::ValuesIn<FilterCase>({
        {"None",
         "",
         {"units/bac-ninh/submissions/alliance-annual.2026.estimate SUBMITTED",
          "units/ha-nam/submissions/alliance-annual.2026.estimate MISSED",
          "units/htx-tan-chi/submissions/cooperative-annual.2026.estimate MISSED",
          "units/bac-ninh/submissions/alliance-annual.2026.final NOT_OPEN",
          "units/ha-nam/submissions/alliance-annual.2026.final NOT_OPEN"}},
        {"AUnit",
         R"pb(unit: "units/ha-nam")pb",
         {"units/ha-nam/submissions/alliance-annual.2026.estimate MISSED",
          "units/ha-nam/submissions/alliance-annual.2026.final NOT_OPEN"}},
        {"ACooperative",
         R"pb(unit: "units/htx-tan-chi")pb",
         {"units/htx-tan-chi/submissions/cooperative-annual.2026.estimate MISSED"}},
        {"AUnitThatOwesNothing", R"pb(unit: "units/yen-bai")pb", {}},
        {"AnUnknownUnit", R"pb(unit: "units/nowhere")pb", {}},
        {"AForm",
         R"pb(form: "forms/cooperative-annual")pb",
         {"units/htx-tan-chi/submissions/cooperative-annual.2026.estimate MISSED"}},
        {"AValueKind",
         "value_kind: VALUE_KIND_FINAL",
         {"units/bac-ninh/submissions/alliance-annual.2026.final NOT_OPEN",
          "units/ha-nam/submissions/alliance-annual.2026.final NOT_OPEN"}},
        {"AnotherPeriod", R"pb(period: "2026-Q1")pb", {}},
        {"AStatus",
         "statuses: STATUS_MISSED",
         {"units/ha-nam/submissions/alliance-annual.2026.estimate MISSED",
          "units/htx-tan-chi/submissions/cooperative-annual.2026.estimate MISSED"}},
        {"TwoStatusesOfAUnit",
         R"pb(unit: "units/bac-ninh" statuses: STATUS_SUBMITTED statuses: STATUS_NOT_OPEN)pb",
         {"units/bac-ninh/submissions/alliance-annual.2026.estimate SUBMITTED",
          "units/bac-ninh/submissions/alliance-annual.2026.final NOT_OPEN"}},
    }),
    testkit::CaseName<FilterCase>);

TEST_F(CalendarServiceTest, CooperativesOweWhereTheirAllianceBelongsWhenThePeriodBegins) {
  const auto create = [&](const std::string& id, const std::string& parent,
                          const std::string& founded) {
    auto request = FromText<v1::CreateUnitRequest>(R"pb(
      unit {
        kind: KIND_COOPERATIVE
        sector: SECTOR_AGRICULTURE
        titles { title { vi: "HTX" } }
      })pb");
    request.set_unit_id(id);
    request.mutable_unit()->set_parent(parent);
    request.mutable_unit()->set_founding_date(founded);
    EXPECT_THAT(server_.Call(&Registry::CreateUnit, request), IsOk());
  };
  create("a-ha-nam", "units/ha-nam", "2026-12-31");
  create("b-ha-nam", "units/ha-nam", "2027-01-01");
  create("c-yen-bai", "units/yen-bai", "2020-01-01");
  constexpr std::string_view kFilter = R"pb(form: "forms/cooperative-annual")pb";
  const std::string suffix = "/submissions/cooperative-annual.2026.estimate AWAITED";
  EXPECT_THAT(List(kFilter), ElementsAre("units/a-ha-nam" + suffix, "units/htx-tan-chi" + suffix));
  ASSERT_THAT(server_.Call(&Registry::MergeUnits, R"pb(
    predecessors: "units/yen-bai"
    successor: "units/bac-ninh"
    date: "2026-01-01"
    legal_basis: "Nghị quyết 202/2025/QH15")pb"),
              IsOk());
  for (const int page_size : {1, 2, 3}) {
    EXPECT_THAT(List(kFilter, page_size),
                ElementsAre("units/a-ha-nam" + suffix, "units/c-yen-bai" + suffix,
                            "units/htx-tan-chi" + suffix));
  }
}

TEST_F(CalendarServiceTest, AMemberThatWasMergedOwesNothing) {
  ASSERT_THAT(server_.Call(&Registry::MergeUnits, R"pb(
    predecessors: "units/ha-nam"
    successor: "units/yen-bai"
    date: "2026-01-01"
    legal_basis: "Nghị quyết 202/2025/QH15")pb"),
              IsOk());
  EXPECT_THAT(List(R"pb(unit: "units/ha-nam")pb"), IsEmpty());
  EXPECT_THAT(server_.Call(&Calendar::ExtendReport, kExtension), HasReason("REPORT_NOT_DUE"));
}

TEST_F(CalendarServiceTest, AnExtensionIsKeptWithReasonApproverAndTime) {
  const auto extended = server_.Call(&Calendar::ExtendReport, kExtension);
  ASSERT_THAT(extended, IsOk());
  ASSERT_EQ(extended->cluster_year().extensions_size(), 1);
  auto expected = FromText<v1::ExtendReportRequest>(kExtension).extension();
  expected.mutable_time()->set_seconds(absl::ToUnixSeconds(server_.clock().Now()));
  EXPECT_EQ(extended->cluster_year().extensions(0).DebugString(), expected.DebugString());
  const auto read = server_.Call(&Registry::GetClusterYear, R"pb(
    name: "clusters/red-river/years/2026")pb");
  EXPECT_EQ(read->cluster_year().DebugString(), extended->cluster_year().DebugString());
  const auto events = server_.Call(&v1::AuditService::Stub::ListAuditEvents, R"pb(
    resource: "clusters/red-river/years/2026")pb");
  ASSERT_THAT(events, IsOk());
  EXPECT_EQ(events->events().rbegin()->method(),
            "thidua.reporting.v1.CalendarService/ExtendReport");
}

TEST_F(CalendarServiceTest, ALateReportIsOnTimeByAnExtension) {
  ASSERT_THAT(server_.Call(&Calendar::ExtendReport, kExtension), IsOk());
  SetDay(1, 20);
  const auto late = Submit("units/bac-ninh");
  ASSERT_THAT(late, IsOk());
  EXPECT_EQ(late->submission().timeliness(), v1::TIMELINESS_LATE);
  const auto extended = Submit("units/ha-nam");
  ASSERT_THAT(extended, IsOk());
  EXPECT_EQ(extended->submission().timeliness(), v1::TIMELINESS_ON_TIME);
}

TEST_F(CalendarServiceTest, AReportIsTakenThatWasMissed) {
  SetDay(1, 25);
  EXPECT_THAT(Submit("units/ha-nam"), HasReason("REPORT_NOT_OPEN"));
  ASSERT_THAT(server_.Call(&Calendar::ExtendReport, kExtension), IsOk());
  const auto taken = Submit("units/ha-nam");
  ASSERT_THAT(taken, IsOk());
  EXPECT_EQ(taken->submission().timeliness(), v1::TIMELINESS_LATE);
  EXPECT_THAT(Submit("units/bac-ninh"), HasReason("REPORT_NOT_OPEN"));
}

TEST_F(CalendarServiceTest, WhatCameBeforeKeepsItsTimeliness) {
  SetDay(1, 15);
  ASSERT_THAT(Submit("units/ha-nam"), IsOk());
  ASSERT_THAT(server_.Call(&Calendar::ExtendReport, kExtension), IsOk());
  const auto page = server_.Call(&Calendar::ListDueReports, R"pb(
    cluster_year: "clusters/red-river/years/2026"
    unit: "units/ha-nam"
    value_kind: VALUE_KIND_ESTIMATE)pb");
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->reports(0).timeliness(), v1::TIMELINESS_LATE);
  EXPECT_EQ(page->reports(0).report().due(), "2026-01-20");
}

TEST_F(CalendarServiceTest, AnExtensionForAllHoldsForCooperativesToo) {
  auto request = FromText<v1::ExtendReportRequest>(kExtension);
  request.mutable_extension()->clear_unit();
  request.mutable_extension()->set_form("forms/cooperative-annual");
  ASSERT_THAT(server_.Call(&Calendar::ExtendReport, request), IsOk());
  SetDay(1, 25);
  EXPECT_THAT(
      List("statuses: STATUS_OVERDUE"),
      ElementsAre("units/htx-tan-chi/submissions/cooperative-annual.2026.estimate OVERDUE"));
}

TEST_F(CalendarServiceTest, ACooperativeGetsAnExtension) {
  auto request = FromText<v1::ExtendReportRequest>(kExtension);
  request.mutable_extension()->set_unit("units/htx-tan-chi");
  EXPECT_THAT(server_.Call(&Calendar::ExtendReport, request), HasReason("REPORT_NOT_DUE"));
  request.mutable_extension()->set_form("forms/cooperative-annual");
  EXPECT_THAT(server_.Call(&Calendar::ExtendReport, request), IsOk());
}

TEST_F(CalendarServiceTest, AClosedYearIsReopenedBeforeItIsExtended) {
  Advance(v1::ClusterYear::STATE_SCORING);
  EXPECT_THAT(Submit("units/ha-nam"), HasReason("CLUSTER_YEAR_CLOSED"));
  const auto refused = server_.Call(&Calendar::ExtendReport, kExtension);
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason("CLUSTER_YEAR_CLOSED"));
  const auto reopened = server_.Call(&Calendar::ReopenClusterYear, kReopening);
  ASSERT_THAT(reopened, IsOk());
  EXPECT_EQ(reopened->cluster_year().state(), v1::ClusterYear::STATE_COLLECTING);
  ASSERT_EQ(reopened->cluster_year().reopenings_size(), 1);
  const v1::Reopening& reopening = reopened->cluster_year().reopenings(0);
  EXPECT_EQ(reopening.from(), v1::ClusterYear::STATE_SCORING);
  EXPECT_EQ(reopening.reason(), "Thiếu báo cáo của Hà Nam");
  EXPECT_EQ(reopening.approver(), "Nguyễn Văn A, Cụm trưởng");
  EXPECT_EQ(reopening.time().seconds(), absl::ToUnixSeconds(server_.clock().Now()));
  EXPECT_THAT(server_.Call(&Calendar::ExtendReport, kExtension), IsOk());
  EXPECT_THAT(Submit("units/ha-nam"), IsOk());
  EXPECT_THAT(server_.Call(&Calendar::ReopenClusterYear, kReopening),
              HasReason("ILLEGAL_STATE_CHANGE"));
  const auto events = server_.Call(&v1::AuditService::Stub::ListAuditEvents, R"pb(
    resource: "clusters/red-river/years/2026")pb");
  ASSERT_THAT(events, IsOk());
  EXPECT_EQ(events->events(events->events_size() - 2).method(),
            "thidua.reporting.v1.CalendarService/ReopenClusterYear");
}

// Calls `method` with `text` twice with one request id, once without writing, and once with an old
// etag.
template <typename Request, typename Response>
void ExpectConventions(ReportingServer& server, StubMethod<Calendar, Request, Response> method,
                       std::string_view text) {
  auto request = FromText<Request>(text);
  const int64_t before = server.ledger().Head();
  request.set_etag("v9");
  EXPECT_THAT(server.Call(method, request), StatusIs(StatusCode::kAborted));
  EXPECT_THAT(server.Call(method, request), HasReason("ETAG_MISMATCH"));
  request.clear_etag();
  request.set_request_id(kRequestId);
  request.set_validate_only(true);
  const auto validated = server.Call(method, request);
  ASSERT_THAT(validated, IsOk());
  EXPECT_THAT(validated->commit_token(), IsEmpty());
  EXPECT_EQ(server.ledger().Head(), before);
  request.set_validate_only(false);
  const auto first = server.Call(method, request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(server.ledger().Head(), before + 1);
  server.clock().Advance(absl::Hours(1));
  const auto again = server.Call(method, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(server.ledger().Head(), before + 1);
  request.mutable_name()->append("0");
  EXPECT_THAT(server.Call(method, request), HasReason("REQUEST_ID_REUSED"));
}

TEST_F(CalendarServiceTest, AnExtensionIsGrantedOnce) {
  ExpectConventions(server_, &Calendar::ExtendReport, kExtension);
}

TEST_F(CalendarServiceTest, AYearIsReopenedOnce) {
  Advance(v1::ClusterYear::STATE_REVIEW);
  ExpectConventions(server_, &Calendar::ReopenClusterYear, kReopening);
}

TEST_F(CalendarServiceTest, APageTokenIsForItsQuery) {
  auto request = FromText<v1::ListDueReportsRequest>(R"pb(
    cluster_year: "clusters/red-river/years/2026"
    page_size: 2)pb");
  const auto page = server_.Call(&Calendar::ListDueReports, request);
  ASSERT_THAT(page, IsOk());
  request.set_page_token(page->next_page_token());
  EXPECT_THAT(server_.Call(&Calendar::ListDueReports, request), IsOk());
  request.add_statuses(Status::STATUS_AWAITED);
  const auto refused = server_.Call(&Calendar::ListDueReports, request);
  EXPECT_THAT(refused, HasReason("INVALID_PAGE_TOKEN"));
  EXPECT_THAT(refused, HasViolation("page_token"));
}

}  // namespace
}  // namespace reporting
