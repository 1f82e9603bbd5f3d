#include "services/reporting/domain/due_report.h"

#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

using common::sv;

constexpr std::string_view kExtension = "extension";

// Adds INVALID_FIELD at `field` if `day` is before `least`, the calendar's.
void CheckNotBefore(std::string_view field, absl::CivilDay day, absl::CivilDay least,
                    Violations& violations) {
  const std::string path = Join(kExtension, field);
  if (violations.Has(path) || day >= least) return;
  violations.Add(path, common::kInvalidField,
                 absl::StrCat("must not be before the day of the calendar, ", ToString(least)));
}

void CheckExtension(Extension& extension, const DueReport* due, Violations& violations) {
  if (extension.value_kind == ValueKind::kUnspecified) {
    violations.Add(Join(kExtension, "value_kind"), common::kRequiredFieldMissing,
                   "say whether an estimate or the final figures are due");
  }
  CheckDayOrder(kExtension, {"due", extension.due}, {"grace_end", extension.grace_end}, violations);
  CheckDayOrder(kExtension, {"grace_end", extension.grace_end}, {"closes", extension.closes},
                violations);
  if (due != nullptr) {
    CheckNotBefore("due", extension.due, due->due, violations);
    CheckNotBefore("closes", extension.closes, due->closes, violations);
  }
  CheckRequiredText(extension.reason, Join(kExtension, "reason"), kNoteCharactersMax, violations);
  CheckRequiredText(extension.approver, Join(kExtension, "approver"), kPersonCharactersMax,
                    violations);
}

absl::Status NotDue(const Extension& extension, const ClusterYear& year, std::string_view why) {
  return common::Error(absl::StatusCode::kFailedPrecondition, kReportNotDue, why)
      .With("name", year.id.ToName())
      .With("form", extension.form.ToName())
      .With("period", extension.period.ToString())
      .With("unit", extension.unit.has_value() ? extension.unit->ToName() : "");
}

absl::Status CheckOwed(const Extension& extension, const DueReport* due, const ClusterYear& year,
                       const ExtensionReferences& references) {
  if (extension.unit.has_value() && references.reporter == nullptr) {
    return UnknownReferences(
        kUnitUnknown, "unit",
        {{.field = Join(kExtension, "unit"), .name = extension.unit->ToName()}});
  }
  if (due == nullptr || references.form == nullptr) {
    return NotDue(extension, year,
                  absl::StrCat("the calendar of ", year.id.ToName(), " does not have ",
                               extension.form.ToName(), " for ", extension.period.ToString()));
  }
  if (references.reporter != nullptr && !Owes(*references.reporter, *due, *references.form, year)) {
    return NotDue(extension, year,
                  absl::StrCat(extension.unit->ToName(), " does not owe ", extension.form.ToName(),
                               " for ", extension.period.ToString(), " in ", year.id.ToName()));
  }
  return absl::OkStatus();
}

ReportState StateOf(SubmissionState state) {
  switch (state) {
    case SubmissionState::kSubmitted:
      return ReportState::kSubmitted;
    case SubmissionState::kReturned:
      return ReportState::kReturned;
    case SubmissionState::kAccepted:
    case SubmissionState::kLocked:
      return ReportState::kAccepted;
    case SubmissionState::kDraft:
      return ReportState::kDraft;
    case SubmissionState::kWithdrawn:
    case SubmissionState::kUnspecified:
      break;
  }
  return ReportState::kUnspecified;
}

// Of a report that is not there.
ReportState StateWithout(const DueReport& due, const ClusterYear& year, absl::CivilDay today) {
  // What is transcribed comes after its days and is judged by the time on the paper.
  const bool closes = year.receipt_basis != ReceiptBasis::kTranscribed;
  if (IsClosedForFigures(year.state) || (closes && today > due.closes)) return ReportState::kMissed;
  if (year.state < ClusterState::kRegistration || today < due.opens) return ReportState::kNotOpen;
  return today <= due.due ? ReportState::kAwaited : ReportState::kOverdue;
}

}  // namespace

bool Owes(const Reporter& reporter, const DueReport& due, const Form& form,
          const ClusterYear& year) {
  return reporter.unit.kind == form.unit_kind && IsMember(year, reporter.alliance) &&
         HasBegunBy(reporter.unit, due.period.last_day()) &&
         !IsMergedBy(reporter.unit, due.period.first_day());
}

absl::StatusOr<ClusterYear> Extend(ClusterYear year, Extension extension,
                                   const ExtensionReferences& references, Violations violations) {
  const DueReport* due =
      FindDueReport(year, extension.form, extension.period, extension.value_kind);
  if (year.extensions.size() >= kExtensionsMax) {
    violations.Add(kExtension, common::kInvalidField,
                   absl::StrCat("the year has ", kExtensionsMax,
                                " extensions already; grant one to all units instead"));
  }
  CheckExtension(extension, due, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckOwed(extension, due, year, references));
  if (IsClosedForFigures(year.state)) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kClusterYearClosed,
                         absl::StrCat(year.id.ToName(), " is ", sv(ToName(year.state)),
                                      "; its figures are closed until it is reopened"))
        .With("name", year.id.ToName())
        .With("state", ToName(year.state));
  }
  year.extensions.push_back(std::move(extension));
  return year;
}

SubmissionId IdOf(const DueReport& due, const UnitId& unit) {
  return {.unit = unit, .form = due.form, .period = due.period, .value_kind = due.value_kind};
}

ReportStatus StatusOf(const UnitId& unit, const DueReport& due, const ClusterYear& year,
                      const Submission* submission, absl::Time now) {
  ReportStatus status{.id = IdOf(due, unit), .report = DueFor(unit, due, year)};
  if (submission == nullptr || submission->state == SubmissionState::kWithdrawn) {
    status.state = StateWithout(status.report, year, DayInVietNam(now));
  } else {
    status.state = StateOf(submission->state);
    status.timeliness = submission->timeliness;
  }
  return status;
}

}  // namespace reporting
