// The program as a function, so that tests can run it with streams of their own.
#ifndef THIDUA_SERVICES_THIDUACTL_PROGRAM_H_
#define THIDUA_SERVICES_THIDUACTL_PROGRAM_H_

#include "services/thiduactl/problem.h"
#include "services/thiduactl/session.h"

namespace thiduactl {

// Reads the command line and the environment, runs the command, and tells problems on
// `console.err`.
ExitCode RunProgram(int argc, const char* const* argv, const Console& console);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_PROGRAM_H_
