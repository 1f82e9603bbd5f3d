#include "services/reporting/codec/fields.h"

#include "absl/status/statusor.h"
#include "common/status/reasons.h"

namespace reporting {
namespace {

// `parsed` in an optional, which is empty if it failed.
template <typename T>
std::optional<T> TakeOptional(std::string_view path, absl::StatusOr<T> parsed,
                              Violations& violations) {
  if (parsed.ok()) return *std::move(parsed);
  violations.AddError(path, parsed.status());
  return std::nullopt;
}

Figure ParseFigure(std::string_view path, const thidua::type::v1::Figure& message,
                   Violations& violations) {
  Figure figure;
  figure.indicator =
      violations.Take(Join(path, "indicator"), IndicatorId::Parse(message.indicator()));
  figure.note = message.note();
  if (message.has_number()) {
    figure.number =
        TakeOptional(Join(path, "number"), common::Decimal::Parse(message.number()), violations);
  } else if (message.has_not_applicable()) {
    figure.not_applicable = message.not_applicable();
    if (!figure.not_applicable) {
      violations.Add(Join(path, "not_applicable"), common::kInvalidField,
                     "must be true if present; give a number instead, or leave the figure out");
    }
  }
  return figure;
}

}  // namespace

thidua::type::v1::LocalizedText ToProto(const LocalizedText& text) {
  thidua::type::v1::LocalizedText message;
  message.set_vi(text.vi);
  message.set_en(text.en);
  return message;
}

LocalizedText ParseLocalizedText(const thidua::type::v1::LocalizedText& message) {
  return {.vi = message.vi(), .en = message.en()};
}

std::optional<absl::CivilDay> ParseOptionalDate(std::string_view path, const std::string& text,
                                                Violations& violations) {
  if (text.empty()) return std::nullopt;
  return TakeOptional(path, ParseDate(text), violations);
}

std::string ToText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? ToString(*day) : "";
}

std::optional<common::Decimal> ParseOptionalDecimal(std::string_view path, const std::string& text,
                                                    Violations& violations) {
  if (text.empty()) return std::nullopt;
  return TakeOptional(path, common::Decimal::Parse(text), violations);
}

std::string ToText(const std::optional<common::Decimal>& number) {
  return number.has_value() ? number->ToString() : "";
}

std::vector<UnitId> ParseUnitNames(std::string_view path,
                                   const google::protobuf::RepeatedPtrField<std::string>& names,
                                   Violations& violations) {
  std::vector<UnitId> units;
  units.reserve(static_cast<size_t>(names.size()));
  for (const std::string& name : names) {
    units.push_back(violations.Take(Item(path, units.size()), UnitId::Parse(name)));
  }
  return units;
}

std::vector<IndicatorId> ParseIndicatorNames(
    std::string_view path, const google::protobuf::RepeatedPtrField<std::string>& names,
    Violations& violations) {
  std::vector<IndicatorId> indicators;
  indicators.reserve(static_cast<size_t>(names.size()));
  for (const std::string& name : names) {
    indicators.push_back(violations.Take(Item(path, indicators.size()), IndicatorId::Parse(name)));
  }
  return indicators;
}

std::optional<common::expression::Expression> ParseOptionalExpression(
    std::string_view path, const std::string& text, common::expression::ValueType type,
    Violations& violations) {
  if (text.empty()) return std::nullopt;
  return TakeOptional(path, common::expression::Expression::Parse(text, {.type = type}),
                      violations);
}

std::string ToText(const std::optional<common::expression::Expression>& expression) {
  return expression.has_value() ? expression->ToText() : "";
}

thidua::type::v1::Figure ToProto(const Figure& figure) {
  thidua::type::v1::Figure message;
  message.set_indicator(figure.indicator.ToName());
  if (figure.not_applicable) {
    message.set_not_applicable(true);
  } else if (figure.number.has_value()) {
    message.set_number(figure.number->ToString());
  }
  message.set_note(figure.note);
  message.set_definition_version(figure.definition_version);
  return message;
}

std::vector<Figure> ParseFigures(std::string_view path, const FigureMessages& messages,
                                 Violations& violations) {
  std::vector<Figure> figures;
  figures.reserve(static_cast<size_t>(messages.size()));
  for (const auto& message : messages) {
    figures.push_back(ParseFigure(Item(path, figures.size()), message, violations));
  }
  return figures;
}

std::vector<Figure> DecodeFigures(std::string_view path, const FigureMessages& messages,
                                  Violations& violations) {
  std::vector<Figure> figures = ParseFigures(path, messages, violations);
  for (int i = 0; i < messages.size(); ++i) {
    figures[static_cast<size_t>(i)].definition_version = messages.Get(i).definition_version();
  }
  return figures;
}

}  // namespace reporting
