// Keeps awards' copy of the reporting service's resources, and with it, in the same transaction,
// how far the feed has been consumed.
//
// Each resource is a record of the ledger of kind `reporting.<kind>`, such as
// `reporting.submission`, under its resource name; its payload is the change that told of it (the
// contract's reporting.v1.Change, without time and actor, but with the trace of the call that made
// it). An empty payload means that the resource is gone, which happens only when the reporting
// service was restored or replaced.
#ifndef THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_PROJECTION_WRITER_H_
#define THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_PROJECTION_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"

namespace thidua::reporting::v1 {
class WatchResponse;
}

namespace awards {

// Kinds of projected records.
inline constexpr std::string_view kProjectedUnit = "reporting.unit";
inline constexpr std::string_view kProjectedCluster = "reporting.cluster";
inline constexpr std::string_view kProjectedClusterYear = "reporting.cluster_year";
inline constexpr std::string_view kProjectedIndicator = "reporting.indicator";
inline constexpr std::string_view kProjectedForm = "reporting.form";
inline constexpr std::string_view kProjectedPact = "reporting.pact";
inline constexpr std::string_view kProjectedSubmission = "reporting.submission";

// Indexes: units by the name of their parent; submissions by unit and cluster year together, whose
// value UnitYear gives.
inline constexpr std::string_view kIndexParent = "parent";
inline constexpr std::string_view kIndexUnitYear = "unit_year";
std::string UnitYear(std::string_view unit, std::string_view cluster_year);

// What is stored about the feed.
struct FeedState {
  // Everything up to here is applied; empty for nothing yet.
  std::string resume_token{};
  // Log positions behind the reporting service when it was last heard.
  int64_t lag = 0;
  // Raised each time the log is read from its beginning again. Versions of resources are compared
  // only within one generation: another log may count the same versions for other contents.
  int64_t generation = 1;
  // The log is being read again and the copy mixes old and new: it must not be scored from.
  bool resyncing = false;

  bool operator==(const FeedState&) const = default;
};

// Fails only as the ledger does.
absl::StatusOr<FeedState> ReadFeedState(common::storage::Reader& reader);

// Who writes a generation: the actor that every write of ApplyFeed must be made with.
std::string FeedActor(const FeedState& state);

// Applies `response` and returns the state after it. A change that is not newer than what is stored
// is dropped, so applying a response twice changes nothing. The response that catches up with the
// log ends a resync: what the new log did not tell of is gone then.
absl::StatusOr<FeedState> ApplyFeed(common::storage::Transaction& transaction,
                                    const thidua::reporting::v1::WatchResponse& response);

// Begins again at the beginning of the log, because the reporting service does not know the stored
// position any more. Returns the state after it.
absl::StatusOr<FeedState> RestartFeed(common::storage::Transaction& transaction);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_PROJECTION_WRITER_H_
