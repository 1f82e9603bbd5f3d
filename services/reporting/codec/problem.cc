#include "services/reporting/codec/problem.h"

#include "common/status/error.h"

namespace reporting {

thidua::type::v1::Problem ToProblem(const absl::Status& status) {
  constexpr int kFieldsMax = 50;
  const common::ErrorDetail detail = common::DetailOf(status);
  thidua::type::v1::Problem problem;
  problem.set_code(static_cast<int>(status.code()));
  problem.set_reason(detail.reason);
  problem.set_message(std::string(status.message()));
  for (const common::FieldViolation& violation : detail.violations) {
    if (problem.fields_size() == kFieldsMax) break;
    thidua::type::v1::FieldProblem& field = *problem.add_fields();
    field.set_field(violation.field);
    field.set_description(violation.description);
    if (violation.reason != detail.reason) field.set_reason(violation.reason);
  }
  return problem;
}

}  // namespace reporting
