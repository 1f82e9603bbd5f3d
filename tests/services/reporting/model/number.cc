#include "tests/services/reporting/model/number.h"

#include <cstdlib>

#include "absl/strings/str_format.h"

namespace reporting::model {
namespace {

bool IsDigits(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

std::optional<Number> ParseNumber(const std::string& text) {
  const bool is_negative = !text.empty() && text.front() == '-';
  const std::string digits = text.substr(is_negative ? 1 : 0);
  const size_t point = digits.find('.');
  const std::string whole = digits.substr(0, point);
  std::string places = point == std::string::npos ? "0" : digits.substr(point + 1);
  if (!IsDigits(whole) || !IsDigits(places)) return std::nullopt;
  if (whole.size() > 1 && whole.front() == '0') return std::nullopt;
  while (!places.empty() && places.back() == '0') places.pop_back();
  const auto count = static_cast<int>(places.size());
  places.resize(2, '0');
  const int64_t size = std::stoll(whole) * 100 + std::stoll(places);
  if (is_negative && size == 0) return std::nullopt;
  return Number{.hundredths = is_negative ? -size : size, .places = count};
}

int64_t HundredthsOf(const std::string& text) {
  const std::optional<Number> number = ParseNumber(text);
  if (!number.has_value()) std::abort();
  return number->hundredths;
}

int64_t DivideRounded(int64_t numerator, int64_t denominator) {
  const bool is_negative = (numerator < 0) != (denominator < 0);
  const int64_t top = std::abs(numerator);
  const int64_t bottom = std::abs(denominator);
  const int64_t size = (2 * top + bottom) / (2 * bottom);
  return is_negative ? -size : size;
}

std::string PrintFixed(int64_t hundredths) {
  const int64_t size = std::abs(hundredths);
  return absl::StrFormat("%s%d.%02d", hundredths < 0 ? "-" : "", size / 100, size % 100);
}

std::string PrintNumber(int64_t hundredths) {
  std::string text = PrintFixed(hundredths);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace reporting::model
