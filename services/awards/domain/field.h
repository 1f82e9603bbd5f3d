// What formulas over the category compare a unit with, made once from all of its units.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_FIELD_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_FIELD_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "common/decimal/rational.h"
#include "services/awards/domain/columns.h"
#include "services/awards/domain/inputs.h"
#include "services/awards/domain/rubric.h"

namespace awards {

// The units of a category by the measure of one criterion. What a formula does not need is 0.
struct Comparison {
  // Of the units whose measure has a value, ascending.
  std::vector<common::Rational> values{};
  // The same, each once; of points by dense ranks.
  std::vector<common::Rational> distinct_values{};
  common::Rational sum{};
  common::Rational square_sum{};
  // The root of square_sum.
  common::Rational norm{};
  common::Rational mean{};
  // Of all `values`, as the whole population.
  common::Rational deviation{};
  // False if a logarithm or root in it was rounded to 36 digits.
  bool is_exact = true;
  // The greatest excess over the target, if it is above 0.
  std::optional<common::Rational> best_excess{};
  // The best of the units without a target, if it is above 0.
  std::optional<common::Rational> best_untargeted{};
  // ln(full_at / zero_at), of logarithmic goalposts.
  common::Rational log_span{};
};

struct CategoryField {
  // By criterion id: those that need one.
  std::map<std::string, Comparison> comparisons{};
  // Ids of the criteria whose full marks are a condition of others.
  std::set<std::string> marked{};
  // The rubric asks for a minimum share of lines from figures.
  bool counts_data = false;
  // Units are ranked, or ties broken, by the exact total.
  bool ranks_by_full = false;
  // The indicators of the rubric; never null.
  std::shared_ptr<const IndicatorColumns> columns = std::make_shared<IndicatorColumns>();
};

// The field of a category with these units; their order does not matter.
CategoryField FieldOf(const Rubric& rubric, std::span<const UnitInputs* const> units);

// The same for units that are in `columns` already.
CategoryField FieldOf(const Rubric& rubric, std::shared_ptr<const IndicatorColumns> columns,
                      const std::vector<UnitColumns>& units);

// Where a value stands among others.
struct RankAmong {
  // How many are better.
  size_t better = 0;
  // How many are equal, with the value itself.
  size_t equal = 0;
};
// `values` ascend.
RankAmong FindRank(const std::vector<common::Rational>& values, const common::Rational& value,
                   Direction direction);

// The value as `method` compares it: rounded to 12 places where values of all units are added up,
// since a sum of thousands of fractions with different denominators would grow without bounds.
common::Rational ComparedValue(const common::Rational& value, Relative::Method method);

// By how much a target above 0 is exceeded, as a share of it; below 0 if it is missed.
common::Rational ExcessOf(const common::Rational& actual, const common::Rational& target,
                          Direction direction);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_FIELD_H_
