// certs and token, and the credentials that every other command calls with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/time/clock.h"
#include "common/auth/access_token.h"
#include "common/auth/tls_files.h"
#include "tests/services/thiduactl/run_program.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace thiduactl {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;

class IdentityCommands : public ::testing::Test {
 protected:
  RunResult Run(std::vector<std::string> arguments) {
    return RunAgainst(server_, std::move(arguments));
  }

  std::string Read(const std::string& name) { return ReadText(folder_.File(name)); }

  // Whether certificate and key of `name` fit each other and the authority is there.
  absl::Status Check(const std::string& name) {
    return common::auth::CheckTlsMaterial({.certificate = Read(name + ".pem"),
                                           .key = Read(name + "-key.pem"),
                                           .authorities = Read("ca.pem")})
        .status();
  }

  ScriptedServer server_;
  testkit::TempDir folder_;
  const std::string path_ = folder_.File("");
};

TEST_F(IdentityCommands, CertsMakesAPairForEachServerClientAndPrincipal) {
  WriteFile(folder_.File("policy.txtpb"),
            R"pb(principals {
                   name: "an"
                   certificate_uris: "spiffe://x/an"
                   certificate_uris: "spiffe://x/an2"
                 }
                 principals { name: "by-token" token_subjects: "b" })pb");
  const RunResult result = Run({"certs", path_, "--policy", folder_.File("policy.txtpb"),
                                "--client", "binh=spiffe://x/binh"});
  EXPECT_EQ(result.code, ExitCode::kOk) << result.err;
  for (const char* name : {"ca", "reporting-server", "awards-server", "an", "an-1", "binh"}) {
    EXPECT_THAT(Check(name), IsOk()) << name;
    const fs::perms key = fs::status(folder_.File(std::string(name) + "-key.pem")).permissions();
    EXPECT_EQ(key, fs::perms::owner_read | fs::perms::owner_write) << name;
  }
  EXPECT_FALSE(fs::exists(folder_.File("by-token.pem")));
}

TEST_F(IdentityCommands, CertsKeepsTheAuthorityAndRenewsTheRest) {
  ASSERT_EQ(Run({"certs", path_}).code, ExitCode::kOk);
  const std::string authority = Read("ca.pem");
  const std::string certificate = Read("reporting-server.pem");
  ASSERT_EQ(Run({"certs", path_}).code, ExitCode::kOk);
  EXPECT_EQ(Read("ca.pem"), authority);
  EXPECT_NE(Read("reporting-server.pem"), certificate);
}

TEST_F(IdentityCommands, CertsRefusesWhatWouldOverwriteEachOther) {
  const RunResult result = Run({"certs", path_, "--client", "awards-server=spiffe://x/a"});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, HasSubstr("awards-server"));
  EXPECT_EQ(Run({"certs", path_, "--client", "no-uri"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"certs", path_, "--days", "0"}).code, ExitCode::kUsage);
}

TEST_F(IdentityCommands, TokensAreTakenByTheKeySetMadeWithTheirKey) {
  for (const char* algorithm : {"ES256", "RS256", "EdDSA"}) {
    ASSERT_EQ(Run({"token", "make-key", path_, "--algorithm", algorithm}).code, ExitCode::kOk);
    const RunResult signed_token =
        Run({"token", "sign", "--key", folder_.File("token-key.pem"), "--subject", "an"});
    ASSERT_EQ(signed_token.code, ExitCode::kOk) << signed_token.err;
    const auto keys = common::auth::KeySet::Parse(Read("token-keys.json"));
    ASSERT_THAT(keys, IsOk());
    const std::string token(absl::StripAsciiWhitespace(signed_token.out));
    EXPECT_THAT(
        common::auth::VerifyToken(
            token, *keys, {.issuer = "thidua-development", .audience = "thidua"}, absl::Now()),
        IsOkAndHolds("an"));
  }
}

TEST_F(IdentityCommands, TokenSignNamesAKeyThatIsNone) {
  WriteFile(folder_.File("key.pem"), "x");
  const RunResult result =
      Run({"token", "sign", "--key", folder_.File("key.pem"), "--subject", "an"});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, HasSubstr("key.pem"));
}

TEST_F(IdentityCommands, CredentialsThatCannotBeAreRefusedBeforeACall) {
  ASSERT_EQ(Run({"certs", path_, "--client", "an=spiffe://x/an"}).code, ExitCode::kOk);
  const std::string certificate = folder_.File("an.pem");
  const std::string key = folder_.File("an-key.pem");
  const std::string ca = folder_.File("ca.pem");
  EXPECT_EQ(Run({"--certificate", certificate, "units"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"--certificate", certificate, "--key", key, "units"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"--authorities", ca, "--certificate", certificate, "--key",
                 folder_.File("ca-key.pem"), "units"})
                .code,
            ExitCode::kUsage);
  EXPECT_EQ(Run({"--authorities", folder_.File("nowhere.pem"), "units"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"--token-file", folder_.File("nowhere"), "units"}).code, ExitCode::kUsage);
}

TEST_F(IdentityCommands, ATokenDoesNotGoToAnotherMachineInPlaintext) {
  std::ostringstream out;
  std::ostringstream err;
  const char* const arguments[] = {"thiduactl", "--reporting", "reporting.example:7501",
                                   "--token",   "secret",      "units"};
  EXPECT_EQ(RunProgram(6, arguments, {.out = out, .err = err}), ExitCode::kUsage);
  EXPECT_THAT(err.str(), HasSubstr("plaintext"));
}

}  // namespace
}  // namespace thiduactl
