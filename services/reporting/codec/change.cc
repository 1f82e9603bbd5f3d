#include "services/reporting/codec/change.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/codec/kinds.h"
#include "services/reporting/codec/stored.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

template <typename Resource>
absl::Status Fill(const common::storage::Record& record, Resource& resource) {
  RETURN_IF_ERROR(ParseStored(record.payload, resource));
  StampVersion(resource, record.version, record.time);
  return absl::OkStatus();
}

absl::Status FillResource(const common::storage::Record& record, v1::Change& change) {
  if (record.kind == kSubmissionRecord) return Fill(record, *change.mutable_submission());
  if (record.kind == kUnitRecord) return Fill(record, *change.mutable_unit());
  if (record.kind == kClusterRecord) return Fill(record, *change.mutable_cluster());
  if (record.kind == kClusterYearRecord) return Fill(record, *change.mutable_cluster_year());
  if (record.kind == kIndicatorRecord) return Fill(record, *change.mutable_indicator());
  if (record.kind == kFormRecord) return Fill(record, *change.mutable_form());
  if (record.kind == kPactRecord) return Fill(record, *change.mutable_pact());
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "a record is of a kind that this service does not know")
      .With("kind", record.kind);
}

// What every change has, whatever it is about.
v1::Change WithoutResource(const common::storage::Record& record) {
  v1::Change change;
  *change.mutable_commit_time() = ToTimestamp(record.time);
  change.set_actor(record.actor);
  change.set_version(record.version);
  change.set_traceparent(record.trace);
  return change;
}

}  // namespace

std::string_view RecordKindOf(v1::ResourceKind kind) {
  switch (kind) {
    case v1::RESOURCE_KIND_UNIT:
      return kUnitRecord;
    case v1::RESOURCE_KIND_CLUSTER:
      return kClusterRecord;
    case v1::RESOURCE_KIND_CLUSTER_YEAR:
      return kClusterYearRecord;
    case v1::RESOURCE_KIND_INDICATOR:
      return kIndicatorRecord;
    case v1::RESOURCE_KIND_FORM:
      return kFormRecord;
    case v1::RESOURCE_KIND_PACT:
      return kPactRecord;
    case v1::RESOURCE_KIND_SUBMISSION:
      return kSubmissionRecord;
    default:
      return "";
  }
}

absl::StatusOr<v1::Change> ToChange(const common::storage::Record& record) {
  v1::Change change = WithoutResource(record);
  RETURN_IF_ERROR(FillResource(record, change));
  return change;
}

v1::Change ToReadableChange(const common::storage::Record& record) {
  v1::Change change = WithoutResource(record);
  if (!FillResource(record, change).ok()) change.clear_resource();
  return change;
}

}  // namespace reporting
