// Ballots and divisions of flags between the domain and the contract.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_BALLOT_CODEC_H_
#define THIDUA_SERVICES_AWARDS_CODEC_BALLOT_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/awards/domain/apportionment.h"
#include "services/awards/domain/ballot.h"
#include "services/awards/domain/violations.h"
#include "thidua/awards/v1/ballot.pb.h"
#include "thidua/awards/v1/quota_service.pb.h"

namespace awards {

// What cannot be read is added to `violations`, with paths that begin with `ballot`. State, votes
// and result are read too, since this is also how a stored ballot is read.
Ballot ParseBallot(const thidua::awards::v1::Ballot& proto, Violations& violations);

// Without etag and update time.
thidua::awards::v1::Ballot ToProto(const Ballot& ballot);

// The sums of an open ballot as a small text, and back; nothing for a text that is none.
std::string EncodeVoteSums(const VoteSums& sums);
absl::StatusOr<VoteSums> DecodeVoteSums(const std::string& text);

// The same for the request of a division; paths are its own.
DivisionRequest ParseDivision(const thidua::awards::v1::DivideFlagsRequest& proto,
                              Violations& violations);
thidua::awards::v1::DivideFlagsResponse ToProto(const Division& division);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_BALLOT_CODEC_H_
