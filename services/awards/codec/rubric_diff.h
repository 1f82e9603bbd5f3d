// What is different between two rubrics.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_RUBRIC_DIFF_H_
#define THIDUA_SERVICES_AWARDS_CODEC_RUBRIC_DIFF_H_

#include <vector>

#include "thidua/awards/v1/rubric.pb.h"
#include "thidua/awards/v1/rubric_service.pb.h"

namespace awards {

// As RubricService.DiffRubrics documents. Both are valid rubrics as ToProto writes them. What only
// the store knows, the name and the predecessor are not compared.
std::vector<thidua::awards::v1::RubricChange> DiffRubrics(
    const thidua::awards::v1::Rubric& base, const thidua::awards::v1::Rubric& changed);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_RUBRIC_DIFF_H_
