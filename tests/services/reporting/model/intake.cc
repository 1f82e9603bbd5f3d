// What is handed in, and drafts of it.
#include <algorithm>

#include "tests/services/reporting/model/model.h"
#include "tests/services/reporting/model/number.h"

namespace reporting::model {
namespace {

bool IsHandedIn(const v1::Submission& submission) {
  return submission.state() != v1::Submission::STATE_DRAFT &&
         submission.state() != v1::Submission::STATE_WITHDRAWN;
}

bool MayRevise(const v1::Submission& submission) {
  return submission.state() == v1::Submission::STATE_SUBMITTED ||
         submission.state() == v1::Submission::STATE_RETURNED;
}

v1::Timeliness TimelinessOn(int64_t day, const v1::DueReport& days) {
  if (day <= DayOf(days.due())) return v1::TIMELINESS_ON_TIME;
  if (day <= DayOf(days.grace_end())) return v1::TIMELINESS_IN_GRACE;
  return v1::TIMELINESS_LATE;
}

// A draft without content.
v1::Submission Drafted(const v1::Report& report, const v1::ClusterYear& year) {
  v1::Submission draft;
  draft.set_name(SubmissionName(report));
  draft.set_unit(report.unit());
  draft.set_form(report.form());
  draft.set_period(report.period());
  draft.set_value_kind(report.value_kind());
  draft.set_cluster_year(year.name());
  draft.set_state(v1::Submission::STATE_DRAFT);
  if (report.has_receive_time()) *draft.mutable_receive_time() = report.receive_time();
  draft.set_transcribed(report.has_receive_time());
  return draft;
}

// The next revision of a submission; when the first was received is what counts.
v1::Submission Revised(v1::Submission submission) {
  submission.clear_return_reason();
  submission.set_state(v1::Submission::STATE_SUBMITTED);
  submission.set_revision(submission.revision() + 1);
  return submission;
}

// The report that a draft keeps.
v1::Report ReportOf(const v1::Submission& draft) {
  v1::Report report;
  report.set_unit(draft.unit());
  report.set_form(draft.form());
  report.set_period(draft.period());
  report.set_value_kind(draft.value_kind());
  *report.mutable_figures() = draft.figures();
  report.set_source(draft.source());
  report.set_author(draft.author());
  if (draft.has_receive_time()) *report.mutable_receive_time() = draft.receive_time();
  for (const v1::Finding& finding : draft.findings()) {
    if (finding.explanation().empty()) continue;
    v1::Explanation& explanation = *report.add_explanations();
    explanation.set_finding(finding.finding());
    explanation.set_text(finding.explanation());
  }
  return report;
}

}  // namespace

std::string SubmissionName(const v1::Report& report) {
  const std::string form = report.form().substr(report.form().find('/') + 1);
  return absl::StrCat(report.unit(), "/submissions/", form, ".", report.period(), ".",
                      report.value_kind() == v1::VALUE_KIND_FINAL ? "final" : "estimate");
}

const v1::Submission* Model::FindRevised(const v1::Report& report) const {
  const auto* stored = history_.Find<v1::Submission>(SubmissionName(report));
  return stored != nullptr && IsHandedIn(*stored) ? stored : nullptr;
}

const v1::ClusterYear* Model::FindYear(const v1::Report& report, const v1::Unit& unit) const {
  const v1::Unit* alliance = &unit;
  if (unit.kind() == v1::Unit::KIND_COOPERATIVE) {
    alliance = history_.Find<v1::Unit>(unit.parent());
    while (IsMergedBy(*alliance, FirstDay(report.period()))) {
      alliance = history_.Find<v1::Unit>(alliance->successor().unit());
    }
  }
  const auto* revised = FindRevised(report);
  for (const auto& [name, versions] : history_.All<v1::ClusterYear>()) {
    const v1::ClusterYear& year = versions.back().value;
    if (revised != nullptr && revised->cluster_year() != name) continue;
    if (!IsMember(year, alliance->name())) continue;
    if (FindDue(year, report.form(), report.period(), report.value_kind()) != nullptr) return &year;
  }
  return nullptr;
}

void Model::CheckReceiveTime(const v1::Report& report, const v1::ClusterYear& year,
                             Faults& faults) const {
  const bool is_transcribed = year.receipt_basis() == v1::ClusterYear::RECEIPT_BASIS_TRANSCRIBED;
  if (is_transcribed && !report.has_receive_time()) faults.Invalid("REQUIRED_FIELD_MISSING");
  if (!is_transcribed && report.has_receive_time()) faults.Invalid("INVALID_FIELD");
  const bool is_ahead = report.has_receive_time() &&
                        report.receive_time().seconds() > absl::ToUnixSeconds(clock_.Now());
  if (is_ahead) faults.Invalid("INVALID_FIELD");
}

void Model::CheckDays(const v1::ClusterYear& year, const v1::DueReport& due,
                      const google::protobuf::Timestamp& time, Faults& faults) {
  if (IsClosed(year)) faults.Failed("CLUSTER_YEAR_CLOSED");
  const int64_t day = DayOf(time);
  const bool is_open = year.state() >= v1::ClusterYear::STATE_REGISTRATION &&
                       DayOf(due.opens()) <= day && day <= DayOf(due.closes());
  if (!is_open) faults.Failed("REPORT_NOT_OPEN");
}

bool Model::IsKnown(const v1::Report& report, const Content& content, Readiness readiness) const {
  if (!content.is_readable) return false;
  if (readiness == Readiness::kDraft) {
    const auto* stored = history_.Find<v1::Submission>(SubmissionName(report));
    return stored != nullptr && stored->state() == v1::Submission::STATE_DRAFT &&
           stored->content_hash() == content.key && stored->source() == report.source() &&
           stored->author() == report.author() &&
           stored->receive_time().SerializeAsString() == report.receive_time().SerializeAsString();
  }
  const auto* revised = FindRevised(report);
  if (revised == nullptr) return false;
  if (revised->content_hash() == content.key) return true;
  // Once it is explained as what is stored, it will be.
  return readiness == Readiness::kPreview && report.explanations().empty() &&
         content.figures_key == FiguresKey(*revised);
}

void Model::CheckIn(const v1::Report& report, const v1::ClusterYear& year, Readiness readiness,
                    Checked& checked) const {
  CheckReceiveTime(report, year, checked.faults);
  const auto* form = history_.Find<v1::Form>(report.form());
  const auto* revised = FindRevised(report);
  const Content content = CheckContent(*form, report.figures(), report.explanations(), readiness);
  if (revised != nullptr) checked.outcome = v1::OUTCOME_REVISED;
  if (IsKnown(report, content, readiness)) {
    checked.outcome = v1::OUTCOME_UNCHANGED;
    if (readiness != Readiness::kPreview) {
      checked.submission = *history_.Find<v1::Submission>(SubmissionName(report));
      return;
    }
  } else {
    checked.faults.Join(content.faults);
    const auto* due = FindDue(year, report.form(), report.period(), report.value_kind());
    CheckDays(year, DaysFor(report.unit(), *due, year), TimeOf(report), checked.faults);
    if (revised != nullptr && (readiness == Readiness::kDraft || !MayRevise(*revised))) {
      checked.faults.IllegalState();
    }
  }
  checked.submission = readiness == Readiness::kDraft ? Drafted(report, year)
                       : revised != nullptr           ? Revised(*revised)
                                                      : Received(report, year);
  v1::Submission& submission = checked.submission;
  *submission.mutable_figures() = {content.figures.begin(), content.figures.end()};
  submission.set_content_hash(content.key);
  submission.set_source(report.source());
  submission.set_author(report.author());
  submission.set_form_version(form->version());
  *submission.mutable_derived_figures() = {content.derived.begin(), content.derived.end()};
  *submission.mutable_findings() = {content.findings.begin(), content.findings.end()};
}

google::protobuf::Timestamp Model::TimeOf(const v1::Report& report) const {
  return report.has_receive_time() ? report.receive_time() : ToTimestamp(clock_.Now());
}

v1::Submission Model::Received(const v1::Report& report, const v1::ClusterYear& year) const {
  v1::Submission submission = Drafted(report, year);
  submission.set_state(v1::Submission::STATE_SUBMITTED);
  submission.set_revision(1);
  *submission.mutable_receive_time() = TimeOf(report);
  const auto* due = FindDue(year, report.form(), report.period(), report.value_kind());
  submission.set_timeliness(
      TimelinessOn(DayOf(submission.receive_time()), DaysFor(report.unit(), *due, year)));
  return submission;
}

Model::Checked Model::Check(const v1::Report& report, Readiness readiness) const {
  Checked checked;
  Faults& faults = checked.faults;
  for (const auto& figure : report.figures()) {
    if (figure.has_number() && !ParseNumber(figure.number()).has_value()) {
      faults.Invalid("INVALID_DECIMAL");
    }
  }
  if (FirstDay(report.period()).empty()) faults.Invalid("PERIOD_INVALID");
  const auto* unit = history_.Find<v1::Unit>(report.unit());
  const auto* form = history_.Find<v1::Form>(report.form());
  if (unit == nullptr) faults.Failed("UNIT_UNKNOWN");
  if (form == nullptr) faults.Failed("FORM_UNKNOWN");
  if (unit == nullptr || form == nullptr || FirstDay(report.period()).empty()) return checked;
  if (unit->kind() != form->unit_kind()) faults.Failed("FORM_NOT_FOR_UNIT");
  if (IsMergedBy(*unit, FirstDay(report.period()))) faults.Failed("UNIT_MERGED");
  const v1::ClusterYear* year = FindYear(report, *unit);
  if (year == nullptr) {
    faults.Failed("REPORT_NOT_DUE");
    faults.Join(CheckContent(*form, report.figures(), report.explanations(), readiness).faults);
    return checked;
  }
  CheckIn(report, *year, readiness, checked);
  return checked;
}

Expected<v1::SubmitResponse> Model::Handle(const v1::SubmitRequest& request) {
  const Checked checked = Check(request.report(), Readiness::kReport);
  Expected<v1::SubmitResponse> expected{.faults = checked.faults};
  expected.response.set_outcome(checked.outcome);
  *expected.response.mutable_submission() =
      checked.outcome == v1::OUTCOME_UNCHANGED ? checked.submission : Put(checked.submission);
  return expected;
}

Expected<v1::ImportSubmissionsResponse> Model::Handle(const v1::ImportSubmissionsRequest& request) {
  const Checked checked = Check(request.report(), Readiness::kReport);
  Expected<v1::ImportSubmissionsResponse> expected{.faults = checked.faults};
  expected.response.set_outcome(checked.outcome);
  expected.response.set_submission(checked.submission.name());
  expected.response.set_revision(checked.submission.revision());
  if (checked.outcome != v1::OUTCOME_UNCHANGED) Put(checked.submission);
  return expected;
}

Expected<v1::CheckReportResponse> Model::Handle(const v1::CheckReportRequest& request) {
  const Checked checked = Check(request.report(), Readiness::kPreview);
  Expected<v1::CheckReportResponse> expected{.faults = checked.faults};
  *expected.response.mutable_findings() = checked.submission.findings();
  *expected.response.mutable_derived_figures() = checked.submission.derived_figures();
  expected.response.set_outcome(checked.outcome);
  return expected;
}

Expected<v1::SaveDraftResponse> Model::Handle(const v1::SaveDraftRequest& request) {
  const Checked checked = Check(request.report(), Readiness::kDraft);
  Expected<v1::SaveDraftResponse> expected{.faults = checked.faults};
  const auto* stored = history_.Find<v1::Submission>(SubmissionName(request.report()));
  CheckEtag(request.etag(), stored == nullptr ? "" : stored->etag(), expected.faults);
  *expected.response.mutable_submission() =
      checked.outcome == v1::OUTCOME_UNCHANGED ? checked.submission : Put(checked.submission);
  return expected;
}

Expected<v1::SubmitDraftResponse> Model::Handle(const v1::SubmitDraftRequest& request) {
  Expected<v1::SubmitDraftResponse> expected;
  const auto* stored = Get<v1::Submission>(request.name(), expected.faults);
  if (stored == nullptr) return expected;
  CheckEtag(request.etag(), stored->etag(), expected.faults);
  if (stored->state() != v1::Submission::STATE_DRAFT) {
    expected.faults.IllegalState();
    return expected;
  }
  const Checked checked = Check(ReportOf(*stored), Readiness::kReport);
  expected.faults.Join(checked.faults);
  *expected.response.mutable_submission() = Put(checked.submission);
  return expected;
}

}  // namespace reporting::model
