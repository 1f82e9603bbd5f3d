#include "services/reporting/codec/definition.h"

#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

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
  return form;
}

Form Decode(const v1::Form& message, Violations& violations) {
  Form form = ParseForm("", message, violations);
  form.id = violations.Take("name", FormId::Parse(message.name()));
  return form;
}

}  // namespace reporting
