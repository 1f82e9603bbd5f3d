// Rounds, appraisals and events between the domain and the contract.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_ROUND_CODEC_H_
#define THIDUA_SERVICES_AWARDS_CODEC_ROUND_CODEC_H_

#include "services/awards/domain/appraisal.h"
#include "services/awards/domain/round.h"
#include "services/awards/domain/violations.h"
#include "thidua/awards/v1/round.pb.h"

namespace awards {

// As ParseRubric: what cannot be read is added to `violations`, with paths that begin with `round`.
// State, hash and time of scoring are read too, since this is also how a stored round is read.
Round ParseRound(const thidua::awards::v1::Round& proto, Violations& violations);

// Without etag and update time.
thidua::awards::v1::Round ToProto(const Round& round);

// The same; paths begin with `appraisal`. Name and revision are ignored.
Appraisal ParseAppraisal(const thidua::awards::v1::Appraisal& proto, Violations& violations);

// Without name and revision.
thidua::awards::v1::Appraisal ToProto(const Appraisal& appraisal);

// The same; paths begin with `event`. The name is ignored.
Event ParseEvent(const thidua::awards::v1::Event& proto, Violations& violations);

// Without name.
thidua::awards::v1::Event ToProto(const Event& event);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_ROUND_CODEC_H_
