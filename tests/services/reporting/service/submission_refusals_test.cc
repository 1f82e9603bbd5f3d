// What Submit and its neighbours refuse, with every field at fault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"

namespace reporting {
namespace {

using absl::StatusCode;
using Submissions = v1::SubmissionService::Stub;

// Submits a good report after `edits`, in text form, were merged into it.
std::function<absl::Status(ReportingServer& server)> SubmittingWith(std::string_view edits) {
  return [edits = std::string(edits)](ReportingServer& server) {
    v1::SubmitRequest request = SomeReport();
    request.mutable_report()->MergeFrom(FromText<v1::Report>(edits));
    return server.Call(&Submissions::Submit, request).status();
  };
}

// Submits a good report with `figures` instead of its own.
std::function<absl::Status(ReportingServer& server)> SubmittingFigures(std::string_view figures) {
  return [figures = std::string(figures)](ReportingServer& server) {
    v1::SubmitRequest request = SomeReport();
    request.mutable_report()->clear_figures();
    request.mutable_report()->MergeFrom(FromText<v1::Report>(figures));
    return server.Call(&Submissions::Submit, request).status();
  };
}

class SubmitRefuses : public ::testing::TestWithParam<Refusal> {};

TEST_P(SubmitRefuses, AsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Figures, SubmitRefuses,
    ::testing::ValuesIn<Refusal>({
        {"MalformedDecimals",
         SubmittingFigures(R"pb(
           figures { indicator: "indicators/COOP_TOTAL" number: "6.6e2" }
           figures { indicator: "indicators/COOP_NEW" number: "1,5" })pb"),
         StatusCode::kInvalidArgument,
         "INVALID_DECIMAL",
         {"report.figures[0].number", "report.figures[1].number"}},
        {"IndicatorNotInForm",
         SubmittingWith(R"pb(
           figures { indicator: "indicators/NONE" number: "1" })pb"),
         StatusCode::kInvalidArgument,
         "INDICATOR_NOT_IN_FORM",
         {"report.figures[2].indicator"}},
        {"IndicatorTwice",
         SubmittingWith(R"pb(
           figures { indicator: "indicators/COOP_NEW" number: "48" })pb"),
         StatusCode::kInvalidArgument,
         "DUPLICATE_INDICATOR",
         {"report.figures[2].indicator"}},
        {"NegativeCount",
         SubmittingFigures(R"pb(
           figures { indicator: "indicators/COOP_TOTAL" number: "-1" })pb"),
         StatusCode::kInvalidArgument,
         "FIGURE_OUT_OF_BOUNDS",
         {"report.figures[0].number"}},
        {"AboveTheMaximum",
         SubmittingFigures(R"pb(
           figures { indicator: "indicators/COOP_TOTAL" number: "1" }
           figures { indicator: "indicators/COOP_NEW" number: "1001" })pb"),
         StatusCode::kInvalidArgument,
         "FIGURE_OUT_OF_BOUNDS",
         {"report.figures[1].number"}},
        {"FractionOfACooperative",
         SubmittingFigures(R"pb(
           figures { indicator: "indicators/COOP_TOTAL" number: "1.5" })pb"),
         StatusCode::kInvalidArgument,
         "FIGURE_SCALE_EXCEEDED",
         {"report.figures[0].number"}},
        {"RequiredFigureMissing",
         SubmittingFigures(R"pb(
           figures { indicator: "indicators/COOP_NEW" number: "1" })pb"),
         StatusCode::kInvalidArgument,
         "REQUIRED_FIGURE_MISSING",
         {"report.figures"}},
        {"NeitherNumberNorNotApplicable",
         SubmittingWith(R"pb(
           figures { indicator: "indicators/INCOME" })pb"),
         StatusCode::kInvalidArgument,
         "REQUIRED_FIELD_MISSING",
         {"report.figures[2].number"}},
        {"AllAtOnce",
         SubmittingFigures(R"pb(
           figures { indicator: "indicators/COOP_TOTAL" number: "nhiều" }
           figures { indicator: "COOP_NEW" number: "1" }
           figures { indicator: "indicators/INCOME" number: "1.234" note: "a\x01" }
           figures { indicator: "indicators/NONE" number: "1" })pb"),
         StatusCode::kInvalidArgument,
         "INVALID_DECIMAL",
         {"report.figures[0].number", "report.figures[1].indicator", "report.figures[2].number",
          "report.figures[3].indicator", "report.figures[2].note"}},
    }),
    testkit::CaseName<Refusal>);

INSTANTIATE_TEST_SUITE_P(Reports, SubmitRefuses,
                         ::testing::ValuesIn<Refusal>({
                             {"EmptyReport",
                              Calling(&Submissions::Submit, ""),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"report.unit", "report.form", "report.period"}},
                             {"MalformedPeriod",
                              SubmittingWith(R"pb(period: "2026-Q5")pb"),
                              StatusCode::kInvalidArgument,
                              "PERIOD_INVALID",
                              {"report.period"}},
                             {"PeriodOfAnotherLevel",
                              SubmittingWith(R"pb(period: "2026-Q1")pb"),
                              StatusCode::kInvalidArgument,
                              "PERIOD_INVALID",
                              {"report.period"}},
                             {"UnknownUnit",
                              SubmittingWith(R"pb(unit: "units/nowhere")pb"),
                              StatusCode::kFailedPrecondition,
                              "UNIT_UNKNOWN",
                              {"report.unit"}},
                             {"UnknownForm",
                              SubmittingWith(R"pb(form: "forms/none")pb"),
                              StatusCode::kFailedPrecondition,
                              "FORM_UNKNOWN",
                              {"report.form"}},
                             {"FormForAnotherKind",
                              SubmittingWith(R"pb(form: "forms/cooperative-annual")pb"),
                              StatusCode::kFailedPrecondition,
                              "FORM_NOT_FOR_UNIT",
                              {}},
                             {"NotInTheCalendar",
                              SubmittingWith(R"pb(period: "2027")pb"),
                              StatusCode::kFailedPrecondition,
                              "REPORT_NOT_DUE",
                              {}},
                             {"UnitOutsideTheCluster",
                              SubmittingWith(R"pb(unit: "units/yen-bai")pb"),
                              StatusCode::kFailedPrecondition,
                              "REPORT_NOT_DUE",
                              {}},
                             {"NotOpenYet",
                              SubmittingWith(R"pb(value_kind: VALUE_KIND_FINAL)pb"),
                              StatusCode::kFailedPrecondition,
                              "REPORT_NOT_OPEN",
                              {}},
                             {"StatedTimeInAYearOfTheClock",
                              SubmittingWith(R"pb(receive_time { seconds: 1767500000 })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"report.receive_time"}},
                             {"NoTimeInATranscribedYear",
                              SubmittingWith(R"pb(period: "2020")pb"),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"report.receive_time"}},
                             {"TimeInTheFuture",
                              SubmittingWith(R"pb(period: "2020"
                                                  receive_time { seconds: 1900000000 })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"report.receive_time"}},
                             {"NoTime",
                              SubmittingWith(R"pb(period: "2020"
                                                  receive_time { seconds: 1 nanos: -5 })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"report.receive_time"}},
                             {"NoRequestId",
                              [](ReportingServer& server) {
                                v1::SubmitRequest request = SomeReport();
                                request.set_request_id("1");
                                return server.Call(&Submissions::Submit, request).status();
                              },
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"request_id"}},
                         }),
                         testkit::CaseName<Refusal>);

constexpr std::string_view kNothing = R"pb(
  name: "units/bac-ninh/submissions/alliance-annual.2026.final")pb";

INSTANTIATE_TEST_SUITE_P(
    Neighbours, SubmitRefuses,
    ::testing::ValuesIn<Refusal>({
        {"AcceptNothing",
         Calling(&Submissions::AcceptSubmission, kNothing),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"ReturnNothing",
         Calling(&Submissions::ReturnSubmission, kNothing),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"LockNothing",
         Calling(&Submissions::LockSubmission, kNothing),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"RestateNothing",
         Calling(&Submissions::RestateSubmission, kNothing),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"GetNothing",
         Calling(&Submissions::GetSubmission, kNothing),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"VersionsOfNothing",
         Calling(&Submissions::ListSubmissionVersions, kNothing),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"NoName",
         Calling(&Submissions::AcceptSubmission, R"pb(name: "units/bac-ninh")pb"),
         StatusCode::kInvalidArgument,
         "INVALID_NAME",
         {"name"}},
        {"ListOfNothing",
         Calling(&Submissions::ListSubmissions, ""),
         StatusCode::kInvalidArgument,
         "REQUIRED_FIELD_MISSING",
         {"cluster_year"}},
        {"MalformedFilter",
         Calling(&Submissions::ListSubmissions, R"pb(
           unit: "bac-ninh"
           form: "x"
           period: "26"
           value_kind: 7
           state: 9)pb"),
         StatusCode::kInvalidArgument,
         "INVALID_NAME",
         {"unit", "form", "period", "value_kind", "state"}},
        {"ListPageToken",
         Calling(&Submissions::ListSubmissions, R"pb(
           unit: "units/bac-ninh" page_token: "x")pb"),
         StatusCode::kInvalidArgument,
         "INVALID_PAGE_TOKEN",
         {"page_token"}},
        {"VersionsPageToken",
         Calling(&Submissions::ListSubmissionVersions, R"pb(
           name: "units/bac-ninh/submissions/alliance-annual.2026.final"
           page_token: "x")pb"),
         StatusCode::kInvalidArgument,
         "INVALID_PAGE_TOKEN",
         {"page_token"}},
    }),
    testkit::CaseName<Refusal>);

}  // namespace
}  // namespace reporting
