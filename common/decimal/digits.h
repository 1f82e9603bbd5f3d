// Writing an integer of digits with a decimal point in it; shared by Decimal and Rational.
#ifndef THIDUA_COMMON_DECIMAL_DIGITS_H_
#define THIDUA_COMMON_DECIMAL_DIGITS_H_

#include <string>

#include "absl/strings/str_cat.h"

namespace common {

// The number `digits` / 10^`places` with exactly `places` digits after the point and a minus sign
// if `negative`: ("75", 3) is `0.075`.
inline std::string WithPoint(std::string digits, int places, bool negative) {
  const auto width = static_cast<size_t>(places);
  if (digits.size() <= width) digits.insert(0, width + 1 - digits.size(), '0');
  const size_t point = digits.size() - width;
  return absl::StrCat(negative ? "-" : "", digits.substr(0, point), places > 0 ? "." : "",
                      digits.substr(point));
}

}  // namespace common

#endif  // THIDUA_COMMON_DECIMAL_DIGITS_H_
