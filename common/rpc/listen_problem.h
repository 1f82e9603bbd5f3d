// Why an address cannot be listened on: gRPC itself only says that it failed.
#ifndef THIDUA_COMMON_RPC_LISTEN_PROBLEM_H_
#define THIDUA_COMMON_RPC_LISTEN_PROBLEM_H_

#include <string>
#include <string_view>

namespace common::rpc {

// Tries to bind `listen` (as ServerConfig::listen) and lets go of it at once. Returns what hinders,
// such as "Address already in use"; empty if nothing does. A Unix socket is in use if somebody
// answers on it; one that a dead process left behind is no hindrance.
std::string ListenProblem(std::string_view listen);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_LISTEN_PROBLEM_H_
