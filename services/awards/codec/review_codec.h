// Assessments and statements between the domain and the contract.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_REVIEW_CODEC_H_
#define THIDUA_SERVICES_AWARDS_CODEC_REVIEW_CODEC_H_

#include <string>
#include <string_view>

#include "services/awards/domain/review.h"
#include "services/awards/domain/violations.h"
#include "thidua/awards/v1/review.pb.h"

namespace awards {

// What cannot be read is added to `violations`, with paths that begin with `assessment`. Name,
// revision and time are ignored.
Assessment ParseAssessment(const thidua::awards::v1::Assessment& proto, Violations& violations);

// Without name, revision and time.
thidua::awards::v1::Assessment ToProto(const Assessment& assessment);

// The same; paths begin with `statement`.
Statement ParseStatement(const thidua::awards::v1::Statement& proto, Violations& violations);

// Without name, revision and time.
thidua::awards::v1::Statement ToProto(const Statement& statement);

// An appraisal as the points of one stage among others; it has no evidence but the words it names.
thidua::awards::v1::Assessment AsAssessment(const Appraisal& appraisal);

// Who is in charge of a stored review.
ReviewDuties DutiesOf(const thidua::awards::v1::Review& review);

// The last part of an assessment's name that tells whose it is, such as `self`.
std::string_view WordOf(AssessmentRole role);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_REVIEW_CODEC_H_
