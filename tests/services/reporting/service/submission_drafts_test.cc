#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::StatusIs;
using Submissions = v1::SubmissionService::Stub;

constexpr char kName[] = "units/bac-ninh/submissions/alliance-annual.2026.estimate";
constexpr char kRequestId[] = "0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10";

template <typename Request>
Request Named(const std::string& etag = "") {
  Request request;
  request.set_name(kName);
  request.set_etag(etag);
  return request;
}

v1::SaveDraftRequest SomeDraft() {
  v1::SaveDraftRequest request;
  *request.mutable_report() = SomeReport().report();
  return request;
}

// Lacks COOP_TOTAL, which is required.
v1::SaveDraftRequest IncompleteDraft() {
  v1::SaveDraftRequest request = SomeDraft();
  request.mutable_report()->mutable_figures()->DeleteSubrange(0, 1);
  return request;
}

class SubmissionDraftsTest : public ::testing::Test {
 protected:
  SubmissionDraftsTest() { BuildWorld(server_); }

  v1::Submission Save(const v1::SaveDraftRequest& request) {
    const auto response = server_.Call(&Submissions::SaveDraft, request);
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::SaveDraftResponse()).submission();
  }

  v1::Submission Read() {
    v1::GetSubmissionRequest request;
    request.set_name(kName);
    return server_.Call(&Submissions::GetSubmission, request)
        .value_or(v1::GetSubmissionResponse())
        .submission();
  }

  v1::ComputeTotalsResponse Totals() {
    return server_
        .Call(&v1::StatisticsService::Stub::ComputeTotals, R"pb(
          cluster_year: "clusters/red-river/years/2026"
          form: "forms/alliance-annual"
          period: "2026")pb")
        .value_or(v1::ComputeTotalsResponse());
  }

  ReportingServer server_;
};

TEST_F(SubmissionDraftsTest, ADraftMayBeIncompleteAndHasNotBeenReceived) {
  const v1::Submission draft = Save(IncompleteDraft());
  EXPECT_EQ(draft.name(), kName);
  EXPECT_EQ(draft.state(), v1::Submission::STATE_DRAFT);
  EXPECT_EQ(draft.revision(), 0);
  EXPECT_EQ(draft.figures_size(), 1);
  EXPECT_FALSE(draft.has_receive_time());
  EXPECT_EQ(draft.timeliness(), v1::TIMELINESS_UNSPECIFIED);
  EXPECT_EQ(draft.cluster_year(), "clusters/red-river/years/2026");
  EXPECT_EQ(Read().SerializeAsString(), draft.SerializeAsString());
}

TEST_F(SubmissionDraftsTest, TheNextDraftReplacesItAndTheSameWritesNothing) {
  Save(SomeDraft());
  const v1::Submission next = Save(IncompleteDraft());
  EXPECT_EQ(next.figures_size(), 1);
  EXPECT_EQ(next.etag(), "v2");
  const int64_t head = server_.ledger().Head();
  EXPECT_EQ(Save(IncompleteDraft()).etag(), "v2");
  EXPECT_EQ(server_.ledger().Head(), head);
}

TEST_F(SubmissionDraftsTest, ADraftCountsNowhere) {
  Save(SomeDraft());
  EXPECT_EQ(Totals().reported_count(), 0);
  EXPECT_THAT(Totals().missing_units(), ElementsAre("units/bac-ninh", "units/ha-nam"));
  ASSERT_THAT(server_.Call(&Submissions::WithdrawDraft, Named<v1::WithdrawDraftRequest>()), IsOk());
  EXPECT_EQ(Totals().reported_count(), 0);
  Save(SomeDraft());
  ASSERT_THAT(server_.Call(&Submissions::SubmitDraft, Named<v1::SubmitDraftRequest>()), IsOk());
  EXPECT_EQ(Totals().reported_count(), 1);
}

TEST_F(SubmissionDraftsTest, DraftsAreListedAndToldApartByTheirState) {
  Save(SomeDraft());
  const auto list = [&](std::string_view state) {
    return server_
        .Call(&Submissions::ListSubmissions, "unit: 'units/bac-ninh' " + std::string(state))
        ->submissions_size();
  };
  EXPECT_EQ(list(""), 1);
  EXPECT_EQ(list("state: STATE_DRAFT"), 1);
  EXPECT_EQ(list("state: STATE_SUBMITTED"), 0);
  EXPECT_EQ(list("state: STATE_WITHDRAWN"), 0);
}

TEST_F(SubmissionDraftsTest, ADraftHandedInIsReceivedThen) {
  Save(SomeDraft());
  // A day after the due day.
  server_.clock().Advance(absl::Hours(6 * 24));
  const auto submitted = server_.Call(&Submissions::SubmitDraft, Named<v1::SubmitDraftRequest>());
  ASSERT_THAT(submitted, IsOk());
  const v1::Submission& submission = submitted->submission();
  EXPECT_EQ(submission.state(), v1::Submission::STATE_SUBMITTED);
  EXPECT_EQ(submission.revision(), 1);
  EXPECT_EQ(absl::FromUnixSeconds(submission.receive_time().seconds()), server_.clock().Now());
  EXPECT_EQ(submission.timeliness(), v1::TIMELINESS_IN_GRACE);
  EXPECT_EQ(submission.figures_size(), 2);
  EXPECT_EQ(submission.etag(), "v2");
}

TEST_F(SubmissionDraftsTest, AStatedTimeIsKeptUntilTheDraftIsHandedIn) {
  v1::SaveDraftRequest request = SomeDraft();
  request.mutable_report()->set_period("2020");
  EXPECT_THAT(server_.Call(&Submissions::SaveDraft, request), HasViolation("report.receive_time"));
  // 2020-12-02 10:00 in Hà Nội, a day after it was due.
  request.mutable_report()->mutable_receive_time()->set_seconds(1606878000);
  EXPECT_EQ(Save(request).receive_time().seconds(), 1606878000);
  const auto submitted =
      server_.Call(&Submissions::SubmitDraft,
                   R"pb(name: "units/bac-ninh/submissions/alliance-annual.2020.estimate")pb");
  ASSERT_THAT(submitted, IsOk());
  EXPECT_EQ(submitted->submission().receive_time().seconds(), 1606878000);
  EXPECT_EQ(submitted->submission().timeliness(), v1::TIMELINESS_IN_GRACE);
  EXPECT_TRUE(submitted->submission().transcribed());
}

TEST_F(SubmissionDraftsTest, AnIncompleteDraftIsNotHandedInAndStays) {
  const v1::Submission draft = Save(IncompleteDraft());
  const auto refused = server_.Call(&Submissions::SubmitDraft, Named<v1::SubmitDraftRequest>());
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasReason("REQUIRED_FIGURE_MISSING"));
  EXPECT_THAT(refused, HasViolation("report.figures"));
  EXPECT_EQ(Read().SerializeAsString(), draft.SerializeAsString());
}

TEST_F(SubmissionDraftsTest, EveryVersionIsKept) {
  Save(IncompleteDraft());
  Save(SomeDraft());
  ASSERT_THAT(server_.Call(&Submissions::WithdrawDraft, Named<v1::WithdrawDraftRequest>()), IsOk());
  ASSERT_THAT(server_.Call(&Submissions::Submit, SomeReport()), IsOk());
  const auto versions =
      server_.Call(&Submissions::ListSubmissionVersions, "name: '" + std::string(kName) + "'");
  ASSERT_THAT(versions, IsOk());
  std::vector<v1::Submission::State> states;
  for (const auto& version : versions->submissions()) states.push_back(version.state());
  EXPECT_THAT(states,
              ElementsAre(v1::Submission::STATE_DRAFT, v1::Submission::STATE_DRAFT,
                          v1::Submission::STATE_WITHDRAWN, v1::Submission::STATE_SUBMITTED));
  v1::GetSubmissionRequest request;
  request.set_name(kName);
  request.set_revision(1);
  EXPECT_EQ(server_.Call(&Submissions::GetSubmission, request)->submission().state(),
            v1::Submission::STATE_SUBMITTED);
}

TEST_F(SubmissionDraftsTest, ADraftIsNoRevision) {
  Save(SomeDraft());
  v1::GetSubmissionRequest request;
  request.set_name(kName);
  request.set_revision(1);
  EXPECT_THAT(server_.Call(&Submissions::GetSubmission, request), HasReason("RESOURCE_NOT_FOUND"));
}

TEST_F(SubmissionDraftsTest, RepeatedRequestsGetTheFirstAnswer) {
  v1::SaveDraftRequest save = SomeDraft();
  save.set_request_id(kRequestId);
  const v1::Submission draft = Save(save);
  auto submit = Named<v1::SubmitDraftRequest>();
  submit.set_request_id(kRequestId);
  const auto submitted = server_.Call(&Submissions::SubmitDraft, submit);
  ASSERT_THAT(submitted, IsOk());
  const int64_t head = server_.ledger().Head();
  EXPECT_EQ(Save(save).SerializeAsString(), draft.SerializeAsString());
  const auto again = server_.Call(&Submissions::SubmitDraft, submit);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), submitted->SerializeAsString());
  EXPECT_EQ(server_.ledger().Head(), head);
}

TEST_F(SubmissionDraftsTest, ValidateOnlyWritesNothing) {
  v1::SaveDraftRequest save = SomeDraft();
  save.set_validate_only(true);
  const int64_t head = server_.ledger().Head();
  const auto validated = server_.Call(&Submissions::SaveDraft, save);
  ASSERT_THAT(validated, IsOk());
  EXPECT_THAT(validated->commit_token(), IsEmpty());
  EXPECT_EQ(server_.ledger().Head(), head);
}

TEST_F(SubmissionDraftsTest, AnOldEtagIsRefusedByEachCall) {
  v1::SaveDraftRequest save = SomeDraft();
  save.set_etag("v1");
  // There is none to be in that version.
  EXPECT_THAT(server_.Call(&Submissions::SaveDraft, save), StatusIs(StatusCode::kAborted));
  Save(SomeDraft());
  Save(IncompleteDraft());
  const int64_t head = server_.ledger().Head();
  EXPECT_THAT(server_.Call(&Submissions::SaveDraft, save), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(server_.Call(&Submissions::SubmitDraft, Named<v1::SubmitDraftRequest>("v1")),
              HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(server_.Call(&Submissions::WithdrawDraft, Named<v1::WithdrawDraftRequest>("v1")),
              HasReason("ETAG_MISMATCH"));
  EXPECT_EQ(server_.ledger().Head(), head);
  save.set_etag("v2");
  EXPECT_THAT(server_.Call(&Submissions::SaveDraft, save), IsOk());
}

TEST_F(SubmissionDraftsTest, AfterHandingInTheRefusalSaysHowToGoOn) {
  ASSERT_THAT(server_.Call(&Submissions::Submit, SomeReport()), IsOk());
  const auto refused = server_.Call(&Submissions::SaveDraft, IncompleteDraft());
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason("ILLEGAL_STATE_CHANGE"));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("by Submit"));
}

TEST_F(SubmissionDraftsTest, AClosedYearTakesNoDrafts) {
  Save(SomeDraft());
  ASSERT_THAT(server_.Call(&v1::RegistryService::Stub::AdvanceClusterYear, R"pb(
    name: "clusters/red-river/years/2026"
    state: STATE_SCORING)pb"),
              IsOk());
  EXPECT_THAT(server_.Call(&Submissions::SaveDraft, IncompleteDraft()),
              HasReason("CLUSTER_YEAR_CLOSED"));
  EXPECT_THAT(server_.Call(&Submissions::SubmitDraft, Named<v1::SubmitDraftRequest>()),
              HasReason("CLUSTER_YEAR_CLOSED"));
  EXPECT_THAT(server_.Call(&Submissions::WithdrawDraft, Named<v1::WithdrawDraftRequest>()), IsOk());
}

// Saves a good draft after `edits`, in text form, were merged into its report.
std::function<absl::Status(ReportingServer& server)> SavingWith(std::string_view edits) {
  return [edits = std::string(edits)](ReportingServer& server) {
    v1::SaveDraftRequest request = IncompleteDraft();
    request.mutable_report()->MergeFrom(FromText<v1::Report>(edits));
    return server.Call(&Submissions::SaveDraft, request).status();
  };
}

class DraftRefused : public ::testing::TestWithParam<Refusal> {};

TEST_P(DraftRefused, AsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Save, DraftRefused,
    ::testing::ValuesIn<Refusal>({
        {"MalformedDecimal",
         SavingWith(R"pb(figures { indicator: "indicators/INCOME" number: "1,5" })pb"),
         StatusCode::kInvalidArgument,
         "INVALID_DECIMAL",
         {"report.figures[1].number"}},
        {"IndicatorNotInForm",
         SavingWith(R"pb(figures { indicator: "indicators/NONE" number: "1" })pb"),
         StatusCode::kInvalidArgument,
         "INDICATOR_NOT_IN_FORM",
         {"report.figures[1].indicator"}},
        {"IndicatorTwice",
         SavingWith(R"pb(figures { indicator: "indicators/COOP_NEW" number: "1" })pb"),
         StatusCode::kInvalidArgument,
         "DUPLICATE_INDICATOR",
         {"report.figures[1].indicator"}},
        {"OutOfBounds",
         SavingWith(R"pb(figures { indicator: "indicators/COOP_TOTAL" number: "-1" })pb"),
         StatusCode::kInvalidArgument,
         "FIGURE_OUT_OF_BOUNDS",
         {"report.figures[1].number"}},
        {"ScaleExceeded",
         SavingWith(R"pb(figures { indicator: "indicators/COOP_TOTAL" number: "1.5" })pb"),
         StatusCode::kInvalidArgument,
         "FIGURE_SCALE_EXCEEDED",
         {"report.figures[1].number"}},
        {"NoReport",
         Calling(&Submissions::SaveDraft, ""),
         StatusCode::kInvalidArgument,
         "REQUIRED_FIELD_MISSING",
         {"report.unit", "report.form", "report.period"}},
        {"NoPeriodButAnEtag",
         [](ReportingServer& server) {
           v1::SaveDraftRequest request = IncompleteDraft();
           request.mutable_report()->set_period("2026-Q5");
           request.set_etag("v7");
           return server.Call(&Submissions::SaveDraft, request).status();
         },
         StatusCode::kInvalidArgument,
         "PERIOD_INVALID",
         {"report.period"}},
        {"UnknownUnit",
         SavingWith(R"pb(unit: "units/nowhere")pb"),
         StatusCode::kFailedPrecondition,
         "UNIT_UNKNOWN",
         {"report.unit"}},
        {"UnknownForm",
         SavingWith(R"pb(form: "forms/none")pb"),
         StatusCode::kFailedPrecondition,
         "FORM_UNKNOWN",
         {"report.form"}},
        {"FormForAnotherKind",
         SavingWith(R"pb(form: "forms/cooperative-annual")pb"),
         StatusCode::kFailedPrecondition,
         "FORM_NOT_FOR_UNIT",
         {}},
        {"NotInTheCalendar",
         SavingWith(R"pb(period: "2027")pb"),
         StatusCode::kFailedPrecondition,
         "REPORT_NOT_DUE",
         {}},
        {"NotOpenYet",
         SavingWith(R"pb(value_kind: VALUE_KIND_FINAL)pb"),
         StatusCode::kFailedPrecondition,
         "REPORT_NOT_OPEN",
         {}},
    }),
    testkit::CaseName<Refusal>);

INSTANTIATE_TEST_SUITE_P(Others, DraftRefused,
                         ::testing::ValuesIn<Refusal>({
                             {"SubmitNoName",
                              Calling(&Submissions::SubmitDraft, R"pb(name: "bac-ninh")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_NAME",
                              {"name"}},
                             {"WithdrawNoName",
                              Calling(&Submissions::WithdrawDraft, R"pb(name: "bac-ninh")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_NAME",
                              {"name"}},
                         }),
                         testkit::CaseName<Refusal>);

}  // namespace
}  // namespace reporting
