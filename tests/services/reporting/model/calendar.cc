// Days, periods and calendars as the model sees them.
#include <algorithm>
#include <cstdio>

#include "absl/time/civil_time.h"
#include "tests/services/reporting/model/model.h"

namespace reporting::model {

int64_t DayOf(const std::string& date) {
  int year = 0;
  int month = 0;
  int day = 0;
  std::sscanf(date.c_str(), "%d-%d-%d", &year, &month, &day);
  return absl::CivilDay(year, month, day) - absl::CivilDay(1970, 1, 1);
}

int64_t DayOf(const google::protobuf::Timestamp& time) {
  constexpr int64_t kHanoi = 7 * 3600;
  constexpr int64_t kDay = 24 * 3600;
  return (time.seconds() + kHanoi) / kDay;
}

std::string FirstDay(const std::string& period) {
  const bool is_year =
      period.size() == 4 && period.find_first_not_of("0123456789") == std::string::npos;
  return is_year ? period + "-01-01" : "";
}

std::string LastDay(const std::string& period) {
  return FirstDay(period).empty() ? "" : period + "-12-31";
}

bool IsMergedBy(const v1::Unit& unit, const std::string& date) {
  return unit.has_successor() && unit.successor().date() <= date;
}

const v1::DueReport* FindDue(const v1::ClusterYear& year, const std::string& form,
                             const std::string& period, v1::ValueKind kind) {
  for (const v1::DueReport& due : year.calendar()) {
    if (due.form() == form && due.period() == period && due.value_kind() == kind) return &due;
  }
  return nullptr;
}

v1::DueReport DaysFor(const std::string& unit, const v1::DueReport& due,
                      const v1::ClusterYear& year) {
  v1::DueReport days = due;
  for (const v1::Extension& extension : year.extensions()) {
    const bool is_for_unit = extension.unit().empty() || extension.unit() == unit;
    if (!is_for_unit || extension.form() != due.form() || extension.period() != due.period() ||
        extension.value_kind() != due.value_kind()) {
      continue;
    }
    days.set_due(extension.due());
    days.set_grace_end(extension.grace_end());
    days.set_closes(extension.closes());
  }
  return days;
}

bool IsMember(const v1::ClusterYear& year, const std::string& unit) {
  const auto& members = year.members();
  return std::find(members.begin(), members.end(), unit) != members.end();
}

bool IsClosed(const v1::ClusterYear& year) {
  return year.state() >= v1::ClusterYear::STATE_SCORING;
}

}  // namespace reporting::model
