// Both versions of reflection, over a real channel.
#include "common/rpc/reflection.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/common/rpc/echo_server.h"
#include "tests/testkit/case_name.h"

namespace common::rpc {
namespace {

using ::grpc::reflection::v1::ServerReflectionRequest;
using ::grpc::reflection::v1::ServerReflectionResponse;
using ::testing::Contains;
using ::testing::ElementsAre;

struct VersionCase {
  std::string name;
  std::string method;
};

const VersionCase kV1{"V1", "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"};
// The messages of both versions are the same on the wire.
const VersionCase kV1Alpha{"V1Alpha",
                           "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"};

// Sends `requests` on one stream and returns the answers; fewer if the stream fails.
std::vector<ServerReflectionResponse> Ask(const VersionCase& version,
                                          const std::shared_ptr<grpc::Channel>& channel,
                                          const std::vector<ServerReflectionRequest>& requests,
                                          grpc::Status& status) {
  const grpc::internal::RpcMethod method(version.method.c_str(),
                                         grpc::internal::RpcMethod::BIDI_STREAMING, channel);
  grpc::ClientContext context;
  const std::unique_ptr<grpc::ClientReaderWriter<ServerReflectionRequest, ServerReflectionResponse>>
      stream(grpc::internal::ClientReaderWriterFactory<
             ServerReflectionRequest, ServerReflectionResponse>::Create(channel.get(), method,
                                                                        &context));
  std::vector<ServerReflectionResponse> responses;
  for (const ServerReflectionRequest& request : requests) {
    ServerReflectionResponse response;
    if (!stream->Write(request) || !stream->Read(&response)) break;
    responses.push_back(std::move(response));
  }
  stream->WritesDone();
  status = stream->Finish();
  return responses;
}

ServerReflectionRequest ListServices() {
  ServerReflectionRequest request;
  request.set_list_services("*");
  return request;
}

ServerReflectionRequest FileOf(const std::string& symbol) {
  ServerReflectionRequest request;
  request.set_file_containing_symbol(symbol);
  return request;
}

std::vector<std::string> ServiceNames(const ServerReflectionResponse& response) {
  std::vector<std::string> names;
  for (const auto& service : response.list_services_response().service()) {
    names.push_back(service.name());
  }
  return names;
}

// Names of the files in an answer.
std::vector<std::string> FileNames(const ServerReflectionResponse& response) {
  std::vector<std::string> names;
  for (const std::string& bytes : response.file_descriptor_response().file_descriptor_proto()) {
    google::protobuf::FileDescriptorProto file;
    EXPECT_TRUE(file.ParseFromString(bytes));
    names.push_back(file.name());
  }
  return names;
}

class Reflection : public ::testing::TestWithParam<VersionCase> {
 protected:
  std::vector<ServerReflectionResponse> Ask(const std::vector<ServerReflectionRequest>& requests) {
    grpc::Status status;
    auto responses = rpc::Ask(GetParam(), server_.channel(), requests, status);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(responses.size(), requests.size());
    return responses;
  }

  EchoServer server_;
};

TEST_P(Reflection, ListsTheServices) {
  const std::vector<std::string> names = ServiceNames(Ask({ListServices()}).at(0));
  EXPECT_THAT(names, Contains("thidua.test.v1.EchoService"));
  EXPECT_THAT(names, Contains("grpc.reflection.v1.ServerReflection"));
}

TEST_P(Reflection, DescribesAService) {
  EXPECT_THAT(FileNames(Ask({FileOf("thidua.test.v1.EchoService")}).at(0)),
              ElementsAre("echo.proto"));
}

TEST_P(Reflection, DescribesTheHealthServiceThatTheTransportServes) {
  EXPECT_THAT(FileNames(Ask({FileOf("grpc.health.v1.Health")}).at(0)),
              ElementsAre("grpc/health/v1/health.proto"));
}

TEST_P(Reflection, SendsImportsAfterTheFileThatWasAskedFor) {
  EXPECT_THAT(FileNames(Ask({FileOf("thidua.type.v1.ErrorReason")}).at(0)),
              ElementsAre("thidua/type/v1/error_reason.proto", "google/protobuf/descriptor.proto"));
}

TEST_P(Reflection, FindsAnExtension) {
  ServerReflectionRequest request;
  request.mutable_file_containing_extension()->set_containing_type(
      "google.protobuf.EnumValueOptions");
  request.mutable_file_containing_extension()->set_extension_number(50217);
  EXPECT_THAT(FileNames(Ask({request}).at(0)), Contains("thidua/type/v1/error_reason.proto"));
}

TEST_P(Reflection, NumbersTheExtensionsOfAType) {
  ServerReflectionRequest request;
  request.set_all_extension_numbers_of_type("google.protobuf.EnumValueOptions");
  const auto response = Ask({request}).at(0);
  EXPECT_THAT(response.all_extension_numbers_response().extension_number(), Contains(50217));
}

TEST_P(Reflection, AnswersManyQuestionsOnOneStreamAlsoAfterAnError) {
  ServerReflectionRequest by_name;
  by_name.set_file_by_filename("echo.proto");
  const auto responses = Ask({FileOf("no.such.Thing"), by_name});
  EXPECT_EQ(responses.at(0).error_response().error_code(), grpc::NOT_FOUND);
  EXPECT_EQ(responses.at(0).original_request().file_containing_symbol(), "no.such.Thing");
  EXPECT_THAT(FileNames(responses.at(1)), ElementsAre("echo.proto"));
}

TEST_P(Reflection, IsSilentWhenSwitchedOff) {
  ServerConfig config = TestConfig();
  config.reflection = false;
  EchoServer server({}, config);
  grpc::Status status;
  rpc::Ask(GetParam(), server.channel(), {ListServices()}, status);
  EXPECT_EQ(status.error_code(), grpc::UNIMPLEMENTED);
}

INSTANTIATE_TEST_SUITE_P(Versions, Reflection, ::testing::Values(kV1, kV1Alpha),
                         testkit::CaseName<VersionCase>);

TEST(ReflectionService, ListsOnlyWhatItCanDescribe) {
  const ReflectionService service(
      {"grpc.health.v1.Health", "thidua.test.v1.EchoService", "no.such.Service"});
  EXPECT_THAT(ServiceNames(service.Answer(ListServices())),
              ElementsAre("grpc.health.v1.Health", "thidua.test.v1.EchoService"));
}

TEST(ReflectionService, RefusesAnEmptyQuestion) {
  const ReflectionService service({});
  EXPECT_EQ(service.Answer({}).error_response().error_code(), grpc::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace common::rpc
