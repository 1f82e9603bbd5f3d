// Backups over gRPC; what the call does and how it fails is said in
// proto/thidua/admin/v1/backup_service.proto.
#ifndef THIDUA_COMMON_RPC_BACKUP_SERVICE_H_
#define THIDUA_COMMON_RPC_BACKUP_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/sync_stream.h>

#include <atomic>
#include <string>

#include "absl/status/status.h"
#include "common/rpc/guard.h"
#include "common/storage/ledger.h"
#include "thidua/admin/v1/backup_service.grpc.pb.h"

namespace common::rpc {

// Thread-safe. One backup at a time, which keeps a thread of the server.
class BackupService final : public thidua::admin::v1::BackupService::Service {
 public:
  // `scratch` is the path of a file that is made and removed: on a disk with space for a copy of
  // the store, and nobody else's. Both `environment` and `ledger` must outlive the service.
  BackupService(RpcEnvironment& environment, storage::Ledger& ledger, std::string scratch);

  // Ends the backup under way, and those to come, with UNAVAILABLE, reason SHUTTING_DOWN. Does not
  // wait.
  void Drain() { is_draining_ = true; }

  grpc::Status CreateBackup(
      grpc::ServerContext* context, const thidua::admin::v1::CreateBackupRequest* request,
      grpc::ServerWriter<thidua::admin::v1::CreateBackupResponse>* stream) override;

 private:
  using Stream = grpc::ServerWriter<thidua::admin::v1::CreateBackupResponse>;

  absl::Status Send(const grpc::ServerContext& context, Stream& stream);
  absl::Status SendFile(const storage::BackupInfo& info, const grpc::ServerContext& context,
                        Stream& stream);
  // Whether somebody waits for the backup and it may go on.
  bool IsWanted(const grpc::ServerContext& context) const;

  RpcEnvironment& environment_;
  storage::Ledger& ledger_;
  const std::string scratch_;
  std::atomic<bool> is_running_ = false;
  std::atomic<bool> is_draining_ = false;
};

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_BACKUP_SERVICE_H_
