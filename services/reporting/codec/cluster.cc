#include "services/reporting/codec/cluster.h"

#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

v1::DueReport ToProto(const DueReport& due) {
  v1::DueReport message;
  message.set_form(due.form.ToName());
  message.set_period(due.period.ToString());
  message.set_value_kind(reporting::ToProto(due.value_kind));
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

v1::Handover ToProto(const Handover& handover) {
  v1::Handover message;
  message.set_from(handover.from.ToName());
  message.set_to(handover.to.ToName());
  message.set_date(ToString(handover.date));
  message.set_next_cluster_year(handover.next_cluster_year.ToName());
  return message;
}

Handover DecodeHandover(const v1::Handover& message, Violations& violations) {
  Handover handover;
  handover.from = violations.Take("handover.from", UnitId::Parse(message.from()));
  handover.to = violations.Take("handover.to", UnitId::Parse(message.to()));
  handover.date = violations.Take("handover.date", ParseDate(message.date()));
  handover.next_cluster_year = violations.Take("handover.next_cluster_year",
                                               ClusterYearId::Parse(message.next_cluster_year()));
  return handover;
}

}  // namespace

v1::Cluster ToProto(const Cluster& cluster) {
  v1::Cluster message;
  message.set_name(cluster.id.ToName());
  *message.mutable_title() = ToProto(cluster.title);
  return message;
}

Cluster ParseCluster(const v1::Cluster& message) {
  Cluster cluster;
  cluster.title = ParseLocalizedText(message.title());
  return cluster;
}

Cluster Decode(const v1::Cluster& message, Violations& violations) {
  Cluster cluster = ParseCluster(message);
  cluster.id = violations.Take("name", ClusterId::Parse(message.name()));
  return cluster;
}

v1::ClusterYear ToProto(const ClusterYear& year) {
  v1::ClusterYear message;
  message.set_name(year.id.ToName());
  for (const UnitId& member : year.members) message.add_members(member.ToName());
  message.set_head(year.head.ToName());
  for (const UnitId& vice_head : year.vice_heads) message.add_vice_heads(vice_head.ToName());
  for (const DueReport& due : year.calendar) *message.add_calendar() = ToProto(due);
  message.set_scored_value_kind(ToProto(year.scored_value_kind));
  message.set_receipt_basis(ToProto(year.receipt_basis));
  message.set_state(ToProto(year.state));
  if (year.handover.has_value()) *message.mutable_handover() = ToProto(*year.handover);
  return message;
}

ClusterYear ParseClusterYear(std::string_view path, const v1::ClusterYear& message,
                             Violations& violations) {
  ClusterYear year;
  year.members = ParseUnitNames(Join(path, "members"), message.members(), violations);
  year.head = violations.Take(Join(path, "head"), UnitId::Parse(message.head()));
  year.vice_heads = ParseUnitNames(Join(path, "vice_heads"), message.vice_heads(), violations);
  const std::string calendar = Join(path, "calendar");
  for (const v1::DueReport& due : message.calendar()) {
    year.calendar.push_back(ParseDueReport(Item(calendar, year.calendar.size()), due, violations));
  }
  year.scored_value_kind = ParseEnum<ValueKind>(Join(path, "scored_value_kind"),
                                                message.scored_value_kind(), violations);
  year.receipt_basis =
      ParseEnum<ReceiptBasis>(Join(path, "receipt_basis"), message.receipt_basis(), violations);
  return year;
}

ClusterYear Decode(const v1::ClusterYear& message, Violations& violations) {
  ClusterYear year = ParseClusterYear("", message, violations);
  year.id = violations.Take("name", ClusterYearId::Parse(message.name()));
  year.state = ParseEnum<ClusterState>("state", message.state(), violations);
  if (message.has_handover()) year.handover = DecodeHandover(message.handover(), violations);
  return year;
}

}  // namespace reporting
