// What a scale turns into points, as data. Mirrors proto/thidua/awards/v1/measure.proto, which is
// its specification. What rubric.h says of values that a request left out holds here.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_MEASURE_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_MEASURE_H_

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "common/expression/expression.h"

namespace awards {

enum class Direction { kUnspecified, kHigherIsBetter, kLowerIsBetter };

// An expression of a rubric as it was written, and what it means. `parsed` is empty if there is no
// expression, or one that cannot be read, which whoever parses it reports.
struct WrittenExpression {
  std::string text{};
  std::optional<common::expression::Expression> parsed{};
};

struct FigureSum {
  // `indicators/{code}`.
  std::vector<std::string> indicators{};
};

struct Percentage {
  std::vector<std::string> numerator{};
  std::vector<std::string> denominator{};
};

struct PercentOfTarget {
  std::vector<std::string> indicators{};
};

struct Growth {
  std::vector<std::string> indicators{};
  // Empty: the same indicators a year before.
  std::vector<std::string> base{};
};

// Of the criterion the measure belongs to.
struct RecordedEvents {};

struct CountedRestatements {};

using MeasureSource = std::variant<std::monostate, FigureSum, Percentage, PercentOfTarget, Growth,
                                   WrittenExpression, RecordedEvents, CountedRestatements>;

struct Rounding {
  // Places after the decimal point, 0 to 6.
  int scale = 0;
  std::optional<common::RoundingMode> mode{};
};

struct Measure {
  MeasureSource of{};
  std::optional<Rounding> precision{};
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_MEASURE_H_
