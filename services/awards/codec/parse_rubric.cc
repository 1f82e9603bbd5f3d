#include <optional>
#include <string>
#include <vector>

#include "services/awards/codec/fields.h"
#include "services/awards/codec/place.h"
#include "services/awards/codec/rubric_codec.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using google::protobuf::RepeatedPtrField;

// The `rounding` of a part that may have its own.
template <typename Part>
std::optional<Rounding> OptionalRounding(const Part& part) {
  if (!part.has_rounding()) return std::nullopt;
  return ParseRounding(part.rounding());
}

Criterion ParseCriterion(const v1::Criterion& proto, const Place& place) {
  return {.id = proto.id(),
          .title = place.Title(proto.title()),
          .max_points = place.Decimal("max_points", proto.max_points()),
          .on_missing = EnumFrom<Absence::kBlock>(proto.on_missing()),
          .on_not_applicable = EnumFrom<Absence::kBlock>(proto.on_not_applicable()),
          .formula = ParseFormula(proto, place),
          .weight = place.OptionalDecimal("weight", proto.weight()),
          .on_undefined = EnumFrom<Absence::kBlock>(proto.on_undefined()),
          .rounding = OptionalRounding(proto)};
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
  Group group{.id = proto.id(),
              .title = place.Title(proto.title()),
              .criteria = ParseCriteria(proto.criteria(), place)};
  for (int i = 0; i < proto.groups_size(); ++i) {
    group.groups.push_back(ParseGroup(proto.groups(i), place.At("groups", i)));
  }
  group.aggregation = EnumFrom<Aggregation::kMaximum>(proto.aggregation());
  group.max_points = place.OptionalDecimal("max_points", proto.max_points());
  group.rounding = OptionalRounding(proto);
  group.weight = place.OptionalDecimal("weight", proto.weight());
  group.minimum_data = place.OptionalDecimal("minimum_data", proto.minimum_data());
  return group;
}

Extra ParseExtra(const v1::Extra& proto, const Place& place) {
  return {.criteria = ParseCriteria(proto.criteria(), place),
          .cap = place.Decimal("cap", proto.cap())};
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
    case v1::TieBreak::kCriterion:
      return ByCriterion{.criterion = proto.criterion()};
    case v1::TieBreak::kBonus:
      place.True("bonus", proto.bonus());
      return ByBonus{};
    case v1::TieBreak::STEP_NOT_SET:
      break;
  }
  return std::monostate{};
}

Tier ParseTier(const v1::Tier& proto, const Place& place) {
  return {.id = proto.id(),
          .title = place.Title(proto.title()),
          .at_least = place.OptionalDecimal("at_least", proto.at_least())};
}

LegalDocument ParseLegalDocument(const v1::LegalDocument& proto, const Place& place) {
  return {.number =
              TakeText(Join(place.path, "number"), proto.number(), kPersonLimit, place.violations),
          .title = place.Title(proto.title()),
          .issue_date = proto.issue_date(),
          .valid_from = proto.valid_from(),
          .valid_until = proto.valid_until()};
}

// What the contract added to a rubric after its first version.
void ParseAdditions(const v1::Rubric& proto, const Place& place, Rubric& rubric) {
  rubric.predecessor = proto.predecessor();
  for (int i = 0; i < proto.legal_documents_size(); ++i) {
    rubric.legal_documents.push_back(
        ParseLegalDocument(proto.legal_documents(i), place.At("legal_documents", i)));
  }
  for (int i = 0; i < proto.tiers_size(); ++i) {
    rubric.tiers.push_back(ParseTier(proto.tiers(i), place.At("tiers", i)));
  }
  if (proto.has_base_rounding()) rubric.base_rounding = ParseRounding(proto.base_rounding());
  if (proto.has_rank_rounding()) rubric.rank_rounding = ParseRounding(proto.rank_rounding());
  rubric.minimum_data = place.OptionalDecimal("minimum_data", proto.minimum_data());
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
  rubric.rounding = ParseRounding(proto.rounding());
  rubric.rank_basis = EnumFrom<RankBasis::kFullTotal>(proto.rank_basis());
  for (int i = 0; i < proto.tie_breaks_size(); ++i) {
    rubric.tie_breaks.push_back(ParseTieBreak(proto.tie_breaks(i), place.At("tie_breaks", i)));
  }
  rubric.rank_style = EnumFrom<RankStyle::kAverage>(proto.rank_style());
  ParseAdditions(proto, place, rubric);
  return rubric;
}

}  // namespace awards
