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
#include "services/reporting/domain/period.h"
#include "services/reporting/domain/submission.h"

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

// Whether `target`, one of a pact of the year `year`, is for `period`.
bool IsFor(const Target& target, const Period& period, int year);

// The reports of `value_kind` in which the unit of `target` says what it reached, in the order of
// the calendar of `year`. `forms` has those of the calendar.
std::vector<SubmissionId> ReportsOn(const Target& target, ValueKind value_kind,
                                    const ClusterYear& year, const Forms& forms);

// Whether what a submission says is reported: it was handed in and not sent back.
bool IsReported(const Submission& submission);

// What was reached of `target`. `is_asked` says whether there are ReportsOn it; `submission` is the
// first of them that IsReported, or null.
Achievement Achieve(const Target& target, bool is_asked, const Submission* submission);

// Figure / target, exactly; nothing without a figure and where the target is 0.
std::optional<common::Rational> RatioOf(const Achievement& achievement);

// The ratio in percent, rounded half up to 2 places, such as `153.33`; empty without one.
std::string PercentOf(const Achievement& achievement);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_ACHIEVEMENT_H_
