// Forms with the definitions of their indicators, which every report is checked against.
#ifndef THIDUA_SERVICES_REPORTING_STORE_DEFINITIONS_H_
#define THIDUA_SERVICES_REPORTING_STORE_DEFINITIONS_H_

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// The stored ones among `ids`.
absl::StatusOr<Indicators> FindIndicators(StoreView& view, const std::vector<IndicatorId>& ids);

// The form with its indicators; null if there is no such form.
absl::StatusOr<std::shared_ptr<const FormDefinition>> FindDefinition(StoreView& view,
                                                                     const FormId& id);

// Keeps definitions that were read, since a form of the paper kind has dozens of indicators and
// neither ever changes. Thread-safe.
class DefinitionCache {
 public:
  // Null if it is not kept.
  std::shared_ptr<const FormDefinition> Find(const FormId& id);

  // Only for a definition that is known to be committed: one that was read in a transaction may be
  // one that is never stored.
  void Keep(std::shared_ptr<const FormDefinition> definition);

 private:
  std::mutex mutex_;
  std::map<FormId, std::shared_ptr<const FormDefinition>> definitions_;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_STORE_DEFINITIONS_H_
