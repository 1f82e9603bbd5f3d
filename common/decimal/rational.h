// Exact arithmetic for everything that is scored or added up.
#ifndef THIDUA_COMMON_DECIMAL_RATIONAL_H_
#define THIDUA_COMMON_DECIMAL_RATIONAL_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

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
//
// As long as numerator and denominator fit into 64 bits, which they nearly always do, they are kept
// and computed with as such; what does not fit goes to integers of any size and comes back once it
// fits again. Nothing but speed depends on that.
class Rational {
 public:
  using Integer = boost::multiprecision::cpp_int;

  // Zero.
  Rational() = default;
  Rational(int64_t value);           // NOLINT(google-explicit-constructor)
  Rational(const Decimal& decimal);  // NOLINT(google-explicit-constructor)

  // `top` / `bottom`; nothing if `bottom` is zero.
  static std::optional<Rational> FromFraction(const Integer& top, const Integer& bottom);

  friend Rational operator+(const Rational& a, const Rational& b) { return Sum(a, b, false); }
  friend Rational operator-(const Rational& a, const Rational& b) { return Sum(a, b, true); }
  friend Rational operator*(const Rational& a, const Rational& b) { return Product(a, b); }
  Rational operator-() const;
  Rational& operator+=(const Rational& other);

  // Nothing if `divisor` is zero.
  std::optional<Rational> DividedBy(const Rational& divisor) const;

  friend bool operator==(const Rational& a, const Rational& b) {
    return a.large_ == nullptr && b.large_ == nullptr ? a.top_ == b.top_ && a.bottom_ == b.bottom_
                                                      : AreEqualLarge(a, b);
  }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
    return Compare(a, b);
  }

  bool is_zero() const { return large_ == nullptr && top_ == 0; }
  bool is_negative() const { return large_ == nullptr ? top_ < 0 : *large_ < 0; }

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
  Integer numerator() const;
  Integer denominator() const;
  bool is_integer() const { return large_ == nullptr ? bottom_ == 1 : denominator() == 1; }

  // The value as an integer of 64 bits; nothing if it is none or does not fit.
  std::optional<int64_t> ToInteger() const;

 private:
  using Value = boost::multiprecision::cpp_rational;

  // `top` / `bottom` in lowest terms, the latter positive, both within kSmallMax.
  Rational(int64_t top, int64_t bottom) : top_(top), bottom_(bottom) {}
  explicit Rational(const Value& value);

  static Rational Sum(const Rational& a, const Rational& b, bool is_difference);
  static Rational Product(const Rational& a, const Rational& b);
  static std::strong_ordering Compare(const Rational& a, const Rational& b);
  static bool AreEqualLarge(const Rational& a, const Rational& b);

  Value ToValue() const;
  // value x 10^places, rounded to an integer.
  Integer Scaled(int places, RoundingMode mode) const;
  // The same, if it can be computed and fits in 64 bits.
  std::optional<int64_t> SmallScaled(int places, RoundingMode mode) const;

  // The value, unless `large_` has it: then neither of the two is looked at.
  int64_t top_ = 0;
  int64_t bottom_ = 1;
  // Set if and only if the value does not fit above. Never changed, so that copies share it.
  std::shared_ptr<const Value> large_{};
};

}  // namespace common

#endif  // THIDUA_COMMON_DECIMAL_RATIONAL_H_
