#include "common/rpc/server_commands.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/rpc/probe.h"
#include "common/seams/clock.h"
#include "common/storage/sqlite/restore.h"

namespace common::rpc {
namespace {

using storage::sqlite::RestoreOptions;
using storage::sqlite::RestoreReport;

constexpr int kExitRefused = 1;

struct ProbeArguments {
  std::string service{};
  std::string address{};
  std::string timeout = "3s";
};

struct RestoreArguments {
  std::string backup{};
  bool replace = false;
  bool check_only = false;
};

std::string CheckTimeout(const std::string& text) {
  absl::Duration duration;
  if (absl::ParseDuration(text, &duration) && duration > absl::ZeroDuration()) return "";
  return absl::StrCat(text, " is not a duration such as 500ms or 3s");
}

int RunProbe(const ProbeArguments& arguments, const ServerConfig& config, std::ostream& out,
             std::ostream& err) {
  absl::StatusOr<std::string> target = arguments.address;
  if (target->empty()) target = ProbeTarget(config);
  if (!target.ok()) {
    err << target.status().message() << "\n";
    return kExitRefused;
  }
  absl::Duration timeout;
  // Has been checked.
  (void)absl::ParseDuration(arguments.timeout, &timeout);
  return Probe(*target, arguments.service, timeout, out, err);
}

void PrintReport(const RestoreReport& report, bool is_check, std::ostream& out) {
  out << "store: " << report.store.store_id << "\n"
      << "head: " << report.head.sequence << ":" << absl::BytesToHexString(report.head.hash)
      << "\n";
  if (is_check) {
    out << "epoch: " << report.epoch_before << "\nsound; nothing was restored\n";
    return;
  }
  out << "epoch: " << report.store.epoch << " (in the backup: " << report.epoch_before << ")\n";
  if (!report.replaced.empty()) out << "the store before: " << report.replaced << "\n";
  out << "restored\n";
}

int RunRestore(const RestoreArguments& arguments, const ServerConfig& config,
               int32_t application_id, std::ostream& out, std::ostream& err) {
  SystemClock clock;
  const absl::StatusOr<RestoreReport> report = storage::sqlite::Restore(
      {.backup = arguments.backup,
       .path = config.database,
       .application_id = application_id,
       .clock = &clock,
       .replace = arguments.replace,
       .check_only = arguments.check_only,
       .on_storage_error = [&err](const std::string& text) { err << text << "\n"; }});
  if (!report.ok()) {
    err << report.status().message() << "\n";
    return kExitRefused;
  }
  PrintReport(*report, arguments.check_only, out);
  return 0;
}

}  // namespace

ServerCommands::ServerCommands(CLI::App& app, const ServerProgram& program,
                               const ServerConfig& config, int32_t application_id) {
  app.require_subcommand(0, 1);
  AddProbe(app, program, config);
  AddRestore(app, program, config, application_id);
}

std::optional<int> ServerCommands::Run(std::ostream& out, std::ostream& err) const {
  if (!chosen_) return std::nullopt;
  return chosen_(out, err);
}

void ServerCommands::AddProbe(CLI::App& app, const ServerProgram& program,
                              const ServerConfig& config) {
  auto* command = app.add_subcommand("probe", "Ask the running service how it is");
  command->fallthrough();
  command->footer(absl::StrCat(
      "Asks the service that runs with the same options. Exit codes: 0 serving, 1 not serving, 3 "
      "no answer.\n\nExamples:\n  ",
      program.name, " probe\n  ", program.name, " probe --service readiness\n  ", program.name,
      " probe --address 127.0.0.1:7501\n"));
  const auto arguments = std::make_shared<ProbeArguments>();
  command->add_option("--service", arguments->service,
                      "What is asked for: liveness, readiness, or the full name of a service; "
                      "empty for the server as a whole");
  command->add_option("--address", arguments->address,
                      "Where; without it --health-listen or --listen of the service");
  command->add_option("--timeout", arguments->timeout, "How long to wait")
      ->check(CLI::Validator(CheckTimeout, "DURATION"));
  command->callback([this, arguments, &config] {
    chosen_ = [arguments, &config](std::ostream& out, std::ostream& err) {
      return RunProbe(*arguments, config, out, err);
    };
  });
}

void ServerCommands::AddRestore(CLI::App& app, const ServerProgram& program,
                                const ServerConfig& config, int32_t application_id) {
  auto* command =
      app.add_subcommand("restore", "Put the database back from a backup, while nothing serves it");
  command->fallthrough();
  command->footer(absl::StrCat(
      "Checks all of the backup first: SQLite's integrity, a log without gaps, the hash of every "
      "change. Followers notice that the store was restored and read it again.\n\nExamples:\n  ",
      program.name, " restore --check-only reporting.backup\n  ", program.name,
      " --database /var/lib/thidua/store.db restore --replace reporting.backup\n"));
  const auto arguments = std::make_shared<RestoreArguments>();
  command->add_option("backup", arguments->backup, "What `thiduactl backup` wrote")->required();
  command->add_flag("--replace", arguments->replace,
                    "Move a store that is there aside; it is kept");
  command->add_flag("--check-only", arguments->check_only, "Only say whether the backup is sound");
  command->callback([this, arguments, application_id, &config] {
    chosen_ = [arguments, application_id, &config](std::ostream& out, std::ostream& err) {
      return RunRestore(*arguments, config, application_id, out, err);
    };
  });
}

}  // namespace common::rpc
