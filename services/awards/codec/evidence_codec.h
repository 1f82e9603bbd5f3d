// Documents that prove something, between the domain and the contract.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_EVIDENCE_CODEC_H_
#define THIDUA_SERVICES_AWARDS_CODEC_EVIDENCE_CODEC_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string_view>
#include <vector>

#include "services/awards/domain/evidence.h"
#include "services/awards/domain/violations.h"
#include "thidua/awards/v1/review.pb.h"

namespace awards {

// What cannot be read is added to `violations` under `path`.
Evidence ParseEvidence(const thidua::awards::v1::Evidence& proto, std::string_view path,
                       Violations& violations);
std::vector<Evidence> ParseEvidence(
    const google::protobuf::RepeatedPtrField<thidua::awards::v1::Evidence>& proto,
    std::string_view path, Violations& violations);

thidua::awards::v1::Evidence ToProto(const Evidence& evidence);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_EVIDENCE_CODEC_H_
