#include "common/decimal/decimal.h"

#include <array>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "common/decimal/digits.h"
#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common {
namespace {

constexpr std::array<int64_t, 7> kPowersOfTen = {1, 10, 100, 1000, 10000, 100000, 1000000};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

absl::Status Malformed(std::string_view what) {
  return InvalidField("", kInvalidDecimal,
                      absl::StrCat(sv(what), "; a decimal is written like 1250, -3 or 0.75"));
}

// Checks the digits before the point; returns a sentence, or nothing if they are right.
std::string_view WholePartProblem(std::string_view whole) {
  if (whole.empty()) return "there is no digit before the decimal point";
  if (whole.size() > 1 && whole.front() == '0') return "there are leading zeros";
  return "";
}

}  // namespace

Decimal::Decimal(int64_t coefficient, int scale) : coefficient_(coefficient), scale_(scale) {
  while (scale_ > 0 && coefficient_ % 10 == 0) {
    coefficient_ /= 10;
    --scale_;
  }
}

Decimal Decimal::FromInteger(int64_t value) { return {value, 0}; }

absl::StatusOr<Decimal> Decimal::Parse(std::string_view text) {
  if (text.empty()) return Malformed("the number is empty");
  const bool negative = text.front() == '-';
  const std::string_view digits = negative ? text.substr(1) : text;
  const size_t point = digits.find('.');
  const std::string_view whole = digits.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : digits.substr(point + 1);
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) {
      if (c == ',') {
        return Malformed("a comma is not part of a number; the decimal mark is a point");
      }
      if (!IsDigit(c)) return Malformed("there is a character that is no digit");
    }
  }
  if (const auto problem = WholePartProblem(whole); !problem.empty()) return Malformed(problem);
  if (point != std::string_view::npos && fraction.empty()) {
    return Malformed("there is no digit after the decimal point");
  }
  if (fraction.size() > kMaxScale) return Malformed("there are more than 6 decimal places");
  const size_t significant = (whole == "0" ? 0 : whole.size()) + fraction.size();
  if (significant > kMaxDigits) return Malformed("there are more than 18 digits");
  int64_t coefficient = 0;
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) coefficient = coefficient * 10 + (c - '0');
  }
  if (negative && coefficient == 0) return Malformed("zero has no sign");
  return Decimal(negative ? -coefficient : coefficient, static_cast<int>(fraction.size()));
}

std::string Decimal::ToString() const {
  return WithPoint(std::to_string(std::abs(coefficient_)), scale_, is_negative());
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  __extension__ using Wide = __int128;  // 18 digits times 10^6 do not fit into 64 bits.
  const Wide left =
      Wide{a.coefficient_} * kPowersOfTen[static_cast<size_t>(Decimal::kMaxScale - a.scale_)];
  const Wide right =
      Wide{b.coefficient_} * kPowersOfTen[static_cast<size_t>(Decimal::kMaxScale - b.scale_)];
  if (left < right) return std::strong_ordering::less;
  return left == right ? std::strong_ordering::equal : std::strong_ordering::greater;
}

}  // namespace common
