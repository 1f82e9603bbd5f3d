#include "services/reporting/codec/audit.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/reporting/codec/change.h"
#include "services/reporting/codec/stored.h"
#include "services/reporting/domain/violations.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;
using common::storage::ChainFaultKind;
using common::storage::ChainPoint;
using common::storage::Record;

v1::Change ToAuditChange(const Record& record) {
  v1::Change change = ToReadableChange(record);
  change.set_ends_commit(record.sequence == record.commit_sequence);
  return change;
}

bool IsHash(const std::string& text) {
  constexpr size_t kHashDigits = 64;
  if (text.size() != kHashDigits) return false;
  for (const char c : text) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

ChainPoint ParsePoint(std::string_view path, const v1::AuditPoint& message,
                      Violations& violations) {
  if (message.position() < 0) {
    violations.Add(Join(path, "position"), common::kInvalidField,
                   absl::StrCat(message.position(), " is negative"));
  }
  if (message.position() <= 0) return {};
  if (!IsHash(message.hash())) {
    violations.Add(Join(path, "hash"), common::kInvalidField,
                   absl::StrCat(Quote(message.hash()), " is not 64 hexadecimal digits"));
    return {};
  }
  return {.sequence = message.position(), .hash = absl::HexStringToBytes(message.hash())};
}

v1::AuditFault::Kind ToProto(ChainFaultKind kind) {
  switch (kind) {
    case ChainFaultKind::kMissing:
      return v1::AuditFault::KIND_MISSING;
    case ChainFaultKind::kAltered:
      return v1::AuditFault::KIND_ALTERED;
    case ChainFaultKind::kReordered:
      return v1::AuditFault::KIND_REORDERED;
    case ChainFaultKind::kReplaced:
      return v1::AuditFault::KIND_REPLACED;
    case ChainFaultKind::kHidden:
      return v1::AuditFault::KIND_HIDDEN;
  }
  return v1::AuditFault::KIND_UNSPECIFIED;
}

}  // namespace

v1::AuditEvent ToAuditEvent(const Record& record, const std::optional<Record>& before) {
  v1::AuditEvent event;
  event.set_position(record.sequence);
  event.set_commit_position(record.commit_sequence);
  *event.mutable_commit_time() = ToTimestamp(record.time);
  event.set_actor(record.actor);
  event.set_method(record.method);
  event.set_traceparent(record.trace);
  event.set_resource(record.name);
  event.set_version(record.version);
  event.set_hash(absl::BytesToHexString(record.hash));
  if (before.has_value()) *event.mutable_before() = ToAuditChange(*before);
  *event.mutable_after() = ToAuditChange(record);
  return event;
}

absl::StatusOr<common::storage::ChainQuery> ParseChainQuery(const v1::VerifyAuditRequest& request) {
  Violations violations;
  common::storage::ChainQuery query;
  query.after = ParsePoint("after", request.after(), violations);
  const ChainPoint expected = ParsePoint("expected", request.expected(), violations);
  if (expected.sequence > 0) query.expected = expected;
  if (!violations.empty()) return violations.ToStatus();
  return query;
}

v1::VerifyAuditResponse ToProto(const common::storage::ChainReport& report) {
  v1::VerifyAuditResponse response;
  response.mutable_verified()->set_position(report.verified.sequence);
  response.mutable_verified()->set_hash(absl::BytesToHexString(report.verified.hash));
  response.set_complete(report.is_complete);
  if (report.fault.has_value()) {
    response.mutable_fault()->set_kind(ToProto(report.fault->kind));
    response.mutable_fault()->set_position(report.fault->position);
    response.mutable_fault()->set_description(report.fault->description);
  }
  return response;
}

}  // namespace reporting
