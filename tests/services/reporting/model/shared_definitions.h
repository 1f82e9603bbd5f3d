// The indicators and forms that sequences report with.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_SHARED_DEFINITIONS_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_SHARED_DEFINITIONS_H_

#include <string>
#include <vector>

#include "thidua/reporting/v1/definition_service.pb.h"

namespace reporting::model {

namespace v1 = ::thidua::reporting::v1;

// TOTAL, a stock; NEW, at most 1,000; INCOME, a mean weighted by TOTAL; RATE, NEW in percent of
// TOTAL. Their codes begin with `prefix`.
std::vector<v1::CreateIndicatorRequest> NewIndicators(const std::string& prefix);

// A form for alliances with these indicators. Rule `total`: NEW must not exceed TOTAL. Rule `big`:
// NEW above 500 must be explained.
v1::CreateFormRequest NewAnnualForm(const std::string& id, const std::string& prefix);

// `forms/cooperative`, with TOTAL and NEW.
v1::CreateFormRequest NewCooperativeForm();

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_SHARED_DEFINITIONS_H_
