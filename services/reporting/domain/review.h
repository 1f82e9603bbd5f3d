// Verdicts on submissions, and changes after acceptance. A result equal to the argument means that
// there is nothing to store.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_REVIEW_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_REVIEW_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/report_values.h"
#include "services/reporting/domain/submission.h"

namespace reporting {

// SUBMITTED becomes ACCEPTED, and its revision the one accepted last; ACCEPTED stays as it is.
// FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: in any other state.
absl::StatusOr<Submission> Accept(Submission submission);

// SUBMITTED becomes RETURNED, with `reason`.
// - INVALID_ARGUMENT: all fields at fault, below `return_reason`; INDICATOR_NOT_IN_FORM,
//   DUPLICATE_INDICATOR.
// - FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: in any other state.
absl::StatusOr<Submission> Return(Submission submission, ReturnReason reason,
                                  const FormDefinition& form, Violations violations);

// ACCEPTED becomes LOCKED; LOCKED stays as it is.
// FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: in any other state.
absl::StatusOr<Submission> Lock(Submission submission);

// The figures as they should be, and who says so.
struct Correction {
  std::vector<Figure> figures{};
  // Why rules that warn are broken.
  std::vector<Explanation> explanations{};
  std::string reason{};
  // Name and office.
  std::string approver{};
};

// ACCEPTED or LOCKED becomes ACCEPTED with other figures, one revision on, which is then the one
// accepted last. `form` is the form in the version the submission was made with. A figure that says
// what it said keeps the definition it was reported under.
// - INVALID_ARGUMENT: all fields at fault: `figures`, `explanations`, `reason`, `approver`; rules
// as
//   in Receive.
// - FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: in any other state.
// - FAILED_PRECONDITION, NOTHING_RESTATED: figures and explanations are those it has.
absl::StatusOr<Submission> Restate(Submission submission, Correction correction,
                                   const FormDefinition& form, absl::Time now,
                                   Violations violations, const RuleContext& context = {});

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_REVIEW_H_
