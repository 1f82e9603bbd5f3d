#include "common/text/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common {
namespace {

absl::Status Refused(std::string_view why) { return InvalidField("", kInvalidText, why); }

bool IsAllowed(utf8proc_int32_t character) {
  if (character == '\n' || character == '\t') return true;
  if (utf8proc_category(character) == UTF8PROC_CATEGORY_CC) return false;
  const bool changes_direction =
      (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
  return !changes_direction;
}

std::string_view WithoutOuterSpace(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

absl::StatusOr<std::string> NormaliseText(std::string_view text, size_t max_characters) {
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return Refused("the text is not valid UTF-8");
  const std::string composed(reinterpret_cast<const char*>(mapped), static_cast<size_t>(size));
  const std::string_view trimmed = WithoutOuterSpace(composed);
  size_t characters = 0;
  for (size_t at = 0; at < trimmed.size(); ++characters) {
    utf8proc_int32_t character = 0;
    at += static_cast<size_t>(
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(trimmed.data()) + at,
                         static_cast<utf8proc_ssize_t>(trimmed.size() - at), &character));
    if (!IsAllowed(character)) {
      return Refused(
          "the text holds a control character or one that changes the direction of writing");
    }
  }
  if (characters > max_characters) {
    return Refused(absl::StrCat("the text has more than ", max_characters, " characters"));
  }
  return std::string(trimmed);
}

bool IsResourceId(std::string_view id) {
  return !id.empty() && id.size() <= 63 && IsLower(id.front()) && id.back() != '-' &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return IsLower(c) || IsDigit(c) || c == '-'; });
}

bool IsCode(std::string_view code) {
  return !code.empty() && code.size() <= 63 && IsUpper(code.front()) &&
         std::all_of(code.begin(), code.end(),
                     [](char c) { return IsUpper(c) || IsDigit(c) || c == '_'; });
}

}  // namespace common
