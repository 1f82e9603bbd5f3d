// Text of unknown origin on its way into a log line or an error detail, both of which must be
// valid UTF-8 whatever they quote.
#ifndef THIDUA_COMMON_TELEMETRY_UTF8_H_
#define THIDUA_COMMON_TELEMETRY_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace common::telemetry {

// Bytes of the character `text` begins with; 0 if `text` is empty or begins with a byte that is no
// part of valid UTF-8 (overlong forms and surrogates are not valid).
size_t FirstCharacterSize(std::string_view text);

// `text` with each invalid byte replaced by `\xNN`, cut between characters so that at most
// `max_bytes` bytes remain; where something was cut, the result ends with "...".
std::string QuotableText(std::string_view text, size_t max_bytes);

}  // namespace common::telemetry

#endif  // THIDUA_COMMON_TELEMETRY_UTF8_H_
