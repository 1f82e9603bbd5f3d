#include "common/rpc/server_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "common/storage/sqlite/sqlite_ledger.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace common::rpc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int32_t kApplicationId = 0x7464;

// What came of a command line.
struct Outcome {
  // Of the parsing, or of the command; nothing if the program would serve.
  std::optional<int> code{};
  std::string out{};
  std::string err{};
};

Outcome RunCommand(const std::vector<std::string>& arguments) {
  CLI::App app;
  ServerConfig config{.listen = "127.0.0.1:7501", .database = "./test.db"};
  const ServerProgram program{.name = "thidua-test",
                              .version = "1.2.3",
                              .description = "Tries commands.",
                              .environment_prefix = "THIDUA_COMMANDS_TEST"};
  AddServerOptions(app, program, config);
  const ServerCommands commands(app, program, config, kApplicationId);
  std::vector<const char*> argv = {"thidua-test"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  std::ostringstream out;
  std::ostringstream err;
  Outcome outcome;
  outcome.code =
      ParseCommandLine(app, static_cast<int>(argv.size()), argv.data(), config, out, err);
  if (!outcome.code.has_value()) outcome.code = commands.Run(out, err);
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

TEST(ServerCommands, WithoutACommandTheProgramServes) {
  EXPECT_EQ(RunCommand({}).code, std::nullopt);
  EXPECT_EQ(RunCommand({"--listen", "127.0.0.1:0"}).code, std::nullopt);
}

TEST(ServerCommands, TeachInTheirHelp) {
  EXPECT_THAT(RunCommand({"--help"}).out, AllOf(HasSubstr("probe"), HasSubstr("restore")));
  EXPECT_THAT(RunCommand({"probe", "--help"}).out, HasSubstr("--service readiness"));
  EXPECT_THAT(RunCommand({"restore", "--help"}).out, HasSubstr("--check-only"));
}

TEST(ServerCommands, MistakesAreExplained) {
  EXPECT_EQ(RunCommand({"prob"}).code, 2);
  EXPECT_EQ(RunCommand({"probe", "--timeout", "soon"}).code, 2);
  EXPECT_EQ(RunCommand({"restore"}).code, 2);
  const Outcome port = RunCommand({"probe", "--listen", "127.0.0.1:0"});
  EXPECT_EQ(port.code, 1);
  EXPECT_THAT(port.err, HasSubstr("--address"));
}

TEST(ServerCommands, ProbeSaysThatNobodyAnswers) {
  const testkit::TempDir folder;
  const Outcome outcome =
      RunCommand({"--listen", "unix:" + folder.File("none"), "probe", "--timeout", "200ms"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("does not answer"));
}

TEST(ServerCommands, RestorePutsABackupInThePlaceOfTheDatabase) {
  const testkit::TempDir folder;
  testkit::FakeClock clock;
  testkit::SequentialIds ids;
  const std::string backup = folder.File("backup");
  {
    const auto ledger = storage::sqlite::SqliteLedger::Open({.path = folder.File("old.db"),
                                                             .application_id = kApplicationId,
                                                             .clock = &clock,
                                                             .ids = &ids})
                            .value();
    ASSERT_THAT(ledger->Backup(backup, [] { return true; }), testkit::IsOk());
  }
  const std::string database = folder.File("new.db");
  const Outcome check = RunCommand({"--database", database, "restore", "--check-only", backup});
  EXPECT_EQ(check.code, 0) << check.err;
  EXPECT_THAT(check.out, AllOf(HasSubstr("epoch: 1\n"), HasSubstr("sound")));
  const Outcome done = RunCommand({"restore", backup, "--database", database});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, AllOf(HasSubstr("in the backup: 1"), HasSubstr("restored\n")));
  const Outcome again = RunCommand({"restore", backup, "--database", database});
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("would have to be replaced"));
  EXPECT_THAT(again.out, IsEmpty());
  EXPECT_EQ(RunCommand({"restore", backup, "--replace", "--database", database}).code, 0);
}

}  // namespace
}  // namespace common::rpc
