// What differs between two contents of a form.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_COMPARE_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_COMPARE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/submission.h"

namespace reporting {

// One figure that differs, in its number, in whether it applies or is there at all, or in its note.
struct FigureChange {
  IndicatorId indicator{};
  // Absent where the figure is missing; not both are.
  std::optional<Figure> before{};
  std::optional<Figure> after{};
  // After - before, exact, which may be more than a Decimal holds; empty unless both are numbers.
  std::string difference{};
  // The difference in percent of `before`, to 2 places, half up, without trailing zeros; empty
  // unless both are numbers and `before` is not zero.
  std::string percent{};

  bool operator==(const FigureChange&) const = default;
};

// What differs, in the order of the form; indicators that the form does not have (any more) stand
// last, by their code. Each indicator is at most once in `before`, and in `after`.
std::vector<FigureChange> Compare(const std::vector<Figure>& before,
                                  const std::vector<Figure>& after, const FormDefinition& form);

// The revision of `submission` that was accepted last.
// FAILED_PRECONDITION, NEVER_ACCEPTED: none was; metadata `name` and `state`.
absl::StatusOr<int> LastAccepted(const Submission& submission);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_COMPARE_H_
