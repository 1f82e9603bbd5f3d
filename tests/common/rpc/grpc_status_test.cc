#include "common/rpc/grpc_status.h"

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "tests/common/rpc/echo_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::rpc {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Lt;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using ::testkit::HasReason;
using ::testkit::StatusIs;

const ErrorContext kContext{.domain = "reporting.thidua", .language = "en"};

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

// All details of type Detail.
template <typename Detail>
std::vector<Detail> All(const grpc::Status& status) {
  const google::rpc::Status details = DetailsOf(status);
  std::vector<Detail> found;
  for (const auto& any : details.details()) {
    if (!any.Is<Detail>()) continue;
    any.UnpackTo(&found.emplace_back());
  }
  return found;
}

struct CodeCase {
  std::string name;
  absl::StatusCode code;
  grpc::StatusCode sent;
};

class EachCode : public ::testing::TestWithParam<CodeCase> {};

TEST_P(EachCode, CrossesTheWireWithOneReason) {
  const grpc::Status sent =
      ToGrpcStatus(Error(GetParam().code, kInvalidName, "no such thing").ToStatus(), kContext);
  EXPECT_EQ(sent.error_code(), GetParam().sent);
  EXPECT_EQ(DetailsOf(sent).code(), GetParam().sent);
  const auto error_infos = All<google::rpc::ErrorInfo>(sent);
  ASSERT_EQ(error_infos.size(), 1u);
  EXPECT_EQ(error_infos[0].domain(), "reporting.thidua");
  EXPECT_EQ(FromGrpcStatus(sent).code(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, EachCode,
    ::testing::ValuesIn<CodeCase>({
        {"Cancelled", absl::StatusCode::kCancelled, grpc::CANCELLED},
        {"Unknown", absl::StatusCode::kUnknown, grpc::UNKNOWN},
        {"InvalidArgument", absl::StatusCode::kInvalidArgument, grpc::INVALID_ARGUMENT},
        {"DeadlineExceeded", absl::StatusCode::kDeadlineExceeded, grpc::DEADLINE_EXCEEDED},
        {"NotFound", absl::StatusCode::kNotFound, grpc::NOT_FOUND},
        {"AlreadyExists", absl::StatusCode::kAlreadyExists, grpc::ALREADY_EXISTS},
        {"PermissionDenied", absl::StatusCode::kPermissionDenied, grpc::PERMISSION_DENIED},
        {"ResourceExhausted", absl::StatusCode::kResourceExhausted, grpc::RESOURCE_EXHAUSTED},
        {"FailedPrecondition", absl::StatusCode::kFailedPrecondition, grpc::FAILED_PRECONDITION},
        {"Aborted", absl::StatusCode::kAborted, grpc::ABORTED},
        {"OutOfRange", absl::StatusCode::kOutOfRange, grpc::OUT_OF_RANGE},
        {"Unimplemented", absl::StatusCode::kUnimplemented, grpc::UNIMPLEMENTED},
        {"Internal", absl::StatusCode::kInternal, grpc::INTERNAL},
        {"Unavailable", absl::StatusCode::kUnavailable, grpc::UNAVAILABLE},
        {"DataLoss", absl::StatusCode::kDataLoss, grpc::DATA_LOSS},
        {"Unauthenticated", absl::StatusCode::kUnauthenticated, grpc::UNAUTHENTICATED},
    }),
    testkit::CaseName<CodeCase>);

TEST(ToGrpcStatus, SendsOkWithoutDetails) {
  const grpc::Status sent = ToGrpcStatus(absl::OkStatus(), kContext);
  EXPECT_TRUE(sent.ok());
  EXPECT_THAT(sent.error_details(), IsEmpty());
}

TEST(ToGrpcStatus, NamesTheCodeWhereThereIsNoReason) {
  const grpc::Status sent = ToGrpcStatus(absl::CancelledError("gone"), kContext);
  EXPECT_EQ(All<google::rpc::ErrorInfo>(sent).at(0).reason(), "CANCELLED");
}

TEST(ToGrpcStatus, ListsEveryFieldAtFault) {
  const grpc::Status sent = ToGrpcStatus(
      InvalidFields({{.field = "a", .description = "is empty", .reason = "INVALID_FIELD"},
                     {.field = "b[3]", .description = "no number", .reason = "INVALID_DECIMAL"}}),
      kContext);
  const auto bad_requests = All<google::rpc::BadRequest>(sent);
  ASSERT_EQ(bad_requests.size(), 1u);
  ASSERT_EQ(bad_requests[0].field_violations_size(), 2);
  EXPECT_EQ(bad_requests[0].field_violations(0).field(), "a");
  EXPECT_EQ(bad_requests[0].field_violations(0).description(), "is empty");
  EXPECT_EQ(bad_requests[0].field_violations(1).field(), "b[3]");
  EXPECT_EQ(bad_requests[0].field_violations(1).description(), "no number [INVALID_DECIMAL]");
}

TEST(ToGrpcStatus, NamesTheBrokenPreconditionAndItsSubject) {
  const grpc::Status sent =
      ToGrpcStatus(Error(absl::StatusCode::kFailedPrecondition, kIllegalStateChange, "is locked")
                       .With("name", "submissions/1")
                       .ToStatus(),
                   kContext);
  const auto failures = All<google::rpc::PreconditionFailure>(sent);
  ASSERT_EQ(failures.size(), 1u);
  ASSERT_EQ(failures[0].violations_size(), 1);
  EXPECT_EQ(failures[0].violations(0).type(), "ILLEGAL_STATE_CHANGE");
  EXPECT_EQ(failures[0].violations(0).subject(), "submissions/1");
  EXPECT_EQ(failures[0].violations(0).description(), "is locked");
}

class RetriedLater : public ::testing::TestWithParam<absl::StatusCode> {};

TEST_P(RetriedLater, SaysWhen) {
  const auto retries = All<google::rpc::RetryInfo>(
      ToGrpcStatus(Error(GetParam(), kOverloaded, "busy").ToStatus(), kContext));
  ASSERT_EQ(retries.size(), 1u);
  EXPECT_EQ(retries[0].retry_delay().seconds(), 1);
}

INSTANTIATE_TEST_SUITE_P(Codes, RetriedLater,
                         ::testing::Values(absl::StatusCode::kUnavailable,
                                           absl::StatusCode::kResourceExhausted));

TEST(ToGrpcStatus, GivesNoHopeToOtherErrors) {
  const grpc::Status sent = ToGrpcStatus(
      Error(absl::StatusCode::kAborted, kEtagMismatch, "changed").ToStatus(), kContext);
  EXPECT_TRUE(All<google::rpc::RetryInfo>(sent).empty());
}

struct LanguageCase {
  std::string name;
  std::string language;
  std::string text;
};

class LocalizedMessage : public ::testing::TestWithParam<LanguageCase> {};

TEST_P(LocalizedMessage, IsTheContractsTextForTheReason) {
  const grpc::Status sent =
      ToGrpcStatus(Error(absl::StatusCode::kNotFound, kResourceNotFound, "no unit").ToStatus(),
                   {.domain = "reporting.thidua", .language = GetParam().language});
  const auto messages = All<google::rpc::LocalizedMessage>(sent);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].locale(), GetParam().language);
  EXPECT_EQ(messages[0].message(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Languages, LocalizedMessage,
                         ::testing::ValuesIn<LanguageCase>({
                             {"Vietnamese", "vi", "Không tìm thấy tài nguyên."},
                             {"English", "en", "No resource has this name."},
                         }),
                         testkit::CaseName<LanguageCase>);

class HiddenCause : public ::testing::TestWithParam<absl::StatusCode> {};

TEST_P(HiddenCause, GoesToTheLogAndNotToTheClient) {
  LogLines log;
  testkit::FakeClock clock;
  telemetry::Logger logger({.service = "test", .sink = log.Sink()}, clock);
  const grpc::Status sent = ToGrpcStatus(
      Error(GetParam(), kInvalidName, "row 7 of table secret").With("file", "/db").ToStatus(),
      {.domain = "reporting.thidua", .logger = &logger});
  EXPECT_EQ(sent.error_message(), "internal error");
  EXPECT_THAT(sent.error_details(), AllOf(Not(HasSubstr("secret")), Not(HasSubstr("/db"))));
  EXPECT_EQ(All<google::rpc::ErrorInfo>(sent).at(0).reason(), "INTERNAL");
  EXPECT_THAT(log.Get(), ElementsAre(AllOf(HasSubstr(R"("level":"error")"),
                                           HasSubstr("row 7 of table secret"))));
}

INSTANTIATE_TEST_SUITE_P(Codes, HiddenCause,
                         ::testing::Values(absl::StatusCode::kInternal,
                                           absl::StatusCode::kUnknown));

TEST(RoundTrip, KeepsReasonMetadataAndFields) {
  const absl::Status status =
      Error(absl::StatusCode::kInvalidArgument, kInvalidField, "tên đơn vị sai")
          .With("unit", "Hà Nội")
          .With("empty", "")
          .Field("a.b", "is wrong")
          .Field("c[0]", "no number", kInvalidDecimal)
          .Field("d", "ends in brackets [so]");
  const absl::Status received = FromGrpcStatus(ToGrpcStatus(status, kContext));
  EXPECT_EQ(received.code(), status.code());
  EXPECT_EQ(received.message(), status.message());
  EXPECT_EQ(DetailOf(received), DetailOf(status));
}

TEST(RoundTrip, KeepsTheFieldsOfOtherCodesToo) {
  const absl::Status status = Error(absl::StatusCode::kOutOfRange, kTokenOutOfRange, "too new")
                                  .Field("start_token", "beyond the head");
  EXPECT_EQ(DetailOf(FromGrpcStatus(ToGrpcStatus(status, kContext))), DetailOf(status));
}

TEST(FromGrpcStatus, TakesStatusesOfTheTransport) {
  const absl::Status status = FromGrpcStatus(grpc::Status(grpc::UNAVAILABLE, "connection refused"));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(status, HasReason(""));
  EXPECT_EQ(status.message(), "connection refused");
}

TEST(FromGrpcStatus, SurvivesDetailsThatAreGarbage) {
  const absl::Status status = FromGrpcStatus(grpc::Status(grpc::NOT_FOUND, "gone", "\xff\xff"));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound));
}

// An error with everything as large as a request can make it.
absl::Status HugeError(int violations) {
  Error error(absl::StatusCode::kInvalidArgument, kInvalidField, std::string(10'000, 'm'));
  for (int i = 0; i < 20; ++i) error.With(absl::StrCat("key", i), std::string(5000, 'v'));
  for (int i = 0; i < violations; ++i) {
    error.Field(absl::StrCat("figures[", i, "]", std::string(3000, 'f')), std::string(3000, 'd'),
                kInvalidDecimal);
  }
  return error;
}

TEST(DetailsLimit, StaysBelowFourKilobytesAndCountsWhatIsLeftOut) {
  const grpc::Status sent = ToGrpcStatus(HugeError(1000), kContext);
  EXPECT_THAT(sent.error_details().size(), Lt(4096u));
  const auto shown = All<google::rpc::BadRequest>(sent).at(0).field_violations_size();
  EXPECT_GT(shown, 0);
  EXPECT_THAT(All<google::rpc::ErrorInfo>(sent).at(0).metadata(),
              Contains(Pair("violations_omitted", absl::StrCat(1000 - shown))));
}

TEST(DetailsLimit, ShowsManySmallViolations) {
  std::vector<FieldViolation> violations;
  for (int i = 0; i < 100; ++i) {
    violations.push_back({.field = absl::StrCat("f[", i, "]"), .description = "is wrong"});
  }
  const grpc::Status sent = ToGrpcStatus(InvalidFields(violations), kContext);
  EXPECT_EQ(All<google::rpc::BadRequest>(sent).at(0).field_violations_size(), 100);
  EXPECT_THAT(All<google::rpc::ErrorInfo>(sent).at(0).metadata(),
              Not(Contains(Key("violations_omitted"))));
}

TEST(DetailsLimit, LetsTheWorstErrorReachARealClient) {
  EchoServer server({.echo = [](const auto&) { return HugeError(1000); }});
  const absl::Status received = FromGrpcStatus(server.Echo("x"));
  EXPECT_THAT(received, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(received, HasReason(kInvalidField));
}

TEST(DetailsLimit, LetsTheWorstErrorReachAClientWithDefaultSettings) {
  // Each byte of this message takes three in the trailer.
  std::string message;
  for (int i = 0; i < 500; ++i) message += "Ộ";
  EchoServer server({.echo = [&message](const auto&) {
    Error error(absl::StatusCode::kInvalidArgument, kInvalidField, message);
    for (int i = 0; i < 1000; ++i) error.Field(message, message, kInvalidDecimal);
    return error.ToStatus();
  }});
  const auto stub = echo::EchoService::NewStub(
      grpc::CreateChannel(server.runtime().address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  echo::EchoResponse response;
  const absl::Status received = FromGrpcStatus(stub->Echo(&context, {}, &response));
  EXPECT_THAT(received, StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(DetailsLimit, QuotesInvalidUtf8Readably) {
  const grpc::Status sent =
      ToGrpcStatus(InvalidField("f\xff", kInvalidText, "holds \xc3"), kContext);
  const auto bad_request = All<google::rpc::BadRequest>(sent).at(0);
  EXPECT_EQ(bad_request.field_violations(0).field(), "f\\xff");
  EXPECT_EQ(bad_request.field_violations(0).description(), "holds \\xc3");
}

struct HeaderCase {
  std::string name;
  std::string header;
  std::string language;
};

class AcceptLanguage : public ::testing::TestWithParam<HeaderCase> {};

TEST_P(AcceptLanguage, ChoosesTheLanguage) {
  EXPECT_EQ(LanguageFrom(GetParam().header), GetParam().language);
}

INSTANTIATE_TEST_SUITE_P(Headers, AcceptLanguage,
                         ::testing::ValuesIn<HeaderCase>({
                             {"None", "", "en"},
                             {"Vietnamese", "vi", "vi"},
                             {"WithRegion", "vi-VN", "vi"},
                             {"UpperCase", "VI", "vi"},
                             {"FirstAtATie", "vi, en", "vi"},
                             {"FirstAtATieEnglish", "en,vi", "en"},
                             {"HigherWeight", "en;q=0.5, vi;q=0.8", "vi"},
                             {"SecondDigitDecides", "vi;q=0.81,en;q=0.8", "vi"},
                             {"NoWeightIsOne", "vi;q=0.9,en", "en"},
                             {"ZeroIsRefused", "vi;q=0", "en"},
                             {"OthersAreSkipped", "fr-FR, vi;q=0.2", "vi"},
                             {"OnlyOthers", "fr, de", "en"},
                             {"AnyIsEnglish", "*", "en"},
                             {"MalformedWeight", "vi;q=x", "en"},
                             {"Garbage", ";;,=,-", "en"},
                         }),
                         testkit::CaseName<HeaderCase>);

TEST(LanguageOf, IsWhatTheCallerAsksFor) {
  EchoServer server({.echo = [](const auto&) {
    return Error(absl::StatusCode::kNotFound, kResourceNotFound, "no unit").ToStatus();
  }});
  EXPECT_EQ(All<google::rpc::LocalizedMessage>(server.Echo("x", "vi-VN")).at(0).locale(), "vi");
  EXPECT_EQ(All<google::rpc::LocalizedMessage>(server.Echo("x", "en")).at(0).locale(), "en");
}

}  // namespace
}  // namespace common::rpc
