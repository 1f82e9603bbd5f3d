#include "common/metrics/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/metrics/admin_server.h"
#include "common/metrics/store_metrics.h"
#include "tests/testkit/status_matchers.h"

namespace common::metrics {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testkit::IsOk;
using ::testkit::StatusIs;

TEST(Metrics, ReadsGaugesWhenTheyAreAskedFor) {
  Metrics metrics;
  double value = 1;
  metrics.AddGauge("queue", "What waits.", {{"kind", "write"}}, [&value] { return value; });
  metrics.AddGauge("queue", "What waits.", {{"kind", "read"}}, [] { return 7.0; });
  EXPECT_THAT(metrics.Text(),
              AllOf(HasSubstr("# HELP queue What waits."), HasSubstr("# TYPE queue gauge"),
                    HasSubstr("queue{kind=\"write\"} 1\n"), HasSubstr("queue{kind=\"read\"} 7\n")));
  value = 2;
  EXPECT_THAT(metrics.Text(), HasSubstr("queue{kind=\"write\"} 2\n"));
}

// One request of HTTP 1.0 and all of its answer.
std::string Get(const std::string& address, const std::string& path) {
  int port = 0;
  EXPECT_TRUE(absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port));
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in server{};
  server.sin_family = AF_INET;
  server.sin_port = htons(static_cast<uint16_t>(port));
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(client, reinterpret_cast<sockaddr*>(&server), sizeof server), 0);
  const std::string request = absl::StrCat("GET ", path, " HTTP/1.0\r\n\r\n");
  EXPECT_EQ(write(client, request.data(), request.size()), static_cast<ssize_t>(request.size()));
  std::string answer;
  char piece[4096];
  for (ssize_t got = 0; (got = read(client, piece, sizeof piece)) > 0;) {
    answer.append(piece, static_cast<size_t>(got));
  }
  close(client);
  return answer;
}

TEST(AdminServer, ServesMetricsAndNothingElse) {
  Metrics metrics;
  metrics.AddGauge("here", "Always.", {}, [] { return 1.0; });
  const auto server = AdminServer::Start("127.0.0.1:0", metrics);
  ASSERT_THAT(server, IsOk());
  EXPECT_THAT(Get((*server)->address(), "/metrics"),
              AllOf(HasSubstr(" 200 "), HasSubstr("here 1\n")));
  EXPECT_THAT(Get((*server)->address(), "/"), AllOf(Not(HasSubstr(" 200 ")), HasSubstr("404")));
  EXPECT_THAT(Get((*server)->address(), "/etc/passwd"), HasSubstr("404"));
}

TEST(AdminServer, SaysThatAnAddressIsTaken) {
  Metrics metrics;
  const auto server = AdminServer::Start("127.0.0.1:0", metrics).value();
  EXPECT_THAT(AdminServer::Start(server->address(), metrics),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST(CommitMetrics, CountCommitsBatchesAndFailures) {
  Metrics metrics;
  CommitMetrics commits(metrics);
  commits.Observe({.writes = 3,
                   .replayed = 1,
                   .duration = absl::Milliseconds(4),
                   .is_commit = true,
                   .status = absl::OkStatus()});
  // Nothing to commit: no commit.
  commits.Observe({.writes = 1, .replayed = 1, .status = absl::OkStatus()});
  commits.Observe({.writes = 2, .is_commit = false, .status = absl::UnavailableError("full")});
  EXPECT_THAT(
      metrics.Text(),
      AllOf(HasSubstr("commit_batch_size_sum 3\n"), HasSubstr("commit_batch_size_count 1\n"),
            HasSubstr("commit_seconds_bucket{le=\"0.0025\"} 0\n"),
            HasSubstr("commit_seconds_bucket{le=\"0.005\"} 1\n"),
            HasSubstr("request_dedup_hits_total 2\n"), HasSubstr("commit_failures_total 1\n")));
}

}  // namespace
}  // namespace common::metrics
