// What main() of a shipped server is wrapped in:
//
//   int main(int argc, char** argv) {
//     return common::rpc::RunMain([&] { ...; return ServeUntilSignal(*runtime, logger); });
//   }
#ifndef THIDUA_COMMON_RPC_RUN_MAIN_H_
#define THIDUA_COMMON_RPC_RUN_MAIN_H_

#include <functional>

#include "common/rpc/server_runtime.h"
#include "common/telemetry/log.h"

namespace common::rpc {

// Prepares the process and returns what `body` returns, 1 if it throws. Call it before any thread
// starts: it blocks SIGTERM, SIGINT and SIGHUP for ServeUntilSignal to take. It also ignores
// SIGPIPE, lets Debian's Abseil report rather than abort on a possible deadlock, and makes what
// gRPC itself logs JSON lines on standard error.
int RunMain(const std::function<int()>& body);

// Waits for SIGTERM or SIGINT, stops `runtime` and returns 0. A second signal while it stops ends
// the process at once with code 1. Each SIGHUP before calls `on_hangup`, if there is one. Only
// within RunMain.
int ServeUntilSignal(ServerRuntime& runtime, telemetry::Logger& logger,
                     const std::function<void()>& on_hangup = nullptr);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_RUN_MAIN_H_
