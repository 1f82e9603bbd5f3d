// Reports, submissions and verdicts as messages of the contract.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_SUBMISSION_H_
#define THIDUA_SERVICES_REPORTING_CODEC_SUBMISSION_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string_view>
#include <vector>

#include "services/reporting/domain/submission.h"
#include "services/reporting/domain/violations.h"
#include "thidua/reporting/v1/finding.pb.h"
#include "thidua/reporting/v1/submission.pb.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace reporting {

thidua::reporting::v1::Finding ToProto(const Finding& finding);

// Without etag and update time.
thidua::reporting::v1::Submission ToProto(const Submission& submission);

Report ParseReport(std::string_view path, const thidua::reporting::v1::Report& message,
                   Violations& violations);
std::vector<Explanation> ParseExplanations(
    const google::protobuf::RepeatedPtrField<thidua::reporting::v1::Explanation>& messages);
ReturnReason ParseReturnReason(std::string_view path,
                               const thidua::reporting::v1::ReturnReason& message,
                               Violations& violations);

// What was stored.
Submission Decode(const thidua::reporting::v1::Submission& message, Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_SUBMISSION_H_
