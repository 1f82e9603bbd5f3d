#include "common/decimal/rational.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "common/decimal/digits.h"

namespace common {
namespace {

using Integer = boost::multiprecision::cpp_int;

Integer PowerOfTen(int exponent) {
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

}  // namespace

Rational::Rational(const Decimal& decimal)
    : value_(Integer(decimal.coefficient()), PowerOfTen(decimal.scale())) {}

Rational::Rational(const Rational& other) = default;
Rational::Rational(Rational&& other) noexcept = default;
Rational& Rational::operator=(const Rational& other) = default;
Rational& Rational::operator=(Rational&& other) noexcept = default;
Rational::~Rational() = default;

std::optional<Rational> Rational::FromFraction(const Integer& top, const Integer& bottom) {
  if (bottom == 0) return std::nullopt;
  // Boost refuses a negative denominator of unlimited size, which it cannot prove to have an
  // opposite.
  return bottom < 0 ? Rational(Value(-top, -bottom)) : Rational(Value(top, bottom));
}

Rational& Rational::operator+=(const Rational& other) {
  value_ += other.value_;
  return *this;
}

std::optional<Rational> Rational::DividedBy(const Rational& divisor) const {
  if (divisor.is_zero()) return std::nullopt;
  return Rational(Value(value_ / divisor.value_));
}

Rational Rational::Floor() const {
  Integer quotient = numerator() / denominator();  // Truncates towards zero.
  if (is_negative() && quotient * denominator() != numerator()) --quotient;
  return Rational(Value(quotient));
}

Rational::Integer Rational::Scaled(int places, RoundingMode mode) const {
  const Value scaled = value_ * Value(PowerOfTen(places));
  const Integer top = abs(boost::multiprecision::numerator(scaled));
  const Integer bottom = boost::multiprecision::denominator(scaled);
  Integer quotient = top / bottom;
  const Integer twice_rest = (top % bottom) * 2;
  const bool goes_up = (mode == RoundingMode::kHalfUp && twice_rest >= bottom) ||
                       (mode == RoundingMode::kHalfEven &&
                        (twice_rest > bottom || (twice_rest == bottom && quotient % 2 != 0)));
  if (goes_up) ++quotient;
  return is_negative() ? Integer(-quotient) : quotient;
}

Rational Rational::Rounded(int places, RoundingMode mode) const {
  return Rational(Value(Scaled(places, mode), PowerOfTen(places)));
}

std::string Rational::ToFixed(int places, RoundingMode mode) const {
  const Integer scaled = Scaled(places, mode);
  return WithPoint(Integer(abs(scaled)).str(), places, scaled < 0);
}

std::string Rational::ToTrimmed(int places, RoundingMode mode) const {
  std::string text = ToFixed(places, mode);
  if (places == 0) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string Rational::ToFraction() const {
  const std::string top = numerator().str();
  return denominator() == 1 ? top : absl::StrCat(top, "/", denominator().str());
}

std::optional<int64_t> Rational::ToInteger() const {
  if (!is_integer()) return std::nullopt;
  const Integer top = numerator();
  if (top < std::numeric_limits<int64_t>::min() || top > std::numeric_limits<int64_t>::max()) {
    return std::nullopt;
  }
  return top.convert_to<int64_t>();
}

}  // namespace common
