// Explanations of findings: what a report must say where a rule that warns is broken.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_EXPLANATION_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_EXPLANATION_H_

#include <string_view>
#include <vector>

#include "services/reporting/domain/finding.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

// Normalises the texts. Adds below `path`, the path of the list: REQUIRED_FIELD_MISSING (finding or
// text), INVALID_TEXT, INVALID_FIELD (a finding that is explained twice).
void CheckExplanations(std::vector<Explanation>& explanations, std::string_view path,
                       Violations& violations);

// Puts `explanations` on the findings that warn. Adds at `explanations_path`[i].finding:
// FINDING_UNKNOWN, there is no such finding.
void Explain(const std::vector<Explanation>& explanations, std::string_view explanations_path,
             std::vector<Finding>& findings, Violations& violations);

// Adds what the findings stand in the way of a report: RULE_BROKEN for an error and
// EXPLANATION_REQUIRED for a warning that is not explained, each at the number to look at first, or
// at `figures_path` where the report has none of its figures. The description begins with the
// finding.
void RefuseFindings(const std::vector<Finding>& findings, const FormDefinition& form,
                    const FigurePlaces& places, std::string_view figures_path,
                    Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_EXPLANATION_H_
