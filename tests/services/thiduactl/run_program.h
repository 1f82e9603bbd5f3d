// Runs thiduactl within the test, against a scripted server that is both services.
#ifndef THIDUA_TESTS_SERVICES_THIDUACTL_RUN_PROGRAM_H_
#define THIDUA_TESTS_SERVICES_THIDUACTL_RUN_PROGRAM_H_

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "services/thiduactl/program.h"
#include "tests/services/thiduactl/scripted_server.h"

namespace thiduactl {

struct RunResult {
  ExitCode code = ExitCode::kOk;
  std::string out{};
  std::string err{};
};

inline RunResult RunAgainst(const ScriptedServer& server, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"thiduactl", "--reporting", server.address(), "--awards",
                                       server.address(), "--timeout", "20s"});
  std::vector<const char*> argv;
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  std::ostringstream out;
  std::ostringstream err;
  const Console console{.out = out, .err = err};
  const ExitCode code = RunProgram(static_cast<int>(argv.size()), argv.data(), console);
  return {.code = code, .out = out.str(), .err = err.str()};
}

inline void WriteFile(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline std::string ReadText(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace thiduactl

#endif  // THIDUA_TESTS_SERVICES_THIDUACTL_RUN_PROGRAM_H_
