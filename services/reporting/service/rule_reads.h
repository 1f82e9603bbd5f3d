// What the rules of a form look at beside the report: read from the store, and no more of it than
// the form needs.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_RULE_READS_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_RULE_READS_H_

#include "absl/status/statusor.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/report_values.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// For the report of `unit` that is, or would be, the submission `id`, with the form `form`; `year`
// is the cluster year whose pact has its targets, or null. Which submissions count is said in
// domain/findings.h.
//
// For a period before a merger, the figures of a unit are those of all who stand for it then
// (domain/reporters.h). They are missing if one of those has not reported.
absl::StatusOr<RuleContext> ReadRuleContext(StoreView& view, const FormDefinition& form,
                                            const Unit& unit, const SubmissionId& id,
                                            const ClusterYear* year);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_RULE_READS_H_
