#include "services/reporting/domain/receive.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

using common::sv;

// What is revised; null if nothing was handed in.
const Submission* FindRevised(const Reception& reception) {
  const std::optional<Submission>& current = reception.current;
  return current.has_value() && IsHandedIn(current->state) ? &*current : nullptr;
}

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

void CheckContent(Report& report, const Reception& reception, const ClusterYear* year,
                  Completeness completeness, Violations& violations) {
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
  // A form of another kind would only say that every figure is wrong.
  if (reception.unit.kind == form.unit_kind) {
    CheckFigures(reception.form, "report.figures", report.figures, violations, completeness);
  }
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

Received Create(Report report, const ClusterYear& year, absl::Time receive_time,
                Timeliness timeliness) {
  Submission submission{.id = IdOf(report),
                        .cluster_year = year.id,
                        .state = SubmissionState::kSubmitted,
                        .revision = 1,
                        .content_hash = ContentHash(report.figures),
                        .receive_time = receive_time,
                        .transcribed = year.receipt_basis == ReceiptBasis::kTranscribed,
                        .timeliness = timeliness};
  submission.figures = std::move(report.figures);
  submission.source = std::move(report.source);
  submission.author = std::move(report.author);
  return {.submission = std::move(submission), .outcome = Outcome::kCreated};
}

// What counts against the due day stays that of the first content.
absl::StatusOr<Received> Revise(Submission current, Report report, std::string hash) {
  if (current.state != SubmissionState::kSubmitted && current.state != SubmissionState::kReturned) {
    return IllegalStateChange(
        current.id.ToName(), ToName(current.state),
        "other figures are taken by a resend when it is",
        {ToName(SubmissionState::kSubmitted), ToName(SubmissionState::kReturned)});
  }
  current.state = SubmissionState::kSubmitted;
  ++current.revision;
  current.figures = std::move(report.figures);
  current.content_hash = std::move(hash);
  current.source = std::move(report.source);
  current.author = std::move(report.author);
  current.return_reason.reset();
  return Received{.submission = std::move(current), .outcome = Outcome::kRevised};
}

}  // namespace

absl::StatusOr<Slot> CheckReport(Report& report, const Reception& reception,
                                 Completeness completeness, Violations violations) {
  const Slot slot = FindSlot(report, reception);
  CheckContent(report, reception, slot.year, completeness, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckDue(report, reception, slot));
  return slot;
}

absl::StatusOr<Timeliness> CheckTaken(const Report& report, const Slot& slot, absl::Time now) {
  RETURN_IF_ERROR(CheckYearTakesReports(*slot.year));
  return TimelinessAt(DueFor(report.unit, *slot.due, *slot.year),
                      report.receive_time.value_or(now));
}

absl::StatusOr<Received> Receive(Report report, const Reception& reception, Violations violations) {
  ASSIGN_OR_RETURN(const Slot slot,
                   CheckReport(report, reception, Completeness::kWhole, std::move(violations)));
  const Submission* revised = FindRevised(reception);
  std::string hash = ContentHash(report.figures);
  if (revised != nullptr && revised->content_hash == hash) {
    return Received{.submission = *revised, .outcome = Outcome::kUnchanged};
  }
  ASSIGN_OR_RETURN(const Timeliness timeliness, CheckTaken(report, slot, reception.now));
  if (revised != nullptr) return Revise(*revised, std::move(report), std::move(hash));
  const absl::Time receive_time = report.receive_time.value_or(reception.now);
  return Create(std::move(report), *slot.year, receive_time, timeliness);
}

}  // namespace reporting
