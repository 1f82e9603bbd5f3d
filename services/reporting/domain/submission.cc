#include "services/reporting/domain/submission.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/text/sha256.h"

namespace reporting {

std::string_view ToName(SubmissionState state) {
  switch (state) {
    case SubmissionState::kSubmitted:
      return "SUBMITTED";
    case SubmissionState::kReturned:
      return "RETURNED";
    case SubmissionState::kAccepted:
      return "ACCEPTED";
    case SubmissionState::kLocked:
      return "LOCKED";
    case SubmissionState::kDraft:
      return "DRAFT";
    case SubmissionState::kWithdrawn:
      return "WITHDRAWN";
    case SubmissionState::kUnspecified:
      break;
  }
  return "UNSPECIFIED";
}

bool IsHandedIn(SubmissionState state) {
  return state != SubmissionState::kDraft && state != SubmissionState::kWithdrawn;
}

std::string ContentHash(const std::vector<Figure>& figures) {
  std::vector<const Figure*> ordered;
  ordered.reserve(figures.size());
  for (const Figure& figure : figures) ordered.push_back(&figure);
  std::sort(ordered.begin(), ordered.end(),
            [](const Figure* a, const Figure* b) { return a->indicator < b->indicator; });
  std::string canonical;
  for (const Figure* figure : ordered) {
    // The length before the note keeps any note from looking like the next figure.
    absl::StrAppend(&canonical, figure->indicator.value(), "=",
                    figure->number.has_value() ? figure->number->ToString() : "n/a", ";",
                    figure->note.size(), ":", figure->note, "\n");
  }
  return common::Sha256Hex(canonical);
}

SubmissionId IdOf(const Report& report) {
  return {.unit = report.unit,
          .form = report.form,
          .period = report.period,
          .value_kind = report.value_kind};
}

}  // namespace reporting
