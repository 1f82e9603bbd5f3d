// Earlier contents of submissions, and the forms they were made with.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_REVISIONS_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_REVISIONS_H_

#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// The form that `submission` was made with. DATA_LOSS, DATA_CORRUPT: it is not there.
absl::StatusOr<std::shared_ptr<const FormDefinition>> GetDefinition(StoreView& view,
                                                                    const Submission& submission);

// The last version of revision `revision`, or nothing.
absl::StatusOr<std::optional<Versioned<Submission>>> FindRevision(StoreView& view,
                                                                  const SubmissionId& id,
                                                                  int revision);

// The newest version if `revision` is 0, else the last of that revision.
// NOT_FOUND, RESOURCE_NOT_FOUND: no such submission or revision.
absl::StatusOr<Versioned<Submission>> GetContent(StoreView& view, const SubmissionId& id,
                                                 int revision);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_REVISIONS_H_
