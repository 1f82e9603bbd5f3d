// Earlier contents of submissions.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_REVISIONS_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_REVISIONS_H_

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// Gives the versions of a submission above `after_version` to `take`, oldest first, until it
// returns false.
absl::Status ForEachVersion(StoreView& view, const SubmissionId& id, int64_t after_version,
                            absl::FunctionRef<bool(Versioned<Submission> version)> take);

// The last version of revision `revision`, or nothing.
absl::StatusOr<std::optional<Versioned<Submission>>> FindRevision(StoreView& view,
                                                                  const SubmissionId& id,
                                                                  int revision);

// Whether a caller sees what was not handed in.
enum class Drafts { kHidden, kShown };

// The newest version if `revision` is 0, else the last of that revision.
// NOT_FOUND, RESOURCE_NOT_FOUND: no such submission or revision; also, and just as if it were not
// there, for what was not handed in where it is hidden.
absl::StatusOr<Versioned<Submission>> GetContent(StoreView& view, const SubmissionId& id,
                                                 int revision, Drafts drafts);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_REVISIONS_H_
