// The types of expressions. Internal to the folder.
#ifndef THIDUA_COMMON_EXPRESSION_CHECKER_H_
#define THIDUA_COMMON_EXPRESSION_CHECKER_H_

#include <optional>

#include "absl/status/status.h"
#include "common/expression/tree.h"
#include "common/expression/value.h"

namespace common::expression {

// Sets the type of every node and checks that operations get what they take and that the root is of
// `type`, if one is given. The errors are those of Expression::Parse.
absl::Status CheckTypes(Tree& tree, std::optional<ValueType> type);

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_CHECKER_H_
