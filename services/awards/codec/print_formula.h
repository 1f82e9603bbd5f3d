// Writing the parts of a rubric. Internal to the printing of rubrics.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_PRINT_FORMULA_H_
#define THIDUA_SERVICES_AWARDS_CODEC_PRINT_FORMULA_H_

#include "common/decimal/rational.h"
#include "services/awards/domain/rubric.h"
#include "thidua/awards/v1/rubric.pb.h"

namespace awards {

// Writes each alternative of a variant into its message.
template <typename... Writers>
struct Overloaded : Writers... {
  using Writers::operator()...;
};
// clang 14 does not find this by itself.
template <typename... Writers>
Overloaded(Writers...) -> Overloaded<Writers...>;

// Rounding and Precision are written alike.
template <typename Proto>
void WriteRounding(const Rounding& rounding, Proto& proto) {
  proto.set_scale(rounding.scale);
  if (!rounding.mode.has_value()) return;
  switch (*rounding.mode) {
    case common::RoundingMode::kHalfUp:
      proto.set_mode(Proto::MODE_HALF_UP);
      return;
    case common::RoundingMode::kHalfEven:
      proto.set_mode(Proto::MODE_HALF_EVEN);
      return;
    case common::RoundingMode::kDown:
      proto.set_mode(Proto::MODE_DOWN);
      return;
  }
}

void WriteFormula(const Formula& formula, thidua::awards::v1::Criterion& proto);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_PRINT_FORMULA_H_
