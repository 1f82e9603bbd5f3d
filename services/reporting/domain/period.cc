#include "services/reporting/domain/period.h"

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/violations.h"

namespace reporting {
namespace {

// `text` as a number, if it is exactly `digits` ASCII digits.
std::optional<int> Digits(std::string_view text, size_t digits) {
  if (text.size() != digits) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool InRange(std::optional<int> value, int least, int greatest) {
  return value.has_value() && *value >= least && *value <= greatest;
}

int MonthsIn(PeriodLevel level) {
  switch (level) {
    case PeriodLevel::kHalf:
      return 6;
    case PeriodLevel::kQuarter:
      return 3;
    case PeriodLevel::kMonth:
      return 1;
    case PeriodLevel::kYear:
    case PeriodLevel::kUnspecified:
      break;
  }
  return 12;
}

absl::Status NotAPeriod(std::string_view text) {
  return common::InvalidField("", kPeriodInvalid,
                              absl::StrCat(Quote(text),
                                           " is not a period; write 2020, 2020-H1, 2020-Q3 or "
                                           "2020-07, with a year from 1900 to 9999"));
}

}  // namespace

absl::StatusOr<Period> Period::Parse(std::string_view text) {
  if (text.empty()) {
    return common::InvalidField("", common::kRequiredFieldMissing,
                                "give a period, such as 2020 or 2020-Q3");
  }
  const std::optional<int> year = Digits(text.substr(0, 4), 4);
  if (!InRange(year, kFirstYear, kLastYear)) return NotAPeriod(text);
  if (text.size() == 4) return Period(*year, PeriodLevel::kYear, 1);
  if (text.size() != 7 || text[4] != '-') return NotAPeriod(text);
  const std::optional<int> last = Digits(text.substr(6), 1);
  if (text[5] == 'H' && InRange(last, 1, 2)) return Period(*year, PeriodLevel::kHalf, *last);
  if (text[5] == 'Q' && InRange(last, 1, 4)) return Period(*year, PeriodLevel::kQuarter, *last);
  const std::optional<int> month = Digits(text.substr(5), 2);
  if (InRange(month, 1, 12)) return Period(*year, PeriodLevel::kMonth, *month);
  return NotAPeriod(text);
}

absl::CivilDay Period::first_day() const {
  return absl::CivilDay(absl::CivilMonth(year_, (index_ - 1) * MonthsIn(level_) + 1));
}

absl::CivilDay Period::last_day() const {
  return absl::CivilDay(absl::CivilMonth(first_day()) + MonthsIn(level_)) - 1;
}

Period Period::Next() const {
  if (empty()) return {};
  if (index_ < 12 / MonthsIn(level_)) return Period(year_, level_, index_ + 1);
  return year_ < kLastYear ? Period(year_ + 1, level_, 1) : Period();
}

Period Period::Before() const {
  if (index_ > 1) return Period(year_, level_, index_ - 1);
  if (year_ == kFirstYear) return Period();
  return Period(year_ - 1, level_, 12 / MonthsIn(level_));
}

Period Period::YearBefore() const {
  return year_ == kFirstYear ? Period() : Period(year_ - 1, level_, index_);
}

Period Period::WholeYear() const { return OfYear(year_); }

std::vector<Period> Period::PartsOfYear(PeriodLevel level) const {
  std::vector<Period> parts;
  for (int index = 1; index <= 12 / MonthsIn(level); ++index) {
    parts.push_back(Period(year_, level, index));
  }
  return parts;
}

std::string Period::ToString() const {
  switch (level_) {
    case PeriodLevel::kYear:
      return absl::StrFormat("%04d", year_);
    case PeriodLevel::kHalf:
      return absl::StrFormat("%04d-H%d", year_, index_);
    case PeriodLevel::kQuarter:
      return absl::StrFormat("%04d-Q%d", year_, index_);
    case PeriodLevel::kMonth:
      return absl::StrFormat("%04d-%02d", year_, index_);
    case PeriodLevel::kUnspecified:
      break;
  }
  return "";
}

absl::StatusOr<absl::CivilDay> ParseDate(std::string_view text) {
  if (text.empty()) {
    return common::InvalidField("", common::kRequiredFieldMissing, "give a day, as YYYY-MM-DD");
  }
  const auto not_a_day = [text] {
    return common::InvalidField("", common::kInvalidDate,
                                absl::StrCat(Quote(text),
                                             " is not a day of the calendar written YYYY-MM-DD, "
                                             "with a year from 1900 to 9999"));
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return not_a_day();
  const std::optional<int> year = Digits(text.substr(0, 4), 4);
  const std::optional<int> month = Digits(text.substr(5, 2), 2);
  const std::optional<int> day = Digits(text.substr(8, 2), 2);
  if (!InRange(year, kFirstYear, kLastYear) || !month.has_value() || !day.has_value()) {
    return not_a_day();
  }
  const absl::CivilDay date(*year, *month, *day);
  // A civil day carries what does not exist over into the next month: 02-30 becomes 03-01.
  if (date.month() != *month || date.day() != *day) return not_a_day();
  return date;
}

std::string ToString(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

std::string_view ToWord(PeriodLevel level) {
  switch (level) {
    case PeriodLevel::kYear:
      return "year";
    case PeriodLevel::kHalf:
      return "half-year";
    case PeriodLevel::kQuarter:
      return "quarter";
    case PeriodLevel::kMonth:
      return "month";
    case PeriodLevel::kUnspecified:
      break;
  }
  return "unspecified";
}

}  // namespace reporting
