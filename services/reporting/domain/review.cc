#include "services/reporting/domain/review.h"

#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

absl::Status NotIn(const Submission& submission, std::string_view what,
                   const std::vector<SubmissionState>& states) {
  std::vector<std::string_view> allowed;
  allowed.reserve(states.size());
  for (const SubmissionState state : states) allowed.push_back(ToName(state));
  return IllegalStateChange(submission.id.ToName(), ToName(submission.state), what, allowed);
}

void CheckFigureReasons(std::vector<FigureReason>& figures, const FormDefinition& form,
                        Violations& violations) {
  std::set<IndicatorId> seen;
  for (size_t i = 0; i < figures.size(); ++i) {
    const std::string item = Item("return_reason.figures", i);
    const std::string path = Join(item, "indicator");
    const IndicatorId& id = figures[i].indicator;
    if (!violations.Has(path)) {
      if (form.Find(id) == nullptr) {
        violations.Add(path, kIndicatorNotInForm,
                       absl::StrCat(form.form().id.ToName(), " does not have ", id.value()));
      } else if (!seen.insert(id).second) {
        violations.Add(path, kDuplicateIndicator, absl::StrCat(id.value(), " stands twice"));
      }
    }
    CheckRequiredText(figures[i].reason, Join(item, "reason"), kNoteCharactersMax, violations);
  }
}

}  // namespace

absl::StatusOr<Submission> Accept(Submission submission) {
  if (submission.state == SubmissionState::kAccepted) return submission;
  if (submission.state != SubmissionState::kSubmitted) {
    return NotIn(submission, "it is accepted when", {SubmissionState::kSubmitted});
  }
  submission.state = SubmissionState::kAccepted;
  submission.accepted_revision = submission.revision;
  return submission;
}

absl::StatusOr<Submission> Return(Submission submission, ReturnReason reason,
                                  const FormDefinition& form, Violations violations) {
  CheckRequiredText(reason.reviewer, "return_reason.reviewer", kPersonCharactersMax, violations);
  CheckRequiredText(reason.reason, "return_reason.reason", kNoteCharactersMax, violations);
  CheckFigureReasons(reason.figures, form, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  if (submission.state != SubmissionState::kSubmitted) {
    return NotIn(submission, "it is returned when", {SubmissionState::kSubmitted});
  }
  submission.state = SubmissionState::kReturned;
  submission.return_reason = std::move(reason);
  return submission;
}

absl::StatusOr<Submission> Lock(Submission submission) {
  if (submission.state == SubmissionState::kLocked) return submission;
  if (submission.state != SubmissionState::kAccepted) {
    return NotIn(submission, "it is locked when", {SubmissionState::kAccepted});
  }
  submission.state = SubmissionState::kLocked;
  return submission;
}

absl::StatusOr<Submission> Restate(Submission submission, Correction correction,
                                   const FormDefinition& form, absl::Time now,
                                   Violations violations) {
  CheckFigures(form, "figures", correction.figures, violations);
  CheckRequiredText(correction.reason, "reason", kNoteCharactersMax, violations);
  CheckRequiredText(correction.approver, "approver", kPersonCharactersMax, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  if (submission.state != SubmissionState::kAccepted &&
      submission.state != SubmissionState::kLocked) {
    return NotIn(submission, "it is restated when",
                 {SubmissionState::kAccepted, SubmissionState::kLocked});
  }
  std::string hash = ContentHash(correction.figures);
  if (hash == submission.content_hash) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kNothingRestated,
                         absl::StrCat(submission.id.ToName(), " has these figures already"))
        .With("name", submission.id.ToName());
  }
  submission.state = SubmissionState::kAccepted;
  ++submission.revision;
  submission.accepted_revision = submission.revision;
  submission.figures = std::move(correction.figures);
  submission.content_hash = std::move(hash);
  submission.restatements.push_back({.revision = submission.revision,
                                     .reason = std::move(correction.reason),
                                     .approver = std::move(correction.approver),
                                     .time = now});
  return submission;
}

}  // namespace reporting
