#include "common/rpc/backup_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "common/rpc/client_channel.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server_runtime.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/sqlite/restore.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "common/text/sha256.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace common::rpc {
namespace {

namespace v1 = ::thidua::admin::v1;
using storage::sqlite::SqliteLedger;
using ::testkit::HasReason;
using ::testkit::IsOk;

constexpr int32_t kApplicationId = 0x7464;

// A served store of about 5 MiB.
class BackupServiceTest : public ::testing::Test {
 protected:
  BackupServiceTest() {
    const auto work = [](storage::Transaction& transaction) -> absl::StatusOr<std::string> {
      RETURN_IF_ERROR(
          transaction.Put({.kind = "k", .name = "n", .payload = std::string(5 << 20, 'x')})
              .status());
      return std::string();
    };
    EXPECT_THAT(ledger_->Write({}, work), IsOk());
  }

  // All that the service sends, and how it ends.
  absl::Status Receive(std::vector<v1::CreateBackupResponse>& parts) {
    grpc::ClientContext context;
    const auto stream = stub_->CreateBackup(&context, {});
    v1::CreateBackupResponse response;
    while (stream->Read(&response)) parts.push_back(response);
    return FromGrpcStatus(stream->Finish());
  }

  testkit::TempDir folder_;
  testkit::FakeClock clock_;
  testkit::SequentialIds ids_;
  telemetry::Logger logger_{{.service = "test", .sink = [](std::string_view) {}}, clock_};
  std::unique_ptr<SqliteLedger> ledger_ = SqliteLedger::Open({.path = folder_.File("store.db"),
                                                              .application_id = kApplicationId,
                                                              .clock = &clock_,
                                                              .ids = &ids_})
                                              .value();
  RpcEnvironment environment_{{.domain = "test.thidua"}, logger_, clock_};
  const std::string scratch_ = folder_.File("store.db.backup");
  BackupService service_{environment_, *ledger_, scratch_};
  std::unique_ptr<ServerRuntime> runtime_ =
      ServerRuntime::Start({.listen = "127.0.0.1:0", .database = "unused"},
                           {{v1::BackupService::service_full_name(), &service_}}, {}, logger_)
          .value();
  std::unique_ptr<v1::BackupService::Stub> stub_ =
      v1::BackupService::NewStub(OpenChannel(runtime_->address(), "test/1"));
};

TEST_F(BackupServiceTest, SendsAFileThatCanBeRestored) {
  std::vector<v1::CreateBackupResponse> parts;
  ASSERT_THAT(Receive(parts), IsOk());
  ASSERT_GE(parts.size(), 7u);
  const v1::BackupHeader header = parts.front().header();
  EXPECT_EQ(header.store_id(), ledger_->Identity().store_id);
  EXPECT_EQ(header.epoch(), 1);
  EXPECT_EQ(header.head_position(), 1);
  EXPECT_EQ(header.head_hash(), ledger_->Changes(0, 1).value().front().hash);
  std::string bytes;
  for (size_t i = 1; i + 1 < parts.size(); ++i) {
    ASSERT_TRUE(parts[i].has_data());
    bytes += parts[i].data();
  }
  EXPECT_EQ(static_cast<int64_t>(bytes.size()), header.size());
  EXPECT_EQ(parts.back().trailer().sha256(), Sha256(bytes));
  EXPECT_FALSE(std::filesystem::exists(scratch_));

  const std::string backup = folder_.File("received");
  std::ofstream(backup, std::ios::binary) << bytes;
  const auto report = storage::sqlite::Restore({.backup = backup,
                                                .path = folder_.File("restored.db"),
                                                .application_id = kApplicationId,
                                                .clock = &clock_});
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->head.hash, header.head_hash());
}

TEST_F(BackupServiceTest, RemovesWhatACrashLeft) {
  std::ofstream(scratch_) << "half a backup";
  std::vector<v1::CreateBackupResponse> parts;
  EXPECT_THAT(Receive(parts), IsOk());
}

TEST_F(BackupServiceTest, TakesOneCallerAtATime) {
  grpc::ClientContext context;
  // The pieces fill the window of the first caller, who reads only the beginning.
  const auto first = stub_->CreateBackup(&context, {});
  v1::CreateBackupResponse response;
  ASSERT_TRUE(first->Read(&response));
  std::vector<v1::CreateBackupResponse> parts;
  // The channel of the tests repeats only UNAVAILABLE.
  EXPECT_THAT(Receive(parts), HasReason(kOverloaded));
  while (first->Read(&response)) {
  }
  EXPECT_TRUE(first->Finish().ok());
  EXPECT_THAT(Receive(parts), IsOk());
}

TEST_F(BackupServiceTest, EndsWhenTheServiceStops) {
  service_.Drain();
  std::vector<v1::CreateBackupResponse> parts;
  EXPECT_THAT(Receive(parts), HasReason(kShuttingDown));
  EXPECT_TRUE(parts.empty());
  EXPECT_FALSE(std::filesystem::exists(scratch_));
}

}  // namespace
}  // namespace common::rpc
