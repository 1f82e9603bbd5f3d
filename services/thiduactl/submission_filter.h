// Which submissions a command is about.
#ifndef THIDUA_SERVICES_THIDUACTL_SUBMISSION_FILTER_H_
#define THIDUA_SERVICES_THIDUACTL_SUBMISSION_FILTER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/thiduactl/connection.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace thiduactl {

// As it was typed.
struct SubmissionFilter {
  // `red-river-delta/2020` for a cluster year, `bac-ninh` for a unit, or a full name.
  std::string scope{};
  std::string form{};
  std::string period{};
  std::string kind{};
};

// Adds the argument that names the scope.
CLI::Option* AddScopeArgument(CLI::App& app, SubmissionFilter& filter);

// Adds `--form`, `--period` and `--kind`.
void AddFilterOptions(CLI::App& app, SubmissionFilter& filter);

// A request for what `filter` lets through, in any state.
thidua::reporting::v1::ListSubmissionsRequest ToRequest(const SubmissionFilter& filter);

// All submissions that `request` asks for. Errors are those of Connection::Call.
absl::StatusOr<std::vector<thidua::reporting::v1::Submission>> ReadSubmissions(
    Connection& connection, const thidua::reporting::v1::ListSubmissionsRequest& request);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_SUBMISSION_FILTER_H_
