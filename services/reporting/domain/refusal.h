// Refusals that several parts of the domain share.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_REFUSAL_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_REFUSAL_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/reporting/domain/unit.h"

namespace reporting {

// FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: `name` is in `state`, from which only `allowed` can be
// reached, or in which the call needs it to be one of `allowed`. `what` says which of the two, such
// as `it can move to`. Metadata: `name`, `state`, `allowed` (separated by commas).
absl::Status IllegalStateChange(std::string_view name, std::string_view state,
                                std::string_view what,
                                const std::vector<std::string_view>& allowed);

// One thing that a request refers to and that is not there.
struct UnknownReference {
  std::string field{};
  std::string name{};
};

// FAILED_PRECONDITION with `reason` for the first of `unknown`, which must not be empty; all are
// named as fields at fault. Metadata: `name`. `what` is a word such as `unit`.
absl::Status UnknownReferences(std::string_view reason, std::string_view what,
                               const std::vector<UnknownReference>& unknown);

// A unit that a request refers to and that is history.
struct MergedReference {
  // Empty for a unit that is no field of the request.
  std::string field{};
  // Has a successor.
  const Unit& unit;
};

// FAILED_PRECONDITION, UNIT_MERGED for the first of `merged`, which must not be empty; all are
// named as fields at fault. Metadata: `name`, `successor`, `date`.
absl::Status UnitsMerged(const std::vector<MergedReference>& merged);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_REFUSAL_H_
