// What a caller is told whose request cannot be parsed. gRPC answers such a call before any handler
// sees it, with INTERNAL or UNIMPLEMENTED and no word of explanation.
#ifndef THIDUA_COMMON_RPC_UNREADABLE_REQUEST_H_
#define THIDUA_COMMON_RPC_UNREADABLE_REQUEST_H_

#include <grpcpp/support/server_interceptor.h>

#include <memory>
#include <vector>

namespace common::rpc {

// For grpc::ServerBuilder::experimental().SetInterceptorCreators: turns that answer into
// INVALID_ARGUMENT, reason INVALID_TEXT, since in practice a text is not UTF-8.
std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
ExplainUnreadableRequests();

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_UNREADABLE_REQUEST_H_
