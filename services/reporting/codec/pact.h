// Pacts as messages of the contract.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_PACT_H_
#define THIDUA_SERVICES_REPORTING_CODEC_PACT_H_

#include <string_view>
#include <vector>

#include "services/reporting/domain/pact.h"
#include "services/reporting/domain/violations.h"
#include "thidua/reporting/v1/pact.pb.h"

namespace reporting {

// Without etag and update time.
thidua::reporting::v1::Pact ToProto(const Pact& pact);

// What a client sends of a pact.
std::vector<Target> ParseTargets(std::string_view path, const thidua::reporting::v1::Pact& message,
                                 Violations& violations);

// What was stored.
Pact Decode(const thidua::reporting::v1::Pact& message, Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_PACT_H_
