#include "services/thiduactl/catch_up.h"

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
namespace awards = ::thidua::awards::v1;

// How many positions of the log awards has yet to consume.
absl::StatusOr<int64_t> PositionsBehind(Connection& connection) {
  ASSIGN_OR_RETURN(
      const auto position,
      connection.Call(connection.rounds(), &awards::RoundService::Stub::GetFeedPosition, {}));
  reporting::ListChangesRequest request;
  request.set_resume_token(position.resume_token());
  request.set_page_size(1);
  ASSIGN_OR_RETURN(const auto rest,
                   connection.Call(connection.changes(),
                                   &reporting::ChangeFeedService::Stub::ListChanges, request));
  return rest.changes_size() + rest.lag();
}

}  // namespace

absl::Status WaitForAwards(Connection& connection) {
  Backoff backoff(connection.options().timeout);
  while (true) {
    ASSIGN_OR_RETURN(const int64_t behind, PositionsBehind(connection));
    if (behind == 0) return absl::OkStatus();
    if (!backoff.Wait()) {
      return absl::DeadlineExceededError(absl::StrCat("awards is still ", behind,
                                                      " changes behind reporting; is its option "
                                                      "--reporting right?"));
    }
  }
}

}  // namespace thiduactl
