// What counts of one submission when a unit is scored.
#ifndef THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_SUBMISSION_FACTS_H_
#define THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_SUBMISSION_FACTS_H_

#include <initializer_list>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "services/awards/domain/inputs.h"
#include "thidua/reporting/v1/submission.pb.h"

namespace awards {

// The name of the submission that answers for a report.
std::string SubmissionName(std::string_view unit, std::string_view form, std::string_view period,
                           thidua::reporting::v1::ValueKind value_kind);

// SHA-256 in hex of `parts`, which hold no line feed.
std::string HashOf(std::initializer_list<std::string_view> parts);

// Whether it was handed in. Drafts and withdrawn drafts count nowhere: to a round they are as if
// absent, and the functions below do not get them.
bool IsHandedIn(const thidua::reporting::v1::Submission& submission);

// The pin of `submission`; null: there is none under `name`.
Pin PinOf(const std::string& name, const thidua::reporting::v1::Submission* submission);

// Counts a report of the calendar; null and RETURNED ones have not been received.
void CountReport(const thidua::reporting::v1::Submission* submission, ReportCounts& counts);

// Puts the figures of an ACCEPTED or LOCKED submission into `inputs`; no others count.
// DATA_LOSS, reason DATA_CORRUPT: a number cannot be read.
absl::Status TakeFigures(const thidua::reporting::v1::Submission& submission, UnitInputs& inputs);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_SUBMISSION_FACTS_H_
