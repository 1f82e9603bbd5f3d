#include "services/reporting/domain/draft.h"

#include <string_view>
#include <utility>

#include "common/status/status_macros.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

Submission MakeDraft(Report report, CheckedReport checked, const FormDefinition& form) {
  Submission draft{.id = IdOf(report),
                   .cluster_year = checked.year->id,
                   .state = SubmissionState::kDraft,
                   .receive_time = report.receive_time,
                   .transcribed = report.receive_time.has_value()};
  SetContent(std::move(report), std::move(checked.content), form, draft);
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
  ASSIGN_OR_RETURN(CheckedReport checked,
                   CheckReport(report, reception, Readiness::kDraft, std::move(violations)));
  const std::optional<Submission>& current = reception.current;
  if (checked.content.is_known) return *current;
  if (current.has_value() && IsHandedIn(current->state)) return HandedIn(*current);
  return MakeDraft(std::move(report), std::move(checked), reception.form);
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
                .receive_time = draft.receive_time,
                .explanations = ExplanationsOf(draft)};
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
