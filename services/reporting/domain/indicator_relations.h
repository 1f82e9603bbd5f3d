// How an indicator stands to others: its breakdowns, its stock identity, its expression. Internal
// to the definition of indicators.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_INDICATOR_RELATIONS_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_INDICATOR_RELATIONS_H_

#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

// Each adds what is wrong below `indicator`. An indicator that `known` lacks is not held against
// the draft here: CheckReferencesExist does that.
void CheckBreakdowns(Indicator& draft, const Indicators& known, Violations& violations);
void CheckStockIdentity(const Indicator& draft, const Indicators& known, Violations& violations);
void CheckExpression(const Indicator& draft, const Indicators& known, Violations& violations);

// FAILED_PRECONDITION, INDICATOR_UNKNOWN: `known` lacks one that `draft` refers to; all are named.
absl::Status CheckReferencesExist(const Indicator& draft, const Indicators& known);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_INDICATOR_RELATIONS_H_
