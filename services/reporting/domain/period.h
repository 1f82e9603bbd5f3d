// Periods and days of the calendar.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_PERIOD_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_PERIOD_H_

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace reporting {

inline constexpr int kFirstYear = 1900;
inline constexpr int kLastYear = 9999;

enum class PeriodLevel { kUnspecified, kYear, kHalf, kQuarter, kMonth };

// A period of the calendar, written `2020`, `2020-H1`, `2020-Q3` or `2020-07`.
class Period {
 public:
  // No period: what a field holds that could not be parsed.
  Period() = default;

  // INVALID_ARGUMENT: REQUIRED_FIELD_MISSING for an empty text, PERIOD_INVALID for any other that
  // is not a period of the years 1900 to 9999. The violation has no path.
  static absl::StatusOr<Period> Parse(std::string_view text);

  // That of the year `year`, one of 1900 to 9999.
  static Period OfYear(int year) { return Period(year, PeriodLevel::kYear, 1); }

  int year() const { return year_; }
  PeriodLevel level() const { return level_; }
  bool empty() const { return level_ == PeriodLevel::kUnspecified; }

  // Both must not be called on an empty period.
  absl::CivilDay first_day() const;
  absl::CivilDay last_day() const;

  // The period of the same length that begins when this one ends; empty after the year 9999 and for
  // no period.
  Period Next() const;

  // The period of the same length before this one, and the same period of the year before; no
  // period before the year 1900. Not to be called on an empty period either, nor the next two.
  Period Before() const;
  Period YearBefore() const;

  // The year that it is in.
  Period WholeYear() const;

  // The periods of `level` in its year, in order.
  std::vector<Period> PartsOfYear(PeriodLevel level) const;

  // Inverse of Parse; empty for no period.
  std::string ToString() const;

  // By year, then level, then place in the year.
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the default for a literal 0.
  auto operator<=>(const Period&) const = default;

 private:
  Period(int year, PeriodLevel level, int index) : year_(year), level_(level), index_(index) {}

  int year_ = 0;
  PeriodLevel level_ = PeriodLevel::kUnspecified;
  // Which half, quarter or month of the year, from 1; 1 for a year.
  int index_ = 0;
};

// A day `YYYY-MM-DD` of the years 1900 to 9999.
// INVALID_ARGUMENT: REQUIRED_FIELD_MISSING for an empty text, INVALID_DATE for any other that is
// not a day. The violation has no path.
absl::StatusOr<absl::CivilDay> ParseDate(std::string_view text);

// Inverse of ParseDate.
std::string ToString(absl::CivilDay day);

// A word for messages: `year`, `half-year`, `quarter`, `month`, `unspecified`.
std::string_view ToWord(PeriodLevel level);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_PERIOD_H_
