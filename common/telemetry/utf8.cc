#include "common/telemetry/utf8.h"

#include <utf8proc.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace common::telemetry {

size_t FirstCharacterSize(std::string_view text) {
  utf8proc_int32_t code_point = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  return size > 0 ? static_cast<size_t>(size) : 0;
}

std::string QuotableText(std::string_view text, size_t max_bytes) {
  constexpr std::string_view kCut = "...";
  std::string out;
  // Where to cut if the text turns out too long: the last end of a character that leaves room.
  size_t last_fit = 0;
  while (!text.empty()) {
    const size_t size = FirstCharacterSize(text);
    if (size > 0) {
      out.append(text.substr(0, size));
    } else {
      absl::StrAppend(&out, "\\x",
                      absl::Hex(static_cast<unsigned char>(text.front()), absl::kZeroPad2));
    }
    text.remove_prefix(std::max<size_t>(size, 1));
    if (out.size() + kCut.size() <= max_bytes) last_fit = out.size();
    if (out.size() > max_bytes) {
      out.resize(last_fit);
      return out.append(kCut.substr(0, max_bytes - last_fit));
    }
  }
  return out;
}

}  // namespace common::telemetry
