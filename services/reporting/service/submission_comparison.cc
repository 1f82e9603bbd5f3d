// SubmissionService: what differs between two contents.
#include <utility>

#include "services/reporting/codec/comparison.h"
#include "services/reporting/domain/compare.h"
#include "services/reporting/service/revisions.h"
#include "services/reporting/service/submission_service.h"
#include "services/reporting/store/definitions.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

// What the content is to be compared with.
absl::StatusOr<Versioned<Submission>> GetBase(StoreView& view, const Comparison& comparison,
                                              Drafts drafts) {
  if (!comparison.with_last_accepted) {
    return GetContent(view, comparison.base.submission, comparison.base.revision, drafts);
  }
  const SubmissionId& id = comparison.content.submission;
  ASSIGN_OR_RETURN(const auto newest, view.Get<Submission>(id));
  ASSIGN_OR_RETURN(const int revision, LastAccepted(newest.value));
  return GetContent(view, id, revision, drafts);
}

}  // namespace

absl::StatusOr<v1::CompareSubmissionsResponse> SubmissionService::CompareSubmissions(
    const v1::CompareSubmissionsRequest& request) {
  Violations violations;
  const Comparison comparison = ParseComparison(request, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(const Drafts drafts, DraftsFor(comparison.content.submission.unit.ToName()));
  Drafts base_drafts = drafts;
  if (!comparison.with_last_accepted) {
    ASSIGN_OR_RETURN(base_drafts, DraftsFor(comparison.base.submission.unit.ToName()));
  }
  v1::CompareSubmissionsResponse response;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    const Content& wanted = comparison.content;
    ASSIGN_OR_RETURN(const auto content,
                     GetContent(view, wanted.submission, wanted.revision, drafts));
    ASSIGN_OR_RETURN(const auto base, GetBase(view, comparison, base_drafts));
    ASSIGN_OR_RETURN(const auto form, GetDefinitionOf(view, content.value));
    for (const FigureChange& change : Compare(base.value.figures, content.value.figures, *form)) {
      *response.add_changes() = ToProto(change);
    }
    response.set_base_revision(base.value.revision);
    response.set_revision(content.value.revision);
    return absl::OkStatus();
  }));
  return response;
}

grpc::Status SubmissionService::CompareSubmissions(grpc::ServerContext* context,
                                                   const v1::CompareSubmissionsRequest* request,
                                                   v1::CompareSubmissionsResponse* response) {
  return Answer(context, request, response, [&] { return CompareSubmissions(*request); });
}

}  // namespace reporting
