#include "services/reporting/codec/definition.h"

#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

using common::expression::ValueType;

v1::BreakdownGroup ToProto(const BreakdownGroup& group) {
  v1::BreakdownGroup message;
  message.set_group(group.group);
  *message.mutable_title() = ToProto(group.title);
  message.set_kind(ToProto(group.kind));
  for (const IndicatorId& part : group.parts) message.add_parts(part.ToName());
  return message;
}

BreakdownGroup ParseBreakdownGroup(std::string_view path, const v1::BreakdownGroup& message,
                                   Violations& violations) {
  return {.group = message.group(),
          .title = ParseLocalizedText(message.title()),
          .kind = ParseEnum<BreakdownKind>(Join(path, "kind"), message.kind(), violations),
          .parts = ParseIndicatorNames(Join(path, "parts"), message.parts(), violations)};
}

v1::StockIdentity ToProto(const StockIdentity& identity) {
  v1::StockIdentity message;
  for (const IndicatorId& flow : identity.inflows) message.add_inflows(flow.ToName());
  for (const IndicatorId& flow : identity.outflows) message.add_outflows(flow.ToName());
  message.set_severity(ToProto(identity.severity));
  return message;
}

StockIdentity ParseStockIdentity(std::string_view path, const v1::StockIdentity& message,
                                 Violations& violations) {
  return {.inflows = ParseIndicatorNames(Join(path, "inflows"), message.inflows(), violations),
          .outflows = ParseIndicatorNames(Join(path, "outflows"), message.outflows(), violations),
          .severity = ParseEnum<Severity>(Join(path, "severity"), message.severity(), violations)};
}

// What an indicator says of others.
void ParseRelations(std::string_view path, const v1::Indicator& message, Indicator& indicator,
                    Violations& violations) {
  const std::string breakdowns = Join(path, "breakdowns");
  for (const v1::BreakdownGroup& group : message.breakdowns()) {
    const std::string item = Item(breakdowns, indicator.breakdowns.size());
    indicator.breakdowns.push_back(ParseBreakdownGroup(item, group, violations));
  }
  if (message.has_stock_identity()) {
    indicator.stock_identity =
        ParseStockIdentity(Join(path, "stock_identity"), message.stock_identity(), violations);
  }
  indicator.expression = ParseOptionalExpression(Join(path, "expression"), message.expression(),
                                                 ValueType::kNumber, violations);
}

v1::Rule ToProto(const Rule& rule) {
  v1::Rule message;
  message.set_rule(rule.rule);
  *message.mutable_message() = ToProto(rule.message);
  message.set_condition(ToText(rule.condition));
  message.set_severity(ToProto(rule.severity));
  message.set_missing(ToProto(rule.missing));
  return message;
}

Rule ParseRule(std::string_view path, const v1::Rule& message, Violations& violations) {
  return {.rule = message.rule(),
          .message = ParseLocalizedText(message.message()),
          .condition = ParseOptionalExpression(Join(path, "condition"), message.condition(),
                                               ValueType::kBoolean, violations),
          .severity = ParseEnum<Severity>(Join(path, "severity"), message.severity(), violations),
          .missing = ParseEnum<RuleMissing>(Join(path, "missing"), message.missing(), violations)};
}

}  // namespace

v1::Indicator ToProto(const Indicator& indicator) {
  v1::Indicator message;
  message.set_name(indicator.id.ToName());
  *message.mutable_title() = ToProto(indicator.title);
  *message.mutable_unit_of_measure() = ToProto(indicator.unit_of_measure);
  message.set_scale(indicator.scale);
  message.set_direction(ToProto(indicator.direction));
  message.set_measure(ToProto(indicator.measure));
  message.set_aggregation(ToProto(indicator.aggregation));
  if (indicator.weight.has_value()) message.set_weight(indicator.weight->ToName());
  message.set_minimum(ToText(indicator.minimum));
  message.set_maximum(ToText(indicator.maximum));
  message.set_definition_version(indicator.definition_version);
  for (const BreakdownGroup& group : indicator.breakdowns) {
    *message.add_breakdowns() = ToProto(group);
  }
  message.set_year_on_year_threshold(ToText(indicator.year_on_year_threshold));
  if (indicator.stock_identity.has_value()) {
    *message.mutable_stock_identity() = ToProto(*indicator.stock_identity);
  }
  message.set_expression(ToText(indicator.expression));
  return message;
}

Indicator ParseIndicator(std::string_view path, const v1::Indicator& message,
                         Violations& violations) {
  Indicator indicator;
  indicator.title = ParseLocalizedText(message.title());
  indicator.unit_of_measure = ParseLocalizedText(message.unit_of_measure());
  indicator.scale = message.scale();
  indicator.direction =
      ParseEnum<Direction>(Join(path, "direction"), message.direction(), violations);
  indicator.measure = ParseEnum<Measure>(Join(path, "measure"), message.measure(), violations);
  indicator.aggregation =
      ParseEnum<Aggregation>(Join(path, "aggregation"), message.aggregation(), violations);
  if (!message.weight().empty()) {
    indicator.weight = violations.Take(Join(path, "weight"), IndicatorId::Parse(message.weight()));
  }
  indicator.minimum = ParseOptionalDecimal(Join(path, "minimum"), message.minimum(), violations);
  indicator.maximum = ParseOptionalDecimal(Join(path, "maximum"), message.maximum(), violations);
  indicator.year_on_year_threshold = ParseOptionalDecimal(
      Join(path, "year_on_year_threshold"), message.year_on_year_threshold(), violations);
  ParseRelations(path, message, indicator, violations);
  return indicator;
}

Indicator Decode(const v1::Indicator& message, Violations& violations) {
  Indicator indicator = ParseIndicator("", message, violations);
  indicator.id = violations.Take("name", IndicatorId::Parse(message.name()));
  indicator.definition_version = message.definition_version();
  return indicator;
}

v1::Form ToProto(const Form& form) {
  v1::Form message;
  message.set_name(form.id.ToName());
  *message.mutable_title() = ToProto(form.title);
  message.set_unit_kind(ToProto(form.unit_kind));
  message.set_period_level(ToProto(form.period_level));
  for (const FormField& field : form.fields) {
    v1::FormField& added = *message.add_fields();
    added.set_indicator(field.indicator.ToName());
    added.set_required(field.required);
  }
  for (const Rule& rule : form.rules) *message.add_rules() = ToProto(rule);
  message.set_version(form.version);
  return message;
}

Form ParseForm(std::string_view path, const v1::Form& message, Violations& violations) {
  Form form;
  form.title = ParseLocalizedText(message.title());
  form.unit_kind = ParseEnum<UnitKind>(Join(path, "unit_kind"), message.unit_kind(), violations);
  form.period_level =
      ParseEnum<PeriodLevel>(Join(path, "period_level"), message.period_level(), violations);
  const std::string fields = Join(path, "fields");
  for (const v1::FormField& field : message.fields()) {
    const std::string indicator = Join(Item(fields, form.fields.size()), "indicator");
    form.fields.push_back(
        {.indicator = violations.Take(indicator, IndicatorId::Parse(field.indicator())),
         .required = field.required()});
  }
  const std::string rules = Join(path, "rules");
  for (const v1::Rule& rule : message.rules()) {
    form.rules.push_back(ParseRule(Item(rules, form.rules.size()), rule, violations));
  }
  return form;
}

Form Decode(const v1::Form& message, Violations& violations) {
  Form form = ParseForm("", message, violations);
  form.id = violations.Take("name", FormId::Parse(message.name()));
  form.version = message.version();
  return form;
}

}  // namespace reporting
