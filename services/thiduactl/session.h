// What a command of thiduactl is given, and what it gives back.
#ifndef THIDUA_SERVICES_THIDUACTL_SESSION_H_
#define THIDUA_SERVICES_THIDUACTL_SESSION_H_

#include <functional>
#include <ostream>

#include "absl/status/statusor.h"
#include "services/thiduactl/connection.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {

// How results are printed.
enum class OutputFormat { kTable, kJson };

// Where a program writes. The streams must outlive it.
struct Console {
  // Results.
  std::ostream& out;
  // Progress and problems.
  std::ostream& err;
  // Whether a person watches `err`, so that a progress bar makes sense.
  bool is_terminal = false;
};

// One run of one command.
struct Session {
  Connection& connection;
  const Console& console;
  OutputFormat format = OutputFormat::kTable;

  bool json() const { return format == OutputFormat::kJson; }
  const std::string& language() const { return connection.options().language; }
};

// A command, with its arguments bound. Its error is printed by the caller.
using Action = std::function<absl::StatusOr<ExitCode>(Session&)>;

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_SESSION_H_
