#include "common/expression/arithmetic.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "common/expression/limits.h"

namespace common::expression {
namespace {

using Integer = Rational::Integer;

Integer PowerOfTen(int exponent) {
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

// value x 10^exponent, rounded to an integer.
Integer Shifted(const Rational& value, int exponent) {
  const Integer power = PowerOfTen(std::abs(exponent));
  const Integer top = exponent > 0 ? Integer(value.numerator() * power) : value.numerator();
  const Integer bottom = exponent < 0 ? Integer(value.denominator() * power) : value.denominator();
  return (top * 2 + bottom) / (bottom * 2);
}

// `value`, which is positive, as kDigits digits x 10^exponent.
struct Scientific {
  Integer digits{};
  int exponent = 0;
};

Scientific ToScientific(const Rational& value) {
  const Integer least = PowerOfTen(kDigits - 1);
  const Integer beyond = least * 10;
  // log10(2) is 0.30103; the guess is at most one off.
  const int bits = static_cast<int>(BitLength(value.numerator())) -
                   static_cast<int>(BitLength(value.denominator()));
  int exponent = bits * 30103 / 100000 - kDigits + 1;
  while (true) {
    Integer digits = Shifted(value, -exponent);
    if (digits >= least && digits < beyond) return {.digits = digits, .exponent = exponent};
    exponent += digits < least ? -1 : 1;
  }
}

Rational FromScientific(const Scientific& number) {
  const Integer power = PowerOfTen(std::abs(number.exponent));
  return number.exponent < 0
             ? Rational::FromFraction(number.digits, power).value_or(Rational())
             : Rational::FromFraction(number.digits * power, Integer(1)).value_or(Rational());
}

Outcome SettleApproximation(const Rational& value) {
  if (value.is_zero()) return Number{.value = value, .is_exact = false};
  const Scientific number = ToScientific(value.is_negative() ? -value : value);
  const int magnitude = number.exponent + kDigits - 1;  // Of the first digit.
  if (magnitude >= kExponentMax) return ErrorKind::kTooLarge;
  if (magnitude < -kExponentMax) return Number{.value = Rational(), .is_exact = false};
  const Rational rounded = FromScientific(number);
  return Number{.value = value.is_negative() ? -rounded : rounded, .is_exact = false};
}

// The greatest multiple of 10^-decimals not above `value`.
Rational RoundedDown(const Rational& value, int decimals) {
  const Rational power = Rational::FromFraction(PowerOfTen(decimals), 1).value_or(1);
  return (value * power).Floor().DividedBy(power).value_or(0);
}

Rational Rounded(const Rational& value, Direction direction, int decimals) {
  switch (direction) {
    case Direction::kDown:
      return RoundedDown(value, decimals);
    case Direction::kUp:
      return -RoundedDown(-value, decimals);
    case Direction::kTowardsZero:
      return value.Rounded(decimals, RoundingMode::kDown);
    case Direction::kNearest:
      break;
  }
  return value.Rounded(decimals, RoundingMode::kHalfUp);
}

}  // namespace

unsigned BitLength(const Rational::Integer& value) {
  if (value == 0) return 0;
  Integer size = value;
  if (size < 0) size.backend().negate();
  return static_cast<unsigned>(msb(size)) + 1;
}

Outcome Settle(const Rational& value, bool is_exact) {
  if (!is_exact) return SettleApproximation(value);
  if (std::max(BitLength(value.numerator()), BitLength(value.denominator())) > kBitsMax) {
    return ErrorKind::kTooLarge;
  }
  return Number{.value = value, .is_exact = true};
}

Outcome Add(const Number& a, const Number& b) {
  return Settle(a.value + b.value, a.is_exact && b.is_exact);
}

Outcome Subtract(const Number& a, const Number& b) {
  return Settle(a.value - b.value, a.is_exact && b.is_exact);
}

Outcome Multiply(const Number& a, const Number& b) {
  return Settle(a.value * b.value, a.is_exact && b.is_exact);
}

Outcome Divide(const Number& a, const Number& b) {
  const std::optional<Rational> quotient = a.value.DividedBy(b.value);
  if (!quotient.has_value()) return ErrorKind::kDivisionByZero;
  return Settle(*quotient, a.is_exact && b.is_exact);
}

Outcome Round(const Number& number, Direction direction, int decimals) {
  return Settle(Rounded(number.value, direction, decimals), number.is_exact);
}

}  // namespace common::expression
