// What every report is checked against: forms with the definitions of their indicators, and the
// cluster years of its unit.
#ifndef THIDUA_SERVICES_REPORTING_STORE_DEFINITIONS_H_
#define THIDUA_SERVICES_REPORTING_STORE_DEFINITIONS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/cluster.h"
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

// Keeps what was made of definitions (StoreView::DefinitionsGeneration), since they are large,
// every report needs them, and they change rarely. What is kept is good for views of one generation
// only, so a change holds for the very next report, even where both share one commit. Thread-safe.
template <typename Key, typename Value>
class GenerationCache {
 public:
  // Null if it is not kept for `generation`.
  std::shared_ptr<const Value> Find(const Key& key, int64_t generation);

  // Only for what is known to be committed, read in a view of `generation`: what was read in a
  // transaction may be something that is never stored. Null is passed over.
  void Keep(const Key& key, std::shared_ptr<const Value> value, int64_t generation);

 private:
  std::mutex mutex_;
  // Of all that is kept.
  int64_t generation_ = 0;
  std::map<Key, std::shared_ptr<const Value>> kept_;
};

using DefinitionCache = GenerationCache<FormId, FormDefinition>;
// By member and calendar year.
using YearCache = GenerationCache<std::pair<UnitId, int>, std::vector<ClusterYear>>;

// All that is kept for the reports to come.
struct ReceptionCache {
  DefinitionCache definitions;
  YearCache years;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_STORE_DEFINITIONS_H_
