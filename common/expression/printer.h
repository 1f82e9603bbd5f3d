// Expressions as text. Internal to the folder.
#ifndef THIDUA_COMMON_EXPRESSION_PRINTER_H_
#define THIDUA_COMMON_EXPRESSION_PRINTER_H_

#include <string>

#include "common/expression/tree.h"

namespace common::expression {

// `tree` in canonical form (Expression::ToText).
std::string Print(const Tree& tree);

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_PRINTER_H_
