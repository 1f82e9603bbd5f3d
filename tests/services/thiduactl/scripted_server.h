// The other end of the wire: a real gRPC server that answers any method of the contract as a test
// says, and remembers what it was sent.
#ifndef THIDUA_TESTS_SERVICES_THIDUACTL_SCRIPTED_SERVER_H_
#define THIDUA_TESTS_SERVICES_THIDUACTL_SCRIPTED_SERVER_H_

#include <google/protobuf/message.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace thiduactl {

// What is sent back for one request message of a stream.
template <typename Response>
struct StreamAnswer {
  std::vector<Response> messages{};
  // Ends the stream with this; otherwise it goes on.
  std::optional<absl::Status> end{};
};

// Listens on a free port of the loopback. Methods without an answer are UNIMPLEMENTED.
class ScriptedServer : private grpc::CallbackGenericService {
 public:
  ScriptedServer();
  ~ScriptedServer() override;

  const std::string& address() const { return address_; }

  // The call that takes Request is answered by `answer`. It runs on the server's threads.
  template <typename Request, typename Response>
  void On(std::function<absl::StatusOr<Response>(const Request&)> answer) {
    Script<Request>([answer = std::move(answer)](const std::string& bytes) {
      const absl::StatusOr<Response> response = answer(Parse<Request>(bytes));
      RawAnswer raw{.end = response.status()};
      if (response.ok()) raw.messages.push_back(response->SerializeAsString());
      return raw;
    });
  }

  // The call that takes Request is always answered by `response`.
  template <typename Request, typename Response>
  void Answer(Response response) {
    On<Request, Response>([response](const Request&) { return response; });
  }

  // The streaming call that takes Request: `answer` runs for each message.
  template <typename Request, typename Response>
  void OnStream(std::function<StreamAnswer<Response>(const Request&)> answer) {
    Script<Request>([answer = std::move(answer)](const std::string& bytes) {
      const StreamAnswer<Response> typed = answer(Parse<Request>(bytes));
      RawAnswer raw{.end = typed.end};
      for (const Response& message : typed.messages) {
        raw.messages.push_back(message.SerializeAsString());
      }
      return raw;
    });
  }

  // Every Request that has come, in order.
  template <typename Request>
  std::vector<Request> Received() const {
    const std::lock_guard lock(mutex_);
    std::vector<Request> requests;
    const auto found = received_.find(MethodOf(*Request::descriptor()));
    if (found == received_.end()) return requests;
    for (const std::string& bytes : found->second) requests.push_back(Parse<Request>(bytes));
    return requests;
  }

  // The methods that were called, in order, such as `CreateUnit`.
  std::vector<std::string> Calls() const;

  // The metadata `accept-language` of the last call.
  std::string Language() const;

 private:
  struct RawAnswer {
    std::vector<std::string> messages{};
    std::optional<absl::Status> end{};
  };
  using Handler = std::function<RawAnswer(const std::string& bytes)>;
  class Call;

  // `/package.Service/Method` of the call that takes messages of `type`.
  static std::string MethodOf(const google::protobuf::Descriptor& type);

  template <typename Request>
  static Request Parse(const std::string& bytes) {
    Request request;
    request.ParseFromString(bytes);
    return request;
  }

  template <typename Request>
  void Script(Handler handler) {
    const std::lock_guard lock(mutex_);
    handlers_[MethodOf(*Request::descriptor())] = std::move(handler);
  }

  RawAnswer Respond(const std::string& method, const std::string& bytes);

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

  mutable std::mutex mutex_;
  std::map<std::string, Handler> handlers_{};
  std::map<std::string, std::vector<std::string>> received_{};
  std::vector<std::string> calls_{};
  std::string language_{};
  std::string address_{};
  std::unique_ptr<grpc::Server> server_{};
};

}  // namespace thiduactl

#endif  // THIDUA_TESTS_SERVICES_THIDUACTL_SCRIPTED_SERVER_H_
