#include "common/text/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common {
namespace {

absl::Status Refused(std::string_view why) { return InvalidField("", kInvalidText, why); }

// One code point of a text, which begins at the byte `at`.
struct Character {
  utf8proc_int32_t code = 0;
  size_t at = 0;
};

// `text` must be valid UTF-8.
std::vector<Character> CharactersOf(std::string_view text) {
  std::vector<Character> characters;
  for (size_t at = 0; at < text.size();) {
    Character& next = characters.emplace_back(Character{.code = 0, .at = at});
    at += static_cast<size_t>(
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                         static_cast<utf8proc_ssize_t>(text.size() - at), &next.code));
  }
  return characters;
}

bool IsAllowed(const Character& character) {
  const utf8proc_int32_t code = character.code;
  if (code == '\n' || code == '\t') return true;
  if (utf8proc_category(code) == UTF8PROC_CATEGORY_CC) return false;
  const bool changes_direction =
      (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  return !changes_direction;
}

// A space or separator of any script, such as the no-break space that word processors put in.
bool IsSpace(const Character& character) {
  const utf8proc_category_t category = utf8proc_category(character.code);
  return character.code == '\n' || character.code == '\t' || category == UTF8PROC_CATEGORY_ZS ||
         category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
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
  const std::vector<Character> characters = CharactersOf(composed);
  if (!std::all_of(characters.begin(), characters.end(), IsAllowed)) {
    return Refused(
        "the text holds a control character or one that changes the direction of writing");
  }
  const auto first = std::find_if_not(characters.begin(), characters.end(), IsSpace);
  if (first == characters.end()) return "";
  const auto end = std::find_if_not(characters.rbegin(), characters.rend(), IsSpace).base();
  if (static_cast<size_t>(end - first) > max_characters) {
    return Refused(absl::StrCat("the text has more than ", max_characters, " characters"));
  }
  const size_t end_at = end == characters.end() ? composed.size() : end->at;
  return composed.substr(first->at, end_at - first->at);
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
