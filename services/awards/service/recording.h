// What people record in a round: points for manual criteria, and events.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_RECORDING_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_RECORDING_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "services/awards/domain/appraisal.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"
#include "services/awards/store/awards_store.h"
#include "thidua/awards/v1/round.pb.h"

namespace awards {

// Adds what is wrong with the name of a unit, without which no rubric can be found.
void CheckUnit(const std::string& path, const std::string& unit, Violations& violations);

// The rubric by which `unit` is scored in the open round `name`: NOT_FOUND, RESOURCE_NOT_FOUND;
// FAILED_PRECONDITION, ROUND_CLOSED, UNIT_NOT_IN_ROUND.
absl::StatusOr<Rubric> FindRubricOf(common::storage::Transaction& transaction,
                                    const std::string& name, const std::string& unit);

// Stores the appraisal as the newest version; the same again is no new version. Errors as
// RoundService.RecordAppraisal documents.
absl::StatusOr<Stored<Appraisal>> PutAppraisal(common::storage::Transaction& transaction,
                                               const std::string& round,
                                               const thidua::awards::v1::Appraisal& proto);

// Stores the event under its id, once. Errors as RoundService.RecordEvent documents.
absl::StatusOr<Stored<Event>> PutEvent(common::storage::Transaction& transaction,
                                       const std::string& round, const std::string& event_id,
                                       const thidua::awards::v1::Event& proto);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_RECORDING_H_
