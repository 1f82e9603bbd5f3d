// Which indicators of a form are put together. Internal to the domain.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_SELECT_INDICATORS_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_SELECT_INDICATORS_H_

#include <vector>

#include "services/reporting/domain/form.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

// Whether the figures of `indicator`, one of `form`, can be put together.
bool CanPutTogether(const Indicator& indicator, const FormDefinition& form);

// `wanted`, or if it is empty all of the form that can be put together; they point into `form`.
// Adds what is wrong at `indicators`, as CheckTotalsScope says.
std::vector<const Indicator*> SelectIndicators(const std::vector<IndicatorId>& wanted,
                                               const FormDefinition& form, Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_SELECT_INDICATORS_H_
