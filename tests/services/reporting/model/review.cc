// Verdicts on submissions, and reads of them.
#include <algorithm>
#include <set>

#include "tests/services/reporting/model/model.h"
#include "tests/services/reporting/model/number.h"

namespace reporting::model {
namespace {

using State = v1::Submission::State;
using thidua::type::v1::Figure;

const Figure* FindFigure(const v1::Submission& submission, const std::string& indicator) {
  for (const Figure& figure : submission.figures()) {
    if (figure.indicator() == indicator) return &figure;
  }
  return nullptr;
}

// What the figure says, whatever it was reported under.
std::string SayingOf(const Figure* figure) {
  if (figure == nullptr) return "missing";
  return absl::StrCat(figure->number(), figure->not_applicable() ? "n/a" : "", " ", figure->note());
}

v1::FigureChange ChangeOf(const std::string& indicator, const Figure* before, const Figure* after) {
  v1::FigureChange change;
  change.set_indicator(indicator);
  if (before != nullptr) *change.mutable_before() = *before;
  if (after != nullptr) *change.mutable_after() = *after;
  if (before == nullptr || after == nullptr) return change;
  if (!before->has_number() || !after->has_number()) return change;
  const int64_t base = HundredthsOf(before->number());
  const int64_t difference = HundredthsOf(after->number()) - base;
  change.set_difference(PrintNumber(difference));
  if (base != 0) change.set_percent(PrintNumber(DivideRounded(difference * 100 * 100, base)));
  return change;
}

// The form in a name `units/{unit}/submissions/{form}.{period}.{kind}`.
std::string FormIn(const std::string& name) {
  const size_t begin = name.rfind('/') + 1;
  return name.substr(begin, name.find('.') - begin);
}

void CheckReturnReason(const v1::ReturnReason& reason, const v1::Form& form, Faults& faults) {
  if (reason.reviewer().empty() || reason.reason().empty()) {
    faults.Invalid("REQUIRED_FIELD_MISSING");
  }
  std::set<std::string> seen;
  for (const v1::FigureReason& figure : reason.figures()) {
    if (figure.reason().empty()) faults.Invalid("REQUIRED_FIELD_MISSING");
    if (PositionIn(form, figure.indicator()) == form.fields_size()) {
      faults.Invalid("INDICATOR_NOT_IN_FORM");
    } else if (!seen.insert(figure.indicator()).second) {
      faults.Invalid("DUPLICATE_INDICATOR");
    }
  }
}

}  // namespace

bool Counts(const v1::Submission& submission) {
  return submission.state() == v1::Submission::STATE_SUBMITTED ||
         submission.state() == v1::Submission::STATE_ACCEPTED ||
         submission.state() == v1::Submission::STATE_LOCKED;
}

template <typename Response, typename Request, typename Move>
Expected<Response> Model::MoveOn(const Request& request, Move move) {
  Expected<Response> expected;
  const auto* stored = Get<v1::Submission>(request.name(), expected.faults);
  if (stored == nullptr) return expected;
  CheckEtag(request.etag(), stored->etag(), expected.faults);
  v1::Submission after = *stored;
  move(after, expected.faults);
  *expected.response.mutable_submission() = Put(*stored, after);
  return expected;
}

Expected<v1::WithdrawDraftResponse> Model::Handle(const v1::WithdrawDraftRequest& request) {
  return MoveOn<v1::WithdrawDraftResponse>(request, [](v1::Submission& draft, Faults& faults) {
    const bool may = draft.state() == v1::Submission::STATE_DRAFT ||
                     draft.state() == v1::Submission::STATE_WITHDRAWN;
    if (!may) faults.IllegalState();
    draft.set_state(v1::Submission::STATE_WITHDRAWN);
  });
}

Expected<v1::AcceptSubmissionResponse> Model::Handle(const v1::AcceptSubmissionRequest& request) {
  return MoveOn<v1::AcceptSubmissionResponse>(
      request, [](v1::Submission& submission, Faults& faults) {
        if (submission.state() == v1::Submission::STATE_ACCEPTED) return;
        if (submission.state() != v1::Submission::STATE_SUBMITTED) faults.IllegalState();
        submission.set_state(v1::Submission::STATE_ACCEPTED);
        submission.set_accepted_revision(submission.revision());
      });
}

Expected<v1::LockSubmissionResponse> Model::Handle(const v1::LockSubmissionRequest& request) {
  return MoveOn<v1::LockSubmissionResponse>(
      request, [](v1::Submission& submission, Faults& faults) {
        if (submission.state() == v1::Submission::STATE_LOCKED) return;
        if (submission.state() != v1::Submission::STATE_ACCEPTED) faults.IllegalState();
        submission.set_state(v1::Submission::STATE_LOCKED);
      });
}

Expected<v1::ReturnSubmissionResponse> Model::Handle(const v1::ReturnSubmissionRequest& request) {
  return MoveOn<v1::ReturnSubmissionResponse>(
      request, [&](v1::Submission& submission, Faults& faults) {
        const auto* form = history_.Find<v1::Form>(submission.form());
        CheckReturnReason(request.return_reason(), *form, faults);
        if (submission.state() != v1::Submission::STATE_SUBMITTED) faults.IllegalState();
        submission.set_state(v1::Submission::STATE_RETURNED);
        *submission.mutable_return_reason() = request.return_reason();
      });
}

Expected<v1::RestateSubmissionResponse> Model::Handle(const v1::RestateSubmissionRequest& request) {
  return MoveOn<v1::RestateSubmissionResponse>(
      request, [&](v1::Submission& submission, Faults& faults) {
        if (request.reason().empty() || request.approver().empty()) {
          faults.Invalid("REQUIRED_FIELD_MISSING");
        }
        v1::Form form;
        for (const auto& version : history_.Versions<v1::Form>(submission.form())) {
          if (version.value.version() == submission.form_version()) form = version.value;
        }
        Content content =
            CheckContent(form, request.figures(), request.explanations(), Readiness::kReport);
        const bool may = submission.state() == v1::Submission::STATE_ACCEPTED ||
                         submission.state() == v1::Submission::STATE_LOCKED;
        if (!may) faults.IllegalState();
        if (content.is_readable && content.key == submission.content_hash()) {
          faults.Failed("NOTHING_RESTATED");
        } else {
          faults.Join(content.faults);
        }
        // A figure that is not restated keeps the version it was reported under.
        for (Figure& figure : content.figures) {
          const Figure* before = FindFigure(submission, figure.indicator());
          if (before != nullptr && before->number() == figure.number()) {
            figure.set_definition_version(before->definition_version());
          }
        }
        submission.set_state(v1::Submission::STATE_ACCEPTED);
        submission.set_revision(submission.revision() + 1);
        submission.set_accepted_revision(submission.revision());
        *submission.mutable_figures() = {content.figures.begin(), content.figures.end()};
        submission.set_content_hash(content.key);
        *submission.mutable_derived_figures() = {content.derived.begin(), content.derived.end()};
        *submission.mutable_findings() = {content.findings.begin(), content.findings.end()};
        v1::Restatement& restatement = *submission.add_restatements();
        restatement.set_revision(submission.revision());
        restatement.set_reason(request.reason());
        restatement.set_approver(request.approver());
        *restatement.mutable_time() = ToTimestamp(clock_.Now());
      });
}

const v1::Submission* Model::FindContent(const std::string& name, int revision,
                                         Faults& faults) const {
  const auto* newest = Get<v1::Submission>(name, faults);
  if (newest == nullptr || revision == 0) return newest;
  const v1::Submission* found = nullptr;
  for (const auto& version : history_.Versions<v1::Submission>(name)) {
    if (version.value.revision() == revision) found = &version.value;
  }
  if (found == nullptr) faults.NotFound();
  return found;
}

Expected<v1::GetSubmissionResponse> Model::Handle(const v1::GetSubmissionRequest& request) {
  Expected<v1::GetSubmissionResponse> expected;
  const auto* found = FindContent(request.name(), request.revision(), expected.faults);
  if (found != nullptr) *expected.response.mutable_submission() = *found;
  return expected;
}

Expected<v1::ListSubmissionsResponse> Model::Handle(const v1::ListSubmissionsRequest& request) {
  Expected<v1::ListSubmissionsResponse> expected;
  for (const auto& [name, versions] : history_.All<v1::Submission>()) {
    const v1::Submission& submission = versions.back().value;
    const bool is_in_scope = request.has_unit()
                                 ? submission.unit() == request.unit()
                                 : submission.cluster_year() == request.cluster_year();
    if (!is_in_scope) continue;
    if (!request.form().empty() && submission.form() != request.form()) continue;
    if (!request.period().empty() && submission.period() != request.period()) continue;
    if (request.value_kind() != v1::VALUE_KIND_UNSPECIFIED &&
        submission.value_kind() != request.value_kind()) {
      continue;
    }
    if (request.state() != v1::Submission::STATE_UNSPECIFIED &&
        submission.state() != request.state()) {
      continue;
    }
    if (request.with_findings() && submission.findings().empty()) continue;
    *expected.response.add_submissions() = submission;
  }
  return expected;
}

Expected<v1::ListSubmissionVersionsResponse> Model::Handle(
    const v1::ListSubmissionVersionsRequest& request) {
  Expected<v1::ListSubmissionVersionsResponse> expected;
  Get<v1::Submission>(request.name(), expected.faults);
  for (const auto& version : history_.Versions<v1::Submission>(request.name())) {
    *expected.response.add_submissions() = version.value;
  }
  return expected;
}

Expected<v1::CompareSubmissionsResponse> Model::Handle(
    const v1::CompareSubmissionsRequest& request) {
  Expected<v1::CompareSubmissionsResponse> expected;
  const v1::Content& wanted = request.content();
  const auto* content = FindContent(wanted.submission(), wanted.revision(), expected.faults);
  const v1::Submission* base = nullptr;
  if (request.has_base_content()) {
    base = FindContent(request.base_content().submission(), request.base_content().revision(),
                       expected.faults);
  } else if (const auto* newest = history_.Find<v1::Submission>(wanted.submission())) {
    if (newest->accepted_revision() == 0) {
      expected.faults.Failed("NEVER_ACCEPTED");
    } else {
      base = FindContent(wanted.submission(), newest->accepted_revision(), expected.faults);
    }
  }
  if (request.has_base_content() &&
      FormIn(wanted.submission()) != FormIn(request.base_content().submission())) {
    expected.faults.Invalid("INVALID_FIELD");
  }
  if (content == nullptr || base == nullptr) return expected;
  for (const v1::FormField& field : history_.Find<v1::Form>(content->form())->fields()) {
    const Figure* before = FindFigure(*base, field.indicator());
    const Figure* after = FindFigure(*content, field.indicator());
    if (SayingOf(before) == SayingOf(after)) continue;
    *expected.response.add_changes() = ChangeOf(field.indicator(), before, after);
  }
  expected.response.set_base_revision(base->revision());
  expected.response.set_revision(content->revision());
  return expected;
}

}  // namespace reporting::model
