#include "services/awards/domain/aggregation.h"

#include <algorithm>
#include <boost/multiprecision/integer.hpp>
#include <cstdint>
#include <variant>
#include <vector>

#include "absl/strings/str_join.h"
#include "common/expression/power.h"
#include "services/awards/domain/working.h"

namespace awards {
namespace {

using common::Rational;
using Integer = Rational::Integer;

constexpr int kPlaces = common::Decimal::kMaxScale;

std::string Number(const Rational& number) {
  return number.ToTrimmed(kPlaces, common::RoundingMode::kHalfUp);
}

std::string ShareText(const GroupPart& part) {
  return Text(Number(part.points), " / ", Number(part.max_points));
}

template <typename Write>
std::string JoinParts(std::span<const GroupPart> parts, const char* separator, Write write) {
  std::vector<std::string> terms;
  for (const GroupPart& part : parts) terms.push_back(write(part));
  return absl::StrJoin(terms, separator);
}

std::string WeightText(const GroupPart& part) { return Number(part.weight); }

Rational SumOfWeights(std::span<const GroupPart> parts) {
  Rational sum;
  for (const GroupPart& part : parts) sum += part.weight;
  return sum;
}

Aggregate Sum(const Group& group, std::span<const GroupPart> parts, Detail detail) {
  Aggregate sum;
  for (const GroupPart& part : parts) sum.points += part.points;
  if (!group.max_points.has_value() || sum.points <= Rational(*group.max_points)) return sum;
  sum.points = *group.max_points;
  if (detail == Detail::kPoints) return sum;
  sum.working =
      Text("min(", group.max_points->ToString(), ", ",
           JoinParts(parts, " + ", [](const GroupPart& part) { return Number(part.points); }), ")");
  return sum;
}

Aggregate WeightedMean(const Rational& maximum, std::span<const GroupPart> parts, Detail detail) {
  Rational sum;
  for (const GroupPart& part : parts) sum += part.weight * Quotient(part.points, part.max_points);
  Aggregate mean{.points = maximum * Quotient(sum, SumOfWeights(parts))};
  if (detail == Detail::kPoints) return mean;
  const std::string terms = JoinParts(parts, " + ", [](const GroupPart& part) {
    return Text(WeightText(part), " × ", ShareText(part));
  });
  mean.working =
      Text(Number(maximum), " × (", terms, ") / (", JoinParts(parts, " + ", WeightText), ")");
  return mean;
}

// The smallest integers in the proportions of `weights`.
std::vector<Integer> WholeWeights(std::span<const Rational> weights) {
  Integer multiple = 1;
  for (const Rational& weight : weights) {
    multiple = boost::multiprecision::lcm(multiple, weight.denominator());
  }
  std::vector<Integer> whole;
  Integer divisor = 0;
  for (const Rational& weight : weights) {
    whole.emplace_back(weight.numerator() * (multiple / weight.denominator()));
    divisor = boost::multiprecision::gcd(divisor, whole.back());
  }
  for (Integer& weight : whole) weight /= divisor;
  return whole;
}

// product of share ^ weight; shares are at least 0.
Rational ProductOfPowers(std::span<const GroupPart> parts, const std::vector<Integer>& weights) {
  Rational product(1);
  for (size_t i = 0; i < parts.size(); ++i) {
    const Rational share = Quotient(parts[i].points, parts[i].max_points);
    const auto times = weights[i].convert_to<unsigned>();
    product = product * Rational::FromFraction(
                            Integer(boost::multiprecision::pow(share.numerator(), times)),
                            Integer(boost::multiprecision::pow(share.denominator(), times)))
                            .value_or(Rational());
  }
  return product;
}

Aggregate GeometricMean(const Rational& maximum, std::span<const GroupPart> parts, Detail detail) {
  std::vector<Rational> weights;
  for (const GroupPart& part : parts) weights.push_back(part.weight);
  const std::vector<Integer> whole = WholeWeights(weights);
  Integer degree = 0;
  for (const Integer& weight : whole) degree += weight;
  const Rational product = ProductOfPowers(parts, whole);
  const auto outcome = common::expression::Power(
      {.value = product}, {.value = Rational::FromFraction(1, degree).value_or(Rational())});
  Aggregate mean;
  if (const auto* root = std::get_if<common::expression::Number>(&outcome)) {
    mean.points = maximum * root->value;
    mean.is_exact = root->is_exact;
  }
  if (detail == Detail::kPoints) return mean;
  const std::string terms = JoinParts(parts, " × ", [](const GroupPart& part) {
    return Text("(", ShareText(part), ")^", WeightText(part));
  });
  mean.working =
      Text(Number(maximum), " × (", terms, ")^(1 / (", JoinParts(parts, " + ", WeightText), "))");
  return mean;
}

Aggregate Extreme(bool is_minimum, const Rational& maximum, std::span<const GroupPart> parts,
                  Detail detail) {
  std::vector<Rational> shares;
  for (const GroupPart& part : parts) shares.push_back(Quotient(part.points, part.max_points));
  Aggregate extreme{.points = maximum * (is_minimum ? *std::ranges::min_element(shares)
                                                    : *std::ranges::max_element(shares))};
  if (detail == Detail::kPoints) return extreme;
  extreme.working = Text(Number(maximum), is_minimum ? " × min(" : " × max(",
                         JoinParts(parts, ", ", ShareText), ")");
  return extreme;
}

}  // namespace

Aggregate AggregateParts(const Group& group, std::span<const GroupPart> parts, Detail detail) {
  if (parts.empty()) return {};
  switch (group.aggregation) {
    case Aggregation::kUnspecified:
    case Aggregation::kSum:
      return Sum(group, parts, detail);
    case Aggregation::kWeightedMean:
      return WeightedMean(MaximumOf(group), parts, detail);
    case Aggregation::kGeometricMean:
      return GeometricMean(MaximumOf(group), parts, detail);
    case Aggregation::kMinimum:
      return Extreme(true, MaximumOf(group), parts, detail);
    case Aggregation::kMaximum:
      return Extreme(false, MaximumOf(group), parts, detail);
  }
  return {};
}

std::optional<Rational> SumOfWholeWeights(std::span<const Rational> weights) {
  if (weights.empty()) return std::nullopt;
  Integer sum = 0;
  for (const Integer& weight : WholeWeights(weights)) sum += weight;
  return Rational::FromFraction(sum, 1);
}

}  // namespace awards
