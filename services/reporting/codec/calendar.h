// Entries of calendars, extensions and where reports stand as messages of the contract.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_CALENDAR_H_
#define THIDUA_SERVICES_REPORTING_CODEC_CALENDAR_H_

#include <string_view>

#include "services/reporting/domain/calendar.h"
#include "services/reporting/domain/due_report.h"
#include "services/reporting/domain/violations.h"
#include "thidua/reporting/v1/calendar_service.pb.h"
#include "thidua/reporting/v1/cluster.pb.h"

namespace reporting {

thidua::reporting::v1::DueReport ToProto(const DueReport& due);
DueReport ParseDueReport(std::string_view path, const thidua::reporting::v1::DueReport& message,
                         Violations& violations);

thidua::reporting::v1::Extension ToProto(const Extension& extension);

// What a client sends, without the time.
Extension ParseExtension(std::string_view path, const thidua::reporting::v1::Extension& message,
                         Violations& violations);

// What was stored.
Extension DecodeExtension(std::string_view path, const thidua::reporting::v1::Extension& message,
                          Violations& violations);

thidua::reporting::v1::ReportStatus ToProto(const ReportStatus& status);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_CALENDAR_H_
