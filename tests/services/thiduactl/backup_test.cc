#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/text/sha256.h"
#include "tests/services/thiduactl/run_program.h"
#include "tests/testkit/temp_dir.h"
#include "thidua/admin/v1/backup_service.pb.h"

namespace thiduactl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
namespace v1 = ::thidua::admin::v1;

// A backup whose file is `text`, with the checksum of `summed`.
std::vector<v1::CreateBackupResponse> Parts(const std::string& text, const std::string& summed) {
  std::vector<v1::CreateBackupResponse> parts(4);
  v1::BackupHeader& header = *parts[0].mutable_header();
  header.set_store_id("5c2f43ad-90d3-4f83-9d6c-52a2f6d62a55");
  header.set_epoch(3);
  header.set_head_position(41);
  header.set_head_hash(std::string(32, '\x4d'));
  header.set_size(static_cast<int64_t>(text.size()));
  parts[1].set_data(text.substr(0, 2));
  parts[2].set_data(text.substr(2));
  parts[3].mutable_trailer()->set_sha256(common::Sha256(summed));
  return parts;
}

class BackupTest : public ::testing::Test {
 protected:
  // Runs `thiduactl backup` against a service that sends `parts` and ends with `end`.
  RunResult Run(std::vector<v1::CreateBackupResponse> parts,
                const absl::Status& end = absl::OkStatus()) {
    ScriptedServer server;
    server.OnStream<v1::CreateBackupRequest, v1::CreateBackupResponse>(
        [&](const v1::CreateBackupRequest&) -> StreamAnswer<v1::CreateBackupResponse> {
          return {.messages = parts, .end = end};
        });
    return RunAgainst(server, {"backup", "reporting", "--to", path_});
  }

  // Whether nothing was left in the folder.
  bool IsFolderEmpty() const { return std::filesystem::is_empty(folder_.path()); }

  const testkit::TempDir folder_;
  const std::string path_ = folder_.File("reporting.backup");
};

TEST_F(BackupTest, WritesTheFileAndTellsWhatItHolds) {
  const RunResult result = Run(Parts("content", "content"));
  EXPECT_EQ(result.code, ExitCode::kOk) << result.err;
  EXPECT_EQ(ReadText(path_), "content");
  // SHA-256 of `content` by sha256sum.
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("7 bytes\n"),
                    HasSubstr("store: 5c2f43ad-90d3-4f83-9d6c-52a2f6d62a55, epoch 3\n"),
                    HasSubstr("head: 41:4d4d4d4d"),
                    HasSubstr("sha256: "
                              "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73")));
}

TEST_F(BackupTest, LeavesNothingThatIsNotWhole) {
  EXPECT_EQ(Run(Parts("content", "another content")).code, ExitCode::kInternal);
  EXPECT_TRUE(IsFolderEmpty());
  std::vector<v1::CreateBackupResponse> cut = Parts("content", "content");
  cut.resize(2);
  EXPECT_EQ(Run(cut).code, ExitCode::kInternal);
  EXPECT_TRUE(IsFolderEmpty());
  const absl::Status refusal =
      common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt, "the store is damaged");
  EXPECT_EQ(Run(cut, refusal).code, ExitCode::kInternal);
  EXPECT_TRUE(IsFolderEmpty());
}

TEST_F(BackupTest, NeverOverwritesAFile) {
  WriteFile(path_, "precious");
  const RunResult result = Run(Parts("content", "content"));
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, HasSubstr("already"));
  EXPECT_EQ(ReadText(path_), "precious");
}

TEST_F(BackupTest, SaysThatTheFileCannotBeWritten) {
  ScriptedServer server;
  server.OnStream<v1::CreateBackupRequest, v1::CreateBackupResponse>(
      [](const v1::CreateBackupRequest&) -> StreamAnswer<v1::CreateBackupResponse> {
        return {.messages = Parts("content", "content"), .end = absl::OkStatus()};
      });
  const RunResult result =
      RunAgainst(server, {"backup", "awards", "--to", folder_.File("missing/file")});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, HasSubstr("cannot be written"));
}

}  // namespace
}  // namespace thiduactl
