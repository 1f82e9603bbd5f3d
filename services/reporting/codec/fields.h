// Fields that several messages have. Each Parse function adds what is wrong to `violations`, below
// `path`, and returns the empty value for what cannot be read.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_FIELDS_H_
#define THIDUA_SERVICES_REPORTING_CODEC_FIELDS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/decimal/decimal.h"
#include "common/expression/expression.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/text.h"
#include "services/reporting/domain/violations.h"
#include "thidua/type/v1/type.pb.h"

namespace reporting {

thidua::type::v1::LocalizedText ToProto(const LocalizedText& text);
LocalizedText ParseLocalizedText(const thidua::type::v1::LocalizedText& message);

std::optional<absl::CivilDay> ParseOptionalDate(std::string_view path, const std::string& text,
                                                Violations& violations);
// Empty for no day.
std::string ToText(const std::optional<absl::CivilDay>& day);

std::optional<common::Decimal> ParseOptionalDecimal(std::string_view path, const std::string& text,
                                                    Violations& violations);
std::string ToText(const std::optional<common::Decimal>& number);

// Names of units, one per entry of the list at `path`.
std::vector<UnitId> ParseUnitNames(std::string_view path,
                                   const google::protobuf::RepeatedPtrField<std::string>& names,
                                   Violations& violations);

// Names of indicators, one per entry of the list at `path`.
std::vector<IndicatorId> ParseIndicatorNames(
    std::string_view path, const google::protobuf::RepeatedPtrField<std::string>& names,
    Violations& violations);

// Empty for no expression. EXPRESSION_INVALID: it cannot be read, or is not of the type `type`.
std::optional<common::expression::Expression> ParseOptionalExpression(
    std::string_view path, const std::string& text, common::expression::ValueType type,
    Violations& violations);
std::string ToText(const std::optional<common::expression::Expression>& expression);

thidua::type::v1::Figure ToProto(const Figure& figure);

using FigureMessages = google::protobuf::RepeatedPtrField<thidua::type::v1::Figure>;
// INVALID_FIELD: `not_applicable` is present but false.
std::vector<Figure> ParseFigures(std::string_view path, const FigureMessages& messages,
                                 Violations& violations);
// What was stored.
std::vector<Figure> DecodeFigures(std::string_view path, const FigureMessages& messages,
                                  Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_FIELDS_H_
