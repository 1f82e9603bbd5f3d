// What the figures of many units come to, for the indicators that are computed from their totals.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_TOTAL_VALUES_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_TOTAL_VALUES_H_

#include <optional>
#include <vector>

#include "common/decimal/rational.h"
#include "common/expression/reference.h"
#include "services/reporting/domain/form.h"

namespace reporting {

// The total of one indicator.
struct TotalValue {
  // Nothing if no unit has a figure, or they cannot be put together.
  std::optional<common::Rational> number{};
  // Whether units say that it does not apply, and none says anything else; then it counts as
  // nothing in a sum over parts of which others apply, as in a single report (ReportValues).
  bool not_applicable = false;
};

// Totals by the slots of a form.
class TotalValues final : public common::expression::Resolver {
 public:
  // `values` has one for each indicator of the form, in its order; what it has of derived ones is
  // passed over. `form` must outlive this.
  TotalValues(const FormDefinition& form, std::vector<TotalValue> values);

  // Nothing also if a derived indicator has no value.
  const std::optional<common::Rational>& NumberAt(size_t slot) const {
    return values_[slot].number;
  }

  common::expression::Operand Resolve(
      const common::expression::Reference& reference) const override;

 private:
  common::expression::Operand OperandAt(size_t slot) const;
  common::expression::Operand SumOf(const FormDefinition::Sum& sum) const;

  const FormDefinition& form_;
  std::vector<TotalValue> values_;
  // By slot: why a derived indicator has no value.
  std::vector<std::optional<common::expression::ErrorKind>> errors_;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_TOTAL_VALUES_H_
