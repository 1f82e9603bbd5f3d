// Indicators and forms as messages of the contract.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_DEFINITION_H_
#define THIDUA_SERVICES_REPORTING_CODEC_DEFINITION_H_

#include <string_view>

#include "services/reporting/domain/form.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/violations.h"
#include "thidua/reporting/v1/form.pb.h"
#include "thidua/reporting/v1/indicator.pb.h"

namespace reporting {

// Without etag and update time.
thidua::reporting::v1::Indicator ToProto(const Indicator& indicator);
thidua::reporting::v1::Form ToProto(const Form& form);

// What a client sends, without the id and the fields that are output only.
Indicator ParseIndicator(std::string_view path, const thidua::reporting::v1::Indicator& message,
                         Violations& violations);
Form ParseForm(std::string_view path, const thidua::reporting::v1::Form& message,
               Violations& violations);

// What was stored.
Indicator Decode(const thidua::reporting::v1::Indicator& message, Violations& violations);
Form Decode(const thidua::reporting::v1::Form& message, Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_DEFINITION_H_
