// The points of a line by the formulas of scale.h; formula.h says what they have in common.
//
// How they are written, with M = 5 and x = 18:
//   5 × (18 - 10) / (20 - 10)              linear goalposts; min-max
//   5 × ln(18 / 10) / ln(20 / 10)          logarithmic goalposts
//   18 ≤ 10 → 0                            beyond a logarithmic goalpost, or a vertex
//   1 + (18 - 10) / (20 - 10) × (4 - 1)    between two vertices
//   5 × 18 / 120                           sum; 5 × (1 - 18 / 120) if less is better
//   5 × 18 / √1234                         vector
//   5 × (1/2 + (18 - 15.2) / 2.6458 / (2 × 3))   z-score: mean 15.2, deviation 2.6458, span 3
//   5 × (11 - 2.5) / (11 - 1)              rank 2.5 of 11
//   5 × 18 / 23                            distance to the leader
//   min = max → 2.5                        an even comparison; Σ ≤ 0, Σ² = 0, n = 1, max ≤ 0 alike
//   #2 / 11 → 4                            points by rank; #2–3 / 11 → (4 + 3) / 2 for a shared one
//   5 / 2 × 18 / 20                        leader: target missed
//   5 / 2 + 5 / 2 × (18 - 15) / 15 / 0.5333      exceeded; the leader by 53.33 %
//   5 × 18 / 23                            no target
//   A * 2 = 1.5                            an expression
// A measure that is more than one figure stands before it: `82 / 115 × 100 ≈ 71.3043; 5 × …`, and
// min(5, …) or max(0, …) around it if the points had to be kept.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_SCALING_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_SCALING_H_

#include "services/awards/domain/formula.h"
#include "services/awards/domain/scale.h"

namespace awards {

LineValue ScaleLine(const Goalposts& posts, const Criterion& criterion, const LineContext& context);
LineValue ScaleLine(const Piecewise& piecewise, const Criterion& criterion,
                    const LineContext& context);
LineValue ScaleLine(const Relative& relative, const Criterion& criterion,
                    const LineContext& context);
LineValue ScaleLine(const RankPoints& ranked, const Criterion& criterion,
                    const LineContext& context);
LineValue ScaleLine(const LeaderRelative& leader, const Criterion& criterion,
                    const LineContext& context);
LineValue ScaleLine(const CustomExpression& custom, const Criterion& criterion,
                    const LineContext& context);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_SCALING_H_
