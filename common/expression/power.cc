#include "common/expression/power.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "common/expression/limits.h"
#include "common/expression/transcendental.h"

namespace common::expression {
namespace {

using Integer = Rational::Integer;

// e^exponent, settled.
Outcome ExpOutcome(const Rational& exponent) {
  if (exponent > kExpArgumentMax) return ErrorKind::kTooLarge;
  if (exponent < -kExpArgumentMax) return Settle(Rational(), false);
  return Settle(ExpApproximation(exponent), false);
}

bool IsOdd(const Integer& value) { return value % 2 != 0; }

// base^exponent for an exact base other than zero.
Outcome WholePower(const Rational& base, const Integer& exponent) {
  const Integer size = abs(exponent);
  const unsigned bits = std::max(BitLength(base.numerator()), BitLength(base.denominator()));
  if (bits == 1) return Settle(IsOdd(size) ? base : Rational(1), true);  // 1 or -1.
  // A number of n bits is at least 2^(n - 1).
  if (size * (bits - 1) >= kBitsMax) return ErrorKind::kTooLarge;
  const auto times = size.convert_to<unsigned>();
  const Integer top = pow(base.numerator(), times);
  const Integer bottom = pow(base.denominator(), times);
  const auto power =
      exponent < 0 ? Rational::FromFraction(bottom, top) : Rational::FromFraction(top, bottom);
  return Settle(power.value_or(0), true);
}

// The root of a positive integer if that is an integer.
std::optional<Integer> IntegerRoot(const Integer& radicand, unsigned degree) {
  if (radicand == 1 || degree == 1) return radicand;
  if (degree >= BitLength(radicand)) return std::nullopt;  // Less than 2^degree.
  const Rational radicand_ln = LnApproximation(Rational::FromFraction(radicand, 1).value_or(1));
  const Rational guess = ExpApproximation(radicand_ln.DividedBy(degree).value_or(0));
  // Newton's method falls to the root from anywhere above it; one more than the guess, and a
  // little for its relative error, is above.
  Integer root = guess.Floor().numerator();
  root += (root >> 200) + 1;
  while (true) {
    const Integer next = (root * (degree - 1) + radicand / Integer(pow(root, degree - 1))) / degree;
    if (next >= root) break;
    root = next;
  }
  if (pow(root, degree) != radicand) return std::nullopt;
  return root;
}

// The root of a positive number if that is rational.
std::optional<Rational> RationalRoot(const Rational& radicand, const Integer& degree) {
  // Only 1 has a rational root of a higher degree than its bits.
  if (degree > kBitsMax) return radicand == 1 ? std::optional(radicand) : std::nullopt;
  const auto small_degree = degree.convert_to<unsigned>();
  const std::optional<Integer> top = IntegerRoot(radicand.numerator(), small_degree);
  if (!top.has_value()) return std::nullopt;
  const std::optional<Integer> bottom = IntegerRoot(radicand.denominator(), small_degree);
  if (!bottom.has_value()) return std::nullopt;
  return Rational::FromFraction(*top, *bottom);
}

// base^exponent for a base other than zero and, if it is negative, a whole exponent.
Outcome ApproximatePower(const Rational& base, const Rational& exponent) {
  const bool is_negative = base.is_negative() && IsOdd(exponent.numerator());
  const Rational ln = LnApproximation(base.is_negative() ? -base : base);
  Outcome outcome = ExpOutcome(ln * exponent);
  if (auto* number = std::get_if<Number>(&outcome); number != nullptr && is_negative) {
    number->value = -number->value;
  }
  return outcome;
}

Outcome PowerOfZero(const Rational& exponent, bool is_exact) {
  if (exponent.is_negative()) return ErrorKind::kDomain;
  return Settle(exponent.is_zero() ? 1 : 0, is_exact);
}

}  // namespace

Outcome Ln(const Number& number) {
  if (number.value <= 0) return ErrorKind::kDomain;
  if (number.value == 1) return Settle(0, number.is_exact);
  return Settle(LnApproximation(number.value), false);
}

Outcome Exp(const Number& number) {
  if (number.value.is_zero()) return Settle(1, number.is_exact);
  return ExpOutcome(number.value);
}

Outcome Sqrt(const Number& number) {
  if (number.value.is_negative()) return ErrorKind::kDomain;
  return Power(number, Number{.value = Rational::FromFraction(1, 2).value_or(0)});
}

Outcome Power(const Number& base, const Number& exponent) {
  const bool is_exact = base.is_exact && exponent.is_exact;
  if (base.value.is_zero()) return PowerOfZero(exponent.value, is_exact);
  if (base.value.is_negative() && !exponent.value.is_integer()) return ErrorKind::kDomain;
  if (is_exact) {
    const auto root = exponent.value.is_integer()
                          ? std::optional(base.value)
                          : RationalRoot(base.value, exponent.value.denominator());
    if (root.has_value()) return WholePower(*root, exponent.value.numerator());
  }
  return ApproximatePower(base.value, exponent.value);
}

}  // namespace common::expression
