// Which indicators a rubric refers to.
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "common/expression/reference.h"
#include "services/awards/domain/measuring.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/working.h"

namespace awards {
namespace {

using common::expression::Mention;
using common::expression::ReferenceKind;

// Collects the indicators of one criterion.
class Collector {
 public:
  Collector(std::vector<IndicatorUse>& uses, bool& uses_last_year)
      : uses_(uses), uses_last_year_(uses_last_year) {}

  void Add(const Formula& formula, const std::string& path) {
    std::visit([&](const auto& kind) { AddKind(kind, path); }, formula);
  }

 private:
  void AddAll(const std::vector<std::string>& indicators, const std::string& path) {
    for (size_t i = 0; i < indicators.size(); ++i) AddOne(indicators[i], Item(path, i));
  }
  void AddOne(const std::string& indicator, const std::string& path) {
    uses_.push_back({.indicator = indicator, .path = path});
  }

  void AddExpression(const WrittenExpression& expression, const std::string& path) {
    if (!expression.parsed.has_value()) return;
    for (const Mention& mention : expression.parsed->References()) {
      if (IsReservedVariable(mention.reference.variable)) continue;
      if (mention.reference.kind == ReferenceKind::kLastYear) uses_last_year_ = true;
      AddOne(Text("indicators/", mention.reference.variable), path);
    }
  }

  void AddMeasure(const Measure& measure, const std::string& path) {
    std::visit([&](const auto& source) { AddSource(source, path); }, measure.of);
  }
  void AddSource(const FigureSum& sum, const std::string& path) {
    AddAll(sum.indicators, Join(path, "figures.indicators"));
  }
  void AddSource(const Percentage& share, const std::string& path) {
    AddAll(share.numerator, Join(path, "percentage.numerator"));
    AddAll(share.denominator, Join(path, "percentage.denominator"));
  }
  void AddSource(const PercentOfTarget& reached, const std::string& path) {
    AddAll(reached.indicators, Join(path, "percent_of_target.indicators"));
  }
  void AddSource(const Growth& growth, const std::string& path) {
    AddAll(growth.indicators, Join(path, "growth.indicators"));
    AddAll(growth.base, Join(path, "growth.base"));
    if (growth.base.empty()) uses_last_year_ = true;
  }
  void AddSource(const WrittenExpression& expression, const std::string& path) {
    AddExpression(expression, Join(path, "expression"));
  }
  template <typename Other>
  void AddSource(const Other& /*source*/, const std::string& /*path*/) {}

  void AddCount(const Count& count, const std::string& path) {
    if (const auto* figure = std::get_if<IndicatorCount>(&count)) {
      AddOne(figure->indicator, Join(path, "indicator"));
    }
  }

  void AddKind(const Ratio& ratio, const std::string& path) {
    AddAll(ratio.indicators, Join(path, "ratio.indicators"));
  }
  void AddKind(const InverseRatio& ratio, const std::string& path) {
    AddAll(ratio.indicators, Join(path, "inverse_ratio.indicators"));
  }
  void AddKind(const Bands& bands, const std::string& path) {
    AddAll(bands.numerator, Join(path, "bands.numerator"));
    AddAll(bands.denominator, Join(path, "bands.denominator"));
    if (bands.measure.has_value()) AddMeasure(*bands.measure, Join(path, "bands.measure"));
  }
  void AddKind(const PerItem& per_item, const std::string& path) {
    AddCount(per_item.count, Join(path, "per_item.count"));
  }
  void AddKind(const DeltaEvents& delta, const std::string& path) {
    AddCount(delta.count, Join(path, "delta_events.count"));
  }
  void AddKind(const ReportedPoints& reported, const std::string& path) {
    AddOne(reported.indicator, Join(path, "reported_points.indicator"));
  }
  void AddKind(const Goalposts& posts, const std::string& path) {
    AddMeasure(posts.measure, Join(path, "goalposts.measure"));
  }
  void AddKind(const Piecewise& piecewise, const std::string& path) {
    AddMeasure(piecewise.measure, Join(path, "piecewise.measure"));
  }
  void AddKind(const Relative& relative, const std::string& path) {
    AddMeasure(relative.measure, Join(path, "relative.measure"));
  }
  void AddKind(const RankPoints& ranked, const std::string& path) {
    AddMeasure(ranked.measure, Join(path, "rank_points.measure"));
  }
  void AddKind(const LeaderRelative& leader, const std::string& path) {
    AddAll(leader.indicators, Join(path, "leader_relative.indicators"));
  }
  void AddKind(const CustomExpression& custom, const std::string& path) {
    AddExpression(custom.expression, Join(path, "custom.expression"));
  }
  void AddKind(const AllOf& all_of, const std::string& path) {
    for (size_t i = 0; i < all_of.conditions.size(); ++i) {
      const std::string item = Item(Join(path, "all_of.conditions"), i);
      const Condition& condition = all_of.conditions[i];
      if (const auto* target = std::get_if<TargetReached>(&condition)) {
        AddOne(target->indicator, Join(item, "target_reached.indicator"));
      } else if (const auto* reached = std::get_if<MeasureReached>(&condition)) {
        AddMeasure(reached->measure, Join(item, "measure_reached.measure"));
      } else if (const auto* expression = std::get_if<WrittenExpression>(&condition)) {
        AddExpression(*expression, Join(item, "expression"));
      }
    }
  }
  template <typename Other>
  void AddKind(const Other& /*formula*/, const std::string& /*path*/) {}

  std::vector<IndicatorUse>& uses_;
  bool& uses_last_year_;
};

}  // namespace

std::vector<IndicatorUse> IndicatorsOf(const Rubric& rubric) {
  std::vector<IndicatorUse> uses;
  bool uses_last_year = false;
  Collector collector(uses, uses_last_year);
  for (const PlacedCriterion& placed : CriteriaOf(rubric)) {
    collector.Add(placed.criterion->formula, placed.path);
  }
  return uses;
}

bool UsesLastYear(const Rubric& rubric) {
  std::vector<IndicatorUse> uses;
  bool uses_last_year = false;
  Collector collector(uses, uses_last_year);
  for (const PlacedCriterion& placed : CriteriaOf(rubric)) {
    collector.Add(placed.criterion->formula, placed.path);
  }
  return uses_last_year;
}

}  // namespace awards
