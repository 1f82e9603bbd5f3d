#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/expression/expression.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/place.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using google::protobuf::RepeatedPtrField;

std::vector<std::string> Names(const RepeatedPtrField<std::string>& names) {
  return {names.begin(), names.end()};
}

Count ParseCount(const v1::Count& proto, const Place& place) {
  switch (proto.source_case()) {
    case v1::Count::kIndicator:
      return IndicatorCount{.indicator = proto.indicator()};
    case v1::Count::kEvents:
      place.True("events", proto.events());
      return EventCount{};
    case v1::Count::kRestatements:
      place.True("restatements", proto.restatements());
      return RestatementCount{};
    case v1::Count::SOURCE_NOT_SET:
      break;
  }
  return std::monostate{};
}

Measure ParseMeasure(const v1::Measure& proto, const Place& place) {
  Measure measure;
  switch (proto.of_case()) {
    case v1::Measure::kFigures:
      measure.of = FigureSum{.indicators = Names(proto.figures().indicators())};
      break;
    case v1::Measure::kPercentage:
      measure.of = Percentage{.numerator = Names(proto.percentage().numerator()),
                              .denominator = Names(proto.percentage().denominator())};
      break;
    case v1::Measure::kPercentOfTarget:
      measure.of = PercentOfTarget{.indicators = Names(proto.percent_of_target().indicators())};
      break;
    case v1::Measure::kGrowth:
      measure.of = Growth{.indicators = Names(proto.growth().indicators()),
                          .base = Names(proto.growth().base())};
      break;
    case v1::Measure::kExpression:
      measure.of = place.Expression("expression", proto.expression());
      break;
    case v1::Measure::kEvents:
      place.True("events", proto.events());
      measure.of = RecordedEvents{};
      break;
    case v1::Measure::kRestatements:
      place.True("restatements", proto.restatements());
      measure.of = CountedRestatements{};
      break;
    case v1::Measure::OF_NOT_SET:
      break;
  }
  if (proto.has_precision()) measure.precision = ParseRounding(proto.precision());
  return measure;
}

Band ParseBand(const v1::Band& proto, const Place& place) {
  Band band{.points = place.Decimal("points", proto.points())};
  if (proto.threshold_case() == v1::Band::kAtLeast) {
    band.limit = BandLimit::kAtLeast;
    band.threshold = place.Decimal("at_least", proto.at_least());
  } else if (proto.threshold_case() == v1::Band::kAtMost) {
    band.limit = BandLimit::kAtMost;
    band.threshold = place.Decimal("at_most", proto.at_most());
  }
  return band;
}

Bands ParseBands(const v1::Bands& proto, const Place& place) {
  Bands bands{.numerator = Names(proto.numerator()), .denominator = Names(proto.denominator())};
  for (int i = 0; i < proto.bands_size(); ++i) {
    bands.bands.push_back(ParseBand(proto.bands(i), place.At("bands", i)));
  }
  bands.otherwise = place.Decimal("otherwise", proto.otherwise());
  if (proto.has_measure()) bands.measure = ParseMeasure(proto.measure(), place.At("measure"));
  return bands;
}

DeltaEvents ParseDeltaEvents(const v1::DeltaEvents& proto, const Place& place) {
  return {.start = place.Decimal("start", proto.start()),
          .count = ParseCount(proto.count(), place.At("count")),
          .points = place.Decimal("points", proto.points())};
}

ReportDelays ParseReportDelays(const v1::ReportDelays& proto, const Place& place) {
  return {.in_grace = place.Decimal("in_grace", proto.in_grace()),
          .late = place.Decimal("late", proto.late()),
          .missing = place.Decimal("missing", proto.missing())};
}

MeasureReached ParseMeasureReached(const v1::MeasureReached& proto, const Place& place) {
  MeasureReached reached{.measure = ParseMeasure(proto.measure(), place.At("measure"))};
  if (proto.threshold_case() == v1::MeasureReached::kAtLeast) {
    reached.limit = BandLimit::kAtLeast;
    reached.threshold = place.Decimal("at_least", proto.at_least());
  } else if (proto.threshold_case() == v1::MeasureReached::kAtMost) {
    reached.limit = BandLimit::kAtMost;
    reached.threshold = place.Decimal("at_most", proto.at_most());
  }
  return reached;
}

Goalposts ParseGoalposts(const v1::Goalposts& proto, const Place& place) {
  return {.measure = ParseMeasure(proto.measure(), place.At("measure")),
          .zero_at = place.Decimal("zero_at", proto.zero_at()),
          .full_at = place.Decimal("full_at", proto.full_at()),
          .scale = EnumFrom<Goalposts::Scale::kLogarithmic>(proto.scale()),
          .beyond = EnumFrom<Goalposts::Beyond::kUnclipped>(proto.beyond())};
}

Piecewise ParsePiecewise(const v1::Piecewise& proto, const Place& place) {
  Piecewise piecewise{.measure = ParseMeasure(proto.measure(), place.At("measure"))};
  for (int i = 0; i < proto.vertices_size(); ++i) {
    const Place vertex = place.At("vertices", i);
    piecewise.vertices.push_back({.at = vertex.Decimal("at", proto.vertices(i).at()),
                                  .points = vertex.Decimal("points", proto.vertices(i).points())});
  }
  return piecewise;
}

Relative ParseRelative(const v1::Relative& proto, const Place& place) {
  return {.measure = ParseMeasure(proto.measure(), place.At("measure")),
          .method = EnumFrom<Relative::Method::kLeader>(proto.method()),
          .direction = EnumFrom<Direction::kLowerIsBetter>(proto.direction()),
          .even = EnumFrom<Relative::Even::kNotApplicable>(proto.even()),
          .z_span = place.OptionalDecimal("z_span", proto.z_span())};
}

RankPoints ParseRankPoints(const v1::RankPoints& proto, const Place& place) {
  RankPoints ranked{.measure = ParseMeasure(proto.measure(), place.At("measure")),
                    .direction = EnumFrom<Direction::kLowerIsBetter>(proto.direction()),
                    .otherwise = place.Decimal("otherwise", proto.otherwise()),
                    .ties = EnumFrom<RankPoints::Ties::kDense>(proto.ties())};
  for (int i = 0; i < proto.points_size(); ++i) {
    ranked.points.push_back(place.Decimal(Item("points", static_cast<size_t>(i)), proto.points(i)));
  }
  return ranked;
}

Condition ParseCondition(const v1::Condition& proto, const Place& place) {
  switch (proto.kind_case()) {
    case v1::Condition::kTargetReached:
      return TargetReached{
          .indicator = proto.target_reached().indicator(),
          .percent =
              place.At("target_reached").Decimal("percent", proto.target_reached().percent())};
    case v1::Condition::kFullMarks:
      return FullMarks{.criterion = proto.full_marks()};
    case v1::Condition::kMeasureReached:
      return ParseMeasureReached(proto.measure_reached(), place.At("measure_reached"));
    case v1::Condition::kExpression:
      return place.Expression("expression", proto.expression());
    case v1::Condition::KIND_NOT_SET:
      break;
  }
  return std::monostate{};
}

AllOf ParseAllOf(const v1::AllOf& proto, const Place& place) {
  AllOf all;
  for (int i = 0; i < proto.conditions_size(); ++i) {
    all.conditions.push_back(ParseCondition(proto.conditions(i), place.At("conditions", i)));
  }
  return all;
}

PerItem ParsePerItem(const v1::PerItem& proto, const Place& place) {
  return {.count = ParseCount(proto.count(), place.At("count")),
          .points = place.Decimal("points", proto.points())};
}

}  // namespace

WrittenExpression Place::Expression(std::string_view field, const std::string& text) const {
  WrittenExpression expression{.text = text};
  if (text.empty()) return expression;
  absl::StatusOr<common::expression::Expression> parsed =
      common::expression::Expression::Parse(text);
  if (parsed.ok()) {
    expression.parsed = *std::move(parsed);
  } else {
    violations.AddError(Join(path, field), parsed.status());
  }
  return expression;
}

Formula ParseFormula(const v1::Criterion& proto, const Place& place) {
  switch (proto.formula_case()) {
    case v1::Criterion::kRatio:
      return Ratio{.indicators = Names(proto.ratio().indicators()),
                   .zero_target = EnumFrom<ZeroTarget::kZero>(proto.ratio().zero_target())};
    case v1::Criterion::kInverseRatio:
      return InverseRatio{.indicators = Names(proto.inverse_ratio().indicators())};
    case v1::Criterion::kBands:
      return ParseBands(proto.bands(), place.At("bands"));
    case v1::Criterion::kPerItem:
      return ParsePerItem(proto.per_item(), place.At("per_item"));
    case v1::Criterion::kManual:
      return Manual{.step = place.At("manual").Decimal("step", proto.manual().step())};
    case v1::Criterion::kOnTimeShare:
      return OnTimeShare{};
    case v1::Criterion::kDeltaEvents:
      return ParseDeltaEvents(proto.delta_events(), place.At("delta_events"));
    case v1::Criterion::kReportDelays:
      return ParseReportDelays(proto.report_delays(), place.At("report_delays"));
    case v1::Criterion::kAllOf:
      return ParseAllOf(proto.all_of(), place.At("all_of"));
    case v1::Criterion::kReportedPoints:
      return ReportedPoints{.indicator = proto.reported_points().indicator()};
    case v1::Criterion::kGoalposts:
      return ParseGoalposts(proto.goalposts(), place.At("goalposts"));
    case v1::Criterion::kPiecewise:
      return ParsePiecewise(proto.piecewise(), place.At("piecewise"));
    case v1::Criterion::kRelative:
      return ParseRelative(proto.relative(), place.At("relative"));
    case v1::Criterion::kRankPoints:
      return ParseRankPoints(proto.rank_points(), place.At("rank_points"));
    case v1::Criterion::kLeaderRelative:
      return LeaderRelative{
          .indicators = Names(proto.leader_relative().indicators()),
          .direction = EnumFrom<Direction::kLowerIsBetter>(proto.leader_relative().direction())};
    case v1::Criterion::kCustom:
      return CustomExpression{
          .expression = place.At("custom").Expression("expression", proto.custom().expression())};
    case v1::Criterion::FORMULA_NOT_SET:
      break;
  }
  return std::monostate{};
}

}  // namespace awards
