#include "services/reporting/domain/calendar.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/reporting/domain/reasons.h"

namespace reporting {

absl::CivilDay DayInVietNam(absl::Time time) {
  // Viet Nam has kept UTC+7 all year since 1975, so Asia/Ho_Chi_Minh needs no time zone database,
  // and every machine gives the same answer.
  constexpr int kOffsetSeconds = 7 * 60 * 60;
  return absl::ToCivilDay(time, absl::FixedTimeZone(kOffsetSeconds));
}

absl::StatusOr<Timeliness> TimelinessAt(const DueReport& due, absl::Time time) {
  const absl::CivilDay day = DayInVietNam(time);
  if (day < due.opens || day > due.closes) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kReportNotOpen,
                         absl::StrCat("the report is taken from ", ToString(due.opens), " to ",
                                      ToString(due.closes), "; it came on ", ToString(day)))
        .With("opens", ToString(due.opens))
        .With("closes", ToString(due.closes))
        .With("received", ToString(day));
  }
  if (day <= due.due) return Timeliness::kOnTime;
  return day <= due.grace_end ? Timeliness::kInGrace : Timeliness::kLate;
}

}  // namespace reporting
