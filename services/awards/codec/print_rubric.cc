#include <string>
#include <variant>
#include <vector>

#include "services/awards/codec/fields.h"
#include "services/awards/codec/rubric_codec.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;

// Writes each alternative of a variant into its message.
template <typename... Writers>
struct Overloaded : Writers... {
  using Writers::operator()...;
};
// clang 14 does not find this by itself.
template <typename... Writers>
Overloaded(Writers...) -> Overloaded<Writers...>;

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
                          [&](const FullMarks& full) { added.set_full_marks(full.criterion); }},
               condition);
  }
}

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
          }},
      formula);
}

void Write(const Criterion& criterion, v1::Criterion& proto) {
  proto.set_id(criterion.id);
  *proto.mutable_title() = ToProto(criterion.title);
  proto.set_max_points(criterion.max_points.ToString());
  proto.set_on_missing(EnumTo<v1::Absence>(criterion.on_missing));
  proto.set_on_not_applicable(EnumTo<v1::Absence>(criterion.on_not_applicable));
  WriteFormula(criterion.formula, proto);
}

void Write(const Extra& extra, v1::Extra& proto) {
  for (const Criterion& criterion : extra.criteria) Write(criterion, *proto.add_criteria());
  proto.set_cap(extra.cap.ToString());
}

v1::Rounding::Mode ModeToProto(common::RoundingMode mode) {
  switch (mode) {
    case common::RoundingMode::kHalfUp:
      return v1::Rounding::MODE_HALF_UP;
    case common::RoundingMode::kHalfEven:
      return v1::Rounding::MODE_HALF_EVEN;
    case common::RoundingMode::kDown:
      return v1::Rounding::MODE_DOWN;
  }
  return v1::Rounding::MODE_UNSPECIFIED;
}

void Write(const TieBreak& step, v1::TieBreak& proto) {
  std::visit(
      Overloaded{[](std::monostate) {}, [&](const ByBaseTotal&) { proto.set_base_total(true); },
                 [&](const ByGroup& by) { proto.set_group(by.group); },
                 [&](const ByFullTotal&) { proto.set_full_total(true); },
                 [&](const ByPenalty&) { proto.set_penalty(true); }},
      step);
}

}  // namespace

v1::Rubric ToProto(const Rubric& rubric) {
  v1::Rubric proto;
  proto.set_name(rubric.name);
  *proto.mutable_title() = ToProto(rubric.title);
  proto.set_legal_basis(rubric.legal_basis);
  for (const Group& group : rubric.groups) {
    v1::Group& added = *proto.add_groups();
    added.set_id(group.id);
    *added.mutable_title() = ToProto(group.title);
    for (const Criterion& criterion : group.criteria) Write(criterion, *added.add_criteria());
  }
  if (rubric.bonus) Write(*rubric.bonus, *proto.mutable_bonus());
  if (rubric.penalty) Write(*rubric.penalty, *proto.mutable_penalty());
  proto.mutable_rounding()->set_scale(rubric.rounding.scale);
  if (rubric.rounding.mode) proto.mutable_rounding()->set_mode(ModeToProto(*rubric.rounding.mode));
  proto.set_rank_basis(EnumTo<v1::Rubric::RankBasis>(rubric.rank_basis));
  for (const TieBreak& step : rubric.tie_breaks) Write(step, *proto.add_tie_breaks());
  proto.set_rank_style(EnumTo<v1::Rubric::RankStyle>(rubric.rank_style));
  return proto;
}

}  // namespace awards
