// Which nominations follow from standings and ballots.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_NOMINATING_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_NOMINATING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "services/awards/domain/nomination.h"
#include "services/awards/domain/round.h"
#include "services/awards/service/contest.h"
#include "thidua/awards/v1/nomination.pb.h"
#include "thidua/awards/v1/score_sheet.pb.h"

namespace awards {

// What was scored in one category.
struct Scored {
  Contest contest{};
  thidua::awards::v1::Standings standings{};
};

// Nominates from what was scored, one for each category, and the closed ballots of the round.
absl::StatusOr<NominationResult> NominateFrom(common::storage::Reader& reader, const Round& round,
                                              const std::vector<Scored>& scored);

// Nominates the round, whose nominations are issued, anew after one of its ballots was closed: what
// the ballot brought is added, stored and returned. What is issued already is not touched.
absl::StatusOr<std::vector<thidua::awards::v1::Nomination>> NominateElected(
    common::storage::Transaction& transaction, const Round& round);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_NOMINATING_H_
