// Submissions as a person reads them.
#ifndef THIDUA_SERVICES_THIDUACTL_SUBMISSION_TEXT_H_
#define THIDUA_SERVICES_THIDUACTL_SUBMISSION_TEXT_H_

#include <string>

#include "services/thiduactl/session.h"
#include "thidua/reporting/v1/submission.pb.h"

namespace thiduactl {

// On one line: name, state, revision. A draft has no revision.
std::string SubmissionLine(const thidua::reporting::v1::Submission& submission);

// What was last said about the figures of this version by those who review them: why they were
// returned or restated. Empty if nothing.
std::string VerdictText(const thidua::reporting::v1::Submission& submission);

// Everything that is known of one version, figures and findings included.
void PrintSubmission(Session& session, const thidua::reporting::v1::Submission& submission);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_SUBMISSION_TEXT_H_
