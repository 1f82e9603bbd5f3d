// What units reached of the targets of a pact.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_ACHIEVEMENT_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_ACHIEVEMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/pact.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/domain/unit.h"

namespace reporting {

enum class AchievementStatus {
  kUnspecified,
  // There is a figure.
  kReported,
  // No report that asks for it was handed in, or it was sent back.
  kNoReport,
  // The report leaves the figure out.
  kMissing,
  // The report says that the indicator does not apply.
  kNotApplicable,
  // The calendar has no report that asks for it.
  kNotAsked,
  // The unit was merged into another by the first day of the period: it owes no report for it.
  kUnitMerged,
};

// What one unit reached of one target.
struct Achievement {
  Target target{};
  AchievementStatus status = AchievementStatus::kUnspecified;
  // Set exactly if REPORTED.
  std::optional<common::Decimal> number{};
  // What was looked into; nothing without a report.
  std::optional<SubmissionId> submission{};
  // Of the submission.
  int revision = 0;

  bool operator==(const Achievement&) const = default;
};

// Where a unit says what it reached of a target.
struct Evidence {
  // The reports it owes in which it says so, in the order of the calendar.
  std::vector<SubmissionId> reports{};
  // Why there are none, else NO_REPORT: what is said while none of them is there.
  AchievementStatus without = AchievementStatus::kUnspecified;

  bool operator==(const Evidence&) const = default;
};

// The evidence for `target`, one of `unit` in the pact of `year`, in reports of `value_kind`.
// `forms` has those of the calendar.
Evidence EvidenceFor(const Target& target, const Unit& unit, ValueKind value_kind,
                     const ClusterYear& year, const Forms& forms);

// Whether what a submission says is reported: it was handed in and not sent back.
bool IsReported(const Submission& submission);

// What was reached of `target`, a derived figure counting like a reported one. `submission` is the
// first of its evidence that IsReported; null: there is none, for which `without` stands.
Achievement Achieve(const Target& target, AchievementStatus without, const Submission* submission);

// Figure / target, exactly; nothing without a figure and where the target is 0.
std::optional<common::Rational> RatioOf(const Achievement& achievement);

// The ratio in percent, rounded half up to 2 places, such as `153.33`; empty without one.
std::string PercentOf(const Achievement& achievement);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_ACHIEVEMENT_H_
