// What the commands about indicators and forms share.
#ifndef THIDUA_SERVICES_THIDUACTL_COMMANDS_DEFINITION_H_
#define THIDUA_SERVICES_THIDUACTL_COMMANDS_DEFINITION_H_

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/session.h"
#include "services/thiduactl/text_file.h"
#include "services/thiduactl/writing.h"

namespace thiduactl {

// Which definition to show, and how.
struct DefinitionArguments {
  std::string name{};
  // 0 for the newest.
  int version = 0;
  // As text format.
  bool text = false;
};

// Which file to send.
struct UpdateArguments {
  std::string file{};
  WriteOptions write{};
};

inline CLI::Option* AddDefinitionOptions(CLI::App& command, DefinitionArguments& arguments,
                                         const std::string& title, const std::string& example) {
  command.add_option("--version", arguments.version, "An earlier version")
      ->check(CLI::PositiveNumber);
  command.add_flag("--text", arguments.text, "Print it in text format, to be edited and sent back");
  return command.add_option(title, arguments.name, example);
}

inline std::shared_ptr<UpdateArguments> AddUpdateOptions(CLI::App& command) {
  const auto arguments = std::make_shared<UpdateArguments>();
  command.add_option("FILE", arguments->file, "The definition in text format; /dev/stdin for a pipe")
      ->required();
  AddVersionedWriteOptions(command, arguments->write);
  return arguments;
}

// Prints `definition` as JSON, as text format, or by `print(session, definition)`.
template <typename Definition, typename Print>
ExitCode ShowDefinition(Session& session, const DefinitionArguments& arguments,
                        const Definition& definition, Print print) {
  if (arguments.text) {
    session.console.out << ToTextFormat(definition);
  } else if (session.json()) {
    PrintJson(session.console.out, definition);
  } else {
    print(session, definition);
  }
  return ExitCode::kOk;
}

// The definition in the file. A local problem: it cannot be read, or does not name what it defines.
template <typename Definition>
absl::StatusOr<Definition> ReadDefinition(const std::string& path) {
  Definition definition;
  RETURN_IF_ERROR(ReadTextFile(path, definition));
  if (!definition.name().empty()) return definition;
  return LocalProblem(absl::StrCat(path, ": `name` is empty; it says what the definition is of"));
}

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_COMMANDS_DEFINITION_H_
