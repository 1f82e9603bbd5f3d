// Derived indicators: what they are computed from, and what they come to.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_DERIVED_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_DERIVED_H_

#include <vector>

#include "common/expression/reference.h"
#include "services/reporting/domain/indicator.h"

namespace reporting {

// The indicators whose figures the expression of `derived` needs, each once: those it names, and of
// a sum the parts instead of the whole. `known` has the wholes as far as they exist.
std::vector<IndicatorId> InputsOf(const Indicator& derived, const Indicators& known);

// What `derived` comes to where `resolver` gives what its expression refers to: rounded half up to
// its scale, missing where inputs are, or why it has no value. Over several units, `resolver` gives
// their totals.
common::expression::Operand Derive(const Indicator& derived,
                                   const common::expression::Resolver& resolver);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_DERIVED_H_
