#include "services/reporting/domain/draft.h"

#include <string_view>
#include <utility>

#include "common/status/status_macros.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

Submission MakeDraft(Report report, const ClusterYear& year) {
  Submission draft{.id = IdOf(report),
                   .cluster_year = year.id,
                   .state = SubmissionState::kDraft,
                   .content_hash = ContentHash(report.figures),
                   .receive_time = report.receive_time,
                   .transcribed = report.receive_time.has_value()};
  draft.figures = std::move(report.figures);
  draft.source = std::move(report.source);
  draft.author = std::move(report.author);
  return draft;
}

absl::Status HandedIn(const Submission& submission) {
  const bool is_accepted = submission.state == SubmissionState::kAccepted ||
                           submission.state == SubmissionState::kLocked;
  const std::string_view advice =
      is_accepted ? "its figures are changed by a restatement; a draft is kept while it is"
                  : "send the whole report again by Submit; a draft is kept while it is";
  return IllegalStateChange(submission.id.ToName(), ToName(submission.state), advice,
                            {ToName(SubmissionState::kDraft), ToName(SubmissionState::kWithdrawn)});
}

absl::Status NotADraft(const Submission& submission, std::string_view what) {
  return IllegalStateChange(submission.id.ToName(), ToName(submission.state), what,
                            {ToName(SubmissionState::kDraft)});
}

}  // namespace

absl::StatusOr<Submission> SaveDraft(Report report, const Reception& reception,
                                     Violations violations) {
  ASSIGN_OR_RETURN(const Slot slot,
                   CheckReport(report, reception, Completeness::kPartial, std::move(violations)));
  Submission draft = MakeDraft(report, *slot.year);
  const std::optional<Submission>& current = reception.current;
  if (current == draft) return draft;
  RETURN_IF_ERROR(CheckTaken(report, slot, reception.now).status());
  if (current.has_value() && IsHandedIn(current->state)) return HandedIn(*current);
  return draft;
}

absl::StatusOr<Report> ReportOf(const Submission& draft) {
  if (draft.state != SubmissionState::kDraft)
    return NotADraft(draft, "it is handed in while it is");
  return Report{.unit = draft.id.unit,
                .form = draft.id.form,
                .period = draft.id.period,
                .value_kind = draft.id.value_kind,
                .figures = draft.figures,
                .source = draft.source,
                .author = draft.author,
                .receive_time = draft.receive_time};
}

absl::StatusOr<Submission> Withdraw(Submission submission) {
  if (submission.state == SubmissionState::kWithdrawn) return submission;
  if (submission.state != SubmissionState::kDraft) {
    return NotADraft(submission, "it is withdrawn while it is");
  }
  submission.state = SubmissionState::kWithdrawn;
  return submission;
}

}  // namespace reporting
