#include "tests/services/reporting/model/history.h"

#include <utility>

namespace reporting::model {

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  return timestamp;
}

void SetResource(v1::Change& change, const v1::Unit& resource) {
  *change.mutable_unit() = resource;
}
void SetResource(v1::Change& change, const v1::Cluster& resource) {
  *change.mutable_cluster() = resource;
}
void SetResource(v1::Change& change, const v1::ClusterYear& resource) {
  *change.mutable_cluster_year() = resource;
}
void SetResource(v1::Change& change, const v1::Indicator& resource) {
  *change.mutable_indicator() = resource;
}
void SetResource(v1::Change& change, const v1::Form& resource) {
  *change.mutable_form() = resource;
}
void SetResource(v1::Change& change, const v1::Pact& resource) {
  *change.mutable_pact() = resource;
}
void SetResource(v1::Change& change, const v1::Submission& resource) {
  *change.mutable_submission() = resource;
}

void History::Commit() {
  // What one write leaves is known as one: at the position of its last change.
  const int64_t position = head() + static_cast<int64_t>(staged_.size());
  if (!staged_.empty()) staged_.back().change.set_ends_commit(true);
  for (Staged& staged : staged_) {
    staged.keep(*this, position);
    log_.push_back(std::move(staged.change));
  }
  staged_.clear();
}

}  // namespace reporting::model
