#include "services/reporting/service/revisions.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/service/listing.h"

namespace reporting {

absl::Status ForEachVersion(StoreView& view, const SubmissionId& id, int64_t after_version,
                            absl::FunctionRef<bool(Versioned<Submission> version)> take) {
  while (true) {
    ASSIGN_OR_RETURN(auto chunk, view.History<Submission>(id, after_version, kReadAtOnce));
    for (Versioned<Submission>& version : chunk) {
      after_version = version.version;
      if (!take(std::move(version))) return absl::OkStatus();
    }
    if (chunk.size() < kReadAtOnce) return absl::OkStatus();
  }
}

absl::StatusOr<std::optional<Versioned<Submission>>> FindRevision(StoreView& view,
                                                                  const SubmissionId& id,
                                                                  int revision) {
  std::optional<Versioned<Submission>> last;
  RETURN_IF_ERROR(ForEachVersion(view, id, 0, [&](Versioned<Submission> version) {
    if (version.value.revision > revision) return false;
    if (version.value.revision == revision) last = std::move(version);
    return true;
  }));
  return last;
}

absl::StatusOr<Versioned<Submission>> GetContent(StoreView& view, const SubmissionId& id,
                                                 int revision, Drafts drafts) {
  ASSIGN_OR_RETURN(Versioned<Submission> newest, view.Get<Submission>(id));
  if (drafts == Drafts::kHidden && !IsHandedIn(newest.value.state)) {
    return NotThere<Submission>(id);
  }
  if (revision == 0 || revision == newest.value.revision) return newest;
  ASSIGN_OR_RETURN(std::optional<Versioned<Submission>> found, FindRevision(view, id, revision));
  if (found.has_value()) return *std::move(found);
  return common::Error(absl::StatusCode::kNotFound, common::kResourceNotFound,
                       absl::StrCat(id.ToName(), " has no revision ", revision))
      .With("name", id.ToName())
      .With("revision", absl::StrCat(revision));
}

}  // namespace reporting
