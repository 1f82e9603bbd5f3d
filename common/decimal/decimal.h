// Exact decimal numbers as they are written in the contract (proto/thidua/type/v1/type.proto).
#ifndef THIDUA_COMMON_DECIMAL_DECIMAL_H_
#define THIDUA_COMMON_DECIMAL_DECIMAL_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace common {

// A decimal of at most 18 significant digits, at most 6 of them after the point. A value: no
// arithmetic of its own, which could leave that range; compute with Rational.
class Decimal {
 public:
  static constexpr int kMaxDigits = 18;
  static constexpr int kMaxScale = 6;

  // Zero.
  Decimal() = default;

  // Reads the contract's grammar: [ "-" ] digits [ "." digits ].
  // INVALID_ARGUMENT, reason INVALID_DECIMAL, for anything else; the error names no field, which
  // is for the caller to add (common::UnderField).
  static absl::StatusOr<Decimal> Parse(std::string_view text);

  // `value` must have at most 18 digits.
  static Decimal FromInteger(int64_t value);

  // Without trailing zeros after the point, so equal decimals are equal texts.
  std::string ToString() const;

  // The value is coefficient() / 10^scale(); the scale is the least possible.
  int64_t coefficient() const { return coefficient_; }
  int scale() const { return scale_; }

  bool is_integer() const { return scale_ == 0; }
  bool is_negative() const { return coefficient_ < 0; }
  bool is_zero() const { return coefficient_ == 0; }

  friend bool operator==(const Decimal& a, const Decimal& b) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  Decimal(int64_t coefficient, int scale);

  int64_t coefficient_ = 0;
  int scale_ = 0;
};

}  // namespace common

#endif  // THIDUA_COMMON_DECIMAL_DECIMAL_H_
