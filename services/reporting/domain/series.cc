#include "services/reporting/domain/series.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/reporting/domain/reasons.h"

namespace reporting {

std::vector<Period> PeriodsBetween(const Period& first, const Period& last, std::string_view path,
                                   Violations& violations) {
  if (first.empty() || last.empty()) return {};
  if (first.level() != last.level()) {
    violations.Add(
        path, kPeriodInvalid,
        absl::StrCat("must be a ", common::sv(ToWord(first.level())), ", as the first period is"));
    return {};
  }
  if (last < first) {
    violations.Add(path, kPeriodInvalid,
                   absl::StrCat("must not be before the first period, ", first.ToString()));
    return {};
  }
  std::vector<Period> periods = {first};
  while (periods.back() != last) {
    if (periods.size() == kSeriesPeriodsMax) {
      violations.Add(path, kPeriodInvalid,
                     absl::StrCat("must be at most ", kSeriesPeriodsMax, " periods, until ",
                                  periods.back().ToString()));
      return {};
    }
    periods.push_back(periods.back().Next());
  }
  return periods;
}

bool IsAfterMerger(const Reporters& earlier, const Reporters& later) {
  return std::any_of(later.passed.begin(), later.passed.end(),
                     [&](const UnitId& unit) { return !earlier.passed.contains(unit); });
}

}  // namespace reporting
