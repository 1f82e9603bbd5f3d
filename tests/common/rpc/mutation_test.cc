// Mutations over the SQLite ledger, called directly and by a client.
#include "common/rpc/mutation.h"

#include <echo.pb.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "common/storage/token.h"
#include "tests/common/rpc/echo_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace common::rpc {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

constexpr char kMethod[] = "thidua.test.v1.EchoService/Store";
constexpr char kRequestId[] = "0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10";
constexpr char kOtherId[] = "1b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10";

echo::StoreRequest Request(const std::string& text, const std::string& request_id = "") {
  echo::StoreRequest request;
  request.set_text(text);
  request.set_request_id(request_id);
  return request;
}

class Mutation : public ::testing::Test {
 protected:
  std::unique_ptr<storage::Ledger> Open(const std::string& file) {
    return storage::sqlite::SqliteLedger::Open(
               {.path = dir_.File(file), .application_id = 1, .clock = &clock_, .ids = &ids_})
        .value();
  }

  // Stores the text as the next version of one resource.
  absl::StatusOr<echo::StoreResponse> Store(const echo::StoreRequest& request,
                                            const std::string& principal = "someone",
                                            const std::string& method = kMethod) {
    return Mutate<echo::StoreResponse>(
        *ledger_, method, principal, request,
        [request](storage::Transaction& transaction) -> absl::StatusOr<echo::StoreResponse> {
          ASSIGN_OR_RETURN(
              const storage::Record record,
              transaction.Put({.kind = "note", .name = "notes/1", .payload = request.text()}));
          echo::StoreResponse response;
          response.set_text(record.payload);
          response.set_version(record.version);
          response.set_commit_token("the work must not choose it");
          return response;
        });
  }

  // The newest version of the resource; 0 if there is none.
  int64_t StoredVersion() {
    int64_t version = 0;
    EXPECT_THAT(ledger_->Read([&](storage::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(const auto record, reader.Get("note", "notes/1"));
      if (record.has_value()) version = record->version;
      return absl::OkStatus();
    }),
                IsOk());
    return version;
  }

  testkit::TempDir dir_;
  testkit::FakeClock clock_;
  testkit::SequentialIds ids_;
  std::unique_ptr<storage::Ledger> ledger_ = Open("test.db");
};

TEST_F(Mutation, AnswersWithTheResponseAndItsCommit) {
  const auto response = Store(Request("a"));
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->text(), "a");
  EXPECT_EQ(response->version(), 1);
  const auto position = storage::DecodePosition(response->commit_token());
  ASSERT_THAT(position, IsOk());
  EXPECT_EQ(position->store, ledger_->Identity());
  EXPECT_EQ(position->sequence, 1);
}

TEST_F(Mutation, LeavesWhoCalledWhatInTheLog) {
  ASSERT_THAT(Store(Request("a"), "Nguyễn Văn A"), IsOk());
  const auto records = ledger_->Changes(0, 10);
  ASSERT_THAT(records, IsOkAndHolds(SizeIs(1)));
  EXPECT_EQ(records->front().actor, "Nguyễn Văn A");
  EXPECT_EQ(records->front().method, kMethod);
}

TEST_F(Mutation, LeavesTheTraceOfTheCallInTheLog) {
  {
    const telemetry::TraceScope scope("the trace");
    ASSERT_THAT(Store(Request("a")), IsOk());
  }
  ASSERT_THAT(Store(Request("b")), IsOk());
  const auto records = ledger_->Changes(0, 10);
  ASSERT_THAT(records, IsOkAndHolds(SizeIs(2)));
  EXPECT_EQ((*records)[0].trace, "the trace");
  EXPECT_EQ((*records)[1].trace, "");
}

TEST_F(Mutation, RunsAnewWithoutARequestId) {
  ASSERT_THAT(Store(Request("a")), IsOk());
  EXPECT_EQ(Store(Request("a"))->version(), 2);
}

TEST_F(Mutation, RepeatedIsAnsweredAsTheFirstTime) {
  const auto first = Store(Request("a", kRequestId));
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(Store(Request("b")), IsOk());
  const auto again = Store(Request("a", kRequestId));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(StoredVersion(), 2);
}

TEST_F(Mutation, RepeatedAfterARestartIsAnsweredAsTheFirstTime) {
  const auto first = Store(Request("a", kRequestId));
  ASSERT_THAT(first, IsOk());
  ledger_.reset();
  ledger_ = Open("test.db");
  EXPECT_EQ(Store(Request("a", kRequestId))->SerializeAsString(), first->SerializeAsString());
}

TEST_F(Mutation, KnowsARequestIdInUpperCase) {
  ASSERT_THAT(Store(Request("a", kRequestId)), IsOk());
  EXPECT_EQ(Store(Request("a", absl::AsciiStrToUpper(kRequestId)))->version(), 1);
}

TEST_F(Mutation, RepeatedWithTheSameLabelsInAnotherOrderIsTheSame) {
  echo::StoreRequest request = Request("a", kRequestId);
  echo::StoreRequest other = request;
  const std::string label(1, 'x');
  for (int i = 0; i < 50; ++i) (*request.mutable_labels())[std::to_string(i)] = label;
  for (int i = 49; i >= 0; --i) (*other.mutable_labels())[std::to_string(i)] = label;
  ASSERT_THAT(Store(request), IsOk());
  EXPECT_EQ(Store(other)->version(), 1);
}

TEST_F(Mutation, WithAUsedRequestIdAndOtherContentIsRefused) {
  ASSERT_THAT(Store(Request("a", kRequestId)), IsOk());
  const auto reused = Store(Request("b", kRequestId));
  EXPECT_THAT(reused, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(reused, HasReason(kRequestIdReused));
  EXPECT_EQ(StoredVersion(), 1);
}

TEST_F(Mutation, SharesNoRequestIdsBetweenPrincipalsOrMethods) {
  ASSERT_THAT(Store(Request("a", kRequestId)), IsOk());
  EXPECT_EQ(Store(Request("b", kRequestId), "somebody else")->version(), 2);
  EXPECT_EQ(Store(Request("c", kRequestId), "someone", "thidua.test.v1.Other/Store")->version(), 3);
}

struct RequestIdCase {
  std::string name;
  std::string request_id;
};

class MalformedRequestId : public Mutation, public ::testing::WithParamInterface<RequestIdCase> {};

TEST_P(MalformedRequestId, IsRefused) {
  const auto refused = Store(Request("a", GetParam().request_id));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasReason(kInvalidField));
  EXPECT_THAT(refused, HasViolation("request_id"));
  EXPECT_EQ(StoredVersion(), 0);
}

INSTANTIATE_TEST_SUITE_P(Ids, MalformedRequestId,
                         ::testing::ValuesIn<RequestIdCase>({
                             {"Word", "retry-1"},
                             {"WithoutHyphens", "0b9f3a5e7c2d4e1a9b8f2d6c5a4e3f10"},
                             {"WithBraces", "{0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10}"},
                             {"NotHexadecimal", "0b9f3a5g-7c2d-4e1a-9b8f-2d6c5a4e3f10"},
                             {"TooLong", "0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f100"},
                         }),
                         testkit::CaseName<RequestIdCase>);

TEST_F(Mutation, OnlyValidatedStoresNothingAndHasNoCommit) {
  echo::StoreRequest trial = Request("a", kRequestId);
  trial.set_validate_only(true);
  const auto response = Store(trial);
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->version(), 1);
  EXPECT_THAT(response->commit_token(), IsEmpty());
  EXPECT_EQ(StoredVersion(), 0);
}

TEST_F(Mutation, OnlyValidatedLeavesItsRequestIdFree) {
  echo::StoreRequest trial = Request("a", kRequestId);
  trial.set_validate_only(true);
  ASSERT_THAT(Store(trial), IsOk());
  const auto real = Store(Request("b", kRequestId));
  ASSERT_THAT(real, IsOk());
  EXPECT_EQ(real->version(), 1);
  EXPECT_THAT(real->commit_token(), Not(IsEmpty()));
}

TEST_F(Mutation, OnlyValidatedAfterItsExecutionIsNoReuse) {
  ASSERT_THAT(Store(Request("a", kRequestId)), IsOk());
  echo::StoreRequest trial = Request("a", kRequestId);
  trial.set_validate_only(true);
  const auto response = Store(trial);
  ASSERT_THAT(response, IsOk());
  EXPECT_THAT(response->commit_token(), IsEmpty());
}

TEST_F(Mutation, ThatFailsLeavesNothingAndItsRequestIdFree) {
  const auto failed = Mutate<echo::StoreResponse>(
      *ledger_, kMethod, "someone", Request("a", kRequestId),
      [](storage::Transaction& transaction) -> absl::StatusOr<echo::StoreResponse> {
        RETURN_IF_ERROR(transaction.Put({.kind = "note", .name = "notes/1"}).status());
        return InvalidField("text", kInvalidText, "is no good after all");
      });
  EXPECT_THAT(failed, HasViolation("text"));
  EXPECT_EQ(StoredVersion(), 0);
  EXPECT_EQ(Store(Request("a", kRequestId))->version(), 1);
}

TEST_F(Mutation, RunsOnceForManyParallelRepetitions) {
  std::vector<std::future<absl::StatusOr<echo::StoreResponse>>> calls;
  for (int i = 0; i < 8; ++i) {
    calls.push_back(
        std::async(std::launch::async, [this] { return Store(Request("a", kRequestId)); }));
  }
  for (auto& call : calls) EXPECT_EQ(call.get()->version(), 1);
  EXPECT_EQ(StoredVersion(), 1);
}

TEST_F(Mutation, ReachesAClientThroughTheServer) {
  EchoServer server({.store = [this](const auto& request) { return Store(request); }});
  echo::StoreResponse response;
  grpc::ClientContext first;
  ASSERT_TRUE(server.stub().Store(&first, Request("a", kRequestId), &response).ok());
  EXPECT_THAT(CheckMinCommitToken(*ledger_, response.commit_token()), IsOk());
  grpc::ClientContext second;
  EXPECT_THAT(FromGrpcStatus(server.stub().Store(&second, Request("b", kRequestId), &response)),
              HasReason(kRequestIdReused));
}

TEST_F(Mutation, CanWaitForItsCommitWithoutAThread) {
  const echo::StoreRequest request = Request("a", kOtherId);
  auto options = MutationOptions(kMethod, "someone", request);
  ASSERT_THAT(options, IsOk());
  std::promise<absl::StatusOr<echo::StoreResponse>> answer;
  ledger_->WriteAsync(*std::move(options), MutationWork<echo::StoreResponse>([](auto&) {
    echo::StoreResponse response;
    response.set_text("done");
    return response;
  }),
                      [&](absl::StatusOr<storage::WriteResult> result) {
                        answer.set_value(MutationResponse<echo::StoreResponse>(
                            *ledger_, /*validate_only=*/false, *result));
                      });
  EXPECT_EQ(answer.get_future().get()->text(), "done");
}

TEST_F(Mutation, MinCommitTokenMayBeEmpty) {
  EXPECT_THAT(CheckMinCommitToken(*ledger_, ""), IsOk());
}

TEST_F(Mutation, MinCommitTokenMustBeOurs) {
  const auto other = Open("other.db");
  for (const std::string& token : {std::string("garbage"), CommitToken(*other, 0)}) {
    const absl::Status status = CheckMinCommitToken(*ledger_, token);
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(status, HasReason(kInvalidToken));
    EXPECT_THAT(status, HasViolation("min_commit_token"));
  }
}

TEST_F(Mutation, MinCommitTokenBeyondTheHeadIsOutOfRange) {
  const absl::Status status = CheckMinCommitToken(*ledger_, CommitToken(*ledger_, 1));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(status, HasReason(kTokenOutOfRange));
}

}  // namespace
}  // namespace common::rpc
