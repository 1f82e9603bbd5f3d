// Totals as messages of the contract.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_TOTALS_H_
#define THIDUA_SERVICES_REPORTING_CODEC_TOTALS_H_

#include "services/reporting/domain/totals.h"
#include "services/reporting/domain/violations.h"
#include "thidua/reporting/v1/statistics_service.pb.h"

namespace reporting {

// Without commit token.
thidua::reporting::v1::ComputeTotalsResponse ToProto(const Totals& totals);

// The query of `request`; what it asks to be known at is not part of it.
TotalsQuery ParseTotalsQuery(const thidua::reporting::v1::ComputeTotalsRequest& request,
                             Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_TOTALS_H_
