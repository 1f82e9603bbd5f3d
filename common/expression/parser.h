// The grammar of expressions. Internal to the folder.
#ifndef THIDUA_COMMON_EXPRESSION_PARSER_H_
#define THIDUA_COMMON_EXPRESSION_PARSER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "common/expression/tree.h"

namespace common::expression {

// The tree of `text`, without types and canonical text. The errors are those of Expression::Parse.
absl::StatusOr<Tree> ParseTree(std::string_view text);

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_PARSER_H_
