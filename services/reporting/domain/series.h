// Periods one after the other.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_SERIES_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_SERIES_H_

#include <string_view>
#include <vector>

#include "services/reporting/domain/period.h"
#include "services/reporting/domain/reporters.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

inline constexpr size_t kSeriesPeriodsMax = 200;

// Every period from `first` to `last`, oldest first. Adds PERIOD_INVALID at `path`, that of the
// last period, if it is of another length, before the first, or more than kSeriesPeriodsMax away;
// then, or if either is empty, there are none.
std::vector<Period> PeriodsBetween(const Period& first, const Period& last, std::string_view path,
                                   Violations& violations);

// Whether a merger came between the periods that the two are of: those of `later` are not
// comparable with those of `earlier` without care.
bool IsAfterMerger(const Reporters& earlier, const Reporters& later);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_SERIES_H_
