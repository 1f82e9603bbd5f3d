// Results of a round as the contract's messages. They are documents: printed once, stored as they
// were printed, never read back into the domain.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_RESULT_CODEC_H_
#define THIDUA_SERVICES_AWARDS_CODEC_RESULT_CODEC_H_

#include "services/awards/domain/ranking.h"
#include "services/awards/domain/round.h"
#include "services/awards/domain/score.h"
#include "thidua/awards/v1/score_sheet.pb.h"

namespace awards {

// The sheet of a unit in this category of this round. Depends on nothing but its arguments.
thidua::awards::v1::ScoreSheet ToProto(const Round& round, const Category& category,
                                       const Rubric& rubric, const ScoreSheet& sheet);

// The place of a unit, without its title and gates. `scale` and the mode are those of the rubric.
thidua::awards::v1::Standing ToProto(const Round& round, const Rubric& rubric,
                                     const Standing& standing);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_RESULT_CODEC_H_
