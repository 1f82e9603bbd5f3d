// Arguments of the form `NAME=VALUE`.
#ifndef THIDUA_SERVICES_THIDUACTL_ASSIGNMENTS_H_
#define THIDUA_SERVICES_THIDUACTL_ASSIGNMENTS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "thidua/reporting/v1/finding.pb.h"
#include "thidua/reporting/v1/pact.pb.h"
#include "thidua/reporting/v1/submission.pb.h"
#include "thidua/type/v1/type.pb.h"

namespace thiduactl {

// What is written as `name=value`.
struct Assignment {
  std::string name{};
  // May be empty, and may hold further `=`.
  std::string value{};
};

// Splits `text` at its first `=`. A local problem that shows `form`, such as `CODE=NUMBER`: there is
// none, or nothing before it.
absl::StatusOr<Assignment> ParseAssignment(const std::string& text, std::string_view form);

// `CODE=NUMBER` or `CODE=n/a` each. A local problem: no such form, a code that is none or stands
// twice, a decimal comma, an empty value.
absl::StatusOr<std::vector<thidua::type::v1::Figure>> ParseFigures(
    const std::vector<std::string>& arguments);

// `figures` with those of `arguments` in their place, or behind them; `CODE=` takes a figure away.
// Local problems, as of ParseFigures, and a `CODE=` for a figure that is not there.
absl::StatusOr<std::vector<thidua::type::v1::Figure>> ChangeFigures(
    const google::protobuf::RepeatedPtrField<thidua::type::v1::Figure>& figures,
    const std::vector<std::string>& arguments);

// `FINDING=TEXT` each. A local problem: no such form, or an empty text.
absl::StatusOr<std::vector<thidua::reporting::v1::Explanation>> ParseExplanations(
    const std::vector<std::string>& arguments);

// `CODE=REASON` each. A local problem: no such form, a code that is none, or an empty reason.
absl::StatusOr<std::vector<thidua::reporting::v1::FigureReason>> ParseFigureReasons(
    const std::vector<std::string>& arguments);

// `targets` with those of `arguments` in their place, or behind them: `UNIT/CODE=NUMBER`, or
// `UNIT/CODE/PERIOD=NUMBER` for a milestone; with nothing behind `=` a target is taken away. A local
// problem: no such form, a target twice, a decimal comma, a target to take away that is not there.
absl::StatusOr<std::vector<thidua::reporting::v1::Target>> ChangeTargets(
    const google::protobuf::RepeatedPtrField<thidua::reporting::v1::Target>& targets,
    const std::vector<std::string>& arguments);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_ASSIGNMENTS_H_
