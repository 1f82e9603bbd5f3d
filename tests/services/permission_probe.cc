#include "tests/services/permission_probe.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/rpc/grpc_status.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "tests/testkit/status_matchers.h"

namespace testkit {
namespace {

using common::auth::Principal;
using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr char kPrincipalKey[] = "test-principal";

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  (void)buffer.Dump(&slices);
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

const MethodDescriptor& MethodOf(const std::string& full_name) {
  const MethodDescriptor* method = DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrReplaceAll(full_name, {{"/", "."}}));
  if (method == nullptr) std::abort();
  return *method;
}

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor& type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

// The next event, which always comes and is about the only operation under way.
bool Next(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  return queue.Next(&tag, &ok) && ok;
}

// The rejection of an answer of an import, as an error; OK if it has none.
absl::Status RejectionIn(const MethodDescriptor& method, const std::string& answer) {
  const std::unique_ptr<Message> message = NewMessage(*method.output_type());
  const auto* field = method.output_type()->FindFieldByName("rejection");
  if (field == nullptr || !message->ParseFromString(answer)) return absl::OkStatus();
  const std::string text = message->GetReflection()->GetMessage(*message, field).DebugString();
  if (text.find(common::kNotPermitted) == std::string::npos) return absl::OkStatus();
  return absl::PermissionDeniedError(text);
}

// The request of a call on a target; null if the call is never about such a one.
std::unique_ptr<Message> RequestFor(const MethodDescriptor& method, const ExpectedCall& call,
                                    const Target* target) {
  const std::string& text = target == nullptr                     ? call.on_everything
                            : target->kind == Target::Kind::kUnit ? call.on_unit
                                                                  : call.on_group;
  if (text.empty()) return nullptr;
  std::unique_ptr<Message> request = NewMessage(*method.input_type());
  const std::string filled =
      target == nullptr ? text : absl::StrReplaceAll(text, {{"$", target->name}});
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(filled, request.get()))
      << call.name << ": " << filled;
  return request;
}

bool IsDenied(const absl::Status& status) {
  return absl::IsPermissionDenied(status) || absl::IsUnauthenticated(status);
}

}  // namespace

CredulousGatekeeper::CredulousGatekeeper(const std::vector<Principal>& principals,
                                         common::auth::PermissionTable table,
                                         common::auth::ScopeMap& map, common::Clock& clock)
    : by_table_({}, std::move(table), map, clock) {
  for (const Principal& principal : principals) {
    principals_[principal.name] = std::make_shared<const Principal>(principal);
  }
}

absl::StatusOr<std::shared_ptr<const Principal>> CredulousGatekeeper::Identify(
    const grpc::ServerContextBase& context) {
  const auto said = context.client_metadata().find(kPrincipalKey);
  const auto found = said == context.client_metadata().end()
                         ? principals_.end()
                         : principals_.find(std::string(said->second.data(), said->second.size()));
  if (found != principals_.end()) return found->second;
  return common::Error(absl::StatusCode::kUnauthenticated, common::kNotAuthenticated, "who?");
}

absl::Status CredulousGatekeeper::Permit(const Principal& principal, std::string_view method,
                                         const Message* request) {
  return by_table_.Permit(principal, method, request);
}

absl::StatusOr<bool> CredulousGatekeeper::HasRight(const Principal& principal,
                                                   std::string_view right,
                                                   std::string_view resource) {
  return by_table_.HasRight(principal, right, resource);
}

absl::Status CallAs(const std::shared_ptr<grpc::Channel>& channel, const std::string& principal,
                    const std::string& method, const std::string& request) {
  grpc::ClientContext context;
  context.AddMetadata(kPrincipalKey, principal);
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(channel);
  const auto call = stub.PrepareCall(&context, absl::StrCat("/", method), &queue);
  call->StartCall(nullptr);
  bool is_alive = Next(queue);
  if (is_alive) {
    call->WriteLast(ToBuffer(request), grpc::WriteOptions(), nullptr);
    is_alive = Next(queue);
  }
  grpc::ByteBuffer answer;
  bool has_answer = false;
  if (is_alive) {
    call->Read(&answer, nullptr);
    has_answer = Next(queue);
  }
  if (has_answer) context.TryCancel();
  grpc::Status status;
  call->Finish(&status, nullptr);
  Next(queue);
  if (has_answer) return RejectionIn(MethodOf(method), ToBytes(answer));
  return common::rpc::FromGrpcStatus(status);
}

void ExpectPermissions(const std::shared_ptr<grpc::Channel>& channel, const std::string& package,
                       const std::set<std::string>& served, const ProbeWorld& world,
                       const std::vector<ExpectedCall>& expected,
                       const common::auth::PermissionTable& table, common::auth::ScopeMap& map) {
  std::vector<std::pair<char, const Target*>> targets = {{kEverythingLetter, nullptr}};
  for (const auto& [letter, target] : world.targets) targets.emplace_back(letter, &target);
  for (const ExpectedCall& call : expected) {
    ASSERT_EQ(call.allowed.size(), world.roles.size()) << call.name;
    const std::string method = absl::StrCat(package, ".", call.name);
    const bool is_served = served.contains(method.substr(0, method.find('/')));
    for (const auto& [letter, target] : targets) {
      const std::unique_ptr<Message> request = RequestFor(MethodOf(method), call, target);
      if (request == nullptr) continue;
      for (size_t role = 0; role < world.roles.size(); ++role) {
        const Principal& principal = world.roles[role];
        const bool is_allowed = call.allowed[role].find(letter) != std::string::npos;
        const std::string cell = absl::StrCat(call.name, " as ", principal.name, " on ",
                                              target == nullptr ? "everything" : target->name);
        EXPECT_THAT(table.Allows(principal, method, request.get(), map), IsOkAndHolds(is_allowed))
            << cell;
        if (!is_served) continue;
        const absl::Status status =
            CallAs(channel, principal.name, method, request->SerializeAsString());
        // A call that the service does not have yet tells nothing and does nothing.
        if (absl::IsUnimplemented(status)) continue;
        EXPECT_EQ(!IsDenied(status), is_allowed) << cell << ": " << status;
      }
    }
  }
}

std::set<std::string> CallsOfContract(const std::string& folder) {
  const std::filesystem::path root = std::filesystem::path(THIDUA_ROOT) / "proto";
  std::set<std::string> calls;
  for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with("_service.proto")) continue;
    const auto* file =
        DescriptorPool::generated_pool()->FindFileByName(absl::StrCat(folder, "/", name));
    if (file == nullptr) {
      ADD_FAILURE() << name << " is not part of the program";
      continue;
    }
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        calls.insert(
            absl::StrCat(file->service(i)->name(), "/", file->service(i)->method(j)->name()));
      }
    }
  }
  return calls;
}

}  // namespace testkit
