#include "services/thiduactl/program.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <initializer_list>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/credentials.h"

namespace thiduactl {
namespace {

constexpr char kHelp[] = R"(
Names can be written short: `red-river-delta/2020` for `clusters/red-river-delta/years/2020`,
`bac-ninh` for `units/bac-ninh`, `bac-ninh/alliance-annual.2020.final` for
`units/bac-ninh/submissions/alliance-annual.2020.final`. Results go to standard output, progress and
problems to standard error. Options of every command stand before or behind it. `thiduactl COMMAND --help` tells more.

Exit codes:
  0  done
  1  no: rows of an import were rejected, a report would be refused, contents differ, reports are
     missing, there are findings, the audit log has a fault; or there is nothing to show
  2  a wrong option, or a file that cannot be read; nothing was sent
  3  a service did not answer in time, after all retries
  4  a service refused: invalid, not found, not in this state
  5  a fault of a service

Examples:
  thiduactl apply deploy/examples/red-river-2020
  thiduactl missing red-river-delta/2020
  thiduactl submit --file report.txtpb --validate-only
  thiduactl diff bac-ninh/alliance-annual.2020.final --since-accepted
  thiduactl standings red-river-delta-2020 --language vi
  thiduactl totals red-river-delta/2020 --output json
)";

struct GlobalOptions {
  ConnectionOptions connection{};
  CredentialOptions credentials{};
  std::string output = "table";
  std::string timeout = "30s";
};

// An empty text if `text` is a positive duration, else what is wrong with it.
std::string CheckDuration(const std::string& text) {
  absl::Duration duration;
  if (absl::ParseDuration(text, &duration) && duration > absl::ZeroDuration()) return "";
  return "is not a duration such as 500ms, 30s or 2m";
}

void AddGlobalOptions(CLI::App& app, GlobalOptions& options) {
  app.add_option("--reporting", options.connection.reporting, "Address of the reporting service")
      ->envname("THIDUA_REPORTING")
      ->capture_default_str();
  app.add_option("--awards", options.connection.awards, "Address of the awards service")
      ->envname("THIDUA_AWARDS")
      ->capture_default_str();
  app.add_option("--output", options.output, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  app.add_option("--language", options.connection.language, "Of titles and problems: vi or en")
      ->envname("THIDUA_LANGUAGE")
      ->check(CLI::IsMember({"vi", "en"}))
      ->capture_default_str();
  app.add_option("--timeout", options.timeout,
                 "For each call with all its retries; for streams, without any progress")
      ->check(CLI::Validator(CheckDuration, "DURATION"))
      ->capture_default_str();
}

void AddCredentialOptions(CLI::App& app, CredentialOptions& options) {
  app.add_option("--authorities", options.authorities,
                 "PEM file: authorities of the services' certificates; without it, plaintext")
      ->envname("THIDUA_AUTHORITIES");
  app.add_option("--certificate", options.certificate, "PEM file: the certificate to call with")
      ->envname("THIDUA_CERTIFICATE");
  app.add_option("--key", options.key, "PEM file: the key of the certificate")
      ->envname("THIDUA_KEY");
  app.add_option("--token", options.token,
                 "Token to call with; others on the machine see it, better a file")
      ->envname("THIDUA_TOKEN");
  app.add_option("--token-file", options.token_file, "File with the token to call with")
      ->envname("THIDUA_TOKEN_FILE");
}

// Whether the command that was given makes no call, and so needs no credentials.
bool IsLocal(const CLI::App& app) {
  return app.got_subcommand("certs") || app.got_subcommand("token");
}

// The options of the connection with all that they name.
absl::StatusOr<ConnectionOptions> Complete(const CLI::App& app, const GlobalOptions& options) {
  ConnectionOptions complete = options.connection;
  // Has been checked.
  (void)absl::ParseDuration(options.timeout, &complete.timeout);
  if (IsLocal(app)) return complete;
  ASSIGN_OR_RETURN(complete.credentials,
                   ReadCredentials(options.credentials, {complete.reporting, complete.awards}));
  return complete;
}

ExitCode Fail(const Console& console, const absl::Status& status) {
  PrintProblem(console.err, status);
  return ExitCodeOf(status);
}

ExitCode Run(const CLI::App& app, const GlobalOptions& options, const Action& action,
             const Console& console) {
  const absl::StatusOr<ConnectionOptions> connection_options = Complete(app, options);
  if (!connection_options.ok()) return Fail(console, connection_options.status());
  Connection connection(*connection_options);
  Session session{.connection = connection,
                  .console = console,
                  .format = options.output == "json" ? OutputFormat::kJson : OutputFormat::kTable};
  const absl::StatusOr<ExitCode> result = action(session);
  console.out << std::flush;
  return result.ok() ? *result : Fail(console, result.status());
}

std::vector<CLI::App*> CommandsOf(CLI::App& app) {
  return app.get_subcommands([](CLI::App* /*command*/) { return true; });
}

// Adds commands under a title of their own in the help.
void AddTopic(CLI::App& app, Action& chosen, const std::string& title,
              std::initializer_list<void (*)(CLI::App&, Action&)> adders) {
  const size_t before = CommandsOf(app).size();
  for (const auto add : adders) add(app, chosen);
  const std::vector<CLI::App*> commands = CommandsOf(app);
  for (size_t i = before; i < commands.size(); ++i) commands[i]->group(title);
}

void AddCommands(CLI::App& app, Action& chosen) {
  AddTopic(app, chosen, "Hand reports in", {AddSubmit, AddCheck, AddDraft, AddImport});
  AddTopic(app, chosen, "Look at reports",
           {AddSubmissions, AddSubmission, AddHistory, AddDiff, AddFindings});
  AddTopic(app, chosen, "Review reports", {AddAccept, AddReturn, AddLock, AddRestate});
  AddTopic(app, chosen, "Run a cluster's year",
           {AddClusterYear, AddMissing, AddExtend, AddReopen, AddPact});
  AddTopic(app, chosen, "Units and definitions", {AddUnits, AddMerge, AddIndicator, AddForm});
  AddTopic(app, chosen, "Statistics", {AddTotals, AddSeries});
  AddTopic(app, chosen, "Awards", {AddStandings, AddExplain, AddNominations});
  AddTopic(app, chosen, "Everything", {AddApply, AddWatch, AddAudit});
  AddTopic(app, chosen, "Identities for development", {AddCerts, AddToken});
}

}  // namespace

ExitCode RunProgram(int argc, const char* const* argv, const Console& console) {
  CLI::App app("thiduactl: the command line client of Thi Đua", "thiduactl");
  GlobalOptions options;
  Action chosen;
  app.set_version_flag("--version", std::string("thiduactl " THIDUA_VERSION));
  app.footer(kHelp);
  app.require_subcommand(1);
  app.fallthrough();
  AddGlobalOptions(app, options);
  AddCredentialOptions(app, options.credentials);
  AddCommands(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // What CLI11 says of a misspelt command is only that there is none.
    if (const auto rest = app.remaining(); !rest.empty() && app.get_subcommands().empty()) {
      console.err << "thiduactl: there is no command or option " << rest.front() << "\n";
    }
    return app.exit(error, console.out, console.err) == 0 ? ExitCode::kOk : ExitCode::kUsage;
  }
  return Run(app, options, chosen, console);
}

}  // namespace thiduactl
