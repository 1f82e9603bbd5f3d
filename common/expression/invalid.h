// The one error of parsing. Internal to the folder.
#ifndef THIDUA_COMMON_EXPRESSION_INVALID_H_
#define THIDUA_COMMON_EXPRESSION_INVALID_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace common::expression {

// The error of Expression::Parse: `sentence` is what is wrong at `column`.
absl::Status Invalid(int column, std::string_view sentence);

// `text`, which must be ASCII, between backquotes, cut where it is long.
std::string Quoted(std::string_view text);

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_INVALID_H_
