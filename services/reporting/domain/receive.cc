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

// The cluster year that has the report in its calendar, and its entry there.
struct Slot {
  const ClusterYear* year = nullptr;
  const DueReport* due = nullptr;
};

Slot FindSlot(const Report& report, const Reception& reception) {
  for (const ClusterYear& year : reception.years) {
    const auto& current = reception.current;
    if (current.has_value() && year.id != current->cluster_year) continue;
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

void CheckReport(Report& report, const Reception& reception, const ClusterYear* year,
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

// Whether broken rules stand in the way of a report.
enum class Strictness { kRefuse, kTell };

// What a report says, checked.
struct Content {
  std::string hash{};
  // It is the current one's.
  bool is_known = false;
  // Of content that is not known, or is only to be told about.
  Assessment assessment{};
};

bool IsKnown(const Report& report, const Reception& reception, Strictness strictness,
             const Content& content, const Violations& violations) {
  if (!reception.current.has_value() || violations.Has(kFigures) || violations.Has(kExplanations)) {
    return false;
  }
  const std::string& known = reception.current->content_hash;
  if (content.hash == known) return true;
  return strictness == Strictness::kTell && report.explanations.empty() &&
         ContentHash(report.figures, ExplanationsOf(*reception.current)) == known;
}

Content CheckContent(Report& report, const Reception& reception, Strictness strictness,
                     Violations& violations) {
  Content content;
  // A form of another kind would only say that every figure is wrong.
  if (reception.unit.kind != reception.form.form().unit_kind) return content;
  CheckNotes(kFigures, report.figures, violations);
  CheckExplanations(report.explanations, kExplanations, violations);
  content.hash = ContentHash(report.figures, report.explanations);
  content.is_known = IsKnown(report, reception, strictness, content, violations);
  if (content.is_known && strictness == Strictness::kRefuse) return content;
  Violations found;
  Violations& at_fault = content.is_known ? found : violations;
  const FigurePlaces places = CheckFigures(reception.form, kFigures, report.figures, at_fault);
  if (at_fault.Has(kFigures)) return content;
  content.assessment = Assess(reception.form, report.figures, reception.context);
  Explain(report.explanations, kExplanations, content.assessment.findings, at_fault);
  if (strictness == Strictness::kRefuse) {
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

// A report that may be taken.
struct Takeable {
  Content content{};
  const ClusterYear* year = nullptr;
  absl::Time receive_time{};
  // Unspecified if the content is known.
  Timeliness timeliness = Timeliness::kUnspecified;
};

absl::StatusOr<Takeable> CheckTakeable(Report& report, const Reception& reception,
                                       Strictness strictness, Violations violations) {
  const Slot slot = FindSlot(report, reception);
  CheckReport(report, reception, slot.year, violations);
  Takeable takeable{.content = CheckContent(report, reception, strictness, violations),
                    .year = slot.year,
                    .receive_time = report.receive_time.value_or(reception.now)};
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckDue(report, reception, slot));
  if (takeable.content.is_known) return takeable;
  RETURN_IF_ERROR(CheckYearTakesReports(*slot.year));
  ASSIGN_OR_RETURN(takeable.timeliness, TimelinessAt(*slot.due, takeable.receive_time));
  if (reception.current.has_value()) RETURN_IF_ERROR(CheckMayRevise(*reception.current));
  return takeable;
}

// Puts what the report says into `submission`.
void SetContent(Report report, Content content, const FormDefinition& form,
                Submission& submission) {
  submission.state = SubmissionState::kSubmitted;
  submission.figures = std::move(report.figures);
  submission.content_hash = std::move(content.hash);
  submission.source = std::move(report.source);
  submission.author = std::move(report.author);
  submission.form_version = form.form().version;
  submission.derived_figures = std::move(content.assessment.derived_figures);
  submission.findings = std::move(content.assessment.findings);
}

}  // namespace

const ClusterYear* FindYearOf(const Report& report, const Reception& reception) {
  return FindSlot(report, reception).year;
}

absl::StatusOr<Received> Receive(Report report, const Reception& reception, Violations violations) {
  ASSIGN_OR_RETURN(Takeable takeable,
                   CheckTakeable(report, reception, Strictness::kRefuse, std::move(violations)));
  const std::optional<Submission>& current = reception.current;
  if (takeable.content.is_known) {
    return Received{.submission = *current, .outcome = Outcome::kUnchanged};
  }
  Received received{.outcome = Outcome::kRevised};
  if (current.has_value()) {
    // What counts against the due day stays that of the first content.
    received.submission = *current;
    received.submission.return_reason.reset();
  } else {
    received.outcome = Outcome::kCreated;
    received.submission = {
        .id = IdOf(report),
        .cluster_year = takeable.year->id,
        .receive_time = takeable.receive_time,
        .transcribed = takeable.year->receipt_basis == ReceiptBasis::kTranscribed,
        .timeliness = takeable.timeliness};
  }
  ++received.submission.revision;
  SetContent(std::move(report), std::move(takeable.content), reception.form, received.submission);
  return received;
}

absl::StatusOr<Preview> PreviewReport(Report report, const Reception& reception,
                                      Violations violations) {
  ASSIGN_OR_RETURN(Takeable takeable,
                   CheckTakeable(report, reception, Strictness::kTell, std::move(violations)));
  Preview preview{.findings = std::move(takeable.content.assessment.findings),
                  .derived_figures = std::move(takeable.content.assessment.derived_figures),
                  .outcome = Outcome::kCreated};
  if (reception.current.has_value()) preview.outcome = Outcome::kRevised;
  if (takeable.content.is_known) preview.outcome = Outcome::kUnchanged;
  return preview;
}

}  // namespace reporting
