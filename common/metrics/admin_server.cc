#include "common/metrics/admin_server.h"

#include <prometheus/exposer.h>

#include <exception>
#include <vector>

#include "absl/strings/str_cat.h"

namespace common::metrics {

AdminServer::AdminServer(const Metrics& metrics) : metrics_(metrics.collectable()) {}

AdminServer::~AdminServer() = default;

absl::StatusOr<std::unique_ptr<AdminServer>> AdminServer::Start(const std::string& listen,
                                                                const Metrics& metrics) {
  std::unique_ptr<AdminServer> server(new AdminServer(metrics));
  try {
    server->exposer_ = std::make_unique<prometheus::Exposer>(listen, /*num_threads=*/1);
  } catch (const std::exception& error) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", listen, " for metrics: ", error.what()));
  }
  server->exposer_->RegisterCollectable(server->metrics_);
  const std::vector<int> ports = server->exposer_->GetListeningPorts();
  server->address_ =
      absl::StrCat(listen.substr(0, listen.rfind(':')), ":", ports.empty() ? 0 : ports.front());
  return server;
}

}  // namespace common::metrics
