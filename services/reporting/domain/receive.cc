#include "services/reporting/domain/receive.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/explanation.h"
#include "services/reporting/domain/findings.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

using common::sv;

constexpr std::string_view kFigures = "report.figures";
constexpr std::string_view kExplanations = "report.explanations";

// What is revised; null if nothing was handed in.
const Submission* FindRevised(const Reception& reception) {
  const std::optional<Submission>& current = reception.current;
  return current.has_value() && IsHandedIn(current->state) ? &*current : nullptr;
}

// The cluster year that has the report in its calendar, and its entry there.
struct Slot {
  const ClusterYear* year = nullptr;
  const DueReport* due = nullptr;
};

Slot FindSlot(const Report& report, const Reception& reception) {
  const Submission* revised = FindRevised(reception);
  for (const ClusterYear& year : reception.years) {
    if (revised != nullptr && year.id != revised->cluster_year) continue;
    const DueReport* due = FindDueReport(year, report.form, report.period, report.value_kind);
    if (due != nullptr) return {.year = &year, .due = due};
  }
  return {};
}

void CheckReceiveTime(const Report& report, const ClusterYear& year, absl::Time now,
                      Violations& violations) {
  constexpr std::string_view kPath = "report.receive_time";
  if (violations.Has(kPath)) return;
  const bool is_transcribed = year.receipt_basis == ReceiptBasis::kTranscribed;
  if (is_transcribed && !report.receive_time.has_value()) {
    violations.Add(kPath, common::kRequiredFieldMissing,
                   "the year is transcribed: say when the paper was received");
  }
  if (!is_transcribed && report.receive_time.has_value()) {
    violations.Add(kPath, common::kInvalidField,
                   "the year runs by the server's clock, which takes the time itself");
  }
  if (report.receive_time.has_value() && *report.receive_time > now) {
    violations.Add(kPath, common::kInvalidField, "must not be in the future");
  }
}

void CheckHead(Report& report, const Reception& reception, const ClusterYear* year,
               Violations& violations) {
  const Form& form = reception.form.form();
  if (report.value_kind == ValueKind::kUnspecified) {
    violations.Add("report.value_kind", common::kRequiredFieldMissing,
                   "say whether the figures are an estimate or final");
  }
  if (!violations.Has("report.period") && report.period.level() != form.period_level) {
    violations.Add("report.period", kPeriodInvalid,
                   absl::StrCat("must be a ", sv(ToWord(form.period_level)), ", as ",
                                form.id.ToName(), " is for"));
  }
  CheckText(report.source, "report.source", kNoteCharactersMax, violations);
  CheckText(report.author, "report.author", kPersonCharactersMax, violations);
  if (year != nullptr) CheckReceiveTime(report, *year, reception.now, violations);
}

bool IsTheDraft(const Report& report, const std::string& hash,
                const std::optional<Submission>& current) {
  return current.has_value() && current->state == SubmissionState::kDraft &&
         hash == current->content_hash && report.source == current->source &&
         report.author == current->author && report.receive_time == current->receive_time;
}

bool IsKnown(const Report& report, const Reception& reception, Readiness readiness,
             const std::string& hash, const Violations& violations) {
  if (violations.Has(kFigures) || violations.Has(kExplanations)) return false;
  if (readiness == Readiness::kDraft) return IsTheDraft(report, hash, reception.current);
  const Submission* revised = FindRevised(reception);
  if (revised == nullptr) return false;
  if (hash == revised->content_hash) return true;
  return readiness == Readiness::kPreview && report.explanations.empty() &&
         ContentHash(report.figures, ExplanationsOf(*revised)) == revised->content_hash;
}

ReportContent CheckContent(Report& report, const Reception& reception, Readiness readiness,
                           Violations& violations) {
  ReportContent content;
  // A form of another kind would only say that every figure is wrong.
  if (reception.unit.kind != reception.form.form().unit_kind) return content;
  CheckNotes(kFigures, report.figures, violations);
  CheckExplanations(report.explanations, kExplanations, violations);
  content.hash = ContentHash(report.figures, report.explanations);
  content.is_known = IsKnown(report, reception, readiness, content.hash, violations);
  if (content.is_known && readiness == Readiness::kReport) return content;
  Violations found;
  Violations& at_fault = content.is_known ? found : violations;
  const FigurePlaces places =
      CheckFigures(reception.form, kFigures, report.figures, at_fault,
                   readiness == Readiness::kDraft ? Completeness::kPartial : Completeness::kWhole);
  if (at_fault.Has(kFigures)) return content;
  content.assessment = Assess(reception.form, report.figures, reception.context);
  Explain(report.explanations, kExplanations, content.assessment.findings, at_fault);
  if (readiness == Readiness::kReport) {
    RefuseFindings(content.assessment.findings, reception.form, places, kFigures, at_fault);
  }
  return content;
}

absl::Status CheckDue(const Report& report, const Reception& reception, const Slot& slot) {
  const Form& form = reception.form.form();
  if (reception.unit.kind != form.unit_kind) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kFormNotForUnit,
                         absl::StrCat(form.id.ToName(), " is for another kind of unit than ",
                                      report.unit.ToName()))
        .With("form", form.id.ToName())
        .With("unit", report.unit.ToName());
  }
  if (IsMergedBy(reception.unit, report.period.first_day())) {
    return UnitsMerged({{.field = "report.unit", .unit = reception.unit}});
  }
  if (slot.due == nullptr) {
    const std::string_view kind = report.value_kind == ValueKind::kFinal ? "final" : "estimate";
    return common::Error(
               absl::StatusCode::kFailedPrecondition, kReportNotDue,
               absl::StrCat("no cluster year of ", report.unit.ToName(), " has ", form.id.ToName(),
                            " for ", report.period.ToString(), " (", sv(kind), ") in its calendar"))
        .With("unit", report.unit.ToName())
        .With("form", form.id.ToName())
        .With("period", report.period.ToString())
        .With("value_kind", kind);
  }
  return absl::OkStatus();
}

absl::Status CheckYearTakesReports(const ClusterYear& year) {
  if (IsClosedForFigures(year.state)) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kClusterYearClosed,
                         absl::StrCat(year.id.ToName(), " is ", sv(ToName(year.state)),
                                      "; its figures are closed"))
        .With("name", year.id.ToName())
        .With("state", ToName(year.state));
  }
  if (year.state < ClusterState::kRegistration) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kReportNotOpen,
                         absl::StrCat(year.id.ToName(), " is ", sv(ToName(year.state)),
                                      "; reports are taken from REGISTRATION on"))
        .With("name", year.id.ToName())
        .With("state", ToName(year.state));
  }
  return absl::OkStatus();
}

// Where the figures of a submission may be replaced by a resend.
absl::Status CheckMayRevise(const Submission& current) {
  if (current.state == SubmissionState::kSubmitted || current.state == SubmissionState::kReturned) {
    return absl::OkStatus();
  }
  return IllegalStateChange(
      current.id.ToName(), ToName(current.state), "other figures are taken by a resend when it is",
      {ToName(SubmissionState::kSubmitted), ToName(SubmissionState::kReturned)});
}

}  // namespace

const ClusterYear* FindYearOf(const Report& report, const Reception& reception) {
  return FindSlot(report, reception).year;
}

absl::StatusOr<CheckedReport> CheckReport(Report& report, const Reception& reception,
                                          Readiness readiness, Violations violations) {
  const Slot slot = FindSlot(report, reception);
  CheckHead(report, reception, slot.year, violations);
  CheckedReport checked{.content = CheckContent(report, reception, readiness, violations),
                        .year = slot.year,
                        .receive_time = report.receive_time.value_or(reception.now)};
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckDue(report, reception, slot));
  if (checked.content.is_known) return checked;
  RETURN_IF_ERROR(CheckYearTakesReports(*slot.year));
  ASSIGN_OR_RETURN(checked.timeliness,
                   TimelinessAt(DueFor(report.unit, *slot.due, *slot.year), checked.receive_time));
  const Submission* revised = FindRevised(reception);
  if (revised != nullptr && readiness != Readiness::kDraft) {
    RETURN_IF_ERROR(CheckMayRevise(*revised));
  }
  return checked;
}

void SetContent(Report report, ReportContent content, const FormDefinition& form,
                Submission& submission) {
  submission.figures = std::move(report.figures);
  submission.content_hash = std::move(content.hash);
  submission.source = std::move(report.source);
  submission.author = std::move(report.author);
  submission.form_version = form.form().version;
  submission.derived_figures = std::move(content.assessment.derived_figures);
  submission.findings = std::move(content.assessment.findings);
}

absl::StatusOr<Received> Receive(Report report, const Reception& reception, Violations violations) {
  ASSIGN_OR_RETURN(CheckedReport checked,
                   CheckReport(report, reception, Readiness::kReport, std::move(violations)));
  const Submission* revised = FindRevised(reception);
  if (checked.content.is_known) {
    return Received{.submission = *revised, .outcome = Outcome::kUnchanged};
  }
  Received received{.outcome = Outcome::kRevised};
  if (revised != nullptr) {
    // What counts against the due day stays that of the first content.
    received.submission = *revised;
    received.submission.return_reason.reset();
  } else {
    received.outcome = Outcome::kCreated;
    received.submission = {.id = IdOf(report),
                           .cluster_year = checked.year->id,
                           .receive_time = checked.receive_time,
                           .transcribed = checked.year->receipt_basis == ReceiptBasis::kTranscribed,
                           .timeliness = checked.timeliness};
  }
  received.submission.state = SubmissionState::kSubmitted;
  ++received.submission.revision;
  SetContent(std::move(report), std::move(checked.content), reception.form, received.submission);
  return received;
}

absl::StatusOr<Preview> PreviewReport(Report report, const Reception& reception,
                                      Violations violations) {
  ASSIGN_OR_RETURN(CheckedReport checked,
                   CheckReport(report, reception, Readiness::kPreview, std::move(violations)));
  Preview preview{.findings = std::move(checked.content.assessment.findings),
                  .derived_figures = std::move(checked.content.assessment.derived_figures),
                  .outcome = Outcome::kCreated};
  if (FindRevised(reception) != nullptr) preview.outcome = Outcome::kRevised;
  if (checked.content.is_known) preview.outcome = Outcome::kUnchanged;
  return preview;
}

}  // namespace reporting
