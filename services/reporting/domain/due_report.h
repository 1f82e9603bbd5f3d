// Reports that units owe: who owes which, later days for one, and where each stands.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_DUE_REPORT_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_DUE_REPORT_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/calendar.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

// Most extensions a year has; beyond them, one for all units does the work of many.
inline constexpr size_t kExtensionsMax = 1000;

// A unit and the alliance that stands for it (AllianceOf, or its successor by then) on the first
// day of a period.
struct Reporter {
  const Unit& unit;
  UnitId alliance{};
};

// Whether a unit owes `due`, an entry of the calendar of `year` that is reported with `form`: it is
// of the form's kind, its alliance is a member, it has begun when the period ends (HasBegunBy), and
// it has not been merged into another when the period begins.
bool Owes(const Reporter& reporter, const DueReport& due, const Form& form,
          const ClusterYear& year);

// What an extension names.
struct ExtensionReferences {
  // Null if it names no unit, or one that does not exist.
  const Reporter* reporter = nullptr;
  // Null if there is no such form.
  const Form* form = nullptr;
};

// `year` with `extension`, whose time is when it is granted.
// - INVALID_ARGUMENT: all fields at fault, below `extension`; INVALID_FIELD at the days that are
//   before each other or before those of the calendar, and at `extension` itself if the year has
//   kExtensionsMax.
// - FAILED_PRECONDITION, UNIT_UNKNOWN: it names a unit that does not exist.
// - FAILED_PRECONDITION, REPORT_NOT_DUE: the calendar has no such report, or the unit does not owe
// it.
// - FAILED_PRECONDITION, CLUSTER_YEAR_CLOSED: the year is SCORING or later.
absl::StatusOr<ClusterYear> Extend(ClusterYear year, Extension extension,
                                   const ExtensionReferences& references, Violations violations);

// Where a report stands.
enum class ReportState {
  kUnspecified,
  // Not there, and not taken yet.
  kNotOpen,
  // Not there, and on or before its due day.
  kAwaited,
  // Not there though its due day has passed; still taken.
  kOverdue,
  // Not there, and no longer taken.
  kMissed,
  // There, but not handed in.
  kDraft,
  // As the submission is; what is locked is accepted.
  kSubmitted,
  kReturned,
  kAccepted,
};

// One report that one unit owes.
struct ReportStatus {
  // What its submission is or would be called.
  SubmissionId id{};
  // With the days that hold for the unit.
  DueReport report{};
  ReportState state = ReportState::kUnspecified;
  // Of the submission; unspecified while nothing was handed in.
  Timeliness timeliness = Timeliness::kUnspecified;

  bool operator==(const ReportStatus&) const = default;
};

// The submission that answers for `due` when `unit` owes it.
SubmissionId IdOf(const DueReport& due, const UnitId& unit);

// How `due`, an entry of the calendar of `year`, stands for `unit` at `now`. `submission` is the
// one that answers for it, or null.
ReportStatus StatusOf(const UnitId& unit, const DueReport& due, const ClusterYear& year,
                      const Submission* submission, absl::Time now);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_DUE_REPORT_H_
