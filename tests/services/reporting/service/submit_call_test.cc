#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <vector>

#include "absl/synchronization/notification.h"
#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using testkit::HasReason;
using testkit::IsOk;
using testkit::StatusIs;
using Submissions = v1::SubmissionService::Stub;

// Keeps the writer's thread busy while it lives, so that what is submitted has to wait.
class BusyWriter {
 public:
  explicit BusyWriter(common::storage::Ledger& ledger) {
    ledger.WriteAsync(
        {.method = "test"},
        [this](common::storage::Transaction& /*transaction*/) -> absl::StatusOr<std::string> {
          began_.Notify();
          released_.WaitForNotification();
          return "";
        },
        [this](const absl::StatusOr<common::storage::WriteResult>& /*result*/) {
          ended_.Notify();
        });
    began_.WaitForNotification();
  }
  ~BusyWriter() {
    released_.Notify();
    ended_.WaitForNotification();
  }
  BusyWriter(const BusyWriter&) = delete;
  BusyWriter& operator=(const BusyWriter&) = delete;

 private:
  absl::Notification began_;
  absl::Notification released_;
  absl::Notification ended_;
};

class SubmitCallTest : public ::testing::Test {
 protected:
  SubmitCallTest() { BuildWorld(server_); }

  absl::Status Stored() {
    return server_
        .Call(&Submissions::GetSubmission,
              R"pb(name: "units/bac-ninh/submissions/alliance-annual.2026.estimate")pb")
        .status();
  }

  // Returns once the server has seen the end of every call that ended here before: it comes on the
  // same connection as these.
  void Settle() {
    constexpr int kRoundTrips = 50;
    for (int i = 0; i < kRoundTrips; ++i) EXPECT_THAT(Stored(), HasReason("RESOURCE_NOT_FOUND"));
  }

  // Submits a report in a call of its own.
  absl::Status Submit(grpc::ClientContext& context) {
    v1::SubmitResponse response;
    return common::rpc::FromGrpcStatus(
        server_.stub<Submissions>().Submit(&context, SomeReport(), &response));
  }

  ReportingServer server_;
};

TEST_F(SubmitCallTest, AnExpiredCallWritesNothingWhenItsTurnComes) {
  {
    const BusyWriter busy(server_.ledger());
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(50));
    EXPECT_THAT(Submit(context), StatusIs(absl::StatusCode::kDeadlineExceeded));
    Settle();
  }
  // Every write queued before this one has had its turn.
  ASSERT_THAT(server_.Call(&v1::RegistryService::Stub::CreateUnit, R"pb(
    unit_id: "moi"
    unit {
      kind: KIND_ALLIANCE
      titles { title { vi: "Liên minh Hợp tác xã tỉnh Mới" } }
      province_codes { code: "98" }
    })pb"),
              IsOk());
  EXPECT_THAT(Stored(), HasReason("RESOURCE_NOT_FOUND"));
}

TEST_F(SubmitCallTest, ACancelledCallWritesNothingWhenItsTurnComes) {
  {
    const BusyWriter busy(server_.ledger());
    grpc::ClientContext context;
    auto submitted = std::async(std::launch::async, [&] { return Submit(context); });
    context.TryCancel();
    EXPECT_THAT(submitted.get(), StatusIs(absl::StatusCode::kCancelled));
    Settle();
  }
  grpc::ClientContext after;
  EXPECT_THAT(Submit(after), IsOk());
  const auto versions =
      server_.Call(&Submissions::ListSubmissionVersions,
                   R"pb(name: "units/bac-ninh/submissions/alliance-annual.2026.estimate")pb");
  ASSERT_THAT(versions, IsOk());
  EXPECT_EQ(versions->submissions_size(), 1);
}

TEST_F(SubmitCallTest, CallsWaitInTheQueueAndNotOnThreads) {
  // More than run at a time where each has a thread; fewer than a connection has streams.
  constexpr int kCalls = 200;
  std::vector<std::future<absl::Status>> calls;
  {
    const BusyWriter busy(server_.ledger());
    for (int i = 0; i < kCalls; ++i) {
      calls.push_back(std::async(std::launch::async, [&] {
        grpc::ClientContext context;
        return Submit(context);
      }));
    }
    // A read is not kept waiting by them.
    EXPECT_THAT(Stored(), HasReason("RESOURCE_NOT_FOUND"));
  }
  for (auto& call : calls) EXPECT_THAT(call.get(), IsOk());
  EXPECT_THAT(Stored(), IsOk());
}

}  // namespace
}  // namespace reporting
