#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::StatusIs;
using Submissions = v1::SubmissionService::Stub;

constexpr std::string_view kName = R"pb(
  name: "units/bac-ninh/submissions/alliance-annual.2026.estimate")pb";

class SubmissionServiceTest : public ::testing::Test {
 protected:
  SubmissionServiceTest() { BuildWorld(server_); }

  v1::SubmitResponse Submit(const v1::SubmitRequest& request) {
    const auto response = server_.Call(&Submissions::Submit, request);
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::SubmitResponse());
  }

  static v1::SubmitRequest ReportOf(const std::string& coop_total) {
    v1::SubmitRequest request = SomeReport();
    request.mutable_report()->mutable_figures(0)->set_number(coop_total);
    return request;
  }

  v1::Submission Read(int revision = 0) {
    auto request = FromText<v1::GetSubmissionRequest>(kName);
    request.set_revision(revision);
    return server_.Call(&Submissions::GetSubmission, request)
        .value_or(v1::GetSubmissionResponse())
        .submission();
  }

  std::vector<std::string> Names(std::string_view request) {
    std::vector<std::string> names;
    const auto page = server_.Call(&Submissions::ListSubmissions, request);
    EXPECT_THAT(page, IsOk());
    for (const auto& submission : page->submissions()) names.push_back(submission.name());
    return names;
  }

  void Advance(std::string_view state) {
    EXPECT_THAT(server_.Call(&v1::RegistryService::Stub::AdvanceClusterYear,
                             "name: 'clusters/red-river/years/2026' state: " + std::string(state)),
                IsOk());
  }

  ReportingServer server_;
};

TEST_F(SubmissionServiceTest, AReportIsStoredAsItsUnitsSubmission) {
  v1::SubmitRequest request = FromText<v1::SubmitRequest>(R"pb(
    report {
      unit: "units/bac-ninh"
      form: "forms/alliance-annual"
      period: "2026"
      value_kind: VALUE_KIND_ESTIMATE
      figures { indicator: "indicators/INCOME" not_applicable: true note: "chưa có" }
      figures { indicator: "indicators/COOP_TOTAL" number: "662.0" }
      source: "Báo cáo 12/BC-LMHTX"
      author: "Phó Chủ tịch"
    })pb");
  const v1::SubmitResponse response = Submit(request);
  EXPECT_EQ(response.outcome(), v1::OUTCOME_CREATED);
  const v1::Submission& submission = response.submission();
  EXPECT_EQ(submission.name(), "units/bac-ninh/submissions/alliance-annual.2026.estimate");
  EXPECT_EQ(submission.cluster_year(), "clusters/red-river/years/2026");
  EXPECT_EQ(submission.state(), v1::Submission::STATE_SUBMITTED);
  EXPECT_EQ(submission.revision(), 1);
  EXPECT_EQ(submission.timeliness(), v1::TIMELINESS_ON_TIME);
  EXPECT_EQ(absl::FromUnixSeconds(submission.receive_time().seconds()), server_.clock().Now());
  EXPECT_FALSE(submission.transcribed());
  // In the order of the form.
  ASSERT_EQ(submission.figures_size(), 2);
  EXPECT_EQ(submission.figures(0).number(), "662");
  EXPECT_TRUE(submission.figures(1).not_applicable());
  EXPECT_EQ(submission.figures(1).note(), "chưa có");
  EXPECT_EQ(submission.source(), "Báo cáo 12/BC-LMHTX");
  EXPECT_EQ(Read().SerializeAsString(), submission.SerializeAsString());
}

TEST_F(SubmissionServiceTest, OtherContentMakesARevisionAndTheSameNone) {
  Submit(ReportOf("662"));
  EXPECT_EQ(Submit(ReportOf("663")).outcome(), v1::OUTCOME_REVISED);
  const int64_t head = server_.ledger().Head();
  const v1::SubmitResponse again = Submit(ReportOf("663"));
  EXPECT_EQ(again.outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(again.submission().revision(), 2);
  EXPECT_EQ(again.submission().etag(), "v2");
  EXPECT_EQ(server_.ledger().Head(), head);
}

TEST_F(SubmissionServiceTest, WhatAResendLeavesOutIsMissing) {
  Submit(SomeReport());
  v1::SubmitRequest shorter = SomeReport();
  shorter.mutable_report()->mutable_figures()->RemoveLast();
  EXPECT_EQ(Submit(shorter).submission().figures_size(), 1);
}

TEST_F(SubmissionServiceTest, EarlierRevisionsStayReadable) {
  Submit(ReportOf("662"));
  Submit(ReportOf("663"));
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, kName), IsOk());
  EXPECT_EQ(Read(1).figures(0).number(), "662");
  // The last version of the revision has the verdict on it.
  EXPECT_EQ(Read(2).state(), v1::Submission::STATE_ACCEPTED);
  EXPECT_EQ(Read(2).etag(), "v3");
}

TEST_F(SubmissionServiceTest, ParallelSendersOfOneReportMakeOneSubmission) {
  constexpr int kSenders = 8;
  std::vector<v1::Outcome> outcomes(kSenders);
  {
    std::vector<std::jthread> senders;
    senders.reserve(kSenders);
    for (v1::Outcome& outcome : outcomes) {
      senders.emplace_back([this, &outcome] { outcome = Submit(SomeReport()).outcome(); });
    }
  }
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), v1::OUTCOME_CREATED), 1);
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), v1::OUTCOME_UNCHANGED), kSenders - 1);
  EXPECT_EQ(Read().etag(), "v1");
}

TEST_F(SubmissionServiceTest, AReturnedReportIsCorrectedAndAccepted) {
  Submit(ReportOf("662"));
  server_.clock().Advance(absl::Hours(1));
  auto request = FromText<v1::ReturnSubmissionRequest>(kName);
  *request.mutable_return_reason() = FromText<v1::ReturnReason>(R"pb(
    reviewer: "Cụm trưởng"
    reason: "Xem lại"
    figures { indicator: "indicators/COOP_TOTAL" reason: "Không khớp quý III" })pb");
  const auto returned = server_.Call(&Submissions::ReturnSubmission, request);
  ASSERT_THAT(returned, IsOk());
  EXPECT_EQ(returned->submission().state(), v1::Submission::STATE_RETURNED);
  EXPECT_EQ(returned->submission().return_reason().figures(0).reason(), "Không khớp quý III");
  // After the due day: a correction does not make it late.
  server_.clock().Advance(absl::Hours(24 * 10));
  const v1::SubmitResponse corrected = Submit(ReportOf("665"));
  EXPECT_EQ(corrected.outcome(), v1::OUTCOME_REVISED);
  EXPECT_EQ(corrected.submission().state(), v1::Submission::STATE_SUBMITTED);
  EXPECT_EQ(corrected.submission().timeliness(), v1::TIMELINESS_ON_TIME);
  EXPECT_FALSE(corrected.submission().has_return_reason());
  const auto accepted = server_.Call(&Submissions::AcceptSubmission, kName);
  ASSERT_THAT(accepted, IsOk());
  EXPECT_EQ(accepted->submission().state(), v1::Submission::STATE_ACCEPTED);
}

TEST_F(SubmissionServiceTest, VerdictsAreSafeToRepeat) {
  Submit(SomeReport());
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, kName), IsOk());
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, kName), IsOk());
  EXPECT_EQ(Read().etag(), "v2");
  ASSERT_THAT(server_.Call(&Submissions::LockSubmission, kName), IsOk());
  ASSERT_THAT(server_.Call(&Submissions::LockSubmission, kName), IsOk());
  EXPECT_EQ(Read().etag(), "v3");
  EXPECT_EQ(Read().state(), v1::Submission::STATE_LOCKED);
}

TEST_F(SubmissionServiceTest, ARestatementChangesAcceptedFiguresWithReasonAndApprover) {
  Submit(SomeReport());
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, kName), IsOk());
  ASSERT_THAT(server_.Call(&Submissions::LockSubmission, kName), IsOk());
  Advance("STATE_SCORING");
  auto request = FromText<v1::RestateSubmissionRequest>(kName);
  request.MergeFrom(FromText<v1::RestateSubmissionRequest>(R"pb(
    figures { indicator: "indicators/COOP_TOTAL" number: "660" }
    reason: "Kiểm tra lại"
    approver: "Chủ tịch"
    etag: "v3")pb"));
  const auto restated = server_.Call(&Submissions::RestateSubmission, request);
  ASSERT_THAT(restated, IsOk());
  EXPECT_EQ(restated->submission().state(), v1::Submission::STATE_ACCEPTED);
  EXPECT_EQ(restated->submission().revision(), 2);
  ASSERT_EQ(restated->submission().restatements_size(), 1);
  EXPECT_EQ(restated->submission().restatements(0).approver(), "Chủ tịch");
  EXPECT_EQ(restated->submission().restatements(0).revision(), 2);
  request.set_etag("");
  EXPECT_THAT(server_.Call(&Submissions::RestateSubmission, request),
              HasReason("NOTHING_RESTATED"));
}

TEST_F(SubmissionServiceTest, EveryVersionIsListedOldestFirst) {
  Submit(ReportOf("662"));
  Submit(ReportOf("663"));
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, kName), IsOk());
  auto request = FromText<v1::ListSubmissionVersionsRequest>(kName);
  request.set_page_size(2);
  const auto first = server_.Call(&Submissions::ListSubmissionVersions, request);
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->submissions_size(), 2);
  EXPECT_EQ(first->submissions(0).etag(), "v1");
  request.set_page_token(first->next_page_token());
  const auto second = server_.Call(&Submissions::ListSubmissionVersions, request);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->submissions_size(), 1);
  EXPECT_EQ(second->submissions(0).state(), v1::Submission::STATE_ACCEPTED);
  EXPECT_THAT(second->next_page_token(), IsEmpty());
}

TEST_F(SubmissionServiceTest, ListsAreByYearOrUnitAndFilter) {
  Submit(SomeReport());
  v1::SubmitRequest other = SomeReport();
  other.mutable_report()->set_unit("units/ha-nam");
  Submit(other);
  Submit(FromText<v1::SubmitRequest>(R"pb(
    report {
      unit: "units/htx-tan-chi"
      form: "forms/cooperative-annual"
      period: "2026"
      value_kind: VALUE_KIND_ESTIMATE
      figures { indicator: "indicators/INCOME" number: "71.25" }
    })pb"));
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, kName), IsOk());
  const std::string bac_ninh = "units/bac-ninh/submissions/alliance-annual.2026.estimate";
  const std::string ha_nam = "units/ha-nam/submissions/alliance-annual.2026.estimate";
  const std::string tan_chi = "units/htx-tan-chi/submissions/cooperative-annual.2026.estimate";
  const std::string year = "cluster_year: 'clusters/red-river/years/2026' ";
  EXPECT_THAT(Names(year), ElementsAre(bac_ninh, ha_nam, tan_chi));
  EXPECT_THAT(Names("unit: 'units/ha-nam'"), ElementsAre(ha_nam));
  EXPECT_THAT(Names("cluster_year: 'clusters/red-river/years/2020'"), IsEmpty());
  EXPECT_THAT(Names(year + "form: 'forms/cooperative-annual'"), ElementsAre(tan_chi));
  EXPECT_THAT(Names(year + "state: STATE_ACCEPTED"), ElementsAre(bac_ninh));
  EXPECT_THAT(Names(year + "value_kind: VALUE_KIND_FINAL"), IsEmpty());
  EXPECT_THAT(Names(year + "period: '2025'"), IsEmpty());
}

TEST_F(SubmissionServiceTest, ATranscribedYearTakesTheStatedTime) {
  v1::SubmitRequest request = SomeReport();
  request.mutable_report()->set_period("2020");
  // 2020-12-02 10:00 in Hà Nội, a day after it was due.
  request.mutable_report()->mutable_receive_time()->set_seconds(1606878000);
  const v1::Submission submission = Submit(request).submission();
  EXPECT_TRUE(submission.transcribed());
  EXPECT_EQ(submission.receive_time().seconds(), 1606878000);
  EXPECT_EQ(submission.timeliness(), v1::TIMELINESS_IN_GRACE);
}

TEST_F(SubmissionServiceTest, ReportsAreTakenUntilTheClosingDayIsOver) {
  // The last second of the closing day in Hà Nội.
  server_.clock().Set(
      absl::FromCivil(absl::CivilSecond(2026, 1, 20, 23, 59, 59), absl::FixedTimeZone(7 * 3600)));
  EXPECT_EQ(Submit(SomeReport()).submission().timeliness(), v1::TIMELINESS_LATE);
  server_.clock().Advance(absl::Seconds(1));
  v1::SubmitRequest other = SomeReport();
  other.mutable_report()->set_unit("units/ha-nam");
  const auto refused = server_.Call(&Submissions::Submit, other);
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason("REPORT_NOT_OPEN"));
}

TEST_F(SubmissionServiceTest, AClosedYearTakesNothingNewButKnowsWhatItHas) {
  Submit(SomeReport());
  Advance("STATE_SCORING");
  EXPECT_EQ(Submit(SomeReport()).outcome(), v1::OUTCOME_UNCHANGED);
  const auto refused = server_.Call(&Submissions::Submit, ReportOf("700"));
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason("CLUSTER_YEAR_CLOSED"));
}

TEST_F(SubmissionServiceTest, AcceptedFiguresAreNotResent) {
  Submit(SomeReport());
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, kName), IsOk());
  const auto refused = server_.Call(&Submissions::Submit, ReportOf("700"));
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason("ILLEGAL_STATE_CHANGE"));
}

TEST_F(SubmissionServiceTest, VerdictsNeedTheStateTheySay) {
  Submit(SomeReport());
  EXPECT_THAT(server_.Call(&Submissions::LockSubmission, kName), HasReason("ILLEGAL_STATE_CHANGE"));
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, kName), IsOk());
  auto request = FromText<v1::ReturnSubmissionRequest>(kName);
  *request.mutable_return_reason() = FromText<v1::ReturnReason>(R"pb(reviewer: "A" reason: "B")pb");
  EXPECT_THAT(server_.Call(&Submissions::ReturnSubmission, request),
              HasReason("ILLEGAL_STATE_CHANGE"));
}

TEST_F(SubmissionServiceTest, ARestatementIsCheckedLikeAReport) {
  Submit(SomeReport());
  auto request = FromText<v1::RestateSubmissionRequest>(kName);
  request.MergeFrom(FromText<v1::RestateSubmissionRequest>(R"pb(
    figures { indicator: "indicators/COOP_TOTAL" number: "-1" }
    figures { indicator: "indicators/COOP_NEW" number: "một" })pb"));
  const auto refused = server_.Call(&Submissions::RestateSubmission, request);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasViolation("figures[0].number"));
  EXPECT_THAT(refused, HasViolation("figures[1].number"));
  EXPECT_THAT(refused, HasViolation("reason"));
  EXPECT_THAT(refused, HasViolation("approver"));
  request = FromText<v1::RestateSubmissionRequest>(kName);
  request.MergeFrom(FromText<v1::RestateSubmissionRequest>(R"pb(
    figures { indicator: "indicators/COOP_TOTAL" number: "1" }
    reason: "A"
    approver: "B")pb"));
  EXPECT_THAT(server_.Call(&Submissions::RestateSubmission, request),
              HasReason("ILLEGAL_STATE_CHANGE"));
}

TEST_F(SubmissionServiceTest, VerdictsOnAnOldVersionAreRefused) {
  Submit(SomeReport());
  Submit(ReportOf("700"));
  auto accept = FromText<v1::AcceptSubmissionRequest>(kName);
  accept.set_etag("v1");
  const auto refused = server_.Call(&Submissions::AcceptSubmission, accept);
  EXPECT_THAT(refused, StatusIs(StatusCode::kAborted));
  EXPECT_THAT(refused, HasReason("ETAG_MISMATCH"));
  EXPECT_EQ(Read().state(), v1::Submission::STATE_SUBMITTED);
}

TEST_F(SubmissionServiceTest, ARevisionThatIsNotThereIsNotFound) {
  Submit(SomeReport());
  auto request = FromText<v1::GetSubmissionRequest>(kName);
  request.set_revision(2);
  EXPECT_THAT(server_.Call(&Submissions::GetSubmission, request), StatusIs(StatusCode::kNotFound));
  request.set_revision(-1);
  EXPECT_THAT(server_.Call(&Submissions::GetSubmission, request), HasViolation("revision"));
}

}  // namespace
}  // namespace reporting
