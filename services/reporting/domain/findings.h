// Which rules the figures of a report break.
//
// What is checked, in this order: for each indicator in the order of the form its breakdowns, its
// stock identity, its change within a year and the year it is part of; then the rules of the form.
//
// - A breakdown whose total is a number (error). Exhaustive: the parts sum to the total; where
// parts
//   are missing and none can be negative, those given do not exceed it. Overlapping: no part
//   exceeds it. A part that does not apply counts as nothing; if no part has a number there is no
//   finding.
// - A stock identity (its own severity): total = previous total + inflows - outflows. A flow that
//   does not apply counts as nothing; where a flow or a total is missing there is no finding.
// - Year on year (warning): where there is a number for the same period of the year before other
//   than 0, the change in percent of it, rises and falls alike, is at most the threshold.
// - Within the year (error): a flow that is added over units and cannot be negative is, for a half,
// a
//   quarter or a month, at most what it is for the year.
// - A rule of the form (its own severity): its condition is true. Where it is missing,
// Rule::missing
//   decides; a condition that fails, as by a division by zero, is broken.
//
// Figures of other periods are those of submissions that count (SUBMITTED, ACCEPTED or LOCKED) of
// the same value kind; for the period and the year before an estimate looks to the final figures
// where there is no estimate that counts.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_FINDINGS_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_FINDINGS_H_

#include <vector>

#include "services/reporting/domain/finding.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/report_values.h"

namespace reporting {

// What the figures of a report come to.
struct Assessment {
  // Errors first, then warnings, each in the order above; not explained.
  std::vector<Finding> findings{};
  // Of the derived indicators of the form, in its order; those that have no value are left out.
  std::vector<Figure> derived_figures{};
};

// `figures` are as CheckFigures leaves them.
Assessment Assess(const FormDefinition& form, const std::vector<Figure>& figures,
                  const RuleContext& context);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_FINDINGS_H_
