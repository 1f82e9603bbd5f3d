// Calls as dashboards for gRPC know them: `grpc_server_...` and `grpc_client_...`, with the labels
// `grpc_type`, `grpc_service`, `grpc_method` and, for `handled_total`, `grpc_code`:
//
//   started_total          calls that began
//   handled_total          calls that ended, by the code they ended with
//   msg_received_total     messages that came in
//   msg_sent_total         messages that went out
//   handling_seconds       histogram of the time from beginning to end
//
// Every method and every code is there from the beginning, with 0, so that rates are right from
// the first call on.
#ifndef THIDUA_COMMON_METRICS_RPC_METRICS_H_
#define THIDUA_COMMON_METRICS_RPC_METRICS_H_

#include <grpcpp/support/client_interceptor.h>
#include <grpcpp/support/server_interceptor.h>

#include <memory>
#include <string>
#include <vector>

#include "common/metrics/metrics.h"

namespace common::metrics {

// For a server of the services with these full names, which are linked into the program; calls of
// others, such as health, are not counted. `metrics` must outlive the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> CountServerCalls(
    Metrics& metrics, const std::vector<std::string>& services);

// The same for a channel. `metrics` must outlive its calls.
std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface> CountClientCalls(
    Metrics& metrics, const std::vector<std::string>& services);

}  // namespace common::metrics

#endif  // THIDUA_COMMON_METRICS_RPC_METRICS_H_
