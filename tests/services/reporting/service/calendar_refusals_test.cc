// What the calls about calendars refuse.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"

namespace reporting {
namespace {

using absl::StatusCode;
using Calendar = v1::CalendarService::Stub;

class CalendarRefuses : public ::testing::TestWithParam<Refusal> {};

TEST_P(CalendarRefuses, AsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Calls, CalendarRefuses,
    ::testing::ValuesIn<Refusal>({
        {"ListOfNoYear",
         Calling(&Calendar::ListDueReports, ""),
         StatusCode::kInvalidArgument,
         "REQUIRED_FIELD_MISSING",
         {"cluster_year"}},
        {"ListOfAnUnknownYear",
         Calling(&Calendar::ListDueReports, R"pb(
           cluster_year: "clusters/red-river/years/1999")pb"),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"ListWithMalformedFilters",
         Calling(&Calendar::ListDueReports, R"pb(
           cluster_year: "red-river"
           unit: "ha-nam"
           form: "annual"
           period: "26"
           value_kind: 7
           statuses: STATUS_AWAITED
           statuses: 0
           statuses: 77)pb"),
         StatusCode::kInvalidArgument,
         "INVALID_NAME",
         {"cluster_year", "unit", "form", "period", "value_kind", "statuses[1]", "statuses[2]"}},
        {"ListWithANegativePage",
         Calling(&Calendar::ListDueReports, R"pb(
           cluster_year: "clusters/red-river/years/2026"
           page_size: -1)pb"),
         StatusCode::kInvalidArgument,
         "INVALID_FIELD",
         {"page_size"}},
        {"ListWithAForeignToken",
         Calling(&Calendar::ListDueReports, R"pb(
           cluster_year: "clusters/red-river/years/2026"
           page_token: "x")pb"),
         StatusCode::kInvalidArgument,
         "INVALID_PAGE_TOKEN",
         {"page_token"}},
        {"EmptyExtension",
         Calling(&Calendar::ExtendReport, R"pb(name: "clusters/red-river/years/2026")pb"),
         StatusCode::kInvalidArgument,
         "REQUIRED_FIELD_MISSING",
         {"extension.form", "extension.period", "extension.due", "extension.grace_end",
          "extension.closes", "extension.value_kind", "extension.reason", "extension.approver"}},
        {"ExtensionOfAnUnknownYear",
         Calling(&Calendar::ExtendReport, R"pb(name: "clusters/red-river/years/1999")pb"),
         StatusCode::kNotFound,
         "RESOURCE_NOT_FOUND",
         {}},
        {"ExtensionOfAnUnknownUnit",
         Calling(&Calendar::ExtendReport, R"pb(
           name: "clusters/red-river/years/2026"
           extension {
             unit: "units/nowhere"
             form: "forms/alliance-annual"
             period: "2026"
             value_kind: VALUE_KIND_ESTIMATE
             due: "2026-01-20"
             grace_end: "2026-01-22"
             closes: "2026-01-30"
             reason: "Lũ lụt"
             approver: "Cụm trưởng"
           })pb"),
         StatusCode::kFailedPrecondition,
         "UNIT_UNKNOWN",
         {"extension.unit"}},
        {"ExtensionOfAFormThatIsNotThere",
         Calling(&Calendar::ExtendReport, R"pb(
           name: "clusters/red-river/years/2026"
           extension {
             form: "forms/nothing"
             period: "2026"
             value_kind: VALUE_KIND_ESTIMATE
             due: "2026-01-20"
             grace_end: "2026-01-22"
             closes: "2026-01-30"
             reason: "Lũ lụt"
             approver: "Cụm trưởng"
           })pb"),
         StatusCode::kFailedPrecondition,
         "REPORT_NOT_DUE",
         {}},
        {"ReopeningWithoutReason",
         Calling(&Calendar::ReopenClusterYear, R"pb(name: "clusters/red-river/years/2026")pb"),
         StatusCode::kInvalidArgument,
         "REQUIRED_FIELD_MISSING",
         {"reason", "approver"}},
        {"ReopeningOfAnOpenYear",
         Calling(&Calendar::ReopenClusterYear, R"pb(
           name: "clusters/red-river/years/2026"
           reason: "Thiếu báo cáo"
           approver: "Cụm trưởng")pb"),
         StatusCode::kFailedPrecondition,
         "ILLEGAL_STATE_CHANGE",
         {}},
        {"ReopeningOfNothing",
         Calling(&Calendar::ReopenClusterYear, R"pb(name: "x" reason: "a" approver: "b")pb"),
         StatusCode::kInvalidArgument,
         "INVALID_NAME",
         {"name"}},
    }),
    testkit::CaseName<Refusal>);

}  // namespace
}  // namespace reporting
