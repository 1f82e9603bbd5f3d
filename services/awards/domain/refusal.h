// Refusals that several parts of the domain share.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_REFUSAL_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_REFUSAL_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/awards/domain/violations.h"

namespace awards {

// FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: `name` is in `state`, from which only `allowed` can be
// reached, or in which the call needs it to be one of `allowed`. `what` says which of the two, such
// as `it can move to`. Metadata: `name`, `state`, `allowed` (separated by commas).
absl::Status IllegalStateChange(std::string_view name, std::string_view state,
                                std::string_view what,
                                const std::vector<std::string_view>& allowed);

// Adds a required text that is empty: REQUIRED_FIELD_MISSING.
void RequireText(Violations& violations, std::string_view path, std::string_view text);

// Adds what is no `units/{unit}`: REQUIRED_FIELD_MISSING or INVALID_NAME.
void RequireUnit(Violations& violations, std::string_view path, std::string_view name);

// Adds what is no day: REQUIRED_FIELD_MISSING or INVALID_DATE.
void RequireDate(Violations& violations, std::string_view path, std::string_view date);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_REFUSAL_H_
