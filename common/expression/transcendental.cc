#include "common/expression/transcendental.h"

#include <algorithm>

#include "common/expression/arithmetic.h"

// Numbers are fixed-point here: an integer `x` with a number of bits stands for x / 2^bits.
namespace common::expression {
namespace {

using Integer = Rational::Integer;

// More than the 240 bits that are promised, for what the steps below lose.
constexpr unsigned kWorkingBits = 272;

Rational FromFixed(const Integer& value, unsigned bits) {
  return Rational::FromFraction(value, Integer(1) << bits).value_or(Rational());
}

// 2 atanh(t) = ln((1 + t) / (1 - t)) for 0 <= t <= 1/3, by its power series.
Integer TwiceAtanh(const Integer& t, unsigned bits) {
  const Integer square = (t * t) >> bits;
  Integer sum = 0;
  Integer power = t;
  for (unsigned odd = 1; power != 0; odd += 2) {
    sum += power / odd;
    power = (power * square) >> bits;
  }
  return sum * 2;
}

Integer LnOfTwo(unsigned bits) { return TwiceAtanh((Integer(1) << bits) / 3, bits); }

// A fraction as 2^exponent x top / bottom, where top / bottom is 2/3 to 4/3.
struct Reduced {
  int exponent = 0;
  Integer top{};
  Integer bottom{};
};

Reduced Reduce(const Rational& value) {
  Reduced reduced{.top = value.numerator(), .bottom = value.denominator()};
  const auto scale = [&reduced](int exponent) {
    if (exponent >= 0) reduced.bottom <<= exponent;
    if (exponent < 0) reduced.top <<= -exponent;
    reduced.exponent += exponent;
  };
  scale(static_cast<int>(BitLength(reduced.top)) - static_cast<int>(BitLength(reduced.bottom)));
  if (reduced.top * 3 > reduced.bottom * 4) scale(1);
  if (reduced.top * 3 < reduced.bottom * 2) scale(-1);
  return reduced;
}

}  // namespace

Rational LnApproximation(const Rational& value) {
  const Reduced reduced = Reduce(value);
  const Integer difference = abs(Integer(reduced.top - reduced.bottom));
  const Integer sum = reduced.top + reduced.bottom;
  // The nearer the value is to 1, the smaller its logarithm: further bits keep the relative error.
  const bool is_near_one = reduced.exponent == 0 && difference != 0;
  const unsigned bits = kWorkingBits + (is_near_one ? BitLength(sum) - BitLength(difference) : 0);
  Integer ln = TwiceAtanh((difference << bits) / sum, bits);
  if (reduced.top < reduced.bottom) ln = -ln;
  if (reduced.exponent != 0) ln += LnOfTwo(bits) * reduced.exponent;
  return FromFixed(ln, bits);
}

Rational ExpApproximation(const Rational& value) {
  constexpr unsigned kBits = kWorkingBits;
  constexpr unsigned kHalvings = 8;
  // e^x = 2^twos x e^rest, where the rest is 0 to ln(2).
  const Integer ln_of_two = LnOfTwo(kBits);
  const Integer x = (value.numerator() << kBits) / value.denominator();
  int twos = Integer(x / ln_of_two).convert_to<int>();
  Integer rest = x - ln_of_two * twos;
  if (rest < 0) {
    --twos;
    rest += ln_of_two;
  }
  // The series of a 256th of it converges fast; squaring undoes the division.
  rest >>= kHalvings;
  Integer sum = 0;
  Integer term = Integer(1) << kBits;
  for (unsigned n = 1; term != 0; ++n) {
    sum += term;
    term = ((term * rest) >> kBits) / n;
  }
  for (unsigned i = 0; i < kHalvings; ++i) sum = (sum * sum) >> kBits;
  return twos >= 0 ? FromFixed(sum << twos, kBits)
                   : FromFixed(sum, kBits + static_cast<unsigned>(-twos));
}

}  // namespace common::expression
