#include "services/reporting/domain/text.h"

#include "absl/status/statusor.h"
#include "common/status/reasons.h"
#include "common/text/text.h"

namespace reporting {

void CheckText(std::string& text, std::string_view path, size_t characters_max,
               Violations& violations) {
  if (text.empty()) return;
  absl::StatusOr<std::string> normal = common::NormaliseText(text, characters_max);
  if (normal.ok()) {
    text = *std::move(normal);
  } else {
    violations.AddError(path, normal.status());
  }
}

void CheckRequiredText(std::string& text, std::string_view path, size_t characters_max,
                       Violations& violations) {
  CheckText(text, path, characters_max, violations);
  if (text.empty()) violations.Add(path, common::kRequiredFieldMissing, "write a text");
}

void CheckLocalizedText(LocalizedText& text, std::string_view path, Violations& violations) {
  CheckRequiredText(text.vi, Join(path, "vi"), kTitleCharactersMax, violations);
  CheckText(text.en, Join(path, "en"), kTitleCharactersMax, violations);
}

}  // namespace reporting
