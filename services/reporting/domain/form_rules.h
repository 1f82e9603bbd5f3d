// What makes the fields and rules of a form fit together. Internal to the definition of forms.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_FORM_RULES_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_FORM_RULES_H_

#include "absl/status/status.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

// Adds, below `form.fields`: INVALID_FIELD, a derived indicator that is required, or whose inputs
// the form does not all have; too many parts or too much to compute.
void CheckFieldDefinitions(const Form& draft, const Indicators& indicators, Violations& violations);

// Normalises the messages of the rules and adds, below `form.rules`, what is wrong with them.
void CheckFormRules(Form& draft, const Indicators& indicators, Violations& violations);

// FAILED_PRECONDITION, INDICATOR_UNKNOWN: `indicators` lacks some of the form's; all are named.
absl::Status CheckIndicatorsExist(const Form& form, const Indicators& indicators);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_FORM_RULES_H_
