// How our clients connect to our services.
#ifndef THIDUA_COMMON_RPC_CLIENT_CHANNEL_H_
#define THIDUA_COMMON_RPC_CLIENT_CHANNEL_H_

#include <grpcpp/channel.h>
#include <grpcpp/security/credentials.h>

#include <memory>
#include <string>

namespace common::rpc {

// A channel to `target`, such as `127.0.0.1:7101`, `unix:/run/thidua/reporting.sock` or
// `ipv4:10.0.0.1:7101,10.0.0.2:7101` (calls take turns), in plaintext or by `credentials`, such as
// those of common/rpc/tls_credentials.h. It connects with the
// first call and by itself again after a loss, after 0.2 to 5 seconds. Calls that fail with
// UNAVAILABLE are repeated up to three times, so mutations need a request id. Messages may have up
// to 16 MB, error details up to 16 KB. `user_agent` names the program, such as `thiduactl/0.1.0`.
std::shared_ptr<grpc::Channel> OpenChannel(const std::string& target,
                                           const std::string& user_agent);
std::shared_ptr<grpc::Channel> OpenChannel(
    const std::string& target, const std::string& user_agent,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_CLIENT_CHANNEL_H_
