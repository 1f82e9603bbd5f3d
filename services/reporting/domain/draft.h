// Reports that are not ready: kept, given up, or handed in as they are.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_DRAFT_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_DRAFT_H_

#include "absl/status/statusor.h"
#include "services/reporting/domain/receive.h"
#include "services/reporting/domain/submission.h"

namespace reporting {

// The draft that `report` makes, in place of the one before; the one before itself if
// it says the same. It has revision 0, and what it leaves
// out is missing; its findings are what would stand in the way. Checked as by Receive, but for
// figures that are required and rules that are broken:
// - INVALID_ARGUMENT: all fields at fault, below `report`.
// - FAILED_PRECONDITION: FORM_NOT_FOR_UNIT, REPORT_NOT_DUE, CLUSTER_YEAR_CLOSED, REPORT_NOT_OPEN.
// - FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: the report was handed in.
absl::StatusOr<Submission> SaveDraft(Report report, const Reception& reception,
                                     Violations violations);

// The report to be received when `draft` is handed in as it stands.
// FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: it is not a DRAFT.
absl::StatusOr<Report> ReportOf(const Submission& draft);

// DRAFT becomes WITHDRAWN; WITHDRAWN stays as it is.
// FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: in any other state.
absl::StatusOr<Submission> Withdraw(Submission submission);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_DRAFT_H_
