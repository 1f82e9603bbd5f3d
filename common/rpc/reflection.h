// Server reflection v1, which Debian's gRPC lacks (it has v1alpha only, which newer clients no
// longer try first and some no longer try at all).
#ifndef THIDUA_COMMON_RPC_REFLECTION_H_
#define THIDUA_COMMON_RPC_REFLECTION_H_

#include <grpc/reflection/v1/reflection.grpc.pb.h>

#include <string>
#include <vector>

namespace common::rpc {

// Answers from the descriptors compiled into the program. Thread-safe.
class ReflectionService final : public grpc::reflection::v1::ServerReflection::CallbackService {
 public:
  // `services` are the full names that a listing shows; those without a descriptor are left out.
  explicit ReflectionService(const std::vector<std::string>& services);

  grpc::ServerBidiReactor<grpc::reflection::v1::ServerReflectionRequest,
                          grpc::reflection::v1::ServerReflectionResponse>*
  ServerReflectionInfo(grpc::CallbackServerContext* context) override;

  // The answer to one request; an error is part of it.
  grpc::reflection::v1::ServerReflectionResponse Answer(
      const grpc::reflection::v1::ServerReflectionRequest& request) const;

 private:
  std::vector<std::string> services_;
};

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_REFLECTION_H_
