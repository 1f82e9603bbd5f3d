// The two sides of a comparison, for a host that says what was compared with what.
#ifndef THIDUA_COMMON_EXPRESSION_COMPARISON_H_
#define THIDUA_COMMON_EXPRESSION_COMPARISON_H_

#include <optional>

#include "common/expression/expression.h"

namespace common::expression {

struct Comparison {
  Expression left;
  Expression right;
};

// The sides of `expression` if it is one comparison as a whole, such as `A + B = C`; nothing for
// any other, such as `A = B and C = D`. Columns in the sides count from the begin of each.
std::optional<Comparison> ComparisonOf(const Expression& expression);

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_COMPARISON_H_
