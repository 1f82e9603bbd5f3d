// Where in a request a part of a rubric stands, and reading its fields there. Internal to the
// parsing of rubrics.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_PLACE_H_
#define THIDUA_SERVICES_AWARDS_CODEC_PLACE_H_

#include <optional>
#include <string>
#include <string_view>

#include "common/decimal/decimal.h"
#include "services/awards/codec/fields.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"
#include "thidua/awards/v1/rubric.pb.h"

namespace awards {

// One part of a rubric, and where in the request it stands. What cannot be read is added to
// `violations`.
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
  // Nothing for an empty text.
  std::optional<common::Decimal> OptionalDecimal(std::string_view field,
                                                 const std::string& text) const {
    if (text.empty()) return std::nullopt;
    return Decimal(field, text);
  }
  LocalizedText Title(const thidua::type::v1::LocalizedText& title) const {
    return TakeTitle(Join(path, "title"), title, violations);
  }
  void True(std::string_view field, bool value) const {
    RequireTrue(Join(path, field), value, violations);
  }
  // An empty text is for the domain to refuse.
  WrittenExpression Expression(std::string_view field, const std::string& text) const;
};

// Rounding and Precision are written alike.
template <typename Proto>
Rounding ParseRounding(const Proto& proto) {
  Rounding rounding{.scale = proto.scale()};
  if (proto.mode() == Proto::MODE_HALF_UP) rounding.mode = common::RoundingMode::kHalfUp;
  if (proto.mode() == Proto::MODE_HALF_EVEN) rounding.mode = common::RoundingMode::kHalfEven;
  if (proto.mode() == Proto::MODE_DOWN) rounding.mode = common::RoundingMode::kDown;
  return rounding;
}

Formula ParseFormula(const thidua::awards::v1::Criterion& proto, const Place& place);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_PLACE_H_
