#include "services/reporting/service/revisions.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/store/definitions.h"

namespace reporting {

absl::StatusOr<std::shared_ptr<const FormDefinition>> GetDefinition(StoreView& view,
                                                                    const Submission& submission) {
  ASSIGN_OR_RETURN(auto definition, FindDefinition(view, submission.id.form));
  if (definition != nullptr) return definition;
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "the form of a stored submission is not there");
}

absl::StatusOr<std::optional<Versioned<Submission>>> FindRevision(StoreView& view,
                                                                  const SubmissionId& id,
                                                                  int revision) {
  constexpr int kChunk = 100;
  std::optional<Versioned<Submission>> last;
  int64_t after_version = 0;
  while (true) {
    ASSIGN_OR_RETURN(auto chunk, view.History<Submission>(id, after_version, kChunk));
    for (auto& version : chunk) {
      if (version.value.revision > revision) return last;
      after_version = version.version;
      if (version.value.revision == revision) last = std::move(version);
    }
    if (chunk.size() < kChunk) return last;
  }
}

absl::StatusOr<Versioned<Submission>> GetContent(StoreView& view, const SubmissionId& id,
                                                 int revision) {
  ASSIGN_OR_RETURN(Versioned<Submission> newest, view.Get<Submission>(id));
  if (revision == 0 || revision == newest.value.revision) return newest;
  ASSIGN_OR_RETURN(std::optional<Versioned<Submission>> found, FindRevision(view, id, revision));
  if (found.has_value()) return *std::move(found);
  return common::Error(absl::StatusCode::kNotFound, common::kResourceNotFound,
                       absl::StrCat(id.ToName(), " has no revision ", revision))
      .With("name", id.ToName())
      .With("revision", absl::StrCat(revision));
}

}  // namespace reporting
