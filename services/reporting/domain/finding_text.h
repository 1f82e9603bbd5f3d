// The sentences of findings, in Vietnamese and English. Internal to the findings.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_FINDING_TEXT_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_FINDING_TEXT_H_

#include <string>
#include <string_view>

#include "common/decimal/rational.h"
#include "common/expression/value.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/period.h"

namespace reporting {

// A number as findings show it: at most 6 places, rounded half up.
std::string Shown(const common::Rational& number);

// The parts sum to `actual`, which differs from the total.
LocalizedText PartsDiffer(const Indicator& whole, const BreakdownGroup& group,
                          std::string_view actual, std::string_view expected);
// Those of the parts that are given come to more than the total already.
LocalizedText PartsExceed(const Indicator& whole, const BreakdownGroup& group,
                          std::string_view actual, std::string_view expected);
// One part that is contained in the total exceeds it.
LocalizedText PartExceeds(const Indicator& whole, const Indicator& part, std::string_view actual,
                          std::string_view expected);

LocalizedText IdentityBroken(const Indicator& stock, std::string_view actual,
                             std::string_view previous, std::string_view expected);

// `percent` has two places and a sign.
LocalizedText ChangedTooMuch(const Indicator& indicator, std::string_view before,
                             std::string_view after, std::string_view percent,
                             std::string_view threshold);

LocalizedText ExceedsYear(const Indicator& indicator, const Period& part, std::string_view actual,
                          const Period& year, std::string_view expected);

// What a rule of a form says when it is broken, and with which numbers, if it compares any.
LocalizedText RuleBroken(const LocalizedText& message, std::string_view actual,
                         std::string_view expected);
LocalizedText RuleFails(const LocalizedText& message, common::expression::ErrorKind error);
LocalizedText RuleLacksFigures(const LocalizedText& message);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_FINDING_TEXT_H_
