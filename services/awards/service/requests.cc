#include "services/awards/service/requests.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/text/text.h"
#include "services/awards/codec/fields.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/round.h"

namespace awards {

void CheckNewId(std::string_view path, std::string_view id, Violations& violations) {
  if (id.empty()) {
    violations.Add(path, common::kRequiredFieldMissing, "is required");
  } else if (!common::IsResourceId(id)) {
    violations.Add(path, common::kInvalidName,
                   "must be 1 to 63 lower-case letters, digits and hyphens, beginning with a "
                   "letter and not ending with a hyphen");
  }
}

absl::Status CheckEtag(std::string_view etag, int64_t version) {
  const std::string current = Etag(version);
  if (etag == current) return absl::OkStatus();
  return common::Error(absl::StatusCode::kAborted, common::kEtagMismatch,
                       "it has changed since it was read; read it again first")
      .With("etag", etag)
      .With("current", current);
}

absl::Time WaitDeadline(const grpc::ServerContext& context, absl::Time now) {
  constexpr absl::Duration kLongest = absl::Seconds(10);
  const auto deadline = context.deadline();
  if (deadline == std::chrono::system_clock::time_point::max()) return now + kLongest;
  const absl::Duration left = absl::FromChrono(deadline) - now;
  return now + left - std::min(left / 10, absl::Milliseconds(100));
}

absl::StatusOr<Stored<Round>> FindOpenRound(common::storage::Transaction& transaction,
                                            const std::string& name) {
  ASSIGN_OR_RETURN(std::optional<Stored<Round>> round, Find<Round>(transaction, name));
  if (!round.has_value()) return NotFound(name);
  if (round->value.state == RoundState::kNominated) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kRoundClosed,
                         "the nominations of the round have been issued")
        .With("name", name);
  }
  return *std::move(round);
}

}  // namespace awards
