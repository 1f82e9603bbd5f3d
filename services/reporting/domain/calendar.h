// The reporting calendar of a cluster year: which report is due when, and how a report that comes
// stands to it.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_CALENDAR_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_CALENDAR_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/period.h"
#include "services/reporting/domain/violations.h"

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

// Later days for one report of the calendar. Those it grants are not before those of the calendar.
struct Extension {
  // Nothing: for every unit that owes the report.
  std::optional<UnitId> unit{};
  // Which report.
  FormId form{};
  Period period{};
  ValueKind value_kind = ValueKind::kUnspecified;
  // As those of a DueReport; due <= grace_end <= closes.
  absl::CivilDay due{};
  absl::CivilDay grace_end{};
  absl::CivilDay closes{};
  std::string reason{};
  // Name and office.
  std::string approver{};
  // When it was granted.
  absl::Time time{};

  bool operator==(const Extension&) const = default;
};

// How a report stood to its due day when it was received.
enum class Timeliness { kUnspecified, kOnTime, kInGrace, kLate };

// The day on which `time` falls in Viet Nam.
absl::CivilDay DayInVietNam(absl::Time time);

// `due` with the days that hold for `unit`: those of the last among `extensions`, which stand in
// the order they were granted, that is for this report and for the unit or for all.
DueReport Extended(DueReport due, const std::vector<Extension>& extensions, const UnitId& unit);

// A day of a request and the field that has it.
using DayField = std::pair<std::string_view, absl::CivilDay>;

// Adds INVALID_FIELD at the field of `later`, below `item`, if it is before `earlier`. Days that
// could not be parsed are not compared.
void CheckDayOrder(std::string_view item, const DayField& earlier, const DayField& later,
                   Violations& violations);

// How a report received at `time` stands.
// FAILED_PRECONDITION, REPORT_NOT_OPEN: before the day it opens or after the day it closes;
// metadata `opens`, `closes` and `received`.
absl::StatusOr<Timeliness> TimelinessAt(const DueReport& due, absl::Time time);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_CALENDAR_H_
