// The commands of thiduactl, a file each. Every function adds one command with its options and its
// help to `app`; if the command line names it, `chosen` is set to what it does.
#ifndef THIDUA_SERVICES_THIDUACTL_COMMANDS_COMMANDS_H_
#define THIDUA_SERVICES_THIDUACTL_COMMANDS_COMMANDS_H_

#include "services/thiduactl/session.h"

namespace CLI {
class App;
}

namespace thiduactl {

void AddApply(CLI::App& app, Action& chosen);
void AddImport(CLI::App& app, Action& chosen);
void AddTotals(CLI::App& app, Action& chosen);
void AddStandings(CLI::App& app, Action& chosen);
void AddExplain(CLI::App& app, Action& chosen);
void AddNominations(CLI::App& app, Action& chosen);
void AddDocument(CLI::App& app, Action& chosen);
void AddWatch(CLI::App& app, Action& chosen);
void AddClusterYear(CLI::App& app, Action& chosen);
void AddPact(CLI::App& app, Action& chosen);
void AddAudit(CLI::App& app, Action& chosen);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_COMMANDS_COMMANDS_H_
