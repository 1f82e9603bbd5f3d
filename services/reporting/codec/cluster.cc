#include "services/reporting/codec/cluster.h"

#include "services/reporting/codec/calendar.h"
#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"
#include "services/reporting/codec/stored.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

v1::Reopening ToProto(const Reopening& reopening) {
  v1::Reopening message;
  message.set_from(reporting::ToProto(reopening.from));
  message.set_reason(reopening.reason);
  message.set_approver(reopening.approver);
  *message.mutable_time() = ToTimestamp(reopening.time);
  return message;
}

Reopening DecodeReopening(std::string_view path, const v1::Reopening& message,
                          Violations& violations) {
  Reopening reopening;
  reopening.from = ParseEnum<ClusterState>(Join(path, "from"), message.from(), violations);
  reopening.reason = message.reason();
  reopening.approver = message.approver();
  reopening.time = violations.Take(Join(path, "time"), ParseTimestamp(message.time()));
  return reopening;
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
  for (const Extension& extension : year.extensions) {
    *message.add_extensions() = ToProto(extension);
  }
  for (const Reopening& reopening : year.reopenings) {
    *message.add_reopenings() = ToProto(reopening);
  }
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
  for (const v1::Extension& extension : message.extensions()) {
    year.extensions.push_back(
        DecodeExtension(Item("extensions", year.extensions.size()), extension, violations));
  }
  for (const v1::Reopening& reopening : message.reopenings()) {
    year.reopenings.push_back(
        DecodeReopening(Item("reopenings", year.reopenings.size()), reopening, violations));
  }
  return year;
}

}  // namespace reporting
