#include <string>
#include <string_view>
#include <vector>

#include "common/status/reasons.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/rubric_codec.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using google::protobuf::RepeatedPtrField;

// One part of a rubric, and where in the request it stands.
struct Place {
  std::string path{};
  Violations& violations;

  Place At(std::string_view field) const { return {Join(path, field), violations}; }
  Place At(std::string_view field, int index) const {
    return {Item(Join(path, field), static_cast<size_t>(index)), violations};
  }
  common::Decimal Decimal(std::string_view field, const std::string& text) const {
    return TakeDecimal(Join(path, field), text, violations);
  }
  LocalizedText Title(const thidua::type::v1::LocalizedText& title) const {
    return TakeTitle(Join(path, "title"), title, violations);
  }
  void True(std::string_view field, bool value) const {
    RequireTrue(Join(path, field), value, violations);
  }
};

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

Condition ParseCondition(const v1::Condition& proto, const Place& place) {
  switch (proto.kind_case()) {
    case v1::Condition::kTargetReached:
      return TargetReached{
          .indicator = proto.target_reached().indicator(),
          .percent =
              place.At("target_reached").Decimal("percent", proto.target_reached().percent())};
    case v1::Condition::kFullMarks:
      return FullMarks{.criterion = proto.full_marks()};
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
    case v1::Criterion::FORMULA_NOT_SET:
      break;
  }
  return std::monostate{};
}

Criterion ParseCriterion(const v1::Criterion& proto, const Place& place) {
  return {.id = proto.id(),
          .title = place.Title(proto.title()),
          .max_points = place.Decimal("max_points", proto.max_points()),
          .on_missing = EnumFrom<Absence::kBlock>(proto.on_missing()),
          .on_not_applicable = EnumFrom<Absence::kBlock>(proto.on_not_applicable()),
          .formula = ParseFormula(proto, place)};
}

std::vector<Criterion> ParseCriteria(const RepeatedPtrField<v1::Criterion>& protos,
                                     const Place& place) {
  std::vector<Criterion> criteria;
  criteria.reserve(static_cast<size_t>(protos.size()));
  for (int i = 0; i < protos.size(); ++i) {
    criteria.push_back(ParseCriterion(protos[i], place.At("criteria", i)));
  }
  return criteria;
}

Group ParseGroup(const v1::Group& proto, const Place& place) {
  return {.id = proto.id(),
          .title = place.Title(proto.title()),
          .criteria = ParseCriteria(proto.criteria(), place)};
}

Extra ParseExtra(const v1::Extra& proto, const Place& place) {
  return {.criteria = ParseCriteria(proto.criteria(), place),
          .cap = place.Decimal("cap", proto.cap())};
}

std::optional<common::RoundingMode> ParseMode(v1::Rounding::Mode mode) {
  switch (mode) {
    case v1::Rounding::MODE_HALF_UP:
      return common::RoundingMode::kHalfUp;
    case v1::Rounding::MODE_HALF_EVEN:
      return common::RoundingMode::kHalfEven;
    case v1::Rounding::MODE_DOWN:
      return common::RoundingMode::kDown;
    default:
      return std::nullopt;
  }
}

TieBreak ParseTieBreak(const v1::TieBreak& proto, const Place& place) {
  switch (proto.step_case()) {
    case v1::TieBreak::kBaseTotal:
      place.True("base_total", proto.base_total());
      return ByBaseTotal{};
    case v1::TieBreak::kGroup:
      return ByGroup{.group = proto.group()};
    case v1::TieBreak::kFullTotal:
      place.True("full_total", proto.full_total());
      return ByFullTotal{};
    case v1::TieBreak::kPenalty:
      place.True("penalty", proto.penalty());
      return ByPenalty{};
    case v1::TieBreak::STEP_NOT_SET:
      break;
  }
  return std::monostate{};
}

}  // namespace

Rubric ParseRubric(const v1::Rubric& proto, Violations& violations) {
  const Place place{"rubric", violations};
  Rubric rubric{
      .name = proto.name(),
      .title = place.Title(proto.title()),
      .legal_basis = TakeText("rubric.legal_basis", proto.legal_basis(), kTextLimit, violations)};
  for (int i = 0; i < proto.groups_size(); ++i) {
    rubric.groups.push_back(ParseGroup(proto.groups(i), place.At("groups", i)));
  }
  if (proto.has_bonus()) rubric.bonus = ParseExtra(proto.bonus(), place.At("bonus"));
  if (proto.has_penalty()) rubric.penalty = ParseExtra(proto.penalty(), place.At("penalty"));
  rubric.rounding = {.scale = proto.rounding().scale(), .mode = ParseMode(proto.rounding().mode())};
  rubric.rank_basis = EnumFrom<RankBasis::kFullTotal>(proto.rank_basis());
  for (int i = 0; i < proto.tie_breaks_size(); ++i) {
    rubric.tie_breaks.push_back(ParseTieBreak(proto.tie_breaks(i), place.At("tie_breaks", i)));
  }
  rubric.rank_style = EnumFrom<RankStyle::kDense>(proto.rank_style());
  return rubric;
}

}  // namespace awards
