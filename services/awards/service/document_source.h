// Gathers what documents of a round are made from.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_DOCUMENT_SOURCE_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_DOCUMENT_SOURCE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "services/awards/documents/round_result.h"

namespace awards {

// The newest result of the round `name`; of one category if `category` is not empty. NOT_FOUND,
// RESOURCE_NOT_FOUND; FAILED_PRECONDITION, ROUND_NOT_SCORED.
absl::StatusOr<documents::RoundResult> ReadRoundResult(common::storage::Reader& reader,
                                                       const std::string& name,
                                                       const std::string& category);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_DOCUMENT_SOURCE_H_
