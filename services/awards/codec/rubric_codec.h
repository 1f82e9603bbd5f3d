// Rubrics between the domain and the contract.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_RUBRIC_CODEC_H_
#define THIDUA_SERVICES_AWARDS_CODEC_RUBRIC_CODEC_H_

#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"
#include "thidua/awards/v1/rubric.pb.h"

namespace awards {

// `proto` as the domain knows it, texts normalised. What cannot be read is added to `violations`,
// with paths that begin with `rubric`. Output-only fields other than the name are ignored.
Rubric ParseRubric(const thidua::awards::v1::Rubric& proto, Violations& violations);

// Without etag and update time.
thidua::awards::v1::Rubric ToProto(const Rubric& rubric);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_RUBRIC_CODEC_H_
