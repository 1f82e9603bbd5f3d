// What went wrong, as thiduactl tells it: to a person on standard error, to a script by exit code.
#ifndef THIDUA_SERVICES_THIDUACTL_PROBLEM_H_
#define THIDUA_SERVICES_THIDUACTL_PROBLEM_H_

#include <ostream>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace thiduactl {

// The exit codes, as `thiduactl --help` documents them.
enum class ExitCode : int {
  kOk = 0,
  // Done, but rows of an import were rejected; there is nothing to show; or what was verified has a
  // fault.
  kNegative = 1,
  // A wrong option, or a file that cannot be read as what it should be, or not be written. Nothing
  // was changed.
  kUsage = 2,
  // A service did not answer in time, after all retries.
  kUnavailable = 3,
  // A service refused the call: invalid, not found, not in this state.
  kRefused = 4,
  // A fault of a service.
  kInternal = 5,
};

// A mistake on this side of the wire: an option or a file. A sentence that names the place.
absl::Status LocalProblem(std::string_view message);

// `status` with a place, such as `plan.txtpb:9: submit`, that stands first in its headline, before
// the place it has already.
absl::Status Within(std::string_view where, const absl::Status& status);

// `status` with the sentence in the caller's language that the service sent along.
absl::Status WithLocalizedMessage(absl::Status status, std::string_view message);

// What a program that ends with `status` exits with.
ExitCode ExitCodeOf(const absl::Status& status);

// Place, code, reason and message of `status`, without the fields at fault, on one line; place and
// message alone for a local problem.
std::string Headline(const absl::Status& status);

// Tells everything `status` knows: its headline, a line for each field at fault, the localised
// sentence if there is one.
void PrintProblem(std::ostream& err, const absl::Status& status);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_PROBLEM_H_
