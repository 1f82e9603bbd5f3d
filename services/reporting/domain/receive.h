// Taking in a report.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_RECEIVE_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_RECEIVE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/findings.h"
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
  // What the rules of the form look at beside the report.
  RuleContext context{};
};

// The cluster year that has `report` in its calendar; null if none has.
const ClusterYear* FindYearOf(const Report& report, const Reception& reception);

// How far a report must be ready.
enum class Readiness {
  // To be handed in: whole, and no rule broken but what is explained.
  kReport,
  // Whole; broken rules are told about.
  kPreview,
  // Required figures may be missing; broken rules are told about.
  kDraft
};

// What a report says, checked.
struct ReportContent {
  // ContentHash of it.
  std::string hash{};
  // It is what was handed in before, or a preview that explains nothing and is it otherwise; of a
  // draft, it is the draft before, source, author and stated time included.
  bool is_known = false;
  // Empty if the content of a report is known.
  Assessment assessment{};
};

// A report that may be taken.
struct CheckedReport {
  ReportContent content{};
  // Whose calendar has it; points into the Reception.
  const ClusterYear* year = nullptr;
  absl::Time receive_time{};
  // Unspecified if the content is known.
  Timeliness timeliness = Timeliness::kUnspecified;
};

// Checks `report` as Receive does, as far as it must be ready, and normalises it: texts are in
// normal form, figures in the order of the form.
absl::StatusOr<CheckedReport> CheckReport(Report& report, const Reception& reception,
                                          Readiness readiness, Violations violations);

// Puts what the report says into `submission`; its state, revision and times stay.
void SetContent(Report report, ReportContent content, const FormDefinition& form,
                Submission& submission);

struct Received {
  // As it is to be stored; the current one if UNCHANGED.
  Submission submission{};
  Outcome outcome = Outcome::kUnspecified;

  bool operator==(const Received&) const = default;
};

// The submission that `report` makes; a draft of it counts as if it was not there. Checked in this
// order:
// - INVALID_ARGUMENT: all fields at fault, below `report`: those of CheckFigures; PERIOD_INVALID,
// the
//   period is not of the form's level; REQUIRED_FIELD_MISSING, no value kind, or no receive time
//   where the year is transcribed; INVALID_FIELD, a receive time where it is not, or in the future;
//   INVALID_TEXT.
// - FAILED_PRECONDITION, FORM_NOT_FOR_UNIT: the form is for another kind of unit.
// - FAILED_PRECONDITION, UNIT_MERGED: the unit was merged on the period's first day or before.
// - FAILED_PRECONDITION, REPORT_NOT_DUE: no cluster year has this report in its calendar.
// Figures and explanations equal to the current ones are UNCHANGED, in whatever state, and though
// the form or what is around the report may have changed since: they are not checked again. Else:
// - INVALID_ARGUMENT, with those above: RULE_BROKEN, EXPLANATION_REQUIRED (explanation.h), unless
//   figures are at fault themselves; FINDING_UNKNOWN; what CheckExplanations says.
// - FAILED_PRECONDITION, CLUSTER_YEAR_CLOSED: the year is SCORING or later.
// - FAILED_PRECONDITION, REPORT_NOT_OPEN: the year is PLANNED, or the report comes before the first
//   or after the last day it is taken.
// - FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: the current one is ACCEPTED or LOCKED.
absl::StatusOr<Received> Receive(Report report, const Reception& reception, Violations violations);

// What a report would come to.
struct Preview {
  // With the explanations that the report gives.
  std::vector<Finding> findings{};
  std::vector<Figure> derived_figures{};
  // Were it received now, with its findings explained as the report does, or, if it explains
  // nothing, as the current one does.
  Outcome outcome = Outcome::kUnspecified;
};

// What Receive would make of `report`. Fails as it would, but not with RULE_BROKEN or
// EXPLANATION_REQUIRED.
absl::StatusOr<Preview> PreviewReport(Report report, const Reception& reception,
                                      Violations violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_RECEIVE_H_
