// Pacts as messages of the contract.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_PACT_H_
#define THIDUA_SERVICES_REPORTING_CODEC_PACT_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string_view>
#include <vector>

#include "services/reporting/domain/achievement.h"
#include "services/reporting/domain/pact.h"
#include "services/reporting/domain/violations.h"
#include "thidua/reporting/v1/pact.pb.h"
#include "thidua/reporting/v1/pact_service.pb.h"

namespace reporting {

// Without etag and update time.
thidua::reporting::v1::Pact ToProto(const Pact& pact);
thidua::reporting::v1::Target ToProto(const Target& target);

thidua::reporting::v1::Achievement ToProto(const Achievement& achievement);

using TargetMessages = google::protobuf::RepeatedPtrField<thidua::reporting::v1::Target>;
// The list at `path`.
std::vector<Target> ParseTargets(std::string_view path, const TargetMessages& messages,
                                 Violations& violations);

// What was stored.
Pact Decode(const thidua::reporting::v1::Pact& message, Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_PACT_H_
