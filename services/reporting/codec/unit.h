// Units as messages of the contract.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_UNIT_H_
#define THIDUA_SERVICES_REPORTING_CODEC_UNIT_H_

#include <string_view>

#include "services/reporting/domain/unit.h"
#include "services/reporting/domain/violations.h"
#include "thidua/reporting/v1/unit.pb.h"

namespace reporting {

// Without etag and update time.
thidua::reporting::v1::Unit ToProto(const Unit& unit);

// What a client sends, without the id, which a create call gives beside it, and without lineage,
// which only a merger makes.
Unit ParseUnit(std::string_view path, const thidua::reporting::v1::Unit& message,
               Violations& violations);

// What was stored.
Unit Decode(const thidua::reporting::v1::Unit& message, Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_UNIT_H_
