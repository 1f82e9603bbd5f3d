// The reporting calendar of a cluster year: which report is due when, and how a report that comes
// stands to it.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_CALENDAR_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_CALENDAR_H_

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/period.h"

namespace reporting {

// One report that every unit of the form's kind owes. Days are those of Viet Nam, from 00:00 to
// 24:00; opens <= due <= grace_end <= closes.
struct DueReport {
  FormId form{};
  Period period{};
  ValueKind value_kind = ValueKind::kUnspecified;
  // First day it is taken.
  absl::CivilDay opens{};
  // Last day on time.
  absl::CivilDay due{};
  // Last day of grace.
  absl::CivilDay grace_end{};
  // Last day it is taken at all.
  absl::CivilDay closes{};

  bool operator==(const DueReport&) const = default;
};

// How a report stood to its due day when it was received.
enum class Timeliness { kUnspecified, kOnTime, kInGrace, kLate };

// The day on which `time` falls in Viet Nam.
absl::CivilDay DayInVietNam(absl::Time time);

// How a report received at `time` stands.
// FAILED_PRECONDITION, REPORT_NOT_OPEN: before the day it opens or after the day it closes;
// metadata `opens`, `closes` and `received`.
absl::StatusOr<Timeliness> TimelinessAt(const DueReport& due, absl::Time time);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_CALENDAR_H_
