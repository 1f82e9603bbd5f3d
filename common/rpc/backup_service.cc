#include "common/rpc/backup_service.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/status/statusor.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/text/sha256.h"

namespace common::rpc {
namespace {

namespace v1 = ::thidua::admin::v1;

constexpr size_t kPieceBytes = size_t{1} << 20;

// The right to be the one backup that runs, and its file, which goes away with it.
class Turn {
 public:
  Turn(std::atomic<bool>& is_running, const std::string& scratch)
      : is_running_(is_running), scratch_(scratch), is_mine_(!is_running.exchange(true)) {
    // A backup that a crash ended may have left its file.
    if (is_mine_) RemoveScratch();
  }
  ~Turn() {
    if (!is_mine_) return;
    RemoveScratch();
    is_running_ = false;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool is_mine() const { return is_mine_; }

 private:
  void RemoveScratch() const {
    std::error_code ignored;
    std::filesystem::remove(scratch_, ignored);
  }

  std::atomic<bool>& is_running_;
  const std::string& scratch_;
  const bool is_mine_;
};

v1::CreateBackupResponse HeaderOf(const storage::BackupInfo& info) {
  v1::CreateBackupResponse response;
  v1::BackupHeader& header = *response.mutable_header();
  header.set_store_id(info.store.store_id);
  header.set_epoch(info.store.epoch);
  header.set_head_position(info.head);
  header.set_head_hash(info.hash);
  header.set_size(info.bytes);
  return response;
}

absl::Status CallerIsGone() { return absl::CancelledError("the caller is gone"); }

}  // namespace

BackupService::BackupService(RpcEnvironment& environment, storage::Ledger& ledger,
                             std::string scratch)
    : environment_(environment), ledger_(ledger), scratch_(std::move(scratch)) {}

bool BackupService::IsWanted(const grpc::ServerContext& context) const {
  return !is_draining_ && !context.IsCancelled();
}

absl::Status BackupService::Send(const grpc::ServerContext& context, Stream& stream) {
  const Turn turn(is_running_, scratch_);
  if (!turn.is_mine()) {
    return Error(absl::StatusCode::kResourceExhausted, kOverloaded,
                 "another backup is under way; try again later");
  }
  ASSIGN_OR_RETURN(const storage::BackupInfo info,
                   ledger_.Backup(scratch_, [&] { return IsWanted(context); }));
  if (!stream.Write(HeaderOf(info))) return CallerIsGone();
  return SendFile(info, context, stream);
}

absl::Status BackupService::SendFile(const storage::BackupInfo& info,
                                     const grpc::ServerContext& context, Stream& stream) {
  std::ifstream file(scratch_, std::ios::binary);
  Sha256Stream hash;
  v1::CreateBackupResponse response;
  for (int64_t left = info.bytes; left > 0;) {
    if (!IsWanted(context)) return CallerIsGone();
    std::string& piece = *response.mutable_data();
    piece.resize(std::min(kPieceBytes, static_cast<size_t>(left)));
    if (!file.read(piece.data(), static_cast<std::streamsize>(piece.size()))) {
      return Error(absl::StatusCode::kUnavailable, kStorageUnavailable,
                   "the copy cannot be read back");
    }
    hash.Add(piece);
    left -= static_cast<int64_t>(piece.size());
    if (!stream.Write(response)) return CallerIsGone();
  }
  response.mutable_trailer()->set_sha256(hash.Finish());
  return stream.Write(response) ? absl::OkStatus() : CallerIsGone();
}

grpc::Status BackupService::CreateBackup(grpc::ServerContext* context,
                                         const v1::CreateBackupRequest* request, Stream* stream) {
  return GuardStream(environment_, context, "thidua.admin.v1.BackupService/CreateBackup", request,
                     [&]() -> absl::Status {
                       const absl::Status sent = Send(*context, *stream);
                       if (!is_draining_ || sent.ok()) return sent;
                       return Error(absl::StatusCode::kUnavailable, kShuttingDown,
                                    "the service is stopping; try again later");
                     });
}

}  // namespace common::rpc
