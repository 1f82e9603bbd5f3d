// What commands share in taking their arguments: values as they are typed, and the binding of
// arguments to what a command does.
#ifndef THIDUA_SERVICES_THIDUACTL_OPTIONS_H_
#define THIDUA_SERVICES_THIDUACTL_OPTIONS_H_

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <utility>

#include "services/thiduactl/names.h"
#include "services/thiduactl/session.h"
#include "thidua/reporting/v1/submission.pb.h"

namespace thiduactl {

// Adds an option whose values are the words of an enum, such as `--state accepted`; read `word` by
// ParseEnumWord.
template <typename Enum>
CLI::Option* AddEnumOption(CLI::App& app, const std::string& name, std::string& word,
                           const std::string& description) {
  return app.add_option(name, word, description)->check(CLI::IsMember(EnumChoices<Enum>()));
}

// Adds `--kind estimate|final`, which sets `kind`.
inline CLI::Option* AddKindOption(CLI::App& app, std::string& kind) {
  return AddEnumOption<thidua::reporting::v1::ValueKind>(app, "--kind", kind, "estimate or final");
}

// Unspecified if `kind` is empty.
inline thidua::reporting::v1::ValueKind ParseKind(const std::string& kind) {
  return ParseEnumWord<thidua::reporting::v1::ValueKind>(kind);
}

// Makes `run`, given `arguments` as they were parsed, what is done if the command line names
// `command`.
template <typename Arguments, typename Run>
void Choose(CLI::App& command, Action& chosen, std::shared_ptr<Arguments> arguments, Run run) {
  command.callback([arguments = std::move(arguments), run, &chosen] {
    chosen = [arguments, run](Session& session) { return run(session, *arguments); };
  });
}

// Adds the command `show` to `group`, and lets `group` without a command mean it. `configure` adds
// the options to each of the two and returns the positional argument, which it binds to
// `Arguments::name` and which is required.
template <typename Arguments, typename Configure, typename Run>
void AddShow(CLI::App& group, Action& chosen, const std::string& description, Configure configure,
             Run run) {
  group.require_subcommand(0, 1);
  auto* show = group.add_subcommand("show", description);
  show->footer(group.get_footer());
  const auto shown = std::make_shared<Arguments>();
  configure(*show, *shown)->required();
  Choose(*show, chosen, shown, run);
  const auto arguments = std::make_shared<Arguments>();
  const CLI::Option* name = configure(group, *arguments);
  group.callback([&group, name, arguments, run, &chosen] {
    if (!group.get_subcommands().empty()) {
      // What a command has no place for falls through to its group.
      if (!arguments->name.empty()) throw CLI::ExtrasError({arguments->name});
      return;
    }
    if (arguments->name.empty()) throw CLI::RequiredError(name->get_name());
    chosen = [arguments, run](Session& session) { return run(session, *arguments); };
  });
}

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_OPTIONS_H_
