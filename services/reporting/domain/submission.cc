#include "services/reporting/domain/submission.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/text/sha256.h"

namespace reporting {
namespace {

// The items of `list` by the order of one of their members.
template <typename Item, typename Member>
std::vector<const Item*> InOrder(const std::vector<Item>& list, Member Item::*member) {
  std::vector<const Item*> ordered;
  ordered.reserve(list.size());
  for (const Item& item : list) ordered.push_back(&item);
  std::sort(ordered.begin(), ordered.end(),
            [member](const Item* a, const Item* b) { return a->*member < b->*member; });
  return ordered;
}

std::string StateOf(const Figure& figure) {
  if (figure.number.has_value()) return figure.number->ToString();
  return figure.not_applicable ? "n/a" : "?";
}

}  // namespace

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

bool CountsInRules(SubmissionState state) {
  return state == SubmissionState::kSubmitted || state == SubmissionState::kAccepted ||
         state == SubmissionState::kLocked;
}

std::string ContentHash(const std::vector<Figure>& figures,
                        const std::vector<Explanation>& explanations) {
  std::string canonical;
  for (const Figure* figure : InOrder(figures, &Figure::indicator)) {
    // The length before the note keeps any note from looking like the next figure.
    absl::StrAppend(&canonical, figure->indicator.value(), "=", StateOf(*figure), ";",
                    figure->note.size(), ":", figure->note, "\n");
  }
  for (const Explanation* explanation : InOrder(explanations, &Explanation::finding)) {
    absl::StrAppend(&canonical, "explanation ", explanation->finding, ";", explanation->text.size(),
                    ":", explanation->text, "\n");
  }
  return common::Sha256Hex(canonical);
}

std::vector<Explanation> ExplanationsOf(const Submission& submission) {
  std::vector<Explanation> explanations;
  for (const Finding& finding : submission.findings) {
    if (finding.explanation.empty()) continue;
    explanations.push_back({.finding = finding.finding, .text = finding.explanation});
  }
  return explanations;
}

SubmissionId IdOf(const Report& report) {
  return {.unit = report.unit,
          .form = report.form,
          .period = report.period,
          .value_kind = report.value_kind};
}

}  // namespace reporting
