// The commands of thiduactl, by topic. Every function adds one command with its options and its
// help to `app`; if the command line names it, `chosen` is set to what it does.
#ifndef THIDUA_SERVICES_THIDUACTL_COMMANDS_COMMANDS_H_
#define THIDUA_SERVICES_THIDUACTL_COMMANDS_COMMANDS_H_

#include "services/thiduactl/session.h"

namespace CLI {
class App;
}

namespace thiduactl {

// Files.
void AddApply(CLI::App& app, Action& chosen);
void AddImport(CLI::App& app, Action& chosen);

// Handing reports in.
void AddSubmit(CLI::App& app, Action& chosen);
void AddCheck(CLI::App& app, Action& chosen);
void AddDraft(CLI::App& app, Action& chosen);

// Looking at reports, and their review.
void AddSubmissions(CLI::App& app, Action& chosen);
void AddSubmission(CLI::App& app, Action& chosen);
void AddHistory(CLI::App& app, Action& chosen);
void AddDiff(CLI::App& app, Action& chosen);
void AddFindings(CLI::App& app, Action& chosen);
void AddAccept(CLI::App& app, Action& chosen);
void AddReturn(CLI::App& app, Action& chosen);
void AddLock(CLI::App& app, Action& chosen);
void AddRestate(CLI::App& app, Action& chosen);

// The year of a cluster.
void AddClusterYear(CLI::App& app, Action& chosen);
void AddMissing(CLI::App& app, Action& chosen);
void AddExtend(CLI::App& app, Action& chosen);
void AddReopen(CLI::App& app, Action& chosen);
void AddPact(CLI::App& app, Action& chosen);
// Commands of `pact`.
void AddPactWrites(CLI::App& group, Action& chosen);

// Units and definitions.
void AddUnits(CLI::App& app, Action& chosen);
void AddMerge(CLI::App& app, Action& chosen);
void AddIndicator(CLI::App& app, Action& chosen);
void AddForm(CLI::App& app, Action& chosen);

// Statistics, the audit log and the feed.
void AddTotals(CLI::App& app, Action& chosen);
void AddSeries(CLI::App& app, Action& chosen);
void AddAudit(CLI::App& app, Action& chosen);
void AddWatch(CLI::App& app, Action& chosen);

// Awards.
void AddStandings(CLI::App& app, Action& chosen);
void AddExplain(CLI::App& app, Action& chosen);
void AddNominations(CLI::App& app, Action& chosen);

// Identities for development; call no service.
void AddCerts(CLI::App& app, Action& chosen);
void AddToken(CLI::App& app, Action& chosen);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_COMMANDS_COMMANDS_H_
