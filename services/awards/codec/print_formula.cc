#include "services/awards/codec/print_formula.h"

#include <string>
#include <variant>
#include <vector>

#include "services/awards/codec/fields.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;

v1::Count CountToProto(const Count& count) {
  v1::Count proto;
  std::visit(Overloaded{[](std::monostate) {},
                        [&](const IndicatorCount& of) { proto.set_indicator(of.indicator); },
                        [&](const EventCount&) { proto.set_events(true); },
                        [&](const RestatementCount&) { proto.set_restatements(true); }},
             count);
  return proto;
}

void Write(const Ratio& ratio, v1::Ratio& proto) {
  proto.mutable_indicators()->Assign(ratio.indicators.begin(), ratio.indicators.end());
  proto.set_zero_target(EnumTo<v1::Ratio::ZeroTarget>(ratio.zero_target));
}

void Assign(const std::vector<std::string>& indicators,
            google::protobuf::RepeatedPtrField<std::string>& proto) {
  proto.Assign(indicators.begin(), indicators.end());
}

void Write(const Measure& measure, v1::Measure& proto) {
  std::visit(
      Overloaded{
          [](std::monostate) {},
          [&](const FigureSum& sum) {
            Assign(sum.indicators, *proto.mutable_figures()->mutable_indicators());
          },
          [&](const Percentage& share) {
            Assign(share.numerator, *proto.mutable_percentage()->mutable_numerator());
            Assign(share.denominator, *proto.mutable_percentage()->mutable_denominator());
          },
          [&](const PercentOfTarget& reached) {
            Assign(reached.indicators, *proto.mutable_percent_of_target()->mutable_indicators());
          },
          [&](const Growth& growth) {
            Assign(growth.indicators, *proto.mutable_growth()->mutable_indicators());
            Assign(growth.base, *proto.mutable_growth()->mutable_base());
          },
          [&](const WrittenExpression& expression) { proto.set_expression(expression.text); },
          [&](const RecordedEvents&) { proto.set_events(true); },
          [&](const CountedRestatements&) { proto.set_restatements(true); }},
      measure.of);
  if (measure.precision) WriteRounding(*measure.precision, *proto.mutable_precision());
}

void Write(const MeasureReached& reached, v1::MeasureReached& proto) {
  Write(reached.measure, *proto.mutable_measure());
  if (reached.limit == BandLimit::kAtLeast) proto.set_at_least(reached.threshold.ToString());
  if (reached.limit == BandLimit::kAtMost) proto.set_at_most(reached.threshold.ToString());
}

void Write(const Goalposts& posts, v1::Goalposts& proto) {
  Write(posts.measure, *proto.mutable_measure());
  proto.set_zero_at(posts.zero_at.ToString());
  proto.set_full_at(posts.full_at.ToString());
  proto.set_scale(EnumTo<v1::Goalposts::Scale>(posts.scale));
  proto.set_beyond(EnumTo<v1::Goalposts::Beyond>(posts.beyond));
}

void Write(const Piecewise& piecewise, v1::Piecewise& proto) {
  Write(piecewise.measure, *proto.mutable_measure());
  for (const Vertex& vertex : piecewise.vertices) {
    v1::Vertex& added = *proto.add_vertices();
    added.set_at(vertex.at.ToString());
    added.set_points(vertex.points.ToString());
  }
}

void Write(const Relative& relative, v1::Relative& proto) {
  Write(relative.measure, *proto.mutable_measure());
  proto.set_method(EnumTo<v1::Relative::Method>(relative.method));
  proto.set_direction(EnumTo<v1::Direction>(relative.direction));
  proto.set_even(EnumTo<v1::Relative::Even>(relative.even));
  if (relative.z_span) proto.set_z_span(relative.z_span->ToString());
}

void Write(const RankPoints& ranked, v1::RankPoints& proto) {
  Write(ranked.measure, *proto.mutable_measure());
  proto.set_direction(EnumTo<v1::Direction>(ranked.direction));
  for (const common::Decimal& points : ranked.points) proto.add_points(points.ToString());
  proto.set_otherwise(ranked.otherwise.ToString());
  proto.set_ties(EnumTo<v1::RankPoints::Ties>(ranked.ties));
}

void Write(const LeaderRelative& leader, v1::LeaderRelative& proto) {
  Assign(leader.indicators, *proto.mutable_indicators());
  proto.set_direction(EnumTo<v1::Direction>(leader.direction));
}

void Write(const Bands& bands, v1::Bands& proto) {
  proto.mutable_numerator()->Assign(bands.numerator.begin(), bands.numerator.end());
  proto.mutable_denominator()->Assign(bands.denominator.begin(), bands.denominator.end());
  for (const Band& band : bands.bands) {
    v1::Band& added = *proto.add_bands();
    if (band.limit == BandLimit::kAtLeast) added.set_at_least(band.threshold.ToString());
    if (band.limit == BandLimit::kAtMost) added.set_at_most(band.threshold.ToString());
    added.set_points(band.points.ToString());
  }
  proto.set_otherwise(bands.otherwise.ToString());
  if (bands.measure) Write(*bands.measure, *proto.mutable_measure());
}

void Write(const DeltaEvents& delta, v1::DeltaEvents& proto) {
  proto.set_start(delta.start.ToString());
  *proto.mutable_count() = CountToProto(delta.count);
  proto.set_points(delta.points.ToString());
}

void Write(const ReportDelays& delays, v1::ReportDelays& proto) {
  proto.set_in_grace(delays.in_grace.ToString());
  proto.set_late(delays.late.ToString());
  proto.set_missing(delays.missing.ToString());
}

void Write(const AllOf& all, v1::AllOf& proto) {
  for (const Condition& condition : all.conditions) {
    v1::Condition& added = *proto.add_conditions();
    std::visit(Overloaded{[](std::monostate) {},
                          [&](const TargetReached& reached) {
                            added.mutable_target_reached()->set_indicator(reached.indicator);
                            added.mutable_target_reached()->set_percent(reached.percent.ToString());
                          },
                          [&](const FullMarks& full) { added.set_full_marks(full.criterion); },
                          [&](const MeasureReached& reached) {
                            Write(reached, *added.mutable_measure_reached());
                          },
                          [&](const WrittenExpression& expression) {
                            added.set_expression(expression.text);
                          }},
               condition);
  }
}

}  // namespace

void WriteFormula(const Formula& formula, v1::Criterion& proto) {
  std::visit(
      Overloaded{
          [](std::monostate) {}, [&](const Ratio& ratio) { Write(ratio, *proto.mutable_ratio()); },
          [&](const InverseRatio& inverse) {
            proto.mutable_inverse_ratio()->mutable_indicators()->Assign(inverse.indicators.begin(),
                                                                        inverse.indicators.end());
          },
          [&](const Bands& bands) { Write(bands, *proto.mutable_bands()); },
          [&](const PerItem& item) {
            *proto.mutable_per_item()->mutable_count() = CountToProto(item.count);
            proto.mutable_per_item()->set_points(item.points.ToString());
          },
          [&](const Manual& manual) { proto.mutable_manual()->set_step(manual.step.ToString()); },
          [&](const OnTimeShare&) { proto.mutable_on_time_share(); },
          [&](const DeltaEvents& delta) { Write(delta, *proto.mutable_delta_events()); },
          [&](const ReportDelays& delays) { Write(delays, *proto.mutable_report_delays()); },
          [&](const AllOf& all) { Write(all, *proto.mutable_all_of()); },
          [&](const ReportedPoints& points) {
            proto.mutable_reported_points()->set_indicator(points.indicator);
          },
          [&](const Goalposts& posts) { Write(posts, *proto.mutable_goalposts()); },
          [&](const Piecewise& piecewise) { Write(piecewise, *proto.mutable_piecewise()); },
          [&](const Relative& relative) { Write(relative, *proto.mutable_relative()); },
          [&](const RankPoints& ranked) { Write(ranked, *proto.mutable_rank_points()); },
          [&](const LeaderRelative& leader) { Write(leader, *proto.mutable_leader_relative()); },
          [&](const CustomExpression& custom) {
            proto.mutable_custom()->set_expression(custom.expression.text);
          }},
      formula);
}

}  // namespace awards
