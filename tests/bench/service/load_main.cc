// Puts a load on a reporting service, the echo or etcd, and prints what came of it as one line of
// JSON.
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

#include "absl/strings/str_format.h"
#include "etcd.grpc.pb.h"
#include "tests/bench/service/load.h"
#include "thidua/reporting/v1/submission_service.grpc.pb.h"

namespace bench {
namespace {

namespace v1 = ::thidua::reporting::v1;

struct Options {
  std::string target{};
  std::string call = "submit";
  // A serialized ImportSubmissionsRequest for each report of a unit, length-delimited; see run.py.
  std::string reports{};
  int units = 1;
  LoadOptions load{};
  double seconds = 10;
};

// One call on its way.
template <typename Request, typename Response>
struct Call {
  grpc::ClientContext context{};
  Request request{};
  Response response{};
};

// The reports of one unit, one for each slot of the calendar.
std::vector<v1::SubmitRequest> ReadReports(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<v1::SubmitRequest> reports;
  std::string size(4, '\0');
  while (file.read(size.data(), 4)) {
    std::string bytes(static_cast<size_t>(std::stoul(size, nullptr, 16)), '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    reports.emplace_back().ParseFromString(bytes);
  }
  return reports;
}

// Each call hands in another report: those of all units for one slot, then for the next.
StartCall Submits(const Options& options, const std::shared_ptr<grpc::Channel>& channel) {
  using SubmitCall = Call<v1::SubmitRequest, v1::SubmitResponse>;
  std::shared_ptr<v1::SubmissionService::Stub> stub = v1::SubmissionService::NewStub(channel);
  return [stub, reports = ReadReports(options.reports), units = options.units](
             int64_t index, std::function<void(bool ok)> done) {
    auto call = std::make_shared<SubmitCall>();
    call->request = reports.at(static_cast<size_t>(index / units));
    call->request.mutable_report()->set_unit(absl::StrFormat("units/htx-%05d", index % units));
    stub->async()->Submit(&call->context, &call->request, &call->response,
                          [call, done = std::move(done)](const grpc::Status& status) {
                            if (!status.ok()) std::cerr << status.error_message() << "\n";
                            done(status.ok());
                          });
  };
}

StartCall Puts(const Options& options, const std::shared_ptr<grpc::Channel>& channel) {
  using PutCall = Call<etcdserverpb::PutRequest, etcdserverpb::PutResponse>;
  std::shared_ptr<etcdserverpb::KV::Stub> stub = etcdserverpb::KV::NewStub(channel);
  const std::string value = ReadReports(options.reports).at(0).SerializeAsString();
  return [stub, value](int64_t index, std::function<void(bool ok)> done) {
    auto call = std::make_shared<PutCall>();
    call->request.set_key(absl::StrFormat("submission/%09d", index));
    call->request.set_value(value);
    stub->async()->Put(&call->context, &call->request, &call->response,
                       [call, done = std::move(done)](const grpc::Status& status) {
                         if (!status.ok()) std::cerr << status.error_message() << "\n";
                         done(status.ok());
                       });
  };
}

void Print(const LoadResult& result) {
  const auto milliseconds = [&](double quantile) {
    return absl::ToDoubleMilliseconds(result.Latency(quantile));
  };
  std::cout << absl::StrFormat(
      R"({"calls":%d,"failed":%d,"per_second":%.1f,"p50_ms":%.3f,"p99_ms":%.3f,"p999_ms":%.3f})"
      "\n",
      result.latencies.size(), result.failed, result.CallsPerSecond(), milliseconds(0.5),
      milliseconds(0.99), milliseconds(0.999));
}

int Main(int argc, char** argv) {
  Options options;
  CLI::App app("Puts a load on a server.");
  app.add_option("--target", options.target)->required();
  app.add_option("--call", options.call)->check(CLI::IsMember({"submit", "put"}));
  app.add_option("--reports", options.reports)->required()->check(CLI::ExistingFile);
  app.add_option("--units", options.units);
  app.add_option("--first", options.load.first, "number of the first call");
  app.add_option("--in-flight", options.load.in_flight);
  app.add_option("--rate", options.load.rate, "calls a second; 0: as many as are in flight");
  app.add_option("--seconds", options.seconds);
  CLI11_PARSE(app, argc, argv);
  options.load.length = absl::Seconds(options.seconds);
  const auto channel = grpc::CreateChannel(options.target, grpc::InsecureChannelCredentials());
  if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(10))) {
    std::cerr << options.target << " does not answer\n";
    return 1;
  }
  const StartCall start =
      options.call == "put" ? Puts(options, channel) : Submits(options, channel);
  const LoadResult result = RunLoad(options.load, start);
  Print(result);
  return result.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) { return bench::Main(argc, argv); }
