#include "services/reporting/domain/calendar.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"

namespace reporting {
namespace {

bool IsFor(const Extension& extension, const DueReport& due, const UnitId& unit) {
  return extension.form == due.form && extension.period == due.period &&
         extension.value_kind == due.value_kind && extension.unit.value_or(unit) == unit;
}

}  // namespace

absl::CivilDay DayInVietNam(absl::Time time) {
  // Viet Nam has kept UTC+7 all year since 1975, so Asia/Ho_Chi_Minh needs no time zone database,
  // and every machine gives the same answer.
  constexpr int kOffsetSeconds = 7 * 60 * 60;
  return absl::ToCivilDay(time, absl::FixedTimeZone(kOffsetSeconds));
}

DueReport Extended(DueReport due, const std::vector<Extension>& extensions, const UnitId& unit) {
  const auto newest =
      std::find_if(extensions.rbegin(), extensions.rend(),
                   [&](const Extension& extension) { return IsFor(extension, due, unit); });
  if (newest == extensions.rend()) return due;
  due.due = newest->due;
  due.grace_end = newest->grace_end;
  due.closes = newest->closes;
  return due;
}

void CheckDayOrder(std::string_view item, const DayField& earlier, const DayField& later,
                   Violations& violations) {
  const std::string path = Join(item, later.first);
  if (violations.Has(path) || violations.Has(Join(item, earlier.first))) return;
  if (later.second >= earlier.second) return;
  violations.Add(path, common::kInvalidField,
                 absl::StrCat("must not be before `", common::sv(earlier.first), "`, ",
                              ToString(earlier.second)));
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
