// What the program of a server does beside serving.
#ifndef THIDUA_COMMON_RPC_SERVER_COMMANDS_H_
#define THIDUA_COMMON_RPC_SERVER_COMMANDS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>

#include "common/rpc/server_config.h"

namespace CLI {
class App;
}

namespace common::rpc {

// The commands `probe`, which asks the running service how it is, and `restore`, which puts its
// store back from a backup. Without a command the program serves.
//
//   ServerCommands commands(app, program, config, kApplicationId);
//   ... ParseCommandLine(app, ...) ...
//   if (const std::optional<int> code = commands.Run(std::cout, std::cerr)) return *code;
class ServerCommands {
 public:
  // Adds the commands to `app`. All must outlive the parsing, and `config` Run(). `application_id`
  // marks the stores of this service.
  ServerCommands(CLI::App& app, const ServerProgram& program, const ServerConfig& config,
                 int32_t application_id);

  // Runs the command that was parsed and returns the code to exit with; nothing if there was none.
  // 0: done; 1: no, or refused, with the reason on `err`; 3: the service does not answer.
  std::optional<int> Run(std::ostream& out, std::ostream& err) const;

 private:
  using Command = std::function<int(std::ostream& out, std::ostream& err)>;

  void AddProbe(CLI::App& app, const ServerProgram& program, const ServerConfig& config);
  void AddRestore(CLI::App& app, const ServerProgram& program, const ServerConfig& config,
                  int32_t application_id);

  Command chosen_{};
};

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_SERVER_COMMANDS_H_
