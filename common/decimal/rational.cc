#include "common/decimal/rational.h"

#include <array>
#include <limits>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "common/decimal/digits.h"

namespace common {
namespace {

using Integer = boost::multiprecision::cpp_int;

// Products of two 64-bit integers.
__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

// The greatest size of a small numerator or denominator; so its opposite is small, too.
constexpr int64_t kSmallMax = std::numeric_limits<int64_t>::max();

constexpr std::array<int64_t, 19> kPowersOfTen = [] {
  std::array<int64_t, 19> powers{};
  int64_t power = 1;
  for (size_t i = 0; i < powers.size(); ++i) {
    powers[i] = power;
    if (i + 1 < powers.size()) power *= 10;
  }
  return powers;
}();

int64_t PowerOfTen(int exponent) { return kPowersOfTen[static_cast<size_t>(exponent)]; }

bool IsSmall(Wide value) { return value >= -Wide{kSmallMax} && value <= Wide{kSmallMax}; }

// The greatest common divisor; `b` is positive, and often 1.
int64_t CommonDivisor(int64_t a, int64_t b) { return b == 1 ? 1 : std::gcd(a, b); }

// `a` / `b`, which leaves nothing over. A division takes longer than to look whether it is needed.
int64_t Quotient(int64_t a, int64_t b) { return b == 1 ? a : a / b; }

int64_t SizeOf(int64_t value) { return value < 0 ? -value : value; }

// `whole` + `rest` / `divisor` of a number of this sign, rounded away from zero or not.
template <typename Unsigned>
bool GoesUp(const Unsigned& whole, const Unsigned& rest, const Unsigned& divisor,
            RoundingMode mode) {
  if (mode == RoundingMode::kDown) return false;
  const Unsigned left = divisor - rest;
  if (mode == RoundingMode::kHalfUp) return rest >= left;
  return rest > left || (rest == left && whole % 2 != 0);
}

}  // namespace

Rational::Rational(int64_t value) : top_(value) {
  if (value < -kSmallMax) large_ = std::make_shared<const Value>(value);
}

Rational::Rational(const Decimal& decimal) : top_(decimal.coefficient()) {
  if (decimal.is_integer()) return;
  const int64_t power = PowerOfTen(decimal.scale());
  const int64_t divisor = std::gcd(decimal.coefficient(), power);
  top_ /= divisor;
  bottom_ = power / divisor;
}

Rational::Rational(const Value& value) {
  const Integer top = boost::multiprecision::numerator(value);
  const Integer bottom = boost::multiprecision::denominator(value);
  if (abs(top) <= kSmallMax && bottom <= kSmallMax) {
    top_ = top.convert_to<int64_t>();
    bottom_ = bottom.convert_to<int64_t>();
  } else {
    large_ = std::make_shared<const Value>(value);
  }
}

Rational::Value Rational::ToValue() const {
  return large_ == nullptr ? Value(Integer(top_), Integer(bottom_)) : *large_;
}

std::optional<Rational> Rational::FromFraction(const Integer& top, const Integer& bottom) {
  if (bottom == 0) return std::nullopt;
  // Boost refuses a negative denominator of unlimited size, which it cannot prove to have an
  // opposite.
  return bottom < 0 ? Rational(Value(-top, -bottom)) : Rational(Value(top, bottom));
}

// Both in lowest terms, only a divisor of both denominators can be left over (Knuth, 4.5.1).
Rational Rational::Sum(const Rational& a, const Rational& b, bool is_difference) {
  if (a.large_ == nullptr && b.large_ == nullptr) {
    const int64_t addend = is_difference ? -b.top_ : b.top_;
    const int64_t common_part = CommonDivisor(a.bottom_, b.bottom_);
    const int64_t a_rest = Quotient(a.bottom_, common_part);
    const int64_t b_rest = Quotient(b.bottom_, common_part);
    const Wide top = Wide{a.top_} * b_rest + Wide{addend} * a_rest;
    const int64_t left_over =
        common_part == 1 ? 1 : CommonDivisor(static_cast<int64_t>(top % common_part), common_part);
    const Wide reduced = left_over == 1 ? top : top / left_over;
    const Wide bottom = Wide{a_rest} * Quotient(b.bottom_, left_over);
    if (IsSmall(reduced) && IsSmall(bottom)) {
      return {static_cast<int64_t>(reduced), static_cast<int64_t>(bottom)};
    }
  }
  return Rational(is_difference ? Value(a.ToValue() - b.ToValue())
                                : Value(a.ToValue() + b.ToValue()));
}

Rational Rational::Product(const Rational& a, const Rational& b) {
  if (a.large_ == nullptr && b.large_ == nullptr) {
    const int64_t first = CommonDivisor(a.top_, b.bottom_);
    const int64_t second = CommonDivisor(b.top_, a.bottom_);
    const Wide top = Wide{Quotient(a.top_, first)} * Quotient(b.top_, second);
    const Wide bottom = Wide{Quotient(a.bottom_, second)} * Quotient(b.bottom_, first);
    if (IsSmall(top) && IsSmall(bottom)) {
      return {static_cast<int64_t>(top), static_cast<int64_t>(bottom)};
    }
  }
  return Rational(Value(a.ToValue() * b.ToValue()));
}

std::strong_ordering Rational::Compare(const Rational& a, const Rational& b) {
  if (a.large_ == nullptr && b.large_ == nullptr) {
    const Wide left = Wide{a.top_} * b.bottom_;
    const Wide right = Wide{b.top_} * a.bottom_;
    if (left < right) return std::strong_ordering::less;
    return left == right ? std::strong_ordering::equal : std::strong_ordering::greater;
  }
  const int order = a.ToValue().compare(b.ToValue());
  return order <=> 0;
}

bool Rational::AreEqualLarge(const Rational& a, const Rational& b) {
  // A value that fits is never large.
  return a.large_ != nullptr && b.large_ != nullptr && *a.large_ == *b.large_;
}

Rational Rational::operator-() const {
  return large_ == nullptr ? Rational(-top_, bottom_) : Rational(Value(-*large_));
}

Rational& Rational::operator+=(const Rational& other) { return *this = Sum(*this, other, false); }

std::optional<Rational> Rational::DividedBy(const Rational& divisor) const {
  if (divisor.is_zero()) return std::nullopt;
  if (divisor.large_ == nullptr) {
    const bool is_negative = divisor.top_ < 0;
    return Product(
        *this, Rational(is_negative ? -divisor.bottom_ : divisor.bottom_, SizeOf(divisor.top_)));
  }
  return Rational(Value(ToValue() / *divisor.large_));
}

Rational Rational::Floor() const {
  if (large_ == nullptr) {
    const int64_t quotient = top_ / bottom_;  // Truncates towards zero.
    return {quotient - (top_ < 0 && top_ % bottom_ != 0 ? 1 : 0), 1};
  }
  Integer quotient = numerator() / denominator();
  if (is_negative() && quotient * denominator() != numerator()) --quotient;
  return Rational(Value(quotient));
}

std::optional<int64_t> Rational::SmallScaled(int places, RoundingMode mode) const {
  if (large_ != nullptr) return std::nullopt;
  const UnsignedWide size =
      static_cast<UnsignedWide>(SizeOf(top_)) * static_cast<UnsignedWide>(PowerOfTen(places));
  const auto divisor = static_cast<uint64_t>(bottom_);
  if (size > std::numeric_limits<uint64_t>::max()) {
    UnsignedWide whole = size / divisor;
    if (GoesUp<UnsignedWide>(whole, size % divisor, divisor, mode)) ++whole;
    if (whole > static_cast<UnsignedWide>(kSmallMax)) return std::nullopt;
    const auto rounded = static_cast<int64_t>(whole);
    return top_ < 0 ? -rounded : rounded;
  }
  // Division by 64 bits is several times faster.
  const auto small_size = static_cast<uint64_t>(size);
  uint64_t whole = small_size / divisor;
  if (GoesUp<uint64_t>(whole, small_size % divisor, divisor, mode)) ++whole;
  if (whole > static_cast<uint64_t>(kSmallMax)) return std::nullopt;
  const auto rounded = static_cast<int64_t>(whole);
  return top_ < 0 ? -rounded : rounded;
}

Rational::Integer Rational::Scaled(int places, RoundingMode mode) const {
  if (const std::optional<int64_t> small = SmallScaled(places, mode)) return *small;
  const Value scaled = ToValue() * Value(PowerOfTen(places));
  const Integer top = abs(boost::multiprecision::numerator(scaled));
  const Integer bottom = boost::multiprecision::denominator(scaled);
  Integer quotient = top / bottom;
  if (GoesUp<Integer>(quotient, top % bottom, bottom, mode)) ++quotient;
  return is_negative() ? Integer(-quotient) : quotient;
}

Rational Rational::Rounded(int places, RoundingMode mode) const {
  // Digits after the point that there are not cannot be rounded.
  if (large_ == nullptr && PowerOfTen(places) % bottom_ == 0) return *this;
  if (const std::optional<int64_t> small = SmallScaled(places, mode)) {
    const int64_t divisor = std::gcd(*small, PowerOfTen(places));
    return {*small / divisor, PowerOfTen(places) / divisor};
  }
  return Rational(Value(Scaled(places, mode), Integer(PowerOfTen(places))));
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
  if (large_ == nullptr) {
    return bottom_ == 1 ? absl::StrCat(top_) : absl::StrCat(top_, "/", bottom_);
  }
  const std::string top = numerator().str();
  return denominator() == 1 ? top : absl::StrCat(top, "/", denominator().str());
}

Rational::Integer Rational::numerator() const {
  return large_ == nullptr ? Integer(top_) : boost::multiprecision::numerator(*large_);
}

Rational::Integer Rational::denominator() const {
  return large_ == nullptr ? Integer(bottom_) : boost::multiprecision::denominator(*large_);
}

std::optional<int64_t> Rational::ToInteger() const {
  if (large_ == nullptr) return bottom_ == 1 ? std::optional(top_) : std::nullopt;
  if (!is_integer()) return std::nullopt;
  const Integer top = numerator();
  if (top < std::numeric_limits<int64_t>::min() || top > std::numeric_limits<int64_t>::max()) {
    return std::nullopt;
  }
  return top.convert_to<int64_t>();
}

}  // namespace common
