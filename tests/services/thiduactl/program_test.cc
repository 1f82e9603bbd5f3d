// The real binary as a script sees it: exit codes, streams, environment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "tests/services/thiduactl/run_program.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/temp_dir.h"
#include "thidua/awards/v1/round_service.pb.h"
#include "thidua/reporting/v1/registry_service.pb.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace thiduactl {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
namespace awards = ::thidua::awards::v1;
namespace reporting = ::thidua::reporting::v1;

// Runs the binary by a shell, which gives it its streams.
class ProgramTest : public ::testing::Test {
 protected:
  // What the binary exits with.
  int Run(const std::string& arguments, const std::string& environment = "") {
    const std::string command = absl::StrCat(environment, " ", THIDUACTL_BINARY, " ", arguments,
                                             " >", folder_.File("out"), " 2>", folder_.File("err"));
    const int status =
        std::system(command.c_str());  // NOLINT(bugprone-command-processor, cert-env33-c)
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  int RunAtServer(const std::string& arguments) {
    return Run(arguments, absl::StrCat("THIDUA_REPORTING=", server_.address(),
                                       " THIDUA_AWARDS=", server_.address()));
  }

  std::string Out() const { return ReadText(folder_.File("out")); }
  std::string Err() const { return ReadText(folder_.File("err")); }

  testkit::TempDir folder_;
  ScriptedServer server_;
};

TEST_F(ProgramTest, HelpTeachesExitCodesAndExamples) {
  EXPECT_EQ(Run("--help"), 0);
  EXPECT_THAT(Out(), HasSubstr("3  a service did not answer in time"));
  EXPECT_THAT(Out(), HasSubstr("thiduactl apply deploy/examples/red-river-2020"));
}

struct HelpCase {
  std::string name{};
  std::string command{};
};

class CommandHelp : public ProgramTest, public ::testing::WithParamInterface<HelpCase> {};

TEST_P(CommandHelp, HasExamples) {
  EXPECT_EQ(Run(absl::StrCat(GetParam().command, " --help")), 0);
  EXPECT_THAT(Out(), HasSubstr(absl::StrCat("  thiduactl ", GetParam().command)));
}

INSTANTIATE_TEST_SUITE_P(Commands, CommandHelp,
                         ::testing::ValuesIn<HelpCase>({{"Apply", "apply"},
                                                        {"Import", "import"},
                                                        {"Totals", "totals"},
                                                        {"Standings", "standings"},
                                                        {"Explain", "explain"},
                                                        {"Nominations", "nominations"},
                                                        {"Watch", "watch"},
                                                        {"ClusterYear", "cluster-year"},
                                                        {"Pact", "pact"}}),
                         testkit::CaseName<HelpCase>);

TEST_F(ProgramTest, VersionIsPrinted) {
  EXPECT_EQ(Run("--version"), 0);
  EXPECT_THAT(Out(), ::testing::MatchesRegex("thiduactl [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

struct UsageCase {
  std::string name{};
  std::string arguments{};
  std::string message{};
};

class UsageRefused : public ProgramTest, public ::testing::WithParamInterface<UsageCase> {};

TEST_P(UsageRefused, WithCodeTwo) {
  EXPECT_EQ(Run(GetParam().arguments), 2);
  EXPECT_THAT(Err(), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    CommandLines, UsageRefused,
    ::testing::ValuesIn<UsageCase>({
        {"NoCommand", "", "subcommand is required"},
        {"UnknownCommand", "applly x", "there is no command or option applly"},
        {"UnknownOption", "pact x/2020 --fast", "--fast"},
        {"NoArgument", "explain r", "UNIT is required"},
        {"BadOutput", "pact x/2020 --output xml", "--output"},
        {"BadTimeout", "pact x/2020 --timeout soon", "is not a duration"},
        {"NoSuchFile", "apply /nonexistent.txtpb", "/nonexistent.txtpb: does not exist"},
        {"NoSuchTable", "import /nonexistent.csv --form f --period 2020 --kind final",
         "/nonexistent.csv: cannot be read"},
    }),
    testkit::CaseName<UsageCase>);

TEST_F(ProgramTest, EndsWithZeroWhenDone) {
  server_.Answer<reporting::GetClusterYearRequest>(reporting::GetClusterYearResponse());
  EXPECT_EQ(RunAtServer("cluster-year x/2020 --output json"), 0) << Err();
}

TEST_F(ProgramTest, EndsWithOneWhenNobodyIsNominated) {
  server_.Answer<awards::ListNominationsRequest>(awards::ListNominationsResponse());
  EXPECT_EQ(RunAtServer("nominations r"), 1) << Err();
}

TEST_F(ProgramTest, EndsWithThreeWhenNobodyListens) {
  EXPECT_EQ(Run("pact x/2020 --reporting 127.0.0.1:1 --timeout 300ms"), 3);
  // Whether the last attempt is refused or cut short depends on the channel's own retries.
  EXPECT_THAT(Err(), AnyOf(HasSubstr("no answer within 300ms"), HasSubstr("UNAVAILABLE")));
}

TEST_F(ProgramTest, EndsWithFourWhenRefused) {
  server_.On<reporting::GetClusterYearRequest, reporting::GetClusterYearResponse>(
      [](const auto&) -> absl::StatusOr<reporting::GetClusterYearResponse> {
        return common::Error(absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND", "no such year")
            .ToStatus();
      });
  EXPECT_EQ(RunAtServer("cluster-year x/2020"), 4);
  EXPECT_EQ(Err(), "thiduactl: NOT_FOUND RESOURCE_NOT_FOUND: no such year\n");
}

TEST_F(ProgramTest, EndsWithFiveAfterAFaultOfTheService) {
  server_.On<reporting::GetClusterYearRequest, reporting::GetClusterYearResponse>(
      [](const auto&) -> absl::StatusOr<reporting::GetClusterYearResponse> {
        return absl::InternalError("a secret");
      });
  EXPECT_EQ(RunAtServer("cluster-year x/2020"), 5);
}

TEST_F(ProgramTest, ImportsFromAPipe) {
  server_.OnStream<reporting::ImportSubmissionsRequest, reporting::ImportSubmissionsResponse>(
      [](const auto&) {
        reporting::ImportSubmissionsResponse answer;
        answer.set_item(1);
        answer.set_outcome(reporting::OUTCOME_CREATED);
        return StreamAnswer<reporting::ImportSubmissionsResponse>{.messages = {answer}};
      });
  WriteFile(folder_.File("in"), "unit,PCF\na,1\n");
  EXPECT_EQ(RunAtServer(absl::StrCat("import /dev/stdin --form f --period 2020 --kind final <",
                                     folder_.File("in"))),
            0)
      << Err();
  EXPECT_EQ(Out(), "line 2  a  created  revision 0\n1 row: 1 created\n");
}

}  // namespace
}  // namespace thiduactl
