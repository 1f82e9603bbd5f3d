#include <variant>

#include "services/awards/codec/fields.h"
#include "services/awards/codec/print_formula.h"
#include "services/awards/codec/rubric_codec.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;

void Write(const Criterion& criterion, v1::Criterion& proto) {
  proto.set_id(criterion.id);
  *proto.mutable_title() = ToProto(criterion.title);
  proto.set_max_points(criterion.max_points.ToString());
  proto.set_on_missing(EnumTo<v1::Absence>(criterion.on_missing));
  proto.set_on_not_applicable(EnumTo<v1::Absence>(criterion.on_not_applicable));
  WriteFormula(criterion.formula, proto);
  if (criterion.weight) proto.set_weight(criterion.weight->ToString());
  proto.set_on_undefined(EnumTo<v1::Absence>(criterion.on_undefined));
  if (criterion.rounding) WriteRounding(*criterion.rounding, *proto.mutable_rounding());
}

void Write(const Group& group, v1::Group& proto) {
  proto.set_id(group.id);
  *proto.mutable_title() = ToProto(group.title);
  for (const Criterion& criterion : group.criteria) Write(criterion, *proto.add_criteria());
  for (const Group& child : group.groups) Write(child, *proto.add_groups());
  proto.set_aggregation(EnumTo<v1::Group::Aggregation>(group.aggregation));
  if (group.max_points) proto.set_max_points(group.max_points->ToString());
  if (group.rounding) WriteRounding(*group.rounding, *proto.mutable_rounding());
  if (group.weight) proto.set_weight(group.weight->ToString());
  if (group.minimum_data) proto.set_minimum_data(group.minimum_data->ToString());
}

void Write(const Extra& extra, v1::Extra& proto) {
  for (const Criterion& criterion : extra.criteria) Write(criterion, *proto.add_criteria());
  proto.set_cap(extra.cap.ToString());
}

void Write(const TieBreak& step, v1::TieBreak& proto) {
  std::visit(
      Overloaded{[](std::monostate) {}, [&](const ByBaseTotal&) { proto.set_base_total(true); },
                 [&](const ByGroup& by) { proto.set_group(by.group); },
                 [&](const ByFullTotal&) { proto.set_full_total(true); },
                 [&](const ByPenalty&) { proto.set_penalty(true); },
                 [&](const ByCriterion& by) { proto.set_criterion(by.criterion); },
                 [&](const ByBonus&) { proto.set_bonus(true); }},
      step);
}

void Write(const LegalDocument& document, v1::LegalDocument& proto) {
  proto.set_number(document.number);
  if (document.title != LocalizedText{}) *proto.mutable_title() = ToProto(document.title);
  proto.set_issue_date(document.issue_date);
  proto.set_valid_from(document.valid_from);
  proto.set_valid_until(document.valid_until);
}

void Write(const Tier& tier, v1::Tier& proto) {
  proto.set_id(tier.id);
  *proto.mutable_title() = ToProto(tier.title);
  if (tier.at_least) proto.set_at_least(tier.at_least->ToString());
}

// What the contract added to a rubric after its first version.
void WriteAdditions(const Rubric& rubric, v1::Rubric& proto) {
  proto.set_predecessor(rubric.predecessor);
  for (const LegalDocument& document : rubric.legal_documents) {
    Write(document, *proto.add_legal_documents());
  }
  for (const Tier& tier : rubric.tiers) Write(tier, *proto.add_tiers());
  if (rubric.base_rounding) WriteRounding(*rubric.base_rounding, *proto.mutable_base_rounding());
  if (rubric.rank_rounding) WriteRounding(*rubric.rank_rounding, *proto.mutable_rank_rounding());
  if (rubric.minimum_data) proto.set_minimum_data(rubric.minimum_data->ToString());
}

}  // namespace

v1::Rubric ToProto(const Rubric& rubric) {
  v1::Rubric proto;
  proto.set_name(rubric.name);
  *proto.mutable_title() = ToProto(rubric.title);
  proto.set_legal_basis(rubric.legal_basis);
  for (const Group& group : rubric.groups) Write(group, *proto.add_groups());
  if (rubric.bonus) Write(*rubric.bonus, *proto.mutable_bonus());
  if (rubric.penalty) Write(*rubric.penalty, *proto.mutable_penalty());
  WriteRounding(rubric.rounding, *proto.mutable_rounding());
  proto.set_rank_basis(EnumTo<v1::Rubric::RankBasis>(rubric.rank_basis));
  for (const TieBreak& step : rubric.tie_breaks) Write(step, *proto.add_tie_breaks());
  proto.set_rank_style(EnumTo<v1::Rubric::RankStyle>(rubric.rank_style));
  WriteAdditions(rubric, proto);
  return proto;
}

}  // namespace awards
