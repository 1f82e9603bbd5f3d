// The HTTP port on which operators look at a process.
#ifndef THIDUA_COMMON_METRICS_ADMIN_SERVER_H_
#define THIDUA_COMMON_METRICS_ADMIN_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"

namespace prometheus {
class Exposer;
}

namespace common::metrics {

// Answers `GET /metrics`, in plaintext and to everybody who reaches it; nothing else. Stops with
// its destructor.
class AdminServer {
 public:
  // `listen` is `host:port` with an IP address; port 0 takes a free one. `metrics` must outlive
  // the server.
  // UNAVAILABLE: the address cannot be bound.
  static absl::StatusOr<std::unique_ptr<AdminServer>> Start(const std::string& listen,
                                                            const Metrics& metrics);
  ~AdminServer();
  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

  // Where it listens, with the actual port.
  const std::string& address() const { return address_; }

 private:
  explicit AdminServer(const Metrics& metrics);

  const std::shared_ptr<prometheus::Collectable> metrics_;
  std::unique_ptr<prometheus::Exposer> exposer_;
  std::string address_{};
};

}  // namespace common::metrics

#endif  // THIDUA_COMMON_METRICS_ADMIN_SERVER_H_
