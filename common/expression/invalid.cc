#include "common/expression/invalid.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common::expression {

absl::Status Invalid(int column, std::string_view sentence) {
  const std::string message = absl::StrCat("column ", column, ": ", sv(sentence));
  return Error(absl::StatusCode::kInvalidArgument, kExpressionInvalid, message)
      .With("column", std::to_string(column))
      .Field("", message, kExpressionInvalid);
}

std::string Quoted(std::string_view text) {
  constexpr size_t kShown = 70;
  return absl::StrCat("`", sv(text.substr(0, kShown)), text.size() > kShown ? "..." : "", "`");
}

}  // namespace common::expression
