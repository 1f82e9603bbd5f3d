// Why one item of a stream was refused, as a message of the contract.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_PROBLEM_H_
#define THIDUA_SERVICES_REPORTING_CODEC_PROBLEM_H_

#include "absl/status/status.h"
#include "thidua/type/v1/type.pb.h"

namespace reporting {

// `status` is an error with a reason; of its fields at fault the first 50 are told.
thidua::type::v1::Problem ToProblem(const absl::Status& status);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_PROBLEM_H_
