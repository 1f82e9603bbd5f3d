// How our clients connect to our services.
#ifndef THIDUA_COMMON_RPC_CLIENT_CHANNEL_H_
#define THIDUA_COMMON_RPC_CLIENT_CHANNEL_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/client_interceptor.h>

#include <memory>
#include <string>
#include <vector>

namespace common::rpc {

// A channel to `target`, such as `127.0.0.1:7101`, `unix:/run/thidua/reporting.sock` or
// `ipv4:10.0.0.1:7101,10.0.0.2:7101` (calls take turns), without encryption. It connects with the
// first call and by itself again after a loss, after 0.2 to 5 seconds. Calls that fail with
// UNAVAILABLE are repeated up to three times, so mutations need a request id. Messages may have up
// to 16 MB, error details up to 16 KB. `user_agent` names the program, such as `thiduactl/0.1.0`.
//
// What `interceptors` make sees each call.
std::shared_ptr<grpc::Channel> OpenChannel(
    const std::string& target, const std::string& user_agent,
    std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>>
        interceptors = {});

// Makes `context` a call of the current trace of this thread, or of a new one, and returns its
// `traceparent`.
std::string PassTraceOn(grpc::ClientContext& context);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_CLIENT_CHANNEL_H_
