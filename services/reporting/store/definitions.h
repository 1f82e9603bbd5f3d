// Forms with the definitions of their indicators, which every report is checked against.
#ifndef THIDUA_SERVICES_REPORTING_STORE_DEFINITIONS_H_
#define THIDUA_SERVICES_REPORTING_STORE_DEFINITIONS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// The stored ones among `ids`, and of derived ones also what they are computed from, at whatever
// remove.
absl::StatusOr<Indicators> FindIndicators(StoreView& view, const std::vector<IndicatorId>& ids);

// The form with its indicators, all in their newest version; null if there is no such form.
absl::StatusOr<std::shared_ptr<const FormDefinition>> FindDefinition(StoreView& view,
                                                                     const FormId& id);

// The form as `submission` was made with, with the newest version of its indicators.
// DATA_LOSS, reason DATA_CORRUPT: it is not there.
absl::StatusOr<std::shared_ptr<const FormDefinition>> GetDefinitionOf(StoreView& view,
                                                                      const Submission& submission);

// Keeps definitions that were read, since a form of the paper kind has dozens of indicators and
// they change rarely. What is kept is good for views of one generation (StoreView::
// DefinitionsGeneration) only, so a change holds for the very next report, even where both share
// one commit. Thread-safe.
class DefinitionCache {
 public:
  // Null if it is not kept for `generation`.
  std::shared_ptr<const FormDefinition> Find(const FormId& id, int64_t generation);

  // Only for a definition that is known to be committed, read in a view of `generation`: one that
  // was read in a transaction may be one that is never stored.
  void Keep(std::shared_ptr<const FormDefinition> definition, int64_t generation);

 private:
  std::mutex mutex_;
  // Of all that is kept.
  int64_t generation_ = 0;
  std::map<FormId, std::shared_ptr<const FormDefinition>> definitions_;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_STORE_DEFINITIONS_H_
