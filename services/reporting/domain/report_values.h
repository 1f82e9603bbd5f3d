// What the figures of one report and those around it come to, for the rules of a form.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_REPORT_VALUES_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_REPORT_VALUES_H_

#include <map>
#include <optional>
#include <vector>

#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "common/expression/reference.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/period.h"

namespace reporting {

// Numbers by indicator; what is missing or does not apply is not there.
using Numbers = std::map<IndicatorId, common::Rational>;

struct PeriodNumbers {
  Period period{};
  Numbers numbers{};
};

// What else is known when a report is checked; as much of it as the form needs (RuleNeeds).
struct RuleContext {
  // The period reported on.
  Period period{};
  // Of the same form for the period before, and for the same period of the year before.
  Numbers previous{};
  Numbers last_year{};
  // The unit's targets for the period.
  Numbers targets{};
  // Of other forms: for the year that the period is part of, or for parts of the year that it is.
  // A period may stand there several times, once for each form.
  std::vector<PeriodNumbers> within_year{};
};

// The numbers of a submission, derived ones included.
Numbers NumbersOf(const std::vector<Figure>& figures, const std::vector<Figure>& derived_figures);

// The numbers of several units together, as a merger adds them up: of each indicator of the form
// whose figures are added over units and that all of them have a number for. `units` is not empty.
Numbers SumOver(const FormDefinition& form, const std::vector<Numbers>& units);

// A report by the slots of its form, with derived indicators computed. What does not apply is
// missing to an expression, but counts as nothing in a sum over parts of which others apply.
class ReportValues final : public common::expression::Resolver {
 public:
  // `figures` are as CheckFigures leaves them; those the form does not have are passed over. All
  // three must outlive the values.
  ReportValues(const FormDefinition& form, const std::vector<Figure>& figures,
               const RuleContext& context);

  // Of the figure in `slot`; nothing if it is missing or does not apply.
  const std::optional<common::Decimal>& NumberAt(size_t slot) const { return slots_[slot].number; }
  bool IsNotApplicable(size_t slot) const { return slots_[slot].not_applicable; }

  // Derived figures of the form, in its order, without those that have no value.
  std::vector<Figure> DerivedFigures() const;

  common::expression::Operand Resolve(
      const common::expression::Reference& reference) const override;

 private:
  struct Slot {
    std::optional<common::Decimal> number{};
    bool not_applicable = false;
    // Why a derived indicator has no value.
    std::optional<common::expression::ErrorKind> error{};
  };

  void Compute();
  common::expression::Operand OperandAt(size_t slot) const;
  common::expression::Operand SumOf(const FormDefinition::Sum& sum) const;

  const FormDefinition& form_;
  const RuleContext& context_;
  std::vector<Slot> slots_;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_REPORT_VALUES_H_
