#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using testkit::HasReason;
using testkit::IsOk;
using testkit::StatusIs;
using Submissions = v1::SubmissionService::Stub;

class ImportTest : public ::testing::Test {
 protected:
  // One import; the test sends and receives.
  class Stream {
   public:
    explicit Stream(ReportingServer& server)
        : stream_(server.stub<Submissions>().ImportSubmissions(&context_)) {}

    bool Send(const v1::ImportSubmissionsRequest& request) { return stream_->Write(request); }

    // The next answer; an empty one at the end of the stream.
    v1::ImportSubmissionsResponse Receive() {
      v1::ImportSubmissionsResponse response;
      stream_->Read(&response);
      return response;
    }

    std::vector<v1::ImportSubmissionsResponse> ReceiveAll() {
      std::vector<v1::ImportSubmissionsResponse> responses;
      v1::ImportSubmissionsResponse response;
      while (stream_->Read(&response)) responses.push_back(response);
      return responses;
    }

    void EndSending() { stream_->WritesDone(); }
    void Cancel() { context_.TryCancel(); }
    absl::Status Finish() { return common::rpc::FromGrpcStatus(stream_->Finish()); }

   private:
    grpc::ClientContext context_;
    std::unique_ptr<
        grpc::ClientReaderWriter<v1::ImportSubmissionsRequest, v1::ImportSubmissionsResponse>>
        stream_;
  };

  ImportTest() { BuildWorld(server_); }

  // A report of Bắc Ninh with this number of cooperatives.
  static v1::ImportSubmissionsRequest ItemOf(const std::string& coop_total) {
    v1::ImportSubmissionsRequest item;
    *item.mutable_report() = SomeReport().report();
    item.mutable_report()->mutable_figures(0)->set_number(coop_total);
    return item;
  }

  v1::Submission Stored() {
    return server_
        .Call(&Submissions::GetSubmission,
              R"pb(name: "units/bac-ninh/submissions/alliance-annual.2026.estimate")pb")
        .value_or(v1::GetSubmissionResponse())
        .submission();
  }

  ReportingServer server_;
};

TEST_F(ImportTest, GoodAndBadItemsAreAnsweredInTheOrderSent) {
  Stream stream(server_);
  v1::ImportSubmissionsRequest unknown = ItemOf("1");
  unknown.mutable_report()->set_unit("units/nowhere");
  v1::ImportSubmissionsRequest checked = ItemOf("664");
  checked.set_validate_only(true);
  v1::ImportSubmissionsRequest bad_id = ItemOf("664");
  bad_id.set_request_id("1");
  for (const auto& item : {ItemOf("662"), ItemOf("-1"), ItemOf("662"), unknown, ItemOf("663"),
                           checked, bad_id, v1::ImportSubmissionsRequest()}) {
    ASSERT_TRUE(stream.Send(item));
  }
  stream.EndSending();
  const auto answers = stream.ReceiveAll();
  EXPECT_THAT(stream.Finish(), IsOk());
  std::vector<v1::Outcome> outcomes;
  std::vector<std::string> reasons;
  for (size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i].item(), static_cast<int64_t>(i) + 1);
    outcomes.push_back(answers[i].outcome());
    reasons.push_back(answers[i].rejection().reason());
  }
  EXPECT_THAT(outcomes,
              ElementsAre(v1::OUTCOME_CREATED, v1::OUTCOME_REJECTED, v1::OUTCOME_UNCHANGED,
                          v1::OUTCOME_REJECTED, v1::OUTCOME_REVISED, v1::OUTCOME_REVISED,
                          v1::OUTCOME_REJECTED, v1::OUTCOME_REJECTED));
  EXPECT_THAT(reasons, ElementsAre("", "FIGURE_OUT_OF_BOUNDS", "", "UNIT_UNKNOWN", "", "",
                                   "INVALID_FIELD", "REQUIRED_FIELD_MISSING"));
  EXPECT_EQ(answers[0].submission(), "units/bac-ninh/submissions/alliance-annual.2026.estimate");
  EXPECT_THAT(answers[0].commit_token(), Not(IsEmpty()));
  EXPECT_EQ(answers[1].rejection().code(), 3);
  EXPECT_EQ(answers[1].rejection().fields(0).field(), "report.figures[0].number");
  EXPECT_THAT(answers[1].commit_token(), IsEmpty());
  EXPECT_EQ(answers[4].revision(), 2);
  EXPECT_THAT(answers[5].commit_token(), IsEmpty());
  EXPECT_EQ(Stored().figures(0).number(), "663");
}

TEST_F(ImportTest, AnAnswerComesWithoutWaitingForTheNextItem) {
  Stream stream(server_);
  ASSERT_TRUE(stream.Send(ItemOf("662")));
  EXPECT_EQ(stream.Receive().outcome(), v1::OUTCOME_CREATED);
  ASSERT_TRUE(stream.Send(ItemOf("663")));
  EXPECT_EQ(stream.Receive().outcome(), v1::OUTCOME_REVISED);
  stream.EndSending();
  EXPECT_THAT(stream.Finish(), IsOk());
}

TEST_F(ImportTest, AnEmptyStreamIsFine) {
  Stream stream(server_);
  stream.EndSending();
  EXPECT_THAT(stream.ReceiveAll(), IsEmpty());
  EXPECT_THAT(stream.Finish(), IsOk());
}

TEST_F(ImportTest, ManyMoreItemsThanMayWaitAreAllAnswered) {
  constexpr int kItems = 2000;
  Stream stream(server_);
  std::jthread sender([&stream] {
    for (int i = 1; i <= kItems; ++i) stream.Send(ItemOf(std::to_string(i)));
    stream.EndSending();
  });
  int64_t last_item = 0;
  for (const auto& answer : stream.ReceiveAll()) {
    EXPECT_EQ(answer.item(), ++last_item);
    EXPECT_EQ(answer.revision(), static_cast<int>(last_item));
  }
  EXPECT_EQ(last_item, kItems);
  EXPECT_THAT(stream.Finish(), IsOk());
  EXPECT_EQ(Stored().revision(), kItems);
}

TEST_F(ImportTest, ItemsWithRequestIdsAnswerAsTheFirstTime) {
  v1::ImportSubmissionsRequest item = ItemOf("662");
  item.set_request_id("0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10");
  const auto import = [&] {
    Stream stream(server_);
    stream.Send(item);
    stream.EndSending();
    return stream.ReceiveAll();
  };
  const auto first = import();
  const auto again = import();
  ASSERT_EQ(first.size(), 1U);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(first[0].SerializeAsString(), again[0].SerializeAsString());
  item.mutable_report()->mutable_figures(0)->set_number("1");
  const auto reused = import();
  ASSERT_EQ(reused.size(), 1U);
  EXPECT_EQ(reused[0].rejection().reason(), "REQUEST_ID_REUSED");
}

TEST_F(ImportTest, AfterABrokenStreamTheSameItemsGoOn) {
  std::vector<v1::ImportSubmissionsRequest> items;
  for (const char* unit : {"units/bac-ninh", "units/ha-nam"}) {
    items.push_back(ItemOf("662"));
    items.back().mutable_report()->set_unit(unit);
  }
  {
    Stream stream(server_);
    stream.Send(items[0]);
    stream.Receive();
    stream.Send(items[1]);
    stream.Cancel();
    EXPECT_THAT(stream.Finish(), StatusIs(absl::StatusCode::kCancelled));
  }
  Stream stream(server_);
  for (const auto& item : items) stream.Send(item);
  stream.EndSending();
  const auto answers = stream.ReceiveAll();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].outcome(), v1::OUTCOME_UNCHANGED);
  // Stored by the first stream or now, but once.
  EXPECT_EQ(answers[1].revision(), 1);
}

TEST_F(ImportTest, AStoppingServiceEndsTheStreamAndLosesNoAnsweredItem) {
  Stream stream(server_);
  ASSERT_TRUE(stream.Send(ItemOf("662")));
  EXPECT_EQ(stream.Receive().outcome(), v1::OUTCOME_CREATED);
  server_.Stop();
  EXPECT_THAT(stream.ReceiveAll(), IsEmpty());
  const absl::Status status = stream.Finish();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(status, HasReason("SHUTTING_DOWN"));
  server_.Restart();
  EXPECT_EQ(Stored().figures(0).number(), "662");
}

TEST_F(ImportTest, AnItemThatCannotBeReadIsRejectedAndTheNextOneTaken) {
  std::string bytes = ItemOf("662").SerializeAsString();
  bytes.replace(bytes.find("2026"), 1, "\xFF");
  grpc::GenericStub stub(server_.channel());
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto next = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return ok;
  };
  const auto call = stub.PrepareCall(
      &context, "/thidua.reporting.v1.SubmissionService/ImportSubmissions", &queue);
  call->StartCall(nullptr);
  ASSERT_TRUE(next());
  std::vector<std::string> reasons;
  for (const std::string& item : {bytes, ItemOf("662").SerializeAsString()}) {
    const grpc::Slice slice(item);
    call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
    ASSERT_TRUE(next());
    grpc::ByteBuffer answer;
    call->Read(&answer, nullptr);
    ASSERT_TRUE(next());
    v1::ImportSubmissionsResponse response;
    ASSERT_TRUE(
        grpc::SerializationTraits<v1::ImportSubmissionsResponse>::Deserialize(&answer, &response)
            .ok());
    reasons.push_back(response.rejection().reason());
  }
  EXPECT_THAT(reasons, ElementsAre("INVALID_TEXT", ""));
  call->WritesDone(nullptr);
  next();
  grpc::Status status;
  call->Finish(&status, nullptr);
  next();
  EXPECT_TRUE(status.ok()) << status.error_message();
}

}  // namespace
}  // namespace reporting
