// Text on its way into the system.
#ifndef THIDUA_COMMON_TEXT_TEXT_H_
#define THIDUA_COMMON_TEXT_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace common {

// `text` in Unicode normal form C without white space of any script at its ends, so that the same
// words are the same bytes however they were typed.
// INVALID_ARGUMENT, reason INVALID_TEXT: it is not UTF-8, has more than `max_characters` code
// points, or holds what can make a text look like another one: control characters (but for line
// feed and tab), characters that change the direction of writing, and invisible characters, unless
// they make an emoji of what is around them (a joiner between two emoji, the tags of a flag). The
// error names no field.
absl::StatusOr<std::string> NormaliseText(std::string_view text, size_t max_characters);

// Whether `id` has 1 to 63 lower-case letters, digits and hyphens, begins with a letter and does
// not end with a hyphen: the form of `bac-ninh`.
bool IsResourceId(std::string_view id);

// Whether `code` has 1 to 63 upper-case letters, digits and underscores and begins with a letter:
// the form of `COOP_NEW`.
bool IsCode(std::string_view code);

}  // namespace common

#endif  // THIDUA_COMMON_TEXT_TEXT_H_
