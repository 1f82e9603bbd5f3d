// What figures are put together by: over whom, of which report, as known when.
#ifndef THIDUA_SERVICES_THIDUACTL_STATISTICS_SCOPE_H_
#define THIDUA_SERVICES_THIDUACTL_STATISTICS_SCOPE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/thiduactl/connection.h"
#include "thidua/reporting/v1/statistics_service.pb.h"

namespace CLI {
class App;
}

namespace thiduactl {

// As it was typed.
struct ScopeArguments {
  std::string cluster_year{};
  std::vector<std::string> units{};
  bool nationwide = false;
  std::string form{};
  // The only or the first one.
  std::string period{};
  std::string kind{};
  std::string sector{};
  std::vector<std::string> indicators{};
  // A time, a day or a commit token.
  std::string known_at{};
};

// Adds the argument and the options but the one that sets the period.
void AddScopeOptions(CLI::App& app, ScopeArguments& arguments);

// The request that `arguments` mean. Within a cluster year, form, period and kind that are not given
// are those of the alliances' report on the whole year, of the value kind that is scored; its calendar
// is read for that. A local problem: not exactly one of cluster year, units and nationwide is given,
// or no single report is meant. Else errors of the calls.
absl::StatusOr<thidua::reporting::v1::ComputeTotalsRequest> MakeTotalsRequest(
    Connection& connection, const ScopeArguments& arguments);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_STATISTICS_SCOPE_H_
