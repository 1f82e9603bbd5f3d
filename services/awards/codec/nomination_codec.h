// Decisions, revocations, holds, dossiers and open places between the domain and the contract.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_NOMINATION_CODEC_H_
#define THIDUA_SERVICES_AWARDS_CODEC_NOMINATION_CODEC_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "services/awards/domain/decision.h"
#include "services/awards/domain/dossier.h"
#include "services/awards/domain/nomination.h"
#include "services/awards/domain/nomination_state.h"
#include "services/awards/domain/violations.h"
#include "thidua/awards/v1/nomination.pb.h"
#include "thidua/awards/v1/round.pb.h"

namespace awards {

// What cannot be read is added to `violations`, with paths that begin with `decision`,
// `revocation`, `hold`. Names, times and what else is output only is ignored by the first two.
Decision ParseDecision(const thidua::awards::v1::Decision& proto, Violations& violations);
Revocation ParseRevocation(const thidua::awards::v1::Revocation& proto, Violations& violations);
Hold ParseHold(const thidua::awards::v1::Hold& proto, Violations& violations);

// Without names, times and etags.
thidua::awards::v1::Decision ToProto(const Decision& decision);
thidua::awards::v1::Revocation ToProto(const Revocation& revocation);
thidua::awards::v1::Hold ToProto(const Hold& hold);

// A dossier of these items; paths begin with `items`.
Dossier ParseDossier(
    const google::protobuf::RepeatedPtrField<thidua::awards::v1::DossierItem>& items,
    const std::string& due, Violations& violations);

// A new dossier's item, before anything was handed in.
thidua::awards::v1::DossierItem ToProto(const DossierItem& item);

// The dossier of a stored nomination, without titles.
Dossier DossierOf(const thidua::awards::v1::Nomination& nomination);

thidua::awards::v1::OpenPlace ToProto(const OpenPlace& open);

NominationState StateOf(const thidua::awards::v1::Nomination& nomination);
thidua::awards::v1::Nomination::State ToProto(NominationState state);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_NOMINATION_CODEC_H_
