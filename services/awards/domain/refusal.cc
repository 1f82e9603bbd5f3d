#include "services/awards/domain/refusal.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/awards/domain/round.h"

namespace awards {

using common::sv;

absl::Status IllegalStateChange(std::string_view name, std::string_view state,
                                std::string_view what,
                                const std::vector<std::string_view>& allowed) {
  std::string list;
  for (const std::string_view one : allowed) {
    absl::StrAppend(&list, list.empty() ? "" : ",", sv(one));
  }
  return common::Error(absl::StatusCode::kFailedPrecondition, common::kIllegalStateChange,
                       absl::StrCat(sv(name), " is ", sv(state), "; ", sv(what), " ",
                                    list.empty() ? "no other state" : list))
      .With("name", name)
      .With("state", state)
      .With("allowed", list);
}

void RequireText(Violations& violations, std::string_view path, std::string_view text) {
  if (text.empty()) violations.Add(path, common::kRequiredFieldMissing, "a text is required");
}

void RequireUnit(Violations& violations, std::string_view path, std::string_view name) {
  RequireText(violations, path, name);
  if (!IsNameIn("units", name)) {
    violations.Add(path, common::kInvalidName, "a unit is named units/{unit}");
  }
}

void RequireDate(Violations& violations, std::string_view path, std::string_view date) {
  violations.Take(path, ParseDate(date));
}

}  // namespace awards
