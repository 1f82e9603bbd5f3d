// Titles of resources by name, read once each.
#ifndef THIDUA_SERVICES_THIDUACTL_TITLES_H_
#define THIDUA_SERVICES_THIDUACTL_TITLES_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "services/thiduactl/connection.h"
#include "thidua/reporting/v1/indicator.pb.h"

namespace thiduactl {

// The newest title of each unit it is asked for, in the connection's language. Not thread-safe.
class UnitTitles {
 public:
  explicit UnitTitles(Connection& connection) : connection_(connection) {}

  // The unit's name where it has no title or cannot be read: a missing title spoils no table.
  std::string Of(const std::string& unit);

 private:
  Connection& connection_;
  std::map<std::string, std::string> titles_{};
};

// All indicators by name.
absl::StatusOr<std::map<std::string, thidua::reporting::v1::Indicator>> ReadIndicators(
    Connection& connection);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_TITLES_H_
