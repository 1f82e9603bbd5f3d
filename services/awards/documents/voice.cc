#include "services/awards/documents/voice.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/error.h"

namespace awards::documents {
namespace {

using common::sv;

constexpr std::string_view kDots = "……………";
// Digits that stand together.
constexpr size_t kThousand = 3;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

bool AreDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

// Whether the character at `index` stands between two digits.
bool IsWithinNumber(std::string_view text, size_t index) {
  return index > 0 && index + 1 < text.size() && IsDigit(text[index - 1]) &&
         IsDigit(text[index + 1]);
}

std::string Grouped(std::string_view digits, std::string_view separator) {
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % kThousand == 0) text.append(separator);
    text.push_back(digits[i]);
  }
  return text;
}

}  // namespace

bool IsDecimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const size_t point = text.find('.');
  if (point == std::string_view::npos) return AreDigits(text);
  return AreDigits(text.substr(0, point)) && AreDigits(text.substr(point + 1));
}

std::string Voice::Number(std::string_view decimal) const {
  if (!IsDecimal(decimal)) return std::string(decimal);
  const bool negative = decimal.starts_with('-');
  if (negative) decimal.remove_prefix(1);
  const size_t point = decimal.find('.');
  std::string text = absl::StrCat(negative ? "-" : "",
                                  Grouped(decimal.substr(0, point), is_vietnamese_ ? "." : ","));
  if (point != std::string_view::npos) {
    absl::StrAppend(&text, is_vietnamese_ ? "," : ".", sv(decimal.substr(point + 1)));
  }
  return text;
}

std::string Voice::Count(size_t count) const {
  return is_vietnamese_ ? absl::StrFormat("%02d", count) : absl::StrCat(count);
}

std::string Voice::Working(std::string_view working) const {
  if (!is_vietnamese_) return std::string(working);
  std::string text;
  int brackets = 0;
  for (size_t i = 0; i < working.size(); ++i) {
    const char c = working[i];
    if (c == '[') ++brackets;
    if (c == ']') --brackets;
    if (brackets > 0) {
      text.push_back(c);
    } else if (c == '.' && IsWithinNumber(working, i)) {
      text.push_back(',');
    } else if (c == ',') {
      text.push_back(';');
    } else {
      text.push_back(c);
    }
  }
  return text;
}

std::string Voice::Day(const std::optional<absl::CivilDay>& day) const {
  if (!day.has_value()) {
    return (*this)("ngày …… tháng …… năm ………", "…… ……………… ………");
  }
  if (!is_vietnamese_) {
    constexpr std::array<std::string_view, 12> kMonths{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    return absl::StrCat(day->day(), " ", sv(kMonths[static_cast<size_t>(day->month() - 1)]), " ",
                        day->year());
  }
  // Only January and February get a zero: no other month could be made one by a stroke of the pen.
  const std::string month =
      day->month() <= 2 ? absl::StrFormat("%02d", day->month()) : absl::StrCat(day->month());
  return absl::StrFormat("ngày %02d tháng %s năm %d", day->day(), month, day->year());
}

std::string Voice::OrDots(std::string_view text) const {
  return std::string(text.empty() ? kDots : text);
}

std::string Roman(size_t number) {
  constexpr std::array<std::pair<size_t, std::string_view>, 5> kDigits{
      {{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}};
  std::string text;
  for (const auto& [value, digit] : kDigits) {
    for (; number >= value; number -= value) text.append(digit);
  }
  return text;
}

}  // namespace awards::documents
