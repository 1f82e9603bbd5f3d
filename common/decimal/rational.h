// Exact arithmetic for everything that is scored or added up.
#ifndef THIDUA_COMMON_DECIMAL_RATIONAL_H_
#define THIDUA_COMMON_DECIMAL_RATIONAL_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "common/decimal/decimal.h"

namespace common {

enum class RoundingMode {
  // To the nearest; a half goes away from zero: 0.125 -> 0.13, -0.125 -> -0.13.
  kHalfUp,
  // To the nearest; a half goes to the even digit: 0.125 -> 0.12, 0.135 -> 0.14.
  kHalfEven,
  // Towards zero.
  kDown,
};

// A rational number of any size, always in lowest terms. A value.
class Rational {
 public:
  using Integer = boost::multiprecision::cpp_int;

  // Zero.
  Rational() = default;
  Rational(int64_t value) : value_(value) {}  // NOLINT(google-explicit-constructor)
  Rational(const Decimal& decimal);           // NOLINT(google-explicit-constructor)

  // Not inline: g++ 12 then takes the unused half of Boost's integers for uninitialised memory.
  Rational(const Rational& other);
  Rational(Rational&& other) noexcept;
  Rational& operator=(const Rational& other);
  Rational& operator=(Rational&& other) noexcept;
  ~Rational();

  // `top` / `bottom`; nothing if `bottom` is zero.
  static std::optional<Rational> FromFraction(const Integer& top, const Integer& bottom);

  friend Rational operator+(const Rational& a, const Rational& b) {
    return Rational(Value(a.value_ + b.value_));
  }
  friend Rational operator-(const Rational& a, const Rational& b) {
    return Rational(Value(a.value_ - b.value_));
  }
  friend Rational operator*(const Rational& a, const Rational& b) {
    return Rational(Value(a.value_ * b.value_));
  }
  Rational operator-() const { return Rational(Value(-value_)); }
  Rational& operator+=(const Rational& other);

  // Nothing if `divisor` is zero.
  std::optional<Rational> DividedBy(const Rational& divisor) const;

  friend bool operator==(const Rational& a, const Rational& b) { return a.value_ == b.value_; }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
    const int order = a.value_.compare(b.value_);
    return order <=> 0;
  }

  bool is_zero() const { return value_ == 0; }
  bool is_negative() const { return value_ < 0; }

  // The greatest integer not above the value, as a rational.
  Rational Floor() const;

  // The nearest multiple of 10^-places by `mode`; `places` is 0 to 18.
  Rational Rounded(int places, RoundingMode mode) const;

  // Rounded to `places` and written with exactly that many: `4.50`.
  std::string ToFixed(int places, RoundingMode mode) const;

  // Rounded to `places` and written without trailing zeros: `4.5`.
  std::string ToTrimmed(int places, RoundingMode mode) const;

  // The exact value: an integer, or a fraction in lowest terms such as `22/5`.
  std::string ToFraction() const;

  // The value is numerator() / denominator() in lowest terms; the denominator is positive.
  Integer numerator() const { return boost::multiprecision::numerator(value_); }
  Integer denominator() const { return boost::multiprecision::denominator(value_); }
  bool is_integer() const { return denominator() == 1; }

  // The value as an integer of 64 bits; nothing if it is none or does not fit.
  std::optional<int64_t> ToInteger() const;

 private:
  using Value = boost::multiprecision::cpp_rational;

  explicit Rational(Value value) : value_(std::move(value)) {}

  // value x 10^places, rounded to an integer.
  Integer Scaled(int places, RoundingMode mode) const;

  Value value_;
};

}  // namespace common

#endif  // THIDUA_COMMON_DECIMAL_RATIONAL_H_
