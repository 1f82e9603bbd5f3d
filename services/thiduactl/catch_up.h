// Waits until awards has seen what reporting has stored.
#ifndef THIDUA_SERVICES_THIDUACTL_CATCH_UP_H_
#define THIDUA_SERVICES_THIDUACTL_CATCH_UP_H_

#include "absl/status/status.h"
#include "services/thiduactl/connection.h"

namespace thiduactl {

// Returns once awards has consumed all that reporting's feed held when it was called, or later.
// DEADLINE_EXCEEDED if that takes longer than the connection's timeout; else errors of the calls.
absl::Status WaitForAwards(Connection& connection);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_CATCH_UP_H_
