#include "services/reporting/codec/calendar.h"

#include <string>

#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/stored.h"

namespace reporting {

namespace v1 = ::thidua::reporting::v1;

v1::DueReport ToProto(const DueReport& due) {
  v1::DueReport message;
  message.set_form(due.form.ToName());
  message.set_period(due.period.ToString());
  message.set_value_kind(ToProto(due.value_kind));
  message.set_opens(ToString(due.opens));
  message.set_due(ToString(due.due));
  message.set_grace_end(ToString(due.grace_end));
  message.set_closes(ToString(due.closes));
  return message;
}

DueReport ParseDueReport(std::string_view path, const v1::DueReport& message,
                         Violations& violations) {
  const auto day = [&](std::string_view field, const std::string& text) {
    return violations.Take(Join(path, field), ParseDate(text));
  };
  DueReport due;
  due.form = violations.Take(Join(path, "form"), FormId::Parse(message.form()));
  due.period = violations.Take(Join(path, "period"), Period::Parse(message.period()));
  due.value_kind = ParseEnum<ValueKind>(Join(path, "value_kind"), message.value_kind(), violations);
  due.opens = day("opens", message.opens());
  due.due = day("due", message.due());
  due.grace_end = day("grace_end", message.grace_end());
  due.closes = day("closes", message.closes());
  return due;
}

v1::Extension ToProto(const Extension& extension) {
  v1::Extension message;
  if (extension.unit.has_value()) message.set_unit(extension.unit->ToName());
  message.set_form(extension.form.ToName());
  message.set_period(extension.period.ToString());
  message.set_value_kind(ToProto(extension.value_kind));
  message.set_due(ToString(extension.due));
  message.set_grace_end(ToString(extension.grace_end));
  message.set_closes(ToString(extension.closes));
  message.set_reason(extension.reason);
  message.set_approver(extension.approver);
  *message.mutable_time() = ToTimestamp(extension.time);
  return message;
}

Extension ParseExtension(std::string_view path, const v1::Extension& message,
                         Violations& violations) {
  const auto day = [&](std::string_view field, const std::string& text) {
    return violations.Take(Join(path, field), ParseDate(text));
  };
  Extension extension;
  if (!message.unit().empty()) {
    extension.unit = violations.Take(Join(path, "unit"), UnitId::Parse(message.unit()));
  }
  extension.form = violations.Take(Join(path, "form"), FormId::Parse(message.form()));
  extension.period = violations.Take(Join(path, "period"), Period::Parse(message.period()));
  extension.value_kind =
      ParseEnum<ValueKind>(Join(path, "value_kind"), message.value_kind(), violations);
  extension.due = day("due", message.due());
  extension.grace_end = day("grace_end", message.grace_end());
  extension.closes = day("closes", message.closes());
  extension.reason = message.reason();
  extension.approver = message.approver();
  return extension;
}

Extension DecodeExtension(std::string_view path, const v1::Extension& message,
                          Violations& violations) {
  Extension extension = ParseExtension(path, message, violations);
  extension.time = violations.Take(Join(path, "time"), ParseTimestamp(message.time()));
  return extension;
}

v1::ReportStatus ToProto(const ReportStatus& status) {
  v1::ReportStatus message;
  message.set_unit(status.id.unit.ToName());
  *message.mutable_report() = ToProto(status.report);
  message.set_status(ToProto(status.state));
  message.set_submission(status.id.ToName());
  message.set_timeliness(ToProto(status.timeliness));
  return message;
}

}  // namespace reporting
