#include "common/metrics/rpc_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "tests/common/rpc/echo_server.h"

namespace common::rpc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kEcho[] = R"({grpc_method="Echo",grpc_service="thidua.test.v1.EchoService",)"
                         R"(grpc_type="unary"})";

std::string Handled(const std::string& code) {
  return absl::StrCat(R"(grpc_server_handled_total{grpc_code=")", code,
                      R"(",grpc_method="Echo",grpc_service="thidua.test.v1.EchoService",)",
                      R"(grpc_type="unary"})");
}

// An echo server whose calls, and whose client's calls, are counted. Labels of prometheus-cpp come
// in no certain order, so tests look at sorted ones.
class RpcMetricsTest : public ::testing::Test {
 protected:
  // Lines of the exposition with their labels sorted.
  static std::string Sorted(const std::string& text) {
    std::string sorted;
    for (const auto line : absl::StrSplit(text, '\n')) {
      const size_t open = line.find('{');
      const size_t close = line.rfind('}');
      if (open == absl::string_view::npos || line[0] == '#') {
        absl::StrAppend(&sorted, line, "\n");
        continue;
      }
      std::vector<std::string> labels =
          absl::StrSplit(line.substr(open + 1, close - open - 1), ',');
      std::sort(labels.begin(), labels.end());
      absl::StrAppend(&sorted, line.substr(0, open), "{", absl::StrJoin(labels, ","),
                      line.substr(close), "\n");
    }
    return sorted;
  }

  std::string Text() { return Sorted(metrics_.Text()); }

  metrics::Metrics metrics_;
};

TEST_F(RpcMetricsTest, EveryMethodAndCodeIsThereFromTheBeginning) {
  const EchoServer server({}, TestConfig(), {}, 8, {.metrics = &metrics_});
  EXPECT_THAT(Text(),
              AllOf(HasSubstr(absl::StrCat("grpc_server_started_total", kEcho, " 0\n")),
                    HasSubstr(Handled("OK") + " 0\n"), HasSubstr(Handled("DataLoss") + " 0\n"),
                    HasSubstr(R"(grpc_method="Last")"), HasSubstr(R"(grpc_type="server_stream")")));
}

TEST_F(RpcMetricsTest, CountsUnaryCallsByTheirCode) {
  EchoServer server(
      {.echo = [](const echo::EchoRequest& request) -> absl::StatusOr<echo::EchoResponse> {
        if (request.text() == "no") {
          return InvalidField("text", kInvalidText, "is too odd");
        }
        return echo::EchoResponse();
      }},
      TestConfig(), {}, 8, {.metrics = &metrics_});
  EXPECT_TRUE(server.Echo("yes").ok());
  EXPECT_TRUE(server.Echo("yes").ok());
  EXPECT_FALSE(server.Echo("no").ok());
  server.runtime().Stop();
  EXPECT_THAT(
      Text(),
      AllOf(HasSubstr(absl::StrCat("grpc_server_started_total", kEcho, " 3\n")),
            HasSubstr(Handled("OK") + " 2\n"), HasSubstr(Handled("InvalidArgument") + " 1\n"),
            HasSubstr(absl::StrCat("grpc_server_msg_received_total", kEcho, " 3\n")),
            HasSubstr(absl::StrCat("grpc_server_handling_seconds_count", kEcho, " 3\n"))));
}

TEST_F(RpcMetricsTest, CountsTheMessagesOfAStreamOnBothSides) {
  EchoServer server({}, TestConfig(), {}, 8, {.metrics = &metrics_});
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> counters;
  counters.push_back(metrics::CountClientCalls(metrics_, {echo::EchoService::service_full_name()}));
  const auto stub = echo::EchoService::NewStub(
      OpenChannel(server.runtime().address(), "test/1", std::move(counters)));
  grpc::ClientContext context;
  const auto stream = stub->Last(&context, {});
  echo::EchoResponse response;
  int messages = 0;
  while (stream->Read(&response)) ++messages;
  ASSERT_TRUE(stream->Finish().ok());
  ASSERT_EQ(messages, 1);
  server.runtime().Stop();
  const std::string last = R"({grpc_method="Last",grpc_service="thidua.test.v1.EchoService",)"
                           R"(grpc_type="server_stream"} 1)";
  EXPECT_THAT(Text(), AllOf(HasSubstr("grpc_server_msg_sent_total" + last),
                            HasSubstr("grpc_server_msg_received_total" + last),
                            HasSubstr("grpc_client_started_total" + last),
                            HasSubstr("grpc_client_msg_received_total" + last),
                            HasSubstr("grpc_client_handling_seconds_count" + last)));
}

TEST_F(RpcMetricsTest, LeavesOutWhatIsNotAskedFor) {
  const EchoServer server({}, TestConfig(), {}, 8, {.metrics = &metrics_});
  EXPECT_THAT(Text(), Not(HasSubstr("grpc.health")));
}

}  // namespace
}  // namespace common::rpc
