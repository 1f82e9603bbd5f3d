// What several calls do with their requests.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_REQUESTS_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_REQUESTS_H_

#include <grpcpp/server_context.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/ledger.h"
#include "services/awards/codec/fields.h"
#include "services/awards/domain/round.h"
#include "services/awards/domain/violations.h"
#include "services/awards/service/answers.h"
#include "services/awards/store/awards_store.h"

namespace awards {

// Adds what is wrong with the id a caller chose for a new resource: REQUIRED_FIELD_MISSING or
// INVALID_NAME.
void CheckNewId(std::string_view path, std::string_view id, Violations& violations);

// Whether a request was made from the newest version: OK if `etag` is that of `version`. ABORTED,
// ETAG_MISMATCH.
absl::Status CheckEtag(std::string_view etag, int64_t version);

// Until when to wait for the feed on behalf of this call: a little before its deadline, so that the
// answer still arrives; 10 seconds from `now` if it has none.
absl::Time WaitDeadline(const grpc::ServerContext& context, absl::Time now);

// The round, which must still take changes: NOT_FOUND, RESOURCE_NOT_FOUND; FAILED_PRECONDITION,
// ROUND_CLOSED.
absl::StatusOr<Stored<Round>> FindOpenRound(common::storage::Transaction& transaction,
                                            const std::string& name);

// ABORTED, ETAG_MISMATCH, if the caller named another version than `stored`.
template <typename T>
absl::Status CheckEtag(std::string_view etag, const Stored<T>& stored) {
  if (etag.empty() || etag == Etag(stored.version)) return absl::OkStatus();
  return common::Error(absl::StatusCode::kAborted, common::kEtagMismatch,
                       "the resource has changed since it was read")
      .With("name", stored.name)
      .With("etag", Etag(stored.version));
}

// Stores `value` under its name, which must be free: ALREADY_EXISTS, RESOURCE_ALREADY_EXISTS.
template <typename T>
absl::StatusOr<Stored<T>> Create(common::storage::Transaction& transaction, const T& value) {
  ASSIGN_OR_RETURN(const std::optional<Stored<T>> taken, Find<T>(transaction, value.name));
  if (taken.has_value()) return AlreadyExists(value.name);
  return Put<T>(transaction, value.name, value);
}

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_REQUESTS_H_
