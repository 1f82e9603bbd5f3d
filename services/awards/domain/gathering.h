// What formulas take from a unit's inputs: figures, targets and counts, added up.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_GATHERING_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_GATHERING_H_

#include <string>
#include <vector>

#include "common/decimal/rational.h"
#include "services/awards/domain/columns.h"
#include "services/awards/domain/inputs.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/score.h"

namespace awards {

// Several figures added up. Texts and inputs are there only with Detail::kExplained.
struct Gathered {
  // Missing if a figure is; otherwise not applicable if a figure is.
  LineBasis basis = LineBasis::kFormula;
  common::Rational value{};
  // `18`, or `(3 + 2)`; only those there are.
  std::string text{};
  std::vector<Input> inputs{};
};

// The same with the sum of those targets that there are.
struct GatheredWithTarget : Gathered {
  bool has_target = false;
  common::Rational target{};
  std::string target_text{};
};

Gathered GatherFigures(const std::vector<std::string>& indicators, const UnitColumns& unit,
                       Detail detail);

GatheredWithTarget GatherWithTargets(const std::vector<std::string>& indicators,
                                     const UnitColumns& unit, Detail detail);

// Figures of the year before.
Gathered GatherLastYear(const std::vector<std::string>& indicators, const UnitColumns& unit,
                        Detail detail);

// What `count` counts for the criterion with this id; events and restatements are never missing.
Gathered GatherCount(const Count& count, const std::string& criterion, const UnitColumns& unit,
                     Detail detail);

// One figure as an input, without a target; from `figures` of the unit, or those of the year
// before.
Input FigureInput(const std::string& source, const Figure* figure);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_GATHERING_H_
