// What holds for every call: request ids, validate_only, commit tokens, pages, limits, text.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "common/rpc/mutation.h"
#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::StatusIs;
using Registry = v1::RegistryService::Stub;
using Submissions = v1::SubmissionService::Stub;

constexpr char kRequestId[] = "0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10";

class ConventionsTest : public ::testing::Test {
 protected:
  ConventionsTest() { BuildWorld(server_); }

  static v1::CreateUnitRequest NewUnit() {
    return FromText<v1::CreateUnitRequest>(R"pb(
      unit_id: "hung-yen"
      unit {
        kind: KIND_ALLIANCE
        titles { title { vi: "Hưng Yên" } }
      })pb");
  }

  ReportingServer server_;
};

TEST_F(ConventionsTest, ARepeatedRequestGetsTheFirstAnswer) {
  v1::SubmitRequest request = SomeReport();
  request.set_request_id(kRequestId);
  const auto first = server_.Call(&Submissions::Submit, request);
  ASSERT_THAT(first, IsOk());
  server_.clock().Advance(absl::Hours(1));
  ASSERT_THAT(server_.Call(&Submissions::AcceptSubmission, R"pb(
    name: "units/bac-ninh/submissions/alliance-annual.2026.estimate")pb"),
              IsOk());
  const int64_t head = server_.ledger().Head();
  const auto again = server_.Call(&Submissions::Submit, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(again->outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(server_.ledger().Head(), head);
}

TEST_F(ConventionsTest, ARepeatedRequestGetsTheFirstAnswerAfterARestart) {
  auto request = NewUnit();
  request.set_request_id(kRequestId);
  const auto first = server_.Call(&Registry::CreateUnit, request);
  ASSERT_THAT(first, IsOk());
  server_.Restart();
  const auto again = server_.Call(&Registry::CreateUnit, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
}

TEST_F(ConventionsTest, ParallelRepeatsOfOneRequestDoItOnce) {
  auto request = NewUnit();
  request.set_request_id(kRequestId);
  std::vector<std::string> answers(8);
  {
    std::vector<std::jthread> callers;
    callers.reserve(answers.size());
    for (std::string& answer : answers) {
      callers.emplace_back([&] {
        const auto response = server_.Call(&Registry::CreateUnit, request);
        EXPECT_THAT(response, IsOk());
        answer = response.value_or(v1::CreateUnitResponse()).SerializeAsString();
      });
    }
  }
  EXPECT_THAT(answers, Each(answers.front()));
}

TEST_F(ConventionsTest, ARequestIdIsForOneContent) {
  auto request = NewUnit();
  request.set_request_id(kRequestId);
  ASSERT_THAT(server_.Call(&Registry::CreateUnit, request), IsOk());
  request.set_unit_id("hai-duong");
  const auto reused = server_.Call(&Registry::CreateUnit, request);
  EXPECT_THAT(reused, StatusIs(StatusCode::kAlreadyExists));
  EXPECT_THAT(reused, HasReason("REQUEST_ID_REUSED"));
}

TEST_F(ConventionsTest, ValidateOnlyChecksEverythingAndWritesNothing) {
  auto request = NewUnit();
  request.set_request_id(kRequestId);
  request.set_validate_only(true);
  const int64_t head = server_.ledger().Head();
  const auto validated = server_.Call(&Registry::CreateUnit, request);
  ASSERT_THAT(validated, IsOk());
  EXPECT_EQ(validated->unit().name(), "units/hung-yen");
  EXPECT_THAT(validated->commit_token(), IsEmpty());
  EXPECT_EQ(server_.ledger().Head(), head);
  // Not even the request id is used up.
  request.set_validate_only(false);
  const auto created = server_.Call(&Registry::CreateUnit, request);
  ASSERT_THAT(created, IsOk());
  EXPECT_THAT(created->commit_token(), Not(IsEmpty()));
  request.set_validate_only(true);
  request.clear_request_id();
  EXPECT_THAT(server_.Call(&Registry::CreateUnit, request), HasReason("RESOURCE_ALREADY_EXISTS"));
}

TEST_F(ConventionsTest, AReadShowsAtLeastTheCommitItNames) {
  const auto created = server_.Call(&Registry::CreateUnit, NewUnit());
  ASSERT_THAT(created, IsOk());
  v1::GetUnitRequest request = FromText<v1::GetUnitRequest>(R"pb(name: "units/hung-yen")pb");
  request.set_min_commit_token(created->commit_token());
  EXPECT_THAT(server_.Call(&Registry::GetUnit, request), IsOk());
  request.set_min_commit_token(
      common::rpc::CommitToken(server_.ledger(), server_.ledger().Head() + 1));
  const auto beyond = server_.Call(&Registry::GetUnit, request);
  EXPECT_THAT(beyond, StatusIs(StatusCode::kOutOfRange));
  EXPECT_THAT(beyond, HasReason("TOKEN_OUT_OF_RANGE"));
}

TEST_F(ConventionsTest, PagesGiveEachUnitOnceWhateverTheirSize) {
  for (const int page_size : {1, 2, 3, 4, 1000}) {
    v1::ListUnitsRequest request;
    request.set_page_size(page_size);
    std::vector<std::string> names;
    do {
      const auto page = server_.Call(&Registry::ListUnits, request);
      ASSERT_THAT(page, IsOk());
      EXPECT_LE(page->units_size(), page_size);
      for (const auto& unit : page->units()) names.push_back(unit.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    EXPECT_THAT(names, ::testing::ElementsAre("units/bac-ninh", "units/ha-nam", "units/htx-tan-chi",
                                              "units/yen-bai"));
  }
}

TEST_F(ConventionsTest, APageTokenIsForItsQueryAndUnaltered) {
  v1::ListUnitsRequest request;
  request.set_page_size(1);
  const std::string token = server_.Call(&Registry::ListUnits, request)->next_page_token();
  request.set_page_size(3);
  request.set_page_token(token);
  EXPECT_EQ(server_.Call(&Registry::ListUnits, request)->units_size(), 3);
  request.set_kind(v1::Unit::KIND_ALLIANCE);
  EXPECT_THAT(server_.Call(&Registry::ListUnits, request), HasReason("INVALID_PAGE_TOKEN"));
  request.clear_kind();
  for (size_t i = 0; i < token.size(); ++i) {
    std::string altered = token;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    request.set_page_token(altered);
    EXPECT_THAT(server_.Call(&Registry::ListUnits, request), HasReason("INVALID_PAGE_TOKEN")) << i;
  }
  v1::ListClustersRequest other;
  other.set_page_token(token);
  EXPECT_THAT(server_.Call(&Registry::ListClusters, other), HasReason("INVALID_PAGE_TOKEN"));
}

TEST_F(ConventionsTest, AMessageOfFiveMegabytesIsRefused) {
  v1::SubmitRequest request = SomeReport();
  request.mutable_report()->set_source(std::string(size_t{5} << 20, 'x'));
  const int64_t head = server_.ledger().Head();
  const auto refused = server_.Call(&Submissions::Submit, request);
  EXPECT_THAT(refused, StatusIs(StatusCode::kResourceExhausted));
  EXPECT_EQ(server_.ledger().Head(), head);
  EXPECT_THAT(server_.Call(&Submissions::Submit, SomeReport()), IsOk());
}

// Sends bytes that no client library of ours would send.
grpc::Status CallWithBytes(ReportingServer& server, const std::string& method,
                           const std::string& bytes) {
  grpc::GenericStub stub(server.channel());
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const grpc::Slice slice(bytes);
  const auto call = stub.PrepareUnaryCall(&context, method, grpc::ByteBuffer(&slice, 1), &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return status;
}

TEST_F(ConventionsTest, TextThatIsNotUtf8IsRefused) {
  std::string bytes = NewUnit().SerializeAsString();
  // The last byte of "Hưng Yên" is that of an ASCII letter; 0xFF is in no character.
  bytes.replace(bytes.find("Y"), 1, "\xFF");
  const int64_t head = server_.ledger().Head();
  const grpc::Status status =
      CallWithBytes(server_, "/thidua.reporting.v1.RegistryService/CreateUnit", bytes);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
  EXPECT_THAT(status.error_message(), HasSubstr("UTF-8"));
  EXPECT_EQ(server_.ledger().Head(), head);
}

TEST_F(ConventionsTest, ErrorsSpeakTheLanguageOfTheCaller) {
  grpc::ClientContext context;
  context.AddMetadata("accept-language", "vi");
  v1::GetUnitResponse response;
  const grpc::Status status = server_.stub<Registry>().GetUnit(
      &context, FromText<v1::GetUnitRequest>(R"pb(name: "units/nowhere")pb"), &response);
  EXPECT_THAT(status.error_details(), HasSubstr("Không tìm thấy tài nguyên."));
  EXPECT_THAT(status.error_details(), HasSubstr("reporting.thidua"));
}

}  // namespace
}  // namespace reporting
