// Formulas that turn a measure into points, as data. Mirrors proto/thidua/awards/v1/scale.proto,
// which is its specification. What rubric.h says of values that a request left out holds here.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_SCALE_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_SCALE_H_

#include <optional>
#include <string>
#include <vector>

#include "common/decimal/decimal.h"
#include "services/awards/domain/measure.h"

namespace awards {

struct Goalposts {
  enum class Scale { kUnspecified, kLinear, kLogarithmic };
  enum class Beyond { kUnspecified, kClipped, kUnclipped };

  Measure measure{};
  common::Decimal zero_at{};
  common::Decimal full_at{};
  Scale scale = Scale::kUnspecified;
  Beyond beyond = Beyond::kUnspecified;
};

struct Vertex {
  common::Decimal at{};
  common::Decimal points{};
};

struct Piecewise {
  Measure measure{};
  // By rising `at`.
  std::vector<Vertex> vertices{};
};

struct Relative {
  enum class Method { kUnspecified, kMinMax, kSum, kVector, kZScore, kRank, kLeader };
  enum class Even { kUnspecified, kFull, kHalf, kZero, kNotApplicable };

  Measure measure{};
  Method method = Method::kUnspecified;
  Direction direction = Direction::kUnspecified;
  Even even = Even::kUnspecified;
  // Of kZScore only.
  std::optional<common::Decimal> z_span{};
};

struct RankPoints {
  enum class Ties { kUnspecified, kBest, kAverage, kDense };

  Measure measure{};
  Direction direction = Direction::kUnspecified;
  std::vector<common::Decimal> points{};
  common::Decimal otherwise{};
  Ties ties = Ties::kUnspecified;
};

struct LeaderRelative {
  std::vector<std::string> indicators{};
  Direction direction = Direction::kUnspecified;
};

struct CustomExpression {
  WrittenExpression expression{};
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_SCALE_H_
