#include "tests/services/thiduactl/scripted_server.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/grpc_status.h"

namespace thiduactl {
namespace {

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

}  // namespace

// One call: reads a message, writes its answers, and so on. Owns itself.
class ScriptedServer::Call : public grpc::ServerGenericBidiReactor {
 public:
  Call(ScriptedServer& server, std::string method) : server_(server), method_(std::move(method)) {
    StartRead(&in_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    answer_ = server_.Respond(method_, ToBytes(in_));
    next_ = 0;
    Step();
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::CANCELLED);
    Step();
  }

  void OnDone() override { delete this; }

 private:
  void Step() {
    if (next_ < answer_.messages.size()) {
      out_ = ToBuffer(answer_.messages[next_++]);
      StartWrite(&out_);
    } else if (answer_.end.has_value()) {
      Finish(common::rpc::ToGrpcStatus(*answer_.end,
                                       {.domain = "test.thidua", .language = server_.Language()}));
    } else {
      StartRead(&in_);
    }
  }

  ScriptedServer& server_;
  std::string method_;
  grpc::ByteBuffer in_{};
  grpc::ByteBuffer out_{};
  RawAnswer answer_{};
  size_t next_ = 0;
};

ScriptedServer::ScriptedServer() {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterCallbackGenericService(this);
  server_ = builder.BuildAndStart();
  address_ = absl::StrCat("127.0.0.1:", port);
}

ScriptedServer::~ScriptedServer() {
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
}

std::vector<std::string> ScriptedServer::Calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

std::string ScriptedServer::Language() const {
  const std::lock_guard lock(mutex_);
  return language_;
}

std::string ScriptedServer::MethodOf(const google::protobuf::Descriptor& type) {
  for (int s = 0; s < type.file()->service_count(); ++s) {
    const auto* service = type.file()->service(s);
    for (int m = 0; m < service->method_count(); ++m) {
      if (service->method(m)->input_type() != &type) continue;
      return absl::StrCat("/", service->full_name(), "/", service->method(m)->name());
    }
  }
  return "";
}

ScriptedServer::RawAnswer ScriptedServer::Respond(const std::string& method,
                                                  const std::string& bytes) {
  Handler handler;
  {
    const std::lock_guard lock(mutex_);
    received_[method].push_back(bytes);
    calls_.push_back(method.substr(method.rfind('/') + 1));
    handler = handlers_[method];
  }
  if (!handler) return {.end = absl::UnimplementedError(absl::StrCat("no script for ", method))};
  return handler(bytes);
}

grpc::ServerGenericBidiReactor* ScriptedServer::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  {
    const std::lock_guard lock(mutex_);
    language_ = common::rpc::LanguageOf(*context);
  }
  return new Call(*this, context->method());
}

}  // namespace thiduactl
