#include "common/metrics/rpc_metrics.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/support/interceptor.h>
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>

#include <array>
#include <chrono>
#include <map>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace common::metrics {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;

// By number, as other languages write them.
constexpr std::array<const char*, 17> kCodes = {
    "OK",       "Canceled",       "Unknown",          "InvalidArgument",   "DeadlineExceeded",
    "NotFound", "AlreadyExists",  "PermissionDenied", "ResourceExhausted", "FailedPrecondition",
    "Aborted",  "OutOfRange",     "Unimplemented",    "Internal",          "Unavailable",
    "DataLoss", "Unauthenticated"};

const prometheus::Histogram::BucketBoundaries& Seconds() {
  static const prometheus::Histogram::BucketBoundaries kBounds = {
      0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
  return kBounds;
}

const char* TypeOf(const google::protobuf::MethodDescriptor& method) {
  if (method.client_streaming() && method.server_streaming()) return "bidi_stream";
  if (method.client_streaming()) return "client_stream";
  return method.server_streaming() ? "server_stream" : "unary";
}

// What is counted of one method.
struct MethodMetrics {
  prometheus::Counter* started = nullptr;
  std::array<prometheus::Counter*, kCodes.size()> handled{};
  prometheus::Counter* received = nullptr;
  prometheus::Counter* sent = nullptr;
  prometheus::Histogram* seconds = nullptr;
};

// One side of the wire. Does not change once it is made, so it is thread-safe.
class CallMetrics {
 public:
  CallMetrics(Metrics& metrics, const std::string& side, const std::vector<std::string>& services)
      : registry_(metrics.registry()), prefix_(absl::StrCat("grpc_", side, "_")) {
    for (const std::string& name : services) {
      const auto* service =
          google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
      if (service == nullptr) continue;
      for (int i = 0; i < service->method_count(); ++i) Add(*service->method(i));
    }
  }

  // Null if the method is not counted. `path` is `/package.Service/Method`.
  const MethodMetrics* Find(std::string_view path) const {
    const auto found = methods_.find(path);
    return found == methods_.end() ? nullptr : &found->second;
  }

 private:
  prometheus::Counter& AddCounter(const char* name, const char* help, const Labels& labels) {
    return prometheus::BuildCounter()
        .Name(absl::StrCat(prefix_, name))
        .Help(help)
        .Register(registry_)
        .Add(labels);
  }

  void Add(const google::protobuf::MethodDescriptor& method) {
    const Labels labels = {{"grpc_type", TypeOf(method)},
                           {"grpc_service", method.service()->full_name()},
                           {"grpc_method", method.name()}};
    MethodMetrics& counted =
        methods_[absl::StrCat("/", method.service()->full_name(), "/", method.name())];
    counted.started = &AddCounter("started_total", "Calls that began.", labels);
    counted.received = &AddCounter("msg_received_total", "Messages that came in.", labels);
    counted.sent = &AddCounter("msg_sent_total", "Messages that went out.", labels);
    counted.seconds = &prometheus::BuildHistogram()
                           .Name(absl::StrCat(prefix_, "handling_seconds"))
                           .Help("Time from the beginning of a call to its end.")
                           .Register(registry_)
                           .Add(labels, Seconds());
    for (size_t code = 0; code < kCodes.size(); ++code) {
      Labels with_code = labels;
      with_code["grpc_code"] = kCodes[code];
      counted.handled[code] =
          &AddCounter("handled_total", "Calls that ended, by their code.", with_code);
    }
  }

  prometheus::Registry& registry_;
  const std::string prefix_;
  std::map<std::string, MethodMetrics, std::less<>> methods_{};
};

// One call. Shares what both sides do with it.
class CallCounter final : public Interceptor {
 public:
  explicit CallCounter(const MethodMetrics& metrics) : metrics_(metrics) {
    metrics_.started->Increment();
  }

  void Intercept(InterceptorBatchMethods* batch) override {
    using Hook = InterceptionHookPoints;
    if (batch->QueryInterceptionHookPoint(Hook::PRE_SEND_MESSAGE)) metrics_.sent->Increment();
    // A null message is the end of a stream.
    if (batch->QueryInterceptionHookPoint(Hook::POST_RECV_MESSAGE) &&
        batch->GetRecvMessage() != nullptr) {
      metrics_.received->Increment();
    }
    if (batch->QueryInterceptionHookPoint(Hook::PRE_SEND_STATUS)) {
      End(batch->GetSendStatus().error_code());
    }
    if (batch->QueryInterceptionHookPoint(Hook::POST_RECV_STATUS)) {
      End(batch->GetRecvStatus()->error_code());
    }
    batch->Proceed();
  }

 private:
  void End(grpc::StatusCode code) {
    const auto number = static_cast<size_t>(code);
    const auto unknown = static_cast<size_t>(grpc::StatusCode::UNKNOWN);
    metrics_.handled[number < kCodes.size() ? number : unknown]->Increment();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin_;
    metrics_.seconds->Observe(seconds.count());
  }

  const MethodMetrics& metrics_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

class ServerCounters final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  ServerCounters(Metrics& metrics, const std::vector<std::string>& services)
      : calls_(metrics, "server", services) {}

  Interceptor* CreateServerInterceptor(grpc::experimental::ServerRpcInfo* call) override {
    const MethodMetrics* counted = calls_.Find(call->method());
    return counted == nullptr ? nullptr : new CallCounter(*counted);
  }

 private:
  const CallMetrics calls_;
};

class ClientCounters final : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  ClientCounters(Metrics& metrics, const std::vector<std::string>& services)
      : calls_(metrics, "client", services) {}

  Interceptor* CreateClientInterceptor(grpc::experimental::ClientRpcInfo* call) override {
    const MethodMetrics* counted = calls_.Find(call->method());
    return counted == nullptr ? nullptr : new CallCounter(*counted);
  }

 private:
  const CallMetrics calls_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> CountServerCalls(
    Metrics& metrics, const std::vector<std::string>& services) {
  return std::make_unique<ServerCounters>(metrics, services);
}

std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface> CountClientCalls(
    Metrics& metrics, const std::vector<std::string>& services) {
  return std::make_unique<ClientCounters>(metrics, services);
}

}  // namespace common::metrics
