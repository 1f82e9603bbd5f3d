// Taking in a report.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_RECEIVE_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_RECEIVE_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/submission.h"

namespace reporting {

// What became of a report that was not refused.
enum class Outcome { kUnspecified, kCreated, kRevised, kUnchanged };

// What a report is received against.
struct Reception {
  // The unit that reports.
  const Unit& unit;
  // The form it uses.
  const FormDefinition& form;
  // The cluster years of the period's year that the unit's alliance (AllianceOf) belongs to, or on
  // the period's first day its successor.
  const std::vector<ClusterYear>& years;
  // The submission it would revise, if there is one.
  const std::optional<Submission>& current;
  // The server's clock.
  absl::Time now{};
};

// The cluster year that has a report in its calendar, and the entry there. Points into a Reception.
struct Slot {
  const ClusterYear* year = nullptr;
  const DueReport* due = nullptr;
};

// Where `report` belongs. Checks it as Receive does up to REPORT_NOT_DUE, and normalises it: texts
// are in normal form, figures in the order of the form. With `completeness` kPartial required
// figures may be missing.
absl::StatusOr<Slot> CheckReport(Report& report, const Reception& reception,
                                 Completeness completeness, Violations violations);

// How `report` stands to its due day when it is received, by its own time if it states one.
// CLUSTER_YEAR_CLOSED and REPORT_NOT_OPEN as Receive.
absl::StatusOr<Timeliness> CheckTaken(const Report& report, const Slot& slot, absl::Time now);

struct Received {
  // As it is to be stored; the current one if UNCHANGED.
  Submission submission{};
  Outcome outcome = Outcome::kUnspecified;

  bool operator==(const Received&) const = default;
};

// The submission that `report` makes; a draft under its name is replaced, as if it were not there.
// Checked in this order:
// - INVALID_ARGUMENT: all fields at fault, below `report`: those of CheckFigures; PERIOD_INVALID,
// the
//   period is not of the form's level; REQUIRED_FIELD_MISSING, no value kind, or no receive time
//   where the year is transcribed; INVALID_FIELD, a receive time where it is not, or in the future;
//   INVALID_TEXT.
// - FAILED_PRECONDITION, FORM_NOT_FOR_UNIT: the form is for another kind of unit.
// - FAILED_PRECONDITION, UNIT_MERGED: the unit was merged on the period's first day or before.
// - FAILED_PRECONDITION, REPORT_NOT_DUE: no cluster year has this report in its calendar.
// Figures equal to the current ones are UNCHANGED from here on, in whatever state; else:
// - FAILED_PRECONDITION, CLUSTER_YEAR_CLOSED: the year is SCORING or later.
// - FAILED_PRECONDITION, REPORT_NOT_OPEN: the year is PLANNED, or the report comes before the first
// or
//   after the last day it is taken.
// - FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: the current one is ACCEPTED or LOCKED.
absl::StatusOr<Received> Receive(Report report, const Reception& reception, Violations violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_RECEIVE_H_
