// What happened to units outside their figures: holds and revocations.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_UNIT_RECORDS_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_UNIT_RECORDS_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "services/awards/domain/round.h"

namespace awards {

// The holds and revocations of all units that have any, for a round of this cluster year.
absl::StatusOr<std::map<std::string, UnitRecord>> ReadUnitRecords(common::storage::Reader& reader,
                                                                  const std::string& cluster_year);

// The first hold on the unit that lasts, `holds/{hold}`; empty if there is none.
absl::StatusOr<std::string> FindLastingHold(common::storage::Reader& reader,
                                            const std::string& unit);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_UNIT_RECORDS_H_
