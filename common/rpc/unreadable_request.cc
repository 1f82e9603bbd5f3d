#include "common/rpc/unreadable_request.h"

#include <grpcpp/support/interceptor.h>

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/rpc/grpc_status.h"
#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

// `reporting.thidua` of `/thidua.reporting.v1.RegistryService/CreateUnit`.
std::string DomainOf(std::string_view method) {
  const std::vector<std::string> labels = absl::StrSplit(sv(method.substr(1)), '.');
  return labels.size() < 2 ? std::string(method) : absl::StrCat(labels[1], ".", labels[0]);
}

// What gRPC answers for a handler with a thread, and for one with a reactor. All our own errors
// have details.
bool IsParseFailure(const grpc::Status& status, bool has_request) {
  if (!status.error_details().empty()) return false;
  return status.error_code() == grpc::StatusCode::INTERNAL ||
         (status.error_code() == grpc::StatusCode::UNIMPLEMENTED && !has_request);
}

class Explainer final : public Interceptor {
 public:
  explicit Explainer(ServerRpcInfo* call) : call_(call) {}

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_MESSAGE)) {
      has_request_ = methods->GetRecvMessage() != nullptr;
    }
    const bool has_status =
        methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS);
    if (has_status && IsParseFailure(methods->GetSendStatus(), has_request_)) {
      methods->ModifySendStatus(ToGrpcStatus(
          Error(absl::StatusCode::kInvalidArgument, kInvalidText,
                "the request cannot be read: it is of another type, or a text is not UTF-8"),
          {.domain = DomainOf(call_->method()), .language = LanguageOf(*call_->server_context())}));
    }
    methods->Proceed();
  }

 private:
  ServerRpcInfo* const call_;
  bool has_request_ = true;
};

class ExplainerFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  Interceptor* CreateServerInterceptor(ServerRpcInfo* call) override { return new Explainer(call); }
};

}  // namespace

std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
ExplainUnreadableRequests() {
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> creators;
  creators.push_back(std::make_unique<ExplainerFactory>());
  return creators;
}

}  // namespace common::rpc
