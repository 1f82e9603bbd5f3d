#include "common/text/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"

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

constexpr utf8proc_int32_t kNonJoiner = 0x200C;
constexpr utf8proc_int32_t kJoiner = 0x200D;
constexpr utf8proc_int32_t kEmojiStyle = 0xFE0F;
constexpr utf8proc_int32_t kBlackFlag = 0x1F3F4;

bool IsWithin(utf8proc_int32_t code, utf8proc_int32_t first, utf8proc_int32_t last) {
  return code >= first && code <= last;
}

bool IsControl(utf8proc_int32_t code) {
  return code != '\n' && code != '\t' && utf8proc_category(code) == UTF8PROC_CATEGORY_CC;
}

bool ChangesDirection(utf8proc_int32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || IsWithin(code, 0x202A, 0x202E) ||
         IsWithin(code, 0x2066, 0x2069);
}

// The letters with which a black flag says whose it is.
bool IsTag(utf8proc_int32_t code) { return IsWithin(code, 0xE0020, 0xE007F); }

bool IsInvisible(utf8proc_int32_t code) {
  return code == 0x00AD || code == 0x180E || code == 0xFEFF || code == 0xE0001 ||
         IsWithin(code, 0x200B, kJoiner) || IsWithin(code, 0x2060, 0x2064) ||
         IsWithin(code, 0x206A, 0x206F) || IsTag(code);
}

bool IsEmoji(utf8proc_int32_t code) {
  return utf8proc_get_property(code)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

// What may stand behind an emoji and belongs to it: its style and the colour of its skin.
bool ModifiesEmoji(utf8proc_int32_t code) {
  return code == kEmojiStyle || IsWithin(code, 0x1F3FB, 0x1F3FF);
}

// The last character before `index` for which `is_skipped` is false; 0 if there is none.
utf8proc_int32_t Before(const std::vector<Character>& characters, size_t index,
                        bool (*is_skipped)(utf8proc_int32_t)) {
  while (index > 0 && is_skipped(characters[index - 1].code)) --index;
  return index == 0 ? 0 : characters[index - 1].code;
}

// Whether the invisible character at `index` makes an emoji of what is around it.
bool IsPartOfEmoji(const std::vector<Character>& characters, size_t index) {
  const utf8proc_int32_t code = characters[index].code;
  if (IsTag(code)) return Before(characters, index, IsTag) == kBlackFlag;
  if (code != kJoiner && code != kNonJoiner) return false;
  return IsEmoji(Before(characters, index, ModifiesEmoji)) && index + 1 < characters.size() &&
         IsEmoji(characters[index + 1].code);
}

// Why the character at `index` is refused; empty if it is not.
std::string_view Fault(const std::vector<Character>& characters, size_t index) {
  const utf8proc_int32_t code = characters[index].code;
  if (IsControl(code)) return "a control character";
  if (ChangesDirection(code)) return "a character that changes the direction of writing";
  if (IsInvisible(code) && !IsPartOfEmoji(characters, index)) return "an invisible character";
  return "";
}

absl::Status CheckCharacters(const std::vector<Character>& characters) {
  for (size_t i = 0; i < characters.size(); ++i) {
    const std::string_view fault = Fault(characters, i);
    if (fault.empty()) continue;
    return Refused(absl::StrFormat("the text holds %s, U+%04X, as character %d", sv(fault),
                                   characters[i].code, i + 1));
  }
  return absl::OkStatus();
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
  RETURN_IF_ERROR(CheckCharacters(characters));
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
