// Writing arithmetic in signs that need no translation; see formula.h.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_WORKING_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_WORKING_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/decimal/rational.h"
#include "common/status/error.h"

namespace awards {

inline constexpr std::string_view kMissingSign = "–";
inline constexpr std::string_view kNotApplicableSign = "n/a";

// All parts, which are strings, one after the other.
template <typename... Parts>
std::string Text(const Parts&... parts) {
  return absl::StrCat(absl::AlphaNum(common::sv(std::string_view(parts)))...);
}

// `18`, or `(3 + 2)`.
std::string InParentheses(const std::vector<std::string>& terms);

// The value with at most four places: `71.3043`.
std::string Brief(const common::Rational& value);

// The same after a sign that says whether this is all of it: `≈ 71.3043`, `= 90`.
std::string Shown(const common::Rational& value);

// `dividend` / `divisor`; 0 if that is 0, which callers have excluded.
common::Rational Quotient(const common::Rational& dividend, const common::Rational& divisor);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_WORKING_H_
