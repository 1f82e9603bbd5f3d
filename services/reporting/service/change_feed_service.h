// The change feed over gRPC; what each call does and how it fails is said in
// proto/thidua/reporting/v1/change_feed_service.proto.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_CHANGE_FEED_SERVICE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_CHANGE_FEED_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/sync_stream.h>

#include <atomic>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/reporting/service/service_base.h"
#include "thidua/reporting/v1/change_feed_service.grpc.pb.h"

namespace reporting {

// Thread-safe. Each watcher keeps a thread of the server.
class ChangeFeedService final : public ServiceBase<thidua::reporting::v1::ChangeFeedService> {
 public:
  static constexpr int kWatchersMax = 64;

  using ServiceBase::ServiceBase;

  // Ends the watches under way, and those to come, with UNAVAILABLE, reason SHUTTING_DOWN. Does not
  // wait; they end within a second.
  void Drain();

  // Watches under way.
  int watcher_count() const { return watcher_count_; }

  absl::StatusOr<thidua::reporting::v1::ListChangesResponse> ListChanges(
      const thidua::reporting::v1::ListChangesRequest& request);
  // Until the caller goes or the service stops.
  absl::Status Watch(const thidua::reporting::v1::WatchRequest& request,
                     const grpc::ServerContext& context,
                     grpc::ServerWriter<thidua::reporting::v1::WatchResponse>& stream);

  grpc::Status ListChanges(grpc::ServerContext* context,
                           const thidua::reporting::v1::ListChangesRequest* request,
                           thidua::reporting::v1::ListChangesResponse* response) override;
  grpc::Status Watch(grpc::ServerContext* context,
                     const thidua::reporting::v1::WatchRequest* request,
                     grpc::ServerWriter<thidua::reporting::v1::WatchResponse>* stream) override;

 private:
  std::atomic<int> watcher_count_ = 0;
  std::atomic<bool> is_draining_ = false;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_CHANGE_FEED_SERVICE_H_
