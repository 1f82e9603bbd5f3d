// Texts of resources: checked and normalised on their way in.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_TEXT_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_TEXT_H_

#include <string>
#include <string_view>

#include "services/reporting/domain/violations.h"

namespace reporting {

// Most characters of a title; of a person's name and office; of a note, reason or source.
inline constexpr size_t kTitleCharactersMax = 500;
inline constexpr size_t kPersonCharactersMax = 200;
inline constexpr size_t kNoteCharactersMax = 1000;

// A text in Vietnamese, and in English if there is one.
struct LocalizedText {
  std::string vi{};
  std::string en{};

  bool operator==(const LocalizedText&) const = default;
};

// Puts `text` into normal form (NFC, no outer white space); adds INVALID_TEXT at `path` if it has
// characters that are not allowed or more than `characters_max`.
void CheckText(std::string& text, std::string_view path, size_t characters_max,
               Violations& violations);

// The same, and adds REQUIRED_FIELD_MISSING if nothing is left.
void CheckRequiredText(std::string& text, std::string_view path, size_t characters_max,
                       Violations& violations);

// `path`.vi, which is required, and `path`.en, each at most kTitleCharactersMax.
void CheckLocalizedText(LocalizedText& text, std::string_view path, Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_TEXT_H_
