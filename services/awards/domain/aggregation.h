// How the points of a group's children become those of the group.
//
// `working` is written with the children's points and maxima:
//   min(20, 13.5 + 8)                                    a capped sum
//   20 × (3 × 4.5 / 5 + 2 × 8 / 10) / (3 + 2)            weighted mean
//   20 × ((4.5 / 5)^3 × (8 / 10)^2)^(1 / (3 + 2))        weighted geometric mean
//   20 × min(4.5 / 5, 8 / 10)                            minimum; max(…) for the maximum
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_AGGREGATION_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_AGGREGATION_H_

#include <optional>
#include <span>
#include <string>

#include "common/decimal/rational.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/score.h"

namespace awards {

// A child that has not dropped out.
struct GroupPart {
  common::Rational points{};
  // Above 0.
  common::Rational max_points{};
  // Above 0 in a weighted mean, otherwise not looked at.
  common::Rational weight{};
};

struct Aggregate {
  common::Rational points{};
  // False if a root was rounded to 36 digits.
  bool is_exact = true;
  // Only with Detail::kExplained; empty for a sum that is not capped.
  std::string working{};
};

// The points of `group` from its `parts`; 0 if there is none. Not rounded.
Aggregate AggregateParts(const Group& group, std::span<const GroupPart> parts, Detail detail);

// The weights of a geometric mean as the smallest integers in the same proportions, added up; empty
// if there is none.
std::optional<common::Rational> SumOfWholeWeights(std::span<const common::Rational> weights);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_AGGREGATION_H_
