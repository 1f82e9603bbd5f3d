// Findings: rules that the figures of a report break, and why a unit says they are right all the
// same.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_FINDING_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_FINDING_H_

#include <string>
#include <vector>

#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/text.h"

namespace reporting {

// Whether a broken rule refuses a report, or asks it to explain itself.
enum class Severity { kUnspecified, kError, kWarning };

// One broken rule.
struct Finding {
  // Which rule, and on what: `rules/{rule}`, `breakdowns/{code}/{group}`, `stock-identity/{code}`,
  // `year-on-year/{code}` or `within-year/{code}/{period}`. Unique within a report.
  std::string finding{};
  Severity severity = Severity::kUnspecified;
  // Those concerned, the one to look at first.
  std::vector<IndicatorId> indicators{};
  // What is wrong, with the numbers.
  LocalizedText message{};
  // What was compared with what, as decimals of at most 6 places; empty if nothing was.
  std::string actual{};
  std::string expected{};
  // Why the figures are right all the same; empty for an error.
  std::string explanation{};

  bool operator==(const Finding&) const = default;
};

// Why a rule that warns is broken.
struct Explanation {
  // As in Finding::finding.
  std::string finding{};
  std::string text{};

  bool operator==(const Explanation&) const = default;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_FINDING_H_
