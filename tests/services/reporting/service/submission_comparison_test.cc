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
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::IsOk;
using Submissions = v1::SubmissionService::Stub;

constexpr char kName[] = "units/bac-ninh/submissions/alliance-annual.2026.estimate";

class SubmissionComparisonTest : public ::testing::Test {
 protected:
  SubmissionComparisonTest() { BuildWorld(server_); }

  void Submit(std::string_view figures, v1::ValueKind kind = v1::VALUE_KIND_ESTIMATE) {
    v1::SubmitRequest request = SomeReport();
    request.mutable_report()->clear_figures();
    request.mutable_report()->MergeFrom(FromText<v1::Report>(figures));
    request.mutable_report()->set_value_kind(kind);
    EXPECT_THAT(server_.Call(&Submissions::Submit, request), IsOk());
  }

  void Accept() {
    EXPECT_THAT(server_.Call(&Submissions::AcceptSubmission, "name: '" + std::string(kName) + "'"),
                IsOk());
  }

  void Restate(std::string_view figures) {
    auto request = FromText<v1::RestateSubmissionRequest>(figures);
    request.set_name(kName);
    request.set_reason("Kiểm tra lại");
    request.set_approver("Chủ tịch");
    EXPECT_THAT(server_.Call(&Submissions::RestateSubmission, request), IsOk());
  }

  v1::CompareSubmissionsResponse Compare(std::string_view request) {
    const auto response = server_.Call(&Submissions::CompareSubmissions, request);
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::CompareSubmissionsResponse());
  }

  ReportingServer server_;
};

constexpr std::string_view kFirst = R"pb(
  figures { indicator: "indicators/COOP_TOTAL" number: "662" }
  figures { indicator: "indicators/COOP_NEW" number: "48" })pb";
constexpr std::string_view kSecond = R"pb(
  figures { indicator: "indicators/INCOME" not_applicable: true }
  figures { indicator: "indicators/COOP_TOTAL" number: "660" })pb";

void ExpectFirstToSecond(const v1::CompareSubmissionsResponse& response) {
  EXPECT_EQ(response.DebugString(),
            FromText<v1::CompareSubmissionsResponse>(R"pb(
              changes {
                indicator: "indicators/COOP_TOTAL"
                before { indicator: "indicators/COOP_TOTAL" number: "662" definition_version: 1 }
                after { indicator: "indicators/COOP_TOTAL" number: "660" definition_version: 1 }
                difference: "-2"
                percent: "-0.3"
              }
              changes {
                indicator: "indicators/COOP_NEW"
                before { indicator: "indicators/COOP_NEW" number: "48" definition_version: 1 }
              }
              changes {
                indicator: "indicators/INCOME"
                after { indicator: "indicators/INCOME" not_applicable: true definition_version: 1 }
              }
              base_revision: 1
              revision: 2)pb")
                .DebugString());
}

TEST_F(SubmissionComparisonTest, TwoRevisionsAreCompared) {
  Submit(kFirst);
  Submit(kSecond);
  Submit(kFirst);
  ExpectFirstToSecond(
      Compare(R"pb(
        base_content {
          submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate"
          revision: 1
        }
        content {
          submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate"
          revision: 2
        })pb"));
}

TEST_F(SubmissionComparisonTest, EqualContentsDifferInNothing) {
  Submit(kFirst);
  const auto response = Compare(R"pb(
    base_content { submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate" }
    content { submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate" })pb");
  EXPECT_THAT(response.changes(), IsEmpty());
  EXPECT_EQ(response.base_revision(), 1);
  EXPECT_EQ(response.revision(), 1);
}

constexpr std::string_view kSinceAccepted = R"pb(
  last_accepted: true
  content { submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate" })pb";

TEST_F(SubmissionComparisonTest, WhatChangedSinceItWasAccepted) {
  Submit(kSecond);
  Submit(kFirst);
  EXPECT_THAT(server_.Call(&Submissions::CompareSubmissions, kSinceAccepted),
              HasReason("NEVER_ACCEPTED"));
  Accept();
  EXPECT_THAT(Compare(kSinceAccepted).changes(), IsEmpty());
  EXPECT_EQ(Compare(kSinceAccepted).base_revision(), 2);
  // A restatement is accepted as it is made.
  Restate(kSecond);
  EXPECT_THAT(Compare(kSinceAccepted).changes(), IsEmpty());
  EXPECT_EQ(Compare(kSinceAccepted).base_revision(), 3);
  const auto earlier =
      Compare(R"pb(
        last_accepted: true
        content {
          submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate"
          revision: 2
        })pb");
  EXPECT_EQ(earlier.changes_size(), 3);
  EXPECT_EQ(earlier.base_revision(), 3);
  EXPECT_EQ(earlier.changes(0).difference(), "2");
}

TEST_F(SubmissionComparisonTest, TheEstimateIsComparedWithTheFinalFigures) {
  Submit(kFirst);
  server_.clock().Set(
      absl::FromCivil(absl::CivilSecond(2026, 2, 3, 9, 0, 0), absl::FixedTimeZone(7 * 3600)));
  Submit(kSecond, v1::VALUE_KIND_FINAL);
  v1::CompareSubmissionsResponse response = Compare(R"pb(
    base_content { submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate" }
    content { submission: "units/bac-ninh/submissions/alliance-annual.2026.final" })pb");
  EXPECT_EQ(response.revision(), 1);
  response.set_revision(2);
  ExpectFirstToSecond(response);
}

TEST_F(SubmissionComparisonTest, ADraftCanBeCompared) {
  v1::SaveDraftRequest request;
  *request.mutable_report() = SomeReport().report();
  ASSERT_THAT(server_.Call(&Submissions::SaveDraft, request), IsOk());
  const auto response = Compare(R"pb(
    base_content { submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate" }
    content { submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate" })pb");
  EXPECT_EQ(response.revision(), 0);
}

TEST_F(SubmissionComparisonTest, AnAnswerIsAtLeastAsNewAsTheCommitToken) {
  Submit(kFirst);
  auto request = FromText<v1::CompareSubmissionsRequest>(kSinceAccepted);
  request.set_min_commit_token("x");
  EXPECT_THAT(server_.Call(&Submissions::CompareSubmissions, request), HasReason("INVALID_TOKEN"));
}

class ComparisonRefused : public ::testing::TestWithParam<Refusal> {};

TEST_P(ComparisonRefused, AsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Requests, ComparisonRefused,
    ::testing::ValuesIn<Refusal>({
        {"Empty",
         Calling(&Submissions::CompareSubmissions, ""),
         StatusCode::kInvalidArgument,
         "REQUIRED_FIELD_MISSING",
         {"base_content", "content.submission"}},
        {"LastAcceptedFalse",
         Calling(&Submissions::CompareSubmissions, R"pb(
           last_accepted: false
           content { submission: "units/bac-ninh/submissions/alliance-annual.2026.final" })pb"),
         StatusCode::kInvalidArgument,
         "INVALID_FIELD",
         {"last_accepted"}},
        {"NegativeRevisions",
         Calling(&Submissions::CompareSubmissions, R"pb(
           base_content {
             submission: "units/bac-ninh/submissions/alliance-annual.2026.final"
             revision: -1
           }
           content {
             submission: "units/bac-ninh/submissions/alliance-annual.2026.final"
             revision: -1
           })pb"),
         StatusCode::kInvalidArgument,
         "INVALID_FIELD",
         {"base_content.revision", "content.revision"}},
        {"MalformedNames",
         Calling(&Submissions::CompareSubmissions, R"pb(
           base_content { submission: "x" }
           content { submission: "units/bac-ninh" })pb"),
         StatusCode::kInvalidArgument,
         "INVALID_NAME",
         {"base_content.submission", "content.submission"}},
        {"DifferentForms",
         Calling(&Submissions::CompareSubmissions, R"pb(
           base_content { submission: "units/bac-ninh/submissions/alliance-quarter.2026-Q1.final" }
           content { submission: "units/bac-ninh/submissions/alliance-annual.2026.final" })pb"),
         StatusCode::kInvalidArgument,
         "INVALID_FIELD",
         {"base_content.submission"}},
        {"NoSuchSubmission",
         Calling(&Submissions::CompareSubmissions, R"pb(
           last_accepted: true
           content { submission: "units/bac-ninh/submissions/alliance-annual.2026.final" })pb"),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
    }),
    testkit::CaseName<Refusal>);

TEST_F(SubmissionComparisonTest, ARevisionThatIsNotThereIsNotFound) {
  Submit(kFirst);
  const auto result = server_.Call(&Submissions::CompareSubmissions, R"pb(
    base_content {
      submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate"
      revision: 2
    }
    content { submission: "units/bac-ninh/submissions/alliance-annual.2026.estimate" })pb");
  EXPECT_THAT(result, testkit::StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(result, HasReason("RESOURCE_NOT_FOUND"));
}

}  // namespace
}  // namespace reporting
